import type { AiModel } from "./ai-model.ts";
import type { Calibration } from "./calibration.ts";
import type { Cluster } from "./cluster.ts";
import { parametersOf } from "./flops.ts";
import { memoryError, memoryPrediction } from "./memory.ts";
import type { Plan, PlanField, Recomputation } from "./plan.ts";
import type { MemoryPrediction, StepParts } from "./prediction.ts";
import { isWhollyOpen, withHabits } from "./open-run.ts";
import type { OpenRun } from "./open-run.ts";
import { takenOver } from "./read-plan.ts";
import type { PrintedPlan } from "./read-plan.ts";
import { runOf } from "./run.ts";
import type { Run } from "./run.ts";
import { generationOf } from "./software-generation.ts";
import type { Generation } from "./software-generation.ts";
import type { Software, Stack } from "./software.ts";
import { stepParts } from "./step.ts";
import { usualTokens } from "./usual-batch.ts";

/** The plan of a run, gaps filled, with the seconds of its step by part. */
export interface Estimate {
  plan: Plan;
  /** The fields of the plan that had to be chosen. */
  chosen: PlanField[];
  run: Run;
  parts: StepParts;
  seconds: number;
  /** Nothing is told of the split: teams seldom run the plan that a search finds fastest. */
  open: boolean;
  /** What the step would take without interleaving, where that had to be chosen; else `seconds`. */
  plainSeconds: number;
}

/** Physics and calibration alone: no software level of a site, no band. */
export function estimateStep(open: OpenRun, k: Calibration): Estimate {
  return estimatePlan(open, completePlan(open, k), k);
}

/** The same for a plan that is whole already; what the description leaves open counts as chosen. */
export function estimatePlan(open: OpenRun, plan: Plan, k: Calibration): Estimate {
  const run = runOf({ ...open, plan }, k);
  const parts = stepParts(run);
  const seconds = secondsOf(parts);
  const choseInterleaving = open.printed.interleaving === undefined && plan.interleaving > 1;
  const plain = choseInterleaving ? { ...run, plan: { ...run.plan, interleaving: 1 } } : run;
  const plainSeconds = choseInterleaving ? secondsOf(stepParts(plain)) : seconds;
  return { plan, chosen: chosenFields(open, plan), open: isWhollyOpen(open.printed), run, parts, seconds, plainSeconds };
}

/** Fills a plan's gaps: conventions of the stack where there are any, else the fastest choice that fits into memory. */
export function completePlan(open: OpenRun, k: Calibration): Plan {
  const found = fastestPlan(open, k);
  if (open.printed.sharding !== undefined || holdsStates(open, found, k)) return found;
  // What ran fitted: where weights, gradients and the optimizer alone do not, more of them was shared out than the stack's habit.
  for (const sharding of [1, 2, 3] as const) {
    if (sharding <= found.sharding) continue;
    const plan = fastestPlan({ ...open, printed: { ...open.printed, sharding } }, k);
    if (holdsStates(open, plan, k)) return plan;
  }
  return found;
}

/** Whether what a chip keeps from step to step has room on it. */
function holdsStates(open: OpenRun, plan: Plan, k: Calibration): boolean {
  const { parts, capacityBytes } = memoryPrediction(runOf({ ...open, plan }, k));
  return parts.weightBytes + parts.gradientBytes + parts.optimizerBytes <= capacityBytes;
}

/** Of the plans that agree with what is printed and with the stack's habits, the fastest that fits. */
function fastestPlan(open: OpenRun, k: Calibration): Plan {
  const habitual = withHabits(open);
  const choices = candidates(habitual);
  // nothing to weigh: a plan that is printed in full ran
  if (choices.length === 1 && open.printed.recomputation) return choices[0];
  let best: Plan | undefined;
  let bestCost = Infinity;
  for (const candidate of choices) {
    const plan = habitual.printed.recomputation ? candidate : leastRecomputation(open, candidate, k);
    const run = runOf({ ...open, plan }, k);
    const memory = memoryPrediction(run);
    // what does not fit loses against what does, and among those the smaller excess wins
    // a printed recomputation ran: a memory that is over by less than the prediction's own error is no objection
    const ran = open.printed.recomputation !== undefined && memory.marginBytes > -memoryError * memory.capacityBytes;
    const cost = memory.fits || ran ? secondsOf(stepParts(run)) : 1e9 + memory.bytesShort;
    if (cost < bestCost) [best, bestCost] = [plan, cost];
  }
  return best!;
}

