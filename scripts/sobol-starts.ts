// Writes packages/probability/src/sobol-starts.ts: the digits of starting numbers that the search chooses for the first dimensions. Takes two minutes.
// node scripts/sobol-starts.ts
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { primitivePolynomials } from "../packages/probability/src/primitive-polynomials.ts";
import { freeDigits } from "../packages/probability/src/sobol-directions.ts";
import { bestRows, include, vanDerCorputAlone } from "../packages/probability/src/sobol-search.ts";

const dimensions = 2048;
const polynomials = primitivePolynomials();
const earlier = vanDerCorputAlone();
let bits = "";
for (let dimension = 1; dimension < dimensions; dimension++) {
  const polynomial = polynomials.next().value as number;
  const { rows, free } = bestRows(dimension, polynomial, earlier);
  include(earlier, rows);
  free.forEach((digits, row) => {
    const count = freeDigits(polynomial, row);
    if (count > 0) bits += digits.toString(2).padStart(count, "0");
  });
}
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const letters = bits.match(/.{1,6}/g)!.map((six) => alphabet[parseInt(six.padEnd(6, "0"), 2)]);
const lines = letters
  .join("")
  .match(/.{1,120}/g)!
  .map((line) => `  "${line}"`);
const text = `// Written by scripts/sobol-starts.ts; a test holds its beginning against the search.
import type { BinaryPolynomial } from "./primitive-polynomials.ts";
import { chosenRows, freeDigits } from "./sobol-directions.ts";

/** Six binary digits a letter, dimension after dimension from 1 on, row after row, the highest first. */
const letters =
${lines.join(" +\n")};
const alphabet = "${alphabet}";

/**
 * The free digits that the search chose, row by row: to be asked with the polynomial of dimension 1, then of 2 and so on; none behind the last.
 */
export function chosenDigits(): (polynomial: BinaryPolynomial) => number[] {
  let place = 0; // in binary digits
  const next = (count: number): number => {
    let digits = 0;
    for (let taken = 0; taken < count; taken++, place++) {
      digits = 2 * digits + ((alphabet.indexOf(letters[Math.floor(place / 6)]) >>> (5 - (place % 6))) & 1);
    }
    return digits;
  };
  return (polynomial) => {
    const counts = Array.from({ length: chosenRows }, (_, row) => freeDigits(polynomial, row));
    const all = counts.reduce((sum, count) => sum + count, 0);
    return place + all > 6 * letters.length ? [] : counts.map(next);
  };
}
`;
writeFileSync(join(import.meta.dirname, "../packages/probability/src/sobol-starts.ts"), text);
