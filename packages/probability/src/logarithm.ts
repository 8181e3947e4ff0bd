import * as tables from "./elementary-tables.ts";

// Constants of its own: reading an import in an inner loop takes twice the time of the arithmetic.
const [POWERS, CENTRE, LOGARITHMS] = [tables.powersOfTwo, tables.centreOfPowers, tables.logarithms];
const [LN_TWO_HIGH, LN_TWO_LOW] = [tables.lnTwoHigh, tables.lnTwoLow];
const FIRST_WORD = 0x3fe6a000; // high word of 181/256, the first place of the table
const HALF_PLACE = 0x1000;
const SMALLEST_NORMAL = 2 ** -1022;
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
double[0] = 1;
const HIGH_WORD = words[1] === 0x3ff00000 ? 1 : 0;

/** Natural logarithm, the same bits on every machine: within 0.8 units in the last place (elementary.test.ts). -Infinity at 0, NaN below. */
export function log(x: number): number {
  return logOfProduct(x, 0);
}

/** ln(1 + x) without cancellation, the same bits on every machine: within 0.8 units in the last place. */
export function log1p(x: number): number {
  if (x < 0.001953125 && x > -0.001953125) return x - x * x * (0.5 - x * thirdOrder(x));
  if (!(x > -1 && x < 0x20000000000000)) return x === -1 ? -Infinity : log(x);
  const sum = 1 + x;
  return logOfProduct(sum, (x < 1 ? x - (sum - 1) : 1 - (sum - x)) / sum);
}

/**
 * ln x + rest for a rest below the last place: x = 2^k F (1 + u) with F the nearest of the table, ln(1 + u) a series (after Tang 1990).
 * Next to 1 both k and ln F are 0 and u is exact, so nothing cancels.
 */
function logOfProduct(x: number, rest: number): number {
  if (!(x > 0 && x < Infinity)) return x > 0 ? x : x === 0 ? -Infinity : NaN;
  const normal = x < SMALLEST_NORMAL ? x * 2 ** 54 : x;
  double[0] = normal;
  const word = words[HIGH_WORD] - FIRST_WORD;
  const shift = word >> 20;
  const entry = ((word - (shift << 20) + HALF_PLACE) >> 13) << 2;
  const F = LOGARITHMS[entry];
  const u = (normal * POWERS[CENTRE - shift] - F) / F;
  const k = x < SMALLEST_NORMAL ? shift - 54 : shift;
  const large = k * LN_TWO_HIGH + LOGARITHMS[entry + 1];
  const sum = large + u;
  const lost = large === 0 ? 0 : u - (sum - large);
  return sum + (lost + (k * LN_TWO_LOW + LOGARITHMS[entry + 2] + rest - u * u * (0.5 - u * thirdOrder(u))));
}

/** (ln(1 + u) - u + u^2 / 2) / u^3 for |u| <= 2^-8. */
function thirdOrder(u: number): number {
  const square = u * u;
  return 1 / 3 - u * (1 / 4) + square * (1 / 5 - u * (1 / 6) + square * (1 / 7));
}
