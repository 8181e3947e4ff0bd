import { sobolDirections } from "@watershed/probability";

/**
 * Cells of a shard by leading binary digits of Sobol coordinates. A Walsh-Hadamard transform of a column holds at
 * `selections` what their sums are made of: the sum in cell c is 2^-digits times the sum over selections s of
 * (-1)^(number of common bits of s and c XOR shift) times the transform there (Sobol points are linear over GF(2)).
 */
export interface SobolCells {
  digits: number;
  selections: Uint32Array; // [2^digits]
}

/** Cells by the leading digits of one coordinate, the first digit being the highest bit of a cell's number. */
export function cellsOf(dimension: number, digits: number, shardSize: number): SobolCells {
  const directions = sobolDirections(dimension);
  const stages = stagesOf(shardSize);
  const selections = new Uint32Array(2 ** digits);
  for (let selection = 1; selection < selections.length; selection++) {
    const lowest = 31 - Math.clz32(selection & -selection);
    let row = 0; // the bits of the point's number that enter this digit
    for (let bit = 0; bit < stages; bit++) row |= ((directions[bit] >>> (32 - digits + lowest)) & 1) << bit;
    selections[selection] = selections[selection & (selection - 1)] ^ row;
  }
  return { digits, selections };
}

/** The exponent of a power of two. */
export function stagesOf(shardSize: number): number {
  return 31 - Math.clz32(shardSize);
}

/** Cells by two coordinates, the digits of the first in front. */
export function crossed(first: SobolCells, second: SobolCells): SobolCells {
  const selections = new Uint32Array(first.selections.length * second.selections.length);
  first.selections.forEach((one, row) =>
    second.selections.forEach((other, column) => (selections[row * second.selections.length + column] = one ^ other)),
  );
  return { digits: first.digits + second.digits, selections };
}

/** Whether every cell holds equally many points whatever the shift: no digit depends on the others. */
export function fillEvenly({ selections }: SobolCells): boolean {
  return selections.indexOf(0, 1) < 0;
}

/** How many points of a shard lie in every cell. Uint32Array // [cell] */
export function pointsIn({ selections }: SobolCells, shift: number, shardSize: number): Uint32Array {
  const silent = Array.from(selections.keys()).filter((selection) => selections[selection] === 0);
  return Uint32Array.from(selections, (_, cell) => {
    let sign = 0;
    for (const selection of silent) sign += oddBits(selection & (cell ^ shift)) ? -1 : 1;
    return (sign * shardSize) / selections.length;
  });
}

function oddBits(word: number): boolean {
  let odd = word ^ (word >>> 16);
  odd ^= odd >>> 8;
  odd ^= odd >>> 4;
  return ((0x6996 >>> (odd & 15)) & 1) === 1;
}
