import { exp } from "./exponential.ts";
import { categoricalSteps, empiricalSteps } from "./discrete-family.ts";
import type { Distribution, DistributionKind, DistributionOf } from "./distribution.ts";
import { lawOf } from "./families.ts";
import type { Law } from "./law.ts";
import { metalogQuantile } from "./metalog.ts";
import { normalQuantile } from "./normal-integral.ts";
import { piecewiseQuantile } from "./piecewise.ts";
import { quantileTable } from "./quantile-table.ts";
import type { Steps } from "./steps.ts";
import { preparedLaw } from "./prepared-law.ts";
import { stepsQuantile } from "./steps.ts";
import { cut } from "./truncated.ts";

type QuantileFunction = (probability: number) => number;
type Preparations = {
  [Kind in DistributionKind]: (distribution: DistributionOf<Kind>) => QuantileFunction;
};

const MOST_COUNTS = 200_000; // a wider run of counts than this is searched, not listed
const ENOUGH_MASS = 1e-3; // a narrower truncation would ask the inner quantile for digits it lacks

const tabulated = (d: Distribution): QuantileFunction => quantileTable(preparedLaw(d));

const preparations: Preparations = {
  point: (d) => () => d.at,
  bernoulli: direct,
  categorical: (d) => stepsQuantile(categoricalSteps(d)),
  normal: (d) => {
    const { mean, standardDeviation } = d;
    return (u) => mean + standardDeviation * normalQuantile(u);
  },
  lognormal: (d) => {
    const { logMean, logStandardDeviation } = d;
    return (u) => exp(logMean + logStandardDeviation * normalQuantile(u));
  },
  beta: tabulated,
  gamma: tabulated,
  uniform: direct,
  triangular: direct,
  pert: tabulated,
  exponential: direct,
  student: tabulated,
  weibull: direct,
  pareto: direct,
  poisson: counted,
  binomial: counted,
  metalog: metalogQuantile,
  piecewise: piecewiseQuantile,
  empirical: (d) => stepsQuantile(empiricalSteps(d)),
  mixture: tabulated,
  quantileAverage: tabulated,
  truncated: truncatedQuantile,
  censored: (d) => {
    const { low, high } = d;
    const inner = quantileFunction(d.distribution);
    return (u) => Math.min(high, Math.max(low, inner(u)));
  },
  orNever: (d) => {
    const ever = 1 - d.never;
    const inner = quantileFunction(d.distribution);
    return (u) => (u > ever ? Infinity : inner(u / ever));
  },
};

/**
 * The quantile of a distribution, prepared for millions of calls (5 to 60 ns each).
 * Closed form where there is one; else a table of cubics whose error stays below 1e-6 of the larger of interquartile range and distance from the median
 * (of the finite part, where there is a chance of never; measured in quantile-function.test.ts). Atoms, gaps and infinities come out exactly.
 */
export function quantileFunction(distribution: Distribution): QuantileFunction {
  return (preparations[distribution.kind] as (d: Distribution) => QuantileFunction)(distribution);
}

function direct(d: Distribution): QuantileFunction {
  const law = lawOf(d);
  return (u) => (u <= 0.5 ? law.lowerQuantile(u) : law.upperQuantile(1 - u));
}

/** Through the inner quantile where that is exact; a table's error would grow with the part cut away. */
function truncatedQuantile(d: DistributionOf<"truncated">): QuantileFunction {
  const { under, mass, first, last } = cut(lawOf(d.distribution), d.low, d.high);
  if (mass < ENOUGH_MASS || isTabulated(d.distribution)) return tabulated(d);
  const inner = quantileFunction(d.distribution);
  return (u) => Math.min(last, Math.max(first, inner(under + u * mass)));
}

function isTabulated(d: Distribution): boolean {
  if (d.kind === "truncated" || d.kind === "censored" || d.kind === "orNever") return isTabulated(d.distribution);
  return preparations[d.kind] === tabulated;
}

/** Counts of any probability a 32-bit word can meet, listed with their cumulative probabilities. */
function counted(d: DistributionOf<"poisson" | "binomial">): QuantileFunction {
  const law = lawOf(d);
  const tail = 2 ** -34;
  const first = law.lowerQuantile(tail);
  const last = law.upperQuantile(tail);
  if (last - first > MOST_COUNTS) return direct(d);
  const listed = stepsQuantile(stepsOfCounts(law, first, last));
  const straight = direct(d);
  return (u) => (u < 2 * tail || u > 1 - 2 * tail ? straight(u) : listed(u));
}

function stepsOfCounts(law: Law, first: number, last: number): Steps {
  const length = last - first + 1;
  const values = Float64Array.from({ length }, (_, k) => first + k);
  return { values, cumulative: values.map(law.cumulative), exceedance: values.map(law.exceedance) };
}
