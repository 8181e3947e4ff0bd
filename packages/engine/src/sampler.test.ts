import { lawOf, quantileFunction, stream, uniformFromWord } from "@watershed/probability";
import type { Distribution } from "@watershed/probability";
import { describe, expect, test } from "vitest";
import { drawWords } from "./draw-words.fixture.ts";
import { samplerOf } from "./sampler.ts";

/** Words everywhere: evenly at random, both ends down to single words, and around the middle. */
function manyWords(): Uint32Array {
  const { uint32 } = stream(5, "words");
  const words = [0, 1, 2, 3, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 2 ** 32 - 1, 2 ** 32 - 2];
  for (let counter = 0; counter < 3000; counter++) {
    const word = uint32(counter);
    const small = word >>> (counter % 32);
    words.push(word, small, 2 ** 32 - 1 - small);
  }
  return Uint32Array.from(words);
}

const words = manyWords();

const smooth: Distribution[] = [
  { kind: "normal", mean: 3, standardDeviation: 2 },
  { kind: "normal", mean: 20_000, standardDeviation: 90 },
  { kind: "lognormal", logMean: 2, logStandardDeviation: 0.4 },
  { kind: "lognormal", logMean: 18, logStandardDeviation: 1.8 },
  { kind: "beta", alpha: 2, beta: 5 },
  { kind: "beta", alpha: 0.3, beta: 0.4 },
  { kind: "gamma", shape: 0.6, scale: 3 },
  { kind: "gamma", shape: 40, scale: 0.2 },
  { kind: "uniform", low: -3, high: 9 },
  { kind: "pert", low: 1, mode: 1.2, high: 9 },
  { kind: "exponential", mean: 4 },
  { kind: "student", degreesOfFreedom: 3, location: 1, scale: 2 },
  { kind: "student", degreesOfFreedom: 1, location: 0, scale: 1 },
  { kind: "weibull", shape: 0.7, scale: 2 },
  { kind: "weibull", shape: 5, scale: 2 },
  { kind: "pareto", minimum: 2, shape: 1.1 },
  { kind: "metalog", terms: [5, 1, 0.4] },
  { kind: "metalog", terms: [0, 1, 0.3], low: 0, high: 1 },
  { kind: "triangular", low: 0, mode: 0, high: 1 },
  { kind: "triangular", low: 0, mode: 0.37, high: 1 },
];

const compound: Distribution[] = [
  {
    kind: "mixture",
    components: [
      { weight: 3, distribution: smooth[0] },
      { weight: 1, distribution: { kind: "normal", mean: 30, standardDeviation: 1 } },
    ],
  },
  {
    kind: "mixture",
    components: [
      { weight: 1, distribution: smooth[2] },
      { weight: 1, distribution: smooth[5] },
      { weight: 2, distribution: smooth[19] },
    ],
  },
  {
    kind: "mixture",
    components: [
      { weight: 1, distribution: smooth[0] },
      { weight: 1, distribution: { kind: "point", at: 4 } },
    ],
  },
  {
    kind: "quantileAverage",
    components: [
      { weight: 1, distribution: smooth[2] },
      { weight: 2, distribution: smooth[6] },
    ],
  },
  {
    kind: "quantileAverage",
    components: [
      { weight: 1, distribution: smooth[19] },
      { weight: 2, distribution: { kind: "bernoulli", probability: 0.3 } },
    ],
  },
  { kind: "truncated", distribution: smooth[0], low: 2, high: 5 },
  { kind: "truncated", distribution: smooth[3], low: 1e8, high: Infinity },
  {
    kind: "piecewise",
    points: [
      [19_813, 0],
      [20_178, 0.3],
      [20_178, 0.45],
      [21_000, 0.45],
      [21_274, 1],
    ],
  },
  {
    kind: "orNever",
    never: 0.35,
    distribution: {
      kind: "piecewise",
      points: [
        [19_813, 0],
        [20_178, 0.3],
        [21_274, 1],
      ],
    },
  },
  { kind: "orNever", never: 0.9, distribution: smooth[1] },
];

