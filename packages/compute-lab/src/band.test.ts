import { normalQuantile } from "@watershed/probability";
import { expect, test } from "vitest";
import { bandOf, columnsOf } from "./band.ts";

test("a band of one normal input lies within 0.01 standard deviations of its quantiles", () => {
  const { same } = columnsOf({ x: { kind: "normal", mean: 0, standardDeviation: 1 } }, ({ x }) => ({ same: x }));
  const { amount, low, high } = bandOf(same, "", []);
  expect(Math.abs(amount)).toBeLessThan(0.01);
  expect(Math.abs(low - normalQuantile(0.1))).toBeLessThan(0.01);
  expect(Math.abs(high - normalQuantile(0.9))).toBeLessThan(0.01);
});

test("of a sum of four about 0.02 over many draws, and the inputs do not move together", () => {
  const one = { kind: "normal", mean: 0, standardDeviation: 0.5 } as const;
  let squares = 0;
  const sets = 40;
  for (let set = 0; set < sets; set++) {
    // An input's shift comes from its name, so that other names are other draws.
    const names = ["a", "b", "c", "d"].map((name) => `${name}${set}`);
    const { sum, product } = columnsOf(Object.fromEntries(names.map((name) => [name, one])), (drawn) => {
      const [a, b, c, d] = names.map((name) => drawn[name]);
      return { sum: a + b + c + d, product: a * b + c * d };
    });
    const { low, high } = bandOf(sum, "", []);
    for (const miss of [low - normalQuantile(0.1), high - normalQuantile(0.9)]) squares += miss ** 2;
    expect(Math.abs(product.reduce((total, value) => total + value, 0) / product.length)).toBeLessThan(0.01);
  }
  expect(Math.sqrt(squares / (2 * sets))).toBeLessThan(0.022);
});

test("what is known has no band, and infinities stay apart from numbers", () => {
  const { known } = columnsOf({ x: 3 }, ({ x }) => ({ known: 2 * x }));
  expect(bandOf(known, "s", ["daly"])).toEqual({ amount: 6, low: 6, high: 6, unit: "s", sources: ["daly"] });
  expect(bandOf(Float64Array.from([1, 2, Infinity, Infinity]), "s", []).amount).toBe(Infinity);
  expect(bandOf(Float64Array.from([1, 2, 3, Infinity]), "s", [])).toMatchObject({ amount: 2.5, high: Infinity });
});
