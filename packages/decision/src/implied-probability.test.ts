import { expect, test } from "vitest";
import { exactRows, normals, sobolColumn } from "./draws.fixture.ts";
import { explainImpliedProbability, impliedProbability } from "./implied-probability.ts";

const thousand = { shards: 1, shardSize: 1000 };
const event = exactRows([150, 850], [1, 0]);
const exit = exactRows([150, 850], [300, 30]);
const asked = (price: number) => ({ name: "works", netValue: exit.map((worth) => worth - price), event, belief: 0.15 });

test("[PRICE5] what a price believes (O08)", () => {
  const [at60, at90] = [60, 90].map((price) => impliedProbability(asked(price), thousand));
  expect(at60.reachable && at60.probability.amount).toBeCloseTo(0.1111111111111111, 12);
  expect(at90.reachable && at90.probability.amount).toBeCloseTo(0.2222222222222222, 12);
  expect(at60.reachable && at60.edge.amount).toBeCloseTo(0.15 - 0.1111111111111111, 12);
  expect(at60).toMatchObject({ yesHelps: true, ifYes: { amount: 240 }, ifNo: { amount: -30 } });
});

test("[PRICE5] an exit in six years at a price of 400 (O09)", () => {
  const netValue = exactRows([200, 800], [10000, 100]).map((worth) => 0.1 * worth * 0.6 * 1.25 ** -6 - 40);
  const answer = impliedProbability({ name: "q", netValue, event: exactRows([200, 800], [1, 0]), belief: 0.2 }, thousand);
  expect(answer.reachable && answer.probability.amount).toBeCloseTo(0.24678096064814817, 9);
});

test("[PRICE6] sides where no probability makes the price fair", () => {
  expect(impliedProbability(asked(10), thousand)).toMatchObject({ reachable: false, side: "alwaysWorth" });
  expect(impliedProbability(asked(400), thousand)).toMatchObject({ reachable: false, side: "neverWorth" });
  const flat = { ...asked(0), netValue: new Float64Array(1000).fill(5) };
  expect(impliedProbability(flat, thousand)).toMatchObject({ reachable: false, side: "noEffect" });
  const certain = { ...asked(60), event: new Float64Array(1000).fill(1) };
  expect(impliedProbability(certain, thousand)).toMatchObject({ reachable: false, side: "oneAnswerOnly", ifNo: undefined });
  expect(() => impliedProbability({ ...asked(60), event: exit }, thousand)).toThrow("0 and 1 only");
});

test("[PRICE6] a question whose answer moves netValue by less than the noise has no effect", () => {
  const sharding = { shards: 16, shardSize: 256 };
  const netValue = normals(sobolColumn(0, sharding));
  const yes = sobolColumn(3, sharding).map((chance) => (chance < 0.4 ? 1 : 0));
  expect(impliedProbability({ name: "null", netValue, event: yes, belief: 0.4 }, sharding)).toMatchObject({ side: "noEffect" });
});

test("[PRICE7] at the implied probability the expected netValue is zero", () => {
  const sharding = { shards: 16, shardSize: 1024 };
  const noise = normals(sobolColumn(0, sharding));
  const chance = sobolColumn(1, sharding);
  const worth = (yes: number, draw: number) => (yes === 1 ? 8 : -3) + noise[draw];
  const event30 = chance.map((u) => (u < 0.3 ? 1 : 0));
  const answer = impliedProbability({ name: "q", netValue: event30.map(worth), event: event30, belief: 0.3 }, sharding);
  if (!answer.reachable) throw new Error("A probability was expected.");
  // Truth 3 / 11; draw the event anew with the probability found.
  expect(Math.abs(answer.probability.amount - 3 / 11)).toBeLessThanOrEqual(3 * answer.probability.standardError);
  const again = chance.map((u) => (u < answer.probability.amount ? 1 : 0)).map(worth);
  const mean = again.reduce((sum, amount) => sum + amount) / again.length;
  expect(Math.abs(mean)).toBeLessThanOrEqual(11 * 3 * answer.probability.standardError + 11 / again.length);
});

test("[PRICE5] where yes hurts, the favourable edge is negative", () => {
  const hurt = impliedProbability({ ...asked(60), event: event.map((yes) => 1 - yes), belief: 0.85 }, thousand);
  expect(hurt).toMatchObject({ reachable: true, yesHelps: false });
  expect(hurt.reachable && hurt.edge.amount).toBeCloseTo(0.85 - 8 / 9, 12);
});

test("[WHY2] the tree of an implied probability computes to it", () => {
  const tree = explainImpliedProbability(asked(60), thousand);
  const [yes, no, belief, edge] = tree.children.map(({ amount }) => amount as number);
  expect(-no / (yes - no)).toBeCloseTo(tree.amount as number, 12);
  expect(belief - (tree.amount as number)).toBeCloseTo(edge, 12);
});
