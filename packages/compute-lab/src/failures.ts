import type { Distribution } from "@watershed/probability";
import { intervalDistribution, normalQuantile, power, quantile } from "@watershed/probability";
import type { Banded } from "./band.ts";
import { bandOf, columnsOf } from "./band.ts";
import { goodput, optimalIntervalSeconds } from "./checkpoint.ts";
import type { CitationKey } from "./citations.ts";
import { failureProblems } from "./failures-question.ts";
import type { FailureQuestion } from "./failures-question.ts";
import type { ComponentShare, InterruptionRate } from "./failures-rates.ts";
import { componentShares, fleetRate, unseenFleetRate } from "./failures-rates.ts";
import type { LabProblem } from "./problem.ts";

/** What failures do to a job of one size. */
export interface FailureRow {
  chips: number;
  hosts: number;
  hoursBetweenInterruptions: Banded;
  checkpointIntervalSeconds: Banded; // the best one
  goodput: Banded;
  spareHosts: Banded; // enough with 99 % at any moment
  slowdownBySlowHost: Banded; // of every step, where slow hosts are not taken out
  days?: Banded; // with `chipHours`
  interruptions?: Banded; // of the whole run, with `chipHours`
}

export interface FailureForecast {
  rows: FailureRow[];
  components: ComponentShare[];
  problems: LabProblem[];
}

/** Seconds a synchronous or asynchronous checkpoint halts training: in-memory copies take about two, writes to storage up to a minute (5 % beyond each end). */
export const usualCheckpointSeconds = intervalDistribution(2, 60);

/** Seconds from a failure to training on: minutes where software does it all, hours where people are called (5 % beyond each end). */
export const usualRestartSeconds: Record<"automatic" | "manual", Distribution> = {
  automatic: intervalDistribution(180, 900),
  manual: intervalDistribution(3600, 8 * 3600),
};

const usualRepairHours = intervalDistribution(24, 7 * 24);
const SPARE_COVERAGE = 0.99;
// MegaScale 2024: about 0.5 % of hosts about 10 % slow; how far other fleets differ is not in print, so each end is a factor of two away
const slowHostShare = intervalDistribution(0.0025, 0.01);
const slowHostLoss = intervalDistribution(0.05, 0.2);
const restartSources: CitationKey[] = ["daly", "megascale", "byterobust", "bloom"];

/**
 * How often a synchronous job of each size is interrupted, what it loses with the best checkpoint interval, and what it needs in spares.
 * Bands hold the truth four times in five if the team's fleet is one more of those published; a checkpoint is taken at the best interval of each draw.
 */
export function failures(question: FailureQuestion): FailureForecast {
  const problems = failureProblems(question);
  if (problems.some(({ severity }) => severity === "error")) return { rows: [], components: [], problems };
  const chipsPerHost = question.chipsPerHost ?? 8;
  const { shares, rateFactor } = componentShares(chipsPerHost);
  const rate = rateOf(question);
  const rows = question.chips.map((chips) => failureRow(question, chips, rate, rateFactor));
  return { rows: rows.map(withoutEndless), components: shares, problems: [...problems, ...rows.flatMap(endlessProblem)] };
}

/** Whether a job may never be done: in a tenth of its draws or more it is always interrupted before it gets anywhere. */
function isEndless({ days, interruptions }: FailureRow): boolean {
  return [days, interruptions].some((figure) => figure !== undefined && !Number.isFinite(figure.high));
}

function withoutEndless(row: FailureRow): FailureRow {
  return isEndless(row) ? { ...row, days: undefined, interruptions: undefined } : row;
}

function endlessProblem(row: FailureRow): LabProblem[] {
  return isEndless(row) ? [{ code: "neverDone", severity: "warning", at: "chips", params: { given: row.chips } }] : [];
}

/** Mean time between interruptions of a job in seconds, from a rate per chip and hour. */
export function meanTimeBetweenFailuresSeconds(chips: number, perChipHour: number): number {
  return 3600 / (chips * perChipHour);
}

function rateOf({ fleet, chipHoursPerInterruption: own }: FailureQuestion): InterruptionRate & { reciprocal: boolean } {
  if (own !== undefined) return { perChipHour: typeof own === "number" ? { kind: "point", at: own } : own, sources: [], reciprocal: true };
  return { ...((fleet === undefined ? undefined : fleetRate(fleet)) ?? unseenFleetRate()), reciprocal: false };
}

function failureRow(
  question: FailureQuestion,
  chips: number,
  rate: InterruptionRate & { reciprocal: boolean },
  rateFactor: number,
): FailureRow {
  const chipsPerHost = question.chipsPerHost ?? 8;
  const hosts = Math.ceil(chips / chipsPerHost);
  const inputs = {
    rate: rate.perChipHour,
    checkpointSeconds: question.checkpointSeconds ?? usualCheckpointSeconds,
    restartSeconds: question.restartSeconds ?? usualRestartSeconds[question.restart ?? "automatic"],
    repairHours: question.repairHours ?? usualRepairHours,
    chipHours: question.chipHours ?? 0,
    slowHostShare,
    slowHostLoss,
  };
  const columns = columnsOf(inputs, (drawn) => {
    const { checkpointSeconds, restartSeconds, chipHours } = drawn;
    const perChipHour = rate.reciprocal ? 1 / drawn.rate : drawn.rate * rateFactor;
    const regime = {
      meanTimeBetweenFailuresSeconds: meanTimeBetweenFailuresSeconds(chips, perChipHour),
      checkpointSeconds,
      restartSeconds,
    };
    const interval = optimalIntervalSeconds(regime);
    const useful = goodput(regime, interval);
    return {
      hours: regime.meanTimeBetweenFailuresSeconds / 3600,
      interval,
      useful,
      inRepair: chips * perChipHour * drawn.repairHours,
      days: chipHours / (24 * chips * useful),
      interruptions: (chipHours / useful) * perChipHour,
      slowed: drawn.slowHostLoss * (1 - power(1 - drawn.slowHostShare, hosts)),
    };
  });
  const restart = question.restartSeconds === undefined ? restartSources : (["daly"] as CitationKey[]);
  const sources = [...new Set([...rate.sources, ...restart])];
  return {
    chips,
    hosts,
    hoursBetweenInterruptions: bandOf(columns.hours, "hours", rate.sources),
    checkpointIntervalSeconds: bandOf(columns.interval, "seconds", sources),
    goodput: bandOf(columns.useful, "share", sources),
    spareHosts: spareHosts(
      bandOf(columns.inRepair, "hosts", [...rate.sources, ...(question.repairHours === undefined ? (["assumption"] as const) : [])]),
    ),
    slowdownBySlowHost: bandOf(columns.slowed, "share", ["megascale", "assumption"]),
    ...(question.chipHours === undefined
      ? {}
      : { days: bandOf(columns.days, "days", sources), interruptions: bandOf(columns.interruptions, "interruptions", sources) }),
  };
}

/** Spares that are enough with 99 % at any moment: hosts in repair are Poisson whatever repairs take (Palm's theorem), and more on average need more spares. */
function spareHosts(inRepair: Banded): Banded {
  const above = normalQuantile(SPARE_COVERAGE);
  // so many are normal to a part in ten thousand of their spread, and counting on to the exact number would not end
  const enough = (mean: number): number =>
    mean > 1e8 ? Math.ceil(mean + above * Math.sqrt(mean)) : quantile({ kind: "poisson", mean }, SPARE_COVERAGE);
  return { ...inRepair, amount: enough(inRepair.amount), low: enough(inRepair.low), high: enough(inRepair.high) };
}
