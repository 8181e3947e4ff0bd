import type { Plan, PlanField } from "./plan.ts";
import type { LabProblem } from "./problem.ts";

/** Where a step's time goes, seconds; they add up to `stepSeconds`. */
export interface StepParts {
  matrixSeconds: number;
  attentionSeconds: number;
  memoryBoundSeconds: number;
  recomputationSeconds: number;
  tensorCommunicationSeconds: number;
  contextCommunicationSeconds: number;
  expertCommunicationSeconds: number;
  pipelineBubbleSeconds: number;
  pipelineCommunicationSeconds: number;
  dataCommunicationSeconds: number;
  optimizerSeconds: number;
  encoderSeconds: number;
  overheadSeconds: number;
}

/** What fills a chip's memory, bytes, on the fullest stage. */
export interface MemoryParts {
  weightBytes: number;
  gradientBytes: number;
  optimizerBytes: number;
  activationBytes: number;
  logitBytes: number;
  reserveBytes: number;
}

export interface MemoryPrediction {
  parts: MemoryParts;
  /** Tensors at the peak, what PyTorch calls allocated. */
  allocatedBytes: number;
  /** With what fragments cost, what PyTorch calls reserved. */
  reservedBytes: number;
  /** With drivers and communication buffers too: what the chip must hold and its driver shows. */
  totalBytes: number;
  /** What the chip leaves to programs: of one sold as 80 GB, 99% of 80 x 2^30 bytes. */
  capacityBytes: number;
  /** Left over; negative where it does not fit. Within `memoryError` of the capacity either way the prediction cannot tell. */
  marginBytes: number;
  fits: boolean;
  /** 0 where it fits. */
  bytesShort: number;
}

/** The middle 80% of a figure. */
export interface Range {
  low: number;
  high: number;
}

/** Time, use and memory of one training step. */
export interface Prediction {
  stepSeconds: number;
  /** The middle 80% of what the validation leaves possible. */
  stepSecondsLow: number;
  stepSecondsHigh: number;
  parts: StepParts;
  /** Each part's own: as unsure as the step, and by what predictions of its kind err besides. */
  partRanges: Record<keyof StepParts, Range>;
  /** The plan that was predicted, and which of its fields the description left to be chosen. */
  plan: Plan;
  chosen: PlanField[];
  /** Model FLOP/s per chip, causal attention counted half, over the dense BF16 peak. */
  mfu: number;
  /** The same with attention counted whole, as reports before 2025 do. */
  mfuFullAttention: number;
  /** Every FLOP the chip does, recomputation too, over the same peak. */
  hfu: number;
  flopsPerSecondPerChip: number;
  tokensPerSecond: number;
  /** They follow from the step's; memory's is its stated error, tested on published totals (`validateMemory`). */
  ranges: Record<"mfu" | "mfuFullAttention" | "hfu" | "flopsPerSecondPerChip" | "tokensPerSecond" | "memoryBytes", Range>;
  memory: MemoryPrediction;
  problems: LabProblem[];
}
