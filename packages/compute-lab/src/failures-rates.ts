import type { Distribution } from "@watershed/probability";
import { exp, log } from "@watershed/probability";
import type { CitationKey } from "./citations.ts";
import { fleetRates, llama3Interruptions } from "./failures-published.ts";

const CHIPS_PER_PUBLISHED_HOST = 8;
const HOURS_PER_DAY = 24;

/** Interruptions per chip and hour of a fleet with hosts of eight. */
export function perChipHour(perThousandHostDays: number): number {
  return perThousandHostDays / (1000 * HOURS_PER_DAY * CHIPS_PER_PUBLISHED_HOST);
}

/** How often a job is interrupted, per chip and hour, and who says so. */
export interface InterruptionRate {
  perChipHour: Distribution;
  sources: CitationKey[];
}

/**
 * Interruptions per chip and hour of a fleet nobody has measured: lognormal around the published fleets, as wide as they are apart
 * (standard deviation of logarithms over n - 1, with the error of their mean).
 */
export function unseenFleetRate(): InterruptionRate {
  const logs = fleetRates.map(({ perThousandHostDays }) => log(perChipHour(perThousandHostDays)));
  const mean = logs.reduce((sum, one) => sum + one, 0) / logs.length;
  const variance = logs.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / (logs.length - 1);
  const logStandardDeviation = Math.sqrt(variance * (1 + 1 / logs.length));
  return { perChipHour: { kind: "lognormal", logMean: mean, logStandardDeviation }, sources: fleetRates.map(({ source }) => source) };
}

/** The rate of one published fleet; undefined where there is none of this name. What its own counts leave open is small beside the rest. */
export function fleetRate(fleet: string): InterruptionRate | undefined {
  const found = fleetRates.find((one) => one.fleet === fleet);
  return found && { perChipHour: { kind: "point", at: perChipHour(found.perThousandHostDays) }, sources: [found.source] };
}

/** One component's part of the interruptions of a job. */
export interface ComponentShare {
  component: string;
  kind: "hardware" | "software" | "host";
  share: number; // of all interruptions of this job
  count: number; // in the published table
}

/**
 * How interruptions divide among components, and how the rate of a chip moves with the chips in a host,
 * from the published table: what a host brings along is spread over its chips.
 */
export function componentShares(chipsPerHost: number): { shares: ComponentShare[]; rateFactor: number } {
  const { rows, chipsPerHost: published } = llama3Interruptions;
  const weights = rows.map(({ count, growsWith }) => (growsWith === "hosts" ? (count * published) / chipsPerHost : count));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return {
    shares: rows.map(({ component, kind, count }, row) => ({ component, kind, count, share: weights[row] / all })),
    rateFactor: all / total,
  };
}

/** The median of a rate, for those who want one number. */
export function medianRate({ perChipHour: rate }: InterruptionRate): number {
  return rate.kind === "point" ? rate.at : rate.kind === "lognormal" ? exp(rate.logMean) : NaN;
}
