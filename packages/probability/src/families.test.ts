import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Distribution } from "./distribution.ts";
import { cdf, exceedance, lawOf, mean, quantile, standardDeviation } from "./families.ts";
import { intervalDistribution } from "./interval.ts";
import { normalCdf, normalDensity } from "./normal-integral.ts";
import { deviationByQuadrature, meanByQuadrature } from "./quadrature.ts";
import { anyDistribution, anyProbability, discreteDistribution, smoothDistribution } from "./random-distribution.fixture.ts";

const relativeError = (actual: number, expected: number) => (actual === expected ? 0 : Math.abs(actual / expected - 1));
const normal = (centre: number, deviation: number): Distribution => ({ kind: "normal", mean: centre, standardDeviation: deviation });

describe("quantiles against 30-digit arithmetic", () => {
  const fromBelow: [Distribution, number, number][] = [
    [{ kind: "beta", alpha: 2, beta: 8 }, 1e-9, 5.270527582986222e-6],
    [{ kind: "beta", alpha: 2, beta: 8 }, 0.5, 0.179619611980361],
    [{ kind: "beta", alpha: 0.3, beta: 0.2 }, 1e-9, 1.663895944349708e-29],
    [{ kind: "beta", alpha: 0.3, beta: 0.2 }, 0.5, 0.760864963852018],
    [{ kind: "beta", alpha: 100, beta: 3 }, 0.05, 0.9395635371686512],
    [{ kind: "gamma", shape: 2.3, scale: 1 }, 1e-9, 0.0001876587468987311],
    [{ kind: "gamma", shape: 0.05, scale: 1 }, 0.05, 5.573875481878757e-27],
    [{ kind: "gamma", shape: 500, scale: 1 }, 1e-9, 377.3165315891467],
  ];
  test.each(fromBelow)("%j at %d", (distribution, probability, expected) => {
    expect(relativeError(quantile(distribution, probability), expected)).toBeLessThan(1e-13);
  });

  const fromAbove: [Distribution, number, number][] = [
    [{ kind: "beta", alpha: 2, beta: 8 }, 1e-9, 0.9426464480608668],
    [{ kind: "beta", alpha: 100, beta: 3 }, 1e-9, 0.9999820001022466],
    [{ kind: "gamma", shape: 2.3, scale: 1 }, 1e-9, 24.79457808388186],
    [{ kind: "gamma", shape: 0.05, scale: 1 }, 1e-9, 15.1167400801768],
    [{ kind: "gamma", shape: 500, scale: 1 }, 0.05, 537.3397244017205],
    [{ kind: "student", degreesOfFreedom: 1, location: 0, scale: 1 }, 0.25, 1],
    [{ kind: "student", degreesOfFreedom: 1, location: 0, scale: 1 }, 1e-9, 318309886.1837907],
    [{ kind: "student", degreesOfFreedom: 3, location: 0, scale: 1 }, 0.05, 2.353363434801824],
    [{ kind: "student", degreesOfFreedom: 40, location: 0, scale: 1 }, 1e-9, 7.704012082026669],
  ];
  test.each(fromAbove)("%j, upper tail %d", (distribution, tail, expected) => {
    expect(relativeError(lawOf(distribution).upperQuantile(tail), expected)).toBeLessThan(1e-13);
    // 1 - 1e-9 as a double is off by up to 6e-17, a relative 6e-8 of the tail
    expect(relativeError(quantile(distribution, 1 - tail), expected)).toBeLessThan(1e-13 + 1e-16 / tail);
  });

  test("counts (SciPy 1.17)", () => {
    const at = [1e-9, 0.05, 0.5, 0.95, 1 - 1e-9];
    expect(at.map((u) => quantile({ kind: "poisson", mean: 12.5 }, u))).toEqual([0, 7, 12, 19, 39]);
    expect(at.map((u) => quantile({ kind: "binomial", trials: 40, probability: 0.2 }, u))).toEqual([0, 4, 8, 12, 25]);
  });

  test("closed forms", () => {
    expect(quantile({ kind: "exponential", mean: 2 }, 0.5)).toBeCloseTo(2 * Math.LN2, 14);
    expect(quantile({ kind: "weibull", shape: 2, scale: 3 }, 1 - Math.exp(-4))).toBeCloseTo(6, 12);
    expect(quantile({ kind: "triangular", low: 0, mode: 1, high: 4 }, 0.25)).toBeCloseTo(1, 14);
    expect(quantile({ kind: "uniform", low: -2, high: 6 }, 0.75)).toBe(4);
    expect(
      quantile(
        {
          kind: "piecewise",
          points: [
            [10, 0],
            [20, 0.5],
            [40, 1],
          ],
        },
        0.75,
      ),
    ).toBe(30);
  });
});

