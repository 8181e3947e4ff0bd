import { expm1, stream } from "@watershed/probability";
import { calibrated, calibratedWithout } from "./calibration.ts";
import type { Calibration } from "./calibration.ts";
import { estimateStep } from "./complete-plan.ts";
import type { PublishedRun } from "./published-runs.ts";
import { readRun } from "./read-run.ts";
import { likeness, measuredRun, siteCorrection } from "./site.ts";
import type { MeasuredRun } from "./site.ts";
import { bandFactor, spreadConstants, spreadWithout } from "./spread.ts";

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
  /** Measured rows of the same site (paper and chip, any release) known beforehand: 0 to 3. */
  knownRows?: number;
  /** Which rows those are: the most like the one asked for, as one would ask a team for, or any, drawn five times for every row. */
  known?: "nearest" | "random";
  /** Only rows of the same release of the software count as the site's. */
  sameRelease?: boolean;
}

interface Tested {
  id: string;
  group: string;
  site: string;
  software: string;
  experts: boolean;
  measured: MeasuredRun;
}

/** Predicts every published run by constants that never saw its paper, and tells how far off that is, paper by paper. */
export function validate(
  runs: PublishedRun[],
  { inSample = false, knownRows = 0, known = "nearest", sameRelease = false }: ValidationOptions = {},
): Validation {
  const tested = runs.flatMap((run) => testedRow(run, inSample ? calibrated : calibratedWithout(run.group)));
  const sites = Map.groupBy(tested, ({ site }) => site);
  const draws = stream(7, `known rows/${knownRows}`);
  let drawn = 0;
  const outcomes = tested.flatMap((row) => {
    const others = sites.get(row.site)!.filter((other) => other !== row && (!sameRelease || other.software === row.software));
    if (others.length < knownRows) return [];
    if (knownRows === 0 || known === "nearest") return [outcomeOf(row, nearest(row, others, knownRows), inSample)];
    return Array.from({ length: 5 }, () => {
      const left = [...others];
      while (left.length > knownRows) left.splice(Math.floor(draws.uniform(drawn++) * left.length), 1);
      return outcomeOf(row, left, inSample);
    });
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
  const estimate = estimateStep({ aiModel, cluster, printed, software }, k);
  const experts = aiModel.experts !== null;
  return [
    {
      id: run.id,
      group: run.group,
      site: `${run.group} ${cluster.accelerator.id} ${experts}`,
      software: run.software,
      experts,
      measured: measuredRun(estimate, software.known, measuredStepSeconds),
    },
  ];
}

/** The rows that tell most of one. */
function nearest(row: Tested, others: Tested[], count: number): Tested[] {
  if (count === 0) return [];
  const s = spreadWithout(row.group);
  const tells = new Map(others.map((other) => [other, likeness(row.measured, other.measured, s)]));
  return others.toSorted((one, other) => tells.get(other)! - tells.get(one)!).slice(0, count);
}

interface Outcome {
  row: Tested;
  logError: number;
  held: boolean;
}

function outcomeOf(row: Tested, known: Tested[], inSample: boolean): Outcome {
  const { estimate, softwareKnown, logError } = row.measured;
  const { shift, spread } = siteCorrection(
    known.map(({ measured }) => measured),
    estimate,
    softwareKnown,
    inSample ? spreadConstants : spreadWithout(row.group),
  );
  return { row, logError: shift - logError, held: Math.abs(shift - logError) <= bandFactor * spread };
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
    rows: new Set(outcomes.map(({ row }) => row)).size,
    meanAbsoluteError: mean(sizes),
    medianAbsoluteError: middle,
    bias: mean(errors),
    worst: { id: outcomes[worst]?.row.id ?? "", error: errors[worst] ?? 0 },
    coverage: mean(outcomes.map(({ held }) => (held ? 1 : 0))),
  };
}
