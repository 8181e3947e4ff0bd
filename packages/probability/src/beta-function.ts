import { exp } from "./exponential.ts";
import { log, log1p } from "./logarithm.ts";
import { deviance, logGamma, stirlingError } from "./gamma-function.ts";
import { invertTail } from "./tail-inverse.ts";

const MOST_TERMS = 100_000;

/** ln B(alpha, beta). */
export function logBeta(alpha: number, beta: number): number {
  return logGamma(alpha) + logGamma(beta) - logGamma(alpha + beta);
}

/**
 * I_x(alpha, beta), the regularized incomplete beta function; relative error about 1e-14 in the lower tail.
 * Lentz's continued fraction with Loader's prefactor. Give `rest` = 1 - x where it is known better than 1 - x can say.
 */
export function regularizedBeta(x: number, alpha: number, beta: number, rest = 1 - x): number {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  if (x * (alpha + beta + 2) < alpha + 1) return lowerFraction(x, rest, alpha, beta);
  return 1 - lowerFraction(rest, x, beta, alpha);
}

/** x^alpha (1-x)^beta / B(alpha, beta), relative error about 1e-15 at any size. */
function betaPrefactor(x: number, rest: number, alpha: number, beta: number): number {
  const total = alpha + beta;
  const exponent =
    stirlingError(total) - stirlingError(alpha) - stirlingError(beta) - deviance(alpha, total * x) - deviance(beta, total * rest);
  return (exp(exponent) * Math.sqrt((alpha / total) * beta)) / Math.sqrt(2 * Math.PI);
}

/** The x with I_x(alpha, beta) = probability, relative accuracy about 1e-13 also for x near zero. */
export function regularizedBetaInverse(probability: number, alpha: number, beta: number, guess?: number): number {
  if (probability <= 0) return 0;
  if (probability >= 1) return 1;
  const start = usable(guess) ?? firstGuess(probability, alpha, beta);
  if (start < Number.MIN_VALUE) return 0;
  const tail = (x: number) => regularizedBeta(x, alpha, beta);
  const density = (x: number) => betaDensity(x, alpha, beta);
  return invertTail({ tail, density, rising: true, low: 0, high: 1, guess: start, byFactors: true }, probability);
}

/** The x with I_x(alpha, beta) = 1 - probability, with all its digits for small probabilities and for x near zero. */
export function regularizedBetaUpperInverse(probability: number, alpha: number, beta: number, guess?: number): number {
  if (probability <= 0) return 1;
  if (probability >= 1) return 0;
  const hint = usable(guess);
  const inUpperHalf = hint === undefined ? regularizedBeta(0.5, beta, alpha) >= probability : hint > 0.5;
  if (inUpperHalf) {
    return 1 - regularizedBetaInverse(probability, beta, alpha, hint === undefined ? hint : 1 - hint);
  }
  const start = hint ?? firstGuess(1 - probability, alpha, beta);
  if (start < Number.MIN_VALUE) return 0;
  const tail = (x: number) => regularizedBeta(1 - x, beta, alpha, x);
  const density = (x: number) => betaDensity(x, alpha, beta);
  return invertTail({ tail, density, rising: false, low: 0, high: 1, guess: start, byFactors: true }, probability);
}

/** Density of the beta distribution: zero outside [0, 1], Infinity at an end where it has a pole. */
export function betaDensity(x: number, alpha: number, beta: number): number {
  if (x < 0 || x > 1) return 0;
  if (x === 0) return endDensity(alpha, beta);
  if (x === 1) return endDensity(beta, alpha);
  return betaPrefactor(x, 1 - x, alpha, beta) / (x * (1 - x));
}

function endDensity(own: number, other: number): number {
  return own < 1 ? Infinity : own > 1 ? 0 : other;
}

function usable(guess: number | undefined): number | undefined {
  return guess !== undefined && guess > 0 && guess < 1 ? guess : undefined;
}

function firstGuess(probability: number, alpha: number, beta: number): number {
  // near zero I_x is x^alpha / (alpha B); near one 1 - I_x is (1-x)^beta / (beta B)
  const logB = logBeta(alpha, beta);
  const nearZero = exp((log(probability * alpha) + logB) / alpha);
  if (nearZero < 0.1 * Math.min(1, (alpha + 1) / (alpha + beta))) return nearZero;
  const nearOne = exp((log1p(-probability) + log(beta) + logB) / beta);
  if (nearOne < 0.1 * Math.min(1, (beta + 1) / (alpha + beta))) return 1 - nearOne;
  return Math.min(Math.max(alpha / (alpha + beta), 1e-9), 1 - 1e-9);
}

function lowerFraction(x: number, rest: number, alpha: number, beta: number): number {
  const total = alpha + beta;
  let c = 1;
  let d = 1 / (1 - (total * x) / (alpha + 1));
  let product = d;
  for (let m = 1; m < MOST_TERMS; m++) {
    const even = (m * (beta - m) * x) / ((alpha + 2 * m - 1) * (alpha + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    product *= c * d;
    const odd = (-(alpha + m) * (total + m) * x) / ((alpha + 2 * m) * (alpha + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    const factor = c * d;
    product *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return Math.min(1, (betaPrefactor(x, rest, alpha, beta) * product) / alpha);
}
