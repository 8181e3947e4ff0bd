import type { Operator } from "@watershed/formula";

/** Writes the result of an operator for every point of a block. */
export type ColumnLoop = (out: Float64Array, inputs: Float64Array[]) => void;

/**
 * The commonest operators as loops: a call per draw costs as much as the arithmetic.
 *
 * `operators` of formula stays the one that says what they mean; a test holds these against it, edges included.
 */
export const columnLoops: Partial<Record<Operator, ColumnLoop>> = {
  add: (out, [a, b]) => {
    for (let point = 0; point < out.length; point++) out[point] = a[point] + b[point];
  },
  subtract: (out, [a, b]) => {
    for (let point = 0; point < out.length; point++) out[point] = a[point] - b[point];
  },
  multiply: (out, [a, b]) => {
    for (let point = 0; point < out.length; point++) out[point] = a[point] * b[point];
  },
  divide: (out, [a, b]) => {
    for (let point = 0; point < out.length; point++) out[point] = b[point] === 0 ? NaN : a[point] / b[point];
  },
  if: (out, [condition, whenTrue, whenFalse]) => {
    for (let point = 0; point < out.length; point++) {
      const answer = condition[point];
      out[point] = answer !== answer ? NaN : answer !== 0 ? whenTrue[point] : whenFalse[point];
    }
  },
  sum: (out, inputs) => {
    out.fill(0);
    for (const input of inputs) for (let point = 0; point < out.length; point++) out[point] += input[point];
  },
  min: (out, inputs) => {
    out.set(inputs[0]);
    for (const input of inputs) for (let point = 0; point < out.length; point++) out[point] = Math.min(out[point], input[point]);
  },
  max: (out, inputs) => {
    out.set(inputs[0]);
    for (const input of inputs) for (let point = 0; point < out.length; point++) out[point] = Math.max(out[point], input[point]);
  },
};
