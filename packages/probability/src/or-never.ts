import type { DistributionOf } from "./distribution.ts";
import type { Law, LawOf } from "./law.ts";

/** +Infinity with probability `never`, which is the upper end of the unit interval; else the distribution, as for a date that may not come. */
export function orNeverLaw(d: DistributionOf<"orNever">, lawOf: LawOf): Law {
  const inner = lawOf(d.distribution);
  const { never } = d;
  const ever = 1 - never;
  return {
    cumulative: (at) => (at === Infinity ? 1 : ever * inner.cumulative(at)),
    exceedance: (at) => (at === Infinity ? 0 : never + ever * inner.exceedance(at)),
    lowerQuantile: (p, guess) => (p > ever ? Infinity : inner.lowerQuantile(p / ever, guess)),
    upperQuantile: (p, guess) => (p < never ? Infinity : inner.upperQuantile((p - never) / ever, guess)),
    density: (at) => (at === Infinity && never > 0 ? Infinity : ever * inner.density(at)),
    mean: () => (never > 0 ? Infinity : inner.mean()),
    standardDeviation: () => (never > 0 ? Infinity : inner.standardDeviation()),
    hasAtoms: never > 0 || inner.hasAtoms,
  };
}
