import { expect, test } from "vitest";
import { breakEven, breakEvenAccess, breakEvenStepUp, explainBreakEvenAccess, explainBreakEvenStepUp } from "./break-even.ts";
import { exactRows } from "./draws.fixture.ts";

const sharding = { shards: 1, shardSize: 1000 };
const success = exactRows([150, 850], [1, 0]);
const now = success.map((happens) => (happens === 1 ? 240 : -30));
const waitAt = (stepUp: number) => success.map((happens) => happens * 0.9 * Math.max(300 - 60 * stepUp, 0));

const twoShards = (x: number) => Float64Array.of(1, 3).map((a) => a - 2 * x);

test("[WAIT10] the step-up at which waiting nets no more than now (O06)", () => {
  const answer = breakEvenStepUp({ waitAt, other: now, low: 1, high: 10 }, sharding);
  expect(answer.reachable && answer.at.amount).toBeCloseTo(3.7037037037037037, 9);
  expect(breakEvenStepUp({ waitAt, other: now, low: 4, high: 10 }, sharding)).toEqual({ reachable: false, side: "alwaysBehind" });
  expect(breakEvenStepUp({ waitAt, other: now, low: 1, high: 3 }, sharding)).toEqual({ reachable: false, side: "alwaysAhead" });
});

test("[WAIT10] the access at which waiting nets no more than now (O06)", () => {
  const answer = breakEvenAccess({ waitWithAccess: waitAt(2), other: now }, sharding);
  expect(answer.reachable && answer.at.amount).toBeCloseTo(0.43209876543209874, 9);
  expect(breakEvenAccess({ waitWithAccess: waitAt(4), other: now }, sharding)).toMatchObject({ side: "alwaysBehind" });
  expect(breakEvenAccess({ waitWithAccess: waitAt(2), other: new Float64Array(1000) }, sharding)).toMatchObject({ side: "alwaysAhead" });
});

test("[WAIT10] thresholds of the widget factory: cost 1980, prices 96.97 and 249.35 (O01)", () => {
  const price = exactRows([500, 500], [300, 100]);
  const waitAtCost = (times: number) => price.map((amount) => Math.max(-1600 * times + amount * 11, 0) / 1.1);
  const nowAt1600 = price.map((amount) => -1400 + amount * 10);
  const cost = breakEvenStepUp({ waitAt: waitAtCost, other: nowAt1600, low: 1, high: 2 }, sharding);
  expect(cost.reachable && cost.at.amount * 1600).toBeCloseTo(1980, 7);
  // Today's price P, next year 1.5 P or 0.5 P: waiting pays if 16.5 P covers 1600; now wins above 249.35.
  const next = exactRows([500, 500], [1.5, 0.5]);
  const worthwhile = breakEven({ gapAt: (p) => next.map(() => 16.5 * p - 1600), low: 1, high: 1000 }, sharding);
  expect(worthwhile.reachable && worthwhile.at.amount).toBeCloseTo(96.96969696969697, 9);
  const gapAt = (p: number) => next.map((times) => -1600 + p + (times * p) / 0.1 - Math.max(-1600 + times * p * 11, 0) / 1.1);
  const atOnce = breakEven({ gapAt, low: 100, high: 1000 }, sharding);
  expect(atOnce.reachable && atOnce.at.amount).toBeCloseTo(249.35064935064935, 7);
});

test("[WAIT11] the error of a break-even is that of its gap over its slope", () => {
  // Gap per draw a - 2x with shard means 1 and 3: x = 1, error 1 / 2.
  const answer = breakEven({ gapAt: twoShards, low: 0, high: 5 }, { shards: 2, shardSize: 1 });
  expect(answer).toMatchObject({ reachable: true, at: { amount: 1 } });
  expect(answer.reachable && answer.at.standardError).toBeCloseTo(0.5, 9);
});

test("[WHY1] both break-evens show what is equal there", () => {
  const tree = explainBreakEvenStepUp({ waitAt, other: now, low: 1, high: 10 }, sharding);
  expect(tree.children[0].amount).toBeCloseTo(10.5, 9);
  expect(tree.children[1].amount).toBeCloseTo(10.5, 6);
  const access = explainBreakEvenAccess({ waitWithAccess: waitAt(2), other: now }, sharding);
  const [other, wait] = access.children.map(({ amount }) => amount as number);
  expect(other / wait).toBeCloseTo(access.amount as number, 12);
});
