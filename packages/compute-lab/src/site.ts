import { exp, log, square } from "@watershed/probability";
import type { Estimate } from "./complete-plan.ts";
import type { Precision } from "./plan.ts";
import { bandFactor, bandFreedom, errorSources, likenesses, logSpread, spreadConstants } from "./spread.ts";
import type { Likeness, SpreadConstants } from "./spread.ts";

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
 * What a site's measured runs tell of another run there: the expected logarithm of measured over predicted time, and how far that may be off,
 * in units of `bandFactor`. A measured run moves each source of error by its share in the surprise, and like plans share more. Errors have
 * heavy tails, so runs that surprise more than they should also widen the band, and runs that do not narrow it (Student-t process: Shah,
 * Wilson & Ghahramani 2014, with the degrees of freedom of the band).
 */
export function siteCorrection(
  measured: MeasuredRun[],
  estimate: Estimate,
  softwareKnown: boolean,
  s: SpreadConstants = spreadConstants,
): { shift: number; spread: number } {
  if (measured.length === 0) return { shift: 0, spread: logSpread(estimate, softwareKnown, s) };
  const own = sourced(estimate, softwareKnown, s);
  const known = measured.map((run) => sourced(run.estimate, run.softwareKnown, s));
  const among = known.map((one, row) => known.map((other, column) => (row === column ? square(one.size) : covariance(one, other, s))));
  const towards = known.map((one) => covariance(one, own, s));
  const surprises = measured.map(({ logError }) => logError);
  const weights = solve(among, towards);
  const told = square(own.size) - product(weights, towards);
  const expected = bandFreedom + measured.length;
  const unusual = (bandFreedom + product(solve(among, surprises), surprises)) / expected;
  return { shift: product(weights, surprises), spread: Math.sqrt(Math.max(told * unusual, square(0.02))) };
}

function product(one: number[], other: number[]): number {
  return one.reduce((sum, amount, index) => sum + amount * other[index], 0);
}

/** Whether a measured run is more than twice as far from its prediction as the band reaches: a slip of the pen, or a site unlike all others. */
export function isFarOff({ estimate, softwareKnown, logError }: MeasuredRun, s: SpreadConstants = spreadConstants): boolean {
  return Math.abs(logError) > 2 * bandFactor * sourced(estimate, softwareKnown, s).size;
}

/** How much of a run's surprise another run of the site would share, from 0 to 1: the higher, the more its measured step tells. */
export function likeness(one: MeasuredRun, other: MeasuredRun, s: SpreadConstants = spreadConstants): number {
  const [first, second] = [one, other].map((run) => sourced(run.estimate, run.softwareKnown, s));
  return covariance(first, second, s) / (first.size * second.size);
}

interface Sourced {
  sources: number[];
  size: number;
  place: number[];
  kind: string;
  siteShare: number;
  likeShare: number;
}

function sourced(estimate: Estimate, softwareKnown: boolean, s: SpreadConstants): Sourced {
  const sources = errorSources(estimate, softwareKnown, s);
  const experts = estimate.run.model.experts !== null;
  return {
    sources,
    size: Math.sqrt(sources.reduce((sum, source) => sum + square(source), 0)),
    place: placeOf(estimate, s),
    kind: `${experts} ${estimate.run.cluster.accelerator.id} ${estimate.run.generation.stack}`,
    siteShare: experts ? s.siteShareExperts : s.siteShare,
    likeShare: experts ? s.likeShareExperts : s.likeShare,
  };
}

function covariance(one: Sourced, other: Sourced, s: SpreadConstants): number {
  const common = one.sources.reduce((sum, source, index) => sum + source * other.sources[index], 0);
  const distance = one.place.reduce((sum, place, index) => sum + square(place - other.place[index]), 0);
  const rest = one.size * other.size * Math.sqrt((1 - one.siteShare) * (1 - other.siteShare) * one.likeShare * other.likeShare);
  const alike = one.kind === other.kind ? 1 : s.otherKindShare;
  return Math.sqrt(one.siteShare * other.siteShare) * common + rest * alike * exp(-distance / 2);
}

const formats: Record<Precision, number> = { fp16: 0, bf16: 0, fp8: 1, mxfp8: 1, fp4: 2 };

/** Where a plan stands, in units of the lengths over which likeness fades. */
function placeOf({ run: { model, plan, cluster, generation } }: Estimate, { lengths }: SpreadConstants): number[] {
  const doublings = (amount: number): number => log(amount) / 0.6931471805599453;
  const microbatches = Math.max(1, plan.globalBatchSize / (plan.dataParallel * plan.microbatchSize));
  const at: Record<Likeness, number> = {
    release: generation.date,
    hidden: doublings(model.hidden),
    layers: doublings(model.layers),
    sequence: doublings(model.sequenceLength),
    chips: doublings(cluster.chips),
    tokens: doublings((plan.microbatchSize * model.sequenceLength) / plan.contextParallel),
    tensorParallel: doublings(plan.tensorParallel),
    pipelineParallel: doublings(plan.pipelineParallel),
    expertParallel: doublings(plan.expertParallel),
    contextParallel: doublings(plan.contextParallel),
    microbatches: doublings(microbatches),
    precision: formats[plan.precision],
    recomputation: plan.recomputation === "full" ? 1 : plan.recomputation === "selective" ? 0.5 : 0,
    sharding: (plan.sharding >= 2 ? 1 : 0) + (plan.shardingRanks < plan.dataParallel * plan.contextParallel ? 1 : 0),
  };
  return likenesses.map((name) => at[name] / lengths[name]);
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
