import { hypotenuse } from "./power.ts";
/**
 * The x that minimises |matrix x - target|, by Householder reflections; exact where the system is square.
 * `matrix: number[][] // [row][column]`, at least as many rows as columns; undefined where the columns are dependent.
 */
export function leastSquares(matrix: readonly (readonly number[])[], target: readonly number[]): number[] | undefined {
  const columns = matrix[0].length;
  const a = matrix.map((row, i) => [...row, target[i]]);
  const size = Math.max(...matrix.flat().map(Math.abs));
  for (let k = 0; k < columns; k++) {
    if (!reflect(a, k, 1e-13 * size)) return undefined;
  }
  const x = Array.from({ length: columns }, () => 0);
  for (let k = columns - 1; k >= 0; k--) {
    let sum = a[k][columns];
    for (let j = k + 1; j < columns; j++) sum -= a[k][j] * x[j];
    x[k] = sum / a[k][k];
  }
  return x;
}

/** Zeroes column k below the diagonal; false where nothing independent is left in it. */
function reflect(a: number[][], k: number, least: number): boolean {
  let norm = 0;
  for (let i = k; i < a.length; i++) norm = hypotenuse(norm, a[i][k]);
  if (!(norm > least)) return false;
  const alpha = a[k][k] > 0 ? -norm : norm;
  const v = a.map((row, i) => (i < k ? 0 : i === k ? row[k] - alpha : row[k]));
  const square = v.reduce((sum, entry) => sum + entry * entry, 0);
  for (let j = k; j < a[0].length; j++) {
    let dot = 0;
    for (let i = k; i < a.length; i++) dot += v[i] * a[i][j];
    for (let i = k; i < a.length; i++) a[i][j] -= ((2 * dot) / square) * v[i];
  }
  return true;
}
