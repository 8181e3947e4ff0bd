import { square } from "./power.ts";
import { choleskyFactor, rankToPearson } from "./copula.ts";

type Matrix = number[][]; // [row][column]

const LEAST_EIGENVALUE = 1e-8; // so that the result has a Cholesky factor
const MOST_ROUNDS = 500;
const SETTLED = 1e-10;

/**
 * The correlation matrix nearest to a symmetric one in the Frobenius norm, by alternating projections with Dykstra's correction (Higham 2002).
 * A matrix that already is one comes back unchanged; all eigenvalues of the result are positive, so it has a Cholesky factor.
 */
export function nearestCorrelation(matrix: readonly (readonly number[])[]): Matrix {
  const given = matrix.map((row) => [...row]);
  if (given.every((row, i) => row[i] === 1) && choleskyFactor(given)) return given;
  return rescaled(clipped(alternated(given, withUnitDiagonal)));
}

/** A rank correlation between two of some variables, by their places. */
export interface RankBetween {
  between: [number, number];
  rank: number;
}

/**
 * Rank correlations, rounded to hundredths, that can hold together and lie nearest to those given (in the normal scores of the copula);
 * pairs that are not given stay uncorrelated. What can hold as it is comes back unchanged.
 */
export function nearestRanks(size: number, given: RankBetween[]): number[] {
  const written = given.map(({ rank }) => rank);
  if (choleskyFactor(pearsonMatrix(size, given, written))) return written;
  const named = pearsonMatrix(
    size,
    given,
    written.map(() => 1),
  );
  const nearest = alternated(pearsonMatrix(size, given, written), (matrix) =>
    matrix.map((row, i) => row.map((entry, j) => (i === j ? 1 : named[i][j] === 0 ? 0 : entry))),
  );
  // At the edge of what can hold, rounding may fall outside: then a little nearer to zero.
  for (let share = 0; ; share = share === 0 ? 1 / 512 : share * 2) {
    const kept = 1 - Math.min(1, share);
    const ranks = given.map(({ between: [i, j] }) => Math.round(100 * kept * pearsonToRank(nearest[i][j])) / 100 + 0);
    if (choleskyFactor(pearsonMatrix(size, given, ranks))) return ranks;
  }
}

function pearsonMatrix(size: number, given: RankBetween[], ranks: number[]): Matrix {
  const matrix: Matrix = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => (i === j ? 1 : 0)));
  for (const [index, { between }] of given.entries()) {
    const [i, j] = between;
    matrix[i][j] = matrix[j][i] = rankToPearson(ranks[index]);
  }
  return matrix;
}

/** The inverse of `rankToPearson`, by halving: it rises from -1 to 1. */
function pearsonToRank(pearson: number): number {
  let [low, high] = [-1, 1];
  for (let halvings = 0; halvings < 52; halvings++) {
    const middle = (low + high) / 2;
    if (rankToPearson(middle) < pearson) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Projects by turns on the matrices without negative eigenvalues and on those of a wanted form, until the two agree. */
function alternated(given: Matrix, inForm: (matrix: Matrix) => Matrix): Matrix {
  let current = inForm(given);
  let correction = given.map((row) => row.map(() => 0));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const corrected = combined(current, correction, -1);
    const positive = clipped(corrected);
    correction = combined(positive, corrected, -1);
    const next = inForm(positive);
    const moved = largestDifference(next, current);
    current = next;
    if (moved < SETTLED) break;
  }
  return current;
}

/** Eigenvalues and, as columns, eigenvectors of a symmetric matrix by cyclic Jacobi rotations. */
export function symmetricEigen(matrix: readonly (readonly number[])[]): { values: number[]; vectors: Matrix } {
  const size = matrix.length;
  const a = matrix.map((row) => [...row]);
  const vectors = a.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) off += square(a[p][q]);
    if (off < 1e-30) break;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) if (a[p][q] !== 0) rotate(a, vectors, p, q);
    }
  }
  return { values: a.map((row, i) => row[i]), vectors };
}

function rotate(a: Matrix, vectors: Matrix, p: number, q: number): void {
  const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(t * t + 1);
  const sine = t * cosine;
  for (let k = 0; k < a.length; k++) {
    const [kp, kq] = [a[k][p], a[k][q]];
    a[k][p] = cosine * kp - sine * kq;
    a[k][q] = sine * kp + cosine * kq;
  }
  for (let k = 0; k < a.length; k++) {
    const [pk, qk] = [a[p][k], a[q][k]];
    a[p][k] = cosine * pk - sine * qk;
    a[q][k] = sine * pk + cosine * qk;
    const [vp, vq] = [vectors[k][p], vectors[k][q]];
    vectors[k][p] = cosine * vp - sine * vq;
    vectors[k][q] = sine * vp + cosine * vq;
  }
}

/** Nearest matrix whose eigenvalues are at least LEAST_EIGENVALUE. */
function clipped(matrix: Matrix): Matrix {
  const { values, vectors } = symmetricEigen(matrix);
  return matrix.map((row, i) =>
    row.map((_, j) => {
      let sum = 0;
      for (let k = 0; k < values.length; k++) {
        sum += vectors[i][k] * Math.max(LEAST_EIGENVALUE, values[k]) * vectors[j][k];
      }
      return sum;
    }),
  );
}

function withUnitDiagonal(matrix: Matrix): Matrix {
  return matrix.map((row, i) => row.map((entry, j) => (i === j ? 1 : entry)));
}

function rescaled(matrix: Matrix): Matrix {
  return matrix.map((row, i) => row.map((entry, j) => (i === j ? 1 : entry / Math.sqrt(matrix[i][i] * matrix[j][j]))));
}

function combined(a: Matrix, b: Matrix, factor: number): Matrix {
  return a.map((row, i) => row.map((entry, j) => entry + factor * b[i][j]));
}

function largestDifference(a: Matrix, b: Matrix): number {
  return Math.max(...a.flatMap((row, i) => row.map((entry, j) => Math.abs(entry - b[i][j]))));
}
