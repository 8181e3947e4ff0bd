import type { Operator } from "./operators.ts";
import { inputsOf } from "./program.ts";
import type { Program, ProgramNode } from "./program.ts";

/** Why a step yields no number from sound inputs. */
export type UndefinedReason =
  | "logOfNonPositive"
  | "sqrtOfNegative"
  | "powerOfNegative"
  | "divisionByZero"
  | "neverMinusNever"
  | "neverTimesZero"
  | "neverDividedByNever"
  | "discountRateTooLow"
  | "boundsOutOfOrder"
  | "parametersOutOfRange"
  | "overflow"
  | "never"
  | "undefinedInput"
  | "undefinedPower";

/**
 * The step where a column went wrong in one draw: down from the column, along the branch of every `if` that was taken, to the innermost
 * step that made a NaN (or else an infinity) from sound inputs. `read` gives the draw's amount of a node.
 *
 * Answers the column's own node where the column is sound. Throws where the program has no such column.
 */
export function locateUndefined(program: Program, columnName: string, read: (node: number) => number): number {
  if (!Object.hasOwn(program.columns, columnName)) throw new Error(`the program has no column ${columnName}`);
  return undefinedNode(program.nodes, program.columns[columnName], read);
}

/** As locateUndefined, from any node. */
export function undefinedNode(nodes: ProgramNode[], from: number, read: (node: number) => number): number {
  const isOdd = Number.isNaN(read(from)) ? Number.isNaN : (amount: number) => amount === Infinity || amount === -Infinity;
  let at = from;
  for (let next: number | undefined = isOdd(read(from)) ? from : undefined; next !== undefined;) {
    at = next;
    next = takenInputs(nodes[at], read).find((input) => isOdd(read(input)));
  }
  return at;
}

function takenInputs(node: ProgramNode, read: (node: number) => number): number[] {
  if (node.op !== "apply" || node.operator !== "if") return inputsOf(node);
  const [condition, whenTrue, whenFalse] = node.inputs;
  return Number.isNaN(read(condition)) ? [condition] : [read(condition) !== 0 ? whenTrue : whenFalse];
}

const reasonOf: Partial<Record<Operator, UndefinedReason>> = {
  log: "logOfNonPositive",
  sqrt: "sqrtOfNegative",
  add: "neverMinusNever",
  subtract: "neverMinusNever",
  sum: "neverMinusNever",
  multiply: "neverTimesZero",
  discount: "discountRateTooLow",
  clip: "boundsOutOfOrder",
};

/** Why the step that `locateUndefined` found is undefined, or infinite; infinite inputs count as never. */
export function undefinedReason(nodes: ProgramNode[], index: number, read: (node: number) => number): UndefinedReason {
  const node = nodes[index];
  const amount = read(index);
  if (node.op === "sampleWith" && Number.isNaN(amount)) return "parametersOutOfRange";
  if (node.op !== "apply") return Number.isNaN(amount) ? "undefinedInput" : "never";
  if (!Number.isNaN(amount)) return "overflow";
  if (node.operator === "divide") return read(node.inputs[1]) === 0 ? "divisionByZero" : "neverDividedByNever";
  if (node.operator === "power") return powerReason(read(node.inputs[0]));
  return reasonOf[node.operator] ?? "undefinedInput";
}

function powerReason(base: number): UndefinedReason {
  if (base === 0) return "divisionByZero";
  return base < 0 && Number.isFinite(base) ? "powerOfNegative" : "undefinedPower";
}
