import { describe, expect, test } from "vitest";
import type { Definition } from "./definition.ts";
import { evaluateConstant } from "./evaluate.ts";
import { describe as describeKind } from "./kind.ts";
import { problemOf, problemsOf, testWorld, unmark } from "./marked-formula.ts";

const samples: Record<string, string> = { n: "3", p: "65%", m: "USD 5", t: "2024-12-31", d: "6 months", q: "(2 > 1)", 0: "0" };

/** The kind of an operator between samples of two kinds, or `-`. */
function kindOf(left: string, operator: string, right: string): string {
  const { kind, problems } = evaluateConstant(`${samples[left]} ${operator} ${samples[right]}`, testWorld);
  return problems.length > 0 ? "-" : describeKind(kind!);
}

// Rows: left operand. Columns: right operand, in the order n p m t d q 0. - means a problem.
const tables: Record<string, string> = {
  "+": `n: number number - - - - number
        p: number number - - - - number
        m: - - money - - - money
        t: - - - - date - date
        d: - - - date duration - duration
        q: - - - - - - -
        0: number number money date duration - number`,
  "-": `n: number number - - - - number
        p: number number - - - - number
        m: - - money - - - money
        t: - - - duration date - date
        d: - - - - duration - duration
        q: - - - - - - -
        0: number number money - duration - number`,
  "*": `n: number number money - duration number number
        p: number probability money - duration number number
        m: money money - - - money money
        t: - - - - - - -
        d: duration duration - - - - duration
        q: number number money - - - number
        0: number number money - duration number number`,
  "/": `n: number number - - - - number
        p: number number - - - - number
        m: money money number - - - money
        t: - - - - - - -
        d: duration duration - - number - duration
        q: - - - - - - -
        0: number number number - number - number`,
  "^": `n: number number - - - - number
        m: - - - - - - -
        q: - - - - - - -`,
  "<": `n: yesNo yesNo - - - - yesNo
        p: yesNo yesNo - - - - yesNo
        m: - - yesNo - - - yesNo
        t: - - - yesNo - - -
        d: - - - - yesNo - yesNo
        q: - - - - - - -
        0: yesNo yesNo yesNo - yesNo - yesNo`,
  "=": `n: yesNo yesNo - - - - yesNo
        m: - - yesNo - - - yesNo
        t: - - - yesNo - - -
        q: - - - - - yesNo -`,
  and: `n: - - - - - - -
        q: - - - - - yesNo -`,
  by: `t: - - - yesNo - - -
       d: - - - - - - -`,
};

describe("kinds of operators", () => {
  for (const [operator, rows] of Object.entries(tables)) {
    test(`[F10] ${operator} between kinds`, () => {
      for (const row of rows.split("\n")) {
        const [left, cells] = row.trim().split(": ");
        const found = [..."npmtdq0"].map((right) => (operator === "/" && right === "0" ? "0" : kindOf(left, operator, right)));
        const expected = cells.split(" ").map((cell, index) => (operator === "/" && index === 6 ? "0" : cell));
        expect(`${left}: ${found.join(" ")}`).toBe(`${left}: ${expected.join(" ")}`);
      }
    });
  }
});

const openQuestions: Definition[] = [
  { name: "leader", question: { kind: { kind: "choice", options: ["openai", "google", "other labs"] } } },
  { name: "runner_up", question: { kind: { kind: "choice", options: ["openai", "google", "other labs"] } } },
  { name: "country", question: { kind: { kind: "choice", options: ["us", "china"] } } },
  { name: "passes", question: { kind: { kind: "yesNo" } } },
  { name: "google", source: "1" },
];

function kindIn(source: string): string {
  return describeKind(evaluateConstant(source, testWorld).kind!);
}

