import { preparedLaw, uniformFromWord } from "@watershed/probability";
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
  const law = preparedLaw(distribution);
  const finite = law.cumulative(Number.MAX_VALUE); // of what comes at all
  const [low, centre, high] = [0.25, 0.5, 0.75].map((share) => law.lowerQuantile(share * finite));
  const range = high - low;
  const allowed = (amount: number): number => tolerance * Math.max(range, Math.abs(amount - centre)) + 2 ** -25 * Math.abs(amount);
  const ofTail = (p: number, fromAbove: boolean, guess?: number): number => {
    const amount = fromAbove ? law.upperQuantile(p, guess) : law.lowerQuantile(p, guess);
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

export type Cubic = [number, number, number, number];

/** The cubic through four amounts at positions 0, 1/4, 3/4 and 1: coefficients of the position's powers. */
export function cubicThrough(start: number, early: number, late: number, end: number): Cubic {
  const [a, b, c] = [early - start, late - start, end - start];
  return [start, 8 * a - (8 / 3) * b + c, (-56 * a + 40 * b - 16 * c) / 3, (32 * a - 32 * b + 16 * c) / 3];
}

export function cubicAt([a, b, c, d]: Cubic, position: number): number {
  return a + position * (b + position * (c + position * d));
}
