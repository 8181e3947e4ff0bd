import { primitivePolynomials } from "./primitive-polynomials.ts";
import { directionsOf, sobolBits } from "./sobol-directions.ts";
import { chosenDigits } from "./sobol-starts.ts";

// Directions are a pure function of the dimension; this memory only saves the time of finding them again.
const found: Uint32Array[] = [Uint32Array.from({ length: sobolBits }, (_, k) => 2 ** (31 - k))]; // [dimension]
const polynomials = primitivePolynomials();
const chosenFor = chosenDigits();

/**
 * Direction numbers of one Sobol dimension, `Uint32Array // [32]`: point i is the XOR of those at the set bits of i.
 *
 * Dimension 0 is van der Corput's sequence; dimension j has the j-th primitive polynomial over GF(2) and odd starting numbers. Up to dimension 2,047 those
 * of the seven leading digits were searched (`sobol-search.ts`), so that the digits of two and of three dimensions tie as little as can be at 2^14 points;
 * the others come from a published random stream. Any number of dimensions (Sobol 1967; Joe and Kuo 2008).
 */
export function sobolDirections(dimension: number): Uint32Array {
  while (found.length <= dimension) {
    const polynomial = polynomials.next().value as number;
    found.push(directionsOf(found.length, polynomial, chosenFor(polynomial)));
  }
  return found[dimension];
}

/**
 * Points from .. from + out.length - 1 of one dimension into `out` as 32-bit words, each XOR `shift` (a random digital shift).
 * Word i is a fixed function of dimension, i and shift, and linear over GF(2) in i.
 */
export function sobolWords(dimension: number, shift: number, out: Uint32Array, from = 0): void {
  const directions = sobolDirections(dimension);
  const turns = new Uint32Array(sobolBits); // what changes when the lowest k + 1 bits of the index roll over
  turns[0] = directions[0];
  for (let k = 1; k < sobolBits; k++) turns[k] = turns[k - 1] ^ directions[k];
  let word = shift >>> 0;
  for (let k = 0; k < sobolBits; k++) if ((from >>> k) & 1) word ^= directions[k];
  for (let i = 0; i < out.length; i++) {
    out[i] = word;
    const next = from + i + 1;
    word ^= turns[31 - Math.clz32(next & -next)];
  }
}
