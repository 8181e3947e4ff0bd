import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runCase } from "./run-case.ts";
import type { CaseResult, DecisionCase } from "./run-case.ts";

function solve(decisionCase: DecisionCase, options: { seed?: number; draws?: number } = {}): CaseResult {
  const { result, problems } = runCase(decisionCase, options);
  expect(problems).toEqual([]);
  return result!;
}

/** Three standard errors, as the published tables ask of sampled engines. */
function near(found: { amount: number; standardError: number }, truth: number, what: string): void {
  expect(Math.abs(found.amount - truth), `${what}: ${found.amount} ± ${found.standardError} against ${truth}`).toBeLessThanOrEqual(
    3 * found.standardError + 1e-12,
  );
}

interface Published {
  id: string;
  decisionCase: DecisionCase;
  evpi?: number;
  evppi?: Record<string, number>;
  pairs?: Record<string, number>;
  alternatives?: Record<string, number>;
  studies?: Record<string, number>;
}

const option = (strike: number): DecisionCase => ({
  questions: { a: "normal(0, 0.5)", b: "normal(0, 1)" },
  quantities: { worth: "100 * exp(a - 0.125 + b - 0.5)" },
  alternatives: { pass: 0, buy: `worth - ${strike}` },
});
const venture = (loss: number): DecisionCase => ({
  questions: { works: "chance(30%)" },
  alternatives: { invest: `if works then 10 else -${loss}`, pass: 0 },
  studies: { test: { question: "works", sensitivity: 0.8, specificity: 0.7 } },
});

