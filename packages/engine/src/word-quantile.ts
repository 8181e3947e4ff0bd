import { lawOf, uniformFromWord } from "@watershed/probability";
import type { Distribution, Law } from "@watershed/probability";

/** The number of 32-bit words. */
export const allWords = 2 ** 32;

/** A quantile at a 32-bit word, which may lie between whole ones; amounts beyond f32 are infinite. */
export interface WordQuantile {
  at(word: number, guess?: number): number;
  /** The error that a table may have at an amount: of the larger of interquartile range and distance from the median, and f32 rounding. */
  allowed(amount: number): number;
  law: Law;
}

const tolerance = 3e-7; // of the interquartile range; with f32 rounding below 2e-6 in all
const largest = 3.4028234663852886e38;

export function wordQuantile(distribution: Distribution): WordQuantile {
  const law = lawOf(distribution);
  const quartiles = [law.lowerQuantile(0.25), law.lowerQuantile(0.5), law.upperQuantile(0.25)].filter(Number.isFinite);
  const range = quartiles.length > 1 ? quartiles.at(-1)! - quartiles[0] : 0;
  const centre = quartiles.at(quartiles.length >> 1) ?? 0;
  return {
    law,
    at(word, guess) {
      const u = uniformFromWord(word);
      const amount = u <= 0.5 ? law.lowerQuantile(u, guess) : law.upperQuantile(1 - u, guess);
      return amount > largest ? Infinity : amount < -largest ? -Infinity : amount;
    },
    allowed: (amount) => tolerance * Math.max(range, Math.abs(amount - centre)) + 2 ** -25 * Math.abs(amount),
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
