import * as tables from "./elementary-tables.ts";

// Constants of its own: reading an import in an inner loop takes twice the time of the arithmetic.
const [POWERS, CENTRE, ROOTS] = [tables.powersOfTwo, tables.centreOfPowers, tables.rootsOfTwo];
const [STEP_HIGH, STEP_LOW] = [tables.stepHigh, tables.stepLow];
const STEPS_PER_UNIT = 92.33248261893379; // 64 / ln 2
const ROUNDER = 6755399441055744; // 1.5 * 2^52: adding it leaves no fraction
const OVERFLOW = 709.79;
const UNDERFLOW = -745.14;

/** e^x, the same bits on every machine: within 0.53 units in the last place, 1.01 among subnormal results (elementary.test.ts measures them). */
export function exp(x: number): number {
  return expOfSum(x, 0);
}

/**
 * e^(x + rest) for a rest far smaller than x, as the product of 2^m, 2^(j/64) from a table and a short series (after Tang 1989).
 * x is reduced exactly: a whole multiple of the high part of ln(2)/64 has no rounding.
 */
export function expOfSum(x: number, rest: number): number {
  if (!(x < OVERFLOW && x > UNDERFLOW)) return x !== x ? NaN : x > 0 ? Infinity : 0;
  const steps = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
  const r = x - steps * STEP_HIGH - (steps * STEP_LOW - rest);
  const less = r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
  const place = (steps & 63) << 1;
  const root = ROOTS[place];
  const fraction = root + (ROOTS[place + 1] + root * less);
  const power = steps >> 6;
  if (power > 1023) return fraction * 2 * POWERS[power - 1 + CENTRE];
  if (power < -1074) return fraction * 0.5 * POWERS[power + 1 + CENTRE];
  return fraction * POWERS[power + CENTRE];
}

/** e^x - 1 without cancellation, the same bits on every machine: within 0.7 units in the last place. */
export function expm1(x: number): number {
  if (x < 0.125 && x > -0.125) return x === 0 ? x : x + x * x * secondOrder(x);
  if (!(x < 40 && x > -40)) return x <= -40 ? -1 : exp(x);
  const steps = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
  const r = x - steps * STEP_HIGH - steps * STEP_LOW;
  const less = r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
  const place = (steps & 63) << 1;
  const root = ROOTS[place];
  const factor = POWERS[(steps >> 6) + CENTRE];
  const large = root * factor;
  const difference = large - 1;
  const lost = large > 1 ? large - difference - 1 : large - (difference + 1);
  return difference + (lost + factor * (ROOTS[place + 1] + root * less));
}

/** (e^x - 1 - x) / x^2 for |x| <= 1/8. */
function secondOrder(x: number): number {
  const high = 1 / 5040 + x * (1 / 40320 + x * (1 / 362880 + x * (1 / 3628800 + x * (1 / 39916800 + x * (1 / 479001600)))));
  return 1 / 2 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x * high))));
}
