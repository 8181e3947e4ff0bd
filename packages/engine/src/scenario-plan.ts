import { daysPerYear } from "@watershed/formula";
import type { Operator, Program, ProgramNode } from "@watershed/formula";
import { log1p } from "@watershed/probability";
import type { Beliefs, RankCorrelation } from "./belief.ts";
import type { KernelOperator, Shape } from "./formula-kernel.ts";
import { samplerOf } from "./sampler.ts";
import type { Sampler } from "./sampler.ts";
import { correlatedGroups } from "./uniforms.ts";
import type { CorrelatedGroup } from "./uniforms.ts";

/** One pass over a block: what it fills and from what. Nodes are those of the plan. */
export type PlanStep = { out: number } & (
  | { kind: "formula"; shape: Shape; arrays: number[]; constants: number[] }
  | { kind: "sample"; stream: string; sampler: Extract<Sampler, { kernel: string }> }
  /** By the interpreter's own step, on doubles. */
  | { kind: "host"; node: DrawnNode; inputs: number[] }
);

export type DrawnNode = Extract<ProgramNode, { stream: string }>;

/** How the columns of a program are computed: steps in order, between arrays of f32 and constants. */
export interface ScenarioPlan {
  nodes: ProgramNode[]; // the program's, wide operators split
  steps: PlanStep[];
  columns: Map<string, number>; // kept name -> node
  constants: (number | undefined)[]; // [node]
  groups: CorrelatedGroup[];
  streams: string[]; // that some step draws from, with those correlated with them
}

type Tree = { node: number } | { amount: number } | { operator: KernelOperator; inputs: Tree[] };

/** More operands than these do not stay in registers. */
const mostLeaves = 12;
const widest = 8;

/** The plan of the named columns. A step of the program becomes an array only where it is kept, drawn, or read more than once. */
export function planScenarios(program: Program, beliefs: Beliefs, names: string[], correlations: RankCorrelation[]): ScenarioPlan {
  const { nodes, places } = splitWide(program.nodes);
  const columns = new Map(names.map((name) => [name, places[program.columns[name]]]));
  const inputs = nodes.map((node) => inputsRead(node, beliefs));
  const needed = neededNodes(nodes, inputs, [...columns.values()]);
  const groups = correlatedGroups(program, correlations).groups.filter((group) =>
    nodes.some((node, index) => needed[index] && "stream" in node && group.streams.includes(node.stream)),
  );
  const grouped = new Set(groups.flatMap((group) => group.streams));
  const samplers = nodes.map((node, index) => (needed[index] ? nodeSampler(node, beliefs, grouped) : undefined));
  const constants = nodes.map((node, index) => {
    const sampler = samplers[index];
    return node.op === "constant" ? node.amount : sampler && "constant" in sampler ? sampler.constant : undefined;
  });
  const steps = planSteps({ nodes, inputs, needed, columns, samplers, constants });
  const streams = new Set(
    steps.flatMap((step) => (step.kind === "sample" ? [step.stream] : step.kind === "host" ? [step.node.stream] : [])),
  );
  for (const group of groups) for (const name of group.streams) streams.add(name);
  return { nodes, steps, columns, constants, groups, streams: [...streams] };
}

/** Operators of more inputs than a kernel holds become chains: sum, min and max go from left to right anyway. */
function splitWide(program: ProgramNode[]): { nodes: ProgramNode[]; places: number[] } {
  const nodes: ProgramNode[] = [];
  const places: number[] = [];
  for (const node of program) {
    if (node.op === "apply") {
      let inputs = node.inputs.map((input) => places[input]);
      while (inputs.length > widest) {
        const first = nodes.push({ ...node, inputs: inputs.slice(0, widest) }) - 1;
        inputs = [first, ...inputs.slice(widest)];
      }
      places.push(nodes.push({ ...node, inputs }) - 1);
    } else if (node.op === "question") places.push(nodes.push({ ...node, given: node.given.map((input) => places[input]) }) - 1);
    else if (node.op === "sampleWith") places.push(nodes.push({ ...node, parameters: node.parameters.map((input) => places[input]) }) - 1);
    else places.push(nodes.push(node) - 1);
  }
  return { nodes, places };
}

/** The nodes that a node reads; a question reads its given chances only where its belief is conditional. */
function inputsRead(node: ProgramNode, beliefs: Beliefs): number[] {
  if (node.op === "apply") return node.inputs;
  if (node.op === "question") return beliefs[node.name]?.kind === "conditional" ? node.given : [];
  return node.op === "sampleWith" ? node.parameters : [];
}

