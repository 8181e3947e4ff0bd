import { expect, test } from "vitest";
import { exactRows, normals, sobolColumn } from "./draws.fixture.ts";
import { evpi, explainEvpi } from "./evpi.ts";
import { expectedNetValue } from "./expected-net-value.ts";

const sharding = { shards: 16, shardSize: 8192 };
const draws = 16 * 8192;
const normal = (dimension: number) => normals(sobolColumn(dimension, sharding));

test("[VOI1] four draws by hand", () => {
  const alternatives = [
    { name: "now", netValue: Float64Array.of(10, -4, 8, -6) },
    { name: "wait", netValue: Float64Array.of(6, 0, 4, 0) },
  ];
  // The best of each draw is 10, 0, 8, 0 (4.5); waiting nets 2.5.
  const worth = evpi(alternatives, { shards: 2, shardSize: 2 });
  expect(worth.amount).toBe(2);
  // Waiting is left on draws one and three, for 4 each: 2 in either shard.
  expect(Array.from(worth.perShard)).toEqual([2, 2]);
  // Both shards agree, so the spread counts as half the range of the gain over a shard of two, over the root of two shards.
  // Waiting leads by 0 and by 1 in the two shards, 0.5 with an error of 0.5: not clear, so half of that error comes in.
  expect(worth.standardError).toBeCloseTo(Math.hypot(4 / (2 * 2 * Math.SQRT2), 0.25), 12);
});

test("[VOI1] one chance, three losses (V11)", () => {
  for (const [loss, mean, expected] of [
    [2, 1.6, 1.4],
    [4, 0.2, 2.8],
    [6, -1.2, 3],
  ]) {
    const invest = { name: "invest", netValue: exactRows([300, 700], [10, -loss]) };
    const pass = { name: "pass", netValue: new Float64Array(1000) };
    expect(expectedNetValue(invest, { shards: 1, shardSize: 1000 }).amount).toBeCloseTo(mean, 12);
    expect(evpi([pass, invest], { shards: 1, shardSize: 1000 }).amount).toBeCloseTo(expected, 12);
  }
});

test.each([
  ["V01", [(x: number, y: number) => 1 + x - 2 * y], 0.47981070634839273],
  ["V03", [(x: number, y: number) => x + 2 * y], 0.8920620580763856],
  ["V06", [(x: number, y: number) => x * y], 0.3183098861837907],
  ["V08", [(x: number, y: number) => y - x, (x: number, _: number, z: number) => z - x], 0.8462843753216345],
  ["V09", [(x: number, y: number) => 0.5 + 2 * y - x, (x: number, _: number, z: number) => 0.25 + z - x], 0.9661665576461189],
  ["V10_90", [(x: number, y: number) => blackWorth(x, y) - 90], 35.42636698899543],
  ["V10_100", [(x: number, y: number) => blackWorth(x, y) - 100], 42.38498779694211],
  ["V10_120", [(x: number, y: number) => blackWorth(x, y) - 120], 37.17833379587614],
] as const)("[VOI1] published case %s within three standard errors", (_, worths, truth) => {
  const [x, y, z] = [normal(0), normal(1), normal(2)];
  const alternatives = worths.map((worth, index) => ({
    name: `alternative ${index}`,
    netValue: x.map((amount, draw) => worth(amount, y[draw], z[draw])),
  }));
  const worth = evpi([{ name: "first", netValue: new Float64Array(draws) }, ...alternatives], sharding);
  expect(Math.abs(worth.amount - truth)).toBeLessThanOrEqual(3 * worth.standardError);
});

function blackWorth(a: number, b: number): number {
  return 100 * Math.exp(0.5 * a - 0.125 + b - 0.5);
}

test("[WHY2] the tree of an evpi subtracts to it", () => {
  const now = { name: "now", netValue: Float64Array.of(10, -4, 8, -6) };
  const pass = { name: "pass", netValue: new Float64Array(4) };
  const tree = explainEvpi([now, pass], { shards: 2, shardSize: 2 });
  expect(tree.amount).toBe((tree.children[0].amount as number) - (tree.children[1].amount as number));
});
