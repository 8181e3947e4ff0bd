import type { Distribution, Law } from "@watershed/probability";
import { lawOf } from "@watershed/probability";
import { segmentBytes } from "./sampling-kernels.ts";
import { allWords, cubicAt, cubicThrough } from "./word-quantile.ts";
import type { Cubic, WordQuantile } from "./word-quantile.ts";

/** Words first..last share a cubic of their position in between. */
export interface Segment {
  first: number;
  last: number;
  cubic: Cubic;
}

/** A quantile as segments with exact ends, for kinks, jumps, atoms and never. */
export interface QuantileSegments {
  guide: Uint32Array; // [leading bits of the word] byte offset of the first segment that may hold it
  guideShift: number;
  records: ArrayBuffer; // segmentBytes each
}

const guideBits = 10;
const positions = [0.5, 0.1, 0.9];
const mostSegments = 20_000;

/** Segments of any quantile: ends at every kink that the distribution is known to have, halved until each cubic fits. */
export function segmentsOf(distribution: Distribution, quantile: WordQuantile): Segment[] | undefined {
  const ends = [...new Set([0, allWords / 2, ...kinkWords(distribution, quantile.law)])].sort((a, b) => a - b);
  const segments: Segment[] = [];
  for (const [index, first] of ends.entries()) {
    addSegments(quantile, segments, first, (ends[index + 1] ?? allWords) - 1);
    if (segments.length > mostSegments) return undefined;
  }
  return segments;
}

/** Segments as a kernel reads them. */
export function quantileSegments(segments: Segment[]): QuantileSegments {
  return { guide: guideOf(segments), guideShift: 32 - guideBits, records: recordsOf(segments) };
}

function addSegments(quantile: WordQuantile, segments: Segment[], first: number, last: number): void {
  const cubic = fitted(quantile, first, last);
  if (cubic || segments.length > mostSegments) {
    segments.push({ first, last, cubic: cubic ?? [NaN, 0, 0, 0] });
    return;
  }
  const middle = Math.floor((first + last) / 2);
  addSegments(quantile, segments, first, middle);
  addSegments(quantile, segments, middle + 1, last);
}

/** A cubic over the words first..last; undefined where it misses, or some of its amounts are infinite and others not. */
function fitted(quantile: WordQuantile, first: number, last: number): Cubic | undefined {
  const span = last - first;
  const start = quantile.at(first);
  if (span === 0) return [start, 0, 0, 0];
  const end = quantile.at(last, Number.isFinite(start) ? start : undefined);
  if (start === end) return [start, 0, 0, 0];
  if (!Number.isFinite(start) || !Number.isFinite(end)) return undefined;
  if (span >= allWords / 4) return undefined; // positions are signed 32-bit numbers, and the middle of a whole half says little
  if (span < 4) return [start, end - start, 0, 0];
  const early = quantile.at(first + span / 4, start);
  const late = quantile.at(first + 0.75 * span, early);
  const cubic = cubicThrough(start, early, late, end);
  for (const position of positions) {
    const guess = cubicAt(cubic, position);
    const amount = quantile.at(first + position * span, guess);
    if (!(Math.abs(guess - amount) <= quantile.allowed(amount))) return undefined;
  }
  return cubic;
}

function guideOf(segments: Segment[]): Uint32Array {
  const guide = new Uint32Array(2 ** guideBits);
  let segment = 0;
  for (let entry = 0; entry < guide.length; entry++) {
    while (segments[segment].last < entry * 2 ** (32 - guideBits)) segment++;
    guide[entry] = segment * segmentBytes;
  }
  return guide;
}

function recordsOf(segments: Segment[]): ArrayBuffer {
  const records = new ArrayBuffer(segments.length * segmentBytes);
  const [words, floats] = [new Uint32Array(records), new Float32Array(records)];
  for (const [index, { first, last, cubic }] of segments.entries()) {
    const at = (index * segmentBytes) / 4;
    words[at] = last;
    words[at + 1] = first;
    floats[at + 2] = last > first ? 1 / (last - first) : 0;
    floats.set(cubic, at + 4);
  }
  return records;
}

/** The first words behind every probability at which the quantile may bend or jump. */
function kinkWords(distribution: Distribution, law: Law): number[] {
  return kinks(distribution, law)
    .map((p) => Math.floor(p * allWords - 0.5) + 1)
    .filter((word) => word > 0 && word < allWords);
}

function kinks(distribution: Distribution, law: Law): number[] {
  if (distribution.kind === "quantileAverage") return distribution.components.flatMap(({ distribution: part }) => kinks(part, lawOf(part)));
  if (distribution.kind === "piecewise") return distribution.points.map(([, cumulative]) => cumulative);
  if (distribution.kind === "orNever") {
    const ever = 1 - distribution.never;
    return [...kinks(distribution.distribution, lawOf(distribution.distribution)).map((p) => p * ever), ever];
  }
  return edges(distribution).flatMap((at) => [law.cumulative(at), law.cumulative(at - 1e-12 * Math.max(1, Math.abs(at)))]);
}

/** Values at which a cumulative distribution may bend or jump. */
function edges(distribution: Distribution): number[] {
  switch (distribution.kind) {
    case "triangular":
      return [distribution.low, distribution.mode, distribution.high];
    case "uniform":
    case "pert":
      return [distribution.low, distribution.high];
    case "piecewise":
      return distribution.points.map(([at]) => at);
    case "point":
      return [distribution.at];
    case "bernoulli":
      return [0, 1];
    case "categorical":
      return [...distribution.weights.keys()];
    case "empirical":
      return distribution.values;
    case "exponential":
      return [0];
    case "pareto":
      return [distribution.minimum];
    case "truncated":
    case "censored":
      return [distribution.low, distribution.high, ...edges(distribution.distribution)].filter(Number.isFinite);
    case "orNever":
      return edges(distribution.distribution);
    case "mixture":
      return distribution.components.flatMap(({ distribution: part }) => edges(part));
    default:
      return [];
  }
}
