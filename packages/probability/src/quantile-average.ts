import type { DistributionOf } from "./distribution.ts";
import type { Law, LawOf } from "./law.ts";
import { slopeOf } from "./law.ts";
import { partsOf } from "./mixture.ts";
import { deviationByQuadrature } from "./quadrature.ts";
import { between } from "./tail-inverse.ts";

/** Vincent average: quantiles averaged, so the shape is kept where the components share one. Cumulative probabilities by halving. */
export function quantileAverageLaw(d: DistributionOf<"quantileAverage">, lawOf: LawOf): Law {
  const parts = partsOf(d.components, lawOf);
  const average = (amount: (law: Law) => number) => {
    let sum = 0;
    for (const part of parts) sum += part.share * amount(part.law);
    return sum;
  };
  const lowerQuantile = (p: number) => average((law) => law.lowerQuantile(p));
  const upperQuantile = (p: number) => average((law) => law.upperQuantile(p));
  const quantileSlope = (p: number, fromAbove: boolean) => average((law) => slopeOf(law, p, fromAbove));
  const tails = (at: number): { below: number; above: number } => {
    if (lowerQuantile(0.5) > at) {
      const below = largestTail((p) => lowerQuantile(p) <= at);
      return { below, above: 1 - below };
    }
    const above = largestTail((p) => upperQuantile(p) > at);
    return { below: 1 - above, above };
  };
  const law: Law = {
    cumulative: (at) => tails(at).below,
    exceedance: (at) => tails(at).above,
    lowerQuantile,
    upperQuantile,
    quantileSlope,
    density: (at) => {
      const { below, above } = tails(at);
      if (below <= 0 || above <= 0) return 0;
      return 1 / (below < above ? quantileSlope(below, false) : quantileSlope(above, true));
    },
    mean: () => average((part) => part.mean()),
    standardDeviation: () => deviationByQuadrature(law),
    hasAtoms: parts.every((part) => part.law.hasAtoms),
  };
  return law;
}

/** The largest p in 0..1/2 for which a condition holds that, once false, stays false. */
function largestTail(holds: (p: number) => boolean): number {
  let low = 0;
  let high = 0.5;
  if (holds(high)) return high;
  for (;;) {
    const middle = between(low, high);
    if (!(middle > low && middle < high)) return low;
    if (holds(middle)) low = middle;
    else high = middle;
  }
}
