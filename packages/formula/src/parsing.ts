import type { Token } from "./lexer.ts";
import { formulaProblem } from "./problem.ts";
import type { FormulaProblem, FormulaProblemCode, ProblemParams } from "./problem.ts";
import type { Tree } from "./tree.ts";

/** A parse under way: it stops at its first problem. */
export interface Parsing {
  source: string;
  definition: string;
  tokens: Token[]; // the last is `end`
  at: number;
  nodes: number;
  nesting: number;
  depthLimit: number;
  nodeLimit: number;
  problem?: FormulaProblem;
}

type Span = Pick<Token, "from" | "to">;
type Unfinished = Tree extends infer Each ? (Each extends Tree ? Omit<Each, "depth"> : never) : never;

/** The token to be read next. */
export function peek(parsing: Parsing): Token {
  return parsing.tokens[Math.min(parsing.at, parsing.tokens.length - 1)];
}

/** Steps over a sign or keyword if it is next. */
export function accept(parsing: Parsing, text: string): boolean {
  const token = peek(parsing);
  if (token.text !== text || (token.type !== "sign" && token.type !== "keyword")) return false;
  parsing.at++;
  return true;
}

/** Notes what stopped the parse. */
export function fail<Code extends FormulaProblemCode>(parsing: Parsing, code: Code, span: Span, params: ProblemParams<Code>): undefined {
  parsing.problem ??= formulaProblem(code, { definition: parsing.definition, from: span.from, to: span.to }, params);
  return undefined;
}

/** Completes a tree over its children, within the limits of size and depth. */
export function finish(parsing: Parsing, tree: Unfinished, children: Tree[]): Tree | undefined {
  if (++parsing.nodes > parsing.nodeLimit) return fail(parsing, "tooLarge", tree, { limit: parsing.nodeLimit });
  const depth = 1 + children.reduce((most, child) => Math.max(most, child.depth), 0);
  if (depth > parsing.depthLimit) return fail(parsing, "tooDeep", tree, { limit: parsing.depthLimit });
  return { ...tree, depth } as Tree;
}

/** A token as a problem shows it. */
export function found(token: Token): string {
  return token.type === "text" ? `"${token.text}"` : token.text;
}

/** Whether a value can begin with this token. */
export function startsOperand(token: Token): boolean {
  if (token.type === "keyword") return ["today", "never", "yes", "no", "not"].includes(token.text);
  return token.type === "sign" ? token.text === "(" : token.type !== "end";
}
