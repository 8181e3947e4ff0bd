import { exp, log, power as raised } from "@watershed/probability";
/** Days in a year and in a month of a duration: the mean Julian year and its twelfth. */
export const daysPerYear = 365.25;
export const daysPerMonth = 30.4375;

export type Operator =
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "power"
  | "negate"
  | "exp"
  | "log"
  | "sqrt"
  | "abs"
  | "round"
  | "floor"
  | "min"
  | "max"
  | "sum"
  | "clip"
  | "less"
  | "lessOrEqual"
  | "greater"
  | "greaterOrEqual"
  | "equal"
  | "notEqual"
  | "and"
  | "or"
  | "not"
  | "by"
  | "if"
  | "discount";

export interface ScalarOperator {
  arity: number | "many";
  apply: (...numbers: number[]) => number;
}

/**
 * What every operator does to doubles: the one source for interpreters and kernels.
 *
 * NaN means undefined and passes through everything, comparisons and logic included, except the branch that an `if` does not take.
 * never is +Infinity. Overflow is +-Infinity.
 */
export const operators: Record<Operator, ScalarOperator> = {
  add: { arity: 2, apply: (left, right) => left + right },
  subtract: { arity: 2, apply: (left, right) => left - right },
  multiply: { arity: 2, apply: (left, right) => left * right },
  divide: { arity: 2, apply: (left, right) => (right === 0 ? NaN : left / right) },
  power: { arity: 2, apply: power },
  negate: { arity: 1, apply: (operand) => -operand },
  exp: { arity: 1, apply: (operand) => exp(operand) },
  log: { arity: 1, apply: (operand) => (operand > 0 ? log(operand) : NaN) },
  sqrt: { arity: 1, apply: (operand) => Math.sqrt(operand) },
  abs: { arity: 1, apply: (operand) => Math.abs(operand) },
  round: { arity: 1, apply: (operand) => Math.floor(operand + 0.5) },
  floor: { arity: 1, apply: (operand) => Math.floor(operand) },
  min: { arity: "many", apply: (...numbers) => Math.min(...numbers) },
  max: { arity: "many", apply: (...numbers) => Math.max(...numbers) },
  sum: { arity: "many", apply: (...numbers) => numbers.reduce((total, amount) => total + amount, 0) },
  clip: { arity: 3, apply: (operand, low, high) => (low <= high ? Math.min(Math.max(operand, low), high) : NaN) },
  less: { arity: 2, apply: (left, right) => (either(left, right) ? NaN : Number(left < right)) },
  lessOrEqual: { arity: 2, apply: (left, right) => (either(left, right) ? NaN : Number(left <= right)) },
  greater: { arity: 2, apply: (left, right) => (either(left, right) ? NaN : Number(left > right)) },
  greaterOrEqual: { arity: 2, apply: (left, right) => (either(left, right) ? NaN : Number(left >= right)) },
  equal: { arity: 2, apply: (left, right) => (either(left, right) ? NaN : Number(left === right)) },
  notEqual: { arity: 2, apply: (left, right) => (either(left, right) ? NaN : Number(left !== right)) },
  and: { arity: 2, apply: (left, right) => (either(left, right) ? NaN : Number(left !== 0 && right !== 0)) },
  or: { arity: 2, apply: (left, right) => (either(left, right) ? NaN : Number(left !== 0 || right !== 0)) },
  not: { arity: 1, apply: (operand) => (Number.isNaN(operand) ? NaN : Number(operand === 0)) },
  by: { arity: 2, apply: (date, deadline) => (either(date, deadline) ? NaN : Number(date <= deadline)) },
  if: { arity: 3, apply: (condition, whenTrue, whenFalse) => (Number.isNaN(condition) ? NaN : condition !== 0 ? whenTrue : whenFalse) },
  discount: { arity: 2, apply: discountFactor },
};

function either(left: number, right: number): boolean {
  return Number.isNaN(left) || Number.isNaN(right);
}

function power(base: number, exponent: number): number {
  if (either(base, exponent) || (base === 0 && exponent < 0)) return NaN;
  return raised(base, exponent);
}

function discountFactor(rate: number, days: number): number {
  if (either(rate, days) || rate <= -1) return NaN;
  return days === Infinity ? 0 : raised(1 + rate, -days / daysPerYear);
}
