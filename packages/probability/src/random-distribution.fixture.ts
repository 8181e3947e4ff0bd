import * as fc from "fast-check";
import type { Distribution } from "./distribution.ts";
import { quantile } from "./families.ts";

/** Sound distributions at random, for laws that must hold for all of them. */
const between = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true });
const magnitude = (low: number, high: number) => between(Math.log(low), Math.log(high)).map(Math.exp);
const chance = between(0.01, 0.99);
const location = between(-50, 50);
const weight = between(0.05, 1);

const threePoints = fc.tuple(location, magnitude(0.1, 30), between(0, 1)).map(([low, width, share]) => ({
  low,
  mode: low + share * width,
  high: low + width,
}));

export const smoothDistribution: fc.Arbitrary<Distribution> = fc.oneof(
  fc.record({ kind: fc.constant("normal" as const), mean: location, standardDeviation: magnitude(0.01, 30) }),
  fc.record({ kind: fc.constant("lognormal" as const), logMean: between(-3, 5), logStandardDeviation: magnitude(0.05, 2) }),
  fc.record({ kind: fc.constant("beta" as const), alpha: magnitude(0.2, 200), beta: magnitude(0.2, 200) }),
  fc.record({ kind: fc.constant("gamma" as const), shape: magnitude(0.2, 500), scale: magnitude(0.1, 30) }),
  fc.tuple(location, magnitude(0.1, 30)).map(([low, width]) => ({ kind: "uniform" as const, low, high: low + width })),
  threePoints.map((points) => ({ kind: "triangular" as const, ...points })),
  threePoints.map((points) => ({ kind: "pert" as const, ...points })),
  fc.record({ kind: fc.constant("exponential" as const), mean: magnitude(0.1, 30) }),
  fc.record({ kind: fc.constant("student" as const), degreesOfFreedom: magnitude(1, 100), location, scale: magnitude(0.1, 10) }),
  fc.record({ kind: fc.constant("weibull" as const), shape: magnitude(0.4, 8), scale: magnitude(0.1, 30) }),
  fc.record({ kind: fc.constant("pareto" as const), minimum: magnitude(0.1, 10), shape: magnitude(0.8, 8) }),
  fc
    .tuple(location, magnitude(0.1, 10), between(-1.4, 1.4))
    .map(([median, spread, skew]) => ({ kind: "metalog" as const, terms: [median, spread, skew * spread] })),
);

export const discreteDistribution: fc.Arbitrary<Distribution> = fc.oneof(
  fc.record({ kind: fc.constant("point" as const), at: location }),
  fc.record({ kind: fc.constant("bernoulli" as const), probability: chance }),
  fc.record({ kind: fc.constant("categorical" as const), weights: fc.array(weight, { minLength: 1, maxLength: 6 }) }),
  fc.record({ kind: fc.constant("poisson" as const), mean: magnitude(0.05, 400) }),
  fc.record({ kind: fc.constant("binomial" as const), trials: fc.integer({ min: 1, max: 300 }), probability: chance }),
  fc.record({ kind: fc.constant("empirical" as const), values: fc.array(location, { minLength: 1, maxLength: 12 }) }),
);

const simpleDistribution = fc.oneof({ weight: 3, arbitrary: smoothDistribution }, { weight: 1, arbitrary: discreteDistribution });

const piecewiseDistribution: fc.Arbitrary<Distribution> = fc
  .tuple(location, fc.array(fc.tuple(magnitude(0.1, 10), weight), { minLength: 1, maxLength: 5 }))
  .map(([start, steps]) => {
    const whole = steps.reduce((sum, [, rise]) => sum + rise, 0);
    const points: [number, number][] = [[start, 0]];
    for (const [run, rise] of steps) points.push([points[points.length - 1][0] + run, points[points.length - 1][1] + rise / whole]);
    points[points.length - 1][1] = 1;
    return { kind: "piecewise", points };
  });

const truncatedDistribution: fc.Arbitrary<Distribution> = fc
  .tuple(simpleDistribution, between(0.01, 0.45), between(0.55, 0.99))
  .map(([distribution, from, to]) => ({
    kind: "truncated",
    distribution,
    low: quantile(distribution, from) - 0.01,
    high: quantile(distribution, to) + 0.01,
  }));

const censoredDistribution: fc.Arbitrary<Distribution> = fc
  .tuple(simpleDistribution, between(0.01, 0.45), between(0.55, 0.99), fc.constantFrom("low", "high", "both"))
  .map(([distribution, from, to, side]) => ({
    kind: "censored",
    distribution,
    low: side === "high" ? -Infinity : quantile(distribution, from) - 0.01,
    high: side === "low" ? Infinity : quantile(distribution, to) + 0.01,
  }));

export const compoundDistribution: fc.Arbitrary<Distribution> = fc.oneof(
  componentsOf(simpleDistribution).map((components) => ({ kind: "mixture" as const, components })),
  componentsOf(smoothDistribution).map((components) => ({ kind: "quantileAverage" as const, components })),
  fc.record({ kind: fc.constant("orNever" as const), never: chance, distribution: simpleDistribution }),
  truncatedDistribution,
  censoredDistribution,
  piecewiseDistribution,
);

export const anyDistribution: fc.Arbitrary<Distribution> = fc.oneof(smoothDistribution, discreteDistribution, compoundDistribution);

/** A probability in (0, 1), near the ends as often as in the middle. */
export const anyProbability: fc.Arbitrary<number> = fc.oneof(
  between(0.001, 0.999),
  magnitude(1e-9, 0.01),
  magnitude(1e-9, 0.01).map((tail) => 1 - tail),
);

function componentsOf(distribution: fc.Arbitrary<Distribution>) {
  return fc.array(fc.record({ weight, distribution }), { minLength: 2, maxLength: 4 });
}
