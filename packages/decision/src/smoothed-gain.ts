import { countsAt, type Grouping } from "./binning.ts";
import { meansOfSums, type Sharding } from "./sharding.ts";

/** How the bins that are valued lie between the wider bins that choose: a mix of two neighbours, or one alone. */
export interface Smoothing {
  /** Bins that are valued. */
  bins: number;
  wideBins: number;
  wideOf: Uint16Array; // [bin], the wide bin it lies in
  low: Uint16Array; // [bin]
  high: Uint16Array; // [bin]
  /** Weight of `high`; below 0 or above 1 in the outer half of the first and last wide bin, where the line is drawn on. */
  weight: Float64Array; // [bin]
}

/** Linear interpolation in rank between wide bins of one stretch; never across an atom or between discrete answers. */
export function smoothingOf(question: Grouping, valuedLevel: number, chosenLevel: number): Smoothing {
  const valued = question.levels[valuedLevel];
  const wide = question.levels[chosenLevel];
  const centre = centres(countsAt(question, valuedLevel));
  const wideCentre = centres(countsAt(question, chosenLevel));
  const stretchOfWide = new Uint16Array(wide.count);
  const wideOf = new Uint16Array(valued.count);
  valued.binOfFine.forEach((bin, fine) => {
    wideOf[bin] = wide.binOfFine[fine];
    stretchOfWide[wide.binOfFine[fine]] = question.stretchOfFine[fine];
  });
  const low = new Uint16Array(valued.count);
  const high = new Uint16Array(valued.count);
  const weight = new Float64Array(valued.count);
  const joined = (bin: number) => bin >= 0 && bin + 1 < wide.count && stretchOfWide[bin] === stretchOfWide[bin + 1];
  for (let bin = 0; bin < valued.count; bin++) {
    const own = wideOf[bin];
    const left = centre[bin] < wideCentre[own] ? own - 1 : own;
    const pair = joined(left) && (left === own || joined(own - 1)) ? left : joined(own) ? own : own - 1;
    const alone = !joined(pair) || (pair !== own && pair + 1 !== own) || question.discrete;
    low[bin] = alone ? own : pair;
    high[bin] = alone ? own : pair + 1;
    if (!alone) weight[bin] = (centre[bin] - wideCentre[pair]) / (wideCentre[pair + 1] - wideCentre[pair]);
  }
  return { bins: valued.count, wideBins: wide.count, wideOf, low, high, weight };
}

function centres(counts: Float64Array): Float64Array {
  let below = 0;
  return Float64Array.from(counts, (count) => {
    below += count;
    return below - count / 2;
  });
}

export interface SmoothedGrid {
  rows: Smoothing;
  columns: Smoothing;
  /** Sums of the differences from today's best alternative. */
  sums: Float64Array; // [shard][row][column][other]
  counts: Uint32Array | Float64Array; // [row][column]
  width: number;
}

/**
 * Gain per shard when every cell takes the alternative with the largest interpolated wide-cell mean, today's best where none
 * is above zero, valued with the raw sums of the cell. Float64Array // [shard].
 */
export function smoothedGain(grid: SmoothedGrid, sharding: Sharding, drawsOfShard?: Float64Array): Float64Array {
  const { rows, columns, sums, width } = grid;
  const { means, filled } = wideMeans(grid, sharding);
  const perShard = new Float64Array(sharding.shards);
  const cells = rows.bins * columns.bins;
  for (let row = 0; row < rows.bins; row++)
    for (let column = 0; column < columns.bins; column++) {
      const chosen = chosenIn(grid, row, column, means, filled);
      if (chosen < 0) continue;
      const at = (row * columns.bins + column) * width + chosen;
      for (let shard = 0; shard < sharding.shards; shard++) perShard[shard] += sums[shard * cells * width + at];
    }
  return drawsOfShard ? meansOfSums(perShard, drawsOfShard) : perShard.map((sum) => sum / sharding.shardSize);
}

function wideMeans(grid: SmoothedGrid, sharding: Sharding): { means: Float64Array; filled: Float64Array } {
  const { rows, columns, sums, counts, width } = grid;
  const cells = rows.bins * columns.bins;
  const filled = new Float64Array(rows.wideBins * columns.wideBins);
  const means = new Float64Array(filled.length * width);
  for (let row = 0; row < rows.bins; row++)
    for (let column = 0; column < columns.bins; column++) {
      const cell = row * columns.bins + column;
      const wide = rows.wideOf[row] * columns.wideBins + columns.wideOf[column];
      filled[wide] += counts[cell];
      for (let shard = 0; shard < sharding.shards; shard++)
        for (let other = 0; other < width; other++) means[wide * width + other] += sums[(shard * cells + cell) * width + other];
    }
  for (let at = 0; at < means.length; at++) means[at] /= filled[Math.floor(at / width)] || 1;
  return { means, filled };
}

/** Column of the best alternative by the interpolated mean, -1 for today's best; empty wide cells have no say. */
function chosenIn({ rows, columns, width }: SmoothedGrid, row: number, column: number, means: Float64Array, filled: Float64Array): number {
  let chosen = -1;
  let most = 0;
  for (let other = 0; other < width; other++) {
    let mean = 0;
    for (let corner = 0; corner < 4; corner++) {
      const onHighRow = (corner & 1) === 1;
      const onHighColumn = (corner & 2) === 2;
      const wideRow = onHighRow ? rows.high[row] : rows.low[row];
      const wide = wideRow * columns.wideBins + (onHighColumn ? columns.high[column] : columns.low[column]);
      const rowWeight = onHighRow ? rows.weight[row] : 1 - rows.weight[row];
      const columnWeight = onHighColumn ? columns.weight[column] : 1 - columns.weight[column];
      if (filled[wide] > 0) mean += rowWeight * columnWeight * means[wide * width + other];
    }
    if (mean > most) {
      most = mean;
      chosen = other;
    }
  }
  return chosen;
}
