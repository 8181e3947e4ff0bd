import { exp, log, square } from "@watershed/probability";
import type { Estimate } from "./complete-plan.ts";
import { logSpread, spreadConstants } from "./spread.ts";
import type { SpreadConstants } from "./spread.ts";

/** A measured run of a site: what it was predicted to take and what it took. */
export interface MeasuredRun {
  estimate: Estimate;
  softwareKnown: boolean;
  logError: number; // ln(measured / predicted)
}

/** A measured run of a site, ready to correct others. */
export function measuredRun(estimate: Estimate, softwareKnown: boolean, measuredSeconds: number): MeasuredRun {
  return { estimate, softwareKnown, logError: log(measuredSeconds / estimate.seconds) };
}

/**
 * What a site's measured runs tell of another run there: the expected logarithm of measured over predicted time, and its standard
 * deviation. Errors of one site share a level, and like plans share more (best linear prediction, kriging).
 */
export function siteCorrection(
  measured: MeasuredRun[],
  estimate: Estimate,
  softwareKnown: boolean,
  s: SpreadConstants = spreadConstants,
): { shift: number; spread: number } {
  const own = logSpread(estimate, softwareKnown, s);
  if (measured.length === 0) return { shift: 0, spread: own };
  const spreads = measured.map((run) => logSpread(run.estimate, run.softwareKnown, s));
  const among = measured.map((one, row) =>
    measured.map((other, column) =>
      row === column ? square(spreads[row]) : spreads[row] * spreads[column] * likeness(one.estimate, other.estimate, s),
    ),
  );
  const towards = measured.map((one, row) => spreads[row] * own * likeness(one.estimate, estimate, s));
  const weights = solve(among, towards);
  const shift = weights.reduce((sum, weight, row) => sum + weight * measured[row].logError, 0);
  const known = weights.reduce((sum, weight, row) => sum + weight * towards[row], 0);
  return { shift, spread: Math.sqrt(Math.max(square(own) - known, square(0.02))) };
}

/** Correlation of the errors of two runs of one site. */
function likeness(one: Estimate, other: Estimate, s: SpreadConstants): number {
  const experts = [one, other].filter(({ run }) => run.model.experts !== null).length;
  const site = experts === 0 ? s.siteShare : experts === 2 ? s.siteShareExperts : 0.5 * Math.min(s.siteShare, s.siteShareExperts);
  const like = experts === 0 ? s.likeShare : s.likeShareExperts;
  return site + (1 - site) * like * exp((-distance(one, other) * s.distanceScale) / 2);
}

/** How unlike two runs are: squares of doublings between their sizes, and steps between their kinds. */
function distance(one: Estimate, other: Estimate): number {
  const doublings = (of: (estimate: Estimate) => number, unit: number): number => square(log(of(one) / of(other)) / (0.693 * unit));
  const step = (differs: boolean, size: number): number => (differs ? size * size : 0);
  return (
    doublings(({ run }) => run.model.hidden, 1) +
    doublings(({ run }) => run.model.sequenceLength, 1.5) +
    doublings(({ run }) => run.cluster.chips, 4) +
    doublings(({ run }) => run.plan.microbatchSize, 2) +
    doublings(({ run }) => run.plan.tensorParallel, 1.5) +
    doublings(({ run }) => run.plan.pipelineParallel, 2) +
    doublings(({ run }) => run.plan.expertParallel, 2) +
    step(one.run.plan.precision !== other.run.plan.precision, 0.7) +
    step(one.run.plan.recomputation !== other.run.plan.recomputation, 0.7) +
    step(one.run.plan.sharding >= 2 !== other.run.plan.sharding >= 2, 1) +
    step((one.run.model.experts === null) !== (other.run.model.experts === null), 2) +
    step(one.run.cluster.accelerator.id !== other.run.cluster.accelerator.id, 1)
  );
}

/** Solves a small symmetric positive system by elimination. */
function solve(matrix: number[][], right: number[]): number[] {
  const lines = matrix.map((line, row) => [...line, right[row]]);
  const size = lines.length;
  for (let pivot = 0; pivot < size; pivot++)
    for (let row = pivot + 1; row < size; row++) {
      const factor = lines[row][pivot] / lines[pivot][pivot];
      for (let column = pivot; column <= size; column++) lines[row][column] -= factor * lines[pivot][column];
    }
  const found = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let rest = lines[row][size];
    for (let column = row + 1; column < size; column++) rest -= lines[row][column] * found[column];
    found[row] = rest / lines[row][row];
  }
  return found;
}
