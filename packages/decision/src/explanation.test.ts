import { expect, test } from "vitest";
import { binning } from "./binning.ts";
import { exactRows } from "./draws.fixture.ts";
import { explainEvppi } from "./evppi.ts";
import { explainExpectedNetValue } from "./expected-net-value.ts";
import { explained, type Explanation } from "./explanation.ts";
import { explainImpliedProbability } from "./implied-probability.ts";
import { explainInvestingNetValue } from "./investing.ts";
import { explainMultipleOfMoney } from "./multiple-of-money.ts";
import { explainReservationPrice } from "./reservation-price.ts";
import { explainWaitFor } from "./wait-for.ts";

const sharding = { shards: 2, shardSize: 32 };
const draws = 64;
const works = exactRows([16, 16, 16, 16], [1, 0, 1, 0]);
const exitValue = works.map((yes) => (yes === 1 ? 900 : 50));
const terms = { ticket: 10, preMoney: 80, newMoney: 20, retention: 0.8, exitValue, discountProceeds: 0.5, discountTicket: 1 };
const now = { name: "now", netValue: works.map((yes) => (yes === 1 ? 26 : -8)) };
const pass = { name: "pass", netValue: new Float64Array(draws) };

const trees: [string, Explanation][] = [
  ["expected netValue", explainExpectedNetValue(now, sharding)],
  ["investing", explainInvestingNetValue(terms, sharding)],
  ["multiple of money", explainMultipleOfMoney(exitValue, 100, sharding)],
  ["evppi", explainEvppi([now, pass], { name: "works", binning: binning(works, { discrete: true }) }, sharding)],
  ["implied probability", explainImpliedProbability({ name: "works", netValue: now.netValue, event: works, belief: 0.5 }, sharding)],
  ["reservation price", explainReservationPrice(terms, [pass], sharding)],
  [
    "wait",
    explainWaitFor(
      {
        triggerDate: new Float64Array(draws).fill(10),
        deadline: 20,
        today: 0,
        netValueThen: now.netValue,
        access: 1,
        known: [{ name: "works", column: works, knownAt: 5, discrete: true }],
        minimumGroupDraws: 1,
      },
      sharding,
    ),
  ],
];

test.each(trees)("[WHY1] the tree of %s is plain data with finite amounts and leads to a question or column", (_, tree) => {
  const nodes = flatten(tree);
  for (const { amount } of nodes) if (amount !== undefined) expect(Number.isFinite(amount)).toBe(true);
  expect(structuredClone(tree)).toEqual(tree);
  expect(nodes.some(({ question, column }) => question !== undefined || column !== undefined)).toBe(true);
});

test("[WHY1] a figure that could not be computed has no amount", () => {
  expect(explained("reservationPrice", "money", undefined)).toEqual({
    measure: "reservationPrice",
    unit: "money",
    params: {},
    children: [],
  });
});

function flatten(tree: Explanation): Explanation[] {
  return [tree, ...tree.children.flatMap(flatten)];
}
