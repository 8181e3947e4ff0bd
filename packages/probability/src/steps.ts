import { square } from "./power.ts";
import type { Law } from "./law.ts";

/** A distribution on finitely many values: cumulative from the lower end, exceedance from the upper one. */
export interface Steps {
  values: Float64Array; // [step], rising
  cumulative: Float64Array; // [step] P(X <= value), 1 at the last
  exceedance: Float64Array; // [step] P(X > value), 0 at the last
}

/** Steps from values in rising order and weights that need not sum to 1; values of weight zero are left out. */
export function stepsOf(values: ArrayLike<number>, weights: ArrayLike<number>): Steps {
  const kept: number[] = [];
  for (let i = 0; i < values.length; i++) if (weights[i] > 0) kept.push(i);
  const count = kept.length;
  const cumulative = new Float64Array(count);
  const exceedance = new Float64Array(count);
  let below = 0;
  for (let k = 0; k < count; k++) cumulative[k] = below += weights[kept[k]];
  let above = 0;
  for (let k = count - 1; k >= 0; k--) {
    exceedance[k] = above / below;
    above += weights[kept[k]];
  }
  for (let k = 0; k < count; k++) cumulative[k] /= below;
  return { values: Float64Array.from(kept, (i) => values[i]), cumulative, exceedance };
}

/** The law of a distribution on finitely many values. */
export function stepsLaw(steps: Steps): Law {
  const { values, cumulative, exceedance } = steps;
  const last = (at: number) => firstWhere(values.length, (k) => values[k] > at) - 1;
  const mean = () => weighted(steps, (value) => value);
  return {
    cumulative: (at) => (at < values[0] ? 0 : cumulative[last(at)]),
    exceedance: (at) => (at < values[0] ? 1 : exceedance[last(at)]),
    lowerQuantile: (p) => values[reaching(cumulative, p)],
    upperQuantile: (p) => values[firstWhere(values.length - 1, (k) => exceedance[k] <= p)],
    density: (at) => (at >= values[0] && values[last(at)] === at ? Infinity : 0),
    mean,
    standardDeviation: () => {
      const centre = mean();
      return Math.sqrt(weighted(steps, (value) => square(value - centre)));
    },
    hasAtoms: true,
  };
}

/** Prepared quantile: a binary search in whichever tail the probability lies. */
export function stepsQuantile(steps: Steps): (probability: number) => number {
  const { values, cumulative, exceedance } = steps;
  const end = values.length - 1;
  return (probability) => {
    let low = 0;
    let high = end;
    if (probability <= 0.5) {
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (cumulative[middle] >= probability) high = middle;
        else low = middle + 1;
      }
      return values[low];
    }
    const tail = 1 - probability;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (exceedance[middle] <= tail) high = middle;
      else low = middle + 1;
    }
    return values[low];
  };
}

/** The first index in 0..count-1 where a condition that never turns false again holds, else `count`. */
export function firstWhere(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function reaching(cumulative: Float64Array, probability: number): number {
  return firstWhere(cumulative.length - 1, (k) => cumulative[k] >= probability);
}

function weighted(steps: Steps, amount: (value: number) => number): number {
  let sum = 0;
  for (let k = 0; k < steps.values.length; k++) {
    // the difference that loses fewer digits
    const mass =
      steps.cumulative[k] <= 0.5
        ? steps.cumulative[k] - (k > 0 ? steps.cumulative[k - 1] : 0)
        : (k > 0 ? steps.exceedance[k - 1] : 1) - steps.exceedance[k];
    sum += mass * amount(steps.values[k]);
  }
  return sum;
}
