import { degreeOf } from "./primitive-polynomials.ts";
import type { BinaryPolynomial } from "./primitive-polynomials.ts";
import { stream } from "./stream.ts";

/** Binary digits of a point, so many directions has a dimension. */
export const sobolBits = 32;

const SEED = "watershed sobol directions 1"; // published: the same directions for everyone
const CANDIDATES = 96; // random starts per dimension, tried until one is faultless, else the best is kept
const NEIGHBOURS = 48; // earlier dimensions it is compared with
const ALL_PAIRS = 64; // below this dimension it is compared with all earlier ones
const COLUMNS = 14; // projections are judged at 2^14 points, one shard
const ROWS = 5; // leading binary digits of each of two dimensions: a 32 x 32 grid

/** Directions of a dimension from one of the candidates for its starting numbers. */
export function candidateDirections(dimension: number, polynomial: BinaryPolynomial, candidate: number): Uint32Array {
  return directionsFrom(polynomial, candidateStarts(dimension, polynomial)(candidate), sobolBits);
}

/**
 * The candidate whose projections on the earlier dimensions are the most even, given the bases of all of those.
 *
 * Costs about 0.3 ms: `chosenCandidates` has the answers for the first dimensions.
 */
export function bestCandidate(dimension: number, polynomial: BinaryPolynomial, bases: Uint32Array[]): number {
  const startsOf = candidateStarts(dimension, polynomial);
  const neighbours = dimension < ALL_PAIRS ? bases : bases.slice(-NEIGHBOURS);
  let best = 0;
  let least = Infinity;
  for (let candidate = 0; candidate < CANDIDATES && least > 0; candidate++) {
    const rows = rowsOf(directionsFrom(polynomial, startsOf(candidate), COLUMNS));
    const faults = projectionFaults(rows, neighbours, least);
    if (faults >= least) continue;
    least = faults;
    best = candidate;
  }
  return best;
}

/** The span of a generator matrix's leading rows, what later dimensions are compared with. */
export function basisOf(directions: Uint32Array): Uint32Array {
  return reducedBasis(rowsOf(directions));
}

function candidateStarts(dimension: number, polynomial: BinaryPolynomial): (candidate: number) => number[] {
  const random = stream(SEED, `dimension ${dimension}`);
  return (candidate) => oddStarts(degreeOf(polynomial), (k) => random.uint32(candidate * sobolBits + k));
}

/** Number k is odd and below 2^(k + 1). */
function oddStarts(degree: number, random: (k: number) => number): number[] {
  return Array.from({ length: degree }, (_, k) => ((random(k) >>> (31 - k)) | 1) >>> 0);
}

/** Odd random starting numbers, continued by the polynomial's recurrence to `length` directions. */
function directionsFrom(polynomial: number, starts: readonly number[], length: number): Uint32Array {
  const degree = starts.length;
  const directions = new Uint32Array(length);
  for (let k = 0; k < length; k++) {
    if (k < degree) {
      directions[k] = starts[k] << (31 - k);
      continue;
    }
    let next = directions[k - degree] ^ (directions[k - degree] >>> degree);
    for (let j = 1; j < degree; j++) {
      if ((polynomial >>> (degree - j)) & 1) next ^= directions[k - j];
    }
    directions[k] = next;
  }
  return directions;
}

/** Row r says which index bits enter binary digit r of the point. */
function rowsOf(directions: Uint32Array): Uint32Array {
  const rows = new Uint32Array(ROWS);
  for (let r = 0; r < ROWS; r++) {
    for (let k = 0; k < COLUMNS; k++) rows[r] |= ((directions[k] >>> (31 - r)) & 1) << k;
  }
  return rows;
}

/** How unevenly the grids with the neighbours are filled: zero when all are even, four times worse for every digit that depends on the others. */
function projectionFaults(rows: Uint32Array, neighbours: Uint32Array[], enough: number): number {
  let faults = 0;
  for (const basis of neighbours) {
    const dependent = dependentDigits(rows, basis);
    if (dependent > 0) faults += 2 ** (2 * dependent);
    if (faults >= enough) return Infinity;
  }
  return faults;
}

/** The rows' span as ROWS pairs of a row and its leading bit, which no other row has. */
function reducedBasis(rows: Uint32Array): Uint32Array {
  const basis = rows.slice();
  for (let r = 0; r < ROWS; r++) {
    for (let other = 0; other < ROWS; other++) {
      if (other !== r && basis[other] & leadOf(basis[r])) basis[other] ^= basis[r];
    }
  }
  return Uint32Array.from({ length: 2 * ROWS }, (_, k) => (k % 2 === 0 ? basis[k >> 1] : leadOf(basis[k >> 1])));
}

function leadOf(row: number): number {
  return 1 << (31 - Math.clz32(row));
}

const scratch = new Uint32Array(2 * ROWS);

/** How many of the rows depend on a reduced basis and on each other. */
function dependentDigits(rows: Uint32Array, basis: Uint32Array): number {
  let kept = 0;
  for (let r = 0; r < ROWS; r++) {
    let row = rows[r];
    for (let k = 0; k < 2 * ROWS; k += 2) if (row & basis[k + 1]) row ^= basis[k];
    for (let k = 0; k < kept; k += 2) if (row & scratch[k + 1]) row ^= scratch[k];
    if (row === 0) continue;
    scratch[kept++] = row;
    scratch[kept++] = leadOf(row);
  }
  return ROWS - kept / 2;
}
