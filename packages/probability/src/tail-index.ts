import type { Distribution, DistributionOf } from "./distribution.ts";

/**
 * How slowly the two tails of a distribution fall: P(X > x) like x^-upper, P(X < -x) like x^-lower. Infinity for every tail that falls
 * faster than any power, and where there is none. There is a mean only above 1, a variance only above 2.
 */
export interface TailIndex {
  lower: number;
  upper: number;
}

const light: TailIndex = { lower: Infinity, upper: Infinity };

/** The tail index of a distribution; never does not count as a tail. */
export function tailIndex(distribution: Distribution): TailIndex {
  switch (distribution.kind) {
    case "pareto":
      return { lower: Infinity, upper: distribution.shape };
    case "student":
      return { lower: distribution.degreesOfFreedom, upper: distribution.degreesOfFreedom };
    case "metalog":
      return ofMetalog(distribution);
    case "mixture":
    case "quantileAverage":
      return heaviest(distribution.components.filter(({ weight }) => weight > 0).map((one) => tailIndex(one.distribution)));
    case "truncated":
    case "censored": {
      const { lower, upper } = tailIndex(distribution.distribution);
      return { lower: distribution.low > -Infinity ? Infinity : lower, upper: distribution.high < Infinity ? Infinity : upper };
    }
    case "orNever":
      return distribution.never < 1 ? tailIndex(distribution.distribution) : light;
    default:
      return light;
  }
}

/** The heavier of several tails, on either side. */
export function heaviest(indexes: TailIndex[]): TailIndex {
  return {
    lower: Math.min(Infinity, ...indexes.map((one) => one.lower)),
    upper: Math.min(Infinity, ...indexes.map((one) => one.upper)),
  };
}

/** Without bounds the quantile grows like a logarithm of the tail. With one bound it is the exponential of that: a power of the tail. */
function ofMetalog({ terms, low = -Infinity, high = Infinity }: DistributionOf<"metalog">): TailIndex {
  if (low > -Infinity && high === Infinity) return { lower: Infinity, upper: 1 / slopeAtEnd(terms, 0.5) };
  if (low === -Infinity && high < Infinity) return { lower: 1 / slopeAtEnd(terms, -0.5), upper: Infinity };
  return light;
}

/** What multiplies the logit at an end of the unit interval, `side` being the probability less a half: terms 2, 3, 6, 8, 10 ... of Keelin 2016. */
function slopeAtEnd(terms: readonly number[], side: number): number {
  let slope = terms[1] + (terms[2] ?? 0) * side;
  let raised = side;
  for (let place = 5; place < terms.length; place += 2) slope += terms[place] * (raised *= side);
  return slope;
}
