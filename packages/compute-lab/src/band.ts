import type { Distribution } from "@watershed/probability";
import { intervalDistribution, quantile, quantileFunction, sobolWords, stream, uniformFromWord } from "@watershed/probability";
import type { CitationKey } from "./citations.ts";

/** A figure with its unit, the band that holds it four times in five, and where its inputs are printed. */
export interface Banded {
  amount: number; // median
  low: number; // tenth percentile
  high: number; // ninetieth percentile
  unit: string;
  sources: CitationKey[];
}

/** An input that may be known or not: a number is known. */
export type Uncertain = number | Distribution;

/** A range that holds a figure nine times in ten. */
export function between(low: number, high: number): Distribution {
  return intervalDistribution(low, high);
}

/** The ends of a range that holds a distribution nine times in ten: the inverse of `between`. */
export function rangeOf(distribution: Distribution): [low: number, high: number] {
  return [quantile(distribution, 0.05), quantile(distribution, 0.95)];
}

// The ends of a band of one input then lie within 0.01 standard deviations of their place, of a sum of four about 0.02 off (band.test.ts).
const POINTS = 2048;

/**
 * The columns of several figures over joint draws of uncertain inputs, `Float64Array // [draw]` each.
 * Inputs are independent and drawn from Sobol points with a fixed shift: the same inputs give the same bits on every machine.
 */
export function columnsOf<Input extends string, Output extends string>(
  inputs: Record<Input, Uncertain>,
  figures: (drawn: Record<Input, number>) => Record<Output, number>,
  points = POINTS,
): Record<Output, Float64Array> {
  const names = Object.keys(inputs) as Input[];
  const drawn = names.map((name, dimension) => drawsOf(inputs[name], name, dimension, points));
  const columns = {} as Record<Output, Float64Array>;
  const point = {} as Record<Input, number>;
  for (let draw = 0; draw < points; draw++) {
    names.forEach((name, place) => (point[name] = drawn[place][draw]));
    const found = figures(point);
    for (const output in found) (columns[output] ??= new Float64Array(points))[draw] = found[output];
  }
  return columns;
}

/** Median and 80 % band of a column, which may hold infinities. */
export function bandOf(column: Float64Array, unit: string, sources: CitationKey[]): Banded {
  const sorted = column.toSorted();
  return { amount: quantileOf(sorted, 0.5), low: quantileOf(sorted, 0.1), high: quantileOf(sorted, 0.9), unit, sources };
}

/** A figure without a band: what was given, or what follows from it exactly. */
export function exactly(amount: number, unit: string, sources: CitationKey[] = []): Banded {
  return { amount, low: amount, high: amount, unit, sources };
}

const remembered = new Map<string, Float64Array>();
const mostRemembered = 64;

/** An input's draws; most inputs of a page stay while one is dragged. */
function drawsOf(input: Uncertain, name: string, dimension: number, points: number): Float64Array {
  if (typeof input === "number") return new Float64Array(points).fill(input);
  const key = JSON.stringify([input, name, dimension, points]);
  const known = remembered.get(key) ?? freshDraws(input, name, dimension, points);
  // the newest last, so that the oldest goes first
  remembered.delete(key);
  remembered.set(key, known);
  if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!);
  return known;
}

function freshDraws(input: Distribution, name: string, dimension: number, points: number): Float64Array {
  const words = new Uint32Array(points);
  sobolWords(dimension, stream("compute-lab", name).uint32(0), words);
  const at = quantileFunction(input);
  return Float64Array.from(words, (word) => at(uniformFromWord(word)));
}

/** Between order statistics, but never between a number and an infinity. */
function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const [low, high] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
  if (!Number.isFinite(high) || !Number.isFinite(low)) return place - below < 0.5 ? low : high;
  return low + (place - below) * (high - low);
}
