import { answerGroups, type AnswerGroup, type AnswerGrouping } from "./answer-table.ts";
import { assert } from "./assert.ts";
import type { BinnedQuestion } from "./evppi.ts";
import { select } from "./quantile.ts";
import { assertColumn, measured, shardMeans, type Measured, type Sharding } from "./sharding.ts";
import { groupCounts, groupSums, rankDummies, type Dummies } from "./stakes.ts";

/** An answer that the worst draws share more often than all draws do. */
export interface SharedAnswer extends AnswerGroup {
  question: string;
  /** Share of the worst draws with this answer. */
  share: Measured;
  /** share / probability: how many times as frequent it is among the worst. */
  lift: Measured;
  /** share - probability: the part of the worst draws that this answer adds. */
  excess: Measured;
  /** The most that the same estimator finds in a question which nothing depends on. */
  floor: number;
  distinguishable: boolean;
}

/** Two answers of two questions that the worst draws share together. */
export interface SharedPair {
  answers: [SharedAnswer, SharedAnswer];
  probability: number;
  share: Measured;
  lift: Measured;
  excess: Measured;
}

export interface Premortem {
  /** Which draws are looked back from, and how many of them. */
  side: "worst" | "best";
  level: number;
  /** Where those draws end: the netValue at the level's quantile, and their mean. */
  threshold: Measured;
  mean: Measured;
  /** Over-represented answers above the noise floor, largest excess first. */
  answers: SharedAnswer[];
  pairs: SharedPair[];
}

export interface PremortemOptions {
  side: "worst" | "best";
  /** Share of draws looked back from; 0.05 unless given. */
  level?: number;
  dummies?: Dummies;
}

/** Numbers and dates are looked at in fifths. */
const stretches = 5;
/** Answers whose pairs are looked at. */
const pairedAnswers = 6;

/**
 * Pre-mortem (Klein 2007): which answers the worst draws of a netValue share, with their lift over all draws; on the side
 * "best" the same for the best draws. Draws that tie at the threshold count in part, so that a loss which half of all draws
 * share is not cut by chance. Standard errors from every shard's own worst draws.
 */
export function premortem(netValue: Float64Array, questions: BinnedQuestion[], sharding: Sharding, options: PremortemOptions): Premortem {
  const level = options.level ?? 0.05;
  assertColumn(netValue, sharding, "netValue");
  assert(level > 0 && level < 1, "A pre-mortem looks back from a share of draws between 0 and 1.");
  const signed = options.side === "worst" ? netValue : netValue.map((amount) => -amount);
  const tail = tailWeights(signed, sharding, level);
  const noise = noiseOf(tail.pooled, options.dummies ?? rankDummies([]));
  const found = questions.flatMap((question) => {
    const grouping = answerGroups(question.binning, stretches);
    const floor = floorOf(noise, grouping);
    const groupOfDraw = Uint16Array.from(question.binning.binOfDraw, (bin) => grouping.groupOfFine[bin]);
    const counts = countedBy(groupOfDraw, grouping.groups.length, tail, sharding);
    return grouping.groups.map((group, index) => {
      const shares = sharesOf(counts(index), tail, sharding);
      const answer: SharedAnswer = { question: question.name, ...group, ...shares, floor, distinguishable: shares.excess.amount > floor };
      return { answer, groupOfDraw, group: index };
    });
  });
  const over = found
    .filter(({ answer }) => answer.distinguishable && answer.excess.amount > 2 * answer.excess.standardError)
    .sort((one, other) => other.answer.excess.amount - one.answer.excess.amount);
  return {
    side: options.side,
    level,
    threshold: { ...tail.threshold, amount: options.side === "worst" ? tail.threshold.amount : -tail.threshold.amount },
    mean: meanOfTail(netValue, tail, sharding),
    answers: over.map(({ answer }) => answer),
    pairs: pairsOf(over.slice(0, pairedAnswers), tail, sharding),
  };
}

/** Weights of the worst draws, 1 below the threshold and a part at it: over all draws, and of every shard among its own. */
interface Tail {
  threshold: Measured;
  pooled: Float64Array; // [draw], sums to level * draws
  own: Float64Array; // [draw], sums to level * shardSize in every shard
  wholes: Float64Array; // [shard], sums of the pooled weights
  ownWholes: Float64Array; // [shard]
}

function tailWeights(amounts: Float64Array, sharding: Sharding, level: number): Tail {
  const { shards, shardSize } = sharding;
  const own = new Float64Array(amounts.length);
  const thresholds = new Float64Array(shards);
  for (let shard = 0; shard < shards; shard++)
    thresholds[shard] = weigh(
      amounts.subarray(shard * shardSize, (shard + 1) * shardSize),
      level,
      own.subarray(shard * shardSize, (shard + 1) * shardSize),
    );
  const pooled = new Float64Array(amounts.length);
  const threshold = { amount: weigh(amounts, level, pooled), standardError: measured(thresholds).standardError };
  const everyDraw = new Uint16Array(amounts.length);
  const [wholes, ownWholes] = [pooled, own].map((weights) => groupSums(weights, 1, everyDraw, 1, sharding));
  return { threshold, pooled, own, wholes, ownWholes };
}

