import { answerMeans } from "./answer-means.ts";
import type { Alternative } from "./expected-net-value.ts";
import { tiltPoint, reach } from "./implied-tilt.ts";
import { investingNetValue, type InvestingTerms } from "./investing.ts";
import { difference, measured, shardMeans, type Measured, type Sharding } from "./sharding.ts";
import { levelSums, type Tilt } from "./tilt.ts";

/** netValue of investing now at one pre-money, and how far that is ahead of the best other alternative. */
export interface PricePoint {
  preMoney: number;
  netValue: Measured;
  /** On common draws; the others keep their own prices. */
  aheadOfOther: Measured;
}

/** netValue of investing now against the pre-money, at the given prices. */
export function priceCurve(terms: InvestingTerms, other: Alternative, preMoneys: number[], sharding: Sharding): PricePoint[] {
  const others = shardMeans(other.netValue, sharding, other.name);
  return preMoneys.map((preMoney) => {
    const now = shardMeans(investingNetValue({ ...terms, preMoney }), sharding, "now");
    return { preMoney, netValue: measured(now), aheadOfOther: measured(difference(now, others)) };
  });
}

/** netValue of an alternative against a belief, at one place of the curve. */
export interface BeliefPoint {
  /** Probability of yes, or shift of log-odds. */
  at: number;
  netValue: Measured;
}

/** netValue against the probability of a yes/no question: a straight line between the two answers; empty where one is missing. */
export function beliefLine(netValue: Float64Array, event: Float64Array, probabilities: number[], sharding: Sharding): BeliefPoint[] {
  const { yes, no, yesResiduals, noResiduals } = answerMeans(netValue, event, sharding);
  if (yes === undefined || no === undefined) return [];
  return probabilities.map((at) => {
    const perShard = yesResiduals.map((residual, shard) => at * (yes.amount + residual) + (1 - at) * (no.amount + noResiduals[shard]));
    return { at, netValue: measured(perShard) };
  });
}

/** netValue against a shift of belief, as far as the draws can tell. */
export function tiltCurve(netValue: Float64Array, tilt: Tilt, shifts: number[], sharding: Sharding): BeliefPoint[] {
  const [low, high] = [reach(tilt, -1), reach(tilt, 1)];
  const sums = levelSums(netValue, tilt, sharding);
  return shifts.filter((shift) => shift >= low && shift <= high).map((shift) => ({ at: shift, netValue: tiltPoint(sums, shift).netValue }));
}
