import { exp, expm1 } from "./exponential.ts";
import { log } from "./logarithm.ts";
import { square } from "./power.ts";
import type { DistributionOf } from "./distribution.ts";
import type { Law } from "./law.ts";
import { shifted } from "./law.ts";
import { normalCdf, normalDensity, upperNormalQuantile } from "./normal-integral.ts";

const standardNormal: Law = {
  cumulative: normalCdf,
  exceedance: (at) => normalCdf(-at),
  lowerQuantile: (p) => -upperNormalQuantile(p),
  upperQuantile: (p) => upperNormalQuantile(p),
  density: normalDensity,
  mean: () => 0,
  standardDeviation: () => 1,
  hasAtoms: false,
};

export function normalLaw(d: DistributionOf<"normal">): Law {
  return shifted(standardNormal, d.mean, d.standardDeviation);
}

export function lognormalLaw(d: DistributionOf<"lognormal">): Law {
  const ofLog = shifted(standardNormal, d.logMean, d.logStandardDeviation);
  const variance = square(d.logStandardDeviation);
  const mean = exp(d.logMean + variance / 2);
  return {
    cumulative: (at) => (at <= 0 ? 0 : ofLog.cumulative(log(at))),
    exceedance: (at) => (at <= 0 ? 1 : ofLog.exceedance(log(at))),
    lowerQuantile: (p) => exp(ofLog.lowerQuantile(p)),
    upperQuantile: (p) => exp(ofLog.upperQuantile(p)),
    density: (at) => (at <= 0 ? 0 : ofLog.density(log(at)) / at),
    mean: () => mean,
    standardDeviation: () => mean * Math.sqrt(expm1(variance)),
    hasAtoms: false,
  };
}
