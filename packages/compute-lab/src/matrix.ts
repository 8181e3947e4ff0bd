import type { Calibration } from "./calibration.ts";
import type { ProductRates } from "./run.ts";

/** Seconds of one product of [rows x reduction] by [reduction x columns]: saturation in all three lengths, never faster than its bytes. */
export function matrixSeconds(rows: number, columns: number, reduction: number, rates: ProductRates, k: Calibration): number {
  const lost = k.halfReduction / reduction + (k.halfColumns * rates.ridge) / columns + (k.halfRows * rates.ridge) / rows;
  const busy =
    ((2 * rows * columns * reduction) / rates.flops) *
    (1 + lost) *
    misalignment(columns, rates.alignment) *
    misalignment(reduction, rates.alignment);
  const bytes = 2 * (rows * reduction + reduction * columns + rows * columns);
  return Math.max(busy, bytes / rates.memoryBytesPerSecond);
}

/** Forward product, and both products of its backward pass (for the input and for the weights). */
export function layerProduct(
  rows: number,
  columns: number,
  reduction: number,
  rates: ProductRates,
  k: Calibration,
): { forward: number; backward: number } {
  return {
    forward: matrixSeconds(rows, columns, reduction, rates, k),
    backward: matrixSeconds(rows, reduction, columns, rates, k) + matrixSeconds(reduction, columns, rows, rates, k),
  };
}

/**
 * Lengths that lie across the lines of memory run about 30% slower: a hidden size of 14,400 over eight A100 against 13,824 costs 27 to 39% a
 * FLOP (BigScience 2022).
 */
function misalignment(length: number, alignment: number): number {
  return length % alignment === 0 ? 1 : 1.3;
}
