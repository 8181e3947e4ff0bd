import type { AiModel } from "./ai-model.ts";
import type { TrainingSite } from "./across-sites-question.ts";
import { calibrated } from "./calibration.ts";
import type { Cluster } from "./cluster.ts";
import { estimatePlan } from "./complete-plan.ts";
import type { Estimate } from "./complete-plan.ts";
import type { OpenRun } from "./open-run.ts";
import { countsOf } from "./fastest-use.ts";
import type { Plan } from "./plan.ts";
import { planSpace } from "./plan-space.ts";
import { searchPlans } from "./search.ts";
import type { Software } from "./software.ts";

/** A plan by which a site does its share of a step: its time is a constant and so much per round of microbatches over all its ranks. */
export interface SiteWork {
  open: OpenRun; // the AI model, or the site's layers of it, on the chips that train
  plan: Plan;
  sequencesPerRound: number;
  leastRounds: number; // below it the constant would be another
  fixedSeconds: number;
  secondsPerRound: number;
}

/** Rounds that a plan is searched for: few ranks pack a share more closely, many need less of each. */
const roundsTried = [4, 8, 16, 32, 64];

/** Plans that do about so many sequences a step on a site, several granularities each; none where the AI model does not fit. */
export function worksOf({ cluster, printed }: TrainingSite, aiModel: AiModel, software: Software, sequences: number, keep = 2): SiteWork[] {
  const works: SiteWork[] = [];
  for (const chips of countsOf({ aiModel, cluster, printed, software }).slice(0, 3)) {
    const on: Cluster = { ...cluster, chips };
    const open = { aiModel, cluster: on, printed, software };
    for (const batch of nearBatches(sequences, chips))
      for (const { plan } of searchPlans(
        { aiModel, cluster: on, software, space: planSpace(aiModel, on, batch, printed, software) },
        { keep, quick: true },
      ).plans)
        works.push(workOf(open, plan));
  }
  return works;
}

/** A plan's constant and slope, from its time at two batches. */
function workOf(open: OpenRun, plan: Plan): SiteWork {
  const sequencesPerRound = plan.dataParallel * plan.microbatchSize;
  const leastRounds = plan.pipelineParallel;
  const rounds = Math.max(leastRounds, plan.globalBatchSize / sequencesPerRound);
  const at = (count: number): number => estimatePlan(open, { ...plan, globalBatchSize: count * sequencesPerRound }, calibrated).seconds;
  const [once, twice] = [at(rounds), at(2 * rounds)];
  const secondsPerRound = (twice - once) / rounds;
  return { open, plan, sequencesPerRound, leastRounds, fixedSeconds: once - rounds * secondsPerRound, secondsPerRound };
}

/** The estimate of a work at a number of rounds. */
export function estimateOf({ open, plan, sequencesPerRound }: SiteWork, rounds: number): Estimate {
  return estimatePlan(open, { ...plan, globalBatchSize: rounds * sequencesPerRound }, calibrated);
}

/** Batches near a wished one that so many chips can split in several ways. */
function nearBatches(sequences: number, chips: number): number[] {
  const batches = roundsTried.map((count) => {
    const ranks = largestDivisor(chips, Math.max(1, sequences / count));
    return ranks * Math.max(1, Math.round(sequences / ranks));
  });
  return [...new Set(batches)];
}

function largestDivisor(of: number, most: number): number {
  for (let divisor = Math.min(of, Math.floor(most)); divisor > 1; divisor--) if (of % divisor === 0) return divisor;
  return 1;
}
