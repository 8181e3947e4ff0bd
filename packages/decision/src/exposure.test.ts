import { expect, test } from "vitest";
import { binning } from "./binning.ts";
import { exactRows, normals, sobolColumn } from "./draws.fixture.ts";
import { explainExposure, exposure } from "./exposure.ts";

const discrete = (column: Float64Array) => ({ name: "q", binning: binning(column, { discrete: true }) });

test("[EXP1] a yes/no question: mean given yes minus mean given no", () => {
  const netValue = Float64Array.of(10, 2, -8, 0);
  const moved = exposure(netValue, discrete(Float64Array.of(1, 1, 0, 0)), { shards: 1, shardSize: 4 });
  expect(moved.difference).toEqual({ amount: 10, standardError: Infinity });
  expect(moved.answers.map(({ answer, netValue: mean }) => [answer, mean.amount])).toEqual([
    [0, -4],
    [1, 6],
  ]);
});

test("[EXP1] several answers: the best minus the worst, each with its own mean", () => {
  const netValue = Float64Array.of(1, 1, 9, 9, 4, 4);
  const moved = exposure(netValue, discrete(exactRows([2, 2, 2], [0, 1, 2])), { shards: 1, shardSize: 6 });
  expect(moved.difference.amount).toBe(8);
  // Nothing else varies: the question explains everything.
  expect(moved.varianceShare.amount).toBe(1);
});

test("[EXP2] a continuous question: highest third minus lowest third, and its share of the variance", () => {
  const sharding = { shards: 16, shardSize: 4096 };
  const [x, y] = [normals(sobolColumn(0, sharding)), normals(sobolColumn(1, sharding))];
  const netValue = x.map((amount, draw) => amount + 2 * y[draw]);
  const moved = exposure(netValue, { name: "x", binning: binning(x, { discrete: false }) }, sharding);
  // A standard normal's upper third has mean 3 phi(0.4307273) = 1.0908; the thirds are twice that apart.
  const truth = (6 / Math.sqrt(2 * Math.PI)) * Math.exp(-0.5 * 0.4307272992954576 ** 2);
  expect(Math.abs(moved.difference.amount - truth)).toBeLessThan(3 * moved.difference.standardError + 1e-3);
  // Variance 1 of 5; 32 bins miss what lies inside a bin, less than 1% of it.
  expect(moved.varianceShare.amount).toBeGreaterThan(0.198 - 3 * moved.varianceShare.standardError);
  expect(moved.varianceShare.amount).toBeLessThan(0.2 + 3 * moved.varianceShare.standardError);
});

test("[EXP3] a question nothing depends on explains nothing, within error", () => {
  const sharding = { shards: 16, shardSize: 4096 };
  const noise = normals(sobolColumn(0, sharding));
  const moved = exposure(noise, { name: "x", binning: binning(sobolColumn(3, sharding), { discrete: false }) }, sharding);
  expect(moved.varianceShare.amount).toBeLessThanOrEqual(3 * moved.varianceShare.standardError);
  expect(Math.abs(moved.difference.amount)).toBeLessThanOrEqual(4 * moved.difference.standardError);
});

test("[EXP1] a netValue that does not vary has no exposure", () => {
  const moved = exposure(new Float64Array(4).fill(3), discrete(Float64Array.of(1, 1, 0, 0)), { shards: 2, shardSize: 2 });
  expect(moved).toMatchObject({ difference: { amount: 0 }, varianceShare: { amount: 0 } });
});

test("[WHY1] the tree of an exposure names its question", () => {
  const tree = explainExposure(Float64Array.of(10, 2, -8, 0), discrete(Float64Array.of(1, 1, 0, 0)), { shards: 1, shardSize: 4 });
  expect(tree).toMatchObject({ measure: "exposure", amount: 10, question: "q" });
  expect(tree.children[1].amount as number).toBe((tree.amount as number) + (tree.children[0].amount as number));
});
