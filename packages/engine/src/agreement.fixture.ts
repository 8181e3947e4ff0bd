import type { Program, ProgramNode } from "@watershed/formula";
import { daysPerYear } from "@watershed/formula";

/** Below this an f32 keeps fewer digits. */
export const smallest = 2 ** -126;

/** Half a unit in the last place of an f32, as a share. */
const unit = 2 ** -24;

/** The nodes that a node reads. */
export function inputsOf(node: ProgramNode): number[] {
  if (node.op === "apply") return node.inputs;
  return node.op === "question" ? node.given : node.op === "sampleWith" ? node.parameters : [];
}

/**
 * How far every node of one draw may be in the kernels from what the interpreter made of it (`columns`, [node][draw]), its errors carried from step to
 * step: 0 where it is the same, Infinity where a step jumps within the errors of what it reads, and behind such a step.
 */
export function errorBounds({ nodes }: Pick<Program, "nodes">, columns: Float64Array[]): (draw: number) => number[] {
  const cells = nodes.map((): Input => ({ amount: 0, error: 0 }));
  const inputs = nodes.map((node) => inputsOf(node).map((input) => cells[input]));
  const drawn = nodes.map((node, index) => ("stream" in node ? drawnError(columns[index]) : undefined));
  return (draw) => {
    for (let index = 0; index < nodes.length; index++) {
      const amount = columns[index][draw];
      const bound = drawn[index]?.(amount) ?? errorBound(nodes[index], amount, inputs[index]);
      cells[index].amount = amount;
      cells[index].error = bound > 0 ? smallest + bound : 0; // also where the amount itself is undefined
    }
    return cells.map(({ error }) => error);
  };
}

/**
 * How far the draws of a column may be from the interpreter's: 2e-6 of the spread for its table and f32 rounding of the interpolation; nothing
 * where all are whole, as answers and days are, or infinite. A drawn parameter moves a draw by about its own error.
 */
function drawnError(column: Float64Array): (amount: number) => number {
  const sorted = column.filter(Number.isFinite).sort();
  if (sorted.every((amount) => Number.isInteger(amount) && Math.abs(amount) < 2 ** 24)) return () => 0;
  const spread = sorted[Math.floor(sorted.length * 0.75)] - sorted[Math.floor(sorted.length * 0.25)];
  return (amount) => (Number.isFinite(amount) ? 2e-6 * spread + 6e-6 * Math.max(1, Math.abs(amount)) : 0);
}

/** Operators whose result is one of their inputs, or a whole number: they round nothing. */
const chosen = new Set<string>(
  ["negate", "abs", "min", "max", "clip", "round", "floor", "if", "and", "or", "not"].concat([
    "less",
    "lessOrEqual",
    "greater",
    "greaterOrEqual",
    "equal",
    "notEqual",
    "by",
  ]),
);

/**
 * How far a node's f32 amount may be from the double one, to first order: rounding of its own result, and what the errors of its inputs become.
 *
 * Infinity where the operator jumps at this very draw within those errors, so that another answer is as good.
 */
function errorBound(node: ProgramNode, amount: number, inputs: Input[]): number {
  if (node.op === "constant") return Number.isFinite(amount) ? Math.abs(Math.fround(amount) - amount) : 0;
  if (node.op !== "apply") return 0;
  for (const { error } of inputs) if (error === Infinity) return Infinity;
  const own = chosen.has(node.operator) || !Number.isFinite(amount) ? 0 : 4 * unit * Math.abs(amount);
  return propagated(node, amount, inputs) + own;
}

interface Input {
  amount: number;
  error: number;
}

function propagated({ operator }: Extract<ProgramNode, { op: "apply" }>, result: number, inputs: Input[]): number {
  const [a, b, c] = inputs;
  const largest = Math.max(...inputs.map(({ error }) => error));
  switch (operator) {
    case "add":
    case "subtract":
    case "sum":
      return inputs.reduce(
        (total, { amount, error }) => total + error + (Number.isFinite(amount) ? unit * inputs.length * Math.abs(amount) : 0),
        0,
      );
    case "multiply":
      return Math.abs(a.amount) * b.error + Math.abs(b.amount) * a.error || 0;
    case "divide":
      return Math.abs(b.amount) <= 2 * b.error ? Infinity : (a.error + Math.abs(result) * b.error) / Math.abs(b.amount);
    case "power":
      return powerError(result, a, b);
    case "exp":
      return Math.abs(result) * a.error;
    case "log":
      return a.amount <= 2 * a.error ? Infinity : a.error / a.amount;
    case "sqrt":
      return Math.abs(a.amount) <= 2 * a.error && a.error > 0 ? Infinity : a.error / (2 * result);
    case "round":
    case "floor": {
      const part = a.amount + (operator === "round" ? 0.5 : 0);
      const away = Math.abs(part - Math.round(part));
      return away <= 2 * a.error + 2 * unit * Math.abs(part) && a.error > 0 ? Infinity : 0;
    }
    case "clip":
      return mayCross(b, c)
        ? Infinity
        : errorOfExtreme("min", [c, { amount: Math.max(a.amount, b.amount), error: errorOfExtreme("max", [a, b]) }]);
    case "if":
      return a.error > 0 ? Infinity : a.amount !== 0 ? b.error : c.error;
    case "discount":
      return discountError(result, a, b);
    case "min":
    case "max":
      return errorOfExtreme(operator, inputs);
    case "negate":
    case "abs":
      return largest;
    case "and":
    case "or":
    case "not":
      return largest > 0 ? Infinity : 0;
    default:
      return mayCross(a, b) ? Infinity : 0;
  }
}

function mayCross(one: Input, other: Input): boolean {
  return one.error + other.error > 0 && Math.abs(one.amount - other.amount) <= 2 * (one.error + other.error);
}

/** Of the inputs that may be the largest (smallest), the error of the least sure. */
function errorOfExtreme(operator: "min" | "max", inputs: Input[]): number {
  const sign = operator === "max" ? 1 : -1;
  const surely = Math.max(...inputs.map(({ amount, error }) => sign * amount - error));
  return Math.max(...inputs.map(({ amount, error }) => (sign * amount + error >= surely ? error : 0)));
}

function powerError(result: number, base: Input, exponent: Input): number {
  if (base.amount <= 2 * base.error && base.error > 0) return Infinity;
  if (exponent.error > 0 && (base.amount <= 0 || base.amount === Infinity)) return Infinity;
  if (Math.abs(exponent.amount) === Infinity && Math.abs(base.amount - 1) > 2 * base.error) return 0;
  const share =
    (Math.abs(exponent.amount) * base.error) / Math.abs(base.amount) + Math.abs(Math.log(Math.abs(base.amount))) * exponent.error;
  return share > 0.1 ? Infinity : Math.abs(result) * (share || 0);
}

function discountError(result: number, rate: Input, days: Input): number {
  if (1 + rate.amount <= 2 * rate.error) return Infinity;
  if (!Number.isFinite(days.amount)) return 0;
  const years = Math.abs(days.amount) / daysPerYear;
  const share =
    (Math.abs(Math.log1p(rate.amount)) * (days.error + unit * Math.abs(days.amount))) / daysPerYear +
    (years * (rate.error + unit)) / (1 + rate.amount);
  return share > 0.1 ? Infinity : Math.abs(result) * share;
}
