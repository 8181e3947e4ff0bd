import { exp } from "./exponential.ts";
import { log } from "./logarithm.ts";
import { invertTail } from "./tail-inverse.ts";
import { upperNormalQuantile } from "./normal-integral.ts";

const LOG_SQRT_TWO_PI = 0.9189385332046727; // ln sqrt(2 pi)
const STIRLING_FROM = 10; // from here the series below is exact to the last digit
const MOST_TERMS = 200_000;

/** ln Gamma(x) for x > 0, absolute error below 2e-15 for small x, relative below 4e-16 for large x (Stirling, shifted up to 10). */
export function logGamma(x: number): number {
  let product = 1;
  while (x < STIRLING_FROM) product *= x++;
  return (x - 0.5) * log(x) - x + LOG_SQRT_TWO_PI + stirlingSeries(x) - log(product);
}

/** ln Gamma(x + 1) less Stirling's formula, for x > 0. */
export function stirlingError(x: number): number {
  if (x >= STIRLING_FROM) return stirlingSeries(x);
  return logGamma(x + 1) - (x + 0.5) * log(x) + x - LOG_SQRT_TWO_PI;
}

/** x ln(x / expected) + expected - x, without cancellation where the two are near (Loader 2000). */
export function deviance(x: number, expected: number): number {
  if (x === 0) return expected;
  const difference = x - expected;
  if (Math.abs(difference) >= 0.1 * (x + expected)) return x * log(x / expected) - difference;
  const ratio = difference / (x + expected);
  let sum = difference * ratio;
  let power = 2 * x * ratio;
  for (let odd = 3; ; odd += 2) {
    power *= ratio * ratio;
    const next = sum + power / odd;
    if (next === sum) return next;
    sum = next;
  }
}

/** mean^x e^-mean / Gamma(x + 1), the Poisson mass where x is whole; relative error about 1e-15 at any size (Loader 2000). */
export function poissonMass(x: number, mean: number): number {
  if (x === 0) return exp(-mean);
  if (mean === 0) return 0;
  return exp(-stirlingError(x) - deviance(x, mean)) / Math.sqrt(2 * Math.PI * x);
}

/** Density of the gamma distribution of scale 1: zero below 0, Infinity at 0 where it has a pole. */
export function gammaDensity(x: number, shape: number): number {
  if (x > 0) return (poissonMass(shape, x) * shape) / x;
  return x < 0 || shape > 1 ? 0 : shape < 1 ? Infinity : 1;
}

/** P(shape, x): the lower regularized incomplete gamma function, shape > 0, relative error about 1e-14. */
export function regularizedGamma(shape: number, x: number): number {
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  return x < shape + 1 ? lowerSeries(shape, x) : 1 - upperFraction(shape, x);
}

/** Q(shape, x) = 1 - P(shape, x), exact in the far tail. */
export function regularizedGammaUpper(shape: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return x < shape + 1 ? 1 - lowerSeries(shape, x) : upperFraction(shape, x);
}

/** The x with P(shape, x) = probability. */
export function regularizedGammaInverse(shape: number, probability: number, guess?: number): number {
  return invertGamma(shape, probability, true, guess);
}

/** The x with Q(shape, x) = probability. */
export function regularizedGammaUpperInverse(shape: number, probability: number, guess?: number): number {
  return invertGamma(shape, probability, false, guess);
}

function invertGamma(shape: number, probability: number, rising: boolean, guess?: number): number {
  if (probability <= 0) return rising ? 0 : Infinity;
  if (probability >= 1) return rising ? Infinity : 0;
  const start = guess !== undefined && guess > 0 ? guess : firstGuess(shape, probability, rising);
  if (start < Number.MIN_VALUE) return 0;
  return invertTail(
    {
      tail: rising ? (x) => regularizedGamma(shape, x) : (x) => regularizedGammaUpper(shape, x),
      density: (x) => gammaDensity(x, shape),
      rising,
      low: 0,
      high: Infinity,
      guess: start,
      byFactors: rising,
    },
    probability,
  );
}

function firstGuess(shape: number, probability: number, rising: boolean): number {
  const lower = rising ? probability : 1 - probability;
  // near zero the lower tail is x^shape / Gamma(shape + 1)
  const nearZero = exp((log(lower) + logGamma(shape + 1)) / shape);
  if (rising && nearZero < 0.2 * (shape + 1)) return nearZero;
  if (!rising && shape < 1 && probability < 0.1) return -log(probability);
  // Wilson and Hilferty 1931: the cube root of a gamma is nearly normal
  const z = (rising ? -1 : 1) * upperNormalQuantile(probability);
  const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  return root > 0.1 ? shape * root * root * root : Math.max(nearZero, Number.MIN_VALUE);
}

function lowerSeries(shape: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < MOST_TERMS; k++) {
    term *= x / (shape + k);
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return Math.min(1, sum * poissonMass(shape, x));
}

/** Lentz's continued fraction for the upper tail. */
function upperFraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let product = d;
  for (let k = 1; k < MOST_TERMS; k++) {
    const a = -k * (k - shape);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    const factor = c * d;
    product *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return Math.min(1, poissonMass(shape, x) * shape * product);
}

function stirlingSeries(x: number): number {
  const s = 1 / (x * x);
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - (691 / 360360 - s / 156) * s) * s) * s) * s) * s) / x;
}
