import { log } from "@watershed/probability";
import { answerMeans } from "./answer-means.ts";
import { assert } from "./assert.ts";
import { beliefThresholds, type ThresholdQuestion } from "./belief-thresholds.ts";
import { indexOfLargest, type Alternative } from "./expected-net-value.ts";
import { ledgerOf } from "./result-sums.ts";
import { measured, type Measured, type Sharding } from "./sharding.ts";
import { groupSums } from "./stakes.ts";
import { answerTilt, type Tilt } from "./tilt.ts";

/** The nearest belief on one side of today's at which another alternative becomes best. */
export interface ProbabilityFlip {
  probability: Measured;
  /** Flip minus today's belief. */
  change: Measured;
  /** Best beyond the flip. */
  best: string;
}

/** How far the belief in an event may move before the decision changes, and worth as straight lines of that belief. */
export interface BeliefFlips {
  best: string;
  belief: number;
  up?: ProbabilityFlip;
  down?: ProbabilityFlip;
  lines: { alternative: string; ifNo: Measured; ifYes: Measured }[];
}

/** The nearest thresholds around today's belief in an event; undefined where the draws hold one answer only. */
export function beliefFlips(alternatives: Alternative[], question: ThresholdQuestion, sharding: Sharding): BeliefFlips | undefined {
  const found = beliefThresholds(alternatives, question, sharding);
  if (!found.reachable) return undefined;
  const { belief } = question;
  const place = found.stretches.findIndex(({ to }) => belief < to || to === 1);
  const flip = (at: number, best: string): ProbabilityFlip | undefined => {
    const threshold = found.thresholds[at];
    if (threshold === undefined) return undefined;
    const { probability } = threshold;
    return { probability, change: { amount: probability.amount - belief, standardError: probability.standardError }, best };
  };
  const [down, up] = [
    place > 0 ? flip(place - 1, found.stretches[place - 1].best) : undefined,
    flip(place, found.stretches[place + 1]?.best ?? ""),
  ];
  return {
    best: found.stretches[place].best,
    belief,
    ...(up ? { up } : {}),
    ...(down ? { down } : {}),
    lines: alternatives.map(({ name, netValue }) => {
      const { yes, no } = answerMeans(netValue, question.event, sharding);
      assert(yes !== undefined && no !== undefined, "A threshold needs draws of both answers.");
      return { alternative: name, ifNo: no, ifYes: yes };
    }),
  };
}

/** The nearest shift of a number's or date's belief at which another alternative becomes best. */
export interface ShiftFlip {
  /** Shift of the log-odds of exceeding any threshold. */
  shift: Measured;
  /** Median of the shifted belief; Infinity where never is the median. */
  median: number;
  /** Standard error of that median, from that of the shift. */
  medianError: number;
  best: string;
}

export interface ShiftFlips {
  best: string;
  median: number;
  up?: ShiftFlip;
  down?: ShiftFlip;
  /** Worth of every alternative along the shifts, from the lowest. */
  curve: { shift: number; median: number; netValues: Measured[] }[]; // netValues[alternative]
}

/** Beyond four units of log-odds, odds of 55 to 1 against today's, nobody's belief is shifted. */
const mostShift = 4;
const stepsPerUnit = 4;

/**
 * How far the belief on a number or date may be shifted before the decision changes. The belief is moved by one shift of the
 * log-odds of exceeding any threshold (proportional odds), by weighting the draws, everything given the answer held.
 */
export function shiftFlips(alternatives: Alternative[], column: Float64Array, sharding: Sharding): ShiftFlips {
  const tilt = answerTilt(column);
  const worths = worthsAlong(alternatives, tilt, sharding);
  const medianAt = mediansOf(column, tilt);
  const today = worths(0);
  const best = indexOfLargest(today.map((perShard) => measured(perShard).amount));
  const steps = Array.from({ length: 2 * mostShift * stepsPerUnit + 1 }, (_, step) => step / stepsPerUnit - mostShift);
  const flip = (direction: 1 | -1): ShiftFlip | undefined => {
    const path = steps.filter((shift) => shift * direction > 0).sort((one, other) => Math.abs(one) - Math.abs(other));
    let before = 0;
    for (const shift of path) {
      if (indexOfLargest(worths(shift).map((perShard) => measured(perShard).amount)) !== best)
        return refined(worths, best, before, shift, medianAt, alternatives);
      before = shift;
    }
    return undefined;
  };
  const [up, down] = [flip(1), flip(-1)];
  return {
    best: alternatives[best].name,
    median: medianAt(0),
    ...(up ? { up } : {}),
    ...(down ? { down } : {}),
    curve: steps
      .filter((_, step) => step % 2 === 0)
      .map((shift) => ({ shift, median: medianAt(shift), netValues: worths(shift).map((perShard) => measured(perShard)) })),
  };
}

