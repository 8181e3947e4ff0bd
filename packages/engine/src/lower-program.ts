import { log1p } from "@watershed/probability";
import type { Distribution } from "@watershed/probability";
import { daysPerYear } from "@watershed/formula";
import type { Operator, Program, ProgramNode } from "@watershed/formula";
import type { Beliefs, RankCorrelation } from "./belief.ts";
import type { DrawnOperator } from "./drawn-kernels.ts";
import type { KernelOperator } from "./formula-kernel.ts";
import { samplerOf } from "./sampler.ts";
import type { Sampler } from "./sampler.ts";
import { correlatedGroups } from "./uniforms.ts";
import type { CorrelatedGroup } from "./uniforms.ts";

export type DrawnNode = Extract<ProgramNode, { stream: string }>;

/** A step in terms of kernels. Inputs are places of earlier ones. */
export type Lowered =
  | { op: "constant"; amount: number }
  /** By the words of a stream, or by words that a correlation has made of them. */
  | { op: "draw"; stream: string; sampler: Extract<Sampler, { kernel: string }>; words?: number }
  | { op: "apply"; operator: KernelOperator; inputs: number[] }
  /** By the interpreter's own step, on doubles; the node reads these places. */
  | { op: "host"; node: DrawnNode; inputs: number[] };

export interface LoweredProgram {
  nodes: Lowered[];
  columns: Map<string, number>; // kept name -> node
  groups: CorrelatedGroup[];
}

const widest = 8;
const standardNormal: Distribution = { kind: "normal", mean: 0, standardDeviation: 1 };
const standardExponential: Distribution = { kind: "exponential", mean: 1 };
/** p up to one half, minus the upper tail beyond: the uniform with the digits of both ends. */
const signedTail: Extract<Sampler, { kernel: string }> = { kernel: "linear", entries: [{ amount: 0 }, { amount: 0 }, { amount: 1 }] };

/**
 * What the named columns need of a program, in terms of kernels: wide operators split, draws with drawn parameters as arithmetic on standard draws,
 * conditional beliefs as pooled chances, correlated draws as linear maps of normal scores.
 */
export function lowerProgram(program: Program, beliefs: Beliefs, names: string[], correlations: RankCorrelation[]): LoweredProgram {
  const needed = neededNodes(program, beliefs, names);
  const streams = new Set(program.nodes.flatMap((node, index) => (needed[index] && "stream" in node ? [node.stream] : [])));
  const groups = correlatedGroups(program, correlations).groups.filter((group) => group.streams.some((name) => streams.has(name)));
  const lowering = newLowering(beliefs, groups);
  program.nodes.forEach((node, index) => {
    if (needed[index]) lowering.places[index] = lowerNode(lowering, node);
  });
  return { nodes: lowering.nodes, columns: new Map(names.map((name) => [name, lowering.places[program.columns[name]]])), groups };
}

interface Lowering {
  beliefs: Beliefs;
  groups: CorrelatedGroup[];
  nodes: Lowered[];
  places: number[]; // [program node]
  scores: Map<string, number>; // stream -> its normal score
  words: Map<string, number>; // stream -> its correlated words
}

function newLowering(beliefs: Beliefs, groups: CorrelatedGroup[]): Lowering {
  return { beliefs, groups, nodes: [], places: [], scores: new Map(), words: new Map() };
}

/** The nodes that a node reads; a question reads its given chances only where its belief is conditional. */
function inputsRead(node: ProgramNode, beliefs: Beliefs): number[] {
  if (node.op === "apply") return node.inputs;
  if (node.op === "question") return beliefs[node.name]?.kind === "conditional" ? node.given : [];
  return node.op === "sampleWith" ? node.parameters : [];
}

function neededNodes({ nodes, columns }: Program, beliefs: Beliefs, names: string[]): Uint8Array {
  const needed = new Uint8Array(nodes.length);
  for (const name of names) needed[columns[name]] = 1;
  for (let index = nodes.length - 1; index >= 0; index--)
    if (needed[index]) for (const input of inputsRead(nodes[index], beliefs)) needed[input] = 1;
  return needed;
}

function lowerNode(lowering: Lowering, node: ProgramNode): number {
  switch (node.op) {
    case "constant":
      return constant(lowering, node.amount);
    case "apply":
      return lowerApply(lowering, node.operator, inputsOf(lowering, node.inputs));
    case "sample":
      return lowerSample(lowering, node, node.distribution);
    case "question": {
      const belief = lowering.beliefs[node.name];
      if (!belief) throw new Error(`no belief was given for question ${node.name}`);
      if (belief.kind === "distribution") return lowerSample(lowering, node, belief.distribution);
      return lowerConditional(lowering, node, belief);
    }
    case "sampleWith":
      return lowerSampleWith(lowering, node);
  }
}

function inputsOf({ places }: Lowering, inputs: number[]): number[] {
  return inputs.map((input) => places[input]);
}

function constant({ nodes }: Lowering, amount: number): number {
  return nodes.push({ op: "constant", amount }) - 1;
}

function apply({ nodes }: Lowering, operator: KernelOperator, inputs: number[]): number {
  return nodes.push({ op: "apply", operator, inputs }) - 1;
}

