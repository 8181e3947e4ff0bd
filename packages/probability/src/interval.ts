import { log } from "./logarithm.ts";
import type { Distribution } from "./distribution.ts";
import { normalQuantile } from "./normal-integral.ts";

const Z95 = normalQuantile(0.95);

/**
 * "low to high" as a distribution with 5 % below low and 5 % above high: lognormal when both ends are positive, else normal.
 * Ends that are equal or the wrong way round give a distribution whose `distributionProblem` says so.
 */
export function intervalDistribution(low: number, high: number): Distribution {
  if (low > 0 && high > 0) {
    const logMean = (log(low) + log(high)) / 2;
    return { kind: "lognormal", logMean, logStandardDeviation: log(high / low) / (2 * Z95) };
  }
  return { kind: "normal", mean: (low + high) / 2, standardDeviation: (high - low) / (2 * Z95) };
}
