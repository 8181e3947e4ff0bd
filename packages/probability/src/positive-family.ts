import { exp, expm1 } from "./exponential.ts";
import { log, log1p } from "./logarithm.ts";
import { power } from "./power.ts";
import type { DistributionOf } from "./distribution.ts";
import {
  logGamma,
  gammaDensity,
  regularizedGamma,
  regularizedGammaInverse,
  regularizedGammaUpper,
  regularizedGammaUpperInverse,
} from "./gamma-function.ts";
import type { Law } from "./law.ts";

export function gammaLaw(d: DistributionOf<"gamma">): Law {
  const { shape, scale } = d;
  const scaled = (guess?: number) => (guess === undefined ? undefined : guess / scale);
  return {
    cumulative: (at) => regularizedGamma(shape, at / scale),
    exceedance: (at) => regularizedGammaUpper(shape, at / scale),
    lowerQuantile: (p, guess) => scale * regularizedGammaInverse(shape, p, scaled(guess)),
    upperQuantile: (p, guess) => scale * regularizedGammaUpperInverse(shape, p, scaled(guess)),
    density: (at) => gammaDensity(at / scale, shape) / scale,
    mean: () => shape * scale,
    standardDeviation: () => Math.sqrt(shape) * scale,
    hasAtoms: false,
  };
}

export function exponentialLaw(d: DistributionOf<"exponential">): Law {
  const weibull = weibullLaw({ kind: "weibull", shape: 1, scale: d.mean });
  return { ...weibull, mean: () => d.mean, standardDeviation: () => d.mean };
}

export function weibullLaw(d: DistributionOf<"weibull">): Law {
  const { shape, scale } = d;
  const hazard = (at: number) => (at <= 0 ? 0 : power(at / scale, shape));
  const logMoment = (order: number) => logGamma(1 + order / shape);
  return {
    cumulative: (at) => -expm1(-hazard(at)),
    exceedance: (at) => exp(-hazard(at)),
    lowerQuantile: (p) => scale * power(-log1p(-p), 1 / shape),
    upperQuantile: (p) => scale * power(-log(p), 1 / shape),
    density: (at) => (at < 0 ? 0 : (shape / scale) * power(at / scale, shape - 1) * exp(-hazard(at))),
    mean: () => scale * exp(logMoment(1)),
    standardDeviation: () => scale * exp(logMoment(1)) * Math.sqrt(expm1(logMoment(2) - 2 * logMoment(1))),
    hasAtoms: false,
  };
}

export function paretoLaw(d: DistributionOf<"pareto">): Law {
  const { minimum, shape } = d;
  const logRatio = (at: number) => (at <= minimum ? 0 : log(at / minimum));
  return {
    cumulative: (at) => -expm1(-shape * logRatio(at)),
    exceedance: (at) => exp(-shape * logRatio(at)),
    lowerQuantile: (p) => minimum * exp(-log1p(-p) / shape),
    upperQuantile: (p) => minimum * power(p, -1 / shape),
    density: (at) => (at < minimum ? 0 : (shape / at) * power(minimum / at, shape)),
    mean: () => (shape <= 1 ? Infinity : (shape * minimum) / (shape - 1)),
    standardDeviation: () => (shape <= 2 ? Infinity : (minimum / (shape - 1)) * Math.sqrt(shape / (shape - 2))),
    hasAtoms: false,
  };
}
