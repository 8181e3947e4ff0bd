import type { InvestmentCase, Workspace } from "@watershed/domain";
import { describe, expect, test } from "vitest";
import { compileWorkspace } from "./compile-workspace.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import { runCase } from "./run-case.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

/** The tiny workspace with its case changed. */
function withCase(change: Partial<InvestmentCase>, more: Partial<Workspace> = {}): Workspace {
  const workspace = { ...tinyWorkspace(), ...more };
  return { ...workspace, cases: workspace.cases.map((one) => ({ ...one, ...change })) };
}

/** The problems of a workspace, by code, place and params. */
function problemsOf(workspace: Workspace): object[] {
  return compileWorkspace(workspace).problems;
}

const place = (...path: (string | number)[]) => ({ kind: "cases", index: 0, path });
const terms = { ticket: "60 USD", preMoney: "60 USD", newMoney: "0 USD" };

describe("heavy tails are told, with their place", () => {
  test.each<[string, string, string | undefined, number?]>([
    ["pareto(50 USD, 0.9)", "pareto(50 USD, 0.9)", "infiniteMean", 0.9],
    ["pareto(50 USD, 1)", "pareto(50 USD, 1)", "infiniteMean", 1],
    ["pareto(50 USD, 1.5)", "pareto(50 USD, 1.5)", "infiniteVariance", 1.5],
    ["pareto(50 USD, 2)", "pareto(50 USD, 2)", "infiniteVariance", 2],
    ["pareto(50 USD, 2.1)", "pareto(50 USD, 2.1)", undefined],
    ["max(0, student(1, 50 USD, 10 USD))", "student(1, 50 USD, 10 USD)", "infiniteMean", 1],
    ["0 USD - min(0 USD, student(1.5, 50 USD, 10 USD))", "student(1.5, 50 USD, 10 USD)", "infiniteVariance", 1.5],
    ["max(0, 90 USD - max(0, student(1, 50 USD, 10 USD)))", "", undefined], // the heavy side is cut off
    ["pareto(50 USD, 0.8 if succeeds else 3)", "pareto(50 USD, 0.8 if succeeds else 3)", "infiniteMean", 0.8],
    ["3 USD * pareto(50, 1.5) ^ 2", "pareto(50, 1.5)", "infiniteMean", 0.75],
    ["3 USD * sqrt(pareto(50, 0.9))", "pareto(50, 0.9)", "infiniteVariance", 1.8],
    ["3 USD * log(pareto(50, 0.9))", "", undefined],
    ["3 USD * exp(pareto(1, 9))", "pareto(1, 9)", "infiniteMean", 0],
    ["90 USD / pareto(1, 0.5)", "", undefined],
    ["min(pareto(50 USD, 0.9), 900 USD)", "", undefined],
    ["clip(pareto(50 USD, 0.9), 0 USD, 900 USD)", "", undefined],
    ["truncate(pareto(50 USD, 0.9), high: 900 USD)", "", undefined],
    ["(pareto(50 USD, 0.9) if succeeds else 30 USD) * (1 to 2)", "pareto(50 USD, 0.9)", "infiniteMean", 0.9],
    ["(300 USD if pareto(1, 0.5) > 3 else 30 USD)", "", undefined],
    [
      "mixture(90%: 5 USD to 9 USD, 10%: pareto(50 USD, 0.9))",
      "mixture(90%: 5 USD to 9 USD, 10%: pareto(50 USD, 0.9))",
      "infiniteMean",
      0.9,
    ],
    ["lognormal(median: 50 USD, sigma: 2)", "", undefined],
    [
      "quantiles(10%: 1 USD, 50%: 10 USD, 90%: 1000 USD, low: 0 USD)",
      "quantiles(10%: 1 USD, 50%: 10 USD, 90%: 1000 USD, low: 0 USD)",
      "infiniteMean",
      undefined,
    ],
  ])("%s", (exitValue, culprit, code, index) => {
    const found = problemsOf(withCase({ exitValue }));
    if (code === undefined) return expect(found).toEqual([]);
    const from = exitValue.indexOf(culprit);
    expect(found).toMatchObject([
      {
        code,
        severity: "warning",
        place: place("exitValue"),
        within: { from, to: from + culprit.length },
        params: { cases: ["acme_case"], ...(index === undefined ? {} : { index }) },
      },
    ]);
  });

  test("in a forecast, where the case depends on its question", () => {
    const { questions, forecasts } = tinyWorkspace();
    const size = {
      id: "size",
      text: "How large?",
      kind: "number" as const,
      dimension: "d",
      criterion: "c",
      resolveBy: "2024-12-31",
      unit: "USD",
    };
    const opinions = ["5 USD to 9 USD", "pareto(5 USD, 0.7)"].map((distribution, person) => ({
      question: "size",
      by: ["ann", "bo"][person],
      on: "2024-03-01",
      distribution,
    }));
    const more = { questions: [...questions, size], forecasts: [...forecasts, ...opinions] };
    expect(problemsOf(withCase({}, more))).toEqual([]); // nothing depends on it
    expect(problemsOf(withCase({ exitValue: "size * 3" }, more))).toMatchObject([
      { code: "infiniteMean", place: { kind: "forecasts", index: 5, path: ["distribution"] }, params: { index: 0.7 } },
    ]);
  });

  test("in a shared quantity, once for all cases it reaches", () => {
    const workspace = withCase(
      { exitValue: "wide" },
      { quantities: [{ id: "wide", formula: "pareto(50 USD, 1.2)" }, ...tinyWorkspace().quantities] },
    );
    const other = { ...workspace.cases[0], id: "bolt_case", company: "bolt", exitValue: "wide * 2" };
    const companies = [...workspace.companies, { ...workspace.companies[0], id: "bolt" }];
    expect(problemsOf({ ...workspace, companies, cases: [...workspace.cases, other] })).toMatchObject([
      { code: "infiniteVariance", place: { kind: "quantities", index: 0 }, params: { cases: ["acme_case", "bolt_case"] } },
    ]);
  });

  test("in a case file, where it reaches an alternative", () => {
    const { result, problems } = runCase(
      { questions: { q: "pareto(1, 0.5)", p: "pareto(1, 0.5)" }, alternatives: { a: "q", b: "3" } },
      { draws: 1024 },
    );
    expect(problems).toMatchObject([
      {
        code: "infiniteMean",
        severity: "warning",
        path: ["questions", "q"],
        within: { from: 0, to: 14 },
        params: { alternatives: ["a"], index: 0.5 },
      },
    ]);
    expect(result).toBeDefined();
  });
});