/** As many layers recomputed as memory demands and no more; what is kept falls in proportion to the share. */
function leastRecomputation(open: OpenRun, plan: Plan, k: Calibration): Plan {
  const memoryOf = (recomputedShare: number): MemoryPrediction =>
    memoryPrediction(runOf({ ...open, plan: { ...plan, recomputedShare } }, k));
  const none = memoryOf(0);
  if (none.fits) return plan;
  const full = memoryOf(1);
  if (!full.fits) return { ...plan, recomputedShare: 1 };
  let share = 0;
  let most = none.totalBytes;
  // two steps suffice unless another stage becomes the fullest
  for (let step = 0; step < 3 && most > none.capacityBytes; step++) {
    share += ((1 - share) * (most - none.capacityBytes)) / (most - full.totalBytes);
    most = memoryOf(share).totalBytes * (1 - 1e-12);
  }
  if (most > none.capacityBytes) return { ...plan, recomputedShare: 1 };
  return offloads(open, plan) ? { ...plan, offloadedShare: share } : { ...plan, recomputedShare: share };
}

/** Chips with a host of their own on a fast link lend activations to it, one layer after the other, where no pipeline is in the way. */
function offloads({ cluster, software }: OpenRun, { pipelineParallel, sharding }: Plan): boolean {
  const { stack, date } = generationOf(software, cluster.accelerator, sharding);
  return pipelineParallel === 1 && stack === "megatron" && date >= 2025 && /^G[BH]\d/.test(cluster.accelerator.id);
}

/** The sum of a step's parts. */
export function secondsOf(parts: StepParts): number {
  let sum = 0;
  for (const part in parts) sum += parts[part as keyof StepParts];
  return sum;
}

function chosenFields(open: OpenRun, plan: Plan): PlanField[] {
  const { cluster, printed, software } = open;
  const unusual =
    printed.sharding === undefined && plan.sharding !== usualSharding(software, generationOf(software, cluster.accelerator, undefined));
  return [...missingFields(open), ...(unusual ? (["sharding"] as const) : [])];
}

/** Fields that matter and that a printed plan lacks. */
export function missingFields({ aiModel, printed }: OpenRun): PlanField[] {
  const asked: (keyof PrintedPlan & PlanField)[] = [
    "tensorParallel",
    "pipelineParallel",
    "microbatchSize",
    "globalBatchSize",
    "recomputation",
    "precision",
    ...(aiModel.experts ? (["expertParallel"] as const) : []),
    ...(printed.pipelineParallel === 1 ? [] : (["interleaving"] as const)),
  ];
  return asked.filter((field) => printed[field] === undefined);
}

function candidates(open: OpenRun): Plan[] {
  const kinds = recomputations(open);
  return degrees(open).flatMap((shape) =>
    microbatches(open, shape).flatMap((microbatchSize) =>
      interleavings(open, shape).flatMap((interleaving) =>
        kinds.map((recomputation) => planOf(open, { ...shape, microbatchSize, interleaving, recomputation })),
      ),
    ),
  );
}

interface Shape {
  tensorParallel: number;
  contextParallel: number;
  pipelineParallel: number;
  dataParallel: number;
  expertParallel: number;
  globalBatchSize: number;
}

/** Splits of the chips that agree with what is printed, and among them those that deal out whole microbatches where there are any. */
function degrees(open: OpenRun): Shape[] {
  const { aiModel, cluster, printed } = open;
  const sharded = (printed.sharding ?? 0) >= 2;
  const { globalBatchSize: batch, dataParallel: ranks } = printed;
  const sharing = ranks && printed.contextParallel === undefined ? sharedSequences(batch, ranks) : 1;
  const contextParallel = printed.contextParallel ?? sharing;
  const dataRanks = ranks && ranks / sharing;
  const shapes = tensorsOf(open, contextParallel, dataRanks).flatMap((tensorParallel) => {
    const rest = cluster.chips / (tensorParallel * contextParallel);
    return pipelinesOf(open, rest, dataRanks).flatMap((pipelineParallel) => {
      const ranked = dataRanks ?? Math.max(1, Math.round(rest / pipelineParallel));
      const shared = printed.contextParallel === undefined && !dataRanks ? sharedSequences(batch, ranked) : 1;
      const dataParallel = ranked / shared;
      const whole = Math.abs(ranked * pipelineParallel - rest) < 1e-9;
      const experts = printed.expertParallel ? [printed.expertParallel] : sharded ? [1] : expertChoices(aiModel, ranked * tensorParallel);
      const globalBatchSize = batch ?? usualBatch(aiModel, cluster, dataParallel, printed.microbatchSize ?? 1);
      return experts.map((expertParallel) => ({
        shape: {
          tensorParallel,
          contextParallel: contextParallel * shared,
          pipelineParallel,
          dataParallel,
          expertParallel,
          globalBatchSize,
        },
        fits: [whole, (ranked * contextParallel * tensorParallel) % expertParallel === 0, dealsWhole(open, globalBatchSize, dataParallel)],
      }));
    });
  });
  return fittest(shapes);
}

