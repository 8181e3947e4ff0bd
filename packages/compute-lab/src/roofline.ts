import { calibrated } from "./calibration.ts";
import { matrixSeconds } from "./matrix.ts";
import { runOf } from "./run.ts";
import type { Run, RunDescription } from "./run.ts";

/** One matrix product of a layer on the roofline of its chip. */
export interface RooflinePoint {
  product: "attentionProjection" | "feedForward" | "expert";
  /** FLOP per byte moved between memory and chip. */
  intensity: number;
  reachedFlopsPerSecond: number;
}

/** What a chip allows: the slope of its memory, the flat of its matrix units, where they meet, and where a run's products lie under it. */
export interface Roofline {
  peakFlopsPerSecond: number; // dense, in the run's own number format
  memoryBytesPerSecond: number;
  ridge: number; // FLOP per byte
  points: RooflinePoint[];
}

/**
 * The roofline (Williams, Waterman and Patterson 2009) of a run with its forward matrix products: a product left of the ridge waits for memory, one right
 * of it for the matrix units. Peak and memory are the maker's; what is reached is the calibrated prediction. Nothing where the chip's memory rate is unknown.
 */
export function roofline(described: RunDescription): Roofline | undefined {
  const run = runOf(described, calibrated);
  const { plan, cluster } = run;
  const { peakFlops, memoryBytesPerSecond } = cluster.accelerator;
  const wide = peakFlops.bf16 ?? peakFlops.fp16;
  const own = plan.precision === "fp4" ? peakFlops.fp4 : plan.precision === "fp8" || plan.precision === "mxfp8" ? peakFlops.fp8 : wide;
  if (own === undefined || memoryBytesPerSecond === null) return undefined;
  return {
    peakFlopsPerSecond: own,
    memoryBytesPerSecond,
    ridge: own / memoryBytesPerSecond,
    points: productsOf(run).map((one) => pointOf(run, one)),
  };
}

interface Product {
  product: RooflinePoint["product"];
  rows: number;
  columns: number;
  reduction: number;
}

function productsOf({ model, plan }: Run): Product[] {
  const tokens = (model.sequenceLength * plan.microbatchSize) / plan.contextParallel;
  const { hidden, heads, headDimension, feedForward, experts } = model;
  const matrices = model.gatedFeedForward ? 2 : 1;
  const dense: Product = {
    product: "feedForward",
    rows: tokens,
    columns: (matrices * feedForward) / plan.tensorParallel,
    reduction: hidden,
  };
  const projection: Product = {
    product: "attentionProjection",
    rows: tokens,
    columns: hidden,
    reduction: (heads * headDimension) / plan.tensorParallel,
  };
  if (!experts) return [projection, dense];
  const routed = (tokens * experts.perToken * plan.expertTensorParallel) / plan.tensorParallel;
  const rows = Math.max(1, routed / (experts.count / plan.expertParallel));
  const expert: Product = {
    product: "expert",
    rows,
    columns: (matrices * experts.feedForward) / plan.expertTensorParallel,
    reduction: hidden,
  };
  return experts.layers < model.layers ? [projection, dense, expert] : [projection, expert];
}

function pointOf({ narrow, k }: Run, { product, rows, columns, reduction }: Product): RooflinePoint {
  const flops = 2 * rows * columns * reduction;
  const bytes = 2 * (rows * reduction + reduction * columns + rows * columns); // two bytes a number, as the prediction counts
  return { product, intensity: flops / bytes, reachedFlopsPerSecond: flops / matrixSeconds(rows, columns, reduction, narrow, k) };
}
