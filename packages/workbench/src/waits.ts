import { triggersOf } from "@watershed/domain";
import type { InvestmentCase, Wait } from "@watershed/domain";

/** The terms of a wait on the day of one of its triggers. */
export type TermsThen = Pick<Wait, "ticket" | "preMoney" | "newMoney" | "access" | "known" | "preference">;

/** One trigger of a wait: the scope of its formulas, its terms, and where each of them was written. */
export interface PlannedTrigger {
  trigger: string;
  scope: string;
  terms: TermsThen;
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
