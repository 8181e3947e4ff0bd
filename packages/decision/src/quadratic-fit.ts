import { assert } from "./assert.ts";

/** A quadratic in standardised features, as data: coefficients in the order of `terms`. */
export interface QuadraticFit {
  features: string[];
  /** Features are clipped to [low, high], centred and scaled before they enter. */
  low: number[];
  high: number[];
  centre: number[];
  scale: number[];
  /** "1", "x", "x^2", "x*y" by feature name. */
  terms: string[];
  coefficients: number[];
}

export interface FitRows {
  features: { name: string; amounts: Float64Array }[]; // [feature][row]
  response: Float64Array; // [row]
  weights: Float64Array; // [row]
}

/** Cross terms are left out above this many features: their number grows with the square. */
const mostCrossedFeatures = 6;

/**
 * Weighted ridge regression on features, their squares and products (Longstaff and Schwartz 2001 with a penalty of `ridge`
 * observations per coefficient, the intercept free). Features are clipped to their middle 99% first, so that a heavy
 * tail cannot bend the surface; `clipped: false` leaves them as they are.
 */
export function fitQuadratic(rows: FitRows, ridge = 1, clipped = true): QuadraticFit {
  const prepared = rows.features.map(({ amounts }) => standardise(amounts, rows.weights, clipped));
  const names = rows.features.map(({ name }) => name);
  const fit = {
    features: names,
    low: prepared.map(({ low }) => low),
    high: prepared.map(({ high }) => high),
    centre: prepared.map(({ centre }) => centre),
    scale: prepared.map(({ scale }) => scale),
    terms: termNames(names),
  };
  const size = fit.terms.length;
  const normal = new Float64Array(size * size);
  const moment = new Float64Array(size);
  const term = new Float64Array(size);
  const at = new Float64Array(names.length);
  for (let row = 0; row < rows.response.length; row++) {
    const weight = rows.weights[row];
    if (weight === 0) continue;
    for (let feature = 0; feature < names.length; feature++) at[feature] = rows.features[feature].amounts[row];
    fillTerms(fit, at, term);
    for (let i = 0; i < size; i++) {
      const weighted = weight * term[i];
      moment[i] += weighted * rows.response[row];
      for (let j = 0; j <= i; j++) normal[i * size + j] += weighted * term[j];
    }
  }
  for (let i = 1; i < size; i++) normal[i * size + i] += ridge;
  return { ...fit, coefficients: Array.from(solveSymmetric(normal, moment)) };
}

/** The fitted amount at one point; `at` holds one amount per feature, `term` is scratch of the number of terms. */
export function fittedAt(fit: QuadraticFit, at: Float64Array, term: Float64Array): number {
  fillTerms(fit, at, term);
  let amount = 0;
  for (let index = 0; index < fit.coefficients.length; index++) amount += fit.coefficients[index] * term[index];
  return amount;
}

function standardise(amounts: Float64Array, weights: Float64Array, clipped: boolean) {
  const sorted = amounts.slice().sort();
  const last = sorted.length - 1;
  const low = clipped ? sorted[Math.floor(0.005 * last)] : -Infinity;
  const high = clipped ? sorted[Math.ceil(0.995 * last)] : Infinity;
  let total = 0;
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < amounts.length; row++) {
    const amount = Math.min(Math.max(amounts[row], low), high);
    total += weights[row];
    sum += weights[row] * amount;
    squares += weights[row] * amount * amount;
  }
  const centre = total === 0 ? 0 : sum / total;
  const variance = total === 0 ? 0 : Math.max(0, squares / total - centre * centre);
  return { low, high, centre, scale: variance > 1e-24 * centre * centre ? Math.sqrt(variance) : 1 };
}

function termNames(names: string[]): string[] {
  const terms = ["1", ...names, ...names.map((name) => `${name}^2`)];
  if (names.length <= mostCrossedFeatures)
    for (let i = 1; i < names.length; i++) for (let j = 0; j < i; j++) terms.push(`${names[i]}*${names[j]}`);
  return terms;
}

function fillTerms(fit: Omit<QuadraticFit, "coefficients">, at: Float64Array, term: Float64Array): void {
  const count = fit.features.length;
  term[0] = 1;
  for (let i = 0; i < count; i++) {
    const amount = Math.min(Math.max(at[i], fit.low[i]), fit.high[i]);
    term[1 + i] = (amount - fit.centre[i]) / fit.scale[i];
    term[1 + count + i] = term[1 + i] * term[1 + i];
  }
  if (count > mostCrossedFeatures) return;
  let index = 1 + 2 * count;
  for (let i = 1; i < count; i++) for (let j = 0; j < i; j++) term[index++] = term[1 + i] * term[1 + j];
}

/** Cholesky solution of a symmetric system given by its lower triangle; a direction without information gets 0. */
function solveSymmetric(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const factor = matrix.slice();
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = factor[i * size + j];
      for (let k = 0; k < j; k++) sum -= factor[i * size + k] * factor[j * size + k];
      if (i === j) factor[i * size + i] = sum > 1e-12 * matrix[i * size + i] ? Math.sqrt(sum) : 0;
      else factor[i * size + j] = factor[j * size + j] === 0 ? 0 : sum / factor[j * size + j];
    }
  const solution = right.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) solution[i] -= factor[i * size + k] * solution[k];
    solution[i] = factor[i * size + i] === 0 ? 0 : solution[i] / factor[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) solution[i] -= factor[k * size + i] * solution[k];
    solution[i] = factor[i * size + i] === 0 ? 0 : solution[i] / factor[i * size + i];
  }
  assert(solution.every(Number.isFinite), "A regression met a draw that is not finite.");
  return solution;
}