function neededNodes(nodes: ProgramNode[], inputs: number[][], roots: number[]): Uint8Array {
  const needed = new Uint8Array(nodes.length);
  for (const root of roots) needed[root] = 1;
  for (let index = nodes.length - 1; index >= 0; index--) if (needed[index]) for (const input of inputs[index]) needed[input] = 1;
  return needed;
}

function nodeSampler(node: ProgramNode, beliefs: Beliefs, grouped: Set<string>): Sampler | undefined {
  if (node.op === "question") {
    const belief = beliefs[node.name];
    if (!belief) throw new Error(`no belief was given for question ${node.name}`);
    return belief.kind === "distribution" && !grouped.has(node.stream) ? samplerOf(belief.distribution) : undefined;
  }
  return node.op === "sample" && !grouped.has(node.stream) ? samplerOf(node.distribution) : undefined;
}

interface Planning {
  nodes: ProgramNode[];
  inputs: number[][]; // [node] the nodes it reads
  needed: Uint8Array;
  columns: Map<string, number>;
  samplers: (Sampler | undefined)[];
  constants: (number | undefined)[];
}

function planSteps(planning: Planning): PlanStep[] {
  const { nodes, inputs, needed, samplers, constants } = planning;
  const inlined = inlinedNodes(planning);
  const trees = new Map<number, Tree>();
  const steps: PlanStep[] = [];
  const leafOf = (node: number): Tree => trees.get(node) ?? (constants[node] === undefined ? { node } : { amount: constants[node] });
  nodes.forEach((node, out) => {
    if (!needed[out] || constants[out] !== undefined || node.op === "constant") return;
    const sampler = samplers[out];
    if (sampler && "kernel" in sampler) steps.push({ kind: "sample", out, stream: (node as DrawnNode).stream, sampler });
    else if (node.op !== "apply") steps.push({ kind: "host", out, node, inputs: inputs[out] });
    else {
      const held = node.inputs.filter((input) => trees.has(input)).sort((a, b) => leaves(trees.get(b)!) - leaves(trees.get(a)!));
      const tree = (): Tree => treeOf(node.operator, node.inputs.map(leafOf));
      while (held.length > 0 && leaves(tree()) > mostLeaves) {
        const largest = held.shift()!;
        steps.push(formulaStep(trees.get(largest)!, largest));
        trees.delete(largest);
      }
      if (inlined[out]) trees.set(out, tree());
      else steps.push(formulaStep(tree(), out));
    }
  });
  return steps;
}

/** Formula steps that only one other formula step reads, once, and that nobody keeps. */
function inlinedNodes({ nodes, inputs, needed, columns }: Planning): Uint8Array {
  const readers = new Uint32Array(nodes.length);
  nodes.forEach((node, index) => {
    if (needed[index]) for (const input of inputs[index]) readers[input] += node.op === "apply" ? 1 : 2;
  });
  for (const kept of columns.values()) readers[kept] += 2;
  return Uint8Array.from(nodes, (node, index) => (node.op === "apply" && readers[index] === 1 ? 1 : 0));
}

function treeOf(operator: Operator, inputs: Tree[]): Tree {
  const [first, second] = inputs;
  if (operator === "discount" && "amount" in first)
    return { operator: "discountBy", inputs: [{ amount: first.amount <= -1 ? NaN : log1p(first.amount) / daysPerYear }, second] };
  if (operator === "power" && "amount" in second && second.amount === 2) return { operator: "square", inputs: [first] };
  return { operator, inputs };
}

function leaves(tree: Tree): number {
  return "operator" in tree ? tree.inputs.reduce((sum, input) => sum + leaves(input), 0) : 1;
}

function formulaStep(tree: Tree, out: number): PlanStep {
  const [arrays, constants]: [number[], number[]] = [[], []];
  const shapeOf = (part: Tree): Shape => {
    if ("operator" in part) return { operator: part.operator, inputs: part.inputs.map(shapeOf) };
    if ("amount" in part) return { constant: constants.push(part.amount) - 1 };
    const known = arrays.indexOf(part.node);
    return { array: known >= 0 ? known : arrays.push(part.node) - 1 };
  };
  return { kind: "formula", out, shape: shapeOf(tree), arrays, constants };
}
