import { describe, expect, test } from "vitest";
import { evaluateConstant } from "./evaluate.ts";
import { problemOf, testWorld, unmark } from "./marked-formula.ts";
import { depthLimit, parse } from "./parser.ts";
import type { FormulaProblemCode } from "./problem.ts";
import type { Tree } from "./tree.ts";

/** A tree with all its parentheses. */
function bracketed(tree: Tree): string {
  switch (tree.type) {
    case "number":
      return `${tree.amount}`;
    case "name":
      return tree.name;
    case "date":
      return `day${tree.day}`;
    case "unary":
      return `(${tree.operator} ${bracketed(tree.operand)})`;
    case "binary":
      return `(${bracketed(tree.left)} ${tree.operator} ${bracketed(tree.right)})`;
    case "if":
      return `(if ${bracketed(tree.condition)} then ${bracketed(tree.whenTrue)} else ${bracketed(tree.whenFalse)})`;
    case "call":
      return `${tree.name}(${tree.arguments.map(({ label, value }) => (label ? `${bracketed(label)}: ` : "") + bracketed(value)).join(", ")})`;
    default:
      return tree.type;
  }
}

function shape(source: string): string {
  const { tree, problems } = parse(source);
  return tree ? bracketed(tree) : `problem ${problems[0].code}`;
}

function amount(source: string): number | undefined {
  const { amount: result, problems } = evaluateConstant(source, testWorld);
  expect(problems).toEqual([]);
  return result;
}

describe("numbers, money, dates", () => {
  test.each([
    ["10", 10],
    ["1_000", 1000],
    ["2.5", 2.5],
    ["1e6", 1e6],
    ["1.5E-3", 0.0015],
    ["65%", 0.65],
    ["0.1%", 0.001],
    ["65％", 0.65],
    ["3k", 3e3],
    ["2.5M", 2.5e6],
    ["2.5bn", 2.5e9],
    ["2 B", 2e9],
    ["1.5T", 1.5e12],
    ["3tn", 3e12],
    ["5000万", 5e7],
    ["20亿", 2e9],
    ["3千万", 3e7],
    ["2万亿", 2e12],
  ])("[F1] %s is a number", (source, result) => expect(amount(source)).toBe(result));

  test.each([
    ["USD 2.5bn", 2.5e9],
    ["2.5bn USD", 2.5e9],
    ["2.5bnUSD", 2.5e9],
    ["$5M", 5e6],
    ["US$ 5M", 5e6],
    ["20亿 RMB", 0.14 * 2e9],
    ["20亿元", 0.14 * 2e9],
    ["20 亿元", 0.14 * 2e9],
    ["5000万人民币", 0.14 * 5e7],
    ["3亿美元", 3e8],
    ["CNY 100", 100 * 0.14],
    ["¥100", 100 * 0.14],
    ["€10", 10 * 1.1],
    ["-USD 5", -5],
  ])("[F2] %s is money in the valuation currency", (source, result) => expect(amount(source)).toBe(result));

  test.each([
    ["1970-01-01", 0],
    ["2024-12-31", 20_088],
    ["2024-02-29", 19_782],
    ["0099-12-31", -683_004],
    ["today", 19_905],
    ["90 days", 90],
    ["1 day", 1],
    ["3 weeks", 21],
    ["6 months", 182.625],
    ["1.5 years", 547.875],
    ["1 year", 365.25],
  ])("[F3] %s is a date or duration in days", (source, result) => expect(amount(source)).toBe(result));

  test("[F3] without spaces it is a date, with spaces it is arithmetic", () => {
    expect(amount("days(2024-12-31 - 2024-12-30)")).toBe(1);
    expect(amount("2024 - 12 - 31")).toBe(1981);
  });

  test("[F4] full-width punctuation stands for its ASCII twin", () => {
    expect(amount("max（1，2）－（3）×2")).toBe(-4);
    expect(shape("oneOf（甲：60％，乙：40％）")).toBe("oneOf(甲: 0.6, 乙: 0.4)");
    expect(shape("a ≤ b")).toBe("(a <= b)");
  });

  test("[F5] comments and line ends are space", () => expect(amount("# cost\n 1 + # one\n\t2　+ 3 # end")).toBe(6));
});

describe("precedence", () => {
  test.each([
    ["1 + 2 * 3 ^ 2", "(1 + (2 * (3 ^ 2)))"],
    ["2 ^ 3 ^ 2", "(2 ^ (3 ^ 2))"],
    ["-2 ^ 2", "(- (2 ^ 2))"],
    ["2 ^ -1", "(2 ^ (- 1))"],
    ["-a * b", "((- a) * b)"],
    ["1 - 2 - 3", "((1 - 2) - 3)"],
    ["8 / 4 / 2", "((8 / 4) / 2)"],
    ["1 + 1 to 2 * 5", "((1 + 1) to (2 * 5))"],
    ["a by today + 1", "(a by (today + 1))"],
    ["a by b = c", "((a by b) = c)"],
    ["not a = b and c", "((not (a = b)) and c)"],
    ["not not a", "(not (not a))"],
    ["a or b and c", "(a or (b and c))"],
    ["a is b or c is not d", "((a = b) or (c != d))"],
    ["a == b", "(a = b)"],
  ])("[F7] %s reads as %s", (source, result) => expect(shape(source)).toBe(result));

  test.each([
    ["a if c else b", "(if c then a else b)"],
    ["if c then a else b", "(if c then a else b)"],
    ["a + 1 if c or d else b * 2", "(if (c or d) then (a + 1) else (b * 2))"],
    ["a if c else b if d else e", "(if c then a else (if d then b else e))"],
    ["if c then a else if d then b else e", "(if c then a else (if d then b else e))"],
    ["if c then x if y else z else w", "(if c then (if y then x else z) else w)"],
    ["1 + if c then 2 else 3", "(1 + (if c then 2 else 3))"],
    ["(a if c else b) * 2", "((if c then a else b) * 2)"],
  ])("[F9] %s reads as %s", (source, result) => expect(shape(source)).toBe(result));

  test("[F8] comparisons do not chain, but may be compared in parentheses", () => {
    for (const chain of ["1 < x < 3", "a = b = c", "a is b != c"]) expect(shape(chain)).toBe("problem chainedComparison");
    expect(shape("(a < b) = (c < d)")).toBe("((a < b) = (c < d))");
  });

  test("[F7] labels stop at the colon", () => {
    expect(shape("quantiles(10%: 2, low: -1)")).toBe("quantiles(0.1: 2, low: (- 1))");
    expect(shape("dates(2024-12-31: 30%, never: 70%)")).toBe("dates(day20088: 0.3, never: 0.7)");
  });
});

