import { betaLaw, pertLaw, triangularLaw, uniformLaw } from "./bounded-family.ts";
import { bernoulliLaw, binomialLaw, categoricalSteps, empiricalSteps, pointLaw, poissonLaw } from "./discrete-family.ts";
import { censoredLaw } from "./censored.ts";
import type { Distribution, DistributionKind, DistributionOf } from "./distribution.ts";
import type { Law, LawOf } from "./law.ts";
import { metalogLaw } from "./metalog.ts";
import { mixtureLaw } from "./mixture.ts";
import { lognormalLaw, normalLaw } from "./normal-family.ts";
import { orNeverLaw } from "./or-never.ts";
import { piecewiseLaw } from "./piecewise.ts";
import { exponentialLaw, gammaLaw, paretoLaw, weibullLaw } from "./positive-family.ts";
import { quantileAverageLaw } from "./quantile-average.ts";
import { stepsLaw } from "./steps.ts";
import { studentLaw } from "./student.ts";
import { truncatedLaw } from "./truncated.ts";

type Families = {
  [Kind in DistributionKind]: (distribution: DistributionOf<Kind>, lawOf: LawOf) => Law;
};

const families: Families = {
  point: pointLaw,
  bernoulli: bernoulliLaw,
  categorical: (d) => stepsLaw(categoricalSteps(d)),
  normal: normalLaw,
  lognormal: lognormalLaw,
  beta: betaLaw,
  gamma: gammaLaw,
  uniform: uniformLaw,
  triangular: triangularLaw,
  pert: pertLaw,
  exponential: exponentialLaw,
  student: studentLaw,
  weibull: weibullLaw,
  pareto: paretoLaw,
  poisson: poissonLaw,
  binomial: binomialLaw,
  metalog: metalogLaw,
  piecewise: piecewiseLaw,
  empirical: (d) => stepsLaw(empiricalSteps(d)),
  mixture: mixtureLaw,
  quantileAverage: quantileAverageLaw,
  truncated: truncatedLaw,
  censored: censoredLaw,
  orNever: orNeverLaw,
};

/** Everything a distribution can answer, bound to its parameters; sensible only where `distributionProblem` finds nothing. */
export function lawOf(distribution: Distribution): Law {
  const family = families[distribution.kind] as (d: Distribution, lawOf: LawOf) => Law;
  return family(distribution, lawOf);
}

/**
 * The smallest x with P(X <= x) >= probability: the support's ends at 0 and 1.
 * Accurate to about 1e-13 relative for any double in between, also in far tails; iterative for beta, gamma, pert, student, mixtures.
 */
export function quantile(distribution: Distribution, probability: number): number {
  const law = lawOf(distribution);
  return probability <= 0.5 ? law.lowerQuantile(probability) : law.upperQuantile(1 - probability);
}

/** P(X <= at). */
export function cdf(distribution: Distribution, at: number): number {
  return lawOf(distribution).cumulative(at);
}

/** P(X > at), with all its digits where cdf is near 1. */
export function exceedance(distribution: Distribution, at: number): number {
  return lawOf(distribution).exceedance(at);
}

/**
 * Expected value; closed form, by quadrature for metalog and truncated (relative error about 1e-10).
 * Infinity where it is infinite (pareto of shape <= 1, a chance of never); NaN only where no mean exists (student with <= 1 degree of freedom).
 */
export function mean(distribution: Distribution): number {
  return lawOf(distribution).mean();
}

/** Standard deviation; closed form, by quadrature for metalog, truncated and quantileAverage (relative error about 1e-9). Infinity where it is infinite. */
export function standardDeviation(distribution: Distribution): number {
  return lawOf(distribution).standardDeviation();
}
