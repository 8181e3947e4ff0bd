import type { Evppi, Leader } from "@watershed/decision";
import { appraiseCase } from "./appraise-case.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { leaderFor } from "./risk.ts";
import { runCases } from "./run-cases.ts";
import { evppiOfCase, sumByAnswers } from "./run-sums.ts";
import type { ReviewRun } from "./run-sums.ts";
import type { RunOptions } from "./simulate-workspace.ts";

/** What every company's decision comes to, and what answering each of its questions is worth: the part of a review that follows a moved belief. */
export interface Redecision {
  key: string;
  companies: { caseId: string; leader: Leader; evppis: Map<string, Evppi> }[];
}

/** Decides every case again: scenarios, appraisals, leaders and the worth of every question they depend on. The same figures as a review's. */
export function redecide(compiled: CompiledWorkspace, options: RunOptions = {}): Redecision {
  const { run: drawn, sound } = runCases(compiled, compiled.workspace.cases, options);
  const appraisals = sound.map((investmentCase) => appraiseCase(compiled, drawn.draws, investmentCase));
  const run: ReviewRun = { ...drawn, sums: sumByAnswers(drawn, appraisals) };
  return {
    key: run.key,
    companies: appraisals.map(({ investmentCase: { id }, alternatives, questions }) => ({
      caseId: id,
      leader: leaderFor(compiled, alternatives, run.draws),
      evppis: new Map(questions.map((question) => [question, evppiOfCase(run, id, question)])),
    })),
  };
}
