import { expect, test } from "vitest";
import { expectedBestPerDraw, explainRecommend, recommend } from "./recommend.ts";

const sharding = { shards: 2, shardSize: 2 };
const now = { name: "now", netValue: Float64Array.of(10, -4, 8, -6) };
const wait = { name: "wait", netValue: Float64Array.of(6, 0, 4, 0) };
const pass = { name: "pass", netValue: new Float64Array(4) };

test("[DEC3] four draws by hand", () => {
  // now 2, wait 2.5, pass 0.
  const answer = recommend([now, wait, pass], sharding);
  expect(answer).toMatchObject({ best: "wait", runnerUp: "now" });
  expect(answer.alternatives.map(({ netValue }) => netValue.amount)).toEqual([2, 2.5, 0]);
  expect(answer.alternatives.map(({ probabilityLoss }) => probabilityLoss.amount)).toEqual([0.5, 0, 0]);
  // The best of each draw: 10, 0, 8, 0, mean 4.5.
  expect(answer.alternatives.map(({ expectedRegret }) => expectedRegret.amount)).toEqual([2.5, 2, 4.5]);
});

test("[DEC4] alternatives that tie share a draw", () => {
  const answer = recommend([now, wait, pass], sharding);
  expect(answer.alternatives.map(({ probabilityBest }) => probabilityBest.amount)).toEqual([0.5, 0.25, 0.25]);
});

test("[DEC5] the regret of the best alternative is what perfect information is worth", () => {
  const answer = recommend([now, wait, pass], sharding);
  expect(answer.alternatives[1].expectedRegret.amount).toBe(expectedBestPerDraw([now, wait, pass], sharding).amount - 2.5);
});

test("[DEC7] the lead is paired on common draws and clear beyond two standard errors", () => {
  // wait - now: -4, 4, -4, 6; shard means 0 and 1, lead 0.5 with error 0.5: not clear.
  const close = recommend([now, wait], sharding);
  expect(close.lead).toEqual({ amount: 0.5, standardError: 0.5 });
  expect(close.clear).toBe(false);
  const shifted = { name: "later", netValue: now.netValue.map((amount) => amount - 1) };
  expect(recommend([now, shifted], sharding)).toMatchObject({ lead: { amount: 1, standardError: 0 }, clear: true });
  expect(recommend([now, shifted], { shards: 1, shardSize: 4 }).clear).toBe(false);
});

test("[DEC3] the first listed wins a tie, and a single alternative has no runner-up", () => {
  const twin = { ...pass, name: "decline" };
  expect(recommend([pass, twin], sharding)).toMatchObject({ best: "pass", runnerUp: "decline", clear: false });
  expect(recommend([pass], sharding)).toMatchObject({ best: "pass", runnerUp: undefined, lead: undefined });
});

test("[DEC2] a decision without alternatives, or with two of one name, is refused", () => {
  expect(() => recommend([], sharding)).toThrow("at least one alternative");
  expect(() => recommend([pass, pass], sharding)).toThrow("same name");
});

const party = (name: string, sun: number, rain: number) => ({
  name,
  netValue: Float64Array.from({ length: 10 }, (_, draw) => (draw < 4 ? sun : rain)),
});

test("[DEC3] party problem: 40, 48 and 46 expected", () => {
  // Howard's party, sun 4 of 10: out 100/0, porch 90/20, in 40/50.
  const answer = recommend([party("out", 100, 0), party("porch", 90, 20), party("in", 40, 50)], {
    shards: 1,
    shardSize: 10,
  });
  expect(answer.best).toBe("porch");
  expect(answer.alternatives.map(({ netValue }) => netValue.amount)).toEqual([40, 48, 46]);
});

test("[WHY1] the tree of a recommendation carries its figures", () => {
  const tree = explainRecommend([now, wait, pass], sharding);
  expect(tree).toMatchObject({ measure: "recommend", amount: 2.5, params: { best: "wait", runnerUp: "now" } });
  expect(tree.children.map(({ amount }) => amount)).toEqual([2, 2.5, 0, 0.5]);
});