describe("a case that cannot be decided as written is told, with its place", () => {
  test.each<[string, Partial<InvestmentCase>, object]>([
    ["no alternative", { now: undefined, wait: undefined }, { code: "caseWithoutAlternative", severity: "warning", place: place("id") }],
    ["an empty list of waits", { now: undefined, wait: [] }, { code: "caseWithoutAlternative", severity: "warning" }],
    [
      "a ticket of nothing",
      { now: { ...terms, ticket: "0 USD" } },
      { code: "termNotPositive", severity: "error", place: place("now", "ticket") },
    ],
    ["a negative ticket", { now: { ...terms, ticket: "-5 USD" } }, { code: "termNotPositive", place: place("now", "ticket") }],
    [
      "a negative price",
      { now: { ...terms, preMoney: "-1 USD", newMoney: "90 USD" }, wait: undefined },
      { code: "termNotPositive", place: place("now", "preMoney") },
    ],
    [
      "negative new money",
      { now: { ...terms, newMoney: "-1 USD", ticket: "10 USD" } },
      { code: "termNotPositive", place: place("now", "newMoney") },
    ],
    [
      "a ticket above the whole company",
      { now: { ...terms, ticket: "61 USD" } },
      { code: "ticketAboveCompany", place: place("now", "ticket") },
    ],
    [
      "a ticket of nothing later",
      { wait: [{ trigger: "shows", ticket: "0 USD", preMoney: "90 USD" }] },
      { code: "termNotPositive", place: place("wait", 0, "ticket") },
    ],
  ])("%s", (_, change, problem) => {
    expect(problemsOf(withCase(change))).toMatchObject([problem]);
  });

  test("the price of a whole company may be the ticket: that is no problem", () => {
    expect(problemsOf(withCase({ now: terms }))).toEqual([]);
  });

  test("a workspace without a case says so; one whose cases came later does not", () => {
    const empty = { ...tinyWorkspace(), cases: [] };
    expect(problemsOf(empty)).toMatchObject([
      { code: "noCases", severity: "warning", place: { kind: "settings", index: 0, path: ["id"] } },
    ]);
    expect(compileWorkspace(tinyWorkspace(), "2024-02-01").problems.filter(({ code }) => code === "noCases")).toEqual([]);
  });
});

