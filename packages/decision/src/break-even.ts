import { assert } from "./assert.ts";
import { explained, type Explanation } from "./explanation.ts";
import { difference, measured, ratio, shardMeans, type Measured, type Sharding } from "./sharding.ts";

/** Where a gap closes, or on which side of zero it stays over the whole range. */
export type BreakEven = { reachable: true; at: Measured } | { reachable: false; side: "alwaysAhead" | "alwaysBehind" };

export interface Gap {
  /** Per draw, or shard means prepared by the caller: how far ahead we are at x. Its mean is monotone in x. */
  gapAt: (x: number) => Float64Array; // [draw]
  low: number;
  high: number;
  /** How closely the bracket is drawn, relative to its ends; 1e-13 unless given. */
  precision?: number;
}

/**
 * The x in [low, high] at which the mean of a monotone gap is zero (false position, Illinois variant; Dowell and Jarratt
 * 1971); standard error of the gap between shards divided by its slope.
 */
export function breakEven(gap: Gap, sharding: Sharding): BreakEven {
  assert(gap.low < gap.high, "A break-even needs a range to look in.");
  const meanAt = (x: number) => measured(shardMeans(gap.gapAt(x), sharding, "of the gap")).amount;
  const atLow = meanAt(gap.low);
  const atHigh = meanAt(gap.high);
  if (atLow > 0 && atHigh > 0) return { reachable: false, side: "alwaysAhead" };
  if (atLow < 0 && atHigh < 0) return { reachable: false, side: "alwaysBehind" };
  if (atLow === atHigh) return { reachable: false, side: "alwaysBehind" };
  const at = falsePosition(meanAt, { low: gap.low, high: gap.high, atLow, atHigh }, gap.precision ?? 1e-13);
  const error = measured(shardMeans(gap.gapAt(at), sharding, "of the gap")).standardError;
  const step = 1e-4 * Math.max(Math.abs(at), 1e-6 * (gap.high - gap.low));
  const slope = (meanAt(at + step) - meanAt(at - step)) / (2 * step);
  const standardError = error === 0 ? 0 : slope === 0 ? Infinity : error / Math.abs(slope);
  return { reachable: true, at: { amount: at, standardError } };
}

function falsePosition(
  meanAt: (x: number) => number,
  bracket: { low: number; high: number; atLow: number; atHigh: number },
  precision: number,
): number {
  let { low, high, atLow, atHigh } = bracket;
  if (atLow === 0) return low;
  if (atHigh === 0) return high;
  for (let round = 0; round < 200; round++) {
    const x = (low * atHigh - high * atLow) / (atHigh - atLow);
    if (Math.abs(high - low) <= precision * Math.max(Math.abs(low), Math.abs(high))) return x;
    if (x <= Math.min(low, high) || x >= Math.max(low, high)) return x;
    const at = meanAt(x);
    if (at === 0) return x;
    if (at < 0 === atHigh < 0) atLow /= 2;
    else {
      low = high;
      atLow = atHigh;
    }
    high = x;
    atHigh = at;
  }
  return high;
}

/** How much worse access may get before waiting is no better than the best other alternative. */
export interface AccessQuestion {
  /** netValue of waiting if we always get in, discounted to today. */
  waitWithAccess: Float64Array; // [draw]
  /** netValue of the best alternative that does not wait. */
  other: Float64Array; // [draw]
}

/**
 * The access probability at which waiting nets what the best other alternative nets, access being independent of the rest:
 * E[other] / E[wait with access]. "alwaysBehind" where even full access is not enough, "alwaysAhead" where none is needed.
 */
export function breakEvenAccess(question: AccessQuestion, sharding: Sharding): BreakEven {
  const other = shardMeans(question.other, sharding, "other");
  const wait = shardMeans(question.waitWithAccess, sharding, "waitWithAccess");
  const needed = measured(other).amount;
  const most = measured(wait).amount;
  if (needed < 0 || (needed === 0 && most > 0)) return { reachable: false, side: "alwaysAhead" };
  const at = ratio(other, wait);
  if (at === undefined || most < needed) return { reachable: false, side: "alwaysBehind" };
  return { reachable: true, at };
}

