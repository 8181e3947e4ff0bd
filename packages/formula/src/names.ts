import type { Definition } from "./definition.ts";
import { keywords } from "./lexer.ts";
import { formulaProblem } from "./problem.ts";
import type { FormulaProblem } from "./problem.ts";
import type { Tree } from "./tree.ts";
import { branches } from "./tree.ts";

/** The definitions of a program by name. */
export type Names = Map<string, Definition>;

const soundName = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

/** Collects definitions by name; of two with one name the first counts, and the second is a problem. */
export function collectNames(definitions: Definition[]): { names: Names; problems: FormulaProblem[] } {
  const names: Names = new Map();
  const problems: FormulaProblem[] = [];
  for (const definition of definitions) {
    const { name, source = "" } = definition;
    const at = { definition: name, from: 0, to: source.length };
    if (names.has(name)) problems.push(formulaProblem("duplicateName", at, { name }));
    else if (keywords.has(name)) problems.push(formulaProblem("reservedName", at, { name }));
    else if (!soundName.test(name) || name === "__proto__") problems.push(formulaProblem("invalidName", at, { name }));
    else names.set(name, definition);
  }
  return { names, problems };
}

/** The definition that a name means in a scope: one of that scope first, then of the scopes around it ("a.b", "a"), else a global one. */
export function resolveName(names: Names, name: string, scope?: string): string | undefined {
  if (scope === undefined) return names.has(name) ? name : undefined;
  const local = `${scope}.${name}`;
  if (names.has(local)) return local;
  const around = scope.lastIndexOf(".");
  return resolveName(names, name, around < 0 ? undefined : scope.slice(0, around));
}

/** Names as they can be written in a scope: its own without the scope, and all others in full. */
export function visibleNames(names: Names, scope?: string): string[] {
  const prefix = `${scope}.`;
  return [...names.keys()].map((name) => (scope !== undefined && name.startsWith(prefix) ? name.slice(prefix.length) : name));
}

/** A name written in a formula, the definition it means, and where. */
export interface Reference {
  name: string;
  from: number;
  to: number;
}

/** The definitions a tree names, in source order; a word compared with a choice question is its option, not a name. */
export function referencesOf(tree: Tree, names: Names, scope?: string): Reference[] {
  if (tree.type === "name") {
    const name = resolveName(names, tree.name, scope);
    return name === undefined ? [] : [{ name, from: tree.from, to: tree.to }];
  }
  const isOption = (side: Tree, other: Tree) => side.type === "name" && optionsOf(other, names, scope).includes(side.name);
  const equality = tree.type === "binary" && (tree.operator === "=" || tree.operator === "!=") ? tree : undefined;
  const below = branches(tree).filter(
    (branch) => !equality || !isOption(branch, branch === equality.left ? equality.right : equality.left),
  );
  return [...labelsOf(tree), ...below].flatMap((branch) => referencesOf(branch, names, scope));
}

/** Labels that stand for amounts; those of other calls are names of arguments or options. */
function labelsOf(tree: Tree): Tree[] {
  if (tree.type !== "call" || !["dates", "mixture", "empirical"].includes(tree.name)) return [];
  return tree.arguments.flatMap(({ label }) => (label && !(label.type === "name" && label.name === "from") ? [label] : []));
}

function optionsOf(tree: Tree, names: Names, scope?: string): string[] {
  const name = tree.type === "name" ? resolveName(names, tree.name, scope) : undefined;
  const kind = name === undefined ? undefined : names.get(name)!.question?.kind;
  return kind?.kind === "choice" ? kind.options : [];
}