const discrete: Distribution[] = [
  { kind: "point", at: 2.5 },
  { kind: "point", at: Infinity },
  ...[0, 1e-9, 0.3, 0.5, 1 - 1e-9, 1].map((probability): Distribution => ({ kind: "bernoulli", probability })),
  { kind: "categorical", weights: [0, 2, 1, 0, 4] },
  { kind: "categorical", weights: Array.from({ length: 9 }, (_, index) => index + 1) },
  { kind: "categorical", weights: Array.from({ length: 40 }, (_, index) => (index % 7) + 0.1) },
  { kind: "empirical", values: [3, 1, 2, 2, Math.PI] },
  { kind: "empirical", values: Array.from({ length: 900 }, (_, index) => Math.fround((index * 37) % 901) / 8) },
  ...[0.05, 3, 60, 5000].map((mean): Distribution => ({ kind: "poisson", mean })),
  { kind: "binomial", trials: 7, probability: 0.4 },
  { kind: "binomial", trials: 4000, probability: 0.02 },
  { kind: "orNever", never: 0.2, distribution: { kind: "empirical", values: [1, 2, 3] } },
  { kind: "truncated", distribution: { kind: "poisson", mean: 6 }, low: 3, high: 8 },
  {
    kind: "mixture",
    components: [
      { weight: 1, distribution: { kind: "poisson", mean: 2 } },
      { weight: 1, distribution: { kind: "point", at: 30 } },
    ],
  },
];

const named = (distributions: Distribution[]): [string, Distribution][] =>
  distributions.map((one, index) => [`${index}: ${JSON.stringify(one).slice(0, 100)}`, one]);

/** The measure of a table's error: interquartile range or distance from the median, whichever is larger. */
function measureOf(distribution: Distribution): (amount: number) => number {
  const inner = distribution.kind === "orNever" ? distribution.distribution : distribution;
  const law = lawOf(inner);
  const [range, median] = [law.upperQuantile(0.25) - law.lowerQuantile(0.25), law.lowerQuantile(0.5)];
  return (amount) => Math.max(range, Math.abs(amount - median));
}

describe("continuous draws", () => {
  test.each(named([...smooth, ...compound]))("%s: within 2e-6 of the quantile and f32 rounding, ends included", (_, distribution) => {
    const law = lawOf(distribution);
    const measure = measureOf(distribution);
    const drawn = drawWords(samplerOf(distribution)!, words);
    words.forEach((word, index) => {
      // Within a word of a jump either side is right; f32 holds 24 digits of a tail probability.
      const answers = [0, -1, 1].map((side) => {
        const u = uniformFromWord(word + side * Math.max(1, 2 ** -23 * Math.min(word, 2 ** 32 - word)));
        return u <= 0.5 ? law.lowerQuantile(Math.max(u, 2 ** -33)) : law.upperQuantile(Math.max(1 - u, 2 ** -33));
      });
      const [exact] = answers;
      const allowed = 2e-6 * (Number.isFinite(exact) ? measure(exact) : 0) + 2 ** -23 * (Number.isFinite(exact) ? Math.abs(exact) : 0);
      const amount = drawn[index];
      const between = amount >= Math.min(...answers) - allowed && amount <= Math.max(...answers) + allowed;
      expect(amount === exact || between, `word ${word}: ${amount}, not ${exact}`).toBe(true);
    });
  });

  test("most of the time far closer than that", () => {
    const distribution = smooth[0];
    const drawn = drawWords(samplerOf(distribution)!, words);
    const quantile = quantileFunction(distribution);
    const errors = Array.from(words, (word, index) => Math.abs(drawn[index] - quantile(uniformFromWord(word)))).toSorted((a, b) => a - b);
    expect(errors[errors.length >> 1] / (2 * 1.349)).toBeLessThan(2e-7);
  });
});

describe("discrete draws", () => {
  test.each(named(discrete))("%s: the interpreter's answer at every word, bit for bit", (_, distribution) => {
    const quantile = quantileFunction(distribution);
    const thresholds = thresholdsOf(quantile);
    const asked = Uint32Array.from([...words, ...thresholds.flatMap((word) => [word - 1, word])]);
    const drawn = drawWords(samplerOf(distribution)!, asked);
    asked.forEach((word, index) => expect(drawn[index], `word ${word}`).toBe(Math.fround(quantile(uniformFromWord(word)))));
  });
});

/** Some words at which the answer changes, by halving between words of different answers. */
function thresholdsOf(quantile: (u: number) => number): number[] {
  const sorted = words.toSorted();
  const found: number[] = [];
  for (let index = 1; index < sorted.length; index++) {
    let [low, high] = [sorted[index - 1], sorted[index]];
    if (quantile(uniformFromWord(low)) === quantile(uniformFromWord(high))) continue;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (quantile(uniformFromWord(middle)) === quantile(uniformFromWord(low))) low = middle;
      else high = middle;
    }
    found.push(high);
  }
  return found;
}
