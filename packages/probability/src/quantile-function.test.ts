import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Distribution } from "./distribution.ts";
import { quantile } from "./families.ts";
import { quantileFunction } from "./quantile-function.ts";
import { uniformFromWord } from "./stream.ts";
import { anyDistribution, anyProbability, discreteDistribution } from "./random-distribution.fixture.ts";

const BOUND = 1e-6; // of the larger of interquartile range and distance from the median

const normal = (mean: number, standardDeviation: number): Distribution => ({ kind: "normal", mean, standardDeviation });
const lognormal = (logMean: number, logStandardDeviation: number): Distribution => ({ kind: "lognormal", logMean, logStandardDeviation });
const triangular = (low: number, mode: number, high: number): Distribution => ({ kind: "triangular", low, mode, high });
const mix = (...distributions: Distribution[]): Distribution => ({
  kind: "mixture",
  components: distributions.map((distribution, i) => ({ weight: 1 + i / 2, distribution })),
});

const hard: [string, Distribution][] = [
  ["beta", { kind: "beta", alpha: 2, beta: 8 }],
  ["beta with both ends infinite", { kind: "beta", alpha: 0.3, beta: 0.2 }],
  ["narrow beta", { kind: "beta", alpha: 100, beta: 3 }],
  ["gamma", { kind: "gamma", shape: 2.3, scale: 10 }],
  ["gamma near zero", { kind: "gamma", shape: 0.05, scale: 1 }],
  ["near-normal gamma", { kind: "gamma", shape: 500, scale: 1 }],
  ["Cauchy", { kind: "student", degreesOfFreedom: 1, location: 0, scale: 1 }],
  ["student", { kind: "student", degreesOfFreedom: 3, location: 5, scale: 2 }],
  ["pert", { kind: "pert", low: 2, mode: 5, high: 14 }],
  ["pert with its mode at the end", { kind: "pert", low: 0, mode: 0, high: 1 }],
  ["mixture of lognormals", mix(lognormal(2, 0.7), lognormal(4, 0.5), lognormal(3, 0.2))],
  ["mixture far apart", mix(normal(0, 1), normal(1000, 1))],
  ["mixture with a gap", mix(triangular(0, 0.2, 1), triangular(5, 6, 7))],
  ["mixture with kinks", mix(triangular(0, 2, 9), { kind: "uniform", low: 1, high: 3 })],
  ["spike and lognormal", mix(lognormal(4, 1.5), { kind: "point", at: 0 })],
  ["spike inside a normal", mix(normal(0, 1), { kind: "point", at: 0.3 })],
  [
    "mixture of dates that may never come",
    mix(...[0.3, 0.1].map((never, i): Distribution => ({ kind: "orNever", never, distribution: lognormal(6 + i, 0.4) }))),
  ],
  ["mixture of counts", mix({ kind: "poisson", mean: 4 }, { kind: "binomial", trials: 20, probability: 0.7 })],
  [
    "quantile average",
    {
      kind: "quantileAverage",
      components: [lognormal(2, 0.7), normal(10, 4), triangular(0, 0.2, 1)].map((distribution) => ({ weight: 1, distribution })),
    },
  ],
  ["truncated normal", { kind: "truncated", distribution: normal(0, 1), low: 0.5, high: 2 }],
  ["narrowly truncated gamma", { kind: "truncated", distribution: { kind: "gamma", shape: 2, scale: 1 }, low: 1, high: 1.01 }],
  ["normal truncated far out", { kind: "truncated", distribution: normal(0, 1), low: 9, high: Infinity }],
];

/** Largest error of the prepared quantile over equidistant points and over both tails down to 2^-33, in units of the bound's measure. */
function worstError(distribution: Distribution, count: number): number {
  const prepared = quantileFunction(distribution);
  const middle = quantile(distribution, 0.5);
  const finite = distribution.kind === "orNever" ? distribution.distribution : distribution;
  const width = quantile(finite, 0.75) - quantile(finite, 0.25);
  let worst = 0;
  for (let i = 0; i < count; i++) {
    const share = (i + 0.5) / count;
    for (const u of [share, 2 ** (-33 * share), 1 - 2 ** (-33 * share)]) {
      const [actual, expected] = [prepared(u), quantile(distribution, u)];
      if (actual === expected) continue;
      const measure = Math.max(Number.isFinite(width) ? width : 0, Math.abs(expected - middle));
      worst = Math.max(worst, Math.abs(actual - expected) / measure);
    }
  }
  return worst;
}

describe("the prepared quantile against the direct one", () => {
  test.each(hard)("%s: within the stated bound", (_, distribution) => {
    expect(worstError(distribution, 3000)).toBeLessThan(BOUND);
  });

  test("any distribution: within the stated bound", () => {
    fc.assert(
      fc.property(anyDistribution, (distribution) => {
        expect(worstError(distribution, 60)).toBeLessThan(BOUND);
      }),
      { numRuns: 150, seed: 11 },
    );
  });

  test("any discrete distribution: exactly equal", () => {
    fc.assert(
      fc.property(discreteDistribution, anyProbability, (distribution, u) => {
        expect(quantileFunction(distribution)(u)).toBe(quantile(distribution, u));
      }),
      { numRuns: 300, seed: 12 },
    );
  });

  test("it rises with probability, across all segments", () => {
    for (const [, distribution] of hard) {
      const prepared = quantileFunction(distribution);
      let before = -Infinity;
      for (let i = 1; i < 20_000; i++) {
        const x = prepared(i / 20_000);
        // neighbouring segments meet to rounding
        expect(x === before || x >= before - 1e-12 * Math.max(1, Math.abs(x)), `${distribution.kind} at ${i / 20_000}`).toBe(true);
        before = x;
      }
    }
  });

  test("atoms come out exactly, not smoothed", () => {
    const spiked = quantileFunction(mix(lognormal(4, 1.5), { kind: "point", at: 0 }));
    for (const u of [1e-9, 0.1, 0.33, 0.5, 0.599]) expect(spiked(u)).toBe(0);
    expect(spiked(0.601)).toBeGreaterThan(0);
    const date = quantileFunction({ kind: "orNever", never: 0.25, distribution: { kind: "gamma", shape: 2, scale: 100 } });
    expect(date(0.7499)).toBeLessThan(2000);
    expect(date(0.7501)).toBe(Infinity);
  });

  test("the smallest and largest words and the very ends are answered", () => {
    const prepared = quantileFunction({ kind: "gamma", shape: 2.3, scale: 10 });
    const gamma: Distribution = { kind: "gamma", shape: 2.3, scale: 10 };
    for (const u of [uniformFromWord(0), uniformFromWord(2 ** 32 - 1), 1e-15, 1 - 1e-15]) {
      expect(Math.abs(prepared(u) / quantile(gamma, u) - 1)).toBeLessThan(1e-12);
    }
    expect([prepared(0), prepared(1)]).toEqual([0, Infinity]);
  });
});
