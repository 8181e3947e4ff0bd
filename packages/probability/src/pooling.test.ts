import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Distribution } from "./distribution.ts";
import { cdf, mean, quantile, standardDeviation } from "./families.ts";
import { intervalDistribution } from "./interval.ts";
import { extremize, extremizingFactor, poolCategorical, poolDistributions, poolProbabilities } from "./pooling.ts";
import { anyDistribution } from "./random-distribution.fixture.ts";

const near = (actual: number, expected: number, tolerance = 1e-9) => expect(Math.abs(actual - expected)).toBeLessThan(tolerance);
const chance = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const updated = (probability: number, likelihoodRatio: number) => {
  const odds = (probability / (1 - probability)) * likelihoodRatio;
  return odds / (1 + odds);
};

describe("probabilities", () => {
  test("P01: four chances (published: 1.10 %, 1:118, 0.84 %)", () => {
    const voices = [0.014, 0.0221, 0.0039, 0.004];
    near(poolProbabilities(voices, { method: "linear" }), 0.011);
    near(poolProbabilities(voices), 0.00835762524922741);
  });

  test("P02: extremizing", () => {
    const pooled = poolProbabilities([0.6, 0.7, 0.8]);
    near(pooled, 0.7067571020407685);
    near(extremize(pooled, 1.5), 0.7891032779404661);
    near(extremize(pooled, 2.5), 0.9001789452711374);
  });

  test("P03: weights, and extremizing away from a base rate", () => {
    const weights = [0.5, 0.3, 0.2];
    near(poolProbabilities([0.6, 0.7, 0.8], { weights, method: "linear" }), 0.67);
    near(poolProbabilities([0.6, 0.7, 0.8], { weights }), 0.6757220456056312);
    near(extremizingFactor(3), 1.4153393661244045);
    near(extremize(poolProbabilities([0.6, 0.7, 0.8]), extremizingFactor(3), 0.3), 0.8315944838959884);
  });

  test("P04: geometric odds do not care whether evidence comes before or after pooling; linear ones do", () => {
    const voices = [0.6, 0.7, 0.8];
    const learned = voices.map((p) => updated(p, 3));
    near(updated(poolProbabilities(voices), 3), 0.8784996179167608);
    near(poolProbabilities(learned), 0.8784996179167608);
    near(updated(poolProbabilities(voices, { method: "linear" }), 3), 0.875);
    near(poolProbabilities(learned, { method: "linear" }), 0.872086247086247);
  });

  test("E09: the linear pool is the law of total probability, an update is Bayes'", () => {
    near(poolProbabilities([0.6, 0.1], { weights: [0.3, 0.7], method: "linear" }), 0.25, 1e-12);
    near(updated(0.2, 4), 0.5, 1e-12);
  });

  test("laws: order-free, identical beliefs, between the extremes, external Bayesianity", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(chance, fc.double({ min: 0.1, max: 5, noNaN: true })), { minLength: 1, maxLength: 8 }),
        chance,
        (voices, ratio) => {
          const probabilities = voices.map(([p]) => p);
          const weights = voices.map(([, weight]) => weight);
          for (const method of ["geometricOdds", "linear"] as const) {
            const pooled = poolProbabilities(probabilities, { weights, method });
            near(poolProbabilities(probabilities.toReversed(), { weights: weights.toReversed(), method }), pooled, 1e-14);
            expect(pooled).toBeGreaterThanOrEqual(Math.min(...probabilities) - 1e-15);
            expect(pooled).toBeLessThanOrEqual(Math.max(...probabilities) + 1e-15);
            const same = poolProbabilities(
              probabilities.map(() => ratio),
              { weights, method },
            );
            near(same, ratio, 1e-14);
            near(
              poolCategorical(
                probabilities.map((p) => [1 - p, p]),
                { weights, method },
              )[1],
              pooled,
              1e-13,
            );
          }
          near(
            poolProbabilities(
              probabilities.map((p) => updated(p, ratio)),
              { weights },
            ),
            updated(poolProbabilities(probabilities, { weights }), ratio),
            1e-13,
          );
        },
      ),
      { numRuns: 300, seed: 31 },
    );
  });

  test("certainty decides; opposed certainties are averaged; a voice of no weight is not heard", () => {
    expect(poolProbabilities([0.3, 1])).toBe(1);
    expect(poolProbabilities([0.3, 0])).toBe(0);
    expect(poolProbabilities([0, 1, 1])).toBeCloseTo(2 / 3, 15);
    expect(poolProbabilities([0.3, 1], { weights: [1, 0] })).toBeCloseTo(0.3, 15);
    expect(() => poolProbabilities([])).toThrow("at least one voice");
    expect(() => poolProbabilities([0.3], { weights: [-1] })).toThrow("negative");
  });

  test("options: worked by hand", () => {
    // geometric means sqrt(.5 .2), sqrt(.3 .2), sqrt(.2 .6), divided by their sum
    const raw = [0.1, 0.06, 0.12].map(Math.sqrt);
    const sum = raw.reduce((total, share) => total + share);
    const pooled = poolCategorical([
      [0.5, 0.3, 0.2],
      [2, 2, 6],
    ]);
    raw.forEach((share, i) => near(pooled[i], share / sum, 1e-15));
    expect(
      poolCategorical(
        [
          [0.5, 0.3, 0.2],
          [2, 2, 6],
        ],
        { method: "linear" },
      ),
    ).toEqual([0.35, 0.25, expect.closeTo(0.4, 15)]);
    expect(
      poolCategorical([
        [1, 0],
        [0, 1],
      ]),
    ).toEqual([0.5, 0.5]);
  });
});

