import { degreeOf } from "./primitive-polynomials.ts";
import type { BinaryPolynomial } from "./primitive-polynomials.ts";
import { chosenRows, freeDigits, shardBits } from "./sobol-directions.ts";
import { stream } from "./stream.ts";

const POINTS = 2 ** shardBits;
const KEPT = 10; // beginnings that are followed at a time
const TRIPLES = 2 ** -12; // what a tie of three dimensions counts against one of two with as many digits
const FEWER_POINTS = 2 ** -10; // what a tie of two at 2^10 to 2^13 points counts against one at 2^14
const FEWEST_BITS = 10;
const SEED = "watershed sobol search";

/** The dimensions so far at the points of a shard: sums of their waves, and of the products of two. Float64Array // [point] */
export interface Earlier {
  waves: Float64Array;
  products: Float64Array;
}

/** What is chosen for a dimension: rows, bit k of row r saying that index bit k enters digit r, and their free digits. */
export interface ChosenRows {
  rows: number[];
  free: number[];
}

/** Dimension 0 alone, van der Corput's sequence. */
export function vanDerCorputAlone(): Earlier {
  const earlier = { waves: new Float64Array(POINTS), products: new Float64Array(POINTS) };
  include(
    earlier,
    Array.from({ length: chosenRows }, (_, row) => 1 << row),
  );
  return earlier;
}

/** Adds a dimension to those so far. */
export function include({ waves, products }: Earlier, rows: readonly number[]): void {
  const values = Float64Array.from({ length: 2 ** chosenRows }, (_, digits) => waveAt(digits));
  const turns = new Uint32Array(shardBits); // the digits that change when the lowest k + 1 bits of the index roll over
  for (let k = 0; k < shardBits; k++) {
    rows.forEach((row, place) => (turns[k] |= ((row >>> k) & 1) << place));
    if (k > 0) turns[k] ^= turns[k - 1];
  }
  let digits = 0;
  for (let point = 0; point < POINTS; point++) {
    const wave = values[digits];
    products[point] += wave * waves[point];
    waves[point] += wave;
    digits ^= turns[31 - Math.clz32((point + 1) & -(point + 1))] ?? 0;
  }
}

/**
 * The leading rows of the dimension behind those so far that tie least with them.
 *
 * A tie is a set of leading digits of two or three dimensions whose sum modulo 2 is constant within a shard: a Walsh function of the answers that the
 * shard integrates wrongly. It weighs 4^-(the place of the last digit, added up over the dimensions), which is how far the answer to a yes/no question
 * at most bears on that function, squared. Row by row the best beginnings are kept; among equals a random one,
 * for the first in order would be sums of one another, and four and more dimensions tied. Costs about 50 ms.
 */
export function bestRows(dimension: number, polynomial: BinaryPolynomial, earlier: Earlier): ChosenRows {
  const ties = tiesWith(earlier);
  const random = stream(SEED, `dimension ${dimension}`);
  let kept: Beginning[] = [{ rows: [], free: [], span: [0], weight: 0 }];
  for (let row = 0; row < chosenRows; row++) {
    const longer = kept.flatMap((beginning) => bestContinuations(beginning, polynomial, ties, random.uint32(row)));
    kept = longer.sort((one, other) => one.weight - other.weight).slice(0, KEPT);
  }
  return kept[0];
}

interface Beginning extends ChosenRows {
  span: number[]; // sums of its rows
  weight: number;
}

/** The weight of the ties that a combination of rows would make. Float64Array // [combination] */
function tiesWith({ waves, products }: Earlier): Float64Array {
  const ties = transformed(waves.map((wave, point) => (wave + TRIPLES * products[point]) / POINTS));
  for (let bits = FEWEST_BITS; bits < shardBits; bits++) {
    const points = 2 ** bits;
    const fewer = transformed(waves.subarray(0, points).map((wave) => (FEWER_POINTS * wave) / points));
    for (let combination = 0; combination < POINTS; combination++) ties[combination] += fewer[combination % points];
  }
  return ties;
}

/** The best continuations of a beginning by one row; no more than can be kept. A random word says which come first among equals. */
function bestContinuations(beginning: Beginning, polynomial: BinaryPolynomial, ties: Float64Array, word: number): Beginning[] {
  const nexts = rowsBehind(beginning.rows, polynomial);
  const row = beginning.rows.length;
  const weights = Float64Array.from(nexts, (next) => {
    let sum = 0;
    for (let place = 0; place < beginning.span.length; place++) sum += ties[next ^ beginning.span[place]];
    return beginning.weight + sum * 2 ** (-2 * (row + 1));
  });
  const most = weights.toSorted()[Math.min(KEPT, weights.length) - 1];
  const inOrder = Array.from(weights.keys(), (place) => place ^ (word & (weights.length - 1)));
  const best = inOrder.filter((free) => weights[free] <= most);
  best.sort((one, other) => weights[one] - weights[other]);
  return best.slice(0, KEPT).map((free) => ({
    rows: [...beginning.rows, nexts[free]],
    free: [...beginning.free, free],
    span: [...beginning.span, ...beginning.span.map((sum) => sum ^ nexts[free])],
    weight: weights[free],
  }));
}

/** The rows that may follow, by their free digits. */
function rowsBehind(rows: readonly number[], polynomial: BinaryPolynomial): Uint32Array {
  const row = rows.length;
  const degree = degreeOf(polynomial);
  if (row >= degree) return Uint32Array.of(continued(0, rows[row - degree], polynomial));
  return Uint32Array.from({ length: 2 ** freeDigits(polynomial, row) }, (_, free) => continued((2 * free + 1) << row, 0, polynomial));
}

/** A row whose first digits are given, up to the degree, continued by the recurrence; `earlier` is the row that lies the degree before it. */
function continued(row: number, earlier: number, polynomial: BinaryPolynomial): number {
  const degree = degreeOf(polynomial);
  const taps = (polynomial >>> 1) & (2 ** (degree - 1) - 1); // what of the last degree - 1 digits enters the next
  let digits = row;
  for (let k = degree; k < shardBits; k++) {
    const before = digits >>> (k - degree);
    const next = (before & 1) ^ ((earlier >>> (k - degree)) & 1) ^ odd((before >>> 1) & taps);
    digits |= next << k;
  }
  return digits;
}

function odd(bits: number): number {
  let parity = bits ^ (bits >>> 8);
  parity ^= parity >>> 4;
  return (0x6996 >>> (parity & 15)) & 1;
}

/** A dimension's Walsh functions with weight 4^-(last digit), added up, at a point whose digit r is bit r. */
function waveAt(digits: number): number {
  let sum = 0;
  for (let row = 0; row < chosenRows; row++) {
    const size = 2 ** (-2 - row); // 2^row functions, 4^-(row + 1) each
    if ((digits >>> row) & 1) return sum - size;
    sum += size;
  }
  return sum;
}

/** The Walsh-Hadamard transform, in place. */
function transformed(amounts: Float64Array): Float64Array {
  for (let half = 1; half < amounts.length; half *= 2) {
    for (let start = 0; start < amounts.length; start += 2 * half) {
      for (let place = start; place < start + half; place++) {
        const [one, other] = [amounts[place], amounts[place + half]];
        amounts[place] = one + other;
        amounts[place + half] = one - other;
      }
    }
  }
  return amounts;
}
