import * as fc from "fast-check";
import { expect, test } from "vitest";
import { explainInvestingNetValue, investingNetValue, proceedsOfInvesting, type InvestingTerms } from "./investing.ts";
import { multipleOfMoney } from "./multiple-of-money.ts";

const common: InvestingTerms = {
  ticket: 10,
  preMoney: 80,
  newMoney: 20,
  retention: 0.5,
  exitValue: Float64Array.of(1000, 100, 0, 400),
  discountProceeds: Float64Array.of(0.5, 0.5, 0.5, 0),
  discountTicket: 1,
};

test("[PAY1] common equity by hand", () => {
  // 10 / (80 + 20) = 10% of the company, 5% after dilution: 50, 5, 0, 20; discounted, minus the ticket.
  expect(Array.from(proceedsOfInvesting(common))).toEqual([50, 5, 0, 20]);
  expect(Array.from(investingNetValue(common))).toEqual([15, -7.5, -10, -10]);
});

test("[PAY1] strategic worth is added as it stands", () => {
  expect(Array.from(investingNetValue({ ...common, strategicWorth: 3 }))).toEqual([18, -4.5, -7, -7]);
});

test("[PAY1] price, round and retention may differ by draw", () => {
  const terms = {
    ...common,
    preMoney: Float64Array.of(80, 30, 80, 180),
    newMoney: Float64Array.of(20, 20, 20, 20),
    retention: Float64Array.of(1, 1, 1, 0.5),
  };
  expect(Array.from(proceedsOfInvesting(terms))).toEqual([100, 20, 0, 10]);
});

test("[PAY3] limited liability and an exit that never comes", () => {
  const terms = { ...common, exitValue: Float64Array.of(-500, 1000), discountProceeds: Float64Array.of(1, 0) };
  expect(Array.from(investingNetValue(terms))).toEqual([-10, -10]);
});

// Common 6M shares; A 2M, 5M paid, 1x non-participating, junior; B 2M, 20M paid, 1x participating, cap 3x, senior.
test("[PAY2] a junior non-participating preference behind a senior participating one", () => {
  const exits = [22, 25, 30, 50, 100, 200];
  const terms: InvestingTerms = {
    ...equity(5, 20, exits),
    preference: { multiple: 1, participation: "none", ahead: 20 },
  };
  expectClose(proceedsOfInvesting(terms), [2, 5, 5, 6, 16, 36]);
});

test("[PAY2] a senior participating preference with a cap converts when the cap binds long enough", () => {
  const exits = [10, 50, 100, 200, 260, 301, 400];
  const terms: InvestingTerms = {
    ...equity(20, 80, exits),
    preference: { multiple: 1, participation: "capped", cap: 3 },
  };
  expectClose(proceedsOfInvesting(terms), [10, 26, 36, 56, 60, 60.2, 80]);
  const uncapped: InvestingTerms = { ...terms, preference: { multiple: 1, participation: "full" } };
  expectClose(proceedsOfInvesting(uncapped), [10, 26, 36, 56, 68, 76.2, 96]);
  expect(() => proceedsOfInvesting({ ...terms, preference: { multiple: 1, participation: "capped" } })).toThrow(
    "capped preference needs its cap",
  );
});

test("[PAY2] claims below nothing, as a drawn amount may be, take nothing and give nothing", () => {
  const terms = { ...equity(5, 20, [-30, 0, 10, 100]), preference: { multiple: 1, participation: "none" as const } };
  const drawn = { ...terms.preference, ahead: Float64Array.of(-20, -20, -20, -20) };
  expect(Array.from(proceedsOfInvesting({ ...terms, preference: drawn }))).toEqual(Array.from(proceedsOfInvesting(terms)));
});

function equity(ticket: number, others: number, exits: number[]): InvestingTerms {
  return {
    ticket,
    preMoney: others,
    newMoney: ticket,
    retention: 1,
    exitValue: Float64Array.from(exits),
    discountProceeds: 1,
    discountTicket: 1,
  };
}

function expectClose(actual: Float64Array, expected: number[]): void {
  actual.forEach((amount, index) => expect(amount).toBeCloseTo(expected[index], 10));
}

test("[PAY2] a preference never hurts, never pays more than the exit, and grows with it", () => {
  const preference = fc.record({
    multiple: fc.double({ min: 0, max: 3, noNaN: true }),
    participation: fc.constantFrom("none" as const, "full" as const, "capped" as const),
    cap: fc.double({ min: 3, max: 6, noNaN: true }),
  });
  fc.assert(
    fc.property(preference, fc.double({ min: 0, max: 1e4, noNaN: true }), (given, exit) => {
      const terms = equity(10, 90, [exit, exit + 10]);
      const [less, more] = proceedsOfInvesting({ ...terms, preference: given });
      expect(less).toBeGreaterThanOrEqual(proceedsOfInvesting(terms)[0] - 1e-9);
      expect(less).toBeLessThanOrEqual(exit + 1e-9);
      expect(more).toBeGreaterThanOrEqual(less);
    }),
    { seed: 2 },
  );
});

test("[DEC10] the multiple of money is expected proceeds over expected tickets", () => {
  const sharding = { shards: 2, shardSize: 2 };
  // Proceeds 50, 5, 0, 20 on tickets of 10: 75 / 40.
  expect(multipleOfMoney(proceedsOfInvesting(common), 10, sharding)?.amount).toBe(1.875);
  // Invested on two draws only: 50 / 20.
  expect(multipleOfMoney(Float64Array.of(50, 0, 0, 0), Float64Array.of(10, 0, 10, 0), sharding)?.amount).toBe(2.5);
  expect(multipleOfMoney(new Float64Array(4), 0, sharding)).toBeUndefined();
});

test("[WHY2] the parts of a netValue add up to it", () => {
  const tree = explainInvestingNetValue({ ...common, strategicWorth: 3 }, { shards: 2, shardSize: 2 });
  const [proceeds, ticket, strategic] = tree.children.map(({ amount }) => amount as number);
  expect(proceeds - ticket + strategic).toBeCloseTo(tree.amount as number, 12);
  expect(tree.children[0].children.map(({ column }) => column)).toContain("exitValue");
});