/** Known answers: the models of the voi package (Heath and others), Raiffa 1968, Black 1976; closed forms evaluated to nine digits. */
const published: Published[] = [
  {
    id: "V01",
    decisionCase: { questions: { p1: "normal(1, 1)", p2: "normal(0, 2)" }, alternatives: { none: 0, both: "p1 - p2" } },
    evpi: 0.47981070634839273,
    evppi: { p1: 0.0833154705876864, p2: 0.39559311480261217 },
    pairs: { "p1+p2": 0.47981070634839273 },
  },
  {
    id: "V02, n observations of p1 seen through their mean",
    decisionCase: {
      questions: { p1: "normal(1, 1)", p2: "normal(0, 2)" },
      alternatives: { none: 0, both: "p1 - p2" },
      studies: { n1: "normal(p1, 1)", n5: "normal(p1, 1 / sqrt(5))", n10: "normal(p1, 1 / sqrt(10))", n100: "normal(p1, 0.1)" },
    },
    studies: { n1: 0.0251272708300061, n5: 0.0632069247555842, n10: 0.07232512026086235, n100: 0.08211760559711401 },
  },
  {
    id: "V03",
    decisionCase: { questions: { p1: "normal(0, 1)", p2: "normal(0, 2)" }, alternatives: { none: 0, both: "p1 + p2" } },
    evpi: 0.8920620580763856,
    evppi: { p1: 0.3989422804014327, p2: 0.7978845608028654 },
  },
  {
    id: "V05",
    decisionCase: { questions: { p1: "normal(1, 1)", p2: "normal(p1, 2)" }, alternatives: { none: 0, both: "p1 + p2" } },
    evpi: 0.3992824567484914,
    evppi: { p1: 0.1666309411753728, p2: 0.3547905413804142 },
  },
  {
    id: "V06, pure interaction",
    decisionCase: { questions: { X: "normal(0, 1)", Y: "normal(0, 1)" }, alternatives: { none: 0, both: "X * Y" } },
    evpi: 1 / Math.PI,
    pairs: { "X+Y": 1 / Math.PI },
  },
  {
    id: "V08",
    decisionCase: { questions: { x: "normal(0, 1)", y: "normal(0, 1)", z: "normal(0, 1)" }, alternatives: { x: "x", y: "y", z: "z" } },
    evpi: 0.8462843753216345,
    evppi: { x: 0.3989422804014327, y: 0.3989422804014327, z: 0.3989422804014327 },
    pairs: { "x+y": 0.6810370721753108 },
  },
  {
    id: "V09",
    decisionCase: { questions: { x: "normal(0, 1)", y: "normal(0.5, 2)", z: "normal(0.25, 1)" }, alternatives: { x: "x", y: "y", z: "z" } },
    evpi: 0.9661665576461189,
  },
  { id: "V10 at 90", decisionCase: option(90), evpi: 35.42636698899543, evppi: { a: 14.160002955196049, b: 31.563122364851665 } },
  { id: "V10 at 100", decisionCase: option(100), evpi: 42.38498779694211, evppi: { a: 19.741265136584744, b: 38.292492254802625 } },
  { id: "V10 at 120", decisionCase: option(120), evpi: 37.17833379587614, evppi: { a: 13.108974138557585, b: 32.76141806389699 } },
  { id: "V11, loss 2", decisionCase: venture(2), evpi: 1.4, alternatives: { invest: 1.6 }, studies: { test: 0.38 } },
  { id: "V11, loss 4", decisionCase: venture(4), evpi: 2.8, alternatives: { invest: 0.2 }, studies: { test: 1.36 } },
  { id: "V11, loss 6", decisionCase: venture(6), evpi: 3, alternatives: { invest: -1.2 }, studies: { test: 1.14 } },
  {
    id: "V12",
    decisionCase: {
      questions: { theta: "beta(2, 8)" },
      alternatives: { none: 0, go: "100 * (theta - .25)" },
      studies: { n1: "binomial(1, theta)", n3: "binomial(3, theta)", n10: "binomial(10, theta)", n50: "binomial(50, theta)" },
    },
    evpi: 3.003387451171875,
    evppi: { theta: 3.003387451171875 },
    studies: { n1: 0.4545454545454541, n3: 0.8741258741258742, n10: 1.6795665634674934, n50: 2.609334218122042 },
  },
  {
    id: "V15, one slot",
    decisionCase: { questions: { x: "normal(0, 1)", y: "normal(0, 1)" }, alternatives: { first: "x", second: "y" } },
    evppi: { x: 0.3989422804014327, y: 0.3989422804014327 },
    pairs: { "x+y": 0.5641895835477563 },
  },
  {
    id: "D01, the oil wildcatter",
    decisionCase: {
      questions: { state: "oneOf(dry: 50%, wet: 30%, soak: 20%)" },
      quantities: {
        quiet: "if state is dry then 0.6 else if state is wet then 0.3 else 0.1",
        open: "if state is dry then 0.3 else 0.4",
        first: "chance(quiet)",
        second: "chance(open / (1 - quiet))",
      },
      alternatives: { drill: "if state is dry then -70 else if state is wet then 50 else 200", leave: 0 },
      studies: { seismic: "if first then 0 else if second then 1 else 2" },
    },
    evpi: 35,
    alternatives: { drill: 20 },
    studies: { seismic: 12.5 },
  },
  { id: "S03, 5 to 50", decisionCase: { questions: { x: "5 to 50" }, alternatives: { x: "x" } }, alternatives: { x: 20.200064134729 } },
  { id: "E08, PERT", decisionCase: { questions: { x: "pert(2, 5, 14)" }, alternatives: { x: "x" } }, alternatives: { x: 6 } },
  {
    id: "E01, metalog",
    decisionCase: { questions: { x: "quantiles(10%: 10, 50%: 20, 90%: 40)" }, alternatives: { x: "x" } },
    alternatives: { x: 22.844498 },
  },
  {
    id: "F05, Pareto capped",
    decisionCase: { questions: { x: "pareto(0.5, 1.5)" }, alternatives: { x: "min(x, 50)" } },
    alternatives: { x: 1.4 },
  },
];

