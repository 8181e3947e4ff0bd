import { assert } from "./assert.ts";
import type { Binning } from "./binning.ts";
import { drawOrder } from "./draw-order.ts";

/** The bins of a question, each cut into pieces of equal count: how finely answers and results are held together. */
export interface AnswerGrid {
  binning: Binning;
  pieces: number; // cells of every fine bin
  cellOfDraw: Uint16Array; // [draw], fine bin * pieces + piece
  counts: Uint32Array; // [cell]
}

const piecesOfBin = 16;

/** The groups of a discrete question, or 16 pieces of each of the 64 bins of a continuous one; equal answers are never parted. */
export function answerGrid(column: Float64Array, binning: Binning): AnswerGrid {
  assert(column.length === binning.draws, "A column and its binning differ in their draws.");
  if (binning.discrete) return gridOfBins(binning);
  const order = drawOrder(column);
  const counts = new Uint32Array(binning.counts.length * piecesOfBin);
  const cellOfDraw = new Uint16Array(column.length);
  const before = new Uint32Array(binning.counts.length);
  for (let rank = 0; rank < order.length;) {
    let runEnd = rank + 1;
    while (runEnd < order.length && column[order[runEnd]] === column[order[rank]]) runEnd++;
    const bin = binning.binOfDraw[order[rank]];
    const middle = before[bin] + (runEnd - rank) / 2;
    const cell = bin * piecesOfBin + Math.min(piecesOfBin - 1, Math.floor((piecesOfBin * middle) / binning.counts[bin]));
    before[bin] += runEnd - rank;
    counts[cell] += runEnd - rank;
    for (; rank < runEnd; rank++) cellOfDraw[order[rank]] = cell;
  }
  return { binning, pieces: piecesOfBin, cellOfDraw, counts };
}

/** The fine bins themselves. */
export function gridOfBins(binning: Binning): AnswerGrid {
  return { binning, pieces: 1, cellOfDraw: binning.binOfDraw, counts: binning.counts };
}

/** How coarsely a grid is read: its cells, or a level of its binning. */
export type GridLevel = "cells" | number;

/** The bin of every cell at a level, and the draws in every bin. */
export function binsAt({ binning, pieces, counts }: AnswerGrid, level: GridLevel): { binOfCell: Uint16Array; counts: Uint32Array } {
  if (level === "cells") return { binOfCell: Uint16Array.from(counts.keys()), counts };
  const { binOfFine, count } = binning.levels[level];
  const binOfCell = Uint16Array.from(counts.keys(), (cell) => binOfFine[Math.floor(cell / pieces)]);
  const drawsOfBin = new Uint32Array(count);
  counts.forEach((draws, cell) => (drawsOfBin[binOfCell[cell]] += draws));
  return { binOfCell, counts: drawsOfBin };
}
