import { lawOf, uniformFromWord } from "@watershed/probability";
import type { Distribution, Law } from "@watershed/probability";

/** The number of 32-bit words. */
export const allWords = 2 ** 32;

/** A quantile for making tables. Amounts beyond f32 are infinite; a guess makes iterative laws faster. */
export interface WordQuantile {
  /** Of a 32-bit word, which may lie between whole ones. */
  at(word: number, guess?: number): number;
  /** The amount that a tail probability lies beyond. */
  ofTail(p: number, fromAbove: boolean, guess?: number): number;
  /** The error that a table may have at an amount: of the larger of interquartile range and distance from the median, and f32 rounding. */
  allowed(amount: number): number;
  law: Law;
}

const tolerance = 5e-7; // of that larger one
const largest = 3.4028234663852886e38;

export function wordQuantile(distribution: Distribution): WordQuantile {
  const law = lawOf(distribution);
  const finite = law.cumulative(Number.MAX_VALUE); // of what comes at all
  const [low, centre, high] = [0.25, 0.5, 0.75].map((share) => law.lowerQuantile(share * finite));
  const range = high - low;
  const allowed = (amount: number): number => tolerance * Math.max(range, Math.abs(amount - centre)) + 2 ** -25 * Math.abs(amount);
  const byNewton = distribution.kind === "mixture";
  const ofTail = (p: number, fromAbove: boolean, guess?: number): number => {
    const near = byNewton && guess !== undefined ? newton(law, p, fromAbove, guess, allowed(guess) / 100) : undefined;
    const amount = near ?? (fromAbove ? law.upperQuantile(p, guess) : law.lowerQuantile(p, guess));
    return amount > largest ? Infinity : amount < -largest ? -Infinity : amount;
  };
  return {
    law,
    allowed,
    ofTail,
    at(word, guess) {
      const u = uniformFromWord(word);
      return u <= 0.5 ? ofTail(u, false, guess) : ofTail(1 - u, true, guess);
    },
  };
}

/** From a guess by Newton's steps, which a mixture's own quantile would only begin between those of its components; undefined where they do not settle. */
function newton(law: Law, p: number, fromAbove: boolean, guess: number, enough: number): number | undefined {
  let x = guess;
  for (let turn = 0; turn < 6; turn++) {
    const excess = fromAbove ? p - law.exceedance(x) : law.cumulative(x) - p;
    const density = law.density(x);
    const step = excess / density;
    if (density === Infinity || !Number.isFinite(step)) return undefined; // an atom, or a gap
    x -= step;
    // a density that changes at once, as at a pole, has fooled the step
    const steady = (ratio: number): boolean => ratio > 0.8 && ratio < 1.25;
    if (Math.abs(step) <= enough) return steady(law.density(x) / density) ? x : undefined;
  }
  return undefined;
}

export type Cubic = [number, number, number, number];

/** The cubic through four amounts at positions 0, 1/4, 3/4 and 1: coefficients of the position's powers. */
export function cubicThrough(start: number, early: number, late: number, end: number): Cubic {
  const [a, b, c] = [early - start, late - start, end - start];
  return [start, 8 * a - (8 / 3) * b + c, (-56 * a + 40 * b - 16 * c) / 3, (32 * a - 32 * b + 16 * c) / 3];
}

export function cubicAt([a, b, c, d]: Cubic, position: number): number {
  return a + position * (b + position * (c + position * d));
}