describe("problems of kinds", () => {
  test.each([
    ["«USD 5 + 3 * 2»", "operandsMismatch", { operator: "+", left: "money", right: "number" }],
    ["USD 5 + «3»", "moneyWithoutCurrency", { found: "3", suggestion: "3 USD" }],
    ["2024-12-31 + «6»", "durationWithoutUnit", { found: "6", suggestion: "6 months" }],
    ["6 months > «3»", "durationWithoutUnit", { found: "3", suggestion: "3 months" }],
    ["«5» to 10 USD", "moneyWithoutCurrency", { found: "5", suggestion: "5 USD" }],
    ["«passes» + 1", "yesNoArithmetic", { operator: "+", suggestion: "if passes then 1 else 0" }],
    ["1 - «(1 > 2)»", "yesNoArithmetic", { operator: "-", suggestion: "if (1 > 2) then 1 else 0" }],
    ["«passes» * passes", "yesNoArithmetic", { operator: "*", suggestion: "and" }],
    ["«-passes»", "yesNoArithmetic", {}],
    ["-«today»", "kindMismatch", { expected: ["number", "money", "duration"], found: "date", what: "-" }],
    ["not «5»", "kindMismatch", { expected: ["yesNo"], found: "number", what: "not" }],
    ["1 if «5» else 2", "kindMismatch", { expected: ["yesNo"], found: "number", what: "if" }],
    ["«1 if passes else yes»", "operandsMismatch", { operator: "if", left: "number", right: "yesNo" }],
    ["USD 1 if passes else «5»", "moneyWithoutCurrency", {}],
    ["max(USD 1, «2 years»)", "kindMismatch", { expected: ["money"], found: "duration", what: "max" }],
    ["max(«3», USD 1)", "moneyWithoutCurrency", {}],
    ["sum(1, «today»)", "kindMismatch", { expected: ["number", "money", "duration"], found: "date", what: "sum" }],
    ["exp(«USD 1»)", "kindMismatch", { expected: ["number"], found: "money", what: "exp: x" }],
    ["discount(10%, «5»)", "durationWithoutUnit", {}],
    ["chance(«130%»)", "probabilityOutsideUnit", { found: "130%", suggestion: "" }],
    ["chance(«65»)", "probabilityOutsideUnit", { found: "65", suggestion: "65%" }],
    ["chance(«1.2 if passes else 0.4»)", "probabilityOutsideUnit", { found: 1.2 }],
    ["chance(«passes»)", "kindMismatch", { expected: ["probability"], found: "yesNo", what: "chance: p" }],
    ["«GBP 5»", "unknownCurrency", { found: "GBP", known: ["USD", "RMB", "EUR", "HKD"] }],
    ["5 * «EUR»", "currencyWithoutAmount", { found: "EUR", suggestion: "EUR 100" }],
    ["5 * «USD5M»", "currencyWithoutAmount", { found: "USD5M", suggestion: "USD 5M" }],
    ["leader is «gogle»", "choiceUnknownOption", { option: "gogle", options: ["openai", "google", "other labs"], suggestions: ["google"] }],
    ["«anthropc» != leader", "choiceUnknownOption", { option: "anthropc", suggestions: [] }],
    ["«leader = country»", "operandsMismatch", {}],
    ["«leader > runner_up»", "operandsMismatch", {}],
    ["«leadr» is openai", "unknownName", { name: "leadr", suggestions: ["leader"] }],
    ['max(1, «"text"»)', "textOutsideComparison", { found: "text" }],
  ])("[F29] %s: %s", (marked, code, params) => {
    const { source, from, to } = unmark(marked);
    expect(problemOf(source, openQuestions)).toMatchObject({ code, at: { definition: "x", from, to }, params });
  });

  test("[F14] options are bare words next to their choice, before they are names", () => {
    for (const sound of [
      "leader is google",
      "google is leader",
      'leader != "other labs"',
      "leader = runner_up",
      "not leader is not openai",
    ]) {
      expect([sound, problemsOf(sound, openQuestions)]).toEqual([sound, []]);
    }
  });

  test("[F13] a yes counts as 1 when multiplied or summed", () => {
    expect(evaluateConstant("(2 > 1) * USD 5M + (1 > 2) * USD 3M", testWorld).amount).toBe(5e6);
    expect(evaluateConstant("3 * (2 > 1)", testWorld).amount).toBe(3);
    expect(evaluateConstant("sum(2 > 1, 2 > 1, 4, 1 > 2)", testWorld).amount).toBe(6);
    expect(problemsOf("sum(2 > 1, USD 5)")).toEqual(["kindMismatch «2 > 1»"]);
  });

  test("[F16] branches and arguments are of one kind", () => {
    for (const sound of [
      "USD 1 if yes else 0",
      "leader if passes else runner_up",
      "1 if passes else 30%",
      "clip(today, 2024-01-01, never)",
    ]) {
      expect([sound, problemsOf(sound, openQuestions)]).toEqual([sound, []]);
    }
    expect(problemsOf("leader if passes else country", openQuestions)).toEqual(["operandsMismatch «leader if passes else country»"]);
    expect(problemsOf("clip(today, 2024-01-01, 6 months)")).toEqual(["kindMismatch «6 months»"]);
    expect(problemsOf("max(leader, runner_up)", openQuestions)).toEqual(["kindMismatch «leader»"]);
  });

  test("[F11] only a bare 0 fits money and durations", () => {
    expect(problemsOf("max(0, USD 5)")).toEqual([]);
    expect(problemsOf("USD 5 if 2 > 1 else 0")).toEqual([]);
    expect(problemsOf("(6 months) > -0")).toEqual([]);
    expect(problemsOf("max(0%, USD 5)")).toEqual(["kindMismatch «0%»"]);
    expect(problemsOf("max(1 - 1, USD 5)")).toEqual(["kindMismatch «1 - 1»"]);
  });

  test("[F12] probabilities stay probabilities where they cannot leave [0, 1]", () => {
    for (const source of ["1 - 30%", "30% * 50%", "max(30%, 0.5)", "30% if yes else 0", "clip(5, 0, 1)", "min(20%, 30%)"])
      expect([source, kindIn(source)]).toEqual([source, "probability"]);
    for (const source of ["30% + 30%", "130%", "30% * 2", "-30%", "max(2, 0.5, 30%)", "2 - 30%", "30% / 50%"])
      expect([source, kindIn(source)]).toEqual([source, "number"]);
  });

  test("[F29] all problems of a formula show at once", () => {
    expect(problemsOf("foo + USD 5 * GBP 3 + (today + 6) + bar(1 + yes)")).toEqual([
      "unknownName «foo»",
      "unknownCurrency «GBP 3»",
      "durationWithoutUnit «6»",
      "unknownFunction «bar»",
      "yesNoArithmetic «yes»",
    ]);
  });
});
