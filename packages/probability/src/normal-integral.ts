import { exp } from "./exponential.ts";
import { log } from "./logarithm.ts";
const LOG_SQRT_TWO_PI = 0.9189385332046727; // ln sqrt(2 pi)
const ONE_OVER_SQRT_TWO_PI = 0.3989422804014327;

// Rational approximations of the normal integral, highest power first: Cody 1969, Mathematics of Computation 23.
const CENTRE_TOP = [0.065682337918207449113, 2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582, 18154.981253343561249];
const CENTRE_BOTTOM = [1, 47.20258190468824187, 976.09855173777669322, 10260.932208618978205, 45507.789335026729956];
const MIDDLE_TOP = [
  1.0765576773720192317e-8, 0.39894151208813466764, 8.8831497943883759412, 93.506656132177855979, 597.27027639480026226,
  2494.5375852903726711, 6848.1904505362823326, 11602.651437647350124, 9842.7148383839780218,
];
const MIDDLE_BOTTOM = [
  1, 22.266688044328115691, 235.38790178262499861, 1519.377599407554805, 6485.558298266760755, 18615.571640885098091, 34900.952721145977266,
  38912.003286093271411, 19685.429676859990727,
];
const FAR_TOP = [
  0.02307344176494017303, 0.21589853405795699, 0.1274011611602473639, 0.022235277870649807, 0.001421619193227893466, 2.9112874951168792e-5,
];
const FAR_BOTTOM = [1, 1.28426009614491121, 0.468238212480865118, 0.0659881378689285515, 0.00378239633202758244, 7.29751555083966205e-5];
const CENTRE_EDGE = 0.67448975; // standard deviations: the quartile
const MIDDLE_EDGE = Math.sqrt(32);

/** Density of the standard normal at `z`. */
export function normalDensity(z: number): number {
  return exp(-0.5 * z * z - LOG_SQRT_TWO_PI);
}

/** P(Z <= z) of the standard normal, relative error below 2e-15 in both tails down to 1e-307 (Cody 1969). */
export function normalCdf(z: number): number {
  if (Math.abs(z) <= CENTRE_EDGE) return 0.5 + z * centre(z * z);
  return z < 0 ? farTail(-z) : 1 - farTail(z);
}

/** Error function, relative error below 2e-15. */
export function erf(x: number): number {
  const z = x * Math.SQRT2;
  if (Math.abs(z) <= CENTRE_EDGE) return 2 * z * centre(z * z);
  return z < 0 ? 2 * farTail(-z) - 1 : 1 - 2 * farTail(z);
}

/** Complementary error function 1 - erf(x), relative error below 1e-13 where it is above 1e-200. */
export function erfc(x: number): number {
  return 2 * normalCdf(-x * Math.SQRT2);
}

/**
 * Quantile of the standard normal: -Infinity at 0, Infinity at 1.
 * Relative error below 1e-15 (Wichura 1988, AS 241, PPND16); a Newton step with `normalCdf` would add noise, not digits.
 */
export function normalQuantile(probability: number): number {
  const q = probability - 0.5;
  if (Math.abs(q) <= 0.425) return q * quantileCentre(0.180625 - q * q);
  return q < 0 ? -upperNormalQuantile(probability) : upperNormalQuantile(1 - probability);
}

/** The z that a standard normal exceeds with probability `tail`, exact also where 1 - tail would round to 1. */
export function upperNormalQuantile(tail: number): number {
  const q = 0.5 - tail;
  if (Math.abs(q) <= 0.425) return q * quantileCentre(0.180625 - q * q);
  if (q < 0) return -upperNormalQuantile(1 - tail);
  if (tail <= 0) return Infinity;
  const r = Math.sqrt(-log(tail));
  return r <= 5 ? quantileMiddle(r - 1.6) : quantileFar(r - 5);
}

function centre(square: number): number {
  return polynomial(CENTRE_TOP, square) / polynomial(CENTRE_BOTTOM, square);
}

function farTail(z: number): number {
  // exp(-z*z/2) from a part that squares exactly and a small rest: keeps the far tail's last digits
  const rounded = Math.trunc(z * 16) / 16;
  const rest = (z - rounded) * (z + rounded);
  const bell = exp(-0.5 * rounded * rounded) * exp(-0.5 * rest);
  if (z > 40) return 0;
  if (z <= MIDDLE_EDGE) return (bell * polynomial(MIDDLE_TOP, z)) / polynomial(MIDDLE_BOTTOM, z);
  const inverseSquare = 1 / (z * z);
  const correction = polynomial(FAR_TOP, inverseSquare) / polynomial(FAR_BOTTOM, inverseSquare);
  return (bell * (ONE_OVER_SQRT_TWO_PI - inverseSquare * correction)) / z;
}

function polynomial(highestFirst: readonly number[], x: number): number {
  let sum = highestFirst[0];
  for (let i = 1; i < highestFirst.length; i++) sum = sum * x + highestFirst[i];
  return sum;
}

// The three pieces of AS 241 are written out: they are the inner loop of every normal draw.
function quantileCentre(r: number): number {
  const top =
    ((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r + 45921.953931549871457) * r +
      13731.693765509461125) *
      r +
      1971.5909503065514427) *
      r +
      133.14166789178437745) *
      r +
    3.387132872796366608;
  const bottom =
    ((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r + 21213.794301586595867) * r +
      5394.1960214247511077) *
      r +
      687.1870074920579083) *
      r +
      42.313330701600911252) *
      r +
    1;
  return top / bottom;
}

function quantileMiddle(r: number): number {
  const top =
    ((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r + 1.27045825245236838258) * r +
      3.64784832476320460504) *
      r +
      5.7694972214606914055) *
      r +
      4.6303378461565452959) *
      r +
    1.42343711074968357734;
  const bottom =
    ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r + 0.14810397642748007459) * r +
      0.68976733498510000455) *
      r +
      1.6763848301838038494) *
      r +
      2.05319162663775882187) *
      r +
    1;
  return top / bottom;
}

function quantileFar(r: number): number {
  const top =
    ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r + 0.026532189526576123093) * r +
      0.29656057182850489123) *
      r +
      1.7848265399172913358) *
      r +
      5.4637849111641143699) *
      r +
    6.6579046435011037772;
  const bottom =
    ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r +
      0.0148753612908506148525) *
      r +
      0.13692988092273580531) *
      r +
      0.59983220655588793769) *
      r +
    1;
  return top / bottom;
}
