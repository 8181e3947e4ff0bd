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
  const log = shifted(standardNormal, d.logMean, d.logStandardDeviation);
  const variance = d.logStandardDeviation ** 2;
  const mean = Math.exp(d.logMean + variance / 2);
  return {
    cumulative: (at) => (at <= 0 ? 0 : log.cumulative(Math.log(at))),
    exceedance: (at) => (at <= 0 ? 1 : log.exceedance(Math.log(at))),
    lowerQuantile: (p) => Math.exp(log.lowerQuantile(p)),
    upperQuantile: (p) => Math.exp(log.upperQuantile(p)),
    density: (at) => (at <= 0 ? 0 : log.density(Math.log(at)) / at),
    mean: () => mean,
    standardDeviation: () => mean * Math.sqrt(Math.expm1(variance)),
    hasAtoms: false,
  };
}
