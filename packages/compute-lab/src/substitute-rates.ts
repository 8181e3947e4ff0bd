import type { Distribution } from "@watershed/probability";
import { log } from "@watershed/probability";
import measured from "../data/measured-rates.json" with { type: "json" };
import type { Accelerator, MatrixFormat } from "./accelerator.ts";
import { acceleratorOf } from "./accelerator.ts";
import type { CitationKey } from "./citations.ts";

/** What a chip reaches per second in training, and what it rests on. */
export interface TrainingRate {
  flopsPerSecondPerChip: Distribution; // model FLOP, causal attention counted half
  rows: number; // published runs of this chip and format; 0 where it is peak times what other chips use of theirs
  sources: CitationKey[];
}

/** One published run of `data/measured-rates.json`. */
export interface MeasuredRate {
  id: string;
  group: string;
  chip: string;
  format: string;
  kind: string;
  chips: number;
  teraflopsPerChip: number;
}

/** Every published rate, and where each group of rows is printed. */
export const measuredRates: MeasuredRate[] = measured.rows;
export const measuredRateSources: Record<string, { title: string; address: string }> = measured.sources;

export type AiModelKind = "dense" | "experts";

/**
 * The rate of a run nobody has seen: lognormal through the published runs of this chip, format and kind of AI model.
 * No group spreads less than the typical one. A chip without rows gets its peak times the share that other chips use, wider where its peak is unverified.
 */
export function trainingRate(
  chip: Accelerator,
  format: MatrixFormat,
  kind: AiModelKind,
  among: MeasuredRate[] = measuredRates,
): TrainingRate | undefined {
  const own = logsOf(among.filter((row) => row.chip === chip.id && row.format === format && row.kind === kind));
  const pooled = pooledDeviation(among);
  if (own.length > 0) {
    // rows of one source agree more than sources do: no group is believed to spread less than the typical one
    const deviation = Math.max(deviationOf(own), pooled);
    return {
      flopsPerSecondPerChip: lognormal(meanOf(own), deviation * Math.sqrt(1 + 1 / own.length)),
      rows: own.length,
      sources: ["measuredRuns"],
    };
  }
  const peak = chip.peakFlops[format];
  const shares = peakShares(format, kind, among);
  if (peak === undefined || shares.length === 0) return undefined;
  const doubt = chip.confidence === "table" ? 0 : PEAK_DOUBT;
  const deviation = Math.sqrt(deviationOf(shares) * deviationOf(shares) + doubt * doubt);
  return {
    flopsPerSecondPerChip: lognormal(meanOf(shares) + log(peak), deviation * Math.sqrt(1 + 1 / shares.length)),
    rows: 0,
    sources: ["measuredRuns", "assumption"],
  };
}

// Printed peaks of one chip range from 280 to 376 TFLOP/s (Ascend 910B): a standard deviation of 0.15 in the logarithm.
const PEAK_DOUBT = 0.15;

/** Logarithms of what published runs use of their chip's peak in this format. */
function peakShares(format: MatrixFormat, kind: AiModelKind, among: MeasuredRate[]): number[] {
  return among
    .filter((row) => row.format === format && row.kind === kind)
    .flatMap((row) => {
      const peak = acceleratorOf(row.chip)?.peakFlops[format];
      return peak === undefined ? [] : [log((row.teraflopsPerChip * 1e12) / peak)];
    });
}

/** The typical spread within a group of three and more rows: root mean square of their deviations. */
function pooledDeviation(among: MeasuredRate[]): number {
  const groups = new Map<string, MeasuredRate[]>();
  for (const row of among) {
    const key = `${row.chip}/${row.format}/${row.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const variances = [...groups.values()]
    .filter((rows) => rows.length > 2)
    .map((rows) => deviationOf(logsOf(rows)) * deviationOf(logsOf(rows)));
  return Math.sqrt(meanOf(variances));
}

function logsOf(rows: MeasuredRate[]): number[] {
  return rows.map(({ teraflopsPerChip }) => log(teraflopsPerChip * 1e12));
}

function lognormal(logMean: number, logStandardDeviation: number): Distribution {
  return { kind: "lognormal", logMean, logStandardDeviation };
}

function meanOf(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviationOf(values: number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1));
}
