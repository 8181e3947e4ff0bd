import { allParts, halves, partsOfBoth } from "./policy-folds.ts";
import type { Batch } from "./trigger-knowledge.ts";

/** Draws of a cell in both halves. */
export function drawsOfCell(counts: Uint32Array, cell: number): number {
  return drawsOf(counts, cell, allParts);
}

/** Draws of a cell in some parts. */
export function drawsOf(counts: Uint32Array, cell: number, parts: number[]): number {
  let draws = 0;
  for (const part of parts) draws += counts[partsOfBoth * cell + part];
  return draws;
}

/** Draws of every group and part. Uint32Array // [partsOfBoth * group + part]. */
export function countsOf({ draws, group, states }: Batch, fold: Uint8Array): Uint32Array {
  const counts = new Uint32Array(partsOfBoth * states.length);
  for (let row = 0; row < draws.length; row++) counts[partsOfBoth * group[row] + fold[draws[row]]]++;
  return counts;
}

/** Groups with enough draws in both halves are cells of their own; the others together form one last, rare cell. */
export function sizedCells(counts: Uint32Array, minimum: number): { cellOf: Int32Array; firsts: number[]; rare: number } {
  const cellOf = new Int32Array(counts.length / partsOfBoth).fill(-1);
  const firsts: number[] = [];
  for (let group = 0; group < cellOf.length; group++)
    if (halves.every((parts) => drawsOf(counts, group, parts) >= minimum)) {
      cellOf[group] = firsts.length;
      firsts.push(group);
    }
  const first = cellOf.indexOf(-1);
  if (first < 0) return { cellOf, firsts, rare: -1 };
  const rare = firsts.length;
  firsts.push(first);
  return { cellOf: cellOf.map((cell) => (cell < 0 ? rare : cell)), firsts, rare };
}

export function cellCounts(counts: Uint32Array, cellOf: Int32Array, cells: number): Uint32Array {
  const summed = new Uint32Array(partsOfBoth * cells);
  cellOf.forEach((cell, group) => {
    if (cell < 0) return;
    for (let part = 0; part < partsOfBoth; part++) summed[partsOfBoth * cell + part] += counts[partsOfBoth * group + part];
  });
  return summed;
}
