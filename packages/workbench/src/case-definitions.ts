import type { Formula, InvestmentCase, ItemPlace, Workspace } from "@watershed/domain";
import type { Kind } from "@watershed/formula";
import { triggerName } from "./definitions.ts";
import { date, define, money, probability, yesNo } from "./placed-definition.ts";
import type { PlacedDefinition } from "./placed-definition.ts";
import { everyPlannedWait } from "./waits.ts";
import type { PlannedTrigger, PlannedWait } from "./waits.ts";

/** Every formula of one investment case, in its own scope; those of the day of a trigger in a scope within it. */
export function caseDefinitions(
  investmentCase: InvestmentCase,
  index: number,
  { triggers, settings }: Pick<Workspace, "triggers" | "settings">,
  triggerKinds: Record<string, Kind>,
): PlacedDefinition[] {
  const scope = investmentCase.id;
  const field = (name: string, source: Formula | undefined, path: (string | number)[], expects: Kind[]): PlacedDefinition[] =>
    source === undefined ? [] : [define(`${scope}.${name}`, source, { kind: "cases", index, path }, { scope, expects })];
  const { now } = investmentCase;
  return [
    ...Object.entries(investmentCase.quantities ?? {}).map(([name, source]) =>
      define(`${scope}.${name}`, source, { kind: "cases", index, path: ["quantities", name] }, { scope }),
    ),
    ...field("exitValue", investmentCase.exitValue, ["exitValue"], [money]),
    ...field("exitDate", investmentCase.exitDate, ["exitDate"], [date]),
    // The same exit date and rate give the same column to every case.
    ...field("discountProceeds", discountOf("exitDate", investmentCase.discountRate ?? settings.discountRate), ["exitDate"], [probability]),
    ...field("retention", investmentCase.retention, ["retention"], [probability]),
    ...field("strategicWorth", investmentCase.strategicWorth, ["strategicWorth"], [money]),
    ...field("ticket", now?.ticket, ["now", "ticket"], [money]),
    ...field("preMoney", now?.preMoney, ["now", "preMoney"], [money]),
    ...field("newMoney", now?.newMoney, ["now", "newMoney"], [money]),
    ...field("ahead", now?.preference?.ahead, ["now", "preference", "ahead"], [money]),
    ...stageDefinitions(investmentCase, index),
    ...everyPlannedWait(investmentCase).flatMap((wait) =>
      wait.triggers.flatMap((planned) => {
        const trigger = triggers.find((candidate) => candidate.id === planned.trigger);
        return trigger
          ? waitDefinitions(wait, planned, index, { fires: fires(trigger, triggerKinds), cashRate: settings.cashRate ?? 0 })
          : [];
      }),
    ),
  ];
}

/** What a unit of money on a day is worth today; 1 on a day that has passed, 0 if it never comes. */
function discountOf(day: string, yearlyRate: number): string {
  return `discount(${yearlyRate}, max(0 days, ${day} - today))`;
}

/** The small ticket of today, and the share it buys: a pro-rata right is that share of a later round. */
function stageDefinitions({ id, stage, now }: InvestmentCase, index: number): PlacedDefinition[] {
  if (!stage) return [];
  const field = (name: string, source: Formula | undefined, path: (string | number)[]): PlacedDefinition[] =>
    source === undefined ? [] : [define(`${id}.stage.${name}`, source, { kind: "cases", index, path }, { scope: id, expects: [money] })];
  const { ticket, preMoney, newMoney, preference } = stage;
  const ofNow = preMoney === undefined && now !== undefined;
  const round = newMoney ?? (ofNow ? now.newMoney : undefined);
  const place: ItemPlace = { kind: "cases", index, path: ["stage", "ticket"] };
  const all = `stage.preMoney + ${round === undefined ? "stage.ticket" : "stage.newMoney"}`;
  return [
    ...field("ticket", ticket, ["stage", "ticket"]),
    ...field("preMoney", preMoney ?? now?.preMoney, ofNow ? ["now", "preMoney"] : ["stage", "preMoney"]),
    ...field("newMoney", round, newMoney === undefined ? ["now", "newMoney"] : ["stage", "newMoney"]),
    ...field("ahead", preference?.ahead, ["stage", "preference", "ahead"]),
    define(`${id}.stage.share`, `stage.ticket / (${all})`, place, { scope: id, expects: [probability] }),
  ];
}

/** The day a trigger fires as a formula; one that is a yes or no fires on its deadline. */
function fires(trigger: Workspace["triggers"][number], triggerKinds: Record<string, Kind>): string {
  const column = triggerName(trigger.id);
  return triggerKinds[column]?.kind === "yesNo" ? `if ${column} then ${trigger.deadline} else never` : column;
}

function waitDefinitions(
  { triggers }: PlannedWait,
  planned: PlannedTrigger,
  index: number,
  { fires: source, cashRate }: { fires: string; cashRate: number },
): PlacedDefinition[] {
  const { scope, terms, trigger, pathOf } = planned;
  const placeOf = (...path: (string | number)[]): ItemPlace => ({ kind: "cases", index, path });
  const field = (name: "ticket" | "preMoney" | "newMoney"): PlacedDefinition[] =>
    terms[name] === undefined ? [] : [define(`${scope}.${name}Then`, terms[name], placeOf(...pathOf(name)), { scope, expects: [money] })];
  const ids = triggers.map((one) => one.trigger);
  const ahead = terms.preference?.ahead;
  return [
    { name: `${scope}.triggerDate`, source, scope, expects: [date] },
    // Without a rate money of that day is money of today.
    ...(cashRate === 0
      ? []
      : [{ name: `${scope}.discountTicket`, source: discountOf("triggerDate", cashRate), scope, expects: [probability] }]),
    // Of several, which one fires; the same formula is read once for each.
    ...(ids.length > 1
      ? [{ name: `${scope}.fired`, question: { kind: { kind: "choice" as const, options: ids }, answer: ids.indexOf(trigger) } }]
      : []),
    ...field("ticket"),
    ...field("preMoney"),
    ...field("newMoney"),
    {
      ...define(
        `${scope}.access`,
        `chance(${terms.access ?? "100%"})`,
        placeOf(...pathOf(terms.access === undefined ? "trigger" : "access")),
        {
          scope,
          expects: [yesNo],
        },
      ),
      offset: "chance(".length,
    },
    ...(ahead === undefined
      ? []
      : [define(`${scope}.aheadThen`, ahead, placeOf(...pathOf("preference"), "ahead"), { scope, expects: [money] })]),
  ];
}
