import { exp, expm1, log1p } from "@watershed/probability";
import { assert } from "./assert.ts";
import type { Alternative } from "./expected-net-value.ts";
import { explained, type Explanation } from "./explanation.ts";
import { assertColumn, measured, shardMeans, type Measured, type Sharding } from "./sharding.ts";

/**
 * How gains weigh against losses: not at all (expected netValue), by exp(-netValue / riskTolerance) (Howard 1988), or by the
 * power 1 - relativeRiskAversion of wealth + netValue, its logarithm at 1 (Pratt 1964; Kelly 1956).
 */
export type RiskAttitude =
  | { kind: "riskNeutral" }
  | { kind: "exponential"; riskTolerance: number }
  | { kind: "crra"; relativeRiskAversion: number; wealth: number };

/** The sure amount that is as good as a netValue, or that some draws leave no wealth to weigh, and how many. */
export type CertaintyEquivalent = { reachable: true; at: Measured } | { reachable: false; side: "ruin"; probability: Measured };

/** What a column is as good as under an attitude: linearised contributions per shard, whose mean is the amount. */
export type Equivalent = { ruin: undefined; perShard: Float64Array } | { ruin: Measured; perShard: undefined };

/**
 * The sure amount that an attitude finds as good as the netValue, in its money; standard error by the delta method between
 * shards. Under constant relative risk aversion a draw with wealth + netValue <= 0 is ruin: no sure amount is as bad.
 */
export function certaintyEquivalent(netValue: Float64Array, attitude: RiskAttitude, sharding: Sharding): CertaintyEquivalent {
  const { ruin, perShard } = equivalentOf(netValue, attitude, sharding);
  if (ruin !== undefined) return { reachable: false, side: "ruin", probability: ruin };
  return { reachable: true, at: measured(perShard) };
}

/** The same with what every shard contributes, so that differences of alternatives keep the error of common draws. */
export function equivalentOf(netValue: Float64Array, attitude: RiskAttitude, sharding: Sharding, name = "netValue"): Equivalent {
  assertAttitude(attitude);
  const means = shardMeans(netValue, sharding, name);
  if (attitude.kind === "riskNeutral") return { ruin: undefined, perShard: means };
  if (attitude.kind === "exponential")
    return { ruin: undefined, perShard: powerMean(netValue, -1 / attitude.riskTolerance, sharding).perShard };
  const ruin = probabilityOfRuin(netValue, attitude.wealth, sharding);
  if (ruin !== undefined) return { ruin, perShard: undefined };
  const { wealth, relativeRiskAversion } = attitude;
  const growth = netValue.map((amount) => log1p(amount / wealth));
  const { amount, perShard } = powerMean(growth, 1 - relativeRiskAversion, sharding);
  const slope = wealth * exp(amount);
  const sure = wealth * expm1(amount);
  return { ruin: undefined, perShard: perShard.map((part) => sure + (part - amount) * slope) };
}

/** What a utility reads: netValue, or the logarithm of the growth of wealth; and its curvature a in (exp(a y) - 1) / a. */
export interface UtilityScale {
  scaled: (netValue: number) => number; // -Infinity at ruin
  amountOf: (scaled: number) => number;
  curvature: number;
}

/** Utility of every attitude in one form, (exp(curvature y) - 1) / curvature of a scaled netValue y, y itself at curvature 0. */
export function utilityScale(attitude: RiskAttitude): UtilityScale {
  assertAttitude(attitude);
  const same = (amount: number): number => amount;
  if (attitude.kind === "riskNeutral") return { scaled: same, amountOf: same, curvature: 0 };
  if (attitude.kind === "exponential") return { scaled: same, amountOf: same, curvature: -1 / attitude.riskTolerance };
  const { wealth, relativeRiskAversion } = attitude;
  return {
    scaled: (amount) => (amount > -wealth ? log1p(amount / wealth) : -Infinity),
    amountOf: (scaled) => wealth * expm1(scaled),
    curvature: 1 - relativeRiskAversion,
  };
}

/** log(mean of exp(curvature y)) / curvature, shifted so that nothing overflows and small curvatures keep their digits. */
function powerMean(column: Float64Array, curvature: number, sharding: Sharding): { amount: number; perShard: Float64Array } {
  if (curvature === 0) {
    const perShard = shardMeans(column, sharding);
    return { amount: measured(perShard).amount, perShard };
  }
  const shift = column.reduce((end, y) => (curvature < 0 ? Math.min(end, y) : Math.max(end, y)), column[0]);
  const sums = new Float64Array(sharding.shards);
  for (let draw = 0; draw < column.length; draw++) sums[Math.floor(draw / sharding.shardSize)] += expm1(curvature * (column[draw] - shift));
  const means = sums.map((sum) => sum / sharding.shardSize);
  const mean = measured(means).amount;
  const amount = shift + log1p(mean) / curvature;
  return { amount, perShard: means.map((part) => amount + (part - mean) / (curvature * (1 + mean))) };
}

function probabilityOfRuin(netValue: Float64Array, wealth: number, sharding: Sharding): Measured | undefined {
  const counts = new Float64Array(sharding.shards);
  let ruined = 0;
  for (let draw = 0; draw < netValue.length; draw++)
    if (wealth + netValue[draw] <= 0) {
      counts[Math.floor(draw / sharding.shardSize)]++;
      ruined++;
    }
  if (ruined === 0) return undefined;
  const share = measured(counts.map((count) => count / sharding.shardSize));
  // Where every shard counts the same, each is still off by up to half a draw.
  return share.standardError > 0 || ruined === netValue.length
    ? share
    : { ...share, standardError: 1 / (2 * sharding.shardSize * Math.sqrt(sharding.shards)) };
}

function assertAttitude(attitude: RiskAttitude): void {
  if (attitude.kind === "exponential") assert(attitude.riskTolerance > 0, "A risk tolerance must be above zero.");
  if (attitude.kind === "crra") {
    assert(attitude.wealth > 0, "The wealth at stake must be above zero.");
    assert(attitude.relativeRiskAversion >= 0, "A relative risk aversion must not be negative.");
  }
}

/** The tree behind certaintyEquivalent: the expected netValue, and what risk takes off it. */
export function explainCertaintyEquivalent(alternative: Alternative, attitude: RiskAttitude, sharding: Sharding): Explanation {
  const { name, netValue } = alternative;
  assertColumn(netValue, sharding, name);
  const answer = certaintyEquivalent(netValue, attitude, sharding);
  const mean = measured(shardMeans(netValue, sharding, name));
  const params = { alternative: name, attitude: attitude.kind, ...(answer.reachable ? {} : { side: answer.side }) };
  return explained("certaintyEquivalent", "money", answer.reachable ? answer.at : undefined, {
    params,
    formula: "expectedNetValue - riskPremium",
    children: [
      explained("expectedNetValue", "money", mean, { params: { alternative: name }, column: name }),
      answer.reachable
        ? explained("riskPremium", "money", mean.amount - answer.at.amount, { params })
        : explained("probabilityRuin", "probability", answer.probability, { params }),
    ],
  });
}
