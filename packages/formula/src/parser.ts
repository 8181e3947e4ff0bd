import { parseNumber, parsePrefixedMoney } from "./literal.ts";
import { tokens } from "./lexer.ts";
import type { Token } from "./lexer.ts";
import { accept, fail, finish, found, peek, startsOperand } from "./parsing.ts";
import type { Parsing } from "./parsing.ts";
import type { FormulaProblem } from "./problem.ts";
import type { Argument, BinaryOperator, Tree } from "./tree.ts";

/** Levels of nesting a formula may have, and nodes it may consist of. */
export const depthLimit = 500;
export const nodeLimit = 10_000;

const precedences: Record<string, number> = {
  if: 1,
  or: 2,
  and: 3,
  "=": 5,
  "==": 5,
  "!=": 5,
  "<": 5,
  "<=": 5,
  ">": 5,
  ">=": 5,
  is: 5,
  by: 6,
  to: 7,
  "+": 8,
  "-": 8,
  "*": 9,
  "/": 9,
  "^": 11,
};
const [ternary, disjunction, negation, comparison, sign, power] = [1, 2, 4, 5, 10, 11];

/**
 * Reads a formula into a tree with positions; without a tree there is at least one problem.
 *
 * Top-down operator precedence (Pratt 1973). Never throws and never runs deep: over 500 levels or 10,000 nodes is a problem.
 */
export function parse(source: string, definition = ""): { tree?: Tree; problems: FormulaProblem[] } {
  const lexed = tokens(source, definition);
  if (lexed.problems.length > 0) return { problems: lexed.problems };
  const parsing: Parsing = { source, definition, tokens: lexed.tokens, at: 0, nodes: 0, nesting: 0, depthLimit, nodeLimit };
  if (lexed.tokens.length === 1) fail(parsing, "emptyFormula", { from: 0, to: source.length }, {});
  const tree = parsing.problem ? undefined : parseExpression(parsing, ternary);
  if (tree && peek(parsing).type !== "end") failAfterEnd(parsing);
  return parsing.problem ? { problems: [parsing.problem] } : { tree, problems: [] };
}

function parseExpression(parsing: Parsing, least: number): Tree | undefined {
  if (++parsing.nesting > parsing.depthLimit) return fail(parsing, "tooDeep", peek(parsing), { limit: parsing.depthLimit });
  let left = parseOperand(parsing);
  while (left) {
    const token = peek(parsing);
    const precedence = isOperator(token) ? precedences[token.text] : undefined;
    if (precedence === undefined || precedence < least) break;
    parsing.at++;
    left = token.text === "if" ? parseTernary(parsing, left) : parseBinary(parsing, left, token, precedence);
  }
  parsing.nesting--;
  return left;
}

function isOperator(token: Token): boolean {
  return (token.type === "sign" || token.type === "keyword") && Object.hasOwn(precedences, token.text);
}

function parseBinary(parsing: Parsing, left: Tree, token: Token, precedence: number): Tree | undefined {
  const isNot = token.text === "is" && accept(parsing, "not");
  const right = parseExpression(parsing, precedence === power ? sign : precedence + 1);
  if (!right) return undefined;
  const operator = isNot ? "!=" : token.text === "is" || token.text === "==" ? "=" : (token.text as BinaryOperator);
  const next = peek(parsing);
  if (precedence === comparison && isOperator(next) && precedences[next.text] === comparison)
    return failChained(parsing, left, token, right, next);
  return finish(parsing, { type: "binary", operator, left, right, from: left.from, to: right.to }, [left, right]);
}

function failChained(parsing: Parsing, left: Tree, token: Token, right: Tree, next: Token): undefined {
  const written = (tree: Tree) => parsing.source.slice(tree.from, tree.to);
  const suggestion = `${written(left)} ${token.text} ${written(right)} and ${written(right)} ${next.text} ...`;
  return fail(parsing, "chainedComparison", next, { operator: next.text, suggestion });
}

function parseTernary(parsing: Parsing, whenTrue: Tree): Tree | undefined {
  const condition = parseExpression(parsing, disjunction);
  if (!condition || !expect(parsing, "else")) return undefined;
  const whenFalse = parseExpression(parsing, ternary);
  if (!whenFalse) return undefined;
  const children = [condition, whenTrue, whenFalse];
  return finish(parsing, { type: "if", condition, whenTrue, whenFalse, from: whenTrue.from, to: whenFalse.to }, children);
}

function parseIf(parsing: Parsing, from: number): Tree | undefined {
  const condition = parseExpression(parsing, ternary);
  if (!condition || !expect(parsing, "then")) return undefined;
  const whenTrue = parseExpression(parsing, ternary);
  if (!whenTrue || !expect(parsing, "else")) return undefined;
  const whenFalse = parseExpression(parsing, ternary);
  if (!whenFalse) return undefined;
  return finish(parsing, { type: "if", condition, whenTrue, whenFalse, from, to: whenFalse.to }, [condition, whenTrue, whenFalse]);
}

