import { expect, test } from "vitest";
import { ticks } from "./log-chart.tsx";

test("ticks are powers of ten, with twos and fives between where there is room", () => {
  expect(ticks({ min: 1, max: 100 }, 10)).toEqual([1, 2, 5, 10, 20, 50, 100]);
  expect(ticks({ min: 1024, max: 98_304 }, 4)).toEqual([3000, 10_000, 30_000]);
  expect(ticks({ min: 0.01, max: 1e6 }, 4)).toEqual([0.01, 0.1, 1, 10, 100, 1000, 10_000, 100_000, 1e6]);
  expect(ticks({ min: 40, max: 60 }, 4)).toEqual([50]);
});
