import { log1p } from "@watershed/probability";
import { calibrated } from "./calibration.ts";
import { estimateStep } from "./complete-plan.ts";
import { memoryError, memoryPrediction } from "./memory.ts";
import type { MemoryPrediction } from "./prediction.ts";
import { publishedMemorySources } from "./published-memory.ts";
import type { MemoryMeasure, PublishedMemory } from "./published-memory.ts";
import type { PublishedRun } from "./published-runs.ts";
import { readRun } from "./read-run.ts";

/** How predictions of memory did on one source's rows; errors are predicted over printed less one. */
export interface MemoryValidation {
  group: string;
  measure?: MemoryMeasure;
  rows: number;
  meanAbsoluteError: number;
  bias: number;
  /** Share of rows that the stated band holds. */
  coverage: number;
  worst: { id: string; error: number };
}

export interface FitsValidation {
  rows: number;
  /** Rows of which the answer, fits or does not, is what happened. */
  right: number;
}

export interface MemoryValidations {
  sources: MemoryValidation[];
  all: MemoryValidation;
  /** Runs of the same sources, those of the tables of step times, and those that a source says found no room. */
  fits: { ran: FitsValidation; ranElsewhere: FitsValidation; outOfMemory: FitsValidation };
}

/** Predicts the memory of every published total as its source measures it, and whether runs fit that ran and that did not. */
export function validateMemory(totals: PublishedMemory[], runs: PublishedRun[]): MemoryValidations {
  const predicted = totals.flatMap((row) => predictedMemory(row).map((memory) => ({ row, memory })));
  const errors = predicted.flatMap(({ row, memory }) => {
    if (row.gibibytes === undefined) return [];
    const { measure } = publishedMemorySources[row.group];
    const bytes = measure === "reserved" ? memory.reservedBytes : memory.totalBytes;
    return [{ id: row.id, group: row.group, measure, error: bytes / (row.gibibytes * 1_073_741_824) - 1 }];
  });
  const fitsOf = (memories: MemoryPrediction[], fits: boolean): FitsValidation => ({
    rows: memories.length,
    right: memories.filter((memory) => memory.fits === fits).length,
  });
  const of = (outOfMemory: boolean): MemoryPrediction[] =>
    predicted.filter(({ row }) => (row.outOfMemory ?? false) === outOfMemory).map(({ memory }) => memory);
  return {
    sources: [...Map.groupBy(errors, ({ group }) => group)].map(([group, its]) => ({ ...summary(group, its), measure: its[0].measure })),
    all: summary("", errors),
    fits: {
      ran: fitsOf(of(false), true),
      ranElsewhere: fitsOf(
        runs.filter(({ stepSeconds }) => stepSeconds !== undefined).flatMap((run) => predictedMemory(run)),
        true,
      ),
      outOfMemory: fitsOf(of(true), false),
    },
  };
}

function predictedMemory(row: PublishedMemory | PublishedRun): MemoryPrediction[] {
  const { aiModel, cluster, printed, software, problems } = readRun(row);
  if (!aiModel || !cluster || problems.some(({ severity }) => severity === "error")) return [];
  return [memoryPrediction(estimateStep({ aiModel, cluster, printed, software }, calibrated).run)];
}

function summary(group: string, errors: { id: string; error: number }[]): MemoryValidation {
  const mean = (of: (error: number) => number): number =>
    errors.reduce((sum, { error }) => sum + of(error), 0) / Math.max(1, errors.length);
  return {
    group,
    rows: errors.length,
    meanAbsoluteError: mean(Math.abs),
    bias: mean((error) => error),
    coverage: mean((error) => (Math.abs(log1p(error)) <= log1p(memoryError) ? 1 : 0)),
    worst: errors.reduce((far, one) => (Math.abs(one.error) > Math.abs(far.error) ? one : far), { id: "", error: 0 }),
  };
}
