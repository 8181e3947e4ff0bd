import { mean, quantile } from "@watershed/probability";
import type { Distribution } from "@watershed/probability";
import { describe, expect, test } from "vitest";
import { check } from "./check.ts";
import { describe as describeKind } from "./kind.ts";
import { problemOf, problemsOf, testWorld, unmark } from "./marked-formula.ts";

function programOf(source: string) {
  const { program, problems } = check([{ name: "x", source }], testWorld);
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  return program;
}

/** The distribution of a formula that is one draw. */
function drawn(source: string): Distribution {
  const program = programOf(source);
  const node = program.nodes[program.columns.x];
  if (node.op !== "sample") throw new Error(`not one draw: ${node.op}`);
  return node.distribution;
}

function day(date: string): number {
  return Date.parse(date) / 86_400_000;
}

/** The family of a formula that is one draw with drawn parameters, and the node of its first parameter. */
function inputOf(source: string) {
  const program = programOf(source);
  const node = program.nodes[program.columns.x];
  return node.op === "sampleWith" ? [node.family, program.nodes[node.parameters[0]]] : [];
}

function withMedian(at: number): string {
  return `quantiles(10%: 1, 50%: ${at}, 90%: 1000)`;
}

describe("families", () => {
  test.each<[source: string, distribution: Distribution, kind: string]>([
    ["normal(5, 2)", { kind: "normal", mean: 5, standardDeviation: 2 }, "number"],
    ["normal(sd: 2, mean: 5)", { kind: "normal", mean: 5, standardDeviation: 2 }, "number"],
    ["normal(0, RMB 100)", { kind: "normal", mean: 0, standardDeviation: 100 * 0.14 }, "money"],
    ["normal(2027-01-01, 1 year)", { kind: "normal", mean: 20_819, standardDeviation: 365.25 }, "date"],
    ["normal(60%, 10%)", { kind: "normal", mean: 0.6, standardDeviation: 0.1 }, "number"],
    ["lognormal(1, 2)", { kind: "lognormal", logMean: 1, logStandardDeviation: 2 }, "number"],
    ["lognormal(median: USD 100, sigma: 0.5)", { kind: "lognormal", logMean: Math.log(100), logStandardDeviation: 0.5 }, "money"],
    ["beta(2, 3)", { kind: "beta", alpha: 2, beta: 3 }, "probability"],
    ["gamma(2, 1 week)", { kind: "gamma", shape: 2, scale: 7 }, "duration"],
    ["uniform(20%, 60%)", { kind: "uniform", low: 0.2, high: 0.6 }, "probability"],
    ["uniform(0, USD 5)", { kind: "uniform", low: 0, high: 5 }, "money"],
    ["triangular(1, 2, 5)", { kind: "triangular", low: 1, mode: 2, high: 5 }, "number"],
    ["pert(1, 2, 5)", { kind: "pert", low: 1, mode: 2, high: 5 }, "number"],
    ["exponential(2 days)", { kind: "exponential", mean: 2 }, "duration"],
    ["student(4)", { kind: "student", degreesOfFreedom: 4, location: 0, scale: 1 }, "number"],
    ["student(4, USD 2, USD 1)", { kind: "student", degreesOfFreedom: 4, location: 2, scale: 1 }, "money"],
    ["weibull(1.5, 3)", { kind: "weibull", shape: 1.5, scale: 3 }, "number"],
    ["pareto(USD 10, 1.3)", { kind: "pareto", minimum: 10, shape: 1.3 }, "money"],
    ["poisson(3)", { kind: "poisson", mean: 3 }, "number"],
    ["binomial(10, 30%)", { kind: "binomial", trials: 10, probability: 0.3 }, "number"],
    ["chance(65%)", { kind: "bernoulli", probability: 0.65 }, "yesNo"],
    ["oneOf(a: 60%, b: 40%)", { kind: "categorical", weights: [0.6, 0.4] }, "choice(a, b)"],
    ["empirical(1, 2, 3.5)", { kind: "empirical", values: [1, 2, 3.5] }, "number"],
    [
      "truncate(normal(5, 2), 0, 10)",
      { kind: "truncated", distribution: { kind: "normal", mean: 5, standardDeviation: 2 }, low: 0, high: 10 },
      "number",
    ],
    [
      "censor(normal(5, 2), high: 8)",
      { kind: "censored", distribution: { kind: "normal", mean: 5, standardDeviation: 2 }, low: -Infinity, high: 8 },
      "number",
    ],
    [
      "censor(pareto(USD 10, 1.3), USD 12, USD 90)",
      { kind: "censored", distribution: { kind: "pareto", minimum: 10, shape: 1.3 }, low: 12, high: 90 },
      "money",
    ],
    [
      "censor(beta(2, 3), 10%, 90%)",
      { kind: "censored", distribution: { kind: "beta", alpha: 2, beta: 3 }, low: 0.1, high: 0.9 },
      "probability",
    ],
    ["empirical(30: USD 0M, 12: USD 40M)", { kind: "empirical", values: [0, 40e6], weights: [30, 12] }, "money"],
    ["empirical(25%: 2025-01-01, 75%: 2026-01-01)", { kind: "empirical", values: [20089, 20454], weights: [0.25, 0.75] }, "date"],
    ["orNever(exponential(1 day), 20%)", { kind: "orNever", never: 0.2, distribution: { kind: "exponential", mean: 1 } }, "duration"],
  ])("[F19] %s", (source, distribution, kind) => {
    expect(drawn(source)).toEqual(distribution);
    expect(describeKind(programOf(source).kinds.x)).toBe(kind);
  });

  test.each([
    ["censor(normal(5, 2))", "wrongArgumentCount"],
    ["censor(normal(5, 2), 8, 3)", "intervalOutOfOrder"],
    ["censor(normal(5, 2), low: USD 3)", "kindMismatch"],
    ["censor(normal(chance(50%), 2), low: 3)", "kindMismatch"],
    ["censor(normal(1 to 2, 2), low: 3)", "parameterMustBeConstant"],
    ["censor(3, low: 3)", "notADistribution"],
  ])("[F22] %s is refused: %s", (source, code) => {
    expect(check([{ name: "x", source }], testWorld).problems.map((problem) => problem.code)).toEqual([code]);
  });

  test.each([
    ["empirical(30: 1, 2)", "labelNeeded", "error"],
    ["empirical(0: 1, 3: 2)", "weightsNotPositive", "error"],
    ["empirical(30%: 1, 40%: 2)", "weightsRescaled", "warning"],
    ["empirical(3: 1, 4: USD 2)", "moneyWithoutCurrency", "error"],
  ])("[F40] %s: %s", (source, code, severity) => {
    expect(check([{ name: "x", source }], testWorld).problems).toMatchObject([{ code, severity }]);
  });

  test("[F19] a lognormal by mean and sd has that mean and sd", () => {
    const distribution = drawn("lognormal(mean: 200, sd: 300)");
    expect(mean(distribution)).toBeCloseTo(200, 8);
    expect(distribution).toMatchObject({ kind: "lognormal", logStandardDeviation: Math.sqrt(Math.log(1 + 1.5 ** 2)) });
  });

  test("[F19] a parameter that is drawn makes a sampleWith, whose parameters are nodes in the family's order", () => {
    const program = programOf("normal(sd: 1 to 2, mean: 3)");
    const node = program.nodes[program.columns.x];
    expect(node).toMatchObject({ op: "sampleWith", family: "normal", stream: "x" });
    if (node.op !== "sampleWith") return;
    expect(node.parameters.map((parameter) => program.nodes[parameter].op)).toEqual(["constant", "sample"]);
  });

  test("[F21] a chance that is drawn is clipped to [0, 1] where it may leave it", () => {
    expect(inputOf("chance(normal(0.5, 0.2))")).toMatchObject(["bernoulli", { op: "apply", operator: "clip" }]);
    expect(inputOf("chance(0.8 if chance(50%) else 0.2)")).toMatchObject(["bernoulli", { op: "apply", operator: "if" }]);
    expect(inputOf("chance(beta(2, 3))")).toMatchObject(["bernoulli", { op: "sample" }]);
  });
});

