import type { Distribution } from "./distribution.ts";

/**
 * What one distribution can answer, bound to its parameters.
 * Every law answers from both ends, so that far tails keep their digits on either side.
 */
export interface Law {
  /** P(X <= at). */
  cumulative(at: number): number;
  /** P(X > at). */
  exceedance(at: number): number;
  /** The smallest x with P(X <= x) >= probability. A good guess makes iterative laws faster. */
  lowerQuantile(probability: number, guess?: number): number;
  /** The smallest x with P(X > x) <= probability. */
  upperQuantile(probability: number, guess?: number): number;
  /** Probability density; Infinity at an atom or a pole. */
  density(at: number): number;
  mean(): number;
  standardDeviation(): number;
  /** True where some single value has positive probability. */
  hasAtoms: boolean;
  /** Set where dx/dp at the quantile of a tail is easier to have than 1 / density. */
  quantileSlope?(probability: number, fromAbove: boolean): number;
}

/** Gives the law of a distribution; compound families take it as an argument. */
export type LawOf = (distribution: Distribution) => Law;

/** The law of a + b X for b > 0. */
export function shifted(law: Law, a: number, b: number): Law {
  const standard = (at: number) => (at - a) / b;
  const guessed = (guess?: number) => (guess === undefined ? undefined : standard(guess));
  return {
    cumulative: (at) => law.cumulative(standard(at)),
    exceedance: (at) => law.exceedance(standard(at)),
    lowerQuantile: (p, guess) => a + b * law.lowerQuantile(p, guessed(guess)),
    upperQuantile: (p, guess) => a + b * law.upperQuantile(p, guessed(guess)),
    density: (at) => law.density(standard(at)) / b,
    mean: () => a + b * law.mean(),
    standardDeviation: () => b * law.standardDeviation(),
    hasAtoms: law.hasAtoms,
  };
}

/** dx/dp at the quantile of a tail, zero inside an atom; always taken as positive. */
export function slopeOf(law: Law, p: number, fromAbove: boolean, quantile?: number): number {
  if (law.quantileSlope) return law.quantileSlope(p, fromAbove);
  return 1 / law.density(quantile ?? (fromAbove ? law.upperQuantile(p) : law.lowerQuantile(p)));
}
