import type { Workspace } from "@watershed/domain";
import type { Program, ProgramNode } from "@watershed/formula";
import { heaviest, tailIndex } from "@watershed/probability";
import type { TailIndex } from "@watershed/probability";
import type { PooledBeliefs } from "./beliefs.ts";
import { withinWritten } from "./definitions.ts";
import type { PlacedDefinition } from "./definitions.ts";
import type { WorkspaceProblem } from "./problem.ts";

const light: TailIndex = { lower: Infinity, upper: Infinity };

/** A distribution whose tail leaves a worth without a mean or without a variance: where it is written, and what it reaches. */
export interface HeavyTail {
  code: "infiniteMean" | "infiniteVariance";
  at: { definition: string; from: number; to: number };
  index: number;
  reached: string[];
}

/**
 * The distributions that leave a worth without a mean, or without a variance: a mean over scenarios, or its standard error, says nothing
 * then. Each is told once, with all it reaches unbroken by any limit. `worths` are columns and what they are the worth of.
 */
export function heavyTails(
  program: Program,
  worths: { column: string; of: string }[],
  beliefs: PooledBeliefs["beliefs"] = {},
  opinions: (question: string) => string[] = () => [],
): HeavyTail[] {
  const tails = tailsOf(program, beliefs);
  const found = new Map<string, HeavyTail>();
  for (const { column, of } of worths) {
    const node = program.columns[column];
    if (node === undefined || !(indexOf(tails[node]) <= 2)) continue;
    const index = indexOf(tails[node]);
    const { definition, from, to } = placeOfTail(program, tails, node, opinions);
    const code = index <= 1 ? "infiniteMean" : "infiniteVariance";
    const key = [code, definition, from, to].join(" ");
    const before = found.get(key);
    if (!before) found.set(key, { code, at: { definition, from, to }, index: Number(index.toPrecision(3)), reached: [of] });
    else if (!before.reached.includes(of)) before.reached.push(of);
  }
  return [...found.values()];
}

/** The heavy tails that reach the exits or the strategic worth of cases, placed at the formula or forecast that brings them. */
export function tailProblems(
  workspace: Workspace,
  program: Program,
  { beliefs }: PooledBeliefs,
  definitions: Map<string, PlacedDefinition>,
): WorkspaceProblem[] {
  const worths = workspace.cases.flatMap(({ id }) =>
    ["exitValue", "strategicWorth"].map((field) => ({ column: `${id}.${field}`, of: id })),
  );
  const opinions = (question: string): string[] =>
    [...definitions.values()].filter(({ opinionOn }) => opinionOn === question).map(({ name }) => name);
  return heavyTails(program, worths, beliefs, opinions).flatMap(({ code, at, index, reached }): WorkspaceProblem[] => {
    const definition = definitions.get(at.definition);
    if (!definition?.place) return [];
    return [
      { code, severity: "warning", place: definition.place, within: withinWritten(at, definition), params: { cases: reached, index } },
    ];
  });
}

function indexOf({ lower, upper }: TailIndex): number {
  return Math.min(lower, upper);
}

/** The tail index of every step, from those of what it reads. */
function tailsOf(program: Program, beliefs: PooledBeliefs["beliefs"]): TailIndex[] {
  const tails: TailIndex[] = [];
  for (const node of program.nodes) tails.push(tailOf(program, node, tails, beliefs));
  return tails;
}

function tailOf({ nodes }: Program, node: ProgramNode, tails: TailIndex[], beliefs: PooledBeliefs["beliefs"]): TailIndex {
  switch (node.op) {
    case "constant":
      return light;
    case "sample":
      return tailIndex(node.distribution);
    case "sampleWith":
      return tailOfFamily(nodes, node);
    case "question": {
      const belief = beliefs[node.name];
      return belief?.kind === "distribution" ? tailIndex(belief.distribution) : light;
    }
    case "apply":
      return tailOfStep(nodes, node, tails);
  }
}

/** A family whose parameters differ between scenarios is as heavy as its heaviest, as far as the parameters are written as constants. */
function tailOfFamily(nodes: ProgramNode[], { family, parameters }: ProgramNode & { op: "sampleWith" }): TailIndex {
  if (family === "pareto") return { lower: Infinity, upper: leastConstant(nodes, parameters[1]) };
  const degrees = family === "student" ? leastConstant(nodes, parameters[0]) : Infinity;
  return { lower: degrees, upper: degrees };
}

/** The least constant that a step can come to through the branches of its `if`s. */
function leastConstant(nodes: ProgramNode[], index: number): number {
  const node = nodes[index];
  if (node.op === "constant") return node.amount;
  if (node.op !== "apply" || node.operator !== "if") return Infinity;
  return Math.min(leastConstant(nodes, node.inputs[1]), leastConstant(nodes, node.inputs[2]));
}

function tailOfStep(nodes: ProgramNode[], { operator, inputs }: ProgramNode & { op: "apply" }, tails: TailIndex[]): TailIndex {
  const given = inputs.map((input) => tails[input]);
  const constant = (place: number): number | undefined => {
    const input = nodes[inputs[place]];
    return input?.op === "constant" ? input.amount : undefined;
  };
  const [first, second] = given;
  switch (operator) {
    case "add":
    case "sum":
      return heaviest(given);
    case "subtract":
      return heaviest([first, turned(second)]);
    case "multiply":
      return heaviest([
        constant(1) !== undefined && constant(1)! < 0 ? turned(first) : first,
        constant(0) !== undefined && constant(0)! < 0 ? turned(second) : second,
      ]);
    case "divide":
    case "round":
    case "floor":
      return first;
    case "negate":
      return turned(first);
    case "abs":
      return { lower: Infinity, upper: indexOf(first) };
    case "sqrt":
      return { lower: Infinity, upper: 2 * first.upper };
    case "power": {
      const exponent = constant(1) ?? 0;
      return exponent > 0 ? { lower: first.lower / exponent, upper: first.upper / exponent } : light;
    }
    case "exp":
      // The exponential of what has a tail like a power has no moment at all.
      return { lower: Infinity, upper: first.upper < Infinity ? 0 : Infinity };
    case "max":
      return { lower: together(given.map((one) => one.lower)), upper: heaviest(given).upper };
    case "min":
      return { lower: heaviest(given).lower, upper: together(given.map((one) => one.upper)) };
    case "clip":
      return { lower: together([first.lower, second.lower]), upper: together([first.upper, given[2].upper]) };
    case "if":
      return heaviest(given.slice(1));
    default:
      return light;
  }
}

function turned({ lower, upper }: TailIndex): TailIndex {
  return { lower: upper, upper: lower };
}

/** Several must be large at once: no tail where one of them has none, else at most this heavy. */
function together(indexes: number[]): number {
  return indexes.reduce((sum, index) => sum + index, 0);
}

/** Where the distribution is written whose tail a step has: itself, one that it reads, or a forecast of the question. */
function placeOfTail(program: Program, tails: TailIndex[], start: number, opinions: (question: string) => string[]): HeavyTail["at"] {
  let index = start;
  for (;;) {
    const node = program.nodes[index];
    const heavier = (one: number, other: number): number => (indexOf(tails[other]) < indexOf(tails[one]) ? other : one);
    if (node.op === "apply") index = node.inputs.reduce(heavier);
    else {
      const own = node.op === "question" ? opinions(node.name).flatMap((name) => program.columns[name] ?? []) : [];
      return own.length > 0 ? program.nodes[own.reduce(heavier)].at : node.at;
    }
  }
}