function lowerApply(lowering: Lowering, operator: Operator, inputs: number[]): number {
  const amountOf = (place: number): number | undefined => {
    const node = lowering.nodes[place];
    return node.op === "constant" ? node.amount : undefined;
  };
  const [first, second] = inputs;
  const rate = operator === "discount" ? amountOf(first) : undefined;
  if (rate !== undefined) return apply(lowering, "discountBy", [constant(lowering, rate <= -1 ? NaN : log1p(rate) / daysPerYear), second]);
  if (operator === "power" && amountOf(second) === 2) return apply(lowering, "square", [first]);
  // sum, min and max go from left to right anyway
  let rest = inputs;
  while (rest.length > widest) rest = [apply(lowering, operator, rest.slice(0, widest)), ...rest.slice(widest)];
  return apply(lowering, operator, rest);
}

function host(lowering: Lowering, node: DrawnNode): number {
  const inputs = inputsOf(lowering, inputsRead(node, lowering.beliefs));
  const moved = node.op === "question" ? { ...node, given: inputs } : node.op === "sampleWith" ? { ...node, parameters: inputs } : node;
  return lowering.nodes.push({ op: "host", node: moved, inputs }) - 1;
}

function draw(lowering: Lowering, stream: string, sampler: Extract<Sampler, { kernel: string }>): number {
  const words = correlatedWords(lowering, stream);
  return lowering.nodes.push(words === undefined ? { op: "draw", stream, sampler } : { op: "draw", stream, sampler, words }) - 1;
}

function lowerSample(lowering: Lowering, node: DrawnNode, distribution: Distribution): number {
  const sampler = samplerOf(distribution);
  if (!sampler) return host(lowering, node);
  return "constant" in sampler ? constant(lowering, sampler.constant) : draw(lowering, node.stream, sampler);
}

/** The normal score of a stream: correlated where it belongs to a group. */
function scoreOf(lowering: Lowering, stream: string): number {
  const known = lowering.scores.get(stream);
  if (known !== undefined) return known;
  const group = lowering.groups.find(({ streams }) => streams.includes(stream));
  const member = group ? group.streams.indexOf(stream) : 0;
  let score: number;
  if (!group || member === 0) score = lowering.nodes.push({ op: "draw", stream, sampler: kernelSampler(standardNormal) }) - 1;
  else {
    const own = group.streams.slice(0, member + 1).map((name, inner) => {
      const independent = independentScore(lowering, name);
      return apply(lowering, "multiply", [constant(lowering, group.factor[member][inner]), independent]);
    });
    score = lowerApply(lowering, "sum", own);
  }
  lowering.scores.set(stream, score);
  return score;
}

function independentScore(lowering: Lowering, stream: string): number {
  const known = lowering.words.get(`independent ${stream}`);
  if (known !== undefined) return known;
  const made = lowering.nodes.push({ op: "draw", stream, sampler: kernelSampler(standardNormal) }) - 1;
  lowering.words.set(`independent ${stream}`, made);
  return made;
}

/** The words of a correlated stream; undefined for one that is independent, or the first of its group. */
function correlatedWords(lowering: Lowering, stream: string): number | undefined {
  if (!lowering.groups.some(({ streams }) => streams.indexOf(stream) > 0)) return undefined;
  const known = lowering.words.get(stream);
  if (known !== undefined) return known;
  const words = apply(lowering, "wordsOfScore", [scoreOf(lowering, stream)]);
  lowering.words.set(stream, words);
  return words;
}

function kernelSampler(distribution: Distribution): Extract<Sampler, { kernel: string }> {
  return samplerOf(distribution) as Extract<Sampler, { kernel: string }>;
}

/** Families whose draws are arithmetic on a standard draw: which one, and the kernel's operator. */
const families: Record<string, { standard: "score" | "tail" | "exponential"; operator: DrawnOperator }> = {
  normal: { standard: "score", operator: "normalFrom" },
  lognormal: { standard: "score", operator: "lognormalFrom" },
  uniform: { standard: "tail", operator: "uniformFrom" },
  triangular: { standard: "tail", operator: "triangularFrom" },
  bernoulli: { standard: "tail", operator: "chanceFrom" },
  exponential: { standard: "exponential", operator: "exponentialFrom" },
  weibull: { standard: "exponential", operator: "weibullFrom" },
  pareto: { standard: "exponential", operator: "paretoFrom" },
};

function lowerSampleWith(lowering: Lowering, node: Extract<ProgramNode, { op: "sampleWith" }>): number {
  const family = families[node.family];
  if (!family) return host(lowering, node);
  const { standard, operator } = family;
  const drawn =
    standard === "score"
      ? scoreOf(lowering, node.stream)
      : draw(lowering, node.stream, standard === "tail" ? signedTail : kernelSampler(standardExponential));
  return apply(lowering, operator, [drawn, ...inputsOf(lowering, node.parameters)]);
}

function lowerConditional(
  lowering: Lowering,
  node: Extract<ProgramNode, { op: "question" }>,
  { weights, method }: Extract<Beliefs[string], { kind: "conditional" }>,
): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const voices = node.given.flatMap((given, place) =>
    weights[place] === 0 ? [] : [constant(lowering, weights[place] / total), lowering.places[given]],
  );
  if (voices.length > 2 * widest) return host(lowering, node);
  const chance = apply(lowering, method === "linear" ? "pooledLinearly" : "pooledByOdds", voices);
  return apply(lowering, "chanceFrom", [draw(lowering, node.stream, signedTail), chance]);
}
