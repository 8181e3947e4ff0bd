import type { Definition, FormulaContext } from "./definition.ts";
import { demand, fits } from "./demand.ts";
import { isDistributionTree, readDraw } from "./draws.ts";
import { elaborate } from "./elaborate.ts";
import { placeOf, report } from "./elaboration.ts";
import type { Elaboration, Resolved, Typed } from "./elaboration.ts";
import { describe, isNumeric, probabilityKind, sameKind } from "./kind.ts";
import type { Kind } from "./kind.ts";
import { collectNames, referencesOf, resolveName, visibleNames } from "./names.ts";
import type { Names, Reference } from "./names.ts";
import { suggest } from "./nearest.ts";
import { orderByReference } from "./order.ts";
import { parse } from "./parser.ts";
import { formulaProblem } from "./problem.ts";
import type { FormulaProblem } from "./problem.ts";
import { programBuilder } from "./program-builder.ts";
import type { ProgramBuilder } from "./program-builder.ts";
import { inputsOf } from "./program.ts";
import type { Program, ProgramNode, Reading } from "./program.ts";
import type { Tree } from "./tree.ts";
import { undefinedNode, undefinedReason } from "./undefined.ts";

interface Checking {
  names: Names;
  world: FormulaContext;
  trees: Map<string, Tree>;
  uses: Map<string, Reference[]>;
  sound: Map<string, Typed>;
  builder: ProgramBuilder;
  readings: Reading[];
  problems: FormulaProblem[];
}

/**
 * Checks definitions together and compiles them: all problems at once, and the program of whatever is sound.
 *
 * A definition that depends on a broken one is left out without a problem of its own. Problems come in the order of the definitions.
 */
export function check(definitions: Definition[], context: FormulaContext): { program: Program; problems: FormulaProblem[] } {
  const { names, problems } = collectNames(definitions);
  const checking: Checking = {
    names,
    world: context,
    trees: new Map(),
    uses: new Map(),
    sound: new Map(),
    builder: programBuilder(),
    readings: [],
    problems,
  };
  for (const definition of names.values()) parseDefinition(checking, definition);
  const { sorted, cycles } = orderByReference(new Map([...checking.uses].map(([name, all]) => [name, all.map((one) => one.name)])));
  reportCycles(checking, cycles);
  const circular = new Set(cycles.flat());
  for (const name of sorted) if (!circular.has(name)) checkDefinition(checking, names.get(name)!);
  const position = new Map(definitions.map(({ name }, index) => [name, index]));
  checking.problems.sort(
    (one, other) => position.get(one.at.definition)! - position.get(other.at.definition)! || one.at.from - other.at.from,
  );
  return { program: assemble(checking), problems: checking.problems };
}

function parseDefinition(checking: Checking, definition: Definition): void {
  const { name, scope, source = "", question } = definition;
  const { names } = checking;
  checking.uses.set(name, []);
  if (question) {
    const given = (question.given ?? []).flatMap((one) => resolveName(names, one, scope) ?? []);
    checking.uses.set(
      name,
      given.map((one) => ({ name: one, from: 0, to: 0 })),
    );
    return;
  }
  const { tree, problems } = parse(source, name);
  checking.problems.push(...problems);
  if (!tree) return;
  checking.trees.set(name, tree);
  checking.uses.set(name, referencesOf(tree, names, scope));
}

/** Reports every circle once, at the first of its definitions; whatever leads into one is left out silently. */
function reportCycles(checking: Checking, cycles: string[][]): void {
  const position = new Map([...checking.names.keys()].map((name, index) => [name, index]));
  for (const cycle of cycles) {
    const first = cycle.reduce((best, name, index) => (position.get(name)! < position.get(cycle[best])! ? index : best), 0);
    const path = [...cycle.slice(first), ...cycle.slice(0, first), cycle[first]];
    const { from, to } = checking.uses.get(path[0])!.find(({ name }) => name === path[1])!;
    checking.problems.push(formulaProblem("cycle", { definition: path[0], from, to }, { path }));
  }
}

function checkDefinition(checking: Checking, definition: Definition): void {
  const { name, expects } = definition;
  const before = checking.problems.length;
  const elaboration = elaborationOf(checking, definition);
  const tree = checking.trees.get(name);
  const checked = definition.question ? checkQuestion(elaboration, definition) : tree && elaborate(elaboration, tree);
  if (!checked) return;
  const result = expects && tree ? conform(elaboration, checked, tree, expects) : checked;
  if (result) reportUndefined(elaboration, result, tree);
  const broken = checking.problems.slice(before).some(({ severity }) => severity === "error");
  if (result && !broken) checking.sound.set(name, { ...result, zero: false });
}

function elaborationOf(checking: Checking, definition: Definition): Elaboration {
  const { names, world, builder, readings, problems } = checking;
  const { name, scope, source = "", today = world.today } = definition;
  const elaboration: Elaboration = {
    name,
    source,
    world: { ...world, today },
    builder,
    problems,
    readings,
    draws: 0,
    resolve: (written) => resolve(checking, written, scope),
    visibleNames: () => visibleNames(names, scope).filter((other) => other !== name),
    elaborate: (tree) => elaborate(elaboration, tree),
    isDistribution: isDistributionTree,
    distributionOf: (tree) => readDraw(elaboration, tree),
  };
  return elaboration;
}

