import { check } from "./check.ts";
import type { FormulaContext } from "./definition.ts";
import type { Kind } from "./kind.ts";
import { operators } from "./operators.ts";
import type { FormulaProblem } from "./problem.ts";
import { inputsOf } from "./program.ts";
import type { Program, ProgramNode } from "./program.ts";

export type DrawnNode = Extract<ProgramNode, { stream: string }>;

/**
 * All amounts of one draw, `number[] // [node]`: the plain meaning of a program, step by step.
 *
 * `draw` answers what a question or sample turned out to be; parameters are the amounts of its given or parameter nodes.
 */
export function evaluateDraw(program: Program, draw: (node: DrawnNode, parameters: number[]) => number): number[] {
  const amounts: number[] = [];
  for (const node of program.nodes) {
    const inputs = inputsOf(node).map((input) => amounts[input]);
    if (node.op === "constant") amounts.push(node.amount);
    else amounts.push(node.op === "apply" ? operators[node.operator].apply(...inputs) : draw(node, inputs));
  }
  return amounts;
}

/** What a formula without names amounts to; no amount where it draws or is wrong. */
export function evaluateConstant(source: string, context: FormulaContext): { amount?: number; kind?: Kind; problems: FormulaProblem[] } {
  const { program, problems } = check([{ name: "formula", source }], context);
  const { formula: column } = program.columns;
  if (column === undefined) return { problems };
  const amount = program.streams.length > 0 ? undefined : evaluateDraw(program, () => NaN)[column];
  return { amount, kind: program.kinds.formula, problems };
}
