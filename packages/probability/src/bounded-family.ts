import { square } from "./power.ts";
import { betaDensity, regularizedBeta, regularizedBetaInverse, regularizedBetaUpperInverse } from "./beta-function.ts";
import type { DistributionOf } from "./distribution.ts";
import type { Law } from "./law.ts";
import { shifted } from "./law.ts";

export function uniformLaw(d: DistributionOf<"uniform">): Law {
  const width = d.high - d.low;
  const share = (length: number) => Math.min(1, Math.max(0, length / width));
  return {
    cumulative: (at) => share(at - d.low),
    exceedance: (at) => share(d.high - at),
    lowerQuantile: (p) => d.low + p * width,
    upperQuantile: (p) => d.high - p * width,
    density: (at) => (at >= d.low && at <= d.high ? 1 / width : 0),
    mean: () => d.low + width / 2,
    standardDeviation: () => width / Math.sqrt(12),
    hasAtoms: false,
  };
}

export function triangularLaw(d: DistributionOf<"triangular">): Law {
  const { low, mode, high } = d;
  const width = high - low;
  const rise = mode - low;
  const fall = high - mode;
  const belowMode = rise / width;
  const left = (at: number) => square(at - low) / (width * rise);
  const right = (at: number) => square(high - at) / (width * fall);
  return {
    cumulative: (at) => (at <= low ? 0 : at >= high ? 1 : at < mode ? left(at) : 1 - right(at)),
    exceedance: (at) => (at <= low ? 1 : at >= high ? 0 : at < mode ? 1 - left(at) : right(at)),
    lowerQuantile: (p) => (p <= belowMode ? low + Math.sqrt(p * width * rise) : high - Math.sqrt((1 - p) * width * fall)),
    upperQuantile: (p) => (p <= fall / width ? high - Math.sqrt(p * width * fall) : low + Math.sqrt((1 - p) * width * rise)),
    density: (at) => {
      if (at < low || at > high) return 0;
      return at < mode ? (2 * (at - low)) / (width * rise) : at > mode ? (2 * (high - at)) / (width * fall) : 2 / width;
    },
    mean: () => (low + mode + high) / 3,
    standardDeviation: () => Math.sqrt((rise * rise + rise * fall + fall * fall) / 18),
    hasAtoms: false,
  };
}

export function betaLaw(d: { alpha: number; beta: number }): Law {
  const { alpha, beta } = d;
  const total = alpha + beta;
  return {
    cumulative: (at) => regularizedBeta(at, alpha, beta),
    exceedance: (at) => regularizedBeta(1 - at, beta, alpha, at),
    lowerQuantile: (p, guess) => regularizedBetaInverse(p, alpha, beta, guess),
    upperQuantile: (p, guess) => regularizedBetaUpperInverse(p, alpha, beta, guess),
    density: (at) => betaDensity(at, alpha, beta),
    mean: () => alpha / total,
    standardDeviation: () => Math.sqrt(((alpha / total) * (beta / total)) / (total + 1)),
    hasAtoms: false,
  };
}

export function pertLaw(d: DistributionOf<"pert">): Law {
  const width = d.high - d.low;
  const alpha = 1 + (4 * (d.mode - d.low)) / width;
  const beta = 1 + (4 * (d.high - d.mode)) / width;
  return shifted(betaLaw({ alpha, beta }), d.low, width);
}
