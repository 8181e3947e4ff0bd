import { expect, test } from "vitest";
import { exactRows } from "./draws.fixture.ts";
import { cvarOf, tailsOf } from "./quantile.ts";
import { recommend } from "./recommend.ts";
import { underPolicy, type RiskPolicy } from "./risk-policy.ts";

const sharding = { shards: 4, shardSize: 25 };
/** Draws spread evenly over the shards: in every shard `perShard[i]` of 25 draws. */
const spread = (perShard: number[], amounts: number[]): Float64Array =>
  Float64Array.from(Array.from({ length: 4 }, () => [...exactRows(perShard, amounts)]).flat());
const pass = { name: "pass", netValue: new Float64Array(100) };
const now = { name: "now", netValue: spread([10, 15], [100, -40]) }; // mean 16
const wait = { name: "wait", netValue: spread([10, 15], [40, -8]) }; // mean 11.2
const averse = (riskTolerance: number): RiskPolicy => ({ attitude: { kind: "exponential", riskTolerance } });

test("[RISK4] neutral without a limit, a policy changes nothing", () => {
  const neutral: RiskPolicy = { attitude: { kind: "riskNeutral" } };
  expect(recommend([pass, now, wait], sharding, neutral)).toEqual(recommend([pass, now, wait], sharding));
});

test("[RISK4] the best by certainty equivalent, with its lead on common draws and what a neutral team would do", () => {
  const answer = underPolicy([pass, now, wait], averse(50), sharding);
  const equivalent = (up: number, down: number): number => -50 * Math.log(0.4 * Math.exp(-up / 50) + 0.6 * Math.exp(-down / 50));
  expect(answer).toMatchObject({ best: "wait", runnerUp: "pass", neutralBest: "now", noneAdmissible: false, limitPrice: undefined });
  expect(answer.worth.amount).toBeCloseTo(equivalent(40, -8), 9);
  expect(answer.lead!.amount).toBeCloseTo(equivalent(40, -8), 9);
  expect(equivalent(100, -40)).toBeLessThan(0);
  const recommendation = recommend([pass, now, wait], sharding, averse(50));
  expect(recommendation).toMatchObject({ best: "wait", runnerUp: "pass" });
  // The figures beside the choice stay expected amounts.
  expect(recommendation.alternatives.find(({ name }) => name === "wait")!.netValue.amount).toBeCloseTo(11.2, 12);
});

test("[RISK5] an alternative whose worst draws lose more than the limit is refused, and the price of the limit is told", () => {
  const policy: RiskPolicy = { attitude: { kind: "riskNeutral" }, cvarLimit: { level: 0.05, amount: 10 } };
  const answer = underPolicy([pass, now, wait], policy, sharding);
  expect(answer.best).toBe("wait");
  expect(answer.alternatives.map(({ refused }) => refused)).toEqual([undefined, "cvarLimit", undefined]);
  expect(answer.alternatives[1].cvar!.amount).toBeCloseTo(-40, 12);
  expect(answer.limitPrice!.best).toBe("now");
  expect(answer.limitPrice!.amount.amount).toBeCloseTo(16 - 11.2, 12);
  // A limit that only passing keeps.
  expect(underPolicy([pass, now, wait], { ...policy, cvarLimit: { level: 0.05, amount: 1 } }, sharding).best).toBe("pass");
  // A limit that does not bind costs nothing.
  const wide = underPolicy([pass, now, wait], { ...policy, cvarLimit: { level: 0.05, amount: 50 } }, sharding);
  expect(wide).toMatchObject({ best: "now", limitPrice: undefined });
});

test("[RISK5] passing keeps every limit, and where it is no alternative the least bad is named as such", () => {
  const policy: RiskPolicy = { attitude: { kind: "riskNeutral" }, cvarLimit: { level: 0.2, amount: 0 } };
  expect(underPolicy([pass, now], policy, sharding)).toMatchObject({ best: "pass", noneAdmissible: false });
  expect(underPolicy([now, wait], policy, sharding)).toMatchObject({ best: "wait", noneAdmissible: true, clear: false });
});

test("[RISK3] an alternative that may ruin is refused", () => {
  const policy: RiskPolicy = { attitude: { kind: "crra", relativeRiskAversion: 0.1, wealth: 40 } };
  const answer = underPolicy([pass, now, wait], policy, sharding);
  expect(answer.best).toBe("wait");
  expect(answer.alternatives[1]).toMatchObject({
    refused: "ruin",
    certaintyEquivalent: { reachable: false, probability: { amount: 0.6 } },
  });
});

test("[DEC6] the mean of the worst draws at 5% is cvar05, at 100% the mean", () => {
  const column = Float64Array.from({ length: 100 }, (_, draw) => Math.sin(draw * 7) * 10);
  expect(cvarOf(column, 0.05, sharding)).toEqual(tailsOf(column, sharding).cvar05);
  expect(cvarOf(column, 1, sharding).amount).toBeCloseTo(column.reduce((sum, amount) => sum + amount, 0) / 100, 12);
});
