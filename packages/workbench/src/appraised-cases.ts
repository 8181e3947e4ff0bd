import type { Workspace } from "@watershed/domain";
import { appraiseCase } from "./appraise-case.ts";
import type { Appraisal } from "./appraise-case.ts";
import { compileWorkspace } from "./compile-workspace.ts";
import type { WorkspaceProblem } from "./problem.ts";
import type { ScenarioRun } from "./scenario-run.ts";
import type { ReviewOptions } from "./review-workspace.ts";
import { runCases } from "./run-cases.ts";

/** The companies of a workspace over one run, with every alternative's netValue per draw; no run where an error leaves nothing to compute. */
export interface AppraisedCases {
  run?: ScenarioRun;
  appraisals: Appraisal[];
  newStreams: string[];
  problems: WorkspaceProblem[];
}

/** Draws the scenarios of a review, the same ones for the same options, and appraises its companies without reviewing them. */
export function appraisedCases(whole: Workspace, options: ReviewOptions = {}): AppraisedCases {
  const compiled = compileWorkspace(whole, options.asOf);
  const { newStreams } = compiled;
  if (compiled.problems.some((problem) => problem.severity === "error")) return { appraisals: [], newStreams, problems: compiled.problems };
  const cases = compiled.workspace.cases.filter(({ company }) => options.company === undefined || company === options.company);
  const { run, sound, problems } = runCases(compiled, cases, options);
  const appraisals = sound.map((investmentCase) => appraiseCase(compiled, run.draws, investmentCase));
  return { run, appraisals, newStreams, problems: [...compiled.problems, ...problems] };
}
