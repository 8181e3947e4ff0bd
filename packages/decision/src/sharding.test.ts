import { expect, test } from "vitest";
import { expectation, expectedNetValue } from "./expected-net-value.ts";
import { isClear, ratio } from "./sharding.ts";

const twoByTwo = { shards: 2, shardSize: 2 };
const alternative = (draws: number[]) => ({ name: "now", netValue: Float64Array.from(draws) });

test("[DEC1] an expectation is the mean over draws, its error the spread between shards", () => {
  // Shard means 2 and 5: mean 3.5, standard deviation sqrt(4.5), over sqrt(2) shards 1.5.
  const column = Float64Array.of(1, 3, 4, 6);
  expect(expectation(column, twoByTwo)).toEqual({ amount: 3.5, standardError: 1.5 });
  expect(expectation(7, twoByTwo)).toEqual({ amount: 7, standardError: 0 });
});

test("[DEC1] with one shard the error is unknown, not zero", () => {
  const one = expectation(Float64Array.of(1, 2), { shards: 1, shardSize: 2 });
  expect(one).toEqual({ amount: 1.5, standardError: Infinity });
  expect(isClear(one)).toBe(false);
});

test("[DEC2] a column of another length or with a draw that is not finite is refused", () => {
  expect(() => expectedNetValue(alternative([1, 2]), twoByTwo)).toThrow("Column now has 2 draws, the run has 4.");
  for (const bad of [NaN, Infinity, -Infinity]) expect(() => expectedNetValue(alternative([1, bad, 3, 4]), twoByTwo)).toThrow("not finite");
});

test("[DEC1] a ratio of expectations has the linearised error, and no value over nothing", () => {
  // 6 / 3 = 2; residuals (4 - 2*1)/1.5 and (2 - 2*2)/1.5 = +-4/3, so the error is 4/3.
  expect(ratio(Float64Array.of(4, 2), Float64Array.of(1, 2))).toEqual({ amount: 2, standardError: 4 / 3 });
  expect(ratio(Float64Array.of(4, 2), Float64Array.of(0, 0))).toBeUndefined();
});
