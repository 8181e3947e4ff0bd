import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distributionProblem } from "./distribution-problem.ts";
import { cdf, mean, quantile, standardDeviation } from "./families.ts";
import type { MetalogBounds, QuantilePoint } from "./metalog-fit.ts";
import { metalogFromQuantiles } from "./metalog-fit.ts";
import { quantileFunction } from "./quantile-function.ts";

const TOLERANCE = 1e-5; // of the published cases

const triplet = (low: number, median: number, high: number): QuantilePoint[] => [
  { probability: 0.1, at: low },
  { probability: 0.5, at: median },
  { probability: 0.9, at: high },
];

function fitted(points: QuantilePoint[], bounds?: MetalogBounds) {
  const fit = metalogFromQuantiles(points, bounds);
  if ("problem" in fit) throw new Error(fit.problem.code);
  return fit.distribution;
}

function problemOf(points: QuantilePoint[], bounds?: MetalogBounds) {
  const fit = metalogFromQuantiles(points, bounds);
  return "problem" in fit ? fit.problem : undefined;
}

const near = (actual: number, expected: number) => expect(Math.abs(actual - expected)).toBeLessThan(TOLERANCE);

describe("symmetric percentile triplets (Keelin's equations)", () => {
  test("E01: 10/20/40 unbounded", () => {
    const d = fitted(triplet(10, 20, 40));
    [20, 6.8267942, 5.68899517].forEach((term, k) => near(d.terms[k], term));
    const expected: [number, number][] = [
      [0.05, 7.436826],
      [0.25, 14.0625],
      [0.75, 29.0625],
      [0.95, 47.638984],
      [0.99, 64.179329],
    ];
    for (const [u, at] of expected) near(quantile(d, u), at);
    near(mean(d), 22.844498);
    near(standardDeviation(d), 12.841133);
  });

  test("E02: the same with a bound at 0, and with bounds 0 and 100", () => {
    const floor = fitted(triplet(10, 20, 40), { low: 0 });
    [2.99573227, 0.31546488, 0].forEach((term, k) => near(floor.terms[k], term));
    near(quantile(floor, 0.95), 50.632788);
    near(mean(floor), 23.692381);
    const both = fitted(triplet(10, 20, 40), { low: 0, high: 100 });
    [-1.38629436, 0.40773244, 0.09665548].forEach((term, k) => near(both.terms[k], term));
    near(quantile(both, 0.95), 48.55833);
    near(mean(both), 22.975227);
  });

  test("E03: 10/11/40 is infeasible, and the problem says where the median would have to lie", () => {
    const problem = problemOf(triplet(10, 11, 40));
    expect(problem?.code).toBe("metalogInfeasible");
    const params = problem?.params as Record<string, number>;
    expect(params.skew).toBeCloseTo(0.0333333333, 9);
    expect(Math.abs(params.skewLow - 0.166578)).toBeLessThan(1e-6);
    expect(Math.abs(params.skewHigh - 0.833422)).toBeLessThan(1e-6);
    expect(params.medianLow).toBeCloseTo(10 + 30 * params.skewLow, 9);
    expect(params.medianHigh).toBeCloseTo(40 - 30 * params.skewLow, 9);
    expect(problemOf(triplet(10, params.medianLow + 0.001, 40))).toBeUndefined();
    expect(problemOf(triplet(10, params.medianLow - 0.001, 40))?.code).toBe("metalogInfeasible");
  });

  test("E04: .2/.5/.7 on 0..1", () => {
    const d = fitted(triplet(0.2, 0.5, 0.7), { low: 0, high: 1 });
    [0, 0.50827581, -0.30663485].forEach((term, k) => near(d.terms[k], term));
    const expected: [number, number][] = [
      [0.05, 0.129783],
      [0.25, 0.344655],
      [0.75, 0.616373],
      [0.95, 0.748438],
    ];
    for (const [u, at] of expected) near(quantile(d, u), at);
    near(mean(d), 0.475174);
    near(standardDeviation(d), 0.187945);
  });

  test("Keelin's range of skew agrees with a positive density on the grid", () => {
    for (const skew of [0.17, 0.3, 0.5, 0.83]) {
      expect(distributionProblem(fitted(triplet(0, skew, 1)))).toBeUndefined();
    }
    // just outside, built by hand: the grid sees it too
    const ratio = 1.69;
    expect(distributionProblem({ kind: "metalog", terms: [0, 1, ratio] })?.code).toBe("metalogInfeasible");
  });
});

