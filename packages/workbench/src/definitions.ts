import type { InvestmentCase, ItemPlace, Question, Workspace } from "@watershed/domain";
import { dayNumber, formulaText, standingForecasts } from "@watershed/domain";
import type { Definition, Kind } from "@watershed/formula";

/** A formula of the workspace on its way to the compiler, and the place it was written at. */
export interface PlacedDefinition extends Definition {
  place?: ItemPlace;
  opinionOn?: string; // the question it is somebody's forecast on
  offset?: number; // characters that the compiled text has before the written one
}

const probability: Kind = { kind: "probability" };
const money: Kind = { kind: "money" };
const date: Kind = { kind: "date" };
const number: Kind = { kind: "number" };
const yesNo: Kind = { kind: "yesNo" };

export const forecastName = (by: string, question: string): string => `forecast.${by}.${question}`;
export const triggerName = (trigger: string): string => `trigger.${trigger}`;
export const waitScope = (caseId: string, trigger: string): string => `${caseId}.${trigger}`;

/** The kind of a question's answer, for the checker. */
export function kindOf(question: Question): Kind {
  if (question.kind === "yesNo") return yesNo;
  if (question.kind === "date") return date;
  if (question.kind === "oneOf") return { kind: "choice", options: question.options?.map((option) => option.id) ?? [] };
  if (/^[A-Z]{3}$/.test(question.unit ?? "")) return money;
  return question.unit === "probability" ? probability : number;
}

/** Every formula of the workspace that stands on a day: questions with their forecasts, shared quantities, triggers. */
export function sharedDefinitions(workspace: Workspace, day: string): PlacedDefinition[] {
  const questions = new Map(workspace.questions.map((question) => [question.id, question]));
  const places = new Map(workspace.forecasts.map((forecast, index) => [forecast, index]));
  const forecasts = standingForecasts(workspace, day).filter((forecast) => questions.has(forecast.question));
  const opinions = forecasts.flatMap((forecast) => forecastDefinitions(questions.get(forecast.question)!, forecast, places.get(forecast)!));
  const resolved = new Set(workspace.resolutions.map((resolution) => resolution.question));
  return [
    ...opinions,
    ...workspace.questions.flatMap((question, index) => questionDefinitions(question, index, opinions, resolved.has(question.id))),
    ...workspace.quantities.map((quantity, index) =>
      define(quantity.id, quantity.formula, { kind: "quantities", index, path: ["formula"] }),
    ),
    ...workspace.triggers.map((trigger, index) =>
      define(triggerName(trigger.id), trigger.when, { kind: "triggers", index, path: ["when"] }, { expects: [date, yesNo] }),
    ),
    ...moneyDefinitions(workspace),
    ...workspace.theses.flatMap((thesis, index) => thesis.questions.map((row, place) => confirmation(thesis.id, row, index, place))),
  ];
}

export const positionName = (company: string, index: number): string => `position.${company}.n${index}`;

/** The amounts of rounds and positions: nothing depends on them, but they are to be sound money all the same. */
function moneyDefinitions({ rounds, positions }: Workspace): PlacedDefinition[] {
  return [
    ...rounds.flatMap((round, index) =>
      (["preMoney", "postMoney", "newMoney"] as const).flatMap((field) =>
        round[field] === undefined
          ? []
          : [define(`round.${round.id}.${field}`, round[field], { kind: "rounds", index, path: [field] }, { expects: [money] })],
      ),
    ),
    ...positions.map((position, index) =>
      define(
        positionName(position.company, index),
        position.invested,
        { kind: "positions", index, path: ["invested"] },
        { expects: [money] },
      ),
    ),
  ];
}

export const confirmationName = (thesis: string, place: number): string => `thesis.${thesis}.n${place}`;

/** The answer that confirms a thesis, as a yes or no: `yes` and `no` are those of the question itself. */
function confirmation(
  thesis: string,
  row: Workspace["theses"][number]["questions"][number],
  index: number,
  place: number,
): PlacedDefinition {
  const name = confirmationName(thesis, place);
  const written = define(name, row.confirmedBy, { kind: "theses", index, path: ["questions", place, "confirmedBy"] }, { expects: [yesNo] });
  if (written.source === "yes") return { ...written, source: row.question };
  return written.source === "no" ? { ...written, source: `not ${row.question}`, offset: "not ".length } : written;
}

function forecastDefinitions(question: Question, forecast: Workspace["forecasts"][number], index: number): PlacedDefinition[] {
  const name = forecastName(forecast.by, question.id);
  const today = soundDay(forecast.on);
  const place = (...path: string[]): ItemPlace => ({ kind: "forecasts", index, path });
  if (question.kind === "yesNo" && forecast.probability !== undefined)
    return [define(name, forecast.probability, place("probability"), { today, expects: [probability], opinionOn: question.id })];
  if (question.kind === "oneOf")
    return Object.entries(forecast.probabilities ?? {}).map(([option, chance]) =>
      define(`${name}.${option}`, chance, place("probabilities", option), { today, expects: [probability], opinionOn: question.id }),
    );
  if (forecast.distribution === undefined) return [];
  return [define(name, forecast.distribution, place("distribution"), { today, expects: [kindOf(question)], opinionOn: question.id })];
}