describe("distributions", () => {
  test("P05: three normals", () => {
    const voices: Distribution[] = [
      [10, 1],
      [20, 2],
      [40, 3],
    ].map(([centre, deviation]) => ({ kind: "normal", mean: centre, standardDeviation: deviation }));
    const linear = poolDistributions(voices, { method: "linear" });
    near(mean(linear), 23.333333333333332, 1e-6);
    near(standardDeviation(linear), 12.657891697365015, 1e-6);
    const expected: [number, number][] = [
      [0.05, 8.963566537067676],
      [0.25, 10.674484841091452],
      [0.5, 20],
      [0.95, 43.10930016848137],
    ];
    for (const [u, at] of expected) near(quantile(linear, u), at, 1e-6);
    near(cdf(linear, 25), 0.6645968737752652, 1e-6);
    const vincent = poolDistributions(voices, { method: "quantileAverage" });
    near(mean(vincent), 23.333333333333332, 1e-6);
    near(standardDeviation(vincent), 2, 1e-6);
    near(cdf(vincent, 23.333333333333332 + 2), 0.841344746068543, 1e-6);
    const logarithmic = poolDistributions(voices, { method: "logarithmic" });
    near(mean(logarithmic), 14.285714285714286, 1e-6);
    near(standardDeviation(logarithmic), 1.4846149779161804, 1e-6);
  });

  test('P06: "5 to 50" and "20 to 200"', () => {
    const voices = [intervalDistribution(5, 50), intervalDistribution(20, 200)];
    const linear = poolDistributions(voices, { method: "linear" });
    [6.4336436751774055, 31.62277660168379, 155.43291647596965].forEach((at, i) => near(quantile(linear, [0.05, 0.5, 0.95][i]), at, 1e-6));
    near(mean(linear), 50.50016033682159, 1e-6);
    const logarithmic = poolDistributions(voices, { method: "logarithmic" });
    [10, 31.62277660168379, 100].forEach((at, i) => near(quantile(logarithmic, [0.05, 0.5, 0.95][i]), at, 1e-6));
  });

  test("identical beliefs pool to the belief, and order does not matter", () => {
    fc.assert(
      fc.property(anyDistribution, anyDistribution, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (one, other, u) => {
        for (const method of ["linear", "quantileAverage"] as const) {
          expect(poolDistributions([one, structuredClone(one)], { method })).toEqual(one);
          const [a, b] = [poolDistributions([one, other], { method }), poolDistributions([other, one], { method })];
          const [x, y] = [quantile(a, u), quantile(b, u)];
          expect(x === y || Math.abs(x - y) < 1e-9 * (1 + Math.abs(x))).toBe(true);
        }
      }),
      { numRuns: 100, seed: 32 },
    );
  });

  test("a logarithmic pool of other families is refused", () => {
    const voices: Distribution[] = [
      { kind: "uniform", low: 0, high: 1 },
      { kind: "uniform", low: 0, high: 2 },
    ];
    expect(() => poolDistributions(voices, { method: "logarithmic" })).toThrow("all normal or all lognormal");
  });
});
