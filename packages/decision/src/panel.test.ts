import { expect, test } from "vitest";
import { panelResults } from "./panel.ts";
import { pooledError } from "./reading.ts";

const expert = { sensitivity: 0.8, specificity: 0.7 };

test("[ACT6] experts of one quality who err independently are told by their count: exact binomial probabilities", () => {
  const results = panelResults([expert, expert, expert]);
  expect(results.map(({ yesFrom, yesTo }) => [yesFrom, yesTo])).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  expect(results.map(({ ifYes }) => ifYes)).toEqual([0.008, 0.096, 0.384, 0.512].map((chance) => expect.closeTo(chance, 12)));
  expect(results.map(({ ifNo }) => ifNo)).toEqual([0.343, 0.441, 0.189, 0.027].map((chance) => expect.closeTo(chance, 12)));
});

test("[ACT6] experts of several qualities: votes in the order of their likelihood ratio, equal ones joined", () => {
  const results = panelResults([expert, expert, { sensitivity: 0.95, specificity: 0.95 }]);
  expect(results.length).toBe(6); // two alike: 0, 1 or 2 of them, times the third
  const ratios = results.map(({ ifYes, ifNo }) => ifYes / ifNo);
  expect(ratios.toSorted((one, other) => one - other)).toEqual(ratios);
  expect(results[0]).toMatchObject({ yesFrom: 0, ifYes: expect.closeTo(0.2 * 0.2 * 0.05, 12) });
  for (const side of ["ifYes", "ifNo"] as const) expect(results.reduce((sum, result) => sum + result[side], 0)).toBeCloseTo(1, 9);
});

test("[ACT7] a common factor leaves each expert's quality and makes votes alike: pairs agree as the bivariate normal says", () => {
  const sure = panelResults(
    [
      { sensitivity: 0.5, specificity: 0.5 },
      { sensitivity: 0.5, specificity: 0.5 },
    ],
    0.5,
  );
  // P(both below the median) = 1/4 + asin(r) / (2 pi).
  expect(sure[2].ifYes).toBeCloseTo(0.25 + Math.asin(0.5) / (2 * Math.PI), 4);
  const correlated = panelResults(
    Array.from({ length: 5 }, () => expert),
    0.4,
  );
  const mean = correlated.reduce((sum, { yesFrom, ifYes }) => sum + yesFrom * ifYes, 0) / 5;
  expect(mean).toBeCloseTo(0.8, 4);
  const independent = panelResults(Array.from({ length: 5 }, () => expert));
  expect(correlated[5].ifYes).toBeGreaterThan(independent[5].ifYes);
});

test("[ACT8] reports whose errors correlate: the error of their best average in closed form", () => {
  expect(pooledError([3, 3, 3])).toBeCloseTo(3 / Math.sqrt(3), 12);
  expect(pooledError([3, 3, 3], 0.5)).toBeCloseTo(3 * Math.sqrt((1 + 2 * 0.5) / 3), 12);
  expect(pooledError([2, 4])).toBeCloseTo(1 / Math.sqrt(1 / 4 + 1 / 16), 12);
  // Two experts: 1 / (1' S^-1 1) with S = [[a^2, r a b], [r a b, b^2]] is (a^2 b^2 (1 - r^2)) / (a^2 + b^2 - 2 r a b).
  expect(pooledError([2, 4], 0.3) ** 2).toBeCloseTo((4 * 16 * (1 - 0.09)) / (4 + 16 - 2 * 0.3 * 8), 12);
});
