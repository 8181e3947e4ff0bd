import {
  accelerators,
  acrossSites,
  cost,
  failures,
  fastestSite,
  fastestUse,
  mayFit,
  namesToChoose,
  parametersOf,
  publishedAiModels,
  readAcrossSites,
  readRun,
  readSite,
  roofline,
  sites,
  trainingDays,
} from "@watershed/compute-lab";
import type {
  AcrossSitesForecast,
  AcrossSitesQuestion,
  Banded,
  CostForecast,
  FailureRow,
  LabProblem,
  Prediction,
  Roofline,
  SchemeAnswer,
} from "@watershed/compute-lab";
import { log, stream } from "@watershed/probability";
import { acrossOf, measuredRows, rowOf } from "./setting.ts";
import type { LabSetting } from "./setting.ts";

/** What the page may ask the worker of the compute lab. */
export type LabAsked =
  | { ask: "catalogue" }
  | { ask: "step"; setting: LabSetting } // the training step: what a drag has to show at once
  | { ask: "run"; setting: LabSetting } // the whole training: days, failures, sites, cost
  | { ask: "frontier"; setting: LabSetting; chips: number[] };

export interface LabChip {
  id: string;
  aliases: string[];
  vendor: string;
  year: number;
  memoryBytes: number;
  formats: string[];
  verified: boolean;
}

export interface Catalogue {
  aiModels: { name: string; row: Record<string, unknown> }[];
  chips: LabChip[];
}

export interface StepView {
  prediction?: Prediction;
  trainingChips?: number; // that train; a number that splits badly keeps some as spares
  mayFit?: boolean; // short of memory by less than the prediction errs
  parameters?: { total: number; active: number };
  roofline?: Roofline;
  problems: LabProblem[];
  milliseconds: number;
}

export interface RunView {
  days?: Banded;
  goodput?: Banded;
  siteShare?: Banded;
  failures?: FailureRow;
  schemes?: SchemeAnswer[];
  across?: AcrossSitesForecast; // of sites that are not alike
  cost?: Partial<CostForecast>;
  key: string;
  problems: LabProblem[];
  milliseconds: number;
}

export interface FrontierPoint {
  chips: number;
  days?: Banded;
}

export interface LabAnswers {
  catalogue: Catalogue;
  step: StepView;
  run: RunView;
  frontier: FrontierPoint[];
}

/** Everything that the page's worker of the compute lab can do. */
export function labAnswer(asked: LabAsked): LabAnswers[LabAsked["ask"]] {
  switch (asked.ask) {
    case "catalogue":
      return catalogue();
    case "step":
      return stepView(asked.setting);
    case "run":
      return asked.setting.others.length > 0 ? acrossView(asked.setting) : runView(asked.setting);
    case "frontier":
      // the first site's chips against days of all sites: a search for each is too slow to follow
      if (asked.setting.others.length > 0) return [];
      return asked.chips.map((chips) => ({ chips, days: trainingOf({ ...asked.setting, chips }).forecast?.days }));
  }
}

function catalogue(): Catalogue {
  return {
    aiModels: namesToChoose().map((name) => ({ name, row: publishedAiModels[name] })),
    chips: accelerators.map(({ id, aliases, vendor, year, memoryBytes, peakFlops, confidence }) => ({
      id,
      aliases,
      vendor,
      year,
      memoryBytes,
      formats: Object.keys(peakFlops),
      verified: confidence !== "unverified" && confidence !== "announced",
    })),
  };
}

function stepView(setting: LabSetting): StepView {
  const start = performance.now();
  const rows = measuredRows(setting);
  const measured = { site: fastestSite(rows.map((row) => readRun(row))), problems: readSite(rows).problems };
  const { aiModel, cluster, printed, software, problems: own } = readRun(rowOf(setting));
  const problems = [...own, ...measured.problems];
  if (!aiModel || !cluster || own.some(({ severity }) => severity === "error"))
    return { problems, milliseconds: performance.now() - start };
  const { prediction, chips: trainingChips } = fastestUse({ aiModel, cluster, printed, software }, measured.site);
  const { total, active } = parametersOf(aiModel);
  return {
    prediction,
    trainingChips,
    mayFit: mayFit(prediction),
    parameters: { total, active },
    roofline: roofline({ aiModel, cluster: { ...cluster, chips: trainingChips }, plan: prediction.plan, software }),
    problems,
    milliseconds: performance.now() - start,
  };
}

/** A training under a setting, with the sites that it names. */
function trainingOf(setting: LabSetting): ReturnType<typeof trainingDays> {
  const { tokens, restart, chipHoursPerInterruption, sites: count, gigabits, kilometres, localSteps } = setting;
  return trainingDays({
    row: rowOf(setting),
    tokens,
    restart,
    measured: measuredRows(setting),
    ...(chipHoursPerInterruption > 0 ? { chipHoursPerInterruption } : {}),
    ...(count > 1 ? { sites: { count, gigabits, kilometres, ...(localSteps > 1 ? { localSteps } : {}) } } : {}),
  });
}

