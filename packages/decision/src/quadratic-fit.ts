import { assert } from "./assert.ts";
import { accumulate, type FitRows, type NormalEquations } from "./quadratic-moments.ts";
import { scratch } from "./scratch.ts";
import { middleOf } from "./tail-bounds.ts";

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

/** Cross terms are left out above this many features: their number grows with the square. */
const mostCrossedFeatures = 6;

/**
 * Weighted ridge regression on features, their squares and products (Longstaff and Schwartz 2001 with a penalty of `ridge`
 * observations per coefficient, the intercept free). Features are clipped to their middle 99% first, so that a heavy
 * tail cannot bend the surface; `clipped: false` leaves them as they are.
 */
export function fitQuadratic(rows: FitRows, ridge = 1, clipped = true): QuadraticFit {
  return fitInParts(rows, { ends: [rows.response.length], together: [[0]] }, ridge, clipped)[0];
}

/**
 * The same fit to some of the rows alone, standardised alike: the rows stand part by part up to `ends`, and `together` lists the parts
 * of every fit. One pass over the rows makes them all.
 */
export function fitInParts(
  rows: FitRows,
  { ends, together }: { ends: number[]; together: number[][] },
  ridge = 1,
  clipped = true,
): QuadraticFit[] {
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
  const parts = ends.map((end, part) =>
    accumulate(rowsBetween(rows, ends[part - 1] ?? 0, end), { ...fit, size }, (at, term) => fillTerms(fit, at, term)),
  );
  return together.map((some) => {
    const { normal, moment } = sumOf(
      some.map((part) => parts[part]),
      size,
    );
    for (let i = 1; i < size; i++) normal[i * size + i] += ridge;
    return { ...fit, coefficients: Array.from(solveSymmetric(normal, moment)) };
  });
}

function rowsBetween(rows: FitRows, from: number, to: number): FitRows {
  if (from === 0 && to === rows.response.length) return rows;
  return {
    features: rows.features.map(({ name, amounts }) => ({ name, amounts: amounts.subarray(from, to) })),
    response: rows.response.subarray(from, to),
    weights: rows.weights.subarray(from, to),
  };
}

function sumOf(parts: NormalEquations[], size: number): NormalEquations {
  const sum = { normal: new Float64Array(size * size), moment: new Float64Array(size) };
  for (const { normal, moment } of parts) {
    for (let at = 0; at < normal.length; at++) sum.normal[at] += normal[at];
    for (let at = 0; at < moment.length; at++) sum.moment[at] += moment[at];
  }
  return sum;
}

/** The fitted amount at one point; `at` holds one amount per feature, `term` is scratch of the number of terms. */
export function fittedAt(fit: QuadraticFit, at: Float64Array, term: Float64Array): number {
  fillTerms(fit, at, term);
  let amount = 0;
  for (let index = 0; index < fit.coefficients.length; index++) amount += fit.coefficients[index] * term[index];
  return amount;
}

/** The fitted amounts of many rows, in a scratch slot; `features` hold one column per feature. Float64Array // [row]. */
export function fittedColumn(fit: QuadraticFit, features: Float64Array[], slot: string): Float64Array {
  const rows = features[0].length;
  const fitted = scratch.float64(slot, rows);
  const [low, high, centre, scale] = [fit.low[0], fit.high[0], fit.centre[0], 1 / fit.scale[0]];
  const [c0, c1, c2, c3, c4, c5] = fit.coefficients;
  const x = features[0];
  if (features.length === 1) {
    for (let row = 0; row < rows; row++) {
      const z = ((x[row] < low ? low : x[row] > high ? high : x[row]) - centre) * scale;
      fitted[row] = c0 + z * (c1 + z * c2);
    }
  } else if (features.length === 2) {
    const y = features[1];
    const [lowY, highY, centreY, scaleY] = [fit.low[1], fit.high[1], fit.centre[1], 1 / fit.scale[1]];
    for (let row = 0; row < rows; row++) {
      const z = ((x[row] < low ? low : x[row] > high ? high : x[row]) - centre) * scale;
      const v = ((y[row] < lowY ? lowY : y[row] > highY ? highY : y[row]) - centreY) * scaleY;
      fitted[row] = c0 + z * (c1 + z * c3 + v * c5) + v * (c2 + v * c4);
    }
  } else {
    const at = new Float64Array(features.length);
    const term = new Float64Array(fit.terms.length);
    for (let row = 0; row < rows; row++) {
      for (let feature = 0; feature < at.length; feature++) at[feature] = features[feature][row];
      fitted[row] = fittedAt(fit, at, term);
    }
  }
  return fitted;
}

function standardise(amounts: Float64Array, weights: Float64Array, clipped: boolean) {
  const { low, high } = clipped && amounts.length > 0 ? middleOf(amounts) : { low: -Infinity, high: Infinity };
  let total = 0;
  let sum = 0;
  let squares = 0;
  // Sums about one of the amounts: dates are large against their spread.
  const origin = amounts.length === 0 ? 0 : clipped ? (low + high) / 2 : amounts[0];
  for (let row = 0; row < amounts.length; row++) {
    const raw = amounts[row];
    const amount = (raw < low ? low : raw > high ? high : raw) - origin;
    const weight = weights[row];
    total += weight;
    sum += weight * amount;
    squares += weight * amount * amount;
  }
  const shift = total === 0 ? 0 : sum / total;
  const centre = total === 0 ? 0 : origin + shift;
  const variance = total === 0 ? 0 : Math.max(0, squares / total - shift * shift);
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
export function solveSymmetric(matrix: Float64Array, right: Float64Array): Float64Array {
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
