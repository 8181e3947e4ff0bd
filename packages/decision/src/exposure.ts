import { hypotenuse, square } from "@watershed/probability";
import { assert } from "./assert.ts";
import { levelOf, type Binning, type BinLevel } from "./binning.ts";
import type { BinnedQuestion } from "./evppi.ts";
import { explained, type Explanation } from "./explanation.ts";
import { drawCount, measured, ratio, shardMeans, type Measured, type Sharding } from "./sharding.ts";
import { groupSums } from "./stakes.ts";

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

/** Exposure of a netValue to one question: difference of means, means per answer, first-order variance share. */
export function exposure(netValue: Float64Array, question: BinnedQuestion, sharding: Sharding): Exposure {
  const { binning } = question;
  shardMeans(netValue, sharding, "netValue");
  assert(binning.draws === drawCount(sharding), "A question has another number of draws than the run.");
  const sums = groupSums(netValue, 1, binning.binOfDraw, binning.counts.length, sharding);
  const counts = shardCounts(binning, sharding);
  const answers = binning.discrete ? meansByAnswer(binning, sums, counts, sharding) : [];
  const [high, low] = binning.discrete ? extremeAnswers(answers) : thirds(binning);
  return {
    difference: weightedDifference(sums, counts, high, low, sharding),
    answers,
    varianceShare: varianceShareOf(netValue, sums, counts, sharding),
  };
}

function shardCounts(binning: Binning, sharding: Sharding): Float64Array {
  const counts = new Float64Array(sharding.shards * binning.counts.length);
  for (let shard = 0; shard < sharding.shards; shard++) {
    const first = shard * binning.counts.length;
    for (let draw = shard * sharding.shardSize; draw < (shard + 1) * sharding.shardSize; draw++) counts[first + binning.binOfDraw[draw]]++;
  }
  return counts;
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
function thirds(binning: Binning): [Float64Array, Float64Array] {
  const bins = Array.from(binning.counts.keys());
  return [thirdOf(binning, bins.toReversed()), thirdOf(binning, bins)];
}

function thirdOf(binning: Binning, bins: number[]): Float64Array {
  const parts = new Float64Array(bins.length);
  let left = binning.draws / 3;
  for (const bin of bins) {
    const taken = Math.min(left, binning.counts[bin]);
    left -= taken;
    parts[bin] = binning.counts[bin] === 0 ? 0 : taken / binning.counts[bin];
  }
  return parts;
}

function weightedDifference(
  sums: Float64Array, // [shard][bin]
  counts: Float64Array, // [shard][bin]
  high: Float64Array, // [bin]
  low: Float64Array, // [bin]
  sharding: Sharding,
): Measured {
  const bins = high.length;
  const weigh = (of: Float64Array, weights: Float64Array) =>
    Float64Array.from({ length: sharding.shards }, (_, shard) => {
      let sum = 0;
      for (let bin = 0; bin < bins; bin++) sum += of[shard * bins + bin] * weights[bin];
      return sum;
    });
  const [above, below] = [high, low].map((weights) => {
    const sum = weigh(sums, weights);
    const count = weigh(counts, weights);
    const mean = ratio(sum, count);
    if (mean === undefined) return undefined;
    const per = measured(count).amount;
    return { mean: mean.amount, residuals: sum.map((part, shard) => (part - mean.amount * count[shard]) / per) };
  });
  if (above === undefined || below === undefined) return { amount: 0, standardError: 0 };
  const residuals = above.residuals.map((residual, shard) => residual - below.residuals[shard]);
  return { amount: above.mean - below.mean, standardError: measured(residuals).standardError };
}

function meansByAnswer(binning: Binning, sums: Float64Array, counts: Float64Array, sharding: Sharding): Exposure["answers"] {
  const bins = binning.counts.length;
  const column = (of: Float64Array, bin: number) => Float64Array.from({ length: sharding.shards }, (_, shard) => of[shard * bins + bin]);
  return Array.from(binning.from, (answer, bin) => {
    const netValue = ratio(column(sums, bin), column(counts, bin));
    assert(netValue !== undefined, "A group of a discrete question has no draw.");
    return { answer, probability: binning.counts[bin] / binning.draws, netValue };
  });
}

/** Between-bin over total variance of all draws, less what bins of plain noise would show; error from the shards' shares. */
function varianceShareOf(netValue: Float64Array, sums: Float64Array, counts: Float64Array, sharding: Sharding): Measured {
  const { amount, perShard } = sharesOf(netValue, sums, counts, sharding);
  return { amount: Math.min(1, Math.max(0, amount)), standardError: measured(perShard).standardError };
}

function sharesOf(
  netValue: Float64Array,
  sums: Float64Array, // [shard][bin]
  counts: Float64Array, // [shard][bin]
  { shards, shardSize }: Sharding,
): { amount: number; perShard: Float64Array } {
  const bins = sums.length / shards;
  const pooledSums = new Float64Array(bins);
  const pooledCounts = new Float64Array(bins);
  const perShard = new Float64Array(shards);
  for (let shard = 0; shard < shards; shard++) {
    const [ofSums, ofCounts] = [sums, counts].map((of) => of.subarray(shard * bins, (shard + 1) * bins));
    for (let bin = 0; bin < bins; bin++) {
      pooledSums[bin] += ofSums[bin];
      pooledCounts[bin] += ofCounts[bin];
    }
    const draws = netValue.subarray(shard * shardSize, (shard + 1) * shardSize);
    perShard[shard] = shareOf(draws, ofSums, ofCounts);
  }
  return { amount: shareOf(netValue, pooledSums, pooledCounts), perShard };
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
  shardMeans(netValue, sharding, "netValue");
  let [amount, discretisation, noise] = [0, 0, 0];
  const perShard = new Float64Array(sharding.shards);
  const shares = questions.map(({ name, binning }) => {
    assert(binning.draws === drawCount(sharding), "A question has another number of draws than the run.");
    const sums = groupSums(netValue, 1, binning.binOfDraw, binning.counts.length, sharding);
    const counts = shardCounts(binning, sharding);
    const found = sharesOf(netValue, sums, counts, sharding);
    const level = binning.levels[levelOf.bins32];
    const coarser = sharesOf(netValue, merged(sums, level, sharding), merged(counts, level, sharding), sharding);
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

function shareOf(netValue: Float64Array, sums: Float64Array, counts: Float64Array): number {
  const draws = netValue.length;
  let total = 0;
  for (const sum of sums) total += sum;
  const mean = total / draws;
  let between = 0;
  let filled = 0;
  for (let bin = 0; bin < sums.length; bin++) {
    if (counts[bin] === 0) continue;
    filled++;
    between += square(sums[bin] / counts[bin] - mean) * counts[bin];
  }
  let all = 0;
  for (let draw = 0; draw < draws; draw++) all += square(netValue[draw] - mean);
  if (all <= 1e-24 * mean * mean * draws) return 0;
  const within = filled < draws ? (all - between) / (draws - filled) : 0;
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
