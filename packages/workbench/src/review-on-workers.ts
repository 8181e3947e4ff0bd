import type { Pool, Task } from "@watershed/engine";
import type { Workspace } from "@watershed/domain";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { reviewCompanies } from "./review-companies.ts";
import type { CompaniesOptions, CompaniesPart } from "./review-companies.ts";
import { reviewInParts } from "./review-workspace.ts";
import type { ReviewOptions, ReviewResult } from "./review-workspace.ts";

/** What every part of a review shares. */
interface Common {
  compiled: CompiledWorkspace;
  options: Pick<CompaniesOptions, "seed" | "draws">;
}

/** A part of a review: some of the cases, and for one part also the triggers. */
interface Share {
  caseIds: string[];
  triggers: boolean;
}

/** The review of some of the companies as work for a pool. */
export const reviewShare: Task<Common, Share, CompaniesPart> = {
  name: "review-share",
  prepare:
    ({ compiled, options }) =>
    ({ caseIds, triggers }) => ({ result: partOf(compiled, caseIds, { ...options, triggers }) }),
};

/** The main job on several processors: one share of the companies here, the others on the pool's workers. Same figures as on one. */
export async function reviewOnWorkers(whole: Workspace, options: ReviewOptions, pool: Pool): Promise<ReviewResult> {
  const parts = pool.workers + 1;
  return reviewInParts(whole, options, parts, async (compiled, caseIds, part) => {
    const { seed, draws, triggers = false, onProgress } = part;
    // The last share is done here, when the workers have theirs.
    if (part.place === parts - 1) return partOf(compiled, caseIds, { seed, draws, triggers, onProgress });
    return reviewedElsewhere(pool, compiled, caseIds, part);
  });
}

/** A share of the companies on one of the pool's workers. */
export async function reviewedElsewhere(
  pool: Pool,
  compiled: CompiledWorkspace,
  caseIds: string[],
  { seed, draws, triggers = false }: CompaniesOptions,
): Promise<CompaniesPart> {
  const [found] = await pool.run(reviewShare, { compiled: sendable(compiled), options: { seed, draws } }, [{ caseIds, triggers }]);
  return found;
}

/** A share of the companies in this thread. */
export function partOf(compiled: CompiledWorkspace, caseIds: string[], options: CompaniesOptions): CompaniesPart {
  const wanted = new Set(caseIds);
  const cases = compiled.workspace.cases.filter(({ id }) => wanted.has(id));
  return reviewCompanies(compiled, cases, options);
}

/** Evidence and record are read by no figure; copying them to a worker takes longer than some companies. */
export function sendable(compiled: CompiledWorkspace): CompiledWorkspace {
  return { ...compiled, problems: [], workspace: { ...compiled.workspace, facts: [], sources: [], notes: [], decisions: [] } };
}