describe("laws for every distribution", () => {
  test("smooth: cdf undoes quantile, in either tail", () => {
    fc.assert(
      fc.property(smoothDistribution, anyProbability, (distribution, u) => {
        const law = lawOf(distribution);
        const [p, x] = u <= 0.5 ? [u, law.lowerQuantile(u)] : [1 - u, law.upperQuantile(1 - u)];
        const back = u <= 0.5 ? law.cumulative(x) : law.exceedance(x);
        // rounding x to a double moves the probability by density * ulp
        const rounding = 2 ** -50 * (Math.abs(x) + Math.abs(law.upperQuantile(0.5))) * law.density(x);
        expect(Math.abs(back - p)).toBeLessThanOrEqual(1e-11 * p + rounding);
      }),
      { numRuns: 1500, seed: 1 },
    );
  });

  test("discrete: the quantile is the smallest x with cdf(x) >= u", () => {
    fc.assert(
      fc.property(discreteDistribution, anyProbability, (distribution, u) => {
        const x = quantile(distribution, u);
        const slack = 1e-14;
        expect(cdf(distribution, x)).toBeGreaterThanOrEqual(u - slack);
        expect(cdf(distribution, x - 1e-9)).toBeLessThanOrEqual(u + slack);
      }),
      { numRuns: 1000, seed: 2 },
    );
  });

  test("all: quantile(u) <= x exactly where u <= cdf(x), up to rounding", () => {
    fc.assert(
      fc.property(anyDistribution, anyProbability, anyProbability, (distribution, u, v) => {
        const x = quantile(distribution, v);
        if (!Number.isFinite(x)) return;
        const reached = cdf(distribution, x);
        const scale = 1e-11 * (1 + Math.abs(x));
        if (u < reached * (1 - 1e-9)) expect(quantile(distribution, u)).toBeLessThanOrEqual(x + scale);
        if (1 - u < exceedance(distribution, x) * (1 - 1e-6)) expect(quantile(distribution, u)).toBeGreaterThanOrEqual(x - scale);
      }),
      { numRuns: 1500, seed: 3 },
    );
  });

  test("all: quantiles rise with probability, cdf and exceedance sum to one", () => {
    fc.assert(
      fc.property(anyDistribution, anyProbability, anyProbability, (distribution, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const [a, b] = [quantile(distribution, low), quantile(distribution, high)];
        // iterative quantiles agree to 1e-13, so two probabilities nearer than that may swap
        expect(a).toBeLessThanOrEqual(b === Infinity ? b : b + 1e-12 * (1 + Math.abs(b)));
        if (Number.isFinite(a)) expect(cdf(distribution, a) + exceedance(distribution, a)).toBeCloseTo(1, 12);
      }),
      { numRuns: 1500, seed: 4 },
    );
  });

  test("mean and standard deviation in closed form are those of the quantile", () => {
    fc.assert(
      fc.property(smoothDistribution, (distribution) => {
        const law = lawOf(distribution);
        const deviation = standardDeviation(distribution);
        const heavy = distribution.kind === "pareto" && distribution.shape < 2.3;
        const heavyStudent = distribution.kind === "student" && distribution.degreesOfFreedom < 2.3;
        if (heavy || heavyStudent) return;
        expect(Math.abs(meanByQuadrature(law) - mean(distribution))).toBeLessThan(1e-8 * deviation);
        expect(relativeError(deviationByQuadrature(law), deviation)).toBeLessThan(1e-7);
      }),
      { numRuns: 150, seed: 5 },
    );
  });
});

