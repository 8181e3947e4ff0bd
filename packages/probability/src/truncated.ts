import type { DistributionOf } from "./distribution.ts";
import type { Law, LawOf } from "./law.ts";
import { deviationByQuadrature, meanByQuadrature } from "./quadrature.ts";
import { previousDouble } from "./tail-inverse.ts";

/** What a range low..high cuts from a law: probabilities, each computed from the side that keeps its digits. */
export interface Cut {
  /** P(X < low). */
  under: number;
  /** P(X >= low). */
  fromLow: number;
  /** P(X <= high). */
  toHigh: number;
  /** P(X > high). */
  over: number;
  /** P(low <= X <= high). */
  mass: number;
  /** Smallest and largest value the truncated variable takes. */
  first: number;
  last: number;
}

/** The distribution given low <= x <= high; exact also where that range lies far out in one tail. */
export function truncatedLaw(d: DistributionOf<"truncated">, lawOf: LawOf): Law {
  const inner = lawOf(d.distribution);
  const { under, fromLow, toHigh, over, mass, first, last } = cut(inner, d.low, d.high);
  const share = (probability: number) => Math.min(1, Math.max(0, probability / mass));
  const clamp = (x: number) => Math.min(last, Math.max(first, x));
  const law: Law = {
    cumulative: (at) => {
      if (at < d.low) return 0;
      if (at >= d.high) return 1;
      const below = inner.cumulative(at);
      return share(below <= 0.5 ? below - under : fromLow - inner.exceedance(at));
    },
    exceedance: (at) => {
      if (at < d.low) return 1;
      if (at >= d.high) return 0;
      const above = inner.exceedance(at);
      return share(above <= 0.5 ? above - over : toHigh - inner.cumulative(at));
    },
    lowerQuantile: (p, guess) => {
      const target = under + p * mass;
      if (target <= 0.5) return clamp(inner.lowerQuantile(target, guess));
      return clamp(inner.upperQuantile(Math.max(0, fromLow - p * mass), guess));
    },
    upperQuantile: (p, guess) => {
      const target = over + p * mass;
      if (target <= 0.5) return clamp(inner.upperQuantile(target, guess));
      return clamp(inner.lowerQuantile(Math.max(0, toHigh - p * mass), guess));
    },
    density: (at) => (at < d.low || at > d.high ? 0 : inner.density(at) / mass),
    mean: () => meanByQuadrature(law),
    standardDeviation: () => deviationByQuadrature(law),
    hasAtoms: inner.hasAtoms,
  };
  return law;
}

export function cut(inner: Law, low: number, high: number): Cut {
  const justUnder = previousDouble(low); // atoms at `low` belong to the range
  const under = low === -Infinity ? 0 : inner.cumulative(justUnder);
  const fromLow = low === -Infinity ? 1 : inner.exceedance(justUnder);
  const toHigh = inner.cumulative(high);
  const over = inner.exceedance(high);
  const mass = toHigh <= 0.5 ? toHigh - under : fromLow <= 0.5 ? fromLow - over : 1 - under - over;
  const first = Math.max(low, inner.hasAtoms ? firstFrom(inner, under, fromLow) : inner.lowerQuantile(0));
  const last = Math.min(high, toHigh < 0.5 ? inner.lowerQuantile(toHigh) : inner.upperQuantile(over));
  return { under, fromLow, toHigh, over, mass, first, last };
}

/** The smallest value with positive probability at or above the point that `under` lies under. */
function firstFrom(inner: Law, under: number, fromLow: number): number {
  const nudge = 4e-16;
  return under < 0.5 ? inner.lowerQuantile(Math.max(Number.MIN_VALUE, under * (1 + nudge))) : inner.upperQuantile(fromLow * (1 - nudge));
}
