import { regularizedBeta } from "./beta-function.ts";
import type { DistributionOf } from "./distribution.ts";
import { regularizedGamma, regularizedGammaUpper } from "./gamma-function.ts";
import type { Law } from "./law.ts";
import { upperNormalQuantile } from "./normal-integral.ts";
import type { Steps } from "./steps.ts";
import { stepsLaw, stepsOf } from "./steps.ts";

export function pointLaw(d: DistributionOf<"point">): Law {
  return { ...stepsLaw(stepsOf([d.at], [1])), standardDeviation: () => 0 }; // also at Infinity, a date that never comes
}

export function bernoulliLaw(d: DistributionOf<"bernoulli">): Law {
  const { probability } = d;
  const impossible = probability <= 0;
  const certain = probability >= 1;
  return {
    cumulative: (at) => (at < 0 ? 0 : at < 1 ? 1 - probability : 1),
    exceedance: (at) => (at < 0 ? 1 : at < 1 ? probability : 0),
    lowerQuantile: (p) => (impossible || (p <= 1 - probability && !certain) ? 0 : 1),
    upperQuantile: (p) => (impossible || (p >= probability && !certain) ? 0 : 1),
    density: (at) => ((at === 0 && !certain) || (at === 1 && !impossible) ? Infinity : 0),
    mean: () => probability,
    standardDeviation: () => Math.sqrt(probability * (1 - probability)),
    hasAtoms: true,
  };
}

export function categoricalSteps(d: DistributionOf<"categorical">): Steps {
  return stepsOf(Array.from(d.weights.keys()), d.weights);
}

export function empiricalSteps(d: DistributionOf<"empirical">): Steps {
  const order = Array.from(d.values.keys()).sort((i, j) => d.values[i] - d.values[j]);
  const values: number[] = [];
  const weights: number[] = [];
  for (const i of order) {
    const weight = d.weights ? d.weights[i] : 1;
    if (values.length > 0 && values.at(-1) === d.values[i]) weights[weights.length - 1] += weight;
    else {
      values.push(d.values[i]);
      weights.push(weight);
    }
  }
  return stepsOf(values, weights);
}

export function poissonLaw(d: DistributionOf<"poisson">): Law {
  const { mean } = d;
  return countLaw({
    mean,
    standardDeviation: Math.sqrt(mean),
    most: Infinity,
    cumulative: (k) => regularizedGammaUpper(k + 1, mean),
    exceedance: (k) => regularizedGamma(k + 1, mean),
  });
}

export function binomialLaw(d: DistributionOf<"binomial">): Law {
  const { trials, probability } = d;
  const rest = 1 - probability;
  return countLaw({
    mean: trials * probability,
    standardDeviation: Math.sqrt(trials * probability * rest),
    most: trials,
    cumulative: (k) => (k >= trials ? 1 : regularizedBeta(rest, trials - k, k + 1, probability)),
    exceedance: (k) => (k >= trials ? 0 : regularizedBeta(probability, k + 1, trials - k, rest)),
  });
}

interface Count {
  mean: number;
  standardDeviation: number;
  /** The largest possible count. */
  most: number;
  /** P(X <= k) for a whole k >= 0. */
  cumulative: (k: number) => number;
  exceedance: (k: number) => number;
}

function countLaw(count: Count): Law {
  const { mean, standardDeviation, most } = count;
  const start = (z: number) => (standardDeviation > 0 ? Math.min(most, Math.max(0, Math.round(mean + z * standardDeviation))) : mean);
  const cumulative = (at: number) => (at < 0 ? 0 : at >= most ? 1 : count.cumulative(Math.floor(at)));
  const exceedance = (at: number) => (at < 0 ? 1 : at >= most ? 0 : count.exceedance(Math.floor(at)));
  return {
    cumulative,
    exceedance,
    lowerQuantile: (p) => (p >= 1 ? most : smallestCount((k) => cumulative(k) >= p, start(-upperNormalQuantile(p)), most)),
    upperQuantile: (p) => (p <= 0 ? most : smallestCount((k) => exceedance(k) <= p, start(upperNormalQuantile(p)), most)),
    density: (at) => (at >= 0 && at <= most && Number.isInteger(at) ? Infinity : 0),
    mean: () => mean,
    standardDeviation: () => standardDeviation,
    hasAtoms: true,
  };
}

/** The smallest count in 0..most that reaches a condition: strides away from the start until it is enclosed, then halves. */
function smallestCount(reaches: (k: number) => boolean, start: number, most: number): number {
  let low = -1; // does not reach
  let high = start; // reaches
  if (reaches(start)) {
    for (let stride = 1; low < 0 && high > 0; stride *= 2) {
      const k = Math.max(0, high - stride);
      if (reaches(k)) high = k;
      else low = k;
    }
  } else {
    for (let stride = 1; low < high; stride *= 2) {
      low = high;
      high = Math.min(most, high + stride);
      if (high === most || reaches(high)) break;
    }
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return high;
}
