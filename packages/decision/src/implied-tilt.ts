import { hypotenuse } from "@watershed/probability";
import { explainedBreakEven } from "./break-even.ts";
import { explained, type Explanation } from "./explanation.ts";
import { difference, drawCount, isClear, measured, resolved, shardMeans, type Measured, type Sharding } from "./sharding.ts";
import { effectiveDraws, levelSums, tiltedMeans, type LevelSums, type Tilt } from "./tilt.ts";

/** The shift of belief at which the price is fair, or why there is none. */
export type ImpliedTilt =
  | {
      reachable: true;
      /** Log-odds by which the belief has to move; negative where the price believes less than we do. */
      shift: Measured;
      /** Whether moving up the answers (towards confirmation) makes the investment worth more. */
      upHelps: boolean;
      /** How many equal draws the reweighted ones are as good as. */
      effectiveDraws: number;
    }
  | {
      reachable: false;

      side: "alwaysWorth" | "neverWorth" | "noEffect";
      /** The shifts between which enough effective draws are left, with netValue there. */
      low: TiltPoint;
      high: TiltPoint;
    };

/** netValue at one shift of belief. */
export interface TiltPoint {
  shift: number;
  netValue: Measured;
  effectiveDraws: number;
}

/** Draws are refused where fewer than this share of them would tell as much as the reweighted ones. */
export const leastEffectiveShare = 0.01;
const step = 0.25;
const farthest = 12;

/**
 * The shift of a belief at which investing at the asked price nets nothing, nearest to today's. Looked for as far as a
 * hundredth of the draws remain effective; "alwaysWorth" and "neverWorth" hold within that reach, and say where it ends.
 */
export function impliedTilt(netValue: Float64Array, tilt: Tilt, sharding: Sharding): ImpliedTilt {
  shardMeans(netValue, sharding, "netValue");
  const sums = levelSums(netValue, tilt, sharding);
  const perShardAt = (shift: number): Float64Array => tiltedMeans(sums, shift);
  const meanAt = (shift: number): number => measured(perShardAt(shift)).amount;
  const [low, high] = [reach(tilt, -1), reach(tilt, 1)];
  const ends = { low: tiltPoint(sums, low), high: tiltPoint(sums, high) };
  const effect = measured(difference(perShardAt(high), perShardAt(low)));
  const rounding = 1e-12 * (Math.abs(ends.low.netValue.amount) + Math.abs(ends.high.netValue.amount));
  const bracket = bracketOf(meanAt, low, high);
  if (bracket === undefined || Math.abs(effect.amount) <= rounding) {
    const still = Math.abs(effect.amount) <= rounding || (Number.isFinite(effect.standardError) && !isClear(effect));
    const side = still ? "noEffect" : meanAt(0) > 0 ? "alwaysWorth" : "neverWorth";
    return { reachable: false, side, ...ends };
  }
  const at = bisect(meanAt, bracket);
  const around = measured(difference(perShardAt(at + step / 2), perShardAt(at - step / 2)));
  // A fair belief whose neighbours the draws cannot tell apart is none.
  if (Number.isFinite(around.standardError) && !isClear(around)) return { reachable: false, side: "noEffect", ...ends };
  const slope = around.amount / step;
  const { standardError } = measured(perShardAt(at));
  return {
    reachable: true,
    shift: { amount: at, standardError: standardError === 0 ? 0 : standardError / Math.abs(slope) },
    upHelps: slope > 0,
    effectiveDraws: effectiveDraws(tilt, at),
  };
}

/** netValue at one shift, with how many draws are behind it. */
export function tiltPoint(sums: LevelSums, shift: number): TiltPoint {
  return { shift, netValue: measured(tiltedMeans(sums, shift)), effectiveDraws: effectiveDraws(sums.tilt, shift) };
}

/** A share of draws, such as the chance that a thesis is confirmed, after a shift known with an error. */
export function tiltedShare(event: Float64Array, tilt: Tilt, shift: Measured, sharding: Sharding): Measured {
  const sums = levelSums(event, tilt, sharding);
  const at = (amount: number): Float64Array => tiltedMeans(sums, amount);
  const share = measured(at(shift.amount));
  const here = resolved(share, share.amount > 0 && share.amount < 1 ? 1 : 0, sharding);
  const width = 1e-3;
  const slope = (measured(at(shift.amount + width)).amount - measured(at(shift.amount - width)).amount) / (2 * width);
  return { amount: here.amount, standardError: hypotenuse(here.standardError, slope * shift.standardError) };
}

/** The farthest shift on one side at which enough draws remain effective, in whole steps. */
export function reach(tilt: Tilt, direction: 1 | -1): number {
  let draws = 0;
  for (const count of tilt.counts) draws += count;
  let shift = 0;
  while (Math.abs(shift) < farthest && effectiveDraws(tilt, shift + direction * step) >= leastEffectiveShare * draws)
    shift += direction * step;
  return shift;
}

/** The step nearest to no shift in which the mean changes its sign. */
function bracketOf(meanAt: (shift: number) => number, low: number, high: number): [number, number] | undefined {
  const today = meanAt(0);
  if (today === 0) return [0, 0];
  let [down, up] = [today, today];
  for (let away = step; away <= Math.max(-low, high) + step / 2; away += step) {
    const [above, below] = [away <= high ? meanAt(away) : up, -away >= low ? meanAt(-away) : down];
    if (away <= high && above > 0 !== up > 0) return [away - step, away];
    if (-away >= low && below > 0 !== down > 0) return [-away, -away + step];
    [up, down] = [above, below];
  }
  return undefined;
}

function bisect(meanAt: (shift: number) => number, [from, to]: [number, number]): number {
  let [low, high] = [from, to];
  const rises = meanAt(high) > meanAt(low);
  for (let round = 0; round < 48; round++) {
    const middle = (low + high) / 2;
    if (meanAt(middle) > 0 === rises) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** The tree behind impliedTilt: netValue today, and the shift that makes it nothing. */
export function explainImpliedTilt(name: string, netValue: Float64Array, tilt: Tilt, sharding: Sharding): Explanation {
  const answer = impliedTilt(netValue, tilt, sharding);
  const place = answer.reachable ? { reachable: true as const, at: answer.shift } : answer;
  return explainedBreakEven("impliedShift", "count", place, {
    params: { name, ...(answer.reachable ? { effectiveDraws: Math.round(answer.effectiveDraws), draws: drawCount(sharding) } : {}) },
    formula: "shift of log-odds at which expectedNetValue = 0",
    children: [explained("expectedNetValue", "money", measured(shardMeans(netValue, sharding)), { column: "now" })],
  });
}
