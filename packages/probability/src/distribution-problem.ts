import type { Distribution, DistributionKind, DistributionOf, WeightedDistribution } from "./distribution.ts";
import { lawOf } from "./families.ts";
import { metalogFlaw } from "./metalog.ts";
import { cut } from "./truncated.ts";

/** Why a distribution's parameters make no sense. `parameter` is the field's name. */
export type DistributionProblem =
  | { code: "parameterNotFinite"; params: { parameter: string } }
  | { code: "standardDeviationNotPositive"; params: { amount: number } }
  | { code: "shapeNotPositive"; params: { parameter: string; amount: number } }
  | { code: "scaleNotPositive"; params: { parameter: string; amount: number } }
  | { code: "meanNotPositive"; params: { amount: number } }
  | { code: "probabilityOutsideUnit"; params: { parameter: string; probability: number } }
  | { code: "lowNotBelowHigh"; params: { low: number; high: number } }
  | { code: "modeOutsideRange"; params: { low: number; mode: number; high: number } }
  | { code: "weightsNotPositive"; params: { index: number } }
  | { code: "weightsNotMatching"; params: { values: number; weights: number } }
  | { code: "trialsNotWhole"; params: { trials: number } }
  | { code: "tooFewPoints"; params: { count: number; atLeast: number } }
  /** Point number `index` (from 0) lies before the one before it. */
  | { code: "pointsOutOfOrder"; params: { index: number } }
  /** Cumulative probabilities must run from 0 at the first point to 1 at the last. */
  | { code: "cumulativeNotFromZeroToOne"; params: { first: number; last: number } }
  /** The quantile runs backwards near this probability. */
  | { code: "metalogInfeasible"; params: { probability: number } }
  /** The distribution has no probability between low and high. */
  | { code: "truncationEmpty"; params: { low: number; high: number } };

type Checks = {
  [Kind in DistributionKind]: (distribution: DistributionOf<Kind>) => DistributionProblem | undefined;
};

const checks: Checks = {
  point: () => undefined,
  bernoulli: (d) => probabilityProblem("probability", d.probability),
  categorical: (d) => weightsProblem(d.weights),
  normal: (d) => deviationProblem(d.standardDeviation),
  lognormal: (d) => deviationProblem(d.logStandardDeviation),
  beta: (d) => shapeProblem("alpha", d.alpha) ?? shapeProblem("beta", d.beta),
  gamma: (d) => shapeProblem("shape", d.shape) ?? scaleProblem("scale", d.scale),
  uniform: (d) => rangeProblem(d.low, d.high),
  triangular: (d) => modeProblem(d),
  pert: (d) => modeProblem(d),
  exponential: (d) => meanProblem(d.mean),
  student: (d) => shapeProblem("degreesOfFreedom", d.degreesOfFreedom) ?? scaleProblem("scale", d.scale),
  weibull: (d) => shapeProblem("shape", d.shape) ?? scaleProblem("scale", d.scale),
  pareto: (d) => shapeProblem("shape", d.shape) ?? scaleProblem("minimum", d.minimum),
  poisson: (d) => meanProblem(d.mean),
  binomial: (d) => trialsProblem(d.trials) ?? probabilityProblem("probability", d.probability),
  metalog: metalogProblem,
  piecewise: piecewiseProblem,
  empirical: empiricalProblem,
  mixture: (d) => componentsProblem(d.components),
  quantileAverage: (d) => componentsProblem(d.components),
  truncated: truncatedProblem,
  censored: (d) => distributionProblem(d.distribution) ?? rangeProblem(d.low, d.high),
  orNever: (d) => probabilityProblem("never", d.never) ?? distributionProblem(d.distribution),
};

/** The first thing wrong with a distribution's parameters or its parts', undefined where it is sound. */
export function distributionProblem(distribution: Distribution): DistributionProblem | undefined {
  const check = checks[distribution.kind] as (d: Distribution) => DistributionProblem | undefined;
  return notFinite(distribution) ?? check(distribution);
}

/** Every number must be finite, but for a point at Infinity (never) and the ends of a truncation, a censoring and a metalog, which may be open. */
function notFinite(distribution: Distribution): DistributionProblem | undefined {
  for (const [parameter, content] of Object.entries(distribution)) {
    const numbers = Array.isArray(content) ? content.flat() : [content];
    for (const number of numbers) {
      if (typeof number !== "number" || Number.isFinite(number)) continue;
      if (number !== mayBe(distribution.kind, parameter)) return { code: "parameterNotFinite", params: { parameter } };
    }
  }
  return undefined;
}