describe("published answers, within three standard errors", () => {
  test.each(published.map((row): [string, Published] => [row.id, row]))("%s", (_, row) => {
    const result = solve(row.decisionCase);
    if (row.evpi !== undefined) near(result.evpi, row.evpi, "evpi");
    for (const [name, truth] of Object.entries(row.alternatives ?? {})) near(result.alternatives[name], truth, name);
    for (const [name, truth] of Object.entries(row.evppi ?? {})) {
      near(result.evppi[name], truth, `evppi of ${name}`);
      expect(result.evppi[name].distinguishable).toBe(true);
    }
    for (const [names, truth] of Object.entries(row.pairs ?? {}))
      near(
        result.pairs.find((pair) => pair.questions.join("+") === names)!,
        truth,
        names,
      );
    for (const [name, truth] of Object.entries(row.studies ?? {})) near(result.studies[name], truth, `evsi of ${name}`);
  });

  test("V06: each half of a pure interaction alone is not distinguishable from zero", () => {
    const { evppi } = solve(published.find((row) => row.id.startsWith("V06"))!.decisionCase);
    expect([evppi.X.distinguishable, evppi.Y.distinguishable]).toEqual([false, false]);
  });
});

describe("laws over random cases", () => {
  const source = fc.constantFrom("normal(0, 1)", "normal(1, 2)", "uniform(-1, 2)", "chance(40%)", "0.5 to 3", "triangular(-2, 0, 3)");
  const randomCase = fc.record({
    one: source,
    two: source,
    gain: fc.integer({ min: -2, max: 2 }),
    slope: fc.integer({ min: -3, max: 3 }),
    seed: fc.nat(9999),
  });
  const amount = (name: string, formula: string): string => (formula.startsWith("chance") ? `(if ${name} then 1 else 0)` : name);
  const build = ({ one, two, gain, slope }: { one: string; two: string; gain: number; slope: number }): DecisionCase => ({
    questions: { one, two, idle: "normal(0, 1)" },
    alternatives: {
      pass: 0,
      go: `${amount("one", one)} * ${slope} + ${amount("two", two)} + ${gain}`,
      mix: `${amount("one", one)} * ${amount("two", two)} - 1`,
    },
  });
  const slack = (...figures: { standardError: number }[]): number =>
    4 * Math.hypot(...figures.map((figure) => figure.standardError)) + 1e-9;

  test("0 <= evppi <= evpi, a pair is worth at least either of its questions, and an idle question is below its floor", () => {
    fc.assert(
      fc.property(randomCase, (random) => {
        const { evpi, evppi, pairs } = solve(build(random), { seed: random.seed, draws: 65_536 });
        for (const worth of Object.values(evppi)) {
          expect(worth.amount).toBeGreaterThanOrEqual(-slack(worth));
          expect(worth.amount).toBeLessThanOrEqual(evpi.amount + slack(worth, evpi));
        }
        expect(evppi.idle.distinguishable).toBe(false);
        const pair = pairs.find(({ questions }) => questions.join() === "one,two")!;
        for (const name of ["one", "two"]) expect(pair.amount).toBeGreaterThanOrEqual(evppi[name].amount - slack(pair, evppi[name]));
        expect(pair.amount).toBeLessThanOrEqual(evpi.amount + slack(pair, evpi));
      }),
      { numRuns: 15, seed: 7 },
    );
  });

  test("scaling every payoff scales every worth; adding a constant to all changes none", () => {
    fc.assert(
      fc.property(randomCase, fc.integer({ min: 2, max: 9 }), (random, factor) => {
        const plain = build(random);
        const changed = {
          ...plain,
          alternatives: Object.fromEntries(
            Object.entries(plain.alternatives).map(([name, formula]) => [name, `(${formula}) * ${factor} + 5`]),
          ),
        };
        const [one, other] = [plain, changed].map((decisionCase) => solve(decisionCase, { seed: random.seed, draws: 16_384 }));
        expect(other.evpi.amount).toBeCloseTo(factor * one.evpi.amount, 6);
        for (const name of Object.keys(one.evppi)) expect(other.evppi[name].amount).toBeCloseTo(factor * one.evppi[name].amount, 6);
      }),
      { numRuns: 10, seed: 8 },
    );
  });

  test("a dominated copy of an alternative changes no worth; the same seed gives the same bytes", () => {
    fc.assert(
      fc.property(randomCase, (random) => {
        const plain = build(random);
        const more = { ...plain, alternatives: { ...plain.alternatives, worse: `(${plain.alternatives.go}) - 1` } };
        const [one, again, other] = [plain, plain, more].map((decisionCase) => solve(decisionCase, { seed: random.seed, draws: 16_384 }));
        expect(JSON.stringify(again)).toBe(JSON.stringify(one));
        expect(other.evpi.amount).toBeCloseTo(one.evpi.amount, 9);
      }),
      { numRuns: 10, seed: 9 },
    );
  });

  test("what happens by 2026 happens by 2027", () => {
    const { alternatives } = solve({
      questions: { when: "dates(2025-12-31: 30%, 2026-12-31: 50%, 2028-12-31: 70%, never: 30%)" },
      alternatives: { by2026: "if when by 2026-12-31 then 1 else 0", by2027: "if when by 2027-12-31 then 1 else 0" },
      today: "2024-03-31",
    });
    near(alternatives.by2026, 0.5, "by 2026");
    near(alternatives.by2027, 0.5 + (0.2 * 365) / 731, "by 2027, half way in days");
  });
});

