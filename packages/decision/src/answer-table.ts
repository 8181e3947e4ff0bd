import { assert } from "./assert.ts";
import type { Binning } from "./binning.ts";
import { meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { drawCount, measured, type Measured, type Sharding } from "./sharding.ts";
import { groupCounts, groupSums } from "./stakes.ts";

/** A stretch of answers that is looked at together; from equals to for a single answer. */
export interface AnswerGroup {
  from: number;
  to: number;
  probability: number;
}

/** Answers of a question put together in a few groups. */
export interface AnswerGrouping {
  groups: AnswerGroup[];
  groupOfFine: Uint16Array; // [fine bin]
}

/**
 * The answers of a question in at most `most` groups of about equal count, plus one for every atom (never, and any answer as
 * heavy as a whole bin); the answers themselves where the question is discrete.
 */
export function answerGroups(binning: Binning, most: number): AnswerGrouping {
  const groupOfFine = new Uint16Array(binning.counts.length);
  const groups: (AnswerGroup & { draws: number })[] = [];
  const atom = (fine: number): boolean => binning.discrete || binning.from[fine] === binning.to[fine];
  let [smooth, below] = [0, 0];
  for (let fine = 0; fine < binning.counts.length; fine++) if (!atom(fine)) smooth += binning.counts[fine];
  let open = -1; // the part of the smooth draws that the last group covers
  for (let fine = 0; fine < binning.counts.length; fine++) {
    const draws = binning.counts[fine];
    const part = atom(fine) ? -1 : Math.min(most - 1, Math.floor((most * (below + draws / 2)) / smooth));
    if (part >= 0) below += draws;
    const last = groups.at(-1);
    if (part >= 0 && part === open && last !== undefined) {
      last.to = Math.max(last.to, binning.to[fine]);
      last.draws += draws;
    } else groups.push({ from: binning.from[fine], to: binning.to[fine], probability: 0, draws });
    open = part;
    groupOfFine[fine] = groups.length - 1;
  }
  return { groups: groups.map(({ draws, ...group }) => ({ ...group, probability: draws / binning.draws })), groupOfFine };
}

/** Sums of every alternative by answer, prepared once for tornado, tables and control. */
export interface AnswerTable {
  names: string[];
  binning: Binning;
  sharding: Sharding;
  sums: Float64Array[]; // [alternative][shard * fine bins + fine bin]
  counts: Float64Array; // [shard * fine bins + fine bin]
}

/** Sums of every alternative by the fine bins of a question. */
export function answerTable(alternatives: Alternative[], binning: Binning, sharding: Sharding): AnswerTable {
  meansOfAlternatives(alternatives, sharding);
  assert(binning.draws === drawCount(sharding), "A question has another number of draws than the decision.");
  const bins = binning.counts.length;
  return {
    names: alternatives.map(({ name }) => name),
    binning,
    sharding,
    sums: alternatives.map(({ netValue }) => groupSums(netValue, 1, binning.binOfDraw, bins, sharding)),
    counts: groupCounts(binning.binOfDraw, bins, sharding),
  };
}

/** The conditional mean of one alternative over weighted bins: linearised contributions per shard, whose mean is the amount. */
export function conditionalMean(table: AnswerTable, alternative: number, weights: Float64Array): Float64Array {
  const { sharding, counts } = table;
  return linearisedRatio(weighted(table.sums[alternative], weights, sharding), weighted(counts, weights, sharding));
}

/** A ratio of two expectations as contributions per shard, whose mean is the ratio and whose spread its error. */
export function linearisedRatio(numerators: Float64Array, denominators: Float64Array): Float64Array {
  const below = measured(denominators).amount;
  assert(below > 0, "A mean was asked of answers that no draw gives.");
  const amount = measured(numerators).amount / below;
  return numerators.map((numerator, shard) => amount + (numerator - amount * denominators[shard]) / below);
}

function weighted(sums: Float64Array, weights: Float64Array, { shards }: Sharding): Float64Array {
  return Float64Array.from({ length: shards }, (_, shard) => {
    let sum = 0;
    for (let bin = 0; bin < weights.length; bin++) sum += weights[bin] * sums[shard * weights.length + bin];
    return sum;
  });
}

/** Weights that pick the bins of one group. */
export function weightsOfGroup({ groupOfFine }: AnswerGrouping, group: number): Float64Array {
  return Float64Array.from(groupOfFine, (of) => (of === group ? 1 : 0));
}

/** One alternative with what it is worth somewhere. */
export interface NamedWorth {
  name: string;
  netValue: Measured;
}

/** The alternative with the largest mean; the first listed wins a tie. */
export function bestOf(worths: NamedWorth[]): NamedWorth {
  return worths.reduce((best, worth) => (worth.netValue.amount > best.netValue.amount ? worth : best));
}