/** A question is drawn from its belief where anybody forecast it or the world answered it, else it is what its own formula says. */
function questionDefinitions(question: Question, index: number, opinions: PlacedDefinition[], resolved: boolean): PlacedDefinition[] {
  const own = opinions.filter((opinion) => opinion.opinionOn === question.id).map((opinion) => opinion.name);
  const place: ItemPlace = { kind: "questions", index, path: ["belief"] };
  if (own.length > 0 || resolved || question.belief === undefined) {
    const given = question.kind === "yesNo" ? own : [];
    return [{ name: question.id, question: { kind: kindOf(question), given }, place: { ...place, path: ["id"] } }];
  }
  if (question.kind !== "yesNo") return [define(question.id, question.belief, place, { expects: [kindOf(question)] })];
  const prior = forecastName("prior", question.id);
  return [
    define(prior, question.belief, place, { expects: [probability, yesNo] }),
    { name: question.id, question: { kind: yesNo, given: [prior] }, place },
  ];
}

/** Every formula of one investment case, in its own scope; wait alternatives in a scope within it. */
export function caseDefinitions(
  investmentCase: InvestmentCase,
  index: number,
  triggers: Workspace["triggers"],
  triggerKinds: Record<string, Kind>,
): PlacedDefinition[] {
  const scope = investmentCase.id;
  const field = (
    name: string,
    source: InvestmentCase["exitValue"] | undefined,
    path: (string | number)[],
    expects: Kind[],
  ): PlacedDefinition[] =>
    source === undefined ? [] : [define(`${scope}.${name}`, source, { kind: "cases", index, path }, { scope, expects })];
  const { now } = investmentCase;
  return [
    ...Object.entries(investmentCase.quantities ?? {}).map(([name, source]) =>
      define(`${scope}.${name}`, source, { kind: "cases", index, path: ["quantities", name] }, { scope }),
    ),
    ...field("exitValue", investmentCase.exitValue, ["exitValue"], [money]),
    ...field("exitDate", investmentCase.exitDate, ["exitDate"], [date]),
    ...field("retention", investmentCase.retention, ["retention"], [probability]),
    ...field("strategicWorth", investmentCase.strategicWorth, ["strategicWorth"], [money]),
    ...field("ticket", now?.ticket, ["now", "ticket"], [money]),
    ...field("preMoney", now?.preMoney, ["now", "preMoney"], [money]),
    ...field("newMoney", now?.newMoney, ["now", "newMoney"], [money]),
    ...field("ahead", now?.preference?.ahead, ["now", "preference", "ahead"], [money]),
    ...(investmentCase.wait ?? []).flatMap((wait, place) => {
      const trigger = triggers.find((candidate) => candidate.id === wait.trigger);
      return trigger ? waitDefinitions(investmentCase, wait, ["wait", place], index, trigger, triggerKinds) : [];
    }),
  ];
}

type Wait = NonNullable<InvestmentCase["wait"]>[number];

function waitDefinitions(
  investmentCase: InvestmentCase,
  wait: Wait,
  path: (string | number)[],
  index: number,
  trigger: Workspace["triggers"][number],
  triggerKinds: Record<string, Kind>,
): PlacedDefinition[] {
  const scope = waitScope(investmentCase.id, wait.trigger);
  const column = triggerName(wait.trigger);
  const fires = triggerKinds[column]?.kind === "yesNo" ? `if ${column} then ${trigger.deadline} else never` : column;
  const field = (name: string, source: Wait["preMoney"] | undefined, expects: Kind[]): PlacedDefinition[] =>
    source === undefined
      ? []
      : [define(`${scope}.${name}Then`, source, { kind: "cases", index, path: [...path, name] }, { scope, expects })];
  const waitPlace = (...inner: string[]): ItemPlace => ({ kind: "cases", index, path: [...path, ...inner] });
  return [
    { name: `${scope}.triggerDate`, source: fires, scope, expects: [date] },
    ...field("ticket", wait.ticket, [money]),
    ...field("preMoney", wait.preMoney, [money]),
    ...field("newMoney", wait.newMoney, [money]),
    {
      ...define(`${scope}.access`, `chance(${wait.access ?? "100%"})`, waitPlace(wait.access === undefined ? "trigger" : "access"), {
        scope,
        expects: [yesNo],
      }),
      offset: "chance(".length,
    },
    ...(wait.preference?.ahead === undefined
      ? []
      : [define(`${scope}.aheadThen`, wait.preference.ahead, waitPlace("preference", "ahead"), { scope, expects: [money] })]),
  ];
}

/** Days since 1970-01-01 of a date that the schemas have already found sound. */
export function soundDay(text: string): number {
  const day = dayNumber(text);
  if (day === undefined) throw new Error(`${text} passed the schema and is no date`);
  return day;
}

function define(name: string, source: string | number | boolean, place: ItemPlace, more: Partial<PlacedDefinition> = {}): PlacedDefinition {
  return { name, source: formulaText(source), place, ...more };
}
