import type { Distribution } from "@watershed/probability";
import type { FormulaContext, Place } from "./definition.ts";
import type { Kind } from "./kind.ts";
import { formulaProblem } from "./problem.ts";
import type { FormulaProblem, FormulaProblemCode, ProblemParams } from "./problem.ts";
import type { ProgramBuilder } from "./program-builder.ts";
import type { Reading } from "./program.ts";
import type { Tree } from "./tree.ts";

/** A checked part of a formula: its step and kind. A bare 0 fits number, money and duration alike. */
export interface Typed {
  node: number;
  kind: Kind;
  zero: boolean;
}

/** What a distribution call stands for: a distribution, or a family whose parameters are steps. */
export type Draw = { kind: Kind } & ({ distribution: Distribution } | { family: string; parameters: number[] });

/** What a name means where it is written. */
export type Resolved = { found: "quantity"; typed: Typed } | { found: "broken" } | { found: "nothing" };

/** One definition being checked. Functions of it answer undefined where something is wrong, which is then reported or was before. */
export interface Elaboration {
  name: string;
  source: string;
  world: FormulaContext;
  builder: ProgramBuilder;
  problems: FormulaProblem[];
  readings: Reading[];
  draws: number;
  resolve(name: string): Resolved;
  visibleNames(): string[];
  elaborate(tree: Tree): Typed | undefined;
  isDistribution(tree: Tree): boolean; // a call of a distribution, or `low to high`
  distributionOf(tree: Tree): Draw | undefined; // of such a tree
}

type Span = Pick<Tree, "from" | "to">;

/** The place of a stretch of this definition's text. */
export function placeOf(elaboration: Elaboration, { from, to }: Span): Place {
  return { definition: elaboration.name, from, to };
}

/** Notes a problem; answers undefined so that callers can return it. */
export function report<Code extends FormulaProblemCode>(
  elaboration: Elaboration,
  code: Code,
  span: Span,
  params: ProblemParams<Code>,
): undefined {
  elaboration.problems.push(formulaProblem(code, placeOf(elaboration, span), params));
  return undefined;
}

/** A part of the formula as it is written. */
export function written(elaboration: Elaboration, { from, to }: Span): string {
  return elaboration.source.slice(from, to);
}

/** The name of the next random stream: that of the definition, then NAME#2, NAME#3 ... in source order. */
export function nextStream(elaboration: Elaboration): string {
  elaboration.draws++;
  return elaboration.draws === 1 ? elaboration.name : `${elaboration.name}#${elaboration.draws}`;
}

/** A step of a kind at a place. */
export function typed(node: number, kind: Kind): Typed {
  return { node, kind, zero: false };
}