describe("low to high", () => {
  test.each([
    ["5 to 50", "lognormal", 5, 50, "number"],
    ["-5 to 50", "normal", -5, 50, "number"],
    ["0 to 10", "normal", 0, 10, "number"],
    ["USD 1bn to 10亿 USD * 5", "lognormal", 1e9, 5e9, "money"],
    ["6 months to 2 years", "lognormal", 182.625, 730.5, "duration"],
    ["2025-06-30 to 2027-12-31", "normal", day("2025-06-30"), day("2027-12-31"), "date"],
    ["today to today + 1 year", "normal", 19_905, 20_270.25, "date"],
    ["20% to 60%", "lognormal", 0.2, 0.6, "number"],
  ])("[F18] %s is a %s with 5%% and 95%% there", (source, reading, low, high, kind) => {
    const program = programOf(source);
    expect(program.readings).toEqual([{ at: { definition: "x", from: 0, to: source.length }, reading, low, high }]);
    expect(program.kinds.x.kind).toBe(kind);
    const distribution = drawn(source);
    expect(distribution.kind).toBe(reading);
    expect((quantile(distribution, 0.05) - low) / (high - low)).toBeCloseTo(0, 10);
    expect((quantile(distribution, 0.95) - high) / (high - low)).toBeCloseTo(0, 10);
  });
});

