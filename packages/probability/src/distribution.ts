/** A distribution as plain data: what a file, a forecast or a formula holds. What it can answer is in `families.ts`. */
export type Distribution =
  | { kind: "point"; at: number }
  /** 1 with this probability, else 0. */
  | { kind: "bernoulli"; probability: number }
  /** An index 0..n-1; the weights need not sum to 1. */
  | { kind: "categorical"; weights: number[] }
  | { kind: "normal"; mean: number; standardDeviation: number }
  | { kind: "lognormal"; logMean: number; logStandardDeviation: number }
  | { kind: "beta"; alpha: number; beta: number }
  | { kind: "gamma"; shape: number; scale: number }
  | { kind: "uniform"; low: number; high: number }
  | { kind: "triangular"; low: number; mode: number; high: number }
  /** A beta stretched over low..high whose mean is (low + 4 mode + high) / 6. */
  | { kind: "pert"; low: number; mode: number; high: number }
  | { kind: "exponential"; mean: number }
  | { kind: "student"; degreesOfFreedom: number; location: number; scale: number }
  | { kind: "weibull"; shape: number; scale: number }
  | { kind: "pareto"; minimum: number; shape: number }
  | { kind: "poisson"; mean: number }
  | { kind: "binomial"; trials: number; probability: number }
  /** Keelin 2016; bounds make it the log or logit metalog. */
  | { kind: "metalog"; terms: number[]; low?: number; high?: number }
  /** Cumulative probability linear between the points, from 0 at the first to 1 at the last; an upright step is an atom. */
  | { kind: "piecewise"; points: [at: number, cumulative: number][] }
  | { kind: "empirical"; values: number[]; weights?: number[] }
  /** Linear pool: the cumulative probabilities are averaged. */
  | { kind: "mixture"; components: WeightedDistribution[] }
  /** Vincent average: the quantiles are averaged. */
  | { kind: "quantileAverage"; components: WeightedDistribution[] }
  /** The distribution given low <= x <= high. */
  | { kind: "truncated"; distribution: Distribution; low: number; high: number }
  /** The distribution with what lies beyond low or high moved to that limit. */
  | { kind: "censored"; distribution: Distribution; low: number; high: number }
  /** +Infinity with probability `never`, else the distribution. */
  | { kind: "orNever"; never: number; distribution: Distribution };

export interface WeightedDistribution {
  weight: number;
  distribution: Distribution;
}

export type DistributionKind = Distribution["kind"];

export type DistributionOf<Kind extends DistributionKind> = Extract<Distribution, { kind: Kind }>;
