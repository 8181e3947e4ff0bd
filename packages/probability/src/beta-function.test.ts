import { describe, expect, test } from "vitest";
import { betaDensity, regularizedBeta, regularizedBetaInverse, regularizedBetaUpperInverse } from "./beta-function.ts";

const relativeError = (actual: number, expected: number) => (actual === expected ? 0 : Math.abs(actual / expected - 1));

describe("incomplete beta function", () => {
  test("against 30-digit arithmetic and closed forms", () => {
    expect(relativeError(regularizedBeta(0.2, 2.5, 7), 0.36749651990402307)).toBeLessThan(4e-15);
    expect(relativeError(regularizedBeta(0.3, 1, 4), 1 - 0.7 ** 4)).toBeLessThan(4e-15);
    expect(relativeError(regularizedBeta(0.3, 4, 1), 0.3 ** 4)).toBeLessThan(4e-15);
    expect([regularizedBeta(0, 2, 3), regularizedBeta(1, 2, 3)]).toEqual([0, 1]);
  });

  test("the two ends mirror each other", () => {
    for (const x of [0.01, 0.3, 0.5, 0.9]) {
      expect(regularizedBeta(x, 2.2, 0.7) + regularizedBeta(1 - x, 0.7, 2.2)).toBeCloseTo(1, 14);
    }
  });

  test("density at the ends: a pole, a step or zero", () => {
    expect([betaDensity(0, 0.5, 2), betaDensity(0, 1, 2), betaDensity(0, 3, 2)]).toEqual([Infinity, 2, 0]);
    expect([betaDensity(1, 2, 0.5), betaDensity(1, 2, 1), betaDensity(1, 2, 3)]).toEqual([Infinity, 2, 0]);
  });

  test("the inverses undo the function wherever a double near x can", () => {
    for (const alpha of [0.05, 0.5, 1, 3, 80, 2000]) {
      for (const beta of [0.05, 0.5, 1, 3, 80, 2000]) {
        for (const probability of [1e-12, 1e-4, 0.2, 0.5]) {
          const x = regularizedBetaInverse(probability, alpha, beta);
          if (x > 1e-300 && x < 0.999) expect(relativeError(regularizedBeta(x, alpha, beta), probability)).toBeLessThan(1e-11);
          const y = regularizedBetaUpperInverse(probability, alpha, beta);
          if (y > 1e-300 && y < 0.999) expect(relativeError(regularizedBeta(1 - y, beta, alpha, y), probability)).toBeLessThan(1e-11);
        }
      }
    }
  });
});