describe("quantiles and dates", () => {
  test("[F20] quantiles pass through their points, in any order, within their bounds", () => {
    const distribution = drawn("quantiles(90%: 20, 10%: 2, 50%: 5, low: 0, high: 100)");
    expect(distribution).toMatchObject({ kind: "metalog", low: 0, high: 100 });
    for (const [level, at] of [
      [0.1, 2],
      [0.5, 5],
      [0.9, 20],
    ])
      expect(quantile(distribution, level)).toBeCloseTo(at, 6);
  });

  test("[F20] quantiles of dates and money", () => {
    const dates = drawn("quantiles(10%: 2025-06-30, 50%: 2026-06-30, 90%: 2028-12-31)");
    expect(quantile(dates, 0.5)).toBeCloseTo(day("2026-06-30"), 4);
    const money = drawn("quantiles(10%: USD 1bn, 50%: 20亿 USD, 90%: USD 4bn, low: 0)");
    expect(quantile(money, 0.9) / 4e9).toBeCloseTo(1, 8);
    expect(programOf("quantiles(10%: 20%, 50%: 40%, 90%: 70%, low: 0, high: 1)").kinds.x.kind).toBe("number");
    expect(programOf("quantiles(10%: 20%, 50%: 40%, 90%: 70%, low: 0%, high: 100%)").kinds.x.kind).toBe("probability");
  });

  test("[F23] dates is the cumulative chance by date, linear between, from today", () => {
    const distribution = drawn("dates(2024-12-31: 30%, 2025-12-31: 60%, 2028-12-31: 85%, never: 15%)");
    expect(distribution).toMatchObject({ kind: "orNever", never: 0.15 });
    const [today, first, second] = [19_905, day("2024-12-31"), day("2025-12-31")];
    expect(quantile(distribution, 0.15)).toBeCloseTo((today + first) / 2, 6);
    expect(quantile(distribution, 0.3)).toBeCloseTo(first, 6);
    expect(quantile(distribution, 0.45)).toBeCloseTo((first + second) / 2, 6);
    expect(quantile(distribution, 0.9)).toBe(Infinity);
  });

  test("[F23] dates may start elsewhere and need no never", () => {
    expect(drawn("dates(from: 2024-01-01, 2024-12-31: 40%, 2025-12-31: 100%)")).toEqual({
      kind: "piecewise",
      points: [
        [day("2024-01-01"), 0],
        [day("2024-12-31"), 0.4],
        [day("2025-12-31"), 1],
      ],
    });
  });

  test("[F22] mixture pools by weight and warns where percentages were rescaled", () => {
    expect(drawn("mixture(3: normal(0, 1), 1: 5 to 10)")).toMatchObject({
      kind: "mixture",
      components: [{ weight: 3 }, { weight: 1, distribution: { kind: "lognormal" } }],
    });
    expect(problemsOf("mixture(3: normal(0, 1), 1: 5 to 10)")).toEqual([]);
    const { program, problems } = check([{ name: "x", source: "mixture(60%: normal(0, 1), 30%: 5 to 10)" }], testWorld);
    expect(problems).toMatchObject([{ code: "weightsRescaled", severity: "warning", params: { total: 0.9 } }]);
    expect(program.columns).toHaveProperty("x");
  });

  test("[F22] truncate takes one bound by name, and bounds within [0, 1] make a probability", () => {
    expect(drawn("truncate(normal(5, 2), low: 0)")).toMatchObject({ low: 0, high: Infinity });
    expect(quantile(drawn("truncate(normal(0, 1), low: 0)"), 0.5)).toBeCloseTo(
      quantile({ kind: "normal", mean: 0, standardDeviation: 1 }, 0.75),
      8,
    );
    expect(programOf("truncate(20% to 60%, 0, 1)").kinds.x.kind).toBe("probability");
    expect(programOf("truncate(2025-01-01 to 2027-01-01, low: today)").kinds.x.kind).toBe("date");
  });
});