function runView(setting: LabSetting): RunView {
  const start = performance.now();
  const { forecast, problems } = trainingOf(setting);
  const key = labKey(setting);
  if (!forecast) return { key, problems, milliseconds: performance.now() - start };
  const { days, distribution, goodput, siteShare, chips: trainingChips } = forecast;
  const { chip, chips, tokens, restart } = setting;
  const paid = distribution.kind === "lognormal" ? { ...distribution, logMean: distribution.logMean + log(24 * chips) } : undefined;
  const failed = failures({ chips: [trainingChips], restart });
  const paidFor = paid && cost({ chip, chips, chipHours: paid, tokens });
  return {
    days,
    goodput,
    siteShare,
    failures: failed.rows[0],
    schemes: schemesOf(setting, forecast.prediction.stepSeconds, forecast.prediction.plan.globalBatchSize),
    cost: paidFor,
    key,
    problems: [...problems, ...failed.problems, ...(paidFor?.problems ?? [])],
    milliseconds: performance.now() - start,
  };
}

/** The whole training on sites that are not alike, by the best way to use them. */
function acrossView(setting: LabSetting): RunView {
  const start = performance.now();
  const { tokens, restart, chipHoursPerInterruption, sites: count } = setting;
  const key = labKey(setting);
  const { question, problems: read } = readAcrossSites(acrossOf(setting));
  const measured = fastestSite(measuredRows(setting).map((row) => readRun(row)));
  const own = chipHoursPerInterruption > 0 ? { chipHoursPerInterruption } : {};
  const { forecast, problems: found } = question ? acrossSites({ ...question, measured, restart, ...own }) : { problems: [] };
  const problems = [...read, ...found];
  if (!question || !forecast) return { key, problems, milliseconds: performance.now() - start };
  const best = forecast.schemes[0];
  const chips = best.sites.reduce((sum, site) => sum + site.chips, 0);
  const perSite = best.scheme === "localSteps" || best.scheme === "streaming" ? Math.ceil(chips / count) : chips;
  const failed = failures({ chips: [perSite], restart, ...own });
  return {
    days: best.calendarDays,
    goodput: best.goodput,
    siteShare: best.share,
    failures: failed.rows[0],
    across: forecast,
    cost: costOfAll(question.sites, best.calendarDays, tokens),
    key,
    problems: [...problems, ...failed.problems],
    milliseconds: performance.now() - start,
  };
}

/** The bill of all sites for the same days. What moves prices and days moves them for every site, so the ends of bands add up as the middles do. */
function costOfAll(sites: AcrossSitesQuestion["sites"], days: Banded, tokens: number): Partial<CostForecast> {
  const logStandardDeviation = Math.max(1e-6, log(days.high / days.low) / (2 * 1.2815515655446004));
  const bills = sites.map(({ cluster: { accelerator, chips } }) =>
    cost({
      chip: accelerator.id,
      chips,
      chipHours: { kind: "lognormal", logMean: log(days.amount * 24 * chips), logStandardDeviation },
      tokens,
    }),
  );
  const names = ["rental", "owned", "capital", "rentalPerMillionTokens", "energyMegawattHours", "powerMegawatts"] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const all = bills.flatMap((bill) => bill[name] ?? []);
      if (all.length < bills.length) return [];
      const sum = (of: "amount" | "low" | "high"): number => all.reduce((total, one) => total + one[of], 0);
      const sources = [...new Set(all.flatMap((one) => one.sources))];
      return [[name, { amount: sum("amount"), low: sum("low"), high: sum("high"), unit: all[0].unit, sources }]];
    }),
  );
}

/** What every way of keeping several sites equal costs; nothing for one site. */
function schemesOf(setting: LabSetting, stepSeconds: number, globalBatchSize: number): SchemeAnswer[] | undefined {
  const { sites: count, gigabits, kilometres, localSteps, tokens } = setting;
  const { aiModel } = readRun(rowOf(setting));
  if (count < 2 || !aiModel) return undefined;
  const { total, active } = parametersOf(aiModel);
  const { schemes } = sites({
    parameters: total,
    activeParameters: active,
    tokensPerStep: globalBatchSize * aiModel.sequenceLength,
    tokens,
    stepSeconds,
    sites: count,
    gigabitsPerSecond: [gigabits],
    kilometres,
    localSteps: localSteps > 1 ? localSteps : 100,
  });
  return schemes;
}

/** Changes whenever the way from a setting to its figures could give others. */
const labVersion = "lab-4";

/** Sixteen hexadecimal digits that name a setting and the way it was computed: same key, same figures. */
export function labKey(setting: LabSetting): string {
  const words = stream(labVersion, JSON.stringify([rowOf(setting), measuredRows(setting), setting]));
  return [0, 1].map((at) => words.uint32(at).toString(16).padStart(8, "0")).join("");
}
