import { expm1, log } from "@watershed/probability";
import { calibrated, calibratedWithout } from "./calibration.ts";
import type { Calibration } from "./calibration.ts";
import { estimateStep } from "./complete-plan.ts";
import type { Estimate } from "./complete-plan.ts";
import type { PublishedRun } from "./published-runs.ts";
import { readRun } from "./read-run.ts";
import { measuredRun, siteCorrection } from "./site.ts";
import { bandFactor } from "./spread.ts";

/** How predictions did on one paper's runs of one kind. */
export interface PaperValidation {
  group: string;
  experts: boolean;
  rows: number;
  /** Of step time, predicted over measured less one. */
  meanAbsoluteError: number;
  medianAbsoluteError: number;
  bias: number;
  worst: { id: string; error: number };
  /** Share of rows that the 80% band holds. */
  coverage: number;
}

export interface Validation {
  papers: PaperValidation[];
  dense: PaperValidation;
  experts: PaperValidation;
  all: PaperValidation;
}

export interface ValidationOptions {
  /** Constants that saw the paper too: the fit, not a test. */
  inSample?: boolean;
  /** Measured rows of the same site (paper, software, chip) known beforehand: 0 to 3. */
  knownRows?: number;
}

interface Tested {
  id: string;
  group: string;
  site: string;
  experts: boolean;
  estimate: Estimate;
  softwareKnown: boolean;
  measuredSeconds: number;
}

/** Predicts every published run by constants that never saw its paper, and tells how far off that is, paper by paper. */
export function validate(runs: PublishedRun[], { inSample = false, knownRows = 0 }: ValidationOptions = {}): Validation {
  const tested = runs.flatMap((run) => testedRow(run, inSample ? calibrated : calibratedWithout(run.group)));
  const sites = Map.groupBy(tested, ({ site, experts }) => `${site} ${experts}`);
  const outcomes = tested.flatMap((row) => {
    const others = sites.get(`${row.site} ${row.experts}`)!.filter((other) => other !== row);
    return others.length < knownRows ? [] : [outcomeOf(row, spreadOver(others, knownRows))];
  });
  const papers = [...Map.groupBy(outcomes, ({ row }) => `${row.group} ${row.experts}`).values()].map((of) => summary(of[0].row.group, of));
  return {
    papers,
    dense: summary(
      "",
      outcomes.filter(({ row }) => !row.experts),
    ),
    experts: summary(
      "",
      outcomes.filter(({ row }) => row.experts),
    ),
    all: summary("", outcomes),
  };
}

function testedRow(run: PublishedRun, k: Calibration): Tested[] {
  const { aiModel, cluster, printed, software, problems, measuredStepSeconds } = readRun(run);
  if (!aiModel || !cluster || measuredStepSeconds === undefined || problems.some(({ severity }) => severity === "error")) return [];
  return [
    {
      id: run.id,
      group: run.group,
      site: `${run.group} ${run.software} ${cluster.accelerator.id}`,
      experts: aiModel.experts !== null,
      estimate: estimateStep({ aiModel, cluster, printed, software }, k),
      softwareKnown: software.date !== null,
      measuredSeconds: measuredStepSeconds,
    },
  ];
}

/** So many rows of a list, evenly spread over it. */
function spreadOver(others: Tested[], count: number): Tested[] {
  return Array.from({ length: count }, (_, index) => others[Math.floor(((index + 0.5) * others.length) / count)]);
}

interface Outcome {
  row: Tested;
  logError: number;
  held: boolean;
}

function outcomeOf(row: Tested, known: Tested[]): Outcome {
  const measured = known.map(({ estimate, softwareKnown, measuredSeconds }) => measuredRun(estimate, softwareKnown, measuredSeconds));
  const { shift, spread } = siteCorrection(measured, row.estimate, row.softwareKnown);
  const logError = log(row.estimate.seconds / row.measuredSeconds) + shift;
  return { row, logError, held: Math.abs(logError) <= bandFactor * spread };
}

function summary(group: string, outcomes: Outcome[]): PaperValidation {
  const errors = outcomes.map(({ logError }) => expm1(logError));
  const sizes = errors.map(Math.abs).toSorted((one, other) => one - other);
  const mean = (of: number[]): number => of.reduce((sum, amount) => sum + amount, 0) / Math.max(1, of.length);
  const worst = errors.reduce((far, error, index) => (Math.abs(error) > Math.abs(errors[far] ?? 0) ? index : far), 0);
  const middle = sizes.length === 0 ? 0 : (sizes[Math.floor((sizes.length - 1) / 2)] + sizes[Math.ceil((sizes.length - 1) / 2)]) / 2;
  return {
    group,
    experts: outcomes[0]?.row.experts ?? false,
    rows: outcomes.length,
    meanAbsoluteError: mean(sizes),
    medianAbsoluteError: middle,
    bias: mean(errors),
    worst: { id: outcomes[worst]?.row.id ?? "", error: errors[worst] ?? 0 },
    coverage: mean(outcomes.map(({ held }) => (held ? 1 : 0))),
  };
}
