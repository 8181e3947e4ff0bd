import { degreeOf, primitivePolynomials } from "./primitive-polynomials.ts";
import { stream } from "./stream.ts";

const BITS = 32;
const SEED = "watershed sobol directions 1"; // published: the same directions for everyone
const CANDIDATES = 96; // random starts per dimension, tried until one is faultless, else the best is kept
const NEIGHBOURS = 48; // earlier dimensions it is compared with
const ALL_PAIRS = 64; // below this dimension it is compared with all earlier ones
const COLUMNS = 14; // projections are judged at 2^14 points, one shard
const ROWS = 5; // leading binary digits of each of two dimensions: a 32 x 32 grid

// Directions are a pure function of the dimension; this memory only saves the time of finding them again.
const found: Uint32Array[] = [];
const bases: Uint32Array[] = []; // [dimension] span of the generator matrix's leading rows, see reducedBasis
const polynomials = primitivePolynomials();

/**
 * Direction numbers of one Sobol dimension, `Uint32Array // [32]`: point i is the XOR of those at the set bits of i.
 *
 * Dimension 0 is van der Corput's sequence; dimension j has the j-th primitive polynomial over GF(2) and odd starting numbers from a published random stream:
 * of several starts the one whose two-dimensional projections on the 48 dimensions before it (all, up to dimension 64) fill a 32 x 32 grid best at 2^14 points.
 * Any number of dimensions (Sobol 1967; Joe and Kuo 2008).
 */
export function sobolDirections(dimension: number): Uint32Array {
  while (found.length <= dimension) addDimension();
  return found[dimension];
}

/**
 * Points from .. from + out.length - 1 of one dimension into `out` as 32-bit words, each XOR `shift` (a random digital shift).
 * Word i is a fixed function of dimension, i and shift, and linear over GF(2) in i.
 */
export function sobolWords(dimension: number, shift: number, out: Uint32Array, from = 0): void {
  const directions = sobolDirections(dimension);
  const turns = new Uint32Array(BITS); // what changes when the lowest k + 1 bits of the index roll over
  turns[0] = directions[0];
  for (let k = 1; k < BITS; k++) turns[k] = turns[k - 1] ^ directions[k];
  let word = shift >>> 0;
  for (let k = 0; k < BITS; k++) if ((from >>> k) & 1) word ^= directions[k];
  for (let i = 0; i < out.length; i++) {
    out[i] = word;
    const next = from + i + 1;
    word ^= turns[31 - Math.clz32(next & -next)];
  }
}

function addDimension(): void {
  const dimension = found.length;
  if (dimension === 0) return keep(Uint32Array.from({ length: BITS }, (_, k) => 2 ** (31 - k)));
  const polynomial = polynomials.next().value as number;
  const random = stream(SEED, `dimension ${dimension}`);
  const neighbours = dimension < ALL_PAIRS ? bases : bases.slice(-NEIGHBOURS);
  let best: number[] = [];
  let least = Infinity;
  for (let candidate = 0; candidate < CANDIDATES && least > 0; candidate++) {
    const starts = oddStarts(degreeOf(polynomial), (k) => random.uint32(candidate * BITS + k));
    const rows = rowsOf(directionsFrom(polynomial, starts, COLUMNS));
    const faults = projectionFaults(rows, neighbours, least);
    if (faults >= least) continue;
    least = faults;
    best = starts;
  }
  keep(directionsFrom(polynomial, best, BITS));
}

function keep(directions: Uint32Array): void {
  found.push(directions);
  bases.push(reducedBasis(rowsOf(directions)));
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
