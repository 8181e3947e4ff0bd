import { combine } from "./combine.ts";
import { placeOf, report, typed } from "./elaboration.ts";
import type { Elaboration, Typed } from "./elaboration.ts";
import { suggest } from "./nearest.ts";
import type { Tree, TreeOf } from "./tree.ts";

/** A side of a comparison before it is known what it is compared with: a bare word may turn out to be an option. */
interface Side {
  tree: Tree;
  word?: string; // a bare name or a text
  typed?: Typed;
  broken: boolean; // wrong, and reported
}

/** Checks `left = right` and `left != right`; against a choice a bare word is one of its options, before it is a name. */
export function elaborateEquality(elaboration: Elaboration, tree: TreeOf<"binary">, operator: "=" | "!="): Typed | undefined {
  const [left, right] = [readSide(elaboration, tree.left), readSide(elaboration, tree.right)];
  if (left.broken || right.broken) return undefined;
  const [leftTyped, rightTyped] = [asOption(elaboration, left, right) ?? left.typed, asOption(elaboration, right, left) ?? right.typed];
  if (leftTyped && rightTyped)
    return combine(elaboration, tree, operator, { typed: leftTyped, tree: tree.left }, { typed: rightTyped, tree: tree.right });
  const [unknown, other] = leftTyped ? [right, left] : [left, right];
  return reportUnknownWord(elaboration, unknown, other);
}

function readSide(elaboration: Elaboration, tree: Tree): Side {
  if (tree.type === "text") return { tree, word: tree.text, broken: false };
  if (tree.type !== "name") {
    const checked = elaboration.elaborate(tree);
    return { tree, typed: checked, broken: !checked };
  }
  const resolved = elaboration.resolve(tree.name);
  if (resolved.found === "quantity") return { tree, word: tree.name, typed: resolved.typed, broken: false };
  return { tree, word: tree.name, broken: resolved.found === "broken" };
}

/** The side as an option of the choice on the other side, where it is one. */
function asOption(elaboration: Elaboration, side: Side, other: Side): Typed | undefined {
  const kind = other.typed?.kind;
  if (side.word === undefined || kind?.kind !== "choice") return undefined;
  const index = kind.options.indexOf(side.word);
  return index < 0 ? undefined : typed(elaboration.builder.constant(index, placeOf(elaboration, side.tree)), kind);
}

function reportUnknownWord(elaboration: Elaboration, unknown: Side, other: Side): undefined {
  const kind = other.typed?.kind;
  if (kind?.kind !== "choice") {
    elaboration.elaborate(unknown.tree);
    return undefined;
  }
  const option = unknown.word!;
  return report(elaboration, "choiceUnknownOption", unknown.tree, {
    option,
    options: kind.options,
    suggestions: suggest(option, kind.options),
  });
}