function weigh(amounts: Float64Array, level: number, into: Float64Array): number {
  const wanted = level * amounts.length;
  const threshold = select(amounts.slice(), Math.max(0, Math.ceil(wanted - 1e-9) - 1));
  let [below, ties] = [0, 0];
  for (const amount of amounts) {
    if (amount < threshold) below++;
    else if (amount === threshold) ties++;
  }
  const part = (wanted - below) / ties;
  for (let draw = 0; draw < amounts.length; draw++) into[draw] = amounts[draw] < threshold ? 1 : amounts[draw] === threshold ? part : 0;
  return threshold;
}

/** How often an answer comes up per shard: among the worst of all draws, among the shard's own worst, and at all. */
interface AnswerCounts {
  pooled: Float64Array; // [shard]
  own: Float64Array; // [shard]
  all: Float64Array; // [shard]
}

/** Counts of every group of draws in one pass. */
function countedBy(groupOfDraw: Uint16Array, groups: number, tail: Tail, sharding: Sharding): (group: number) => AnswerCounts {
  const worst = [tail.pooled, tail.own].map((weights) => groupSums(weights, 1, groupOfDraw, groups, sharding));
  const sums = [...worst, groupCounts(groupOfDraw, groups, sharding)];
  return (group) => {
    const [pooled, own, all] = sums.map((of) => Float64Array.from({ length: sharding.shards }, (_, shard) => of[shard * groups + group]));
    return { pooled, own, all };
  };
}

/** Share of the worst draws that have an answer, beside its probability; the shards' own shares give the errors. */
function sharesOf(
  { pooled, own, all }: AnswerCounts,
  { wholes, ownWholes }: Tail,
  { shards, shardSize }: Sharding,
): Pick<SharedAnswer, "probability" | "share" | "lift" | "excess"> {
  const sumOf = (parts: Float64Array): number => parts.reduce((sum, part) => sum + part, 0);
  const probability = sumOf(all) / (shards * shardSize);
  const share = sumOf(pooled) / sumOf(wholes);
  const lift = probability > 0 ? share / probability : 0;
  const around = (amount: number, parts: Float64Array): Measured => ({ amount, standardError: measured(parts).standardError });
  const ownShares = own.map((part, shard) => part / ownWholes[shard]);
  const ownChances = all.map((count) => count / shardSize);
  return {
    probability,
    share: around(share, ownShares),
    lift: around(
      lift,
      probability > 0 ? ownShares.map((part, shard) => (part - lift * ownChances[shard]) / probability) : new Float64Array(shards),
    ),
    excess: around(
      share - probability,
      ownShares.map((part, shard) => part - ownChances[shard]),
    ),
  };
}

function meanOfTail(netValue: Float64Array, tail: Tail, sharding: Sharding): Measured {
  const of = (weights: Float64Array): Float64Array => {
    const products = netValue.map((amount, draw) => (weights[draw] === 0 ? 0 : amount * weights[draw]));
    const [above, below] = [shardMeans(products, sharding), shardMeans(weights, sharding)];
    const whole = measured(below).amount;
    return above.map((mean) => mean / whole);
  };
  return { amount: measured(of(tail.pooled)).amount, standardError: measured(of(tail.own)).standardError };
}

interface FoundAnswer {
  answer: SharedAnswer;
  groupOfDraw: Uint16Array;
  group: number;
}

/** Pairs of the most over-represented answers that are more frequent together than the more frequent of them alone would show. */
function pairsOf(over: FoundAnswer[], tail: Tail, sharding: Sharding): SharedPair[] {
  const pairs = over.flatMap((one, index) =>
    over.slice(index + 1).flatMap((other): SharedPair[] => {
      if (one.answer.question === other.answer.question) return [];
      const both = one.groupOfDraw.map((group, draw) => Number(group === one.group && other.groupOfDraw[draw] === other.group));
      const shared = sharesOf(countedBy(both, 2, tail, sharding)(1), tail, sharding);
      const alone = Math.max(one.answer.lift.amount, other.answer.lift.amount);
      const further = shared.lift.amount > alone + 2 * shared.lift.standardError;
      return further ? [{ answers: [one.answer, other.answer], ...shared }] : [];
    }),
  );
  return pairs.sort((one, other) => other.excess.amount - one.excess.amount);
}

/** Per dummy, the running share of the worst draws over its rank bins. */
function noiseOf(weights: Float64Array, { rankBinOfDraw, rankBins }: Dummies): Float64Array[] {
  let total = 0;
  for (const weight of weights) total += weight;
  return rankBinOfDraw.map((bins) => {
    const running = new Float64Array(rankBins + 1);
    for (let draw = 0; draw < weights.length; draw++) running[bins[draw] + 1] += weights[draw] / total;
    for (let bin = 1; bin <= rankBins; bin++) running[bin] += running[bin - 1];
    return running;
  });
}

/** The largest excess that any dummy shows when it is cut into the question's own probabilities. */
function floorOf(noise: Float64Array[], { groups }: AnswerGrouping): number {
  let floor = 0;
  for (const running of noise) {
    const at = (share: number): number => {
      const place = Math.min(1, share) * (running.length - 1);
      const bin = Math.min(Math.floor(place), running.length - 2);
      return running[bin] + (place - bin) * (running[bin + 1] - running[bin]);
    };
    let below = 0;
    for (const { probability } of groups) {
      floor = Math.max(floor, at(below + probability) - at(below) - probability);
      below += probability;
    }
  }
  return floor;
}
