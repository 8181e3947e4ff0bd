import { expect, test } from "vitest";
import { beliefThresholds, explainBeliefThresholds } from "./belief-thresholds.ts";
import { exactRows } from "./draws.fixture.ts";

const sharding = { shards: 1, shardSize: 10 };
const event = exactRows([4, 6], [1, 0]);
const worth = (name: string, yes: number, no: number) => ({ name, netValue: exactRows([4, 6], [yes, no]) });
const question = { name: "sun", event, belief: 0.4 };

test("[PRICE8] the party moves from in to porch to out as the belief in sun grows", () => {
  const answer = beliefThresholds([worth("out", 100, 0), worth("porch", 90, 20), worth("in", 40, 50)], question, sharding);
  if (!answer.reachable) throw new Error("Thresholds were expected.");
  // in = porch: 50 - 10 p = 20 + 70 p at 3/8; porch = out: 20 + 70 p = 100 p at 2/3.
  expect(answer.stretches.map(({ best }) => best)).toEqual(["in", "porch", "out"]);
  expect(answer.thresholds[0].probability.amount).toBeCloseTo(3 / 8, 12);
  expect(answer.thresholds[1].probability.amount).toBeCloseTo(2 / 3, 12);
  expect(answer.thresholds[1]).toMatchObject({ below: "porch", above: "out" });
});

test("[PRICE8] an alternative that is never best does not appear, and one answer alone has no threshold", () => {
  const answer = beliefThresholds([worth("out", 100, 0), worth("shed", 10, 5), worth("in", 40, 50)], question, sharding);
  // out = in: 100 p = 50 - 10 p at 5/11.
  expect(answer).toMatchObject({ stretches: [{ best: "in" }, { best: "out" }] });
  const sure = { ...question, event: new Float64Array(10).fill(1) };
  expect(beliefThresholds([worth("out", 1, 0)], sure, sharding)).toEqual({ reachable: false, side: "oneAnswerOnly" });
});

test("[WHY1] the tree of the thresholds holds every alternative given every answer", () => {
  const tree = explainBeliefThresholds([worth("out", 100, 0), worth("in", 40, 50)], question, sharding);
  expect(tree).toMatchObject({ amount: 1, question: "sun" });
  expect(tree.children.slice(2).map(({ amount }) => amount)).toEqual([100, 0, 40, 50]);
});
