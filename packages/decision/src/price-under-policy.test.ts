import { expect, test } from "vitest";
import { certaintyEquivalent } from "./certainty-equivalent.ts";
import { exactRows } from "./draws.fixture.ts";
import { investingNetValue } from "./investing.ts";
import { reservationPriceUnder } from "./price-under-policy.ts";
import { reservationPrice } from "./reservation-price.ts";
import type { RiskPolicy } from "./risk-policy.ts";

const sharding = { shards: 4, shardSize: 20 };
const everyShard = (perShard: number[], amounts: number[]): Float64Array =>
  Float64Array.from(Array.from({ length: 4 }, () => [...exactRows(perShard, amounts)]).flat());
const event = everyShard([3, 17], [1, 0]);
const terms = {
  ticket: 60,
  preMoney: 60,
  newMoney: 60,
  retention: 1,
  exitValue: event.map((yes) => (yes ? 900 : 60)),
  discountProceeds: 1,
  discountTicket: 1,
};
const pass = { name: "pass", netValue: new Float64Array(80) };
const wait = { name: "wait", netValue: event.map((yes) => (yes ? 60 : 0)) };
const neutral: RiskPolicy = { attitude: { kind: "riskNeutral" } };

const priced = (policy: RiskPolicy) => {
  const { againstBest, nowOrNever, bestOther } = reservationPriceUnder(terms, [pass, wait], policy, sharding);
  if (!againstBest.reachable || !nowOrNever.reachable) throw new Error("no price");
  return { against: againstBest.at.amount, never: nowOrNever.at.amount, bestOther };
};

test("[RISK8] a neutral team walks away where the closed form says", () => {
  const closed = reservationPrice(terms, [pass, wait], sharding);
  const found = priced(neutral);
  expect(found.against).toBeCloseTo(closed.againstBest.reachable ? closed.againstBest.at.amount : NaN, 6);
  expect(found.never).toBeCloseTo(closed.nowOrNever.reachable ? closed.nowOrNever.at.amount : NaN, 6);
});

test("[RISK8] a cautious team walks away earlier, at the price where both are as good", () => {
  const policy: RiskPolicy = { attitude: { kind: "exponential", riskTolerance: 80 } };
  const { against, never, bestOther } = priced(policy);
  expect(bestOther).toBe("wait");
  expect(never).toBeLessThan(priced(neutral).never);
  const sure = (netValue: Float64Array): number => {
    const answer = certaintyEquivalent(netValue, policy.attitude, sharding);
    return answer.reachable ? answer.at.amount : NaN;
  };
  expect(sure(investingNetValue({ ...terms, preMoney: never }))).toBeCloseTo(0, 6);
  expect(sure(investingNetValue({ ...terms, preMoney: against }))).toBeCloseTo(sure(wait.netValue), 6);
});

test("[RISK8] a limit lowers the price to where the worst draws reach it, or leaves none", () => {
  // In the worst draws the share of 60 must return 60 - 40: 60 x 60 / (pre + 60) = 20 at a pre-money of 120.
  expect(priced({ ...neutral, cvarLimit: { level: 0.05, amount: 40 } }).never).toBeCloseTo(Math.min(120, priced(neutral).never), 5);
  expect(priced({ ...neutral, cvarLimit: { level: 0.05, amount: 35 } }).never).toBeCloseTo((60 * 60) / 25 - 60, 5);
  const never = reservationPriceUnder(
    { ...terms, exitValue: new Float64Array(80) },
    [pass],
    { ...neutral, cvarLimit: { level: 0.05, amount: 1 } },
    sharding,
  );
  expect(never.nowOrNever).toEqual({ reachable: false, side: "noPriceLowEnough" });
});
