import { expect, test } from "vitest";
import { expectation } from "./expected-net-value.ts";
import { recommend } from "./recommend.ts";

test("[DEC1] a share that every shard counts alike still has an error, a constant has none", () => {
  // Four shards of ten draws, three yes in each: the true chance may be 0.25 or 0.35 just as well.
  const column = Float64Array.from({ length: 40 }, (_, draw) => (draw % 10 < 3 ? 1 : 0));
  const sharding = { shards: 4, shardSize: 10 };
  expect(expectation(column, sharding)).toEqual({ amount: expect.closeTo(0.3, 12), standardError: 1 / (2 * 10 * 2) });
  expect(expectation(new Float64Array(40).fill(7), sharding)).toEqual({ amount: 7, standardError: 0 });
  const { alternatives } = recommend([{ name: "bet", netValue: column.map((yes) => 10 * yes - 4) }], sharding);
  expect(alternatives[0].netValue.standardError).toBeCloseTo(10 / 40, 12);
  expect(alternatives[0].probabilityLoss.standardError).toBeCloseTo(1 / 40, 12);
});
