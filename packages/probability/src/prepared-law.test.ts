import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Distribution } from "./distribution.ts";
import { lawOf } from "./families.ts";
import { preparedLaw } from "./prepared-law.ts";
import { anyDistribution } from "./random-distribution.fixture.ts";

/** Largest error of the prepared quantiles over both tails, of the larger of interquartile range and distance from the median. */
function worstError(distribution: Distribution): number {
  const [direct, prepared] = [lawOf(distribution), preparedLaw(distribution)];
  const ever = direct.cumulative(Number.MAX_VALUE); // spread is that of the draws that come at all
  const [low, median, high] = [0.25, 0.5, 0.75].map((share) => direct.lowerQuantile(share * ever));
  const range = high - low;
  let worst = 0;
  for (let step = 1; step <= 400; step++) {
    const p = 0.5 ** (1 + (step * 31.7) / 400);
    for (const [found, exact] of [
      [prepared.lowerQuantile(p), direct.lowerQuantile(p)],
      [prepared.upperQuantile(p), direct.upperQuantile(p)],
    ]) {
      if (found === exact) continue;
      worst = Math.max(worst, Math.abs(found - exact) / Math.max(range, Math.abs(exact - median)));
    }
  }
  return worst;
}

const normal = (mean: number, standardDeviation: number): Distribution => ({ kind: "normal", mean, standardDeviation });
const mixture = (...parts: Distribution[]): Distribution => ({
  kind: "mixture",
  components: parts.map((distribution, index) => ({ weight: 1 + index, distribution })),
});

test.each<[string, Distribution]>([
  ["beta with both ends infinite", { kind: "beta", alpha: 0.3, beta: 0.2 }],
  ["gamma near zero", { kind: "gamma", shape: 0.05, scale: 1 }],
  ["Cauchy", { kind: "student", degreesOfFreedom: 1, location: 0, scale: 1 }],
  ["mixture far apart", mixture(normal(0, 1), normal(1000, 1))],
  ["mixture of a mixture and a metalog's like", mixture(mixture(normal(0, 1), normal(3, 2)), { kind: "weibull", shape: 0.7, scale: 2 })],
])("a quantile is off by less than 1e-7 of the spread: %s", (_, distribution) => {
  expect(worstError(distribution)).toBeLessThan(1e-7);
});

test("kinks and gaps cost little: less than 1e-6 but exactly at a gap's edge", () => {
  const triangle = (low: number, mode: number, high: number): Distribution => ({ kind: "triangular", low, mode, high });
  expect(worstError(mixture(triangle(0, 0.2, 1), triangle(0.5, 6, 7)))).toBeLessThan(1e-6);
  expect(worstError(mixture(triangle(0, 0.2, 1), triangle(5, 6, 7)))).toBeLessThan(1e-6);
});

test("a mixture of dates that may never come keeps its chance of never", () => {
  const dates = mixture(
    { kind: "orNever", never: 0.3, distribution: normal(20_000, 300) },
    { kind: "orNever", never: 0.1, distribution: normal(20_500, 100) },
  );
  const law = preparedLaw(dates);
  expect(law.exceedance(1e9)).toBeCloseTo(0.3 / 3 + (0.1 * 2) / 3, 12);
  expect(law.upperQuantile(0.16)).toBe(Infinity);
  expect(law.upperQuantile(0.5)).toBeCloseTo(lawOf(dates).upperQuantile(0.5), 4);
});

test("whatever the distribution, prepared quantiles are those of the law within the bound of its tables", () => {
  fc.assert(
    fc.property(anyDistribution, (distribution) => {
      expect(worstError(distribution)).toBeLessThan(1e-6);
    }),
    { numRuns: 40 },
  );
});