function parseOperand(parsing: Parsing): Tree | undefined {
  const token = peek(parsing);
  const { from, to } = token;
  parsing.at++;
  if (token.type === "number") return parseNumber(parsing, token);
  if (token.type === "currencySign") return parsePrefixedMoney(parsing, token);
  if (token.type === "date") return finish(parsing, { type: "date", day: token.amount, from, to }, []);
  if (token.type === "text") return finish(parsing, { type: "text", text: token.text, from, to }, []);
  if (token.type === "name") return parseNamed(parsing, token);
  switch (token.type === "end" ? "" : token.text) {
    case "today":
    case "never":
      return finish(parsing, { type: token.text as "today" | "never", from, to }, []);
    case "yes":
    case "no":
      return finish(parsing, { type: "yesNo", yes: token.text === "yes", from, to }, []);
    case "if":
      return parseIf(parsing, from);
    case "(":
      return parseParenthesis(parsing, token);
    case "-":
      return parseUnary(parsing, "-", from, sign);
    case "not":
      return parseUnary(parsing, "not", from, negation);
  }
  parsing.at--;
  return failOperand(parsing, token);
}

function failOperand(parsing: Parsing, token: Token): undefined {
  if (token.type === "end") return fail(parsing, "unexpectedEnd", token, { expected: ["operand"] });
  return fail(parsing, "unexpectedToken", token, { found: found(token), expected: ["operand"] });
}

function parseUnary(parsing: Parsing, operator: "-" | "not", from: number, precedence: number): Tree | undefined {
  const operand = parseExpression(parsing, precedence);
  return operand && finish(parsing, { type: "unary", operator, operand, from, to: operand.to }, [operand]);
}

function parseParenthesis(parsing: Parsing, open: Token): Tree | undefined {
  const inner = parseExpression(parsing, ternary);
  if (!inner) return parsing.problem?.code === "unexpectedEnd" ? failUnclosed(parsing, open) : undefined;
  if (!accept(parsing, ")")) return failInside(parsing, open, [")"]);
  return { ...inner, from: open.from, to: parsing.tokens[parsing.at - 1].to };
}

function parseNamed(parsing: Parsing, token: Token): Tree | undefined {
  const { text, from, to } = token;
  if (peek(parsing).type === "number") return parsePrefixedMoney(parsing, token);
  if (!accept(parsing, "(")) return finish(parsing, { type: "name", name: text, from, to }, []);
  const open = parsing.tokens[parsing.at - 1];
  const given: Argument[] = [];
  while (!accept(parsing, ")")) {
    if (peek(parsing).type === "end") return failUnclosed(parsing, open);
    const argument = parseArgument(parsing);
    if (!argument) return parsing.problem?.code === "unexpectedEnd" ? failUnclosed(parsing, open) : undefined;
    given.push(argument);
    if (!accept(parsing, ",") && peek(parsing).text !== ")") return failInside(parsing, open, [",", ")"]);
  }
  const end = parsing.tokens[parsing.at - 1].to;
  const children = given.flatMap(({ label, value }) => (label ? [label, value] : [value]));
  return finish(parsing, { type: "call", name: text, nameTo: to, arguments: given, from, to: end }, children);
}

function parseArgument(parsing: Parsing): Argument | undefined {
  const first = parseExpression(parsing, ternary);
  if (!first || !accept(parsing, ":")) return first && { value: first };
  const value = parseExpression(parsing, ternary);
  return value && { label: first, value };
}

function expect(parsing: Parsing, word: "then" | "else"): boolean {
  if (accept(parsing, word)) return true;
  const token = peek(parsing);
  if (token.type === "end") fail(parsing, "unexpectedEnd", token, { expected: [word] });
  else failBetween(parsing, token, [word]);
  return false;
}

function failInside(parsing: Parsing, open: Token, expected: string[]): undefined {
  const token = peek(parsing);
  return token.type === "end" ? failUnclosed(parsing, open) : failBetween(parsing, token, expected);
}

function failUnclosed(parsing: Parsing, open: Token): undefined {
  parsing.problem = undefined;
  return fail(parsing, "unclosedParenthesis", open, { expected: [")"] });
}

/** Two values side by side lack an operator; anything else is out of place. */
function failBetween(parsing: Parsing, token: Token, expected: string[]): undefined {
  const before = parsing.tokens[parsing.at - 1];
  if (before && startsOperand(token)) return fail(parsing, "missingOperator", token, { before: found(before), after: found(token) });
  return fail(parsing, "unexpectedToken", token, { found: found(token), expected: ["operator", ...expected] });
}

function failAfterEnd(parsing: Parsing): undefined {
  const token = peek(parsing);
  if (token.text === ")" && token.type === "sign") return fail(parsing, "unopenedParenthesis", token, {});
  const [before, , after] = parsing.tokens.slice(parsing.at - 1);
  const joins =
    token.text === "," && before.type === "number" && after.type === "number" && before.to === token.from && token.to === after.from;
  if (!joins) return failBetween(parsing, token, ["end"]);
  const params = { found: `${before.text},${after.text}`, suggestion: `${before.text}_${after.text}` };
  return fail(parsing, "commaInNumber", { from: before.from, to: after.to }, params);
}
