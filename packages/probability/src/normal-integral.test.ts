import { describe, expect, test } from "vitest";
import { erf, erfc, normalCdf, normalDensity, normalQuantile, upperNormalQuantile } from "./normal-integral.ts";

/** |actual / expected - 1|, zero where both are zero. */
const relativeError = (actual: number, expected: number) => (actual === expected ? 0 : Math.abs(actual / expected - 1));

describe("normal integral against 30-digit arithmetic", () => {
  test.each([
    [-8, 6.2209605742717841e-16],
    [-1, 0.15865525393145705],
    [0, 0.5],
    [0.3, 0.61791142218895263],
    [2.5, 0.99379033467422386],
  ])("normalCdf(%d)", (z, expected) => {
    expect(relativeError(normalCdf(z), expected)).toBeLessThan(1e-15);
  });

  test.each([
    [1e-300, -37.047096299361199],
    [1e-9, -5.9978070150076869],
    [0.05, -1.6448536269514727],
    [0.3, -0.52440051270804078],
  ])("normalQuantile(%d), and from above", (probability, expected) => {
    expect(relativeError(normalQuantile(probability), expected)).toBeLessThan(1e-15);
    expect(upperNormalQuantile(probability)).toBe(-normalQuantile(probability));
  });

  test("the ends are infinite and the middle is zero", () => {
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity]);
  });

  test("error functions", () => {
    expect(relativeError(erf(0.5), 0.52049987781304654)).toBeLessThan(1e-15);
    expect(relativeError(erf(1e-10), (2e-10 / Math.sqrt(Math.PI)) * 1)).toBeLessThan(1e-15);
    expect(relativeError(erfc(3), 2.2090496998585441e-5)).toBeLessThan(1e-14);
  });

  test("quantile and cdf undo each other in both tails", () => {
    for (let exponent = -290; exponent <= -1; exponent += 7) {
      const tail = 10 ** exponent;
      // the cdf amplifies rounding of z by about z^2
      const slack = 1e-15 * (4 + normalQuantile(tail) ** 2);
      expect(relativeError(normalCdf(normalQuantile(tail)), tail)).toBeLessThan(slack);
    }
  });

  test("the density is the cdf's slope", () => {
    const step = 1e-5;
    for (const z of [-3, -0.4, 0, 1.7]) {
      const slope = (normalCdf(z + step) - normalCdf(z - step)) / (2 * step);
      expect(relativeError(slope, normalDensity(z))).toBeLessThan(1e-8);
    }
  });
});
