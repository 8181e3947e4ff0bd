import { describe, expect, test } from "vitest";
import {
  logGamma,
  poissonMass,
  regularizedGamma,
  regularizedGammaInverse,
  regularizedGammaUpper,
  regularizedGammaUpperInverse,
} from "./gamma-function.ts";

const relativeError = (actual: number, expected: number) => (actual === expected ? 0 : Math.abs(actual / expected - 1));

describe("gamma functions against 30-digit arithmetic", () => {
  test("logGamma", () => {
    expect(Math.abs(logGamma(1))).toBeLessThan(2e-15);
    expect(relativeError(logGamma(0.3), 1.0957979948180756)).toBeLessThan(2e-15);
    expect(relativeError(logGamma(100.5), 361.43554046777762)).toBeLessThan(4e-16);
    expect(relativeError(logGamma(0.5), Math.log(Math.PI) / 2)).toBeLessThan(4e-15);
  });

  test("regularizedGamma and its complement", () => {
    expect(relativeError(regularizedGamma(3.5, 2), 0.22022259152428408)).toBeLessThan(4e-15);
    expect(regularizedGamma(3.5, 2) + regularizedGammaUpper(3.5, 2)).toBeCloseTo(1, 15);
    expect(relativeError(regularizedGammaUpper(1, 40), Math.exp(-40))).toBeLessThan(1e-14);
    expect([regularizedGamma(2, 0), regularizedGamma(2, Infinity)]).toEqual([0, 1]);
  });

  test("a Poisson mass stays exact at a million", () => {
    // Stirling: 1 / sqrt(2 pi n) (1 - 1/(12 n))
    expect(relativeError(poissonMass(1e6, 1e6), (1 / Math.sqrt(2 * Math.PI * 1e6)) * (1 - 1 / 12e6))).toBeLessThan(1e-14);
  });

  test("the inverses undo the functions for every shape", () => {
    for (const shape of [0.01, 0.3, 1, 2.5, 40, 3000]) {
      for (const probability of [1e-12, 1e-4, 0.2, 0.5]) {
        const x = regularizedGammaInverse(shape, probability);
        if (x > 0) expect(relativeError(regularizedGamma(shape, x), probability)).toBeLessThan(1e-12);
        const y = regularizedGammaUpperInverse(shape, probability);
        expect(relativeError(regularizedGammaUpper(shape, y), probability)).toBeLessThan(1e-12);
      }
    }
  });
});
