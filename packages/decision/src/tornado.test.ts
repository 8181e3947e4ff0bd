import { normalQuantile } from "@watershed/probability";
import { expect, test } from "vitest";
import { answerGroups } from "./answer-table.ts";
import { binning } from "./binning.ts";
import { exactRows, normals, sobolColumn } from "./draws.fixture.ts";
import { varianceShares } from "./exposure.ts";
import { oneWay, twoWay } from "./sensitivity-tables.ts";
import { tornado } from "./tornado.ts";

const ten = { shards: 1, shardSize: 10 };
const run = { shards: 8, shardSize: 4096 };
const discrete = (name: string, column: Float64Array) => ({ name, binning: binning(column, { discrete: true }) });
const continuous = (name: string, column: Float64Array) => ({ name, binning: binning(column, { discrete: false }) });
const x = normals(sobolColumn(1, run));
const y = normals(sobolColumn(2, run));
const event = sobolColumn(3, run).map((u) => (u < 0.25 ? 1 : 0));
const pass = { name: "pass", netValue: new Float64Array(x.length) };

test("[SENS1] both answers of a yes/no question, with what one would do knowing each", () => {
  const sun = exactRows([4, 6], [1, 0]);
  const alternatives = [
    { name: "porch", netValue: sun.map((shines) => (shines ? 90 : 20)) },
    { name: "in", netValue: sun.map((shines) => (shines ? 40 : 50)) },
  ];
  const [bar] = tornado(alternatives, "porch", [discrete("sun", sun)], ten);
  expect(bar).toMatchObject({
    question: "sun",
    low: { from: 0, to: 0, probability: 0.6, netValue: { amount: 20 }, best: { name: "in", netValue: { amount: 50 } } },
    high: { from: 1, to: 1, probability: 0.4, netValue: { amount: 90 }, best: { name: "porch", netValue: { amount: 90 } } },
    swing: { amount: 70 },
  });
});

test("[SENS1] the worst and the best of several options, whatever their order", () => {
  const option = exactRows([3, 3, 4], [0, 1, 2]);
  const netValue = option.map((answer) => [5, 9, -1][answer]);
  const [bar] = tornado([{ name: "now", netValue }], "now", [discrete("leader", option)], ten);
  expect([bar.low.from, bar.high.from, bar.swing.amount]).toEqual([2, 1, 10]);
});

test("[SENS1] the outer tenths of a normal number, the longest bar first", () => {
  const netValue = x.map((amount, draw) => 2 * amount + 5 * event[draw]);
  const bars = tornado([pass, { name: "now", netValue }], "now", [discrete("event", event), continuous("x", x)], run);
  expect(bars.map(({ question }) => question)).toEqual(["x", "event"]);
  // The outer 6 of 64 bins; mean of a standard normal above its 58/64 quantile: phi(1.3180109) / (6 / 64).
  const outer = Math.exp(-(1.3180108973035367 ** 2) / 2) / Math.sqrt(2 * Math.PI) / (6 / 64);
  expect(Math.abs(bars[0].swing.amount - 4 * outer)).toBeLessThan(3 * bars[0].swing.standardError);
  expect(Math.abs(bars[1].swing.amount - 5)).toBeLessThan(3 * bars[1].swing.standardError);
  expect(bars[0].low.probability).toBe(6 / 64);
  expect(bars[0].low.best.name).toBe("pass");
});

test("[SENS2] one-way: groups hold all draws once, their means average to the mean, and the best changes where the lines cross", () => {
  const alternatives = [pass, { name: "now", netValue: x.map((amount) => amount + 0.1) }];
  const rows = oneWay(alternatives, continuous("x", x), run);
  expect(rows).toHaveLength(5);
  expect(rows.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
  const mean = rows.reduce((sum, { probability, netValues }) => sum + probability * netValues[1].netValue.amount, 0);
  expect(mean).toBeCloseTo(x.reduce((sum, amount) => sum + amount + 0.1, 0) / x.length, 9);
  expect(rows.map(({ best }) => best)).toEqual(["pass", "pass", "now", "now", "now"]);
});

test("[SENS2] never and heavy answers stand alone", () => {
  const dates = sobolColumn(4, run).map((u) => (u < 0.3 ? Infinity : u < 0.5 ? 100 : 200 + u));
  const { groups } = answerGroups(continuous("date", dates).binning, 5);
  expect(groups.at(-1)).toMatchObject({ from: Infinity, to: Infinity });
  expect(groups.at(-1)!.probability).toBeCloseTo(0.3, 3);
  expect(groups[0]).toMatchObject({ from: 100, to: 100 });
  expect(groups).toHaveLength(7);
});

test("[SENS3] two-way: every cell of x times an event, exactly where both are discrete", () => {
  const netValue = x.map((amount, draw) => (event[draw] === 1 ? 3 : -1) + amount);
  const table = twoWay([pass, { name: "now", netValue }], continuous("x", x), discrete("event", event), run);
  expect([table.first.length, table.second.length, table.cells.length]).toEqual([5, 2, 10]);
  expect(table.cells.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
  const cell = (at: [number, number]) => table.cells.find((candidate) => candidate.at[0] === at[0] && candidate.at[1] === at[1])!;
  expect(cell([0, 0]).best!.name).toBe("pass");
  expect(cell([4, 1]).best!.name).toBe("now");
  // Mean of a standard normal above its quantile at 1 - p: phi(z) / p, p the share of the highest group, 13 of 64 bins.
  const { probability } = table.first[4];
  const fifth = Math.exp(-(normalQuantile(1 - probability) ** 2) / 2) / Math.sqrt(2 * Math.PI) / probability;
  expect(probability).toBe(13 / 64);
  const { netValue: worth } = cell([4, 1]).best!;
  expect(Math.abs(worth.amount - (3 + fifth))).toBeLessThan(3 * worth.standardError);
});

test("[SENS3] a cell with hardly a draw says nothing", () => {
  const table = twoWay([pass, { name: "now", netValue: x }], discrete("event", event), discrete("same", event), run);
  const empty = table.cells.filter(({ probability }) => probability === 0);
  expect(empty.map(({ best, netValues }) => [best, netValues])).toEqual([
    [undefined, []],
    [undefined, []],
  ]);
});

test("[SENS4] shares of 3x + y and of x y: nine tenths and one tenth; nothing alone, all in the interaction", () => {
  const questions = [continuous("x", x), continuous("y", y)];
  const sum = varianceShares(
    x.map((amount, draw) => 3 * amount + y[draw]),
    questions,
    run,
  );
  for (const [index, share] of [0.9, 0.1].entries())
    expect(Math.abs(sum.shares[index].share.amount - share)).toBeLessThan(3 * sum.shares[index].share.standardError);
  expect(Math.abs(sum.interactions.amount)).toBeLessThan(3 * sum.interactions.standardError);
  expect(sum.interactions.amount).toBeCloseTo(1 - sum.total.amount, 12);
  const product = varianceShares(
    x.map((amount, draw) => amount * y[draw]),
    questions,
    run,
  );
  expect(Math.abs(product.interactions.amount - 1)).toBeLessThan(3 * product.interactions.standardError);
});
