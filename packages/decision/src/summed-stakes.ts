import { assert } from "./assert.ts";
import type { Grouping } from "./binning.ts";
import { indexOfLargest } from "./expected-net-value.ts";
import { measured, meansOfSums } from "./sharding.ts";
import { runningSums, tieError, type SummedStakes } from "./stakes.ts";

/** Sums of columns by answers, as `answerSums` of the engine takes them shard by shard; a shard may stand for several. */
export interface ColumnSums {
  draws: Float64Array; // [shard]
  totals(column: number): Float64Array; // [shard]
  /** Adds sign times the sums, [shard][group], to every `step`-th place of an array; false where the column does not depend on the question. */
  addSums(column: number, question: number, sign: number, into: Float64Array, spacing: { from: number; step: number }): boolean;
  /** Draws in every group where they differ from shard to shard; undefined where every shard has the exact shares. */
  drawsIn(question: number): Float64Array | undefined; // [shard][group]
  /** Adds sign times the sums in 64 equal bins of every dummy, over all shards, [dummy][bin], to every `step`-th place of an array. */
  addDummySums(column: number, sign: number, into: Float64Array, spacing: { from: number; step: number }): void;
  pairSums(column: number, pair: number): Float64Array | undefined; // [shard][group of the first][group of the second]
  pairDraws(pair: number): Float64Array; // [shard][group of the first][group of the second]
  /** In equal square cells of every dummy and the next, over all shards. */
  dummyPairSums(column: number): Float64Array | undefined; // [dummy][row][column]
}

/** An alternative known by the sums of a column of netValue, or one that nets the same on every draw. */
export type SummedAlternative = { name: string } & ({ column: number } | { netValue: number });

/** Dummies behind the sums, one after the other. */
export const dummyCount = 12;
const dummyBins = 64;

/** Prepares a decision from sums: the best alternative, the tie, and what the noise floor needs. */
export function summedStakes(alternatives: SummedAlternative[], columns: ColumnSums): SummedStakes {
  assert(alternatives.length > 0, "A decision needs at least one alternative.");
  const { draws } = columns;
  const all = draws.reduce((sum, count) => sum + count, 0);
  const totals = alternatives.map((alternative) => totalsOf(alternative, columns));
  const means = totals.map((sums) => meansOfSums(sums, draws));
  const best = indexOfLargest(means.map((perShard) => measured(perShard).amount));
  const others = alternatives.map((_, index) => index).filter((index) => index !== best);
  return {
    names: alternatives.map(({ name }) => name),
    sharding: { shards: draws.length, shardSize: all / draws.length },
    drawsOfShard: draws,
    best,
    others,
    tie: tieError(means, best, others),
    dummies: { rankBins: dummyBins },
    dummySums: dummySumsOf(alternatives, columns, best, others, all),
  };
}

/** Running sums of the differences in the bins of every dummy. Float64Array[] // [dummy][bin + 1][other] */
function dummySumsOf(
  alternatives: SummedAlternative[],
  columns: ColumnSums,
  best: number,
  others: number[],
  draws: number,
): Float64Array[] {
  const step = others.length;
  const sums = new Float64Array(dummyCount * dummyBins * step);
  const add = (alternative: SummedAlternative, sign: number, from: number): void => {
    if ("column" in alternative) columns.addDummySums(alternative.column, sign, sums, { from, step });
    else for (let at = from; at < sums.length; at += step) sums[at] += (sign * alternative.netValue * draws) / dummyBins;
  };
  others.forEach((index, other) => {
    add(alternatives[index], 1, other);
    add(alternatives[best], -1, other);
  });
  const size = dummyBins * step;
  return Array.from({ length: dummyCount }, (_, dummy) => runningSums(sums.subarray(dummy * size, (dummy + 1) * size), step));
}

function totalsOf(alternative: SummedAlternative, columns: Pick<ColumnSums, "draws" | "totals">): Float64Array {
  if ("column" in alternative) return columns.totals(alternative.column);
  return columns.draws.map((count) => count * alternative.netValue);
}

/**
 * Sums of the differences from today's best in every group of one question; an alternative that does not depend on the question
 * has its mean in all of them. Written to `room` where it is given. Float64Array // [shard][fine bin][other]
 */
export function summedDifferences(
  decision: SummedStakes,
  alternatives: SummedAlternative[],
  columns: ColumnSums,
  question: number,
  grouping: Grouping,
  room?: Float64Array,
): Float64Array {
  const groups = grouping.counts.length;
  const counts = columns.drawsIn(question);
  const shareAt = (shard: number, group: number) =>
    counts ? counts[shard * groups + group] / columns.draws[shard] : grouping.counts[group] / grouping.draws;
  const addSums: Parameters<typeof differencesOf>[4] = (column, sign, into, spacing) =>
    columns.addSums(column, question, sign, into, spacing);
  return differencesOf(decision, alternatives, columns, { groups, shareAt }, addSums, room);
}

/** Groups of draws, and the share of a shard's draws in each. */
export interface GroupShares {
  groups: number;
  shareAt: (shard: number, group: number) => number;
}

/** The same for any groups, from what adds the sums of a column. Float64Array // [shard][group][other] */
export function differencesOf(
  { best, others }: SummedStakes,
  alternatives: SummedAlternative[],
  columns: Pick<ColumnSums, "draws" | "totals">,
  { groups, shareAt }: GroupShares,
  addSums: (column: number, sign: number, into: Float64Array, spacing: { from: number; step: number }) => boolean,
  room: Float64Array = new Float64Array(columns.draws.length * groups * others.length),
): Float64Array {
  const [shards, step] = [columns.draws.length, others.length];
  const out = room.subarray(0, shards * groups * step).fill(0);
  const add = (alternative: SummedAlternative, sign: number, from: number): void => {
    if ("netValue" in alternative && alternative.netValue === 0) return;
    if ("column" in alternative && addSums(alternative.column, sign, out, { from, step })) return;
    const totals = totalsOf(alternative, columns);
    for (let shard = 0; shard < shards; shard++)
      for (let group = 0; group < groups; group++)
        out[(shard * groups + group) * step + from] += sign * totals[shard] * shareAt(shard, group);
  };
  others.forEach((index, other) => {
    add(alternatives[index], 1, other);
    add(alternatives[best], -1, other);
  });
  return out;
}
