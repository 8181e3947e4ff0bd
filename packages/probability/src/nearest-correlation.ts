import { square } from "./power.ts";
import { choleskyFactor } from "./copula.ts";

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
  let current = withUnitDiagonal(given);
  let correction = given.map((row) => row.map(() => 0));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const corrected = combined(current, correction, -1);
    const positive = clipped(corrected);
    correction = combined(positive, corrected, -1);
    const next = withUnitDiagonal(positive);
    const moved = largestDifference(next, current);
    current = next;
    if (moved < SETTLED) break;
  }
  return rescaled(clipped(current));
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
