import * as fc from "fast-check";
import { expect, test } from "vitest";
import { quantileOf, select, tailShare, tailsOf } from "./quantile.ts";

const oneOf = (shardSize: number) => ({ shards: 1, shardSize });

test("[DEC6] tails of twenty draws by hand", () => {
  // 1..20: 5% is the first draw, 95% the nineteenth, the worst 5% is one draw.
  const column = Float64Array.from({ length: 20 }, (_, index) => 20 - index);
  const { quantile05, quantile95, cvar05 } = tailsOf(column, oneOf(20));
  expect([quantile05.amount, quantile95.amount, cvar05.amount]).toEqual([1, 19, 1]);
});

test("[DEC6] the worst 5% counts the last draw in part", () => {
  // 30 draws, 1.5 of them are the worst 5%: (1 + 0.5 * 2) / 1.5.
  const column = Float64Array.from({ length: 30 }, (_, index) => index + 1);
  expect(tailsOf(column, oneOf(30)).cvar05.amount).toBeCloseTo(4 / 3, 12);
});

test("[DEC6] selection agrees with sorting", () => {
  fc.assert(
    fc.property(
      fc.float64Array({ minLength: 1, maxLength: 2000, noNaN: true }),
      fc.double({ min: 0.001, max: 1, noNaN: true }),
      (column, probability) => {
        const sorted = column.slice().sort();
        const rank = Math.max(0, Math.ceil(probability * column.length - 1e-9) - 1);
        expect(select(column.slice(), rank)).toBe(sorted[rank]);
        expect(quantileOf(column, probability, oneOf(column.length)).amount).toBe(sorted[rank]);
      },
    ),
    { numRuns: 50, seed: 1 },
  );
});

test("[DEC8] the tail share is the part of all gains that the largest draws carry", () => {
  const column = new Float64Array(1000).fill(1);
  expect(tailShare(column)).toBeCloseTo(0.001, 12);
  column[500] = 1001;
  // One draw of a thousand carries 1001 of 2000.
  expect(tailShare(column)).toBeCloseTo(0.5005, 12);
  expect(tailShare(Float64Array.of(-5, -1))).toBe(0);
});
