import { expect, test } from "vitest";
import { explainSumOfEvppi, sumOfEvppi } from "./sum-of-evppi.ts";

const part = (perShard: number[], perDummy: number[], discretisation: number, tie = 0) => ({
  amount: perShard.reduce((sum, amount) => sum + amount) / perShard.length,
  standardError: 1,
  discretisation,
  tie,
  perShard: Float64Array.from(perShard),
  perDummy: Float64Array.from(perDummy),
});

test("[VOI11] companies add per shard, so that what they share in a draw cancels or doubles", () => {
  const up = { company: "Megvii", evppi: part([1, 3], [0.5, 0.1], 0) };
  const down = { company: "Cambricon", evppi: part([3, 1], [0.1, 0.4], 0) };
  expect(sumOfEvppi([up, down])).toMatchObject({ amount: 4, standardError: 0, floor: 0.6, distinguishable: true });
  expect(sumOfEvppi([up, up])).toMatchObject({ amount: 4, standardError: 2, floor: 1 });
});

test("[VOI11] discretisation errors add up, and enter in quadrature", () => {
  const coarse = { company: "a", evppi: part([1, 3], [], 0.75) };
  // Spread 2 between two shards of the sum, discretisation 1.5: error 2.5.
  expect(sumOfEvppi([coarse, coarse]).standardError).toBeCloseTo(2.5, 12);
  expect(explainSumOfEvppi([coarse, coarse])).toMatchObject({ amount: 4, children: [{ amount: 2 }, { amount: 2 }, {}] });
});

test("[VOI11] ties of several companies enter in quadrature", () => {
  const torn = { company: "a", evppi: part([1, 3], [], 0, 1.5) };
  // Spread 2 between two shards of the sum, ties 1.5 and 1.5.
  expect(sumOfEvppi([torn, torn]).standardError).toBeCloseTo(Math.hypot(2, 1.5, 1.5), 12);
});

test("[DEC2] results of different runs, or none, are refused", () => {
  expect(() => sumOfEvppi([])).toThrow("at least one company");
  const [a, b] = [part([1, 3], [], 0), part([1], [], 0)].map((evppi) => ({ company: "a", evppi }));
  expect(() => sumOfEvppi([a, b])).toThrow("different runs");
});