describe("extremes are computed or refused, never NaN", () => {
  test.each([1, 2, 15, 16, 127, 129])("%i draws", (draws) => {
    const { review } = reviewWorkspace(tinyWorkspace(), { draws });
    expect(review!.draws).toBeGreaterThanOrEqual(draws);
    expect(numbersIn(review).filter((number) => Number.isNaN(number))).toEqual([]);
  });

  test.each<[string, Partial<InvestmentCase>, Partial<Workspace>?]>([
    ["nothing varies", { exitValue: "100 USD", exitDate: "2026-03-31" }],
    ["the exit never comes", { exitDate: "never" }],
    ["the exit is worth nothing", { exitValue: "0 USD" }],
    ["nothing is left of the holding", { retention: 0 }],
    [
      "the question is settled in every forecast",
      {},
      {
        forecasts: [
          { question: "succeeds", by: "ann", on: "2024-03-01", probability: "0%" },
          { question: "weather", by: "ann", on: "2024-03-01", probability: "100%" },
        ],
      },
    ],
    ["the mean is infinite", { exitValue: "pareto(50 USD, 0.3)" }],
    ["no alternative", { now: undefined, wait: undefined }],
  ])("%s", (_, change, more) => {
    const { review, problems } = reviewWorkspace(withCase(change, more), { draws: 2048 });
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(review!.companies.length).toBe(1);
    expect(numbersIn(review).filter((number) => Number.isNaN(number))).toEqual([]);
  });

  test("companies without forecasts are named as not appraised", () => {
    const { review } = reviewWorkspace({ ...tinyWorkspace(), forecasts: [] }, { draws: 1024 });
    expect(review).toMatchObject({ companies: [], notAppraised: [{ reason: "noBelief", questions: ["succeeds"] }] });
  });

  test("a formula of ten thousand parts is refused with its limit; ten thousand quantities in a row are computed", () => {
    const long = Array.from({ length: 10_000 }, (_, index) => `succeeds * ${index} USD`).join(" + ");
    expect(problemsOf(withCase({ exitValue: long }))).toMatchObject([
      { code: "tooDeep", place: place("exitValue"), params: { limit: 500 } },
    ]);
    const wide = `sum(${Array.from({ length: 60_000 }, (_, index) => `${index} USD`).join(", ")})`;
    expect(problemsOf(withCase({ exitValue: wide }))).toMatchObject([
      { code: "tooLarge", place: place("exitValue"), params: { limit: expect.any(Number) } },
    ]);
    const quantities = Array.from({ length: 10_000 }, (_, index) => ({
      id: `a${index}`,
      formula: index === 0 ? "1 to 2" : `a${index - 1} * 1.00001 + 0.001`,
    }));
    const { review, problems } = reviewWorkspace(withCase({ exitValue: "a9999 * 10 USD", quantities: {} }, { quantities }), { draws: 256 });
    expect(problems).toEqual([]);
    expect(review!.companies[0].best.worth.amount).toBeGreaterThan(0);
  });
});

/** Every number of plain data. */
function numbersIn(data: unknown): number[] {
  if (typeof data === "number") return [data];
  if (data === null || typeof data !== "object") return [];
  return Object.values(data).flatMap(numbersIn);
}
