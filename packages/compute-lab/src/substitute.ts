import { log, power } from "@watershed/probability";
import { acceleratorOf } from "./accelerator.ts";
import type { MatrixFormat } from "./accelerator.ts";
import type { Banded, Uncertain } from "./band.ts";
import { bandOf, between, columnsOf } from "./band.ts";
import { goodput } from "./checkpoint.ts";
import type { CitationKey } from "./citations.ts";
import { cost } from "./cost.ts";
import { fleetRate, unseenFleetRate } from "./failures-rates.ts";
import { meanTimeBetweenFailuresSeconds, usualCheckpointSeconds, usualRestartSeconds } from "./failures.ts";
import { mixedSplit } from "./mixed.ts";
import type { MixedSplit } from "./mixed.ts";
import { predict } from "./predict.ts";
import type { LabProblem } from "./problem.ts";
import { readRun } from "./read-run.ts";
import { formatOf, substituteProblems } from "./substitute-question.ts";
import type { ChipSide, SubstituteQuestion } from "./substitute-question.ts";
import { trainingRate } from "./substitute-rates.ts";

/** Published runs of the chip, its peak times what other chips use of theirs, a prediction for one AI model, or the asker's own figure. */
export type RateBasis = "runs" | "peak" | "prediction" | "given";

/** What one side delivers. */
export interface SideAnswer {
  chip: string;
  format: MatrixFormat;
  chips: number;
  basis: RateBasis; // what the rate rests on
  publishedRuns: number; // that it rests on, where it does on runs
  teraflopsPerChip: Banded; // at a thousand chips
  delivered: Banded; // 10^18 FLOP/s of useful work with scale and failures
  goodput: Banded;
  powerMegawatts?: Banded; // rated, at the meter
  ownedPerHour?: Banded; // USD, capital, upkeep and power of all chips
}

export interface Substitution {
  have: SideAnswer;
  want: SideAnswer;
  ratio: Banded; // what is had over what is wanted, of delivered work
  chanceEnough: number; // that it is at least as much
  chipsNeeded: Banded; // of those had, for equal work; Infinity where no number does
  chipsPerChip: Banded; // of those had for one wanted
  chipsPerChipAlone: Banded; // the same without what scale and failures cost: published rates alone
  together: MixedSplit; // both in one job, at their median rates: how much longer a step takes than the sum of speeds allows
  chanceImpossible: number; // that more chips never do, because failures eat what they add
}

const REFERENCE_CHIPS = 1024; // published rates are from 64 to 6,144 chips, most near this
const MOST_CHIPS = 1e8;
const TENTH = 1.2815515655446004; // standard deviations from the middle of a normal to its ninth decile

/** Relative loss of utilisation per doubling of chips: 2 to 6 % at a fixed batch in print, less where the batch grows too. */
export const usualLossPerDoubling = between(0.01, 0.05);

/**
 * How many of one chip do the work of so many of another in equal time: published rates per chip, what scale costs, and failures on both sides
 * from the same draws (one team, one rate of failures per chip). Work is FLOP of the same AI model; memory and links must be checked with a prediction.
 */
export function substitute(question: SubstituteQuestion): { substitution?: Substitution; problems: LabProblem[] } {
  const problems = substituteProblems(question);
  if (problems.some(({ severity }) => severity === "error")) return { problems };
  const [have, want] = [sideOf(question.have, question), sideOf(question.want, question)];
  if (!have || !want)
    return {
      problems: [...problems, ...[question.have, question.want].flatMap((side, place) => noRate(side, ["have", "want"][place], question))],
    };
  return { substitution: answered(question, have, want), problems };
}

