import { assert } from "./assert.ts";
import type { Binning } from "./binning.ts";
import { indexOfLargest, meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { difference, drawCount, isClear, measured, type Sharding } from "./sharding.ts";

/** Columns that no formula uses, ranked into equal-count bins: what the noise floor is measured on. */
export interface Dummies {
  rankBinOfDraw: Uint16Array[]; // [dummy][draw]
  rankBins: number;
}

/** One decision prepared for questions whose answers its sums are known by. */
export interface SummedStakes {
  names: string[];
  sharding: Sharding;
  /** Index of the alternative with the largest expected netValue. */
  best: number;
  /** Indices of the other alternatives, the columns of `differences`. */
  others: number[];
  /**
   * Half the error of the lead over another alternative, where that lead is within two of its errors: the larger of two means
   * that tie is too large by 0.4 of it on average. 0 where the lead is clear.
   */
  tie: number;
  dummies: Pick<Dummies, "rankBins">;
  /** Running sums of the differences over the rank bins of every dummy. */
  dummySums: Float64Array[]; // [dummy][rank bin + 1][other]
  /** Draws of every shard where they differ in size. */
  drawsOfShard?: Float64Array; // [shard]
}

/** One decision prepared for any question: what every alternative adds to the best one, per draw. */
export interface Stakes extends SummedStakes {
  differences: Float64Array; // [draw][other], netValue minus that of the best
  dummies: Dummies;
}

/** Dummy columns ranked once per run; uniform columns in [0, 1) that no alternative depends on. */
export function rankDummies(dummies: Float64Array[]): Dummies {
  const draws = dummies[0]?.length ?? 0;
  const rankBins = Math.min(1024, draws);
  return {
    rankBins,
    rankBinOfDraw: dummies.map((dummy) => {
      assert(dummy.length === draws, "Dummy columns differ in length.");
      return rankBinsOf(dummy, rankBins);
    }),
  };
}

/** A dummy is uniform, so its value is its rank; no sort is needed. */
function rankBinsOf(dummy: Float64Array, rankBins: number): Uint16Array {
  const bins = new Uint16Array(dummy.length);
  for (let draw = 0; draw < dummy.length; draw++) {
    assert(dummy[draw] >= 0 && dummy[draw] < 1, "A dummy column must lie in [0, 1).");
    bins[draw] = dummy[draw] * rankBins;
  }
  return bins;
}

/** Prepares a decision: the best alternative, the differences from it, and the sums the noise floor needs. */
export function stakes(alternatives: Alternative[], sharding: Sharding, dummies = rankDummies([])): Stakes {
  const means = meansOfAlternatives(alternatives, sharding);
  const best = indexOfLargest(means.map((perShard) => measured(perShard).amount));
  const others = alternatives.map((_, index) => index).filter((index) => index !== best);
  const differences = new Float64Array(drawCount(sharding) * others.length);
  const bestColumn = alternatives[best].netValue;
  others.forEach((index, other) => {
    const column = alternatives[index].netValue;
    for (let draw = 0; draw < column.length; draw++) differences[draw * others.length + other] = column[draw] - bestColumn[draw];
  });
  const whole = { shards: 1, shardSize: drawCount(sharding) };
  return {
    names: alternatives.map(({ name }) => name),
    sharding,
    best,
    others,
    tie: tieError(means, best, others),
    differences,
    dummies,
    dummySums: dummies.rankBinOfDraw.map((bins) => {
      assert(bins.length === whole.shardSize, "A dummy column has another length than the run.");
      return runningSums(groupSums(differences, others.length, bins, dummies.rankBins, whole), others.length);
    }),
  };
}

/** Half the error of the largest lead that is not clear; see `Stakes`. */
export function tieError(means: Float64Array[], best: number, others: number[]): number {
  const leads = others.map((other) => measured(difference(means[best], means[other])));
  return leads.reduce((largest, lead) => (isClear(lead) ? largest : Math.max(largest, lead.standardError / 2)), 0);
}

/** Running sums by bin. Float64Array // [bin + 1][column]. */
export function runningSums(sums: Float64Array, width: number): Float64Array {
  const running = new Float64Array(sums.length + width);
  for (let at = 0; at < sums.length; at++) running[at + width] = running[at] + sums[at];
  return running;
}

/** Sums of the differences in every fine bin of a question. Float64Array // [shard][fine bin][other]. */
export function binSums(decision: Stakes, question: Binning): Float64Array {
  assert(question.draws === drawCount(decision.sharding), "A question has another number of draws than the decision.");
  const { differences, others, sharding } = decision;
  return groupSums(differences, others.length, question.binOfDraw, question.counts.length, sharding);
}

/** Draws in every group. Float64Array // [shard][group]. */
export function groupCounts(groupOfDraw: Uint16Array | Uint32Array, groups: number, { shards, shardSize }: Sharding): Float64Array {
  const counts = new Float64Array(shards * groups);
  for (let shard = 0; shard < shards; shard++) {
    const first = shard * groups;
    for (let draw = shard * shardSize; draw < (shard + 1) * shardSize; draw++) counts[first + groupOfDraw[draw]]++;
  }
  return counts;
}

/** Sums of interleaved columns by group in one pass. Float64Array // [shard][group][column]. */
export function groupSums(
  columns: Float64Array, // [draw][column]
  width: number,
  groupOfDraw: Uint16Array | Uint32Array, // [draw]
  groups: number,
  sharding: Sharding,
): Float64Array {
  const sums = new Float64Array(sharding.shards * groups * width);
  for (let shard = 0; shard < sharding.shards; shard++) {
    const first = shard * sharding.shardSize;
    const into = sums.subarray(shard * groups * width, (shard + 1) * groups * width);
    const pass = width === 1 ? addOne : width === 2 ? addTwo : width === 3 ? addThree : addAny;
    pass(columns, groupOfDraw, first, first + sharding.shardSize, into, width);
  }
  return sums;
}

type Groups = Uint16Array | Uint32Array;

function addOne(columns: Float64Array, groups: Groups, from: number, end: number, into: Float64Array): void {
  for (let draw = from; draw < end; draw++) into[groups[draw]] += columns[draw];
}

function addTwo(columns: Float64Array, groups: Groups, from: number, end: number, into: Float64Array): void {
  for (let draw = from; draw < end; draw++) {
    const at = groups[draw] * 2;
    into[at] += columns[draw * 2];
    into[at + 1] += columns[draw * 2 + 1];
  }
}

function addThree(columns: Float64Array, groups: Groups, from: number, end: number, into: Float64Array): void {
  for (let draw = from; draw < end; draw++) {
    const at = groups[draw] * 3;
    into[at] += columns[draw * 3];
    into[at + 1] += columns[draw * 3 + 1];
    into[at + 2] += columns[draw * 3 + 2];
  }
}

function addAny(columns: Float64Array, groups: Groups, from: number, end: number, into: Float64Array, width: number): void {
  for (let draw = from; draw < end; draw++) {
    const at = groups[draw] * width;
    for (let column = 0; column < width; column++) into[at + column] += columns[draw * width + column];
  }
}