/** The one infinity that a parameter may be. */
function mayBe(kind: DistributionKind, parameter: string): number | undefined {
  if (kind === "point") return Infinity;
  if (kind !== "truncated" && kind !== "censored" && kind !== "metalog") return undefined;
  return parameter === "low" ? -Infinity : parameter === "high" ? Infinity : undefined;
}

function deviationProblem(amount: number): DistributionProblem | undefined {
  return amount > 0 ? undefined : { code: "standardDeviationNotPositive", params: { amount } };
}

function shapeProblem(parameter: string, amount: number): DistributionProblem | undefined {
  return amount > 0 ? undefined : { code: "shapeNotPositive", params: { parameter, amount } };
}

function scaleProblem(parameter: string, amount: number): DistributionProblem | undefined {
  return amount > 0 ? undefined : { code: "scaleNotPositive", params: { parameter, amount } };
}

function meanProblem(amount: number): DistributionProblem | undefined {
  return amount > 0 ? undefined : { code: "meanNotPositive", params: { amount } };
}

function probabilityProblem(parameter: string, probability: number): DistributionProblem | undefined {
  if (probability >= 0 && probability <= 1) return undefined;
  return { code: "probabilityOutsideUnit", params: { parameter, probability } };
}

function trialsProblem(trials: number): DistributionProblem | undefined {
  if (Number.isInteger(trials) && trials >= 1) return undefined;
  return { code: "trialsNotWhole", params: { trials } };
}

function rangeProblem(low: number, high: number): DistributionProblem | undefined {
  return low < high ? undefined : { code: "lowNotBelowHigh", params: { low, high } };
}

function modeProblem({ low, mode, high }: { low: number; mode: number; high: number }): DistributionProblem | undefined {
  if (!(low < high)) return rangeProblem(low, high);
  if (mode >= low && mode <= high) return undefined;
  return { code: "modeOutsideRange", params: { low, mode, high } };
}

/** No weight may be negative, and one must be positive; `index` is the first offender, 0 where all are zero. */
function weightsProblem(weights: readonly number[]): DistributionProblem | undefined {
  if (weights.length === 0) return { code: "tooFewPoints", params: { count: 0, atLeast: 1 } };
  const offender = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (offender < 0 && weights.some((weight) => weight > 0)) return undefined;
  return { code: "weightsNotPositive", params: { index: Math.max(0, offender) } };
}

function componentsProblem(components: readonly WeightedDistribution[]): DistributionProblem | undefined {
  const problem = weightsProblem(components.map((component) => component.weight));
  if (problem) return problem;
  for (const { distribution } of components) {
    const inner = distributionProblem(distribution);
    if (inner) return inner;
  }
  return undefined;
}

function metalogProblem(d: DistributionOf<"metalog">): DistributionProblem | undefined {
  const { terms, low = -Infinity, high = Infinity } = d;
  if (terms.length < 2) return { code: "tooFewPoints", params: { count: terms.length, atLeast: 2 } };
  if (!(low < high)) return rangeProblem(low, high);
  const flaw = metalogFlaw(terms);
  return flaw && { code: "metalogInfeasible", params: flaw };
}

function piecewiseProblem({ points }: DistributionOf<"piecewise">): DistributionProblem | undefined {
  if (points.length < 2) return { code: "tooFewPoints", params: { count: points.length, atLeast: 2 } };
  const index = points.findIndex(([at, cumulative], k) => k > 0 && (at < points[k - 1][0] || cumulative < points[k - 1][1]));
  if (index > 0) return { code: "pointsOutOfOrder", params: { index } };
  const [first, last] = [points[0][1], points[points.length - 1][1]];
  if (first === 0 && last === 1) return undefined;
  return { code: "cumulativeNotFromZeroToOne", params: { first, last } };
}

function empiricalProblem(d: DistributionOf<"empirical">): DistributionProblem | undefined {
  if (d.values.length === 0) return { code: "tooFewPoints", params: { count: 0, atLeast: 1 } };
  if (!d.weights) return undefined;
  if (d.weights.length === d.values.length) return weightsProblem(d.weights);
  return { code: "weightsNotMatching", params: { values: d.values.length, weights: d.weights.length } };
}

function truncatedProblem(d: DistributionOf<"truncated">): DistributionProblem | undefined {
  const { low, high } = d;
  const problem = distributionProblem(d.distribution) ?? rangeProblem(low, high);
  if (problem) return problem;
  const { mass } = cut(lawOf(d.distribution), low, high);
  return mass > 0 ? undefined : { code: "truncationEmpty", params: { low, high } };
}