const syntaxProblems: [marked: string, code: FormulaProblemCode, params?: Record<string, unknown>][] = [
  ["«»", "emptyFormula"],
  ["«  # nothing yet»", "emptyFormula"],
  ["1 + «;»", "unexpectedCharacter", { found: ";" }],
  ["1 + «😀»", "unexpectedCharacter", { found: "😀" }],
  ["yes «&&» no", "foreignOperator", { found: "&&", suggestion: "and" }],
  ["2 «**» 3", "foreignOperator", { found: "**", suggestion: "^" }],
  ["«!»yes", "foreignOperator", { found: "!", suggestion: "not" }],
  ["«1.2.3»", "malformedNumber", { found: "1.2.3", suggestion: "" }],
  ["«5.»", "malformedNumber", { found: "5.", suggestion: "5.0" }],
  ["«1__0»", "malformedNumber"],
  ["«1e999»", "numberTooLarge", { found: "1e999" }],
  ["«1e305» bn", "numberTooLarge"],
  ["«1,000»", "commaInNumber", { found: "1,000", suggestion: "1_000" }],
  ["max(«1,000», 2)", "commaInNumber", { found: "1,000", suggestion: "1_000" }],
  ["«2024-02-30»", "noSuchDate", { found: "2024-02-30", lastDay: 29 }],
  ["«2024-13-01»", "noSuchDate", { found: "2024-13-01", lastDay: "" }],
  ['1 = «"open»', "unclosedText", { found: "open" }],
  ["1 + «*» 2", "unexpectedToken", { found: "*", expected: ["operand"] }],
  ["«then» 1", "unexpectedToken", { found: "then", expected: ["operand"] }],
  ["if yes «else» 2", "unexpectedToken", { found: "else", expected: ["operator", "then"] }],
  ["max(1: 2«:» 3)", "unexpectedToken", { found: ":", expected: ["operator", ",", ")"] }],
  ["1 +«»", "unexpectedEnd", { expected: ["operand"] }],
  ["1 if yes«»", "unexpectedEnd", { expected: ["else"] }],
  ["exit «value» * 2", "missingOperator", { before: "exit", after: "value" }],
  ["2«(»3)", "missingOperator", { before: "2", after: "(" }],
  ["max(1 «2»)", "missingOperator", { before: "1", after: "2" }],
  ["2 * «(»1 + 2", "unclosedParenthesis", { expected: [")"] }],
  ["max«(»1, (2)", "unclosedParenthesis"],
  ["max«(»1,", "unclosedParenthesis"],
  ["«(»", "unclosedParenthesis"],
  ["1 + 2«)»", "unopenedParenthesis"],
  ["1 < 2 «<» 3", "chainedComparison", { operator: "<", suggestion: "1 < 2 and 2 < ..." }],
  ["10«m»", "unknownUnit", { found: "m", suggestions: ["M"] }],
  ["2«x»", "unknownUnit", { found: "x", suggestions: [] }],
  ["5 «moths»", "unknownUnit", { found: "moths", suggestions: ["months", "month"] }],
  ["5 «usd»", "unknownUnit", { found: "usd", suggestions: ["USD"] }],
  ["«usd» 5", "unknownUnit", { found: "usd", suggestions: ["USD"] }],
  ["«$» x", "currencyWithoutAmount"],
];

describe("problems of syntax", () => {
  test.each(syntaxProblems)("[F29] %s: %s", (marked, code, params = {}) => {
    const { source, from, to } = unmark(marked);
    const problem = problemOf(source);
    expect(problem).toMatchObject({ code, at: { definition: "x", from, to }, params });
  });

  test("[F32] nesting beyond the limit is a problem, not a crash", () => {
    for (const [open, close] of [
      ["(", ")"],
      ["-", ""],
      ["not ", ""],
      ["max(1, ", ")"],
      ["2 ^ ", ""],
      ["1 if yes else ", ""],
      ["if yes then 1 else ", ""],
      ["1 + ", ""],
    ]) {
      expect(parse(open.repeat(5000) + "1" + close.repeat(5000)).problems).toMatchObject([
        { code: "tooDeep", params: { limit: depthLimit } },
      ]);
      expect(parse(open.repeat(200) + "1" + close.repeat(200)).problems).toEqual([]);
    }
  });

  test("[F32] more than 10,000 nodes are a problem; a sum of a thousand terms is not", () => {
    expect(parse(`sum(${"1,".repeat(9_000)}1)`).problems).toEqual([]);
    expect(parse(`sum(${"1,".repeat(10_000)}1)`).problems).toMatchObject([{ code: "tooLarge", params: { limit: 10_000 } }]);
  });
});
