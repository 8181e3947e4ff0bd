import { exp, square } from "@watershed/probability";
import { calibrated } from "./calibration.ts";
import type { Calibration } from "./calibration.ts";
import { estimatePlan, estimateStep } from "./complete-plan.ts";
import type { Estimate } from "./complete-plan.ts";
import type { OpenRun } from "./open-run.ts";
import { attentionFlops, modelFlopsPerSequence, secondProductShare } from "./flops.ts";
import { memoryError, memoryPrediction } from "./memory.ts";
import type { Plan } from "./plan.ts";
import type { MemoryPrediction, Prediction, Range, StepParts } from "./prediction.ts";
import type { LabProblem } from "./problem.ts";
import type { ReadRun } from "./read-run.ts";
import { measuredRun, siteCorrection } from "./site.ts";
import type { MeasuredRun } from "./site.ts";
import { bandFactor, partDeviation } from "./spread.ts";

export interface PredictOptions {
  /** Measured runs of the same site; one to three narrow the band and correct the level. */
  site?: MeasuredRun[];
  /** Other constants than the calibrated ones, for tests of the calibration. */
  calibration?: Calibration;
  /** A whole plan to predict, where another than the description's own completion is meant. */
  plan?: Plan;
}

/** Step time with its parts and band, use of the chips, memory: everything about one training step. */
export function predict(open: OpenRun, options: PredictOptions = {}): Prediction {
  const k = options.calibration ?? calibrated;
  const estimate = options.plan ? estimatePlan(open, options.plan, k) : estimateStep(open, k);
  const { shift, spread } = siteCorrection(options.site ?? [], estimate, open.software.known);
  return predictionOf(estimate, exp(shift), spread);
}

/** The measured rows of a site, as far as they can be read and carry a measured step time. */
export function siteOf(rows: ReadRun[], calibration: Calibration = calibrated): MeasuredRun[] {
  return rows.flatMap(({ aiModel, cluster, printed, software, measuredStepSeconds, problems }) => {
    if (!aiModel || !cluster || measuredStepSeconds === undefined || problems.some(({ severity }) => severity === "error")) return [];
    const estimate = estimateStep({ aiModel, cluster, printed, software }, calibration);
    return [measuredRun(estimate, software.known, measuredStepSeconds)];
  });
}

function predictionOf(estimate: Estimate, level: number, spread: number): Prediction {
  const { run, plan, seconds, chosen } = estimate;
  const { accelerator, chips } = run.cluster;
  const stepSeconds = seconds * level;
  const width = exp(bandFactor * spread);
  const { fullAttention, causalAttention } = modelFlopsPerSequence(run.model);
  const peak = accelerator.peakFlops.bf16 ?? accelerator.peakFlops.fp16!;
  const rate = (flops: number): number => (flops * plan.globalBatchSize) / (stepSeconds * chips);
  const memory = memoryPrediction(run);
  const parts = scaled(estimate.parts, level);
  const use = {
    flopsPerSecondPerChip: rate(causalAttention),
    mfu: rate(causalAttention) / peak,
    mfuFullAttention: rate(fullAttention) / peak,
    hfu: rate(causalAttention + recomputedFlops(estimate, causalAttention)) / peak,
    tokensPerSecond: (plan.globalBatchSize * run.model.sequenceLength) / stepSeconds,
  };
  return {
    stepSeconds,
    stepSecondsLow: stepSeconds / width,
    stepSecondsHigh: stepSeconds * width,
    parts,
    partRanges: partRanges(parts, spread),
    plan,
    chosen,
    ...use,
    ranges: { ...mapped(use, (amount) => within(amount, width)), memoryBytes: within(memory.totalBytes, 1 + memoryError) },
    memory,
    problems: memoryProblems(memory),
  };
}

function within(amount: number, factor: number): Range {
  return { low: amount / factor, high: amount * factor };
}

function partRanges(parts: StepParts, spread: number): Record<keyof StepParts, Range> {
  return mapped(parts, (seconds, part) => within(seconds, exp(bandFactor * Math.sqrt(square(spread) + square(partDeviation(part))))));
}

function mapped<Name extends string, Made>(of: Record<Name, number>, make: (amount: number, name: Name) => Made): Record<Name, Made> {
  const made = {} as Record<Name, Made>;
  for (const name in of) made[name] = make(of[name], name);
  return made;
}

function memoryProblems({ fits, bytesShort, capacityBytes, marginBytes }: MemoryPrediction): LabProblem[] {
  const params = { bytesShort, capacityBytes, marginBytes };
  return [
    ...(fits ? [] : [{ code: "doesNotFit", severity: "warning", at: "plan", params } as const]),
    ...(Math.abs(marginBytes) < memoryError * capacityBytes
      ? [{ code: "fitsWithinError", severity: "note", at: "plan", params } as const]
      : []),
  ];
}

/** FLOPs done again: a forward pass where layers are recomputed, else the attention core, or every second product by PyTorch's own operators. */
function recomputedFlops({ run, plan }: Estimate, causalAttention: number): number {
  const core = attentionFlops(run.model) / 2;
  const products = (secondProductShare(run.model) * (causalAttention - 3 * core)) / 3;
  const again = plan.recomputation !== "selective" ? 0 : run.generation.plainOperators ? products : core;
  return (plan.recomputedShare * causalAttention) / 3 + (1 - plan.recomputedShare) * again;
}

function scaled(parts: StepParts, level: number): StepParts {
  return mapped(parts as Record<keyof StepParts, number>, (seconds) => seconds * level);
}

/** Time and chips for a number of training tokens, without interruptions. */
export function trainingTime(
  prediction: Pick<Prediction, "stepSeconds" | "stepSecondsLow" | "stepSecondsHigh" | "tokensPerSecond">,
  chips: number,
  tokens: number,
): { days: number; daysLow: number; daysHigh: number; chipHours: number } {
  const seconds = tokens / prediction.tokensPerSecond;
  const of = (step: number): number => ((seconds / 86_400) * step) / prediction.stepSeconds;
  return {
    days: seconds / 86_400,
    daysLow: of(prediction.stepSecondsLow),
    daysHigh: of(prediction.stepSecondsHigh),
    chipHours: (seconds / 3600) * chips,
  };
}
