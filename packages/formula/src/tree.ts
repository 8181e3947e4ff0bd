export type BinaryOperator = "+" | "-" | "*" | "/" | "^" | "to" | "by" | "=" | "!=" | "<" | "<=" | ">" | ">=" | "and" | "or";

/** An argument of a call, with what stands before its colon. */
export interface Argument {
  label?: Tree;
  value: Tree;
}

/** A formula as written. from and to are UTF-16 positions in its text, parentheses around it included; depth counts levels. */
export type Tree = { from: number; to: number; depth: number } & (
  | { type: "number"; amount: number; percent: boolean }
  | { type: "money"; amount: number; currency: string }
  | { type: "duration"; days: number }
  | { type: "date"; day: number }
  | { type: "today" | "never" }
  | { type: "yesNo"; yes: boolean }
  | { type: "text"; text: string }
  | { type: "name"; name: string }
  | { type: "unary"; operator: "-" | "not"; operand: Tree }
  | { type: "binary"; operator: BinaryOperator; left: Tree; right: Tree }
  | { type: "if"; condition: Tree; whenTrue: Tree; whenFalse: Tree }
  | { type: "call"; name: string; nameTo: number; arguments: Argument[] }
);

export type TreeOf<Type extends Tree["type"]> = Extract<Tree, { type: Type }>;

/** The trees directly below a tree, in the order in which they are written. */
export function branches(tree: Tree): Tree[] {
  switch (tree.type) {
    case "unary":
      return [tree.operand];
    case "binary":
      return [tree.left, tree.right];
    case "if":
      return [tree.condition, tree.whenTrue, tree.whenFalse].sort((one, other) => one.from - other.from);
    case "call":
      return tree.arguments.map((argument) => argument.value);
    default:
      return [];
  }
}
