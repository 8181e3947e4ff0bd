import { exp } from "./exponential.ts";
import { log, log1p } from "./logarithm.ts";
import { square } from "./power.ts";
import type { Distribution, DistributionOf } from "./distribution.ts";

export type ProbabilityPooling = "geometricOdds" | "linear";

export type DistributionPooling = "linear" | "quantileAverage" | "logarithmic";

export interface PoolOptions<Method> {
  /** One per voice, not negative, need not sum to 1; equal when left out. */
  weights?: readonly number[];
  method?: Method;
}

/**
 * Several probabilities of one event as one: by default the weighted geometric mean of the odds, which does not depend on whether evidence arrives
 * before or after pooling (external Bayesianity; Genest and Zidek 1986). A certain voice (0 or 1) decides; opposed certainties are averaged linearly.
 */
export function poolProbabilities(probabilities: readonly number[], { weights, method }: PoolOptions<ProbabilityPooling> = {}): number {
  demandWeights(probabilities.length, weights);
  let total = 0;
  let linear = 0;
  let logOddsSum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const weight = weights ? weights[i] : 1;
    if (weight === 0) continue;
    total += weight;
    linear += weight * probabilities[i];
    logOddsSum += weight * logOdds(probabilities[i]);
  }
  if (method === "linear" || Number.isNaN(logOddsSum)) return linear / total;
  return 1 / (1 + exp(-logOddsSum / total));
}

/**
 * Several distributions over one list of options as one, `number[] // [option]`, summing to 1. `rows // [voice][option]` need not be normalised.
 * "geometricOdds" is the normalised weighted geometric mean (the logarithmic pool), "linear" the mean.
 */
export function poolCategorical(
  rows: readonly (readonly number[])[],
  { weights, method = "geometricOdds" }: PoolOptions<ProbabilityPooling> = {},
): number[] {
  const shares = sharesOf(rows.length, weights);
  const voices = rows.map(normalized);
  const linear = weightedSum(voices, shares);
  if (method === "linear") return linear;
  const logs = weightedSum(
    voices.map((voice) => voice.map(log)),
    shares,
  );
  const largest = Math.max(...logs);
  if (largest === -Infinity) return linear;
  return normalized(logs.map((logarithm) => exp(logarithm - largest)));
}

/** Moves a probability away from a base rate (a half unless given) by a factor in log odds; a factor below 1 moves it towards. */
export function extremize(probability: number, factor: number, baseRate = 0.5): number {
  if (probability <= 0 || probability >= 1) return probability;
  const base = logOdds(baseRate);
  return 1 / (1 + exp(-(base + factor * (logOdds(probability) - base))));
}

/** The extremizing factor for n equally informed voices in the worst case (Neyman and Roughgarden 2022). */
export function extremizingFactor(voices: number): number {
  if (voices < 2) return 1;
  const n = voices;
  return (n * (Math.sqrt(3 * n * n - 3 * n + 1) - 2)) / (n * n - n - 1);
}

/**
 * Several distributions of one quantity as one. "linear" keeps the disagreement (mixture); "quantileAverage" (the default) averages the quantiles and keeps the shape;
 * "logarithmic" multiplies densities and needs all normal or all lognormal (`canPoolLogarithmically`). Voices that agree exactly give back their belief.
 */
export function poolDistributions(
  distributions: readonly Distribution[],
  { weights, method = "quantileAverage" }: PoolOptions<DistributionPooling> = {},
): Distribution {
  const shares = sharesOf(distributions.length, weights);
  const voices = distributions.filter((_, i) => shares[i] > 0);
  const counted = shares.filter((share) => share > 0);
  const first = JSON.stringify(voices[0]);
  if (voices.every((voice) => JSON.stringify(voice) === first)) return voices[0];
  if (method === "logarithmic") return logarithmicPool(voices, counted);
  const components = voices.map((distribution, i) => ({ weight: counted[i], distribution }));
  return { kind: method === "linear" ? "mixture" : "quantileAverage", components };
}

/** Whether the logarithmic pool of these distributions is one of our families. */
export function canPoolLogarithmically(distributions: readonly Distribution[]): boolean {
  const kinds = new Set(distributions.map((distribution) => distribution.kind));
  return kinds.size === 1 && (kinds.has("normal") || kinds.has("lognormal"));
}

function logarithmicPool(voices: readonly Distribution[], shares: readonly number[]): Distribution {
  if (!canPoolLogarithmically(voices)) {
    throw new Error("A logarithmic pool needs all normal or all lognormal distributions");
  }
  let precision = 0;
  let centre = 0;
  for (const [i, voice] of (voices as DistributionOf<"normal" | "lognormal">[]).entries()) {
    const [mean, deviation] = voice.kind === "normal" ? [voice.mean, voice.standardDeviation] : [voice.logMean, voice.logStandardDeviation];
    precision += shares[i] / square(deviation);
    centre += (shares[i] / square(deviation)) * mean;
  }
  const [mean, deviation] = [centre / precision, 1 / Math.sqrt(precision)];
  return voices[0].kind === "normal"
    ? { kind: "normal", mean, standardDeviation: deviation }
    : { kind: "lognormal", logMean: mean, logStandardDeviation: deviation };
}

function sharesOf(count: number, weights?: readonly number[]): number[] {
  demandWeights(count, weights);
  const given = weights ?? Array.from({ length: count }, () => 1);
  const sum = given.reduce((total, weight) => total + weight, 0);
  return given.map((weight) => weight / sum);
}

function demandWeights(count: number, weights?: readonly number[]): void {
  if (count === 0) throw new Error("Pooling needs at least one voice");
  if (!weights) return;
  if (weights.length !== count) throw new Error("Pooling needs one weight per voice");
  let sum = 0;
  for (const weight of weights) sum += weight < 0 ? NaN : weight;
  if (!(sum > 0)) throw new Error("Pooling weights must not be negative and one must be positive");
}

function weightedSum(rows: readonly (readonly number[])[], shares: readonly number[]): number[] {
  return rows[0].map((_, option) => rows.reduce((sum, row, i) => (shares[i] > 0 ? sum + shares[i] * row[option] : sum), 0));
}

function normalized(row: readonly number[]): number[] {
  const sum = row.reduce((total, share) => total + share, 0);
  return row.map((share) => share / sum);
}

function logOdds(probability: number): number {
  return log(probability) - log1p(-probability);
}
