import { expect, test } from "vitest";
import { binning } from "./binning.ts";
import { exactRows, normals, plainColumn, sobolColumn } from "./draws.fixture.ts";
import { evpi } from "./evpi.ts";
import { evppi } from "./evppi.ts";
import { evppiPair, explainEvppiPair } from "./evppi-pair.ts";
import { rankDummies } from "./stakes.ts";

const discrete = (name: string, column: Float64Array) => ({ name, binning: binning(column, { discrete: true }) });
const continuous = (name: string, column: Float64Array) => ({ name, binning: binning(column, { discrete: false }) });

test("[VOI8] two yes/no questions that matter only together, by hand", () => {
  // Worth 6 when the answers agree, -6 when they differ: alone each tells nothing, together they save 3 a draw.
  const a = discrete("a", Float64Array.of(0, 0, 1, 1));
  const b = discrete("b", Float64Array.of(0, 1, 0, 1));
  const alternatives = [
    { name: "pass", netValue: new Float64Array(4) },
    { name: "now", netValue: Float64Array.of(6, -6, -6, 6) },
  ];
  const sharding = { shards: 2, shardSize: 2 };
  expect(evppi(alternatives, a, sharding).amount).toBe(0);
  expect(evppi(alternatives, b, sharding).amount).toBe(0);
  expect(evppiPair(alternatives, a, b, sharding)).toMatchObject({ amount: 3, standardError: 0, discretisation: 0 });
  expect(
    explainEvppiPair(alternatives, a, b, sharding)
      .children.slice(0, 2)
      .map(({ amount }) => amount),
  ).toEqual([0, 0]);
});

test("[VOI8] discrete answers are never interpolated: three by two groups are exact", () => {
  const a = discrete("a", exactRows([2, 2, 2], [0, 1, 2]));
  const b = discrete("b", Float64Array.of(0, 1, 0, 1, 0, 1));
  const now = { name: "now", netValue: Float64Array.of(-9, 1, 5, -2, 1, -1) };
  const worth = evppiPair([{ name: "pass", netValue: new Float64Array(6) }, now], a, b, { shards: 1, shardSize: 6 });
  // now nets -5/6, so passing is best; knowing both keeps 1, 5 and 1.
  expect(worth.amount).toBeCloseTo(7 / 6, 12);
});

const sharding = { shards: 16, shardSize: 4096 };
const draws = 16 * 4096;
const pass = { name: "pass", netValue: new Float64Array(draws) };
const normal = (dimension: number) => normals(sobolColumn(dimension, sharding));
const dummies = rankDummies(Array.from({ length: 12 }, (_, dummy) => sobolColumn(dummy + 5, sharding)));

test("[VOI8] a yes/no and a number: worth |shift| known exactly, interpolated along the number only", () => {
  // now = x + s with s = +-1 by the yes/no: given both, E[max(x + s, 0)] - 0 = (psi(1) + psi(-1)) / 2 with psi(m) = m Phi(m) + phi(m).
  const x = normal(0);
  const sign = sobolColumn(1, sharding).map((chance) => (chance < 0.5 ? 1 : 0));
  const now = { name: "now", netValue: x.map((amount, draw) => amount + (sign[draw] === 1 ? 1 : -1)) };
  const worth = evppiPair([pass, now], continuous("x", x), discrete("sign", sign), sharding, dummies);
  const truth = 1.0833154705876864 - 0.5;
  expect(Math.abs(worth.amount - truth)).toBeLessThanOrEqual(3 * worth.standardError);
  expect(worth.distinguishable).toBe(true);
});

test("[VOI8] a pair is worth at least either question and at most everything, within error", () => {
  const [x, y, z] = [normal(0), normal(1), normal(2)];
  const now = { name: "now", netValue: x.map((amount, draw) => 0.2 + amount + y[draw] * z[draw]) };
  const [a, b] = [continuous("x", x), continuous("y", y)];
  const pair = evppiPair([pass, now], a, b, sharding);
  for (const single of [a, b].map((question) => evppi([pass, now], question, sharding)))
    expect(pair.amount).toBeGreaterThanOrEqual(single.amount - 3 * Math.hypot(pair.standardError, single.standardError));
  const all = evpi([pass, now], sharding);
  expect(pair.amount).toBeLessThanOrEqual(all.amount + 3 * Math.hypot(pair.standardError, all.standardError));
});

test("[VOI3] two questions nothing depends on are not distinguishable from zero", () => {
  const noise = normals(plainColumn(0, sharding));
  const worth = evppiPair(
    [pass, { name: "now", netValue: noise }],
    continuous("x", plainColumn(1, sharding)),
    continuous("y", plainColumn(2, sharding)),
    sharding,
    rankDummies(Array.from({ length: 12 }, (_, dummy) => plainColumn(dummy + 3, sharding))),
  );
  expect(worth.distinguishable).toBe(false);
  // 64 choosing cells at a tie: at most sigma (sqrt(64) - 1) / sqrt(2 pi N), here with smoothing below it.
  expect(worth.floor).toBeLessThan((2 * 7) / Math.sqrt(2 * Math.PI * draws));
});

test("[VOI8] correlated questions leave cells empty without harm", () => {
  const x = normal(0);
  const y = x.map((amount) => amount * 2 + 1);
  const now = { name: "now", netValue: x };
  const pair = evppiPair([pass, now], continuous("x", x), continuous("y", y), sharding);
  const single = evppi([pass, now], continuous("x", x), sharding);
  expect(Math.abs(pair.amount - single.amount)).toBeLessThanOrEqual(3 * Math.hypot(pair.standardError, single.standardError));
});

test.each([
  [0, 1, 2, 3, 4],
  [2, 5, 7, 9, 11],
  [6, 12, 3, 8, 10],
  [13, 4, 9, 1, 14],
  [15, 7, 2, 12, 5],
])("[VOI8] third variables do not leak into a pair through their alignment with Sobol points: dimensions %i and %i", (...dimensions) => {
  // X Y plus three noises of variance 3: worth 1 / pi together. Choosing on 32 x 32 cells is off by up to 0.05.
  const [x, y, ...noises] = dimensions.map(normal);
  const netValue = x.map((amount, draw) => amount * y[draw] + Math.sqrt(3) * noises.reduce((sum, noise) => sum + noise[draw], 0));
  const worth = evppiPair([pass, { name: "now", netValue }], continuous("x", x), continuous("y", y), sharding);
  expect(Math.abs(worth.amount - 1 / Math.PI)).toBeLessThanOrEqual(3 * worth.standardError);
  expect(worth.standardError).toBeLessThan(0.01);
});
