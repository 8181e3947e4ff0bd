import { quantileFunction } from "@watershed/probability";
import type { Distribution, DistributionOf } from "@watershed/probability";
import { quantileCells } from "./quantile-cells.ts";
import type { QuantileCells } from "./quantile-cells.ts";
import { quantilePieces } from "./quantile-pieces.ts";
import type { QuantilePieces } from "./quantile-pieces.ts";
import { quantileSegments, segmentsOf } from "./quantile-segments.ts";
import { mostComparedSteps, mostPieces } from "./sampling-kernels.ts";
import { wordQuantile } from "./word-quantile.ts";
import { wordSteps } from "./word-steps.ts";
import type { WordSteps } from "./word-steps.ts";

/** One entry of a sampling kernel's record: 32 bits, an f32, or the address of a table or of cells. */
export type RecordEntry = { bits: number } | { amount: number } | { table: ArrayBuffer } | { cells: QuantileCells };

/** How a distribution is drawn from by words: the kernel and what its record holds; or a constant. */
export type Sampler = { kernel: string; entries: RecordEntry[] } | { constant: number };

const mostSteps = 50_000;

// Tables cost up to milliseconds each, and the same distribution is drawn from in run after run.
const byObject = new WeakMap<Distribution, Sampler | "none">();
const byContent = new Map<string, Sampler | "none">();
const mostRemembered = 2000; // of the contents; about 20 MB

/** The sampler of a distribution; undefined where no kernel can draw from it. */
export function samplerOf(distribution: Distribution): Sampler | undefined {
  let sampler = byObject.get(distribution);
  if (sampler === undefined) {
    const content = contentOf(distribution);
    sampler = byContent.get(content) ?? makeSampler(distribution) ?? "none";
    if (byContent.size >= mostRemembered) byContent.delete(byContent.keys().next().value!);
    byContent.set(content, sampler);
    byObject.set(distribution, sampler);
  }
  return sampler === "none" ? undefined : sampler;
}

/** A plain value as text that tells infinities and NaN apart. */
export function contentOf(plain: unknown): string {
  return JSON.stringify(plain, (_, part: unknown) => (typeof part === "number" && !Number.isFinite(part) ? `number ${part}` : part));
}

function makeSampler(distribution: Distribution): Sampler | undefined {
  if (distribution.kind === "uniform") return linearSampler(distribution.low, distribution.high);
  if (distribution.kind === "triangular") return triangularSampler(distribution);
  if (isDiscrete(distribution)) {
    const steps = wordSteps(quantileFunction(distribution), mostSteps);
    return steps && stepsSampler(steps);
  }
  const quantile = wordQuantile(distribution);
  const smooth = isSmooth(distribution);
  const cells = (smooth && quantileCells(quantile, 3)) || (smooth && quantileCells(quantile, 4));
  if (cells) return cellsSampler(cells);
  const segments = segmentsOf(distribution, quantile);
  if (!segments) return undefined;
  const pieces = quantilePieces(segments, quantile, mostPieces);
  if (pieces) return piecesSampler(pieces);
  const { guide, guideShift, records } = quantileSegments(segments);
  return { kernel: "segments", entries: [{ table: bufferOf(guide) }, { bits: guideShift }, { table: records }] };
}

function isDiscrete(distribution: Distribution): boolean {
  switch (distribution.kind) {
    case "point":
    case "bernoulli":
    case "categorical":
    case "poisson":
    case "binomial":
    case "empirical":
      return true;
    case "truncated":
    case "censored":
    case "orNever":
      return isDiscrete(distribution.distribution);
    case "mixture":
    case "quantileAverage":
      return distribution.components.every((component) => isDiscrete(component.distribution));
    default:
      return false;
  }
}

function isSmooth(distribution: Distribution): boolean {
  if (distribution.kind === "mixture" || distribution.kind === "quantileAverage")
    return distribution.components.every((component) => isSmooth(component.distribution));
  return ["normal", "lognormal", "beta", "gamma", "pert", "exponential", "student", "weibull", "pareto", "metalog"].includes(
    distribution.kind,
  );
}

function linearSampler(low: number, high: number): Sampler {
  return { kernel: "linear", entries: [{ amount: low }, { amount: high }, { amount: high - low }] };
}

function triangularSampler({ low, mode, high }: DistributionOf<"triangular">): Sampler {
  const [width, rise, fall] = [high - low, mode - low, high - mode];
  const amounts = [low, high, width * rise, width * fall, rise / width];
  return { kernel: "triangular", entries: amounts.map((amount) => ({ amount })) };
}

function piecesSampler({ lasts, middles, slopes }: QuantilePieces): Sampler {
  const turned = lasts.map((last) => ({ bits: last ^ 0x80000000 }));
  return { kernel: `pieces${slopes.length}`, entries: [...turned, ...[...middles, ...slopes].map((amount) => ({ amount }))] };
}

function cellsSampler(cells: QuantileCells): Sampler {
  const { mantissaBits } = cells;
  return { kernel: "cells", entries: [{ cells }, { bits: 19 - mantissaBits }, { bits: -(2 ** (23 - mantissaBits)) }] };
}

function stepsSampler({ values, lasts }: WordSteps): Sampler {
  if (values.length === 1) return { constant: values[0] };
  if (values.length <= mostComparedSteps + 1) {
    const before = lasts.slice(0, -1).map((last) => ({ bits: last ^ 0x80000000 }));
    return { kernel: `steps${before.length}`, entries: [...before, ...values.map((amount) => ({ amount }))] };
  }
  const guideBits = Math.min(14, 33 - Math.clz32(values.length));
  const guide = new Uint32Array(2 ** guideBits);
  let step = 0;
  for (let entry = 0; entry < guide.length; entry++) {
    while (lasts[step] < entry * 2 ** (32 - guideBits)) step++;
    guide[entry] = 4 * step;
  }
  return {
    kernel: "manySteps",
    entries: [
      { table: bufferOf(guide) },
      { bits: 32 - guideBits },
      { table: bufferOf(Uint32Array.from(lasts)) },
      { table: bufferOf(Float32Array.from(values)) },
    ],
  };
}

function bufferOf(array: Uint32Array | Float32Array): ArrayBuffer {
  return array.buffer as ArrayBuffer;
}
