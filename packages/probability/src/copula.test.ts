import { describe, expect, test } from "vitest";
import { choleskyFactor, rankToPearson } from "./copula.ts";
import { nearestCorrelation, nearestRanks, symmetricEigen } from "./nearest-correlation.ts";
import type { RankBetween } from "./nearest-correlation.ts";
import { normalCdf, normalDensity, normalQuantile } from "./normal-integral.ts";
import { stream } from "./stream.ts";

const times = (a: number[][], b: number[][]) => a.map((row) => b[0].map((_, j) => row.reduce((sum, entry, k) => sum + entry * b[k][j], 0)));
const transposed = (a: number[][]) => a[0].map((_, j) => a.map((row) => row[j]));
const distance = (a: number[][], b: number[][]) => Math.hypot(...a.flatMap((row, i) => row.map((entry, j) => entry - b[i][j])));

describe("Cholesky", () => {
  test("worked by hand", () => {
    expect(
      choleskyFactor([
        [4, 2],
        [2, 5],
      ]),
    ).toEqual([
      [2, 0],
      [1, 2],
    ]);
    expect(
      choleskyFactor([
        [1, 2],
        [2, 1],
      ]),
    ).toBeUndefined();
  });

  test("the factor times its transpose is the matrix", () => {
    const matrix = [
      [1, 0.5, 0.2],
      [0.5, 1, -0.3],
      [0.2, -0.3, 1],
    ];
    const factor = choleskyFactor(matrix)!;
    expect(distance(times(factor, transposed(factor)), matrix)).toBeLessThan(1e-15);
  });
});

test("rank correlation of a Gaussian copula: exact ends, and Spearman's rho of normal draws within 4 standard errors", () => {
  expect([rankToPearson(0), rankToPearson(1), rankToPearson(-1)]).toEqual([0, expect.closeTo(1, 15), expect.closeTo(-1, 15)]);
  const pearson = rankToPearson(0.6);
  const draws = stream(1, "rank");
  const count = 100_000;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const x = normalQuantile(draws.uniform(2 * i));
    const y = pearson * x + Math.sqrt(1 - pearson ** 2) * normalQuantile(draws.uniform(2 * i + 1));
    sum += 12 * (normalCdf(x) - 0.5) * (normalCdf(y) - 0.5);
  }
  expect(Math.abs(sum / count - 0.6)).toBeLessThan(4 / Math.sqrt(count)); // a product of uniform scores has sd below 1
});

