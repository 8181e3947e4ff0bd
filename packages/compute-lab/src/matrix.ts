import type { Calibration } from "./calibration.ts";

/** Seconds of one product of [rows x reduction] by [reduction x columns]: saturation in all three lengths, never faster than its bytes. */
export function matrixSeconds(
  rows: number,
  columns: number,
  reduction: number,
  rates: { flops: number; ridge: number; memoryBytesPerSecond: number },
  k: Calibration,
): number {
  const lost = k.halfReduction / reduction + (k.halfColumns * rates.ridge) / columns + (k.halfRows * rates.ridge) / rows;
  const busy = ((2 * rows * columns * reduction) / rates.flops) * (1 + lost) * misalignment(columns) * misalignment(reduction);
  const bytes = 2 * (rows * reduction + reduction * columns + rows * columns);
  return Math.max(busy, bytes / rates.memoryBytesPerSecond);
}

/** Forward product, and both products of its backward pass (for the input and for the weights). */
export function layerProduct(
  rows: number,
  columns: number,
  reduction: number,
  rates: { flops: number; ridge: number; memoryBytesPerSecond: number },
  k: Calibration,
): { forward: number; backward: number } {
  return {
    forward: matrixSeconds(rows, columns, reduction, rates, k),
    backward: matrixSeconds(rows, reduction, columns, rates, k) + matrixSeconds(reduction, columns, rows, rates, k),
  };
}

/** Tensor cores want lengths in multiples of eight; others run about 30% slower. */
function misalignment(length: number): number {
  return length % 8 === 0 ? 1 : 1.3;
}