/** Ranks to a sequence where there are fewer sequences than ranks. */
function sharedSequences(batch: number | undefined, ranks: number): number {
  return batch !== undefined && batch < ranks && ranks % batch === 0 ? ranks / batch : 1;
}

/** The shapes that do all that is asked of them; where none does, those that do most, the first demand before the second. */
function fittest(shapes: { shape: Shape; fits: boolean[] }[]): Shape[] {
  const kept = [0, 1, 2].reduce((left, demand) => {
    const better = left.filter(({ fits }) => fits[demand]);
    return better.length > 0 ? better : left;
  }, shapes);
  return kept.map(({ shape }) => shape);
}

/** Whether every rank gets whole microbatches of a batch that is printed. */
function dealsWhole({ printed }: OpenRun, globalBatchSize: number, dataParallel: number): boolean {
  return printed.globalBatchSize === undefined || globalBatchSize % (dataParallel * (printed.microbatchSize ?? 1)) === 0;
}

function tensorsOf({ aiModel, cluster, printed }: OpenRun, contextParallel: number, dataRanks: number | undefined): number[] {
  if (printed.tensorParallel) return [printed.tensorParallel];
  const left = cluster.chips / ((printed.pipelineParallel ?? 1) * contextParallel * (dataRanks ?? 1));
  if (printed.pipelineParallel && dataRanks && Number.isInteger(left)) return [left];
  return (printed.sharding ?? 0) >= 2 ? [1] : tensorChoices(aiModel, cluster);
}

function pipelinesOf({ aiModel, printed }: OpenRun, rest: number, dataRanks: number | undefined): number[] {
  if (printed.pipelineParallel) return [printed.pipelineParallel];
  if (dataRanks) return [Math.max(1, Math.round(rest / dataRanks))];
  return (printed.sharding ?? 0) >= 2 ? [1] : pipelineChoices(aiModel, rest);
}

function tensorChoices({ heads }: AiModel, { scaleUpChips, chips }: Cluster): number[] {
  return [1, 2, 4, 8].filter((degree) => heads % degree === 0 && degree <= Math.min(scaleUpChips, chips) && chips % degree === 0);
}

function expertChoices({ experts }: AiModel, ranks: number): number[] {
  if (!experts) return [1];
  const choices = [1, 2, 4, 8, 16, 32, 64, 128].filter((degree) => experts.count % degree === 0 && ranks % degree === 0);
  return choices.length > 0 ? choices : [1];
}

/** Powers of two and divisors of the layers that divide the remaining chips. */
function pipelineChoices({ layers }: AiModel, chips: number): number[] {
  const choices = new Set([1, 2, 4, 8, 16, 32, ...divisorsWithin(layers, 64)]);
  return [...choices].filter((stages) => stages <= layers && chips % stages === 0);
}

/** The usual tokens of a step in whole microbatches of every rank. */
export function usualBatch({ sequenceLength }: AiModel, { chips }: Cluster, dataParallel: number, microbatchSize: number): number {
  const unit = dataParallel * microbatchSize;
  return unit * Math.max(1, Math.round(usualTokens(chips) / sequenceLength / unit));
}

function microbatches({ printed }: OpenRun, { globalBatchSize, dataParallel }: Shape): number[] {
  if (printed.microbatchSize !== undefined) return [printed.microbatchSize];
  const each = globalBatchSize / dataParallel;
  const sizes = [1, 2, 3, 4, 6, 8, 12, 16, 32].filter((size) => each % size === 0);
  return sizes.length > 0 ? sizes : [Math.min(1, each)];
}

