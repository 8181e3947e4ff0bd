import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Distribution } from "./distribution.ts";
import { lawOf, mean } from "./families.ts";
import { metalogFromQuantiles } from "./metalog-fit.ts";
import { anyDistribution } from "./random-distribution.fixture.ts";
import { tailIndex } from "./tail-index.ts";

const pareto: Distribution = { kind: "pareto", minimum: 2, shape: 1.4 };
const student: Distribution = { kind: "student", degreesOfFreedom: 3, location: 1, scale: 2 };
const normal: Distribution = { kind: "normal", mean: 0, standardDeviation: 1 };

function metalog(low: number | undefined, high: number | undefined, points: [number, number][]): Distribution {
  const fit = metalogFromQuantiles(
    points.map(([probability, at]) => ({ probability, at })),
    { low, high },
  );
  if (!("distribution" in fit)) throw new Error(JSON.stringify(fit));
  return fit.distribution;
}

describe("tail index", () => {
  test.each<[string, Distribution, number, number]>([
    ["pareto: its shape", pareto, Infinity, 1.4],
    ["student: its degrees of freedom, on both sides", student, 3, 3],
    ["normal: none", normal, Infinity, Infinity],
    ["lognormal: none, however wide", { kind: "lognormal", logMean: 0, logStandardDeviation: 3 }, Infinity, Infinity],
    [
      "mixture: the heaviest part",
      {
        kind: "mixture",
        components: [
          { weight: 9, distribution: normal },
          { weight: 1, distribution: pareto },
          { weight: 1, distribution: student },
        ],
      },
      3,
      1.4,
    ],
    [
      "mixture: a part without weight does not count",
      {
        kind: "mixture",
        components: [
          { weight: 1, distribution: normal },
          { weight: 0, distribution: pareto },
        ],
      },
      Infinity,
      Infinity,
    ],
    ["truncated above: none above", { kind: "truncated", distribution: student, low: -Infinity, high: 100 }, 3, Infinity],
    ["truncated below: none below", { kind: "truncated", distribution: student, low: 0, high: Infinity }, Infinity, 3],
    ["orNever: that of what comes", { kind: "orNever", never: 0.5, distribution: pareto }, Infinity, 1.4],
  ])("%s", (_, distribution, lower, upper) => {
    expect(tailIndex(distribution)).toEqual({ lower, upper });
  });

  // Far out, halving the tail of index a multiplies the quantile by 2^(1/a).
  test.each([
    ["pareto", pareto],
    ["student", student],
    [
      "metalog bounded below",
      metalog(0, undefined, [
        [0.1, 1],
        [0.5, 4],
        [0.9, 40],
      ]),
    ],
    [
      "a metalog of five points bounded below",
      metalog(0, undefined, [
        [0.05, 1],
        [0.25, 2],
        [0.5, 3],
        [0.75, 6],
        [0.95, 60],
      ]),
    ],
  ] as const)("%s: the index is the one its far quantiles show", (_, distribution) => {
    const law = lawOf(distribution);
    const measured = Math.log(2) / Math.log(law.upperQuantile(2 ** -200) / law.upperQuantile(2 ** -199));
    expect(Math.abs(measured / tailIndex(distribution).upper - 1)).toBeLessThan(0.01);
  });

  test("a metalog bounded above has its tail below", () => {
    const distribution = metalog(undefined, 0, [
      [0.1, -40],
      [0.5, -4],
      [0.9, -1],
    ]);
    const law = lawOf(distribution);
    const measured = Math.log(2) / Math.log(law.lowerQuantile(2 ** -200) / law.lowerQuantile(2 ** -199));
    expect(tailIndex(distribution).upper).toBe(Infinity);
    expect(Math.abs(measured / tailIndex(distribution).lower - 1)).toBeLessThan(0.01);
  });

  test("law: a distribution whose tails are lighter than index 1 has a finite mean, as closed forms and quadrature say", () => {
    fc.assert(
      fc.property(anyDistribution, (distribution) => {
        const { lower, upper } = tailIndex(distribution);
        const isNever = distribution.kind === "orNever" && distribution.never > 0;
        if (Math.min(lower, upper) > 1.05 && !isNever) expect(Number.isFinite(mean(distribution))).toBe(true);
        if (distribution.kind === "pareto" && upper <= 1) expect(mean(distribution)).toBe(Infinity);
      }),
      { numRuns: 200 },
    );
  });
});