/**
 * The same for a wait that may try several times: the chance of getting in, alike at every trigger, at which waiting nets what
 * the best other alternative nets under the rules the worth was found with. Getting in at the first try nets `attempts[0]`, at
 * the second, after one refusal, `attempts[1]`.
 */
export function breakEvenCommonAccess({ attempts, other }: AttemptsQuestion): BreakEven {
  const perShard = { shards: other.length, shardSize: 1 };
  const none = new Float64Array(other.length);
  if (attempts.length < 2) return breakEvenAccess({ waitWithAccess: attempts[0] ?? none, other }, perShard);
  const gapAt = (chance: number): Float64Array =>
    other.map((mean, shard) => chance * attempts.reduceRight((later, nets) => nets[shard] + (1 - chance) * later, 0) - mean);
  if (measured(other).amount < 0) return { reachable: false, side: "alwaysAhead" };
  return breakEven({ gapAt, low: 0, high: 1 }, perShard);
}

export interface AttemptsQuestion {
  /** Mean netValue of getting in at the first, second, ... trigger at which the policy wants in. */
  attempts: Float64Array[]; // [attempt][shard]
  /** Mean netValue of the best alternative that does not wait. */
  other: Float64Array; // [shard]
}

/** How much dearer the round after the trigger may be before waiting is no better than the best other alternative. */
export interface StepUpQuestion {
  /** netValue of waiting (the policy included) when that round costs stepUp times today's price. */
  waitAt: (stepUp: number) => Float64Array; // [draw]
  other: Float64Array; // [draw]
  /** The range of step-ups to look in. */
  low: number;
  high: number;
  precision?: number;
}

/** The price step-up at which waiting nets what the best other alternative nets; sides as in breakEvenAccess. */
export function breakEvenStepUp(question: StepUpQuestion, sharding: Sharding): BreakEven {
  const gapAt = (stepUp: number) => difference(question.waitAt(stepUp), question.other);
  return breakEven({ gapAt, low: question.low, high: question.high, precision: question.precision }, sharding);
}

/** The tree behind breakEvenAccess. */
export function explainBreakEvenAccess(question: AccessQuestion, sharding: Sharding): Explanation {
  return explainedBreakEven("breakEvenAccess", "probability", breakEvenAccess(question, sharding), {
    formula: "bestOther / waitFor with access 1",
    children: [
      explained("bestOther", "money", measured(shardMeans(question.other, sharding)), { column: "other" }),
      explained("waitFor", "money", measured(shardMeans(question.waitWithAccess, sharding)), {
        column: "waitWithAccess",
      }),
    ],
  });
}

/** The tree behind breakEvenStepUp: the two worths at the break-even, equal there. */
export function explainBreakEvenStepUp(question: StepUpQuestion, sharding: Sharding): Explanation {
  const answer = breakEvenStepUp(question, sharding);
  const stepUp = answer.reachable ? answer.at.amount : question.low;
  return explainedBreakEven("breakEvenStepUp", "multiple", answer, {
    formula: "stepUp at which waitFor = bestOther",
    children: [
      explained("bestOther", "money", measured(shardMeans(question.other, sharding)), { column: "other" }),
      explained("waitFor", "money", measured(shardMeans(question.waitAt(stepUp), sharding)), {
        params: { stepUp },
      }),
    ],
  });
}

/** An explanation of a break-even: its place, or the side on which the gap stays. */
export function explainedBreakEven(
  measure: Explanation["measure"],
  unit: Explanation["unit"],
  answer: { reachable: true; at: Measured } | { reachable: false; side: string },
  rest: Partial<Explanation>,
): Explanation {
  if (answer.reachable) return explained(measure, unit, answer.at, rest);
  return explained(measure, unit, undefined, { ...rest, params: { ...rest.params, side: answer.side } });
}
