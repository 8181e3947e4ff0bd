import { demandConstant, reportMismatch } from "./demand.ts";
import { report, typed } from "./elaboration.ts";
import type { Elaboration } from "./elaboration.ts";
import { commonKind } from "./demand.ts";
import type { Operand } from "./demand.ts";
import { dateKind, durationKind, isNumeric, moneyKind, numberKind, probabilityKind } from "./kind.ts";
import type { Kind } from "./kind.ts";
import type { Argument, Tree } from "./tree.ts";

/** An argument whose label and value are constants. */
export interface LabelledConstant {
  label: number;
  amount: number;
  argument: Argument;
}

/** Splits the named arguments (low:, from: ...) of a call from the labelled ones. */
export function splitNamed(all: Argument[], names: string[]): { named: Map<string, Argument>; rest: Argument[] } {
  const named = new Map<string, Argument>();
  const rest: Argument[] = [];
  for (const argument of all) {
    const { label } = argument;
    if (label?.type === "name" && names.includes(label.name) && !named.has(label.name)) named.set(label.name, argument);
    else rest.push(argument);
  }
  return { named, rest };
}

/** The constant that a tree of a needed kind stands for. */
export function constantTree(elaboration: Elaboration, tree: Tree, kind: Kind, what: string): number | undefined {
  const checked = elaboration.elaborate(tree);
  return checked && demandConstant(elaboration, { typed: checked, tree }, kind, what);
}

/** The constants of some trees on one axis, and the kind they share: a probability only where all are. */
export function constantsOnAxis(elaboration: Elaboration, trees: Tree[], what: string): { kind: Kind; amounts: number[] } | undefined {
  const operands: Operand[] = [];
  for (const tree of trees) {
    const checked = elaboration.elaborate(tree);
    if (checked) operands.push({ typed: checked, tree });
  }
  const kind = operands.length === trees.length ? axisOf(elaboration, operands, what) : undefined;
  if (!kind) return undefined;
  const amounts = operands.map((operand) => demandConstant(elaboration, operand, kind, what));
  return amounts.includes(undefined) ? undefined : { kind, amounts: amounts as number[] };
}

function axisOf(elaboration: Elaboration, operands: Operand[], what: string): Kind | undefined {
  const allowed = [numberKind, moneyKind, durationKind, dateKind];
  const telling = operands.find(({ typed: one }) => !one.zero && !isNumeric(one.kind));
  if (!telling)
    return operands.every(({ typed: one }) => one.kind.kind === "probability" || one.zero) && operands.some(({ typed: one }) => !one.zero)
      ? probabilityKind
      : numberKind;
  const { kind } = telling.typed;
  if (!allowed.some((one) => one.kind === kind.kind)) return reportMismatch(elaboration, telling, allowed, what);
  const odd = operands.find(({ typed: one }) => !commonKind(elaboration, one, typed(one.node, kind)));
  return odd ? reportMismatch(elaboration, odd, [kind], what) : kind;
}

/** Reports constants that do not rise from one to the next; true where they do. */
export function demandRising(elaboration: Elaboration, entries: { amount: number; tree: Tree }[], show: (tree: Tree) => string): boolean {
  for (let index = 1; index < entries.length; index++) {
    const [before, entry] = [entries[index - 1], entries[index]];
    if (entry.amount > before.amount) continue;
    report(elaboration, "quantilesOutOfOrder", entry.tree, { found: show(entry.tree), after: show(before.tree) });
    return false;
  }
  return true;
}
