import { exp } from "./exponential.ts";
import { log } from "./logarithm.ts";
export interface TailEquation {
  /** Probability of the tail at x: rising for a lower tail, falling for an upper one. */
  tail: (x: number) => number;
  /** Size of the tail's derivative; zero or infinite where it does not help. */
  density: (x: number) => number;
  rising: boolean;
  low: number;
  high: number;
  guess: number;
  /** Step by factors: for a tail that behaves like a power of x near zero. */
  byFactors?: boolean;
}

const CLOSE_ENOUGH = 1e-9; // relative size of a Newton step after which the next would be below rounding
const ROUNDING = 4e-16;
const MOST_STEPS = 200;

/**
 * The x at which a tail has probability `target`, 0 < target < 1: Newton on the logarithm of the tail, where tails are nearly straight,
 * kept inside a shrinking bracket so that it always ends. Relative accuracy about 1e-14 where the tail has that much.
 */
export function invertTail(equation: TailEquation, target: number): number {
  const { tail, density, rising } = equation;
  let { low, high, guess: x } = equation;
  if (!(x > low && x < high)) x = between(low, high);
  for (let step = 0; step < MOST_STEPS; step++) {
    const reached = tail(x);
    const miss = log(reached / target);
    if (Math.abs(miss) <= ROUNDING) return x;
    if (miss > 0 === rising) high = x;
    else low = x;
    const slope = density(x);
    const newton = ((rising ? -miss : miss) * reached) / slope;
    let next = equation.byFactors ? x * exp(newton / x) : x + newton;
    const inside = next > low && next < high;
    if (!inside) next = between(low, high);
    if (next === x || next === low || next === high) return x;
    const settled = Math.abs(next - x) <= CLOSE_ENOUGH * Math.abs(x);
    x = next;
    if (inside && settled) return x;
  }
  return x;
}

/**
 * The smallest double in (low, high] where a condition that never turns false again is true; `high` if only there.
 * Seventy-odd steps at most, since the midpoint is taken in magnitude when the ends are magnitudes apart.
 */
export function smallestWhere(holds: (x: number) => boolean, low: number, high: number): number {
  while (true) {
    const middle = between(low, high);
    if (!(middle > low && middle < high)) return high;
    if (holds(middle)) high = middle;
    else low = middle;
  }
}

/** A point between two ends, by magnitude when they are far apart, so that halving reaches any double quickly. */
export function between(low: number, high: number): number {
  if (low < 0 && high > 0) return 0;
  if (low < 0) return -between(-high, -low);
  if (high === Infinity) return low === 0 ? 1 : low < 1e150 ? low * low + 2 * low : Number.MAX_VALUE;
  if (low === 0) return high > 1e-150 ? high * Math.min(0.5, high) : high / 2;
  return high > 4 * low ? Math.sqrt(low) * Math.sqrt(high) : low + (high - low) / 2;
}

/** The next double below x. */
export function previousDouble(x: number): number {
  if (!Number.isFinite(x)) return x === Infinity ? Number.MAX_VALUE : x;
  if (x === 0) return -Number.MIN_VALUE;
  const step = Math.max(Number.MIN_VALUE, Math.abs(x) * 2 ** -53);
  const below = x - step;
  return below < x ? below : x - 2 * step;
}