type Worths = (shift: number) => Float64Array[]; // [alternative][shard]

function worthsAlong(alternatives: Alternative[], tilt: Tilt, sharding: Sharding): Worths {
  const { width, columns } = ledgerOf(alternatives, sharding);
  const levels = tilt.counts.length;
  const sums = groupSums(columns, width, tilt.levelOfDraw, levels, sharding);
  const known = new Map<number, Float64Array[]>();
  return (shift) => {
    const before = known.get(shift);
    if (before) return before;
    const weights = tilt.weightsAt(shift);
    const means = alternatives.map(() => new Float64Array(sharding.shards));
    for (let shard = 0; shard < sharding.shards; shard++) {
      const weighted = new Float64Array(width);
      for (let level = 0; level < levels; level++)
        for (let at = 0; at < width; at++) weighted[at] += weights[level] * sums[(shard * levels + level) * width + at];
      means.forEach((perShard, alternative) => (perShard[shard] = weighted[alternative] / weighted[width - 1]));
    }
    known.set(shift, means);
    return means;
  };
}

/** Bisection between a shift at which today's best still leads and one at which it does not; the error is that of the gap over its slope. */
function refined(
  worths: Worths,
  best: number,
  before: number,
  beyond: number,
  medianAt: (shift: number) => number,
  alternatives: Alternative[],
): ShiftFlip {
  let [near, far] = [before, beyond];
  for (let step = 0; step < 30; step++) {
    const middle = (near + far) / 2;
    if (indexOfLargest(worths(middle).map((perShard) => measured(perShard).amount)) === best) near = middle;
    else far = middle;
  }
  const other = indexOfLargest(worths(far).map((perShard) => measured(perShard).amount));
  const gapAt = (shift: number): Measured => measured(worths(shift)[other].map((mean, shard) => mean - worths(shift)[best][shard]));
  const width = 0.05;
  const slope = (gapAt(far + width).amount - gapAt(far - width).amount) / (2 * width);
  const standardError = slope === 0 ? Infinity : gapAt(far).standardError / Math.abs(slope);
  const [low, high] = [medianAt(far - width), medianAt(far + width)];
  const medianSlope = Number.isFinite(high - low) ? (high - low) / (2 * width) : Infinity;
  return {
    shift: { amount: far, standardError },
    median: medianAt(far),
    medianError: Math.abs(medianSlope) * standardError,
    best: alternatives[other].name,
  };
}

/** The median of the shifted belief: the level in which the weights pass one half. */
function mediansOf(column: Float64Array, tilt: Tilt): (shift: number) => number {
  const sums = new Float64Array(tilt.counts.length);
  let never = -1;
  for (let draw = 0; draw < column.length; draw++) {
    const level = tilt.levelOfDraw[draw];
    if (column[draw] === Infinity) never = level;
    else sums[level] += column[draw];
  }
  const means = sums.map((sum, level) => (level === never ? Infinity : sum / tilt.counts[level]));
  return (shift) => {
    const weights = tilt.weightsAt(shift);
    let below = 0;
    for (let level = 0; level < weights.length; level++) {
      below += (weights[level] * tilt.counts[level]) / column.length;
      if (below >= 0.5) return means[level];
    }
    return means[means.length - 1];
  };
}

/** Distance of two probabilities in log-odds, by which changes of unlike beliefs can be ordered. */
export function logOddsApart(from: number, to: number): number {
  return Math.abs(logOdds(to) - logOdds(from));
}

function logOdds(probability: number): number {
  if (probability <= 0) return -Infinity;
  return probability >= 1 ? Infinity : log(probability / (1 - probability));
}