describe("input that cannot be solved", () => {
  test.each([
    [
      "an unknown name",
      { questions: { x: "normal(0, 1)" }, alternatives: { go: "y" } },
      { code: "unknownName", path: ["alternatives", "go"] },
    ],
    ["no alternative", { questions: { x: "normal(0, 1)" }, alternatives: {} }, { code: "noAlternatives" }],
    [
      "a yes/no as worth",
      { questions: { x: "chance(40%)" }, alternatives: { go: "x" } },
      { code: "kindMismatch", path: ["alternatives", "go"] },
    ],
    [
      "a logarithm of what may be negative",
      { questions: { x: "normal(0, 1)" }, alternatives: { go: "log(x)" } },
      { code: "undefinedDraws", path: ["alternatives", "go"], within: { from: 0, to: 6 } },
    ],
    ["an infinite worth", { questions: { x: "normal(0, 1)" }, alternatives: { go: "exp(1000 * x)" } }, { code: "notFinite" }],
    [
      "correlations that cannot hold together",
      {
        questions: { a: "normal(0, 1)", b: "normal(0, 1)", c: "normal(0, 1)" },
        alternatives: { go: "a + b + c" },
        correlations: [
          { questions: ["a", "b"] as [string, string], rank: 0.9 },
          { questions: ["b", "c"] as [string, string], rank: 0.9 },
          { questions: ["a", "c"] as [string, string], rank: -0.9 },
        ],
      },
      [
        { code: "correlationsImpossible", path: ["correlations", 0, "rank"], params: { pair: ["a", "b"], rank: 0.9, nearest: 0.48 } },
        { code: "correlationsImpossible", path: ["correlations", 1, "rank"], params: { pair: ["b", "c"], rank: 0.9, nearest: 0.48 } },
        { code: "correlationsImpossible", path: ["correlations", 2, "rank"], params: { pair: ["a", "c"], rank: -0.9, nearest: -0.48 } },
      ],
    ],
    [
      "a correlation with a computed question",
      {
        questions: { a: "normal(0, 1)", b: "a * 2" },
        alternatives: { go: "b" },
        correlations: [{ questions: ["a", "b"] as [string, string], rank: 0.5 }],
      },
      { code: "correlationNotDrawn", params: { question: "b" } },
    ],
  ])("%s", (_, decisionCase, problem) => {
    const { result, problems } = runCase(decisionCase, { draws: 4096 });
    expect(result).toBeUndefined();
    expect(problems).toMatchObject([problem].flat());
  });

  test("one draw is answered with eight shards of 256, zero spread with a standard error of zero", () => {
    const { draws, alternatives } = solve({ questions: { x: "3" }, alternatives: { go: "x * 2" } }, { draws: 1 });
    expect(draws).toBe(2048);
    expect(alternatives.go).toMatchObject({ amount: 6, standardError: 0 });
  });
});
