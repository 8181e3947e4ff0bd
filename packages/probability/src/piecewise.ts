import type { DistributionOf } from "./distribution.ts";
import type { Law } from "./law.ts";
import { firstWhere } from "./steps.ts";

/** Cumulative probability linear between points, as for a date given by cumulative chances. */
export function piecewiseLaw(d: DistributionOf<"piecewise">): Law {
  const at = Float64Array.from(d.points, (point) => point[0]);
  const cumulative = Float64Array.from(d.points, (point) => point[1]);
  const pieces = at.length - 1;
  const cumulativeAt = (x: number): number => {
    const right = firstWhere(at.length, (k) => at[k] > x);
    if (right === 0) return 0;
    if (right > pieces) return 1;
    return interpolate(x, at, cumulative, right);
  };
  const lowerQuantile = piecewiseQuantile(d);
  return {
    cumulative: cumulativeAt,
    exceedance: (x) => 1 - cumulativeAt(x),
    lowerQuantile,
    upperQuantile: (p) => lowerQuantile(1 - p),
    density: (x) => densityAt(x, at, cumulative),
    mean: () => meanOf(at, cumulative),
    standardDeviation: () => {
      const centre = meanOf(at, cumulative);
      let variance = 0;
      for (let k = 0; k < pieces; k++) {
        const a = at[k] - centre;
        const b = at[k + 1] - centre;
        variance += ((cumulative[k + 1] - cumulative[k]) * (a * a + a * b + b * b)) / 3;
      }
      return Math.sqrt(variance);
    },
    hasAtoms: at.some((x, k) => k > 0 && x === at[k - 1] && cumulative[k] > cumulative[k - 1]),
  };
}

/** The quantile, prepared: a binary search over the points. */
export function piecewiseQuantile(d: DistributionOf<"piecewise">): (probability: number) => number {
  const at = Float64Array.from(d.points, (point) => point[0]);
  const cumulative = Float64Array.from(d.points, (point) => point[1]);
  const last = at.length - 1;
  // at probability 0 the answer is the support's lower end: the last point that still has cumulative 0
  const start = firstWhere(last, (k) => cumulative[k + 1] > 0);
  return (probability) => {
    let low = start + 1;
    let high = last;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cumulative[middle] >= probability) high = middle;
      else low = middle + 1;
    }
    return interpolate(probability, cumulative, at, low);
  };
}

function interpolate(x: number, from: Float64Array, to: Float64Array, right: number): number {
  const left = right - 1;
  const share = (x - from[left]) / (from[right] - from[left]);
  return share >= 1 ? to[right] : to[left] + share * (to[right] - to[left]);
}

function densityAt(x: number, at: Float64Array, cumulative: Float64Array): number {
  for (let k = 1; k < at.length; k++) {
    const rise = cumulative[k] - cumulative[k - 1];
    if (at[k] === x && at[k - 1] === x && rise > 0) return Infinity;
  }
  const right = firstWhere(at.length, (k) => at[k] > x);
  if (right === 0 || right === at.length) return 0;
  return (cumulative[right] - cumulative[right - 1]) / (at[right] - at[right - 1]);
}

function meanOf(at: Float64Array, cumulative: Float64Array): number {
  let sum = 0;
  for (let k = 1; k < at.length; k++) {
    sum += ((cumulative[k] - cumulative[k - 1]) * (at[k] + at[k - 1])) / 2;
  }
  return sum;
}
