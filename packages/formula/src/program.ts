import type { Distribution } from "@watershed/probability";
import type { Place } from "./definition.ts";
import type { Kind } from "./kind.ts";
import type { Operator } from "./operators.ts";

/** One step of a program. `at` is the first place where it is written: equal steps are shared between definitions. */
export type ProgramNode = { at: Place } & (
  | { op: "constant"; amount: number }
  | { op: "question"; name: string; given: number[]; stream: string }
  | { op: "sample"; distribution: Distribution; stream: string }
  | { op: "sampleWith"; family: string; parameters: number[]; stream: string }
  | { op: "apply"; operator: Operator; inputs: number[] }
);

/** How one `low to high` was read: its 5% and 95% points on a lognormal or a normal. */
export interface Reading {
  at: Place;
  reading: "lognormal" | "normal";
  low: number;
  high: number;
}

/** Checked formulas as steps in topological order: the inputs of a node always come before it. */
export interface Program {
  nodes: ProgramNode[];
  columns: Record<string, number>; // definition name -> node
  kinds: Record<string, Kind>; // definition name -> kind
  streams: string[]; // every random stream it draws from, in node order
  readings: Reading[];
  uses?: Record<string, string[]>; // definition name -> definitions its text names; absent from programs written by hand
}

/** The nodes that a node reads. */
export function inputsOf(node: ProgramNode): number[] {
  if (node.op === "apply") return node.inputs;
  if (node.op === "question") return node.given;
  return node.op === "sampleWith" ? node.parameters : [];
}

/** Which nodes the given columns depend on, themselves included: `Uint8Array // [node]`, 1 or 0. Unknown names are skipped. */
export function dependentNodes(program: Program, names: string[]): Uint8Array {
  const needed = new Uint8Array(program.nodes.length);
  for (const name of names) if (Object.hasOwn(program.columns, name)) needed[program.columns[name]] = 1;
  for (let index = program.nodes.length - 1; index >= 0; index--) {
    if (needed[index]) for (const input of inputsOf(program.nodes[index])) needed[input] = 1;
  }
  return needed;
}

/**
 * The definitions a column depends on, transitively, without itself, in program order.
 *
 * By the names in the formulas where the program knows them (a superset of what the nodes read, because constants are folded),
 * else by the nodes.
 */
export function dependencies(program: Program, column: string): string[] {
  let known = dependenciesOf.get(program);
  if (!known) dependenciesOf.set(program, (known = { places: placesOf(program), found: new Map() }));
  const found = known.found.get(column) ?? findDependencies(program, column, known.places);
  known.found.set(column, found);
  return found;
}

/** Every review asks for the same dependencies many times over, and a program never changes. */
const dependenciesOf = new WeakMap<Program, { places: Map<string, number>; found: Map<string, string[]> }>();

function placesOf({ columns }: Program): Map<string, number> {
  return new Map(Object.keys(columns).map((name, place) => [name, place]));
}

function findDependencies(program: Program, column: string, places: Map<string, number>): string[] {
  const reached = program.uses ? namesReached(program.uses, column) : namesOfNodes(program, column);
  reached.delete(column);
  return [...reached].filter((name) => places.has(name)).sort((one, other) => places.get(one)! - places.get(other)!);
}

function namesReached(uses: Record<string, string[]>, column: string): Set<string> {
  const reached = new Set<string>();
  const waiting = [column];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    if (Object.hasOwn(uses, name)) waiting.push(...uses[name]);
  }
  return reached;
}

function namesOfNodes(program: Program, column: string): Set<string> {
  const needed = dependentNodes(program, [column]);
  return new Set(Object.keys(program.columns).filter((name) => needed[program.columns[name]]));
}
