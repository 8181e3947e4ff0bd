import type { Workspace } from "@watershed/domain";
import type { Pool, Task } from "@watershed/engine";
import { appraiseActions } from "./actions.ts";
import type { ActionsReview } from "./actions.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { jointWorthOf } from "./joint-worth.ts";
import type { JointWorth } from "./joint-worth.ts";
import { partOf, reviewedElsewhere, sendable } from "./review-on-workers.ts";
import { reviewInParts } from "./review-workspace.ts";
import type { ReviewOptions, ReviewResult } from "./review-workspace.ts";
import { companiesOf } from "./run-companies.ts";
import type { RunOptions } from "./simulate-workspace.ts";

/** What can be found out before deciding beyond one question at a time: actions, and several answers together. */
export interface Inquiries extends ActionsReview {
  together?: JointWorth; // left out where nothing depends on the questions, or none were named
}

export interface InquiryOptions extends Pick<RunOptions, "seed" | "draws"> {
  together?: string[]; // questions
}

const nothing: Inquiries = { actions: [], sequences: [], notAppraised: [] };

/** Actions and questions together over one run of all companies, drawn and appraised once for both. */
export function inquiriesOf(compiled: CompiledWorkspace, { together, ...options }: InquiryOptions): Inquiries {
  if (!asksAnything(compiled.workspace, together)) return nothing;
  const companies = companiesOf(compiled, options);
  const { run, appraisals } = companies;
  if (!run) return nothing;
  const joint = together && jointWorthOf(companies, together);
  const actions = compiled.workspace.actions.length === 0 ? nothing : appraiseActions(run, appraisals);
  return { ...actions, ...(joint ? { together: joint } : {}) };
}

function asksAnything({ actions }: Pick<Workspace, "actions">, together: string[] | undefined): boolean {
  return actions.length > 0 || together !== undefined;
}

/** The inquiries as work for a pool. */
export const inquiriesShare: Task<{ compiled: CompiledWorkspace }, InquiryOptions, Inquiries> = {
  name: "inquiries",
  prepare:
    ({ compiled }) =>
    (options) => ({ result: inquiriesOf(compiled, options) }),
};

/** A review with its inquiries, the workspace compiled once for both: one worker does the inquiries while this thread and the others review. */
export async function agendaOnWorkers(
  whole: Workspace,
  options: ReviewOptions & InquiryOptions,
  pool: Pool,
): Promise<ReviewResult & { inquiries: Inquiries }> {
  const { seed, draws, together } = options;
  const parts = pool.workers + (asksAnything(whole, together) ? 0 : 1);
  let inquiries: Promise<Inquiries> = Promise.resolve(nothing);
  const result = await reviewInParts(whole, options, parts, async (compiled, caseIds, part) => {
    if (part.place === 0 && asksAnything(whole, together)) {
      inquiries = pool.run(inquiriesShare, { compiled: sendable(compiled) }, [{ seed, draws, together }]).then(([found]) => found);
      inquiries.catch(() => undefined); // heard below, unless the review fails first
    }
    return part.place === parts - 1 ? partOf(compiled, caseIds, part) : reviewedElsewhere(pool, compiled, caseIds, part);
  });
  return { ...result, inquiries: await inquiries };
}
