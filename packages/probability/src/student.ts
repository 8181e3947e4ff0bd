import { exp } from "./exponential.ts";
import { log, log1p } from "./logarithm.ts";
import { logBeta, regularizedBeta, regularizedBetaInverse } from "./beta-function.ts";
import type { DistributionOf } from "./distribution.ts";
import type { Law } from "./law.ts";
import { shifted } from "./law.ts";

/** Student's t: location + scale T. Its mean does not exist (NaN) at one degree of freedom or fewer. */
export function studentLaw(d: DistributionOf<"student">): Law {
  return shifted(standardStudentLaw(d.degreesOfFreedom), d.location, d.scale);
}

function standardStudentLaw(degrees: number): Law {
  const logNorm = logBeta(degrees / 2, 0.5) + log(degrees) / 2;
  const above = (t: number): number => {
    const square = t * t;
    const tail = 0.5 * regularizedBeta(degrees / (degrees + square), degrees / 2, 0.5, square / (degrees + square));
    return t >= 0 ? tail : 1 - tail;
  };
  return {
    cumulative: (t) => above(-t),
    exceedance: above,
    lowerQuantile: (p, guess) => -upperStudentQuantile(p, degrees, guess),
    upperQuantile: (p, guess) => upperStudentQuantile(p, degrees, guess),
    density: (t) => exp(-logNorm - ((degrees + 1) / 2) * log1p((t * t) / degrees)),
    mean: () => (degrees > 1 ? 0 : NaN),
    standardDeviation: () => (degrees > 2 ? Math.sqrt(degrees / (degrees - 2)) : Infinity),
    hasAtoms: false,
  };
}

function upperStudentQuantile(tail: number, degrees: number, guess?: number): number {
  if (tail <= 0) return Infinity;
  if (tail > 0.5) return -upperStudentQuantile(1 - tail, degrees, guess);
  const square = guess === undefined ? 0 : guess * guess;
  const hint = guess === undefined ? undefined : degrees / (degrees + square);
  if (tail < 0.2) {
    const x = regularizedBetaInverse(2 * tail, degrees / 2, 0.5, hint);
    return Math.sqrt((degrees * (1 - x)) / x);
  }
  // near the middle x is near one: solve for 1 - x instead
  const restHint = guess === undefined ? undefined : square / (degrees + square);
  const rest = regularizedBetaInverse(1 - 2 * tail, 0.5, degrees / 2, restHint);
  return Math.sqrt((degrees * rest) / (1 - rest));
}
