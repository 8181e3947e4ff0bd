import { hypotenuse, square } from "@watershed/probability";
import { assert } from "./assert.ts";
import { levelOf, type BinLevel, type Grouping } from "./binning.ts";
import type { BinnedQuestion } from "./evppi.ts";
import { explained, type Explanation } from "./explanation.ts";
import { drawCount, measured, ratio, shardMeans, type Measured, type Sharding } from "./sharding.ts";
import { groupCounts, groupSums } from "./stakes.ts";

/** How a question moves a netValue. */
export interface Exposure {
  /**
   * netValue given the higher of two answers minus given the lower; between the best and the worst of several answers;
   * between the highest and the lowest third of a continuous question.
   */
  difference: Measured;
  /** Every answer of a discrete question with its mean netValue; empty for a continuous one. */
  answers: { answer: number; probability: number; netValue: Measured }[];
  /** Share of the variance of netValue that the question explains alone (first-order; Saltelli 2010). */
  varianceShare: Measured;
}

/** A netValue by the answers of a question: what a run of sums or a pass over the draws leaves of it. */
export interface AnsweredColumn {
  sums: Float64Array; // [shard][group]
  draws: Float64Array; // [shard][group], behind the sums
  spread: Spread;
}

/** Squared deviations of a column from one amount near its mean. */
export interface Spread {
  centre: number;
  squares: Float64Array; // [shard], sums
}

/** Exposure of a netValue to one question: difference of means, means per answer, first-order variance share. */
export function exposure(netValue: Float64Array, question: BinnedQuestion, sharding: Sharding): Exposure {
  const { binning } = question;
  assert(binning.draws === drawCount(sharding), "A question has another number of draws than the run.");
  const spread = spreadOf(netValue, sharding);
  const sums = groupSums(netValue, 1, binning.binOfDraw, binning.counts.length, sharding);
  return exposureFromSums({ sums, draws: groupCounts(binning.binOfDraw, binning.counts.length, sharding), spread }, binning);
}

/** The same from sums by answer taken elsewhere. */
export function exposureFromSums(column: AnsweredColumn, question: Grouping): Exposure {
  const answers = question.discrete ? meansByAnswer(question, column) : [];
  const [high, low] = question.discrete ? extremeAnswers(answers) : thirds(question);
  return {
    difference: weightedDifference(column, high, low),
    answers,
    varianceShare: varianceShareOf(column),
  };
}

/** The spread of a column about its mean; throws on a draw that is not finite. */
export function spreadOf(column: Float64Array, sharding: Sharding): Spread {
  const centre = measured(shardMeans(column, sharding, "netValue")).amount;
  const squares = new Float64Array(sharding.shards);
  for (let shard = 0; shard < sharding.shards; shard++) {
    let sum = 0;
    for (let draw = shard * sharding.shardSize; draw < (shard + 1) * sharding.shardSize; draw++) sum += square(column[draw] - centre);
    squares[shard] = sum;
  }
  return { centre, squares };
}

/** Weights of the higher and the lower of two answers, or of those with the largest and smallest mean. */
function extremeAnswers(answers: Exposure["answers"]): [Float64Array, Float64Array] {
  const means = answers.map(({ netValue }) => netValue.amount);
  const two = answers.length === 2;
  const high = two ? 1 : means.indexOf(Math.max(...means));
  const low = two ? 0 : means.indexOf(Math.min(...means));
  const only = (bin: number) => Float64Array.from(means, (_, index) => (index === bin ? 1 : 0));
  return [only(high), only(low)];
}

/** The part of every bin that lies in the highest and in the lowest third of the draws. */
function thirds(binning: Grouping): [Float64Array, Float64Array] {
  const bins = Array.from(binning.counts.keys());
  return [thirdOf(binning, bins.toReversed()), thirdOf(binning, bins)];
}

function thirdOf(binning: Grouping, bins: number[]): Float64Array {
  const parts = new Float64Array(bins.length);
  let left = binning.draws / 3;
  for (const bin of bins) {
    const taken = Math.min(left, binning.counts[bin]);
    left -= taken;
    parts[bin] = binning.counts[bin] === 0 ? 0 : taken / binning.counts[bin];
  }
  return parts;
}

function weightedDifference({ sums, draws }: AnsweredColumn, high: Float64Array, low: Float64Array): Measured {
  const groups = high.length;
  const weigh = (of: Float64Array, weights: Float64Array) =>
    Float64Array.from({ length: of.length / groups }, (_, shard) => {
      let sum = 0;
      for (let group = 0; group < groups; group++) sum += of[shard * groups + group] * weights[group];
      return sum;
    });
  const [above, below] = [high, low].map((weights) => {
    const sum = weigh(sums, weights);
    const count = weigh(draws, weights);
    const mean = ratio(sum, count);
    if (mean === undefined) return undefined;
    const per = measured(count).amount;
    return { mean: mean.amount, residuals: sum.map((part, shard) => (part - mean.amount * count[shard]) / per) };
  });
  if (above === undefined || below === undefined) return { amount: 0, standardError: 0 };
  const residuals = above.residuals.map((residual, shard) => residual - below.residuals[shard]);
  return { amount: above.mean - below.mean, standardError: measured(residuals).standardError };
}

function meansByAnswer(question: Grouping, { sums, draws }: AnsweredColumn): Exposure["answers"] {
  const groups = question.counts.length;
  const column = (of: Float64Array, group: number) =>
    Float64Array.from({ length: of.length / groups }, (_, shard) => of[shard * groups + group]);
  return Array.from(question.from, (answer, group) => {
    const netValue = ratio(column(sums, group), column(draws, group));
    assert(netValue !== undefined, "A group of a discrete question has no draw.");
    return { answer, probability: question.counts[group] / question.draws, netValue };
  });
}