describe("nearest correlation matrix", () => {
  test("Higham's example (2002): [1 1 0; 1 1 1; 0 1 1]", () => {
    const nearest = nearestCorrelation([
      [1, 1, 0],
      [1, 1, 1],
      [0, 1, 1],
    ]);
    expect(Math.abs(nearest[0][1] - 0.7607)).toBeLessThan(5e-5);
    expect(Math.abs(nearest[1][2] - 0.7607)).toBeLessThan(5e-5);
    expect(Math.abs(nearest[0][2] - 0.1573)).toBeLessThan(5e-5);
  });

  test("a correlation matrix comes back unchanged; any other gets a Cholesky factor, a unit diagonal and is no farther than its clipped form", () => {
    const sound = [
      [1, 0.3],
      [0.3, 1],
    ];
    expect(nearestCorrelation(sound)).toEqual(sound);
    const draws = stream(9, "matrices");
    for (let run = 0; run < 20; run++) {
      const size = 3 + (run % 4);
      const given = Array.from({ length: size }, () => Array.from({ length: size }, () => 1));
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < i; j++) given[i][j] = given[j][i] = 1.9 * draws.uniform(run * 100 + i * 10 + j) - 0.95;
      }
      const nearest = nearestCorrelation(given);
      expect(choleskyFactor(nearest)).toBeDefined();
      expect(nearest.every((row, i) => row[i] === 1)).toBe(true);
      expect(distance(nearest, transposed(nearest))).toBeLessThan(1e-12);
      expect(distance(nearest, given)).toBeLessThanOrEqual(distance(clippedAndRescaled(given), given) + 1e-6);
    }
  });

  test("nearest ranks: what can hold comes back as it was written", () => {
    const given: RankBetween[] = [
      { between: [0, 1], rank: 0.333 },
      { between: [1, 2], rank: -0.5 },
    ];
    expect(nearestRanks(3, given)).toEqual([0.333, -0.5]);
  });

  test("nearest ranks: three that contradict each other give way alike, to the edge of what can hold", () => {
    const ranks = nearestRanks(3, [
      { between: [0, 1], rank: 0.9 },
      { between: [1, 2], rank: 0.9 },
      { between: [0, 2], rank: -0.9 },
    ]);
    // By symmetry r, r, -r; the matrix is singular at r = 1/2 of the normal scores, rank 6 / pi asin(1/4) = 0.4826.
    expect(ranks).toEqual([0.48, 0.48, -0.48]);
  });

  test("law: nearest ranks can hold beside pairs without correlation, and nothing nearer to the written ones can", () => {
    const draws = stream(4, "ranks");
    let impossible = 0;
    for (let run = 0; run < 60; run++) {
      const size = 3 + (run % 4);
      const all = Array.from({ length: size }, (_, i) => Array.from({ length: i }, (__, j) => [i, j] as [number, number])).flat();
      const given = all.flatMap((between, index): RankBetween[] =>
        draws.uniform(1000 * run + index) < 0.75
          ? [{ between, rank: Math.round(190 * draws.uniform(1000 * run + 500 + index) - 95) / 100 }]
          : [],
      );
      const ranks = nearestRanks(size, given);
      expect(choleskyFactor(scoresOf(size, given, ranks))).toBeDefined();
      if (
        choleskyFactor(
          scoresOf(
            size,
            given,
            given.map(({ rank }) => rank),
          ),
        )
      )
        continue;
      if (Math.max(...ranks.map((rank, index) => Math.abs(rank - given[index].rank))) < 0.1) continue;
      impossible++;
      // What can hold is convex, so that nothing between the nearest and what was written can; halfway, rounding does not matter.
      const halfway = ranks.map((rank, index) => (rank + given[index].rank) / 2);
      expect(choleskyFactor(scoresOf(size, given, halfway))).toBeUndefined();
    }
    expect(impossible).toBeGreaterThan(20);
  });

  test("eigenvalues of [[2, 1], [1, 2]] are 1 and 3", () => {
    expect(
      symmetricEigen([
        [2, 1],
        [1, 2],
      ]).values.toSorted((a, b) => a - b),
    ).toEqual([expect.closeTo(1, 14), expect.closeTo(3, 14)]);
  });
});

function clippedAndRescaled(matrix: number[][]): number[][] {
  const { values, vectors } = symmetricEigen(matrix);
  const raised = times(
    vectors.map((row) => row.map((entry, k) => entry * Math.max(1e-8, values[k]))),
    transposed(vectors),
  );
  return raised.map((row, i) => row.map((entry, j) => entry / Math.sqrt(raised[i][i] * raised[j][j])));
}

test.each([
  [0, 0.6513215599, 0.0701908264],
  [0.2, 0.5435338106, 0.1170172255],
  [0.5, 0.4033222322, 0.1430547615],
])("F04: ten events of chance 0.1 under a Gaussian copula of correlation %d", (correlation, atLeastOne, atLeastThree) => {
  // given the common factor z the ten are independent; the trapezium rule is exact to rounding for such integrands
  const [threshold, step] = [normalQuantile(0.1), 0.01];
  const exactly = [0, 0, 0];
  for (let z = -9; z <= 9; z += step) {
    const p = normalCdf((threshold - Math.sqrt(correlation) * z) / Math.sqrt(1 - correlation));
    const mass = step * normalDensity(z);
    [1, 10, 45].forEach((ways, hits) => (exactly[hits] += mass * ways * p ** hits * (1 - p) ** (10 - hits)));
  }
  expect(Math.abs(1 - exactly[0] - atLeastOne)).toBeLessThan(1e-7);
  expect(Math.abs(1 - exactly[0] - exactly[1] - exactly[2] - atLeastThree)).toBeLessThan(1e-7);
});

function scoresOf(size: number, given: RankBetween[], ranks: number[]): number[][] {
  const matrix: number[][] = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => (i === j ? 1 : 0)));
  for (const [index, { between }] of given.entries())
    matrix[between[0]][between[1]] = matrix[between[1]][between[0]] = rankToPearson(ranks[index]);
  return matrix;
}