function resolve(checking: Checking, written: string, scope?: string): Resolved {
  const name = resolveName(checking.names, written, scope);
  if (name === undefined) return { found: "nothing" };
  const typed = checking.sound.get(name);
  return typed ? { found: "quantity", typed } : { found: "broken" };
}

function checkQuestion(elaboration: Elaboration, definition: Definition): Typed | undefined {
  const { name, source } = definition;
  const { kind, given = [], answer } = definition.question!;
  const whole = { from: 0, to: source?.length ?? 0 };
  if (source !== undefined) return report(elaboration, "questionWithFormula", whole, { name });
  if (answer !== undefined) return { node: elaboration.builder.constant(answer, { definition: name, ...whole }), kind, zero: false };
  const nodes = given.map((one) => givenNode(elaboration, one, kind));
  if (nodes.includes(undefined)) return undefined;
  const node = elaboration.builder.question(name, nodes as number[], { definition: name, ...whole });
  return { node, kind, zero: false };
}

/** What the belief on a question is read from: the chance of a yes/no question, else a quantity of the question's kind. */
function givenNode(elaboration: Elaboration, name: string, kind: Kind): number | undefined {
  const whole = { from: 0, to: 0 };
  const resolved = elaboration.resolve(name);
  if (resolved.found === "nothing")
    return report(elaboration, "unknownName", whole, { name, suggestions: suggest(name, elaboration.visibleNames()) });
  if (resolved.found === "broken") return undefined;
  // A yes or no that was drawn already is a chance of 1 or 0.
  if (kind.kind === "yesNo" && resolved.typed.kind.kind === "yesNo") return resolved.typed.node;
  const tree: Tree = { type: "name", name, ...whole, depth: 1 };
  return demand(elaboration, { typed: resolved.typed, tree }, kind.kind === "yesNo" ? probabilityKind : kind, name);
}

/** The result as the first of the expected kinds that it fits. */
function conform(elaboration: Elaboration, checked: Typed, tree: Tree, expects: Kind[]): Typed | undefined {
  const exact = expects.find((kind) => sameKind(kind, checked.kind) || (isAnyChoice(kind) && checked.kind.kind === "choice"));
  if (exact) return checked;
  const kind = expects.find((one) => fits(checked, one)) ?? expects.find((one) => one.kind === "probability" && isNumeric(checked.kind));
  if (kind) {
    const node = demand(elaboration, { typed: checked, tree }, kind, elaboration.name);
    return node === undefined ? undefined : { node, kind, zero: false };
  }
  const params = { expected: expects.map(describe), found: describe(checked.kind), what: elaboration.name };
  return report(elaboration, "kindMismatch", tree, params);
}

function isAnyChoice(kind: Kind): boolean {
  return kind.kind === "choice" && kind.options.length === 0;
}

/** A definition that is undefined, or beyond the largest double, in every draw is wrong before anything runs. */
function reportUndefined(elaboration: Elaboration, { node, kind }: Typed, tree?: Tree): void {
  const { nodes, constantOf } = elaboration.builder;
  const amount = constantOf(node);
  const mayBeNever = kind.kind === "date" || kind.kind === "duration";
  if (amount === undefined || Number.isFinite(amount) || (mayBeNever && amount === Infinity)) return;
  const read = (index: number) => constantOf(index) ?? 0;
  const origin = undefinedNode(nodes, node, read);
  const step = nodes[origin];
  const params = { reason: undefinedReason(nodes, origin, read), operator: step.op === "apply" ? step.operator : step.op };
  const at = step.at.definition === elaboration.name || !tree ? step.at : placeOf(elaboration, tree);
  elaboration.problems.push(formulaProblem("undefinedResult", at, params));
}

/** Drops the steps that no column needs, and puts the program together. */
function assemble(checking: Checking): Program {
  const { builder, sound, uses, names } = checking;
  const kept = [...names.keys()].filter((name) => sound.has(name));
  const needed = new Uint8Array(builder.nodes.length);
  for (const name of kept) needed[sound.get(name)!.node] = 1;
  for (let index = needed.length - 1; index >= 0; index--)
    if (needed[index]) for (const input of inputsOf(builder.nodes[index])) needed[input] = 1;
  const moved = new Map<number, number>();
  const nodes: ProgramNode[] = [];
  for (const [index, node] of builder.nodes.entries()) if (needed[index]) moved.set(index, nodes.push(renumber(node, moved)) - 1);
  return {
    nodes,
    columns: Object.fromEntries(kept.map((name) => [name, moved.get(sound.get(name)!.node)!])),
    kinds: Object.fromEntries(kept.map((name) => [name, sound.get(name)!.kind])),
    streams: nodes.flatMap((node) => ("stream" in node ? [node.stream] : [])),
    readings: checking.readings.filter(({ at }) => sound.has(at.definition)),
    uses: Object.fromEntries(kept.map((name) => [name, [...new Set(uses.get(name)!.map((one) => one.name))]])),
  };
}

function renumber(node: ProgramNode, moved: Map<number, number>): ProgramNode {
  const renumbered = (inputs: number[]) => inputs.map((input) => moved.get(input)!);
  if (node.op === "apply") return { ...node, inputs: renumbered(node.inputs) };
  if (node.op === "question") return { ...node, given: renumbered(node.given) };
  return node.op === "sampleWith" ? { ...node, parameters: renumbered(node.parameters) } : node;
}
