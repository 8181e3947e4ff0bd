import { log } from "@watershed/probability";
import type { Cluster } from "./cluster.ts";
import { calibrated } from "./calibration.ts";
import { estimatePlan, estimateStep } from "./complete-plan.ts";
import { withHabits } from "./open-run.ts";
import type { OpenRun } from "./open-run.ts";
import { memoryError, memoryPrediction } from "./memory.ts";
import type { Plan } from "./plan.ts";
import { planSpace } from "./plan-space.ts";
import { predict, siteOf } from "./predict.ts";
import type { Prediction } from "./prediction.ts";
import { searchPlans } from "./search.ts";
import type { FoundPlan } from "./search.ts";
import type { ReadRun } from "./read-run.ts";
import { measuredRun } from "./site.ts";
import type { MeasuredRun } from "./site.ts";
import { usualTokens } from "./usual-batch.ts";

/** The prediction for the plan that a team would run, and the chips that train by it. */
export interface FastestUse {
  prediction: Prediction;
  chips: number;
}

/**
 * The prediction for the plan and as many chips as the team would use. What is described stays; the rest is searched, as a lab would. A count
 * that splits badly (10,000 experts' ranks) trains on the next rounder one below and keeps the rest as spares.
 */
export function fastestUse(open: OpenRun, site: MeasuredRun[]): FastestUse {
  const found = searchable(open) ? bestPlan(open) : undefined;
  if (found) {
    const on = { ...open, cluster: { ...open.cluster, chips: found.chips } };
    return { chips: found.chips, prediction: predict(on, { site, plan: found.plan }) };
  }
  const uses = countsOf(open).map((chips) => ({ chips, prediction: predict({ ...open, cluster: { ...open.cluster, chips } }, { site }) }));
  const fitting = uses.filter(({ prediction }) => mayFit(prediction));
  return (fitting.length > 0 ? fitting : uses).reduce((best, one) =>
    one.prediction.tokensPerSecond > best.prediction.tokensPerSecond ? one : best,
  );
}

/** The measured rows of a site, where what a row leaves open is the plan that a team would run. */
export function fastestSite(rows: ReadRun[]): MeasuredRun[] {
  return rows.flatMap((read) => {
    const { aiModel, cluster, printed, software, measuredStepSeconds, problems } = read;
    if (!aiModel || !cluster || measuredStepSeconds === undefined || problems.some(({ severity }) => severity === "error")) return [];
    const open = { aiModel, cluster, printed, software };
    const found = searchable(open) ? bestPlan(open) : undefined;
    if (!found) return siteOf([read]);
    // a count that splits badly trained on the rounder one below, as it is predicted
    const on = { ...open, cluster: { ...cluster, chips: found.chips } };
    return [measuredRun(estimatePlan(on, found.plan, calibrated), software.known, measuredStepSeconds)];
  });
}

/** All chips of a cluster, and the rounder numbers below of which three quarters or more would train. */
export function countsOf({ cluster: { chips }, printed }: OpenRun): number[] {
  if (printed.dataParallel !== undefined) return [chips];
  const unit = degreesOf(printed);
  const rounder = [unit, 64, 256, 512, 1024, 2048].map((of) => of * Math.floor(chips / of)).filter((count) => count > 0.75 * chips);
  return [...new Set([chips, ...rounder])].filter((count) => count % unit === 0);
}

/** Whether a description leaves a search something to do, and names nothing that a search does not keep. */
function searchable({ printed }: OpenRun): boolean {
  const { dataParallel, overlap, sequenceParallel, expertDispatch, expertTensorParallel, shardingRanks } = printed;
  const told = [dataParallel, overlap, sequenceParallel, expertDispatch, expertTensorParallel, shardingRanks];
  return told.every((field) => field === undefined);
}

interface FoundUse {
  chips: number;
  plan: Plan;
}

const remembered = new Map<string, FoundUse | undefined>();
const mostRemembered = 500;

function bestPlan(open: OpenRun): FoundUse | undefined {
  const key = JSON.stringify([open.aiModel, open.cluster, open.printed, open.software]);
  if (!remembered.has(key)) {
    if (remembered.size >= mostRemembered) remembered.delete(remembered.keys().next().value!);
    remembered.set(key, searched(open));
  }
  return remembered.get(key);
}

function searched(open: OpenRun): FoundUse | undefined {
  const { aiModel, cluster, printed, software } = withHabits(open);
  let best: (FoundUse & { sequencesPerSecond: number }) | undefined;
  for (const chips of countsOf({ aiModel, cluster, printed, software })) {
    const on = { ...cluster, chips };
    const batch = printed.globalBatchSize ?? dividedBatch(aiModel.sequenceLength, on);
    const question = { aiModel, cluster: on, software, space: planSpace(aiModel, on, batch, printed, software) };
    const [found] = searchPlans(question, { keep: 1, quick: true, withinSeconds: best && batch / best.sequencesPerSecond }).plans;
    if (!found) continue;
    const { plan, seconds } = partlyRecomputed({ aiModel, cluster: on, printed, software }, found);
    if (!best || batch / seconds > best.sequencesPerSecond) best = { chips, plan, sequencesPerSecond: batch / seconds };
  }
  return best && { chips: best.chips, plan: best.plan };
}

/** Where memory asks for recomputation, covering a part of the layers may do: the plan's other fields stay. */
function partlyRecomputed(open: OpenRun, found: FoundPlan): Pick<FoundPlan, "plan" | "seconds"> {
  if (open.printed.recomputation !== undefined || found.plan.recomputation === "none") return found;
  const { plan, seconds, run } = estimateStep(
    { ...open, printed: { ...open.printed, ...found.plan, recomputation: undefined } },
    calibrated,
  );
  return seconds < found.seconds && memoryPrediction(run).fits ? { plan, seconds } : found;
}

/** The usual batch in sequences that every split of the chips can share out. */
function dividedBatch(sequenceLength: number, { chips }: Cluster): number {
  const sequences = usualTokens(chips) / sequenceLength;
  if (sequences >= chips) return chips * Math.round(sequences / chips);
  const divisors = Array.from({ length: Math.min(chips, 1024) }, (_, index) => index + 1).filter((divisor) => chips % divisor === 0);
  const off = (divisor: number): number => Math.abs(log(chips / divisor / sequences));
  return chips / divisors.reduce((best, divisor) => (off(divisor) < off(best) ? divisor : best));
}

/** Memory is predicted to about a seventh: a plan that is short by less may well be what the team runs. */
export function mayFit({ memory }: Pick<Prediction, "memory">): boolean {
  return memory.totalBytes <= (1 + memoryError) * memory.capacityBytes;
}

/** Chips that a printed split takes together: experts are shared out over whole tensor groups. */
export function degreesOf({
  tensorParallel = 1,
  pipelineParallel = 1,
  contextParallel = 1,
  expertParallel = 1,
}: OpenRun["printed"]): number {
  const wide = Math.max(tensorParallel, expertParallel);
  const ranks = wide % Math.min(tensorParallel, expertParallel) === 0 ? wide : tensorParallel * expertParallel;
  return ranks * pipelineParallel * contextParallel;
}
