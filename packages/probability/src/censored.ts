import type { DistributionOf } from "./distribution.ts";
import type { Law, LawOf } from "./law.ts";
import { deviationByQuadrature, meanByQuadrature } from "./quadrature.ts";
import { previousDouble } from "./tail-inverse.ts";

/** The distribution with every value beyond a limit moved to it: what lies below `low` piles up at `low`, what lies above `high` at `high`. */
export function censoredLaw(d: DistributionOf<"censored">, lawOf: LawOf): Law {
  const inner = lawOf(d.distribution);
  const { low, high } = d;
  const limited = (x: number) => Math.min(high, Math.max(low, x));
  const atLow = low === -Infinity ? 0 : inner.cumulative(low);
  const atHigh = high === Infinity ? 0 : inner.exceedance(previousDouble(high));
  const law: Law = {
    cumulative: (at) => (at < low ? 0 : at >= high ? 1 : inner.cumulative(at)),
    exceedance: (at) => (at < low ? 1 : at >= high ? 0 : inner.exceedance(at)),
    lowerQuantile: (p, guess) => limited(inner.lowerQuantile(p, guess)),
    upperQuantile: (p, guess) => limited(inner.upperQuantile(p, guess)),
    density: (at) => {
      if (at < low || at > high) return 0;
      if ((at === low && atLow > 0) || (at === high && atHigh > 0)) return Infinity;
      return inner.density(at);
    },
    mean: () => meanByQuadrature(law),
    standardDeviation: () => deviationByQuadrature(law),
    hasAtoms: inner.hasAtoms || atLow > 0 || atHigh > 0,
  };
  return law;
}