describe("problems of draws", () => {
  test("[F20] infeasible quantiles say between what the median would have to lie", () => {
    const { medianLow, medianHigh } = problemOf(withMedian(2)).params;
    expect(problemsOf(withMedian(Number(medianLow) * 1.001))).toEqual([]);
    expect(problemsOf(withMedian(Number(medianHigh) * 0.999))).toEqual([]);
    expect(problemOf(withMedian(Number(medianHigh) * 1.001)).code).toBe("metalogInfeasible");
  });

  test.each([
    ["«50 to 5»", "intervalOutOfOrder", { low: "50", high: "5" }],
    ["«5 to 5»", "intervalOutOfOrder", {}],
    ["«normal(0, 1)» to 5", "parameterMustBeConstant", { what: "to" }],
    ["today to «never»", "notFinite", { what: "to" }],
    ["«1 to today»", "operandsMismatch", { operator: "to", left: "number", right: "date" }],
    ["«yes» to no", "kindMismatch", { expected: ["number", "money", "duration", "date"], found: "yesNo", what: "to" }],
    ["«normal(1)»", "wrongArgumentCount", { function: "normal", expected: "2", found: 1, signature: "normal(mean, sd)" }],
    ["«normal(1, 2, 3)»", "wrongArgumentCount", { expected: "2", found: 3 }],
    ["«student()»", "wrongArgumentCount", { expected: "1-3", found: 0 }],
    ["«max()»", "wrongArgumentCount", { expected: "1+", found: 0 }],
    ["normal(1, «mean»: 2)", "duplicateArgument", { function: "normal", argument: "mean" }],
    ["«normal(mean: 2)»", "missingArgument", { argument: "sd" }],
    ["normal(0, «sdd»: 2)", "unknownArgument", { found: "sdd", suggestions: ["sd"] }],
    ["normal(today, «5»)", "durationWithoutUnit", {}],
    ["normal(«5», USD 1)", "moneyWithoutCurrency", {}],
    ["normal(«yes», 1)", "kindMismatch", { found: "yesNo", what: "normal: mean" }],
    ["gamma(2, «today»)", "kindMismatch", { found: "date" }],
    ["«student(3, USD 5)»", "missingArgument", { argument: "scale" }],
    ["binomial(10, «1.5»)", "probabilityOutsideUnit", { found: "1.5", suggestion: "1.5%" }],
    ["«normal(0, -1)»", "distributionParameters", { family: "normal" }],
    ["«uniform(5, 1)»", "distributionParameters", { family: "uniform" }],
    ["«truncate(uniform(0, 1), 5, 6)»", "distributionParameters", { family: "truncated" }],
    ["quantiles(10%: 5, 50%: «3», 90%: 20)", "quantilesOutOfOrder", { found: "3", after: "5" }],
    ["quantiles(10%: 1, «10%»: 3)", "quantilesOutOfOrder", { found: "10%", after: "10%" }],
    ["quantiles(10%: «2», 50%: 3, low: 2)", "quantilesOutOfOrder", { found: "2", after: "2" }],
    ["quantiles(«0%»: 2, 50%: 3)", "probabilityOutsideUnit", { found: 0, suggestion: "low" }],
    ["quantiles(«150%»: 2, 50%: 3)", "probabilityOutsideUnit", { found: "150%" }],
    ["quantiles(«lo»: 2, 50%: 3, 90%: 4)", "unknownArgument", { found: "lo", suggestions: ["low"] }],
    ["quantiles(«5», 6)", "labelNeeded", { function: "quantiles", example: "quantiles(10%: 2, 50%: 5, 90%: 20)" }],
    ["«quantiles(50%: 2)»", "wrongArgumentCount", { expected: "2+" }],
    ["quantiles(10%: «2», 50%: USD 3, 90%: USD 5)", "moneyWithoutCurrency", {}],
    ["«quantiles(10%: 1, 50%: 2, 90%: 1000)»", "metalogInfeasible", { kind: "number", probability: "" }],
    ["«quantiles(10%: 1, 40%: 2, 60%: 100, 90%: 101)»", "metalogInfeasible", { medianLow: "", medianHigh: "" }],
    ["«oneOf(a: 60%, b: 30%)»", "unassignedProbability", { assigned: 0.9, unassigned: 0.1 }],
    ["«oneOf(a: 60%, b: 60%)»", "unassignedProbability", { assigned: 1.2, unassigned: -0.2 }],
    ["oneOf(a: 60%, «a»: 40%)", "duplicateOption", { option: "a" }],
    ["oneOf(a: «chance(50%)», b: 40%)", "kindMismatch", { expected: ["probability"], found: "yesNo" }],
    ["«dates(2024-12-31: 30%, never: 50%)»", "unassignedProbability", { assigned: 0.8, unassigned: 0.2 }],
    ["dates(2025-12-31: 30%, «2024-12-31»: 60%, never: 40%)", "quantilesOutOfOrder", { found: "2024-12-31", after: "2025-12-31" }],
    ["dates(2024-12-31: 30%, 2025-12-31: «20%», never: 80%)", "quantilesOutOfOrder", { found: "20%", after: "30%" }],
    ["dates(«2023-12-31»: 30%, never: 70%)", "quantilesOutOfOrder", { found: "2023-12-31", after: "2024-07-01" }],
    ["dates(2024-12-31: 30%, «nevr»: 70%)", "unknownArgument", { found: "nevr", suggestions: ["never"] }],
    ["«dates(never: 100%)»", "wrongArgumentCount", { expected: "1+" }],
    ["mixture(60%: normal(0, 1), 40%: «5»)", "notADistribution", { function: "mixture", found: "5" }],
    ["mixture(60%: normal(0, 1), 40%: «chance(50%)»)", "notADistribution", { found: "chance(50%)" }],
    ["mixture(60%: «normal(1 to 2, 1)», 40%: 5 to 6)", "parameterMustBeConstant", { what: "mixture" }],
    ["mixture(60%: normal(0, 1), 40%: «USD 5 to USD 6»)", "kindMismatch", { expected: ["number"], found: "money" }],
    ["mixture(«0»: normal(0, 1), 1: 5 to 6)", "weightsNotPositive", { found: 0 }],
    ["truncate(«max(1, 2)», 0, 1)", "notADistribution", { function: "truncate", found: "max(1, 2)" }],
    ["«truncate(normal(0, 1))»", "wrongArgumentCount", { expected: "2-3" }],
    ["«truncate(normal(0, 1), 2, 1)»", "intervalOutOfOrder", { low: "2", high: "1" }],
    ["truncate(normal(0, 1), «USD 1», 2)", "kindMismatch", { expected: ["number"], found: "money" }],
    ["orNever(«normal(0, 1)», 20%)", "kindMismatch", { expected: ["date", "duration"], found: "number" }],
    ["orNever(today to today + 1 year, «1.2»)", "probabilityOutsideUnit", {}],
  ])("[F29] %s: %s", (marked, code, params) => {
    const { source, from, to } = unmark(marked);
    expect(problemOf(source)).toMatchObject({ code, at: { definition: "x", from, to }, params });
  });
});