function answered(question: SubstituteQuestion, have: Side, want: Side): Substitution {
  const failure = failureRate(question);
  const columns = jointDraws(question, have, want, failure);
  const sources = [...new Set([...have.sources, ...want.sources, ...failure.sources, "daly" as const, "assumption" as const])];
  const share = (column: Float64Array, holds: (value: number) => boolean): number => column.filter(holds).length / column.length;
  const answer = (side: ChipSide, given: Side, rate: Float64Array, work: Float64Array, useful: Float64Array): SideAnswer => ({
    chip: acceleratorOf(side.chip)!.id,
    format: formatOf(side),
    chips: side.chips,
    basis: given.basis,
    publishedRuns: given.rows,
    teraflopsPerChip: bandOf(rate, "TFLOP/s per chip", given.sources),
    delivered: bandOf(work, "10^18 FLOP/s", sources),
    goodput: bandOf(useful, "share", [...failure.sources, "daly"]),
    ...powerOf(side),
  });
  return {
    have: answer(question.have, have, columns.hadRate, columns.had, columns.hadGoodput),
    want: answer(question.want, want, columns.wantedRate, columns.wanted, columns.wantedGoodput),
    ratio: bandOf(columns.ratio, "factor", sources),
    chanceEnough: share(columns.ratio, (ratio) => ratio >= 1),
    chipsNeeded: bandOf(columns.needed, "chips", sources),
    chipsPerChip: bandOf(columns.perChip, "chips per chip", sources),
    together: togetherOf(question, columns.hadRate, columns.wantedRate),
    chipsPerChipAlone: bandOf(columns.alone, "chips per chip", [...new Set([...have.sources, ...want.sources])]),
    chanceImpossible: share(columns.needed, (needed) => !Number.isFinite(needed)),
  };
}

/** Both sides in the same draws of failures and scale: one team. */
function jointDraws(question: SubstituteQuestion, have: Side, want: Side, failure: FailureInput) {
  const inputs = {
    haveRate: have.rate,
    wantRate: want.rate,
    interruptions: failure.rate,
    checkpointSeconds: usualCheckpointSeconds,
    restartSeconds: usualRestartSeconds.automatic,
    lossPerDoubling: question.lossPerDoubling ?? usualLossPerDoubling,
  };
  const alike = sameRate(question, have, want);
  return columnsOf(inputs, (each) => {
    const drawn = alike ? { ...each, wantRate: each.haveRate } : each;
    const team = { ...drawn, perChipHour: failure.reciprocal ? 1 / drawn.interruptions : drawn.interruptions };
    const had = delivered(question.have.chips, drawn.haveRate, team);
    const wanted = delivered(question.want.chips, drawn.wantRate, team);
    const needed = chipsFor(wanted.work, drawn.haveRate, team);
    return {
      had: had.work / 1e18,
      wanted: wanted.work / 1e18,
      hadGoodput: had.goodput,
      wantedGoodput: wanted.goodput,
      hadRate: drawn.haveRate / 1e12,
      wantedRate: drawn.wantRate / 1e12,
      ratio: had.work / wanted.work,
      needed,
      perChip: needed / question.want.chips,
      alone: drawn.wantRate / drawn.haveRate,
    };
  });
}

/** The same chip in the same format does on both sides what it does: one unknown rate, not two. */
function sameRate(question: SubstituteQuestion, have: Side, want: Side): boolean {
  const [one, other] = [question.have, question.want].map(({ chip }) => acceleratorOf(chip)!.id);
  return one === other && have.basis !== "given" && JSON.stringify(have.rate) === JSON.stringify(want.rate);
}

interface FailureInput {
  rate: Uncertain;
  reciprocal: boolean; // chip-hours per interruption instead of interruptions per chip-hour
  sources: CitationKey[];
}

interface Side {
  rate: Uncertain;
  basis: RateBasis;
  rows: number;
  sources: CitationKey[];
}

interface Team {
  perChipHour: number;
  checkpointSeconds: number;
  restartSeconds: number;
  lossPerDoubling: number;
}

/** Useful FLOP/s of a job: rate, times what doublings of scale leave, times useful time. */
function delivered(chips: number, rate: number, { perChipHour, checkpointSeconds, restartSeconds, lossPerDoubling }: Team) {
  const doublings = log(chips / REFERENCE_CHIPS) / log(2);
  const scaled = chips > REFERENCE_CHIPS ? power(1 - lossPerDoubling, doublings) : 1;
  const useful = goodput({
    meanTimeBetweenFailuresSeconds: meanTimeBetweenFailuresSeconds(chips, perChipHour),
    checkpointSeconds,
    restartSeconds,
  });
  return { work: chips * rate * scaled * useful, goodput: useful };
}

