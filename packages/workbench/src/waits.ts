import { triggersOf } from "@watershed/domain";
import type { InvestmentCase, Wait, Workspace } from "@watershed/domain";

/** The terms of a wait on the day of one of its triggers. */
export type TermsThen = Pick<Wait, "ticket" | "preMoney" | "newMoney" | "access" | "known" | "preference">;

/** One trigger of a wait: the scope of its formulas, its terms, and where each of them was written. */
export interface PlannedTrigger {
  trigger: string;
  scope: string;
  terms: TermsThen;
  silent?: boolean; // its deadline has passed: whatever was drawn, it does not fire
  pathOf: (field: keyof TermsThen | "trigger") => (string | number)[];
}

/** A wait as its case plans it: an alternative that waits, or the right to follow on. */
export interface PlannedWait {
  key: string; // "passes_gpt4", or "passes_gpt4+raises" of several
  wait: Wait;
  triggers: PlannedTrigger[];
}

/** The alternatives of a case that wait. */
export function plannedWaits({ id, wait = [] }: InvestmentCase): PlannedWait[] {
  return wait.map((one, place) => planned(one, id, ["wait", place]));
}

/** The right to follow on of a case that can be entered by a small ticket. */
export function plannedFollowOn({ id, stage }: InvestmentCase): PlannedWait | undefined {
  return stage && planned(stage.followOn, `${id}.stage`, ["stage", "followOn"]);
}

/** Both. */
export function everyPlannedWait(investmentCase: InvestmentCase): PlannedWait[] {
  const followOn = plannedFollowOn(investmentCase);
  return [...plannedWaits(investmentCase), ...(followOn ? [followOn] : [])];
}

/** Whether the deadline of a trigger lies before the day of the run: whoever has not acted on it by then no longer can. */
export function hasLapsed({ deadline }: Workspace["triggers"][number], { asOf }: Workspace["settings"]): boolean {
  return deadline < asOf;
}

/** The alternatives of a case that can still wait on the day of the run, each for those of its triggers that have not lapsed. */
export function openWaits(workspace: Workspace, investmentCase: InvestmentCase): PlannedWait[] {
  return plannedWaits(investmentCase)
    .map((one) => ({ ...one, triggers: openTriggers(workspace, one) }))
    .filter(({ triggers }) => triggers.length > 0);
}

/** The right to follow on as it stands on the day of the run. Where all of its triggers have lapsed the small ticket remains, with a right that never comes up. */
export function openFollowOn(workspace: Workspace, investmentCase: InvestmentCase): PlannedWait | undefined {
  const followOn = plannedFollowOn(investmentCase);
  if (!followOn) return undefined;
  const triggers = openTriggers(workspace, followOn);
  return { ...followOn, triggers: triggers.length > 0 ? triggers : followOn.triggers.map((one) => ({ ...one, silent: true })) };
}

/** Both. */
export function everyOpenWait(workspace: Workspace, investmentCase: InvestmentCase): PlannedWait[] {
  const followOn = openFollowOn(workspace, investmentCase);
  return [...openWaits(workspace, investmentCase), ...(followOn ? [followOn] : [])];
}

function openTriggers({ triggers, settings }: Workspace, { triggers: awaited }: PlannedWait): PlannedTrigger[] {
  const lapsed = new Set(triggers.filter((one) => hasLapsed(one, settings)).map(({ id }) => id));
  return awaited.filter(({ trigger }) => !lapsed.has(trigger));
}

function planned(wait: Wait, parent: string, path: (string | number)[]): PlannedWait {
  const triggers = triggersOf(wait);
  // One trigger is a scope of its own in the case; several share one, so that two waits may name the same trigger.
  const around = triggers.length > 1 ? `${parent}.${triggers.join("_or_")}` : parent;
  return {
    key: triggers.join("+"),
    wait,
    triggers: triggers.map((trigger, place) => {
      const own = wait.onTrigger?.[trigger] ?? {};
      return {
        trigger,
        scope: `${around}.${trigger}`,
        terms: { ...wait, ...own },
        pathOf: (field) => {
          if (field === "trigger") return [...path, ...(wait.triggers ? ["triggers", place] : ["trigger"])];
          return own[field] === undefined ? [...path, field] : [...path, "onTrigger", trigger, field];
        },
      };
    }),
  };
}
