import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Distribution } from "./distribution.ts";
import type { DistributionProblem } from "./distribution-problem.ts";
import { distributionProblem } from "./distribution-problem.ts";
import { anyDistribution } from "./random-distribution.fixture.ts";

const normal: Distribution = { kind: "normal", mean: 0, standardDeviation: 1 };
const broken: Distribution = { kind: "normal", mean: 0, standardDeviation: -1 };

const cases: [Distribution, DistributionProblem][] = [
  [
    { kind: "normal", mean: NaN, standardDeviation: 1 },
    { code: "parameterNotFinite", params: { parameter: "mean" } },
  ],
  [broken, { code: "standardDeviationNotPositive", params: { amount: -1 } }],
  [
    { kind: "lognormal", logMean: 0, logStandardDeviation: 0 },
    { code: "standardDeviationNotPositive", params: { amount: 0 } },
  ],
  [
    { kind: "beta", alpha: 1, beta: 0 },
    { code: "shapeNotPositive", params: { parameter: "beta", amount: 0 } },
  ],
  [
    { kind: "gamma", shape: 1, scale: -2 },
    { code: "scaleNotPositive", params: { parameter: "scale", amount: -2 } },
  ],
  [
    { kind: "poisson", mean: 0 },
    { code: "meanNotPositive", params: { amount: 0 } },
  ],
  [
    { kind: "bernoulli", probability: 1.2 },
    { code: "probabilityOutsideUnit", params: { parameter: "probability", probability: 1.2 } },
  ],
  [
    { kind: "orNever", never: -0.1, distribution: normal },
    { code: "probabilityOutsideUnit", params: { parameter: "never", probability: -0.1 } },
  ],
  [
    { kind: "uniform", low: 3, high: 3 },
    { code: "lowNotBelowHigh", params: { low: 3, high: 3 } },
  ],
  [
    { kind: "pert", low: 0, mode: 5, high: 4 },
    { code: "modeOutsideRange", params: { low: 0, mode: 5, high: 4 } },
  ],
  [
    { kind: "categorical", weights: [1, -1] },
    { code: "weightsNotPositive", params: { index: 1 } },
  ],
  [
    { kind: "categorical", weights: [0, 0] },
    { code: "weightsNotPositive", params: { index: 0 } },
  ],
  [
    { kind: "empirical", values: [1, 2], weights: [1] },
    { code: "weightsNotMatching", params: { values: 2, weights: 1 } },
  ],
  [
    { kind: "empirical", values: [] },
    { code: "tooFewPoints", params: { count: 0, atLeast: 1 } },
  ],
  [
    { kind: "binomial", trials: 2.5, probability: 0.5 },
    { code: "trialsNotWhole", params: { trials: 2.5 } },
  ],
  [
    { kind: "metalog", terms: [1] },
    { code: "tooFewPoints", params: { count: 1, atLeast: 2 } },
  ],
  [
    { kind: "metalog", terms: [1, -1] },
    { code: "metalogInfeasible", params: { probability: expect.any(Number) } },
  ],
  [
    {
      kind: "piecewise",
      points: [
        [0, 0],
        [2, 0.6],
        [1, 1],
      ],
    },
    { code: "pointsOutOfOrder", params: { index: 2 } },
  ],
  [
    {
      kind: "piecewise",
      points: [
        [0, 0],
        [2, 0.6],
      ],
    },
    { code: "cumulativeNotFromZeroToOne", params: { first: 0, last: 0.6 } },
  ],
  [
    { kind: "mixture", components: [] },
    { code: "tooFewPoints", params: { count: 0, atLeast: 1 } },
  ],
  [
    { kind: "mixture", components: [{ weight: 1, distribution: broken }] },
    { code: "standardDeviationNotPositive", params: { amount: -1 } },
  ],
  [
    { kind: "truncated", distribution: normal, low: 50, high: Infinity },
    { code: "truncationEmpty", params: { low: 50, high: Infinity } },
  ],
];

test.each(cases)("%j", (distribution, problem) => {
  expect(distributionProblem(distribution)).toEqual(problem);
});

test("sound distributions have no problem", () => {
  fc.assert(
    fc.property(anyDistribution, (distribution) => {
      expect(distributionProblem(distribution)).toBeUndefined();
    }),
    { numRuns: 300, seed: 41 },
  );
});

test("a date that never comes is a sound point", () => {
  expect(distributionProblem({ kind: "point", at: Infinity })).toBeUndefined();
  expect(distributionProblem({ kind: "point", at: -Infinity })?.code).toBe("parameterNotFinite");
});
