import type { Program, ProgramNode } from "@watershed/formula";
import { daysPerYear } from "@watershed/formula";

/** One draw's amounts by node. */
type Amounts = ArrayLike<number>;

/** Half a unit in the last place of an f32, as a share. */
const unit = 2 ** -24;

/**
 * How far a node's f32 amount may be from the double one, to first order: rounding of its own result, and what the errors of its inputs become.
 *
 * Infinity where the operator jumps at this very draw within those errors, so that another answer is as good.
 */
export function errorBound(program: Program, index: number, amounts: Amounts, errors: Amounts): number {
  const node = program.nodes[index];
  const own = 4 * unit * Math.abs(amounts[index]);
  if (node.op === "constant") return Number.isFinite(amounts[index]) ? Math.abs(Math.fround(amounts[index]) - amounts[index]) : 0;
  if (node.op !== "apply") return NaN; // drawn: its table decides, see the caller
  const inputs = node.inputs.map((input) => ({ amount: amounts[input], error: errors[input] }));
  return propagated(node, amounts[index], inputs) + own;
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
      return Math.abs(b.amount - c.amount) <= 2 * (b.error + c.error) && b.error + c.error > 0 ? Infinity : largest;
    case "if":
      return a.error > 0 ? Infinity : a.amount !== 0 ? b.error : c.error;
    case "discount":
      return discountError(result, a, b);
    case "negate":
    case "abs":
    case "min":
    case "max":
      return largest;
    case "and":
    case "or":
    case "not":
      return largest > 0 ? Infinity : 0;
    default:
      return Math.abs(a.amount - b.amount) <= 2 * (a.error + b.error) ? Infinity : 0;
  }
}

function powerError(result: number, base: Input, exponent: Input): number {
  if (base.amount <= 2 * base.error && base.error > 0) return Infinity;
  if (exponent.error > 0 && (base.amount <= 0 || base.amount === Infinity)) return Infinity;
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