/** The fewest chips that deliver so much, Infinity where none do: delivered work rises to one peak and falls, so the rise is halved up to there. */
function chipsFor(work: number, rate: number, team: Team): number {
  const at = (chips: number): number => delivered(chips, rate, team).work;
  let most = 2;
  while (most < MOST_CHIPS && at(most) < work && at(2 * most) > at(most)) most *= 2;
  if (at(most) < work) most = peakBetween(most / 2, 4 * most, at);
  if (at(most) < work) return Infinity;
  let low = 0;
  for (let halving = 0; halving < 40 && most - low > 0.5; halving++) {
    const middle = (low + most) / 2;
    if (at(middle) < work) low = middle;
    else most = middle;
  }
  return most;
}

/** Where a function with one peak is highest, to a thousandth. */
function peakBetween(from: number, to: number, at: (chips: number) => number): number {
  let [low, high] = [from, to];
  while (high / low > 1.001) {
    const [one, other] = [low + (high - low) / 3, high - (high - low) / 3];
    if (at(one) < at(other)) low = one;
    else high = other;
  }
  return (low + high) / 2;
}

function sideOf(side: ChipSide, { kind = "dense", aiModel, software }: SubstituteQuestion): Side | undefined {
  if (side.flopsPerSecondPerChip !== undefined) return { rate: side.flopsPerSecondPerChip, basis: "given", rows: 0, sources: [] };
  if (aiModel !== undefined) return predictedSide(side, aiModel, software);
  const found = trainingRate(acceleratorOf(side.chip)!, formatOf(side), kind);
  return found && { rate: found.flopsPerSecondPerChip, basis: found.rows > 0 ? "runs" : "peak", rows: found.rows, sources: found.sources };
}

/** The rate for one AI model on a thousand chips, or on as many more as it takes to hold it; what larger jobs lose is added as for published runs. */
function predictedSide(side: ChipSide, aiModel: string, software: string | undefined): Side | undefined {
  for (const count of [1, 2, 4, 8, 16].map((times) => times * REFERENCE_CHIPS)) {
    const plan = { precision: formatOf(side) };
    const {
      aiModel: dimensions,
      cluster,
      printed,
      software: stack,
    } = readRun({ model: aiModel, chips: { name: side.chip, count }, plan, software });
    if (!dimensions || !cluster) return undefined;
    const { memory, flopsPerSecondPerChip, stepSeconds, stepSecondsHigh } = predict({
      aiModel: dimensions,
      cluster,
      printed,
      software: stack,
    });
    if (!memory.fits) continue;
    const logStandardDeviation = log(stepSecondsHigh / stepSeconds) / TENTH;
    const rate = { kind: "lognormal", logMean: log(flopsPerSecondPerChip), logStandardDeviation } as const;
    return { rate, basis: "prediction", rows: 0, sources: ["measuredRuns"] };
  }
  return undefined;
}

/** Both sides in one job: batches or layers by median speed. */
function togetherOf(
  { have, want, microbatches = 1024, layers = 96 }: SubstituteQuestion,
  hadRate: Float64Array,
  wantedRate: Float64Array,
): MixedSplit {
  const groups = [
    { chips: have.chips, flopsPerSecondPerChip: bandOf(hadRate, "", []).amount },
    { chips: want.chips, flopsPerSecondPerChip: bandOf(wantedRate, "", []).amount },
  ];
  return mixedSplit(groups, { microbatches, layers });
}

function noRate(side: ChipSide, at: string, question: SubstituteQuestion): LabProblem[] {
  return sideOf(side, question)
    ? []
    : [{ code: "missing", severity: "error", at: `${at}.flopsPerSecondPerChip`, params: { chip: side.chip } }];
}

function failureRate({ fleet, chipHoursPerInterruption: own }: SubstituteQuestion): {
  rate: Uncertain;
  reciprocal: boolean;
  sources: CitationKey[];
} {
  if (own !== undefined) return { rate: own, reciprocal: true, sources: [] };
  const found = (fleet === undefined ? undefined : fleetRate(fleet)) ?? unseenFleetRate();
  return { rate: found.perChipHour, reciprocal: false, sources: found.sources };
}

function powerOf({ chip, chips }: ChipSide): Pick<SideAnswer, "powerMegawatts" | "ownedPerHour"> {
  const { powerMegawatts, owned } = cost({ chip, chips, chipHours: chips }); // an hour of all of them
  return { ...(powerMegawatts ? { powerMegawatts } : {}), ...(owned ? { ownedPerHour: { ...owned, unit: "USD per hour" } } : {}) };
}