describe("moments", () => {
  test("lognormal, beta and pert by moment matching (E08)", () => {
    const lognormal: Distribution = { kind: "lognormal", logMean: -3.0699422761131276, logStandardDeviation: 0.38525317015992644 };
    expect([mean(lognormal), standardDeviation(lognormal)]).toEqual([expect.closeTo(0.05, 14), expect.closeTo(0.02, 14)]);
    const beta: Distribution = { kind: "beta", alpha: 6, beta: 14 };
    expect([mean(beta), standardDeviation(beta)]).toEqual([expect.closeTo(0.3, 14), expect.closeTo(0.1, 14)]);
    const pert: Distribution = { kind: "pert", low: 2, mode: 5, high: 14 };
    expect([mean(pert), standardDeviation(pert)]).toEqual([expect.closeTo(6, 12), expect.closeTo(2.138089935299395, 12)]);
    expect(Math.abs(quantile(pert, 0.9) - 9.006684495434348)).toBeLessThan(1e-6);
    const fitted: Distribution = { kind: "beta", alpha: 3.69952187, beta: 5.6799125 };
    expect(Math.abs(quantile(fitted, 0.1) - 0.2)).toBeLessThan(1e-6);
    expect(Math.abs(quantile(fitted, 0.9) - 0.6)).toBeLessThan(1e-6);
  });

  test("pareto (F05): mean, median, tail, cap and best of twenty", () => {
    const pareto: Distribution = { kind: "pareto", minimum: 0.5, shape: 1.5 };
    expect(mean(pareto)).toBeCloseTo(1.5, 12);
    expect(standardDeviation(pareto)).toBe(Infinity);
    expect(quantile(pareto, 0.5)).toBeCloseTo(0.7937005259840997, 12);
    expect(exceedance(pareto, 10)).toBeCloseTo(0.01118033988749895, 12);
    expect(1 - cdf(pareto, 10) ** 20).toBeCloseTo(0.20137692745563296, 9);
    const below50 = mean({ kind: "truncated", distribution: pareto, low: 0, high: 50 });
    expect(below50 * cdf(pareto, 50) + 50 * exceedance(pareto, 50)).toBeCloseTo(1.4, 9);
  });

  test("infinite and absent means", () => {
    expect(mean({ kind: "pareto", minimum: 1, shape: 1 })).toBe(Infinity);
    expect(mean({ kind: "orNever", never: 0.1, distribution: normal(0, 1) })).toBe(Infinity);
    expect(standardDeviation({ kind: "student", degreesOfFreedom: 2, location: 0, scale: 1 })).toBe(Infinity);
    expect(mean({ kind: "student", degreesOfFreedom: 1, location: 0, scale: 1 })).toBeNaN();
    const heavy: Distribution = { kind: "metalog", terms: [0, 1.2], low: 0 };
    expect(mean(heavy)).toBe(Infinity); // odds to the power 1.2
  });

  test("of a list of values and of a piecewise cdf, worked by hand", () => {
    const values: Distribution = { kind: "empirical", values: [3, 1, 1, 7], weights: [1, 1, 1, 1] };
    expect(mean(values)).toBe(3);
    expect(standardDeviation(values)).toBeCloseTo(Math.sqrt((4 + 4 + 0 + 16) / 4), 14);
    // 10..20 with chance 1/2 and 20..40 with chance 1/2: mean (15 + 30) / 2; variance (100 + 400)/12/2 + 7.5^2
    const piecewise: Distribution = {
      kind: "piecewise",
      points: [
        [10, 0],
        [20, 0.5],
        [40, 1],
      ],
    };
    expect(mean(piecewise)).toBeCloseTo(22.5, 13);
    expect(standardDeviation(piecewise)).toBeCloseTo(Math.sqrt(500 / 24 + 7.5 ** 2), 12);
  });
});

