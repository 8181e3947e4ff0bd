import type { Program } from "@watershed/formula";
import type { Beliefs, RankCorrelation } from "./belief.ts";
import { shapeKey } from "./formula-kernel.ts";
import type { KernelOperator, Shape } from "./formula-kernel.ts";
import { lowerProgram } from "./lower-program.ts";
import type { DrawnNode, Lowered } from "./lower-program.ts";
import { samplerOf } from "./sampler.ts";
import type { Sampler } from "./sampler.ts";
import type { CorrelatedGroup } from "./uniforms.ts";

/** One pass over a block: what it fills and from what. Nodes are those of the lowered program. */
export type PlanStep = { out: number } & (
  | { kind: "formula"; shape: Shape; name: string; arrays: number[]; constants: number[] } // name of the shape
  | { kind: "sample"; stream: string; sampler: KernelSampler; words?: number }
  | { kind: "host"; node: DrawnNode; inputs: number[] }
);

/** How the columns of a program are computed: steps in order, between arrays of f32 and constants. */
export interface ScenarioPlan {
  steps: PlanStep[];
  columns: Map<string, number>; // kept name -> node
  constants: (number | undefined)[]; // [node]
  groups: CorrelatedGroup[];
  streams: string[]; // whose words some kernel reads
}

type KernelSampler = Extract<Sampler, { kernel: string }>;

type Tree = { node: number } | { amount: number } | { operator: KernelOperator; inputs: Tree[] };

/** More operands than these do not stay in registers. */
const mostLeaves = 12;

/** The plan of the named columns. A step of the program becomes an array only where it is kept, drawn, or read more than once. */
export function planScenarios(program: Program, beliefs: Beliefs, names: string[], correlations: RankCorrelation[]): ScenarioPlan {
  const { nodes, columns, groups } = lowerProgram(program, beliefs, names, correlations);
  const constants = nodes.map((node) => (node.op === "constant" ? node.amount : undefined));
  const steps = planSteps(nodes, constants, inlinedNodes(nodes, columns));
  const streams = new Set(steps.flatMap((step) => (step.kind === "sample" && step.words === undefined ? [step.stream] : [])));
  return { steps, columns, constants, groups, streams: [...streams] };
}

/** The plan after beliefs moved, where only what some questions are drawn from differs; undefined where the steps themselves may. */
export function movedPlan(plan: ScenarioPlan, program: Program, before: Beliefs, after: Beliefs): ScenarioPlan | undefined {
  const swaps = new Map<string, { from: Sampler; to: KernelSampler }>(); // stream ->
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (before[name] === after[name]) continue;
    const [from, to] = [samplerOfBelief(before[name]), samplerOfBelief(after[name])];
    const node = program.nodes[program.columns[name]];
    if (!from || !to || node?.op !== "question" || plan.groups.some(({ streams }) => streams.includes(node.stream))) return undefined;
    if (from !== to) swaps.set(node.stream, { from, to });
  }
  const steps = plan.steps.map((step): PlanStep => {
    const swap = step.kind === "sample" ? swaps.get(step.stream) : undefined;
    return step.kind === "sample" && swap?.from === step.sampler ? { ...step, sampler: swap.to } : step;
  });
  return { ...plan, steps };
}

function samplerOfBelief(belief: Beliefs[string] | undefined): KernelSampler | undefined {
  if (belief?.kind !== "distribution") return undefined;
  const sampler = samplerOf(belief.distribution);
  return sampler && "kernel" in sampler ? sampler : undefined;
}

/** The arrays that a step reads. */
export function arraysRead(step: PlanStep): number[] {
  if (step.kind === "formula") return step.arrays;
  return step.kind === "host" ? step.inputs : step.words === undefined ? [] : [step.words];
}

function planSteps(nodes: Lowered[], constants: (number | undefined)[], inlined: Uint8Array): PlanStep[] {
  const trees = new Map<number, Tree>();
  const steps: PlanStep[] = [];
  const leafOf = (node: number): Tree => trees.get(node) ?? (constants[node] === undefined ? { node } : { amount: constants[node] });
  nodes.forEach((node, out) => {
    if (node.op === "draw") steps.push({ kind: "sample", out, stream: node.stream, sampler: node.sampler, words: node.words });
    else if (node.op === "host") steps.push({ kind: "host", out, node: node.node, inputs: node.inputs });
    else if (node.op === "apply") {
      const held = node.inputs.filter((input) => trees.has(input)).sort((a, b) => leaves(trees.get(b)!) - leaves(trees.get(a)!));
      const tree = (): Tree => ({ operator: node.operator, inputs: node.inputs.map(leafOf) });
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
function inlinedNodes(nodes: Lowered[], columns: Map<string, number>): Uint8Array {
  const readers = new Uint32Array(nodes.length);
  for (const node of nodes) {
    if (node.op === "apply") for (const input of node.inputs) readers[input] += 1;
    if (node.op === "host") for (const input of node.inputs) readers[input] += 2;
    if (node.op === "draw" && node.words !== undefined) readers[node.words] += 2;
  }
  for (const kept of columns.values()) readers[kept] += 2;
  return Uint8Array.from(nodes, (node, index) => (node.op === "apply" && readers[index] === 1 ? 1 : 0));
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
  const shape = shapeOf(tree);
  return { kind: "formula", out, shape, name: shapeKey(shape), arrays, constants };
}
