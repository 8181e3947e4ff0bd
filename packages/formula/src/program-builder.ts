import type { Distribution } from "@watershed/probability";
import type { Place } from "./definition.ts";
import { operators } from "./operators.ts";
import type { Operator } from "./operators.ts";
import type { ProgramNode } from "./program.ts";

/** The constants that a step yields through the branches of its `if`s, and whether it yields nothing else. */
export interface Outcomes {
  least: number;
  most: number;
  only: boolean;
}

/** A program under construction: constants are folded and equal steps shared; random draws never are. */
export interface ProgramBuilder {
  nodes: ProgramNode[];
  constant(amount: number, at: Place): number;
  question(name: string, given: number[], at: Place): number;
  sample(distribution: Distribution, stream: string, at: Place): number;
  sampleWith(family: string, parameters: number[], stream: string, at: Place): number;
  apply(operator: Operator, inputs: number[], at: Place): number;
  /** What a node amounts to in every draw, NaN included; undefined where that differs between draws. */
  constantOf(node: number): number | undefined;
  outcomesOf(node: number): Outcomes;
}

const noConstant: Outcomes = { least: Infinity, most: -Infinity, only: false };

export function programBuilder(): ProgramBuilder {
  const nodes: ProgramNode[] = [];
  const constants: (number | undefined)[] = [];
  const outcomes: Outcomes[] = [];
  const shared = new Map<string, number>();

  function add(node: ProgramNode, amount?: number): number {
    constants.push(amount);
    outcomes.push(outcomesOf(node, amount));
    return nodes.push(node) - 1;
  }

  function outcomesOf(node: ProgramNode, amount?: number): Outcomes {
    if (amount !== undefined) return { least: amount, most: amount, only: true };
    if (node.op !== "apply" || node.operator !== "if") return noConstant;
    const [one, other] = [outcomes[node.inputs[1]], outcomes[node.inputs[2]]];
    return { least: Math.min(one.least, other.least), most: Math.max(one.most, other.most), only: one.only && other.only };
  }

  function share(key: string, build: () => number): number {
    const known = shared.get(key);
    if (known !== undefined) return known;
    const node = build();
    shared.set(key, node);
    return node;
  }

  function constant(amount: number, at: Place): number {
    return share(`constant ${amount}`, () => add({ op: "constant", amount, at }, amount));
  }

  function isNever(node: number, amount: number): boolean {
    return nodes[node].op === "constant" && constants[node] === amount;
  }

  // An undefined or overflowing result stays a step of its own, so that its place can be found when a draw reaches it.
  function apply(operator: Operator, inputs: number[], at: Place): number {
    const condition = operator === "if" ? constants[inputs[0]] : undefined;
    if (condition !== undefined && !Number.isNaN(condition)) return condition !== 0 ? inputs[1] : inputs[2];
    const amounts = inputs.map((input) => constants[input]);
    const amount = amounts.includes(undefined) ? undefined : operators[operator].apply(...(amounts as number[]));
    if (amount !== undefined && (Number.isFinite(amount) || inputs.some((input) => isNever(input, amount)))) return constant(amount, at);
    return share(`${operator} ${inputs.join(" ")}`, () => add({ op: "apply", operator, inputs, at }, amount));
  }

  return {
    nodes,
    constant,
    question: (name, given, at) => add({ op: "question", name, given, stream: `question/${name}`, at }),
    sample: (distribution, stream, at) => add({ op: "sample", distribution, stream, at }),
    sampleWith: (family, parameters, stream, at) => add({ op: "sampleWith", family, parameters, stream, at }),
    apply,
    constantOf: (node) => constants[node],
    outcomesOf: (node) => outcomes[node],
  };
}
