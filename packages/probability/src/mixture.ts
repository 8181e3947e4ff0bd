import { square } from "./power.ts";
import type { DistributionOf, WeightedDistribution } from "./distribution.ts";
import type { Law, LawOf } from "./law.ts";
import { between, invertTail, previousDouble, smallestWhere } from "./tail-inverse.ts";

interface Part {
  share: number;
  law: Law;
}

/** Linear pool. Quantiles by Newton between the components' quantiles, by exact halving at atoms and gaps. */
export function mixtureLaw(d: DistributionOf<"mixture">, lawOf: LawOf): Law {
  const parts = partsOf(d.components, lawOf);
  const hasAtoms = parts.some((part) => part.law.hasAtoms);
  const cumulative = (at: number) => total(parts, (law) => law.cumulative(at));
  const exceedance = (at: number) => total(parts, (law) => law.exceedance(at));
  const density = (at: number) => total(parts, (law) => law.density(at));
  const mean = () => total(parts, (law) => law.mean());
  const quantile = (p: number, fromAbove: boolean, guess?: number): number => {
    const ends = parts.map(({ law }) => (fromAbove ? law.upperQuantile(p) : law.lowerQuantile(p)));
    const low = Math.min(...ends);
    const high = Math.max(...ends);
    if (low === high) return low;
    if (p <= 0) return fromAbove ? high : low;
    if (p >= 1) return fromAbove ? low : high;
    const tail = fromAbove ? exceedance : cumulative;
    const reaches = fromAbove ? (x: number) => tail(x) <= p : (x: number) => tail(x) >= p;
    if (reaches(low)) return low;
    if (hasAtoms && guess !== undefined && reaches(guess) && !reaches(previousDouble(guess))) return guess;
    const start = guess ?? between(low, high);
    const x = invertTail({ tail, density, rising: !fromAbove, low, high, guess: start }, p);
    if (!hasAtoms) return x;
    // Newton's answer stands where the cumulative really passes through p; on a flat or a jump only halving finds the smallest x
    const slope = density(x);
    const passes = slope > 0 && slope < Infinity && Math.abs(tail(x) / p - 1) < 1e-12;
    return passes ? x : smallestWhere(reaches, low, high);
  };
  return {
    cumulative,
    exceedance,
    density,
    lowerQuantile: (p, guess) => quantile(p, false, guess),
    upperQuantile: (p, guess) => quantile(p, true, guess),
    mean,
    standardDeviation: () => {
      const centre = mean();
      if (!Number.isFinite(centre)) return Infinity;
      return Math.sqrt(total(parts, (law) => square(law.standardDeviation()) + square(law.mean() - centre)));
    },
    hasAtoms,
  };
}

/** Components that carry weight, their weights summing to one. */
export function partsOf(components: readonly WeightedDistribution[], lawOf: LawOf): Part[] {
  const weight = components.reduce((sum, component) => sum + component.weight, 0);
  return components
    .filter((component) => component.weight > 0)
    .map((component) => ({ share: component.weight / weight, law: lawOf(component.distribution) }));
}

function total(parts: readonly Part[], amount: (law: Law) => number): number {
  let sum = 0;
  for (const part of parts) sum += part.share * amount(part.law);
  return sum;
}
