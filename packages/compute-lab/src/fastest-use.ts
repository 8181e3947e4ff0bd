import { log } from "@watershed/probability";
import type { Cluster } from "./cluster.ts";
import type { OpenRun } from "./complete-plan.ts";
import { memoryError } from "./memory.ts";
import type { Plan } from "./plan.ts";
import { planSpace } from "./plan-space.ts";
import { predict } from "./predict.ts";
import type { Prediction } from "./prediction.ts";
import { searchPlans } from "./search.ts";
import type { MeasuredRun } from "./site.ts";

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
  const { chips } = open.cluster;
  const unit = degreesOf(open.printed);
  const rounder = [unit, 64, 256, 512, 1024, 2048].map((of) => of * Math.floor(chips / of)).filter((count) => count > 0.75 * chips);
  const counts = open.printed.dataParallel === undefined ? [...new Set([chips, ...rounder])] : [chips];
  const uses = counts
    .filter((count) => count % unit === 0)
    .map((count) => useOf({ ...open, cluster: { ...open.cluster, chips: count } }, site));
  const fitting = uses.filter(({ prediction }) => mayFit(prediction));
  return (fitting.length > 0 ? fitting : uses).reduce(faster);
}

function useOf(open: OpenRun, site: MeasuredRun[]): FastestUse {
  const { chips } = open.cluster;
  const plan = searchable(open) ? searched(open) : undefined;
  if (!plan) return { chips, prediction: predict(open, { site }) };
  const found = { chips, prediction: predict(open, { site, plan }) };
  if (open.printed.recomputation !== undefined || plan.recomputation !== "full") return found;
  // where memory asks for recomputation, covering a part of the layers may do: the plan's other fields stay
  const part = { ...open, printed: { ...open.printed, ...plan, recomputation: undefined } };
  const { plan: whole, memory } = predict(part, { site });
  return memory.fits ? faster(found, { chips, prediction: predict(open, { site, plan: whole }) }) : found;
}

function faster(one: FastestUse, other: FastestUse): FastestUse {
  return other.prediction.tokensPerSecond > one.prediction.tokensPerSecond ? other : one;
}

/** Whether a description leaves a search something to do, and names nothing that a search does not keep. */
function searchable({ printed }: OpenRun): boolean {
  const { dataParallel, overlap, sequenceParallel, expertDispatch, expertTensorParallel, shardingRanks } = printed;
  const told = [dataParallel, overlap, sequenceParallel, expertDispatch, expertTensorParallel, shardingRanks];
  return told.every((field) => field === undefined);
}

const remembered = new Map<string, Plan | undefined>();
const mostRemembered = 500;

function searched({ aiModel, cluster, printed, software }: OpenRun): Plan | undefined {
  const key = JSON.stringify([aiModel, cluster, printed, software]);
  if (remembered.has(key)) return remembered.get(key);
  const batch = printed.globalBatchSize ?? dividedBatch(aiModel.sequenceLength, cluster);
  const space = planSpace(aiModel, cluster, batch, printed, software);
  const found = searchPlans({ aiModel, cluster, software, space }, { keep: 1 }).plans[0]?.plan;
  if (remembered.size >= mostRemembered) remembered.delete(remembered.keys().next().value!);
  remembered.set(key, found);
  return found;
}

/** About eight thousand tokens per chip, a million to thirty-two million in all, in sequences that every split of the chips can share out. */
function dividedBatch(sequenceLength: number, { chips }: Cluster): number {
  const sequences = Math.min(Math.max(8192 * chips, 1e6), 32e6) / sequenceLength;
  if (sequences >= chips) return chips * Math.round(sequences / chips);
  const divisors = Array.from({ length: Math.min(chips, 1024) }, (_, index) => index + 1).filter((divisor) => chips % divisor === 0);
  const off = (divisor: number): number => Math.abs(log(chips / divisor / sequences));
  return chips / divisors.reduce((best, divisor) => (off(divisor) < off(best) ? divisor : best));
}

/** Memory is predicted to a tenth: a plan that is short by less may well be what the team runs. */
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
