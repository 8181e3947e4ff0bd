import fc from "fast-check";
import { expect, test } from "vitest";
import { toldShares } from "@watershed/workbench/in-page";
import {
  allChips,
  askedDays,
  chanceBy,
  chipsOf,
  datesMove,
  dayOf,
  daysOf,
  handedProbability,
  handedQuantiles,
  oddsOf,
  percentText,
  probabilityMove,
  quantileMove,
  toldAt,
} from "./belief-text.ts";
import { densityPath, scaleOf, shares } from "./shape.tsx";

const question = { id: "q", text: "Q", kind: "number" as const, dimension: "d", criterion: "c", resolveBy: "2026-12-31" };

test("the shares at which beliefs are drawn are those at which the workbench tells them", () => {
  expect(shares).toEqual(toldShares);
  expect([toldAt.low, toldAt.median, toldAt.high].map((place) => Number(shares[place].toFixed(9)))).toEqual([0.1, 0.5, 0.9]);
});

test("what the hand has just said is read back at once, and words of people are left to the reader of formulas", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99 }), (percent) => {
      expect(handedProbability(probabilityMove("q", percent / 100))).toBe(percent / 100);
    }),
  );
  const money = { ...question, unit: "USD" };
  expect(handedQuantiles(money, quantileMove(money, [2.4e9, 3e9, 4.51e9], 0))).toEqual([2.4e9, 3e9, 4.51e9]);
  expect(handedQuantiles(question, quantileMove(question, [-2, 1.5, 5]))).toEqual([-2, 1.5, 5]);
  for (const distribution of [
    "quantiles(10%: 2 billion, 50%: 3 billion, 90%: 4 billion)",
    "quantiles(10%: 2 CNY, 50%: 3 CNY, 90%: 4 CNY)",
    "5 to 50",
  ])
    expect(handedQuantiles(money, { question: "q", distribution })).toBeUndefined();
  expect([undefined, { question: "q", probability: "1 in 4" }].map(handedProbability)).toEqual([undefined, undefined]);
});

test("what is dragged is written as a formula reads it", () => {
  expect(quantileMove({ ...question, unit: "USD" }, [2.4e9, 3e9, 4.512e9], 0).distribution).toBe(
    "quantiles(10%: 2400000000 USD, 50%: 3000000000 USD, 90%: 4510000000 USD, low: 0)",
  );
  expect(quantileMove(question, [0.00012, 1, 5]).distribution).toBe("quantiles(10%: 0.00012, 50%: 1, 90%: 5)");
  expect([0.005, 0.42, 0.65, 0.999].map(percentText)).toEqual(["0.5%", "42%", "65%", "99.9%"]);
  const points = [
    { day: "2025-12-31", by: 0.3 },
    { day: "2026-12-31", by: 0.7 },
  ];
  expect(datesMove(question, "2024-03-31", points).distribution).toBe(
    "dates(from: 2024-03-31, 2025-12-31: 30%, 2026-12-31: 70%, never: 30%)",
  );
});

test("all twenty chips lie, each option within one chip of its chance", () => {
  const chances = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 2, maxLength: 9 });
  fc.assert(
    fc.property(chances, (weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const probabilities = Object.fromEntries(weights.map((weight, place) => [`o${place}`, weight / total]));
      const chips = chipsOf(probabilities);
      expect(Object.values(chips).reduce((sum, count) => sum + count, 0)).toBe(allChips);
      for (const [id, chance] of Object.entries(probabilities)) expect(Math.abs(chips[id] - chance * allChips)).toBeLessThan(1);
    }),
  );
});

test("odds are small whole numbers near the probability, and turn round with it", () => {
  expect([0.5, 0.75, 0.2, 0.95, 0.6].map(oddsOf)).toEqual([
    [1, 1],
    [3, 1],
    [1, 4],
    [19, 1],
    [3, 2],
  ]);
  fc.assert(
    fc.property(fc.double({ min: 0.02, max: 0.98, noNaN: true }), (probability) => {
      const [yes, no] = oddsOf(probability);
      expect(Math.abs(yes / (yes + no) - probability)).toBeLessThan(0.03);
    }),
  );
});

test("a day and its number go together; a date is asked by year ends, and its chances are read off its quantiles", () => {
  expect(dayOf(daysOf("2026-02-28"))).toBe("2026-02-28");
  const days = toldShares.map((share) => daysOf("2024-06-30") + 1000 * share);
  const belief = { kind: "date" as const, quantiles: days, never: 0.2 };
  expect(askedDays(belief, "2024-03-31", "2025-12-31")).toEqual(["2024-12-31", "2025-12-31", "2026-12-31", "2027-12-31"]);
  expect(chanceBy(belief, shares, daysOf("2024-06-30") + 500)).toBeCloseTo(0.4, 9);
  expect(chanceBy(belief, shares, daysOf("2040-01-01"))).toBeCloseTo(0.8, 9);
  expect(chanceBy(belief, shares, daysOf("2020-01-01"))).toBe(0);
});

test("a shape has no holes and no numbers that are none, also where amounts are single answers or reach over many sizes", () => {
  const increasing = fc.array(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), { minLength: shares.length, maxLength: shares.length });
  fc.assert(
    fc.property(increasing, fc.boolean(), (amounts, coarse) => {
      const quantiles = (coarse ? amounts.map((amount) => Math.round(Math.log10(amount))) : amounts).toSorted((one, other) => one - other);
      const path = densityPath(quantiles, scaleOf([quantiles]), 40);
      expect(path).not.toMatch(/NaN|Infinity/);
      expect(path).toMatch(/^\s*M/);
    }),
  );
});
