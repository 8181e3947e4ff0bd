import { expect, test } from "vitest";
import { explainFlips, flips } from "./flips.ts";
import { recommend } from "./recommend.ts";

const sharding = { shards: 2, shardSize: 1 };
const believing = (now: number) =>
  recommend(
    [
      { name: "pass", netValue: new Float64Array(2) },
      { name: "now", netValue: new Float64Array(2).fill(now) },
    ],
    sharding,
  );

test("[DEC9] a partner flips whose own beliefs recommend something else", () => {
  const partners = [
    { partner: "Lin", recommendation: believing(3) },
    { partner: "Wu", recommendation: believing(-2) },
  ];
  expect(flips(partners, believing(1))).toEqual({
    pooledBest: "now",
    agreeing: ["Lin"],
    flipping: [{ partner: "Wu", best: "pass", lead: { amount: 2, standardError: 0 }, clear: true }],
    unanimous: false,
  });
  expect(flips(partners.slice(0, 1), believing(1)).unanimous).toBe(true);
  expect(explainFlips(partners, believing(1))).toMatchObject({ amount: 1, children: [{ amount: 3 }, { amount: 2 }] });
});
