import wholeRuns from "../data/whole-runs.json" with { type: "json" };
import type { Distribution } from "@watershed/probability";
import { exp, log } from "@watershed/probability";
import type { Banded } from "./band.ts";
import { bandOf, columnsOf } from "./band.ts";
import { goodput } from "./checkpoint.ts";
import type { CitationKey } from "./citations.ts";
import { componentShares, unseenFleetRate } from "./failures-rates.ts";
import { meanTimeBetweenFailuresSeconds, usualCheckpointSeconds, usualRestartSeconds } from "./failures.ts";
import { parametersOf } from "./flops.ts";
import { degreesOf, fastestSite, fastestUse, mayFit } from "./fastest-use.ts";
import type { Prediction } from "./prediction.ts";
import type { LabProblem } from "./problem.ts";
import { readRun } from "./read-run.ts";
import { exchangeOf, usualLinkShare, usualOverlap } from "./sites.ts";
import { utilisation } from "./sites-utilisation.ts";
import { bandFactor } from "./spread.ts";
import { batchProblems } from "./usual-batch.ts";

/** A whole training: a run in the format of the published rows, how many tokens, and what its team tells of its site. */
export interface TrainingRun {
  row: unknown; // model, chips, plan, software
  tokens: number;
  measured?: unknown[]; // rows of the same team with a measured step
  chipHoursPerInterruption?: number;
  restart?: "automatic" | "manual";
  pure?: boolean; // without what whole trainings take beyond their steps and failures
  sites?: { count: number; gigabits: number; kilometres?: number; localSteps?: number };
}

/** Days of a whole training, and what they are made of. */
export interface TrainingForecast {
  days: Banded;
  distribution: Distribution; // lognormal through the band, days
  goodput: Banded;
  overhead: Banded; // calendar over steps and failures
  siteShare: Banded; // of time that computes rather than waits for other sites
  chips: number; // that train; the rest of the cluster are spares
  prediction: Prediction;
}

const SOURCES: CitationKey[] = ["measuredRuns", "wholeRuns", "daly"];
/** What calendars add to predicted steps and failures. */
export const wholeRunOverhead = { kind: "lognormal", ...wholeRuns.overhead } as const;
const DECILES = 2 * 1.2815515655446004;

/**
 * Calendar days to train on so many tokens: the predicted step with the error that unseen papers showed, failures with the best checkpoint interval,
 * waiting for other sites where there are any, and what whole trainings took beyond that: halts, runs given up, evaluation (nine runs, `data/whole-runs.json`).
 * Nothing is added for experiments before, or for a cluster that is not there yet.
 */
export function trainingDays(run: TrainingRun): { forecast?: TrainingForecast; problems: LabProblem[] } {
  const read = readRun(run.row);
  // a split that leaves chips over trains on as many as it divides
  const splits = read.printed.dataParallel === undefined;
  const told = read.problems.filter(({ code }) => !(splits && code === "productNotChips"));
  const problems = [...told, ...(run.tokens > 0 ? [] : [notPositive(run.tokens)])];
  const { aiModel, cluster, printed, software } = read;
  if (!aiModel || !cluster || problems.some(({ severity }) => severity === "error")) return { problems };
  if (cluster.chips < degreesOf(printed)) return { problems: read.problems };
  const { prediction, chips } = fastestUse(
    { aiModel, cluster, printed, software },
    fastestSite((run.measured ?? []).map((row) => readRun(row))),
  );
  if (!mayFit(prediction))
    return { problems: [...problems, ...prediction.problems.map((one) => ({ ...one, severity: "error" as const }))] };
  if (chips < cluster.chips) problems.push({ code: "chosen", severity: "note", at: "chips.count", params: { taken: chips } });
  const sequences = prediction.plan.globalBatchSize;
  problems.push(...batchProblems(printed.globalBatchSize, { sequences, sequenceLength: aiModel.sequenceLength, chips }));
  const spread = log(prediction.stepSecondsHigh / prediction.stepSeconds) / bandFactor;
  const chipsPerHost = Math.min(8, cluster.scaleUpChips);
  const parts = run.sites?.localSteps === undefined ? 1 : run.sites.count;
  const sync = run.sites && siteExchange(run.sites, parametersOf(aiModel).total, prediction);
  const inputs = {
    error: { kind: "student", degreesOfFreedom: 4, location: 0, scale: 1 } as const,
    rate: run.chipHoursPerInterruption ?? unseenFleetRate().perChipHour,
    checkpointSeconds: usualCheckpointSeconds,
    restartSeconds: usualRestartSeconds[run.restart ?? "automatic"],
    overhead: run.pure ? 1 : wholeRunOverhead,
    overlap: usualOverlap,
    linkShare: usualLinkShare,
  };
  const { rateFactor } = componentShares(chipsPerHost);
  const ideal = run.tokens / prediction.tokensPerSecond / 86_400;
  const columns = columnsOf(inputs, (drawn) => {
    const perChipHour = run.chipHoursPerInterruption === undefined ? drawn.rate * rateFactor : 1 / drawn.rate;
    const mean = meanTimeBetweenFailuresSeconds(Math.ceil(chips / parts), perChipHour);
    const useful = goodput({ meanTimeBetweenFailuresSeconds: mean, ...drawn });
    const slower = exp(spread * drawn.error);
    const computes = sync ? sync(prediction.stepSeconds * slower, drawn.overlap, drawn.linkShare) : 1;
    return { useful, computes, overhead: drawn.overhead, days: (ideal * slower * drawn.overhead) / (useful * computes) };
  });
  const days = bandOf(columns.days, "days", [...SOURCES, ...(sync ? (["diloco", "assumption"] as const) : [])]);
  return {
    forecast: {
      days,
      distribution: {
        kind: "lognormal",
        logMean: log(days.amount),
        logStandardDeviation: Math.max(1e-6, log(days.high / days.low) / DECILES),
      },
      goodput: bandOf(columns.useful, "share", [...unseenFleetRate().sources, "daly"]),
      overhead: bandOf(columns.overhead, "factor", ["wholeRuns"]),
      siteShare: bandOf(columns.computes, "share", sync ? ["diloco", "assumption"] : []),
      chips,
      prediction,
    },
    problems,
  };
}

/** The share of time that computes, by step time and what the link does. */
function siteExchange(sites: NonNullable<TrainingRun["sites"]>, parameters: number, { tokensPerSecond, stepSeconds }: Prediction) {
  const { count, gigabits, kilometres, localSteps } = sites;
  const scheme = localSteps === undefined ? "everyStep" : "localSteps";
  return (seconds: number, overlap: number, linkShare: number): number => {
    const question = {
      parameters,
      tokensPerStep: tokensPerSecond * stepSeconds,
      stepSeconds: seconds,
      sites: count,
      kilometres,
      gigabitsPerSecond: [gigabits],
    };
    const exchange = exchangeOf(question, scheme, localSteps ?? 1, { flops: 1, overlap });
    return utilisation({ ...exchange, bytesPerSecond: (gigabits * linkShare * 1e9) / 8 });
  };
}

function notPositive(tokens: number): LabProblem {
  return { code: "notPositive", severity: "error", at: "tokens", params: { given: tokens } };
}