/** Divisions of a stage's layers that a stack interleaves, where the source tells neither them nor the schedule; embedding and logits may count as layers. */
function interleavings(
  { aiModel, printed, software, cluster }: OpenRun,
  { pipelineParallel, globalBatchSize, dataParallel }: Shape,
): number[] {
  if (printed.interleaving !== undefined) return [printed.interleaving];
  const { stack, date } = generationOf(software, cluster.accelerator, printed.sharding);
  const interleaves = stack !== "megatronDeepSpeed" && stack !== "deepSpeed" && date >= 2021.2;
  if (pipelineParallel === 1 || printed.schedule !== undefined || !interleaves || globalBatchSize / dataParallel < pipelineParallel)
    return [1];
  return divisorsWithin(Math.max(1, Math.ceil(aiModel.layers / pipelineParallel)), 8);
}

/** Scores of attention that no fused kernel spares are computed anew before anything else is (Korthikanti 2022). */
function recomputations({ printed, software, cluster }: OpenRun): Recomputation[] {
  if (printed.recomputation !== undefined) return [printed.recomputation];
  const { stack, date, fusedAttention } = generationOf(software, cluster.accelerator, printed.sharding);
  return !fusedAttention && stack === "megatron" && date >= 2022.4 ? ["none", "selective"] : ["none"];
}

function divisorsWithin(amount: number, most: number): number[] {
  return Array.from({ length: Math.min(amount, most) }, (_, index) => index + 1).filter((divisor) => amount % divisor === 0);
}

/** Whether a stack splits norms and residuals over its tensor group, as Megatron does since May 2022. */
export function splitsSequences({ stack, date }: Generation, tensorParallel: number): boolean {
  return tensorParallel > 1 && date >= 2022.4 && stack !== "megatronDeepSpeed";
}

/** What a stack shares out where a source does not tell: what its name says, else by its habits. */
function usualSharding(software: Software, { stack, date }: Generation): Plan["sharding"] {
  return software.sharding ?? (stack === "maxText" ? 3 : date >= 2022.5 || stack === "megatronDeepSpeed" ? 1 : 0);
}

/**
 * The ranks among which a stack shares out: all that hold the same weights. JAX's stacks keep the exchange within a pod and whole copies
 * in several pods, where 16 bytes per parameter leave a third of these free.
 */
export function usualShardingRanks(
  aiModel: AiModel,
  { chips, scaleUpChips, accelerator }: Cluster,
  { tensorParallel, contextParallel, dataParallel }: Pick<Plan, "tensorParallel" | "contextParallel" | "dataParallel">,
  stack: Stack,
): number {
  const all = dataParallel * contextParallel * (aiModel.experts ? tensorParallel : 1);
  const pods = Math.ceil(chips / scaleUpChips);
  if (stack !== "maxText" || pods === 1 || all % pods !== 0) return all;
  const states = (16 * parametersOf(aiModel).total) / (chips / pods);
  return states < accelerator.memoryBytes * (2 / 3) ? all / pods : all;
}

function planOf(
  { printed, software, cluster, aiModel }: OpenRun,
  shape: Shape & { microbatchSize: number; interleaving: number; recomputation: Recomputation },
): Plan {
  const generation = generationOf(software, cluster.accelerator, printed.sharding);
  return {
    ...shape,
    ...takenOver(printed),
    // a microbatch is never more than a rank's share of the batch
    microbatchSize: Math.min(shape.microbatchSize, shape.globalBatchSize / shape.dataParallel),
    sequenceParallel: printed.sequenceParallel ?? splitsSequences(generation, shape.tensorParallel),
    recomputedShare: shape.recomputation === "full" ? (printed.recomputedShare ?? 1) : 0,
    schedule: printed.schedule ?? "oneForwardOneBackward",
    expertTensorParallel: printed.expertTensorParallel ?? 1,
    expertDispatch: printed.expertDispatch ?? "fused",
    sharding: printed.sharding ?? usualSharding(software, generation),
    shardingRanks: printed.shardingRanks ?? usualShardingRanks(aiModel, cluster, shape, generation.stack),
    precision: printed.precision ?? "bf16",
    overlap: { ...generation.overlap, ...(printed.schedule === "dualPipe" && { expert: true }), ...printed.overlap },
  };
}
