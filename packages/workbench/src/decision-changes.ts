import type { ItemKind, Workspace } from "@watershed/domain";
import { dependentNodes } from "@watershed/formula";
import { columnsOfCase } from "./appraise-case.ts";
import { compileWorkspace } from "./compile-workspace.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import type { CompanyReview } from "./review.ts";

interface Review {
  companies: Pick<CompanyReview, "company" | "best">[];
}

/** An item that was added, changed or removed, as it was before and is now. */
export interface ChangedItem {
  kind: ItemKind | "settings";
  id: string;
  before?: unknown;
  after?: unknown;
}

/** What a company's decision came to before and comes to now, and which changes can have moved it. */
export interface DecisionChange {
  company: string;
  before?: Pick<CompanyReview["best"], "alternative" | "worth" | "clear">;
  after?: Pick<CompanyReview["best"], "alternative" | "worth" | "clear">;
  flipped: boolean; // another alternative is best now, or there is one for the first time
  because: { kind: ItemKind | "settings"; id: string }[];
}

/**
 * The companies whose figures moved between two reviews, flips first, then by how far their worth moved.
 *
 * A change is named as a reason where the company's case depends on it in the workspace as it is now: on the question it is about, on the quantity or trigger, or
 * where it is the company's own. Which of several reasons weighs how much is not told.
 */
export function decisionChanges(
  reviews: { before?: Review; after: Review },
  workspace: Workspace,
  changes: ChangedItem[],
): DecisionChange[] {
  const compiled = compileWorkspace(workspace);
  const before = new Map(reviews.before?.companies.map((one) => [one.company.id, one.best]));
  const after = new Map(reviews.after.companies.map((one) => [one.company.id, one.best]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((company) => figuresOf(before.get(company)) !== figuresOf(after.get(company)))
    .map((company): DecisionChange => ({
      company,
      before: told(before.get(company)),
      after: told(after.get(company)),
      flipped: before.get(company)?.alternative !== after.get(company)?.alternative,
      because: reasonsFor(compiled, company, changes),
    }))
    .toSorted((one, other) => Number(other.flipped) - Number(one.flipped) || moved(other) - moved(one));
}

function told(best: CompanyReview["best"] | undefined): DecisionChange["before"] {
  return best && { alternative: best.alternative, worth: best.worth, clear: best.clear };
}

function figuresOf(best: CompanyReview["best"] | undefined): string {
  return best ? `${best.alternative} ${best.worth.amount}` : "";
}

function moved({ before, after }: DecisionChange): number {
  return Math.abs((after?.worth.amount ?? 0) - (before?.worth.amount ?? 0));
}

function reasonsFor(compiled: CompiledWorkspace, company: string, changes: ChangedItem[]): DecisionChange["because"] {
  const { workspace, program } = compiled;
  const cases = workspace.cases.filter((investmentCase) => investmentCase.company === company);
  const needed = dependentNodes(
    program,
    cases.flatMap((investmentCase) => columnsOfCase(compiled, investmentCase)),
  );
  const dependsOn = (name: string | undefined): boolean => name !== undefined && Boolean(needed[program.columns[name]]);
  const triggers = new Set(
    cases
      .flatMap(({ wait = [], stage }) => [...wait, ...(stage ? [stage.followOn] : [])])
      .flatMap((one) => [one.trigger, ...(one.triggers ?? [])]),
  );
  return changes
    .filter(({ kind, before, after }) => {
      const item = { ...(before as object), ...(after as object) } as {
        id?: string;
        question?: string;
        questions?: string[];
        company?: string;
      };
      if (kind === "settings") return true;
      if (kind === "questions" || kind === "quantities" || kind === "signals") return dependsOn(item.id);
      if (kind === "forecasts" || kind === "resolutions") return dependsOn(item.question);
      if (kind === "correlations") return item.questions?.some(dependsOn) ?? false;
      if (kind === "triggers") return triggers.has(item.id!);
      if (kind === "people") return workspace.forecasts.some((forecast) => forecast.by === item.id && dependsOn(forecast.question));
      return (kind === "cases" || kind === "rounds" || kind === "positions") && item.company === company;
    })
    .map(({ kind, id }) => ({ kind, id }));
}
