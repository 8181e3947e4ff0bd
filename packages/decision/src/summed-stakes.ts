import { assert } from "./assert.ts";
import type { Grouping } from "./binning.ts";
import { indexOfLargest } from "./expected-net-value.ts";
import { measured, meansOfSums } from "./sharding.ts";
import { runningSums, tieError, type SummedStakes } from "./stakes.ts";

/** Sums of columns by answers, as `answerSums` of the engine takes them shard by shard; a shard may stand for several. */
export interface ColumnSums {
  draws: Float64Array; // [shard]
  totals(column: number): Float64Array; // [shard]
  /** Undefined where the column does not depend on the question. */
  sums(column: number, question: number): Float64Array | undefined; // [shard][group]
  /** Draws in every group where they differ from shard to shard; undefined where every shard has the exact shares. */
  drawsIn(question: number): Float64Array | undefined; // [shard][group]
  /** In equal bins of every dummy, over all shards. */
  dummySums(column: number): Float64Array; // [dummy][bin]
  pairSums(column: number, pair: number): Float64Array | undefined; // [shard][group of the first][group of the second]
  pairDraws(pair: number): Float64Array; // [shard][group of the first][group of the second]
  /** In equal square cells of every dummy and the next, over all shards. */
  dummyPairSums(column: number): Float64Array | undefined; // [dummy][row][column]
}

/** An alternative known by the sums of a column of netValue, or one that nets the same on every draw. */
export type SummedAlternative = { name: string } & ({ column: number } | { netValue: number });

/** Dummies behind the sums, one after the other. */
export const dummyCount = 12;

/** Prepares a decision from sums: the best alternative, the tie, and what the noise floor needs. */
export function summedStakes(alternatives: SummedAlternative[], columns: ColumnSums): SummedStakes {
  assert(alternatives.length > 0, "A decision needs at least one alternative.");
  const { draws } = columns;
  const all = draws.reduce((sum, count) => sum + count, 0);
  const totals = alternatives.map((alternative) => totalsOf(alternative, columns));
  const means = totals.map((sums) => meansOfSums(sums, draws));
  const best = indexOfLargest(means.map((perShard) => measured(perShard).amount));
  const others = alternatives.map((_, index) => index).filter((index) => index !== best);
  const dummySums = alternatives.map((alternative) => ("column" in alternative ? columns.dummySums(alternative.column) : undefined));
  const rankBins = (dummySums.find((sums) => sums !== undefined)?.length ?? dummyCount) / dummyCount;
  const inBins = (index: number, at: number) => dummySums[index]?.[at] ?? (netValueOf(alternatives[index]) * all) / rankBins;
  return {
    names: alternatives.map(({ name }) => name),
    sharding: { shards: draws.length, shardSize: all / draws.length },
    drawsOfShard: draws,
    best,
    others,
    tie: tieError(means, best, others),
    dummies: { rankBins },
    dummySums: Array.from({ length: dummyCount }, (_, dummy) => {
      const sums = new Float64Array(rankBins * others.length);
      for (let at = 0; at < sums.length; at++) {
        const bin = dummy * rankBins + Math.floor(at / others.length);
        sums[at] = inBins(others[at % others.length], bin) - inBins(best, bin);
      }
      return runningSums(sums, others.length);
    }),
  };
}

function netValueOf(alternative: SummedAlternative): number {
  return "netValue" in alternative ? alternative.netValue : NaN;
}

function totalsOf(alternative: SummedAlternative, columns: ColumnSums): Float64Array {
  if ("column" in alternative) return columns.totals(alternative.column);
  return columns.draws.map((count) => count * alternative.netValue);
}

/**
 * Sums of the differences from today's best in every group of one question; an alternative that does not depend on the question
 * has its mean in all of them. Float64Array // [shard][fine bin][other]
 */
export function summedDifferences(
  decision: SummedStakes,
  alternatives: SummedAlternative[],
  columns: ColumnSums,
  question: number,
  grouping: Grouping,
): Float64Array {
  const counts = columns.drawsIn(question);
  const groups = grouping.counts.length;
  const share = counts
    ? counts.map((count, at) => count / columns.draws[Math.floor(at / groups)])
    : Float64Array.from({ length: groups * columns.draws.length }, (_, at) => grouping.counts[at % groups] / grouping.draws);
  return differencesOf(decision, alternatives, columns, share, (column) => columns.sums(column, question));
}

/** The same for the cells of a pair. Float64Array // [shard][cell][other] */
export function differencesOf(
  { best, others }: SummedStakes,
  alternatives: SummedAlternative[],
  columns: ColumnSums,
  share: Float64Array, // [shard][group], of the shard's draws
  sumsOf: (column: number) => Float64Array | undefined, // [shard][group]
): Float64Array {
  const width = others.length;
  const groups = share.length / columns.draws.length;
  const out = new Float64Array(share.length * width);
  const add = (alternative: SummedAlternative, sign: number, other: number): void => {
    const sums = "column" in alternative ? sumsOf(alternative.column) : undefined;
    if (sums) for (let at = 0; at < sums.length; at++) out[at * width + other] += sign * sums[at];
    else {
      const totals = totalsOf(alternative, columns);
      for (let at = 0; at < share.length; at++) out[at * width + other] += sign * totals[Math.floor(at / groups)] * share[at];
    }
  };
  others.forEach((index, other) => {
    add(alternatives[index], 1, other);
    add(alternatives[best], -1, other);
  });
  return out;
}
