import { placeOf, report, written } from "./elaboration.ts";
import type { Elaboration, Typed } from "./elaboration.ts";
import { describe, isNumeric, numberKind, probabilityKind, sameKind } from "./kind.ts";
import type { Kind } from "./kind.ts";
import type { Tree } from "./tree.ts";

/** A checked argument and how it was written. */
export interface Operand {
  typed: Typed;
  tree: Tree;
}

/** The step of an operand where a kind is needed; reports and answers undefined where it does not fit. A probability is clipped to [0, 1] at run time. */
export function demand(elaboration: Elaboration, operand: Operand, kind: Kind, what: string): number | undefined {
  const found = operand.typed.kind;
  if (kind.kind === "probability" && isNumeric(found)) return demandProbability(elaboration, operand);
  if (fits(operand.typed, kind)) return operand.typed.node;
  return reportMismatch(elaboration, operand, [kind], what);
}

/** Whether something can stand where a kind is needed. */
export function fits(typed: Typed, kind: Kind): boolean {
  if (typed.zero && ["number", "probability", "money", "duration"].includes(kind.kind)) return true;
  if (isNumeric(typed.kind) && kind.kind === "number") return true;
  return sameKind(typed.kind, kind);
}

/** The kind that two things have in common, as branches of an `if` need; undefined where they have none. */
export function commonKind(elaboration: Elaboration, left: Typed, right: Typed): Kind | undefined {
  if (left.zero && fits(left, right.kind)) return right.kind;
  if (right.zero && fits(right, left.kind)) return left.kind;
  if (!isNumeric(left.kind) || !isNumeric(right.kind)) return sameKind(left.kind, right.kind) ? left.kind : undefined;
  if (left.kind.kind === right.kind.kind) return left.kind;
  const plain = left.kind.kind === "number" ? left : right;
  return isUnitConstant(elaboration, plain.node) ? probabilityKind : numberKind;
}

/** Reports that an operand is of another kind than needed; a bare number where money or a duration is needed gets its own problem. */
export function reportMismatch(elaboration: Elaboration, operand: Operand, expected: Kind[], what: string): undefined {
  const [needed] = expected;
  if (expected.length === 1 && reportBareNumber(elaboration, operand, needed)) return undefined;
  const params = { expected: expected.map(describe), found: describe(operand.typed.kind), what };
  return report(elaboration, "kindMismatch", operand.tree, params);
}

/** Reports a number literal that lacks its currency or unit, and whether it did. */
export function reportBareNumber(elaboration: Elaboration, operand: Operand, needed: Kind): boolean {
  const { tree } = operand;
  if (tree.type !== "number" || tree.percent) return false;
  const found = written(elaboration, tree).replace(/^\(+|\)+$/g, "");
  if (needed.kind === "money") {
    report(elaboration, "moneyWithoutCurrency", tree, { found, suggestion: `${found} ${elaboration.world.currency}` });
  } else if (needed.kind === "duration") {
    report(elaboration, "durationWithoutUnit", tree, { found, suggestion: `${found} months` });
  } else return false;
  return true;
}

/** The amount of an operand of a kind where only a constant will do, finite unless `never` is allowed. */
export function demandConstant(elaboration: Elaboration, operand: Operand, kind: Kind, what: string): number | undefined {
  const node = demand(elaboration, operand, kind, what);
  return node === undefined ? undefined : finiteConstant(elaboration, node, operand.tree, what);
}

/** What a step amounts to where only a finite constant will do. */
export function finiteConstant(elaboration: Elaboration, node: number, tree: Tree, what: string): number | undefined {
  const amount = elaboration.builder.constantOf(node);
  if (amount === undefined) return report(elaboration, "parameterMustBeConstant", tree, { what });
  return Number.isFinite(amount) ? amount : report(elaboration, "notFinite", tree, { what });
}

function demandProbability(elaboration: Elaboration, { typed, tree }: Operand): number | undefined {
  const outside = outsideUnit(elaboration, typed.node);
  if (outside !== undefined) {
    const isShare = tree.type === "number" && !tree.percent && outside > 1 && outside <= 100;
    const suggestion = isShare ? `${outside}%` : "";
    return report(elaboration, "probabilityOutsideUnit", tree, { found: writtenAs(elaboration, tree, outside), suggestion });
  }
  if (typed.kind.kind === "probability" || isUnitConstant(elaboration, typed.node)) return typed.node;
  const { builder } = elaboration;
  const at = placeOf(elaboration, tree);
  return builder.apply("clip", [typed.node, builder.constant(0, at), builder.constant(1, at)], at);
}

/** A constant as its author wrote it, `130%`; its amount where it is the outcome of a longer formula. */
function writtenAs(elaboration: Elaboration, tree: Tree, amount: number): string | number {
  return tree.type === "number" ? elaboration.source.slice(tree.from, tree.to) : amount;
}

/** A constant outside [0, 1] that this step, or a branch of it, yields. */
function outsideUnit(elaboration: Elaboration, node: number): number | undefined {
  const { least, most } = elaboration.builder.outcomesOf(node);
  if (most > 1) return most;
  return least < 0 ? least : undefined;
}

/** Whether a step, in every branch of its `if`s, is a constant in [0, 1]. */
export function isUnitConstant(elaboration: Elaboration, node: number): boolean {
  const { least, most, only } = elaboration.builder.outcomesOf(node);
  return only && least >= 0 && most <= 1;
}