describe("compound distributions", () => {
  test("never sits at the upper end", () => {
    const date: Distribution = { kind: "orNever", never: 0.3, distribution: { kind: "uniform", low: 0, high: 7 } };
    expect([0.1, 0.35, 0.69, 0.7001, 0.99].map((u) => quantile(date, u))).toEqual([
      expect.closeTo(1, 12),
      expect.closeTo(3.5, 12),
      expect.closeTo(6.9, 12),
      Infinity,
      Infinity,
    ]);
    expect(cdf(date, 1e300)).toBeCloseTo(0.7, 15);
    expect(cdf(date, Infinity)).toBe(1);
  });

  test("an atom in a mixture keeps its place and its mass", () => {
    const lognormal: Distribution = { kind: "lognormal", logMean: 4, logStandardDeviation: 1.5 };
    const spiked: Distribution = {
      kind: "mixture",
      components: [
        { weight: 0.6, distribution: { kind: "point", at: 0 } },
        { weight: 0.4, distribution: lognormal },
      ],
    };
    expect([1e-9, 0.3, 0.6].map((u) => quantile(spiked, u))).toEqual([0, 0, 0]);
    expect(relativeError(quantile(spiked, 0.8), quantile(lognormal, 0.5))).toBeLessThan(1e-12);
    const inside: Distribution = {
      kind: "mixture",
      components: [
        { weight: 0.2, distribution: { kind: "point", at: 0.3 } },
        { weight: 0.8, distribution: normal(0, 1) },
      ],
    };
    const start = 0.8 * cdf(normal(0, 1), 0.3);
    expect(quantile(inside, start + 0.001)).toBe(0.3);
    expect(quantile(inside, start + 0.199)).toBe(0.3);
    expect(quantile(inside, start + 0.201)).toBeGreaterThan(0.3);
  });

  test("a censored normal has the moments of the textbook, and its mass beyond a limit on it", () => {
    const [low, high] = [-1, 2];
    const censored: Distribution = { kind: "censored", distribution: normal(0, 1), low, high };
    const [under, over] = [normalCdf(low), normalCdf(-high)];
    const first = low * under + high * over + normalDensity(low) - normalDensity(high);
    const second = low ** 2 * under + high ** 2 * over + (1 - under - over) + low * normalDensity(low) - high * normalDensity(high);
    expect(mean(censored)).toBeCloseTo(first, 9);
    expect(standardDeviation(censored)).toBeCloseTo(Math.sqrt(second - first ** 2), 9);
    expect([cdf(censored, -1.001), cdf(censored, -1), cdf(censored, 2)]).toEqual([0, under, 1]);
    expect(exceedance(censored, 1.9999999)).toBeCloseTo(over, 6);
    for (const [u, x] of [
      [0, -1],
      [1e-9, -1],
      [under, -1],
      [0.5, 0],
      [1 - over / 2, 2],
      [1, 2],
    ])
      expect(quantile(censored, u)).toBe(x);
  });

  test("a censored count keeps its inner masses; limits beyond the support change nothing", () => {
    const count: Distribution = { kind: "poisson", mean: 3 };
    const censored: Distribution = { kind: "censored", distribution: count, low: 1, high: 4 };
    expect(cdf(censored, 1)).toBe(cdf(count, 1));
    expect(cdf(censored, 3)).toBe(cdf(count, 3));
    expect(exceedance(censored, 3)).toBe(exceedance(count, 3));
    const wide: Distribution = { kind: "censored", distribution: { kind: "uniform", low: 2, high: 5 }, low: 0, high: 9 };
    expect([quantile(wide, 0), quantile(wide, 1), mean(wide)]).toEqual([2, 5, expect.closeTo(3.5, 12)]);
  });

  test("a truncation far out in a tail keeps its digits", () => {
    const tail: Distribution = { kind: "truncated", distribution: normal(0, 1), low: 9, high: Infinity };
    // Mills ratio: E[Z | Z > 9] = density(9) / P(Z > 9)
    const mills = Math.exp(-40.5) / Math.sqrt(2 * Math.PI) / exceedance(normal(0, 1), 9);
    expect(relativeError(mean(tail), mills)).toBeLessThan(1e-9);
    const median = quantile(tail, 0.5);
    expect(relativeError(exceedance(normal(0, 1), median), exceedance(normal(0, 1), 9) / 2)).toBeLessThan(1e-12);
  });

  test("a truncated count takes only counts inside, with the masses in proportion", () => {
    const count: Distribution = { kind: "truncated", distribution: { kind: "poisson", mean: 2 }, low: 0.5, high: 3.5 };
    expect([1e-12, 0.37, 0.38, 0.999999].map((u) => quantile(count, u))).toEqual([1, 1, 2, 3]);
    // masses 2, 2, 4/3 in units of e^-2: a share of 3/8 at 1
    expect(cdf(count, 1)).toBeCloseTo(3 / 8, 12);
    expect(mean(count)).toBeCloseTo((2 + 4 + 4) / (16 / 3), 9);
    const atTheEdge: Distribution = { ...count, low: 1, high: 3 };
    expect(cdf(atTheEdge, 1)).toBeCloseTo(3 / 8, 12);
  });
});

test('"5 to 50" is the lognormal with those 5 % and 95 % quantiles (S03)', () => {
  const interval = intervalDistribution(5, 50);
  expect(interval).toEqual({
    kind: "lognormal",
    logMean: expect.closeTo(2.760730458931, 9),
    logStandardDeviation: expect.closeTo(0.699936169172, 9),
  });
  expect(mean(interval)).toBeCloseTo(20.200064134729, 8);
  const crossing = intervalDistribution(-10, 30);
  expect(crossing.kind).toBe("normal");
  expect([quantile(crossing, 0.05), quantile(crossing, 0.95)]).toEqual([expect.closeTo(-10, 12), expect.closeTo(30, 12)]);
});