describe("general quantiles", () => {
  test("two points make a logistic through both", () => {
    const d = fitted([
      { probability: 0.25, at: 3 },
      { probability: 0.75, at: 7 },
    ]);
    expect(d.terms).toEqual([expect.closeTo(5, 12), expect.closeTo(2 / Math.log(3), 12)]);
  });

  test("as many terms as points: the curve passes through all of them, in any order given", () => {
    const points = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95].map((probability, i) => ({
      probability,
      at: [3.6, 4.8, 7.2, 10, 14, 20.8, 27.5][i],
    }));
    for (const bounds of [{}, { low: 0 }, { high: 200 }, { low: -5, high: 200 }]) {
      const d = fitted(points.toReversed(), bounds);
      expect(d.terms.filter((term) => term !== 0).length).toBe(7);
      for (const { probability, at } of points) expect(Math.abs(quantile(d, probability) - at)).toBeLessThan(1e-9);
      expect(distributionProblem(d)).toBeUndefined();
    }
  });

  test("more points than terms: least squares recovers a metalog that is there", () => {
    const terms = [10, 3, 1, 0.5];
    const source = { kind: "metalog" as const, terms };
    const points = Array.from({ length: 25 }, (_, i) => ({ probability: (i + 0.5) / 25, at: quantile(source, (i + 0.5) / 25) }));
    const d = fitted(points);
    [...terms, 0, 0, 0, 0].forEach((term, k) => expect(Math.abs(d.terms[k] - term)).toBeLessThan(1e-8));
  });

  test("what cannot be fitted is a problem with its place", () => {
    expect(problemOf([{ probability: 0.5, at: 1 }])).toEqual({ code: "tooFewPoints", params: { count: 1, atLeast: 2 } });
    expect(problemOf(triplet(10, 9, 40))).toEqual({ code: "quantilesOutOfOrder", params: { index: 1 } });
    expect(
      problemOf([
        { probability: 0, at: 1 },
        { probability: 0.5, at: 2 },
      ])?.code,
    ).toBe("probabilityOutsideUnit");
    expect(problemOf(triplet(-1, 9, 40), { low: 0 })?.code).toBe("quantileOutsideBounds");
    expect(problemOf(triplet(1, 9, 40), { low: 5, high: 0 })?.code).toBe("lowNotBelowHigh");
    expect(problemOf(triplet(1, NaN, 40))?.code).toBe("parameterNotFinite");
    const stepped = [0.1, 0.3, 0.5, 0.7].map((probability, i) => ({ probability, at: [0, 1, 1.001, 30][i] }));
    expect(problemOf(stepped)).toEqual({ code: "metalogInfeasible", params: { probability: expect.any(Number), terms: 4 } });
  });
});

test("cdf undoes quantile, prepared and direct agree, for random triplets and bounds", () => {
  const skewed = fc.record({
    skew: fc.double({ min: 0.18, max: 0.82, noNaN: true }),
    kind: fc.constantFrom("none", "low", "high", "both"),
  });
  fc.assert(
    fc.property(skewed, fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), ({ skew, kind }, u) => {
      const bounds = {
        ...(kind === "low" || kind === "both" ? { low: -1 } : {}),
        ...(kind === "high" || kind === "both" ? { high: 3 } : {}),
      };
      const fit = metalogFromQuantiles(triplet(0, skew, 1), bounds);
      if ("problem" in fit) return;
      const x = quantile(fit.distribution, u);
      // near a bound a double cannot tell nearby quantiles apart
      if (Math.min(Math.abs(x + 1), Math.abs(x - 3)) > 1e-3) expect(Math.abs(cdf(fit.distribution, x) - u)).toBeLessThan(1e-11);
      expect(Math.abs(quantileFunction(fit.distribution)(u) - x)).toBeLessThan(1e-7 * Math.max(1, Math.abs(x)));
    }),
    { numRuns: 500, seed: 21 },
  );
});
