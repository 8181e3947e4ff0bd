import { degreeOf } from "./primitive-polynomials.ts";
import type { BinaryPolynomial } from "./primitive-polynomials.ts";
import { stream } from "./stream.ts";

/** Binary digits of a point, so many directions has a dimension. */
export const sobolBits = 32;

/** Points of a shard as a power of two: leading digits are judged there. */
export const shardBits = 14;

/** Leading binary digits of a point that are chosen. */
export const chosenRows = 7;

const SEED = "watershed sobol directions 2"; // published: the same directions for everyone

/**
 * Directions of a dimension, `Uint32Array // [32]`, by the polynomial's recurrence from odd starting numbers: start k is below 2^(k + 1).
 *
 * `free` has the digits that were chosen, the others come from a published random stream: bit j of `free[r]` says whether index bit
 * r + 1 + j enters binary digit r of the point, as long as that bit is below the degree and `shardBits`.
 */
export function directionsOf(dimension: number, polynomial: BinaryPolynomial, free: readonly number[]): Uint32Array {
  const degree = degreeOf(polynomial);
  const random = stream(SEED, `dimension ${dimension}`);
  const starts = Array.from({ length: degree }, (_, k) => ((random.uint32(k) >>> (31 - k)) | 1) >>> 0);
  free.forEach((bits, row) => {
    for (let k = row + 1; k < Math.min(degree, shardBits); k++) {
      const place = 2 ** (k - row);
      const chosen = (bits >>> (k - row - 1)) & 1;
      starts[k] += place * (chosen - ((starts[k] >>> (k - row)) & 1));
    }
  });
  return directionsFrom(polynomial, starts);
}

/** How many digits of row r can be chosen: those of the index bits behind it, below the degree and `shardBits`. */
export function freeDigits(polynomial: BinaryPolynomial, row: number): number {
  return Math.max(0, Math.min(degreeOf(polynomial), shardBits) - 1 - row);
}

function directionsFrom(polynomial: number, starts: readonly number[]): Uint32Array {
  const degree = starts.length;
  const directions = new Uint32Array(sobolBits);
  for (let k = 0; k < sobolBits; k++) {
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