/** Between-group over total variance of all draws, less what groups of plain noise would show; error from the shards' shares. */
function varianceShareOf(column: AnsweredColumn): Measured {
  const { amount, perShard } = sharesOf(column);
  return { amount: Math.min(1, Math.max(0, amount)), standardError: measured(perShard).standardError };
}

function sharesOf({ sums, draws, spread }: AnsweredColumn): { amount: number; perShard: Float64Array } {
  const groups = sums.length / spread.squares.length;
  const pooled = { sums: new Float64Array(groups), draws: new Float64Array(groups), squares: 0 };
  const perShard = spread.squares.map((squares, shard) => {
    const [ofSums, ofDraws] = [sums, draws].map((of) => of.subarray(shard * groups, (shard + 1) * groups));
    for (let group = 0; group < groups; group++) {
      pooled.sums[group] += ofSums[group];
      pooled.draws[group] += ofDraws[group];
    }
    pooled.squares += squares;
    return shareOf({ sums: ofSums, draws: ofDraws, squares }, spread.centre);
  });
  return { amount: shareOf(pooled, spread.centre), perShard };
}

/** First-order variance shares of several questions, what they explain one by one in all, and what is left. */
export interface VarianceShares {
  shares: { question: string; share: Measured }[];
  total: Measured;
  /** 1 - total: what only answers together explain, and chance inside the case. Below zero where questions move together. */
  interactions: Measured;
}

/**
 * First-order variance shares of a netValue (Sobol 1993; Saltelli 2010), largest first, with their total and the rest. Standard
 * errors between shards and, in quadrature, what twice the bins change, because a bin hides the variance inside it, and the
 * noise taken off the bins, of which Sobol points have less than independent draws.
 */
export function varianceShares(netValue: Float64Array, questions: BinnedQuestion[], sharding: Sharding): VarianceShares {
  const spread = spreadOf(netValue, sharding);
  let [amount, discretisation, noise] = [0, 0, 0];
  const perShard = new Float64Array(sharding.shards);
  const shares = questions.map(({ name, binning }) => {
    assert(binning.draws === drawCount(sharding), "A question has another number of draws than the run.");
    const sums = groupSums(netValue, 1, binning.binOfDraw, binning.counts.length, sharding);
    const draws = groupCounts(binning.binOfDraw, binning.counts.length, sharding);
    const found = sharesOf({ sums, draws, spread });
    const level = binning.levels[levelOf.bins32];
    const coarser = sharesOf({ sums: merged(sums, level, sharding), draws: merged(draws, level, sharding), spread });
    amount += found.amount;
    discretisation += found.amount - coarser.amount;
    found.perShard.forEach((share, shard) => (perShard[shard] += share));
    const own = (binning.counts.length - 1) / binning.draws;
    noise += own;
    const standardError = hypotenuse(measured(found.perShard).standardError, found.amount - coarser.amount, own);
    return { question: name, share: { amount: Math.min(1, Math.max(0, found.amount)), standardError } };
  });
  const standardError = hypotenuse(measured(perShard).standardError, discretisation, noise);
  return {
    shares: shares.sort((one, other) => other.share.amount - one.share.amount),
    total: { amount, standardError },
    interactions: { amount: 1 - amount, standardError },
  };
}

/** Sums of fine bins put together to the bins of a level. Float64Array // [shard][bin]. */
function merged(fine: Float64Array, { binOfFine, count }: BinLevel, { shards }: Sharding): Float64Array {
  const sums = new Float64Array(shards * count);
  for (let shard = 0; shard < shards; shard++)
    binOfFine.forEach((bin, of) => (sums[shard * count + bin] += fine[shard * binOfFine.length + of]));
  return sums;
}

function shareOf({ sums, draws, squares }: { sums: Float64Array; draws: Float64Array; squares: number }, centre: number): number {
  let [total, count] = [0, 0];
  for (let group = 0; group < sums.length; group++) {
    total += sums[group];
    count += draws[group];
  }
  const mean = total / count;
  let between = 0;
  let filled = 0;
  for (let group = 0; group < sums.length; group++) {
    if (draws[group] === 0) continue;
    filled++;
    between += square(sums[group] / draws[group] - mean) * draws[group];
  }
  const all = squares - count * square(mean - centre);
  if (all <= 1e-24 * mean * mean * count) return 0;
  const within = filled < count ? (all - between) / (count - filled) : 0;
  return (between - (filled - 1) * within) / all;
}

/** The tree behind exposure. */
export function explainExposure(netValue: Float64Array, question: BinnedQuestion, sharding: Sharding): Explanation {
  const moved = exposure(netValue, question, sharding);
  const ofQuestion = { question: question.name };
  return explained("exposure", "money", moved.difference, {
    ...ofQuestion,
    formula:
      question.binning.discrete && moved.answers.length > 2
        ? "netValue of the best answer - netValue of the worst"
        : question.binning.discrete
          ? "netValue if higher - netValue if lower"
          : "netValue in the highest third - in the lowest third",
    children: [
      ...moved.answers.map(({ answer, probability, netValue: given }) =>
        explained("expectedGivenAnswer", "money", given, { ...ofQuestion, params: { answer, probability } }),
      ),
      explained("varianceShare", "probability", moved.varianceShare, ofQuestion),
    ],
  });
}
