import { check } from "@watershed/formula";
import type { Definition, Program } from "@watershed/formula";
import { mean, standardDeviation } from "@watershed/probability";
import type { Distribution } from "@watershed/probability";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignDimensions } from "./dimensions.ts";
import { columnOf } from "./draws.ts";
import type { Draws, SimulationOptions } from "./draws.ts";
import { simulate } from "./simulate.ts";
import type { Beliefs } from "./belief.ts";

const context = { currency: "USD", rates: { USD: 1 }, today: 19_813 };

function programOf(sources: Record<string, string>, questions: Definition[] = []): Program {
  const { program, problems } = check([...questions, ...Object.entries(sources).map(([name, source]) => ({ name, source }))], context);
  expect(problems).toEqual([]);
  return program;
}

function run(program: Program, beliefs: Beliefs = {}, options: Partial<SimulationOptions> = {}): Draws {
  const { dimensions } = assignDimensions(program.streams, []);
  return simulate(program, beliefs, { seed: 7, shards: 8, shardSize: 4096, dimensions, ...options });
}

function meanOf(column: Float64Array): number {
  return column.reduce((sum, amount) => sum + amount, 0) / column.length;
}

/** Mean of the shard means and its standard error. */
function measured(column: Float64Array, { shards, shardSize }: Draws): { amount: number; standardError: number } {
  const means = Array.from({ length: shards }, (_, shard) => meanOf(column.subarray(shard * shardSize, (shard + 1) * shardSize)));
  const amount = means.reduce((sum, one) => sum + one, 0) / shards;
  const variance = means.reduce((sum, one) => sum + (one - amount) ** 2, 0) / (shards - 1);
  return { amount, standardError: Math.sqrt(variance / shards) };
}

describe("determinism", () => {
  const sources = { a: "normal(0, 1)", b: "lognormal(0, 0.5)", c: "a * b + chance(30%) * 2" };

  test("same program, seed and dimensions give the same bytes", () => {
    const [one, other] = [run(programOf(sources)), run(programOf(sources))];
    for (const name of Object.keys(sources))
      expect(Buffer.from(columnOf(one, name).buffer).equals(Buffer.from(columnOf(other, name).buffer))).toBe(true);
  });

  test("another seed gives other draws", () => {
    expect(columnOf(run(programOf(sources)), "a")).not.toEqual(columnOf(run(programOf(sources), {}, { seed: 8 }), "a"));
  });

  test("a question added anywhere leaves every other column as it was, given the dimensions on record", () => {
    fc.assert(
      fc.property(fc.nat(3), fc.constantFrom("uniform(0, 1)", "chance(20%)", "5 to 50"), (place, source) => {
        const before = programOf(sources);
        const known = assignDimensions(before.streams, []).added;
        const entries = Object.entries(sources);
        entries.splice(place, 0, ["added", source]);
        const after = programOf(Object.fromEntries(entries));
        const { dimensions } = assignDimensions(after.streams, known);
        const [one, other] = [run(before, {}, { shards: 1 }), run(after, {}, { shards: 1, dimensions })];
        for (const name of Object.keys(sources)) expect(columnOf(other, name)).toEqual(columnOf(one, name));
      }),
      { numRuns: 12 },
    );
  });

  test("keeping fewer columns changes none of them", () => {
    const program = programOf(sources);
    expect(columnOf(run(program, {}, { keep: ["c"] }), "c")).toEqual(columnOf(run(program), "c"));
    expect(() => columnOf(run(program, {}, { keep: ["c"] }), "a")).toThrow("kept no column named a");
  });

  test("a smaller shard holds the first points of a larger one", () => {
    const program = programOf(sources);
    const [small, large] = [run(program, {}, { shards: 2, shardSize: 1024 }), run(program, {}, { shards: 2 })];
    expect(columnOf(small, "c").subarray(1024)).toEqual(columnOf(large, "c").subarray(4096, 4096 + 1024));
  });
});

describe("columns", () => {
  const families: Record<string, Distribution> = {
    "normal(3, 2)": { kind: "normal", mean: 3, standardDeviation: 2 },
    "beta(2, 5)": { kind: "beta", alpha: 2, beta: 5 },
    "gamma(3, 2)": { kind: "gamma", shape: 3, scale: 2 },
    "uniform(-1, 4)": { kind: "uniform", low: -1, high: 4 },
    "triangular(0, 1, 5)": { kind: "triangular", low: 0, mode: 1, high: 5 },
    "pert(2, 5, 14)": { kind: "pert", low: 2, mode: 5, high: 14 },
    "exponential(3)": { kind: "exponential", mean: 3 },
    "weibull(1.5, 2)": { kind: "weibull", shape: 1.5, scale: 2 },
    "poisson(4)": { kind: "poisson", mean: 4 },
    "binomial(9, 0.3)": { kind: "binomial", trials: 9, probability: 0.3 },
    "chance(30%)": { kind: "bernoulli", probability: 0.3 },
  };
  test.each(Object.entries(families))("%s has the mean and the spread of its distribution", (source, distribution) => {
    const draws = run(programOf({ x: source }), {}, { shards: 16 });
    const column = columnOf(draws, "x");
    const average = measured(column, draws);
    expect(Math.abs(average.amount - mean(distribution))).toBeLessThanOrEqual(4 * average.standardError + 1e-12);
    const squares = measured(
      column.map((amount) => (amount - mean(distribution)) ** 2),
      draws,
    );
    expect(Math.abs(squares.amount - standardDeviation(distribution) ** 2)).toBeLessThanOrEqual(4 * squares.standardError + 1e-12);
  });

  test("formulas are computed draw by draw", () => {
    const draws = run(
      programOf({ x: "normal(0, 1)", y: "uniform(1, 2)", z: "if x > 0 then x / y else min(x, -y) + 3" }),
      {},
      { shards: 1, shardSize: 64 },
    );
    const [x, y, z] = ["x", "y", "z"].map((name) => columnOf(draws, name));
    z.forEach((amount, draw) =>
      expect(amount).toBe(Math.fround(x[draw] > 0 ? x[draw] / y[draw] : Math.fround(Math.min(x[draw], -y[draw]) + 3))),
    );
  });

  test("parameters may be drawn too: p2 given p1 is normal around it", () => {
    const draws = run(programOf({ p1: "normal(1, 1)", p2: "normal(p1, 2)" }), {}, { shards: 16 });
    const [p1, p2] = [columnOf(draws, "p1"), columnOf(draws, "p2")];
    const product = measured(
      p1.map((amount, draw) => (amount - 1) * (p2[draw] - 1)),
      draws,
    );
    expect(Math.abs(product.amount - 1)).toBeLessThanOrEqual(4 * product.standardError);
  });

  test("a chance that is drawn and leaves 0..1 is clipped", () => {
    const draws = run(programOf({ x: "uniform(-1, 2)", sure: "chance(x)" }), {}, { shards: 1 });
    columnOf(draws, "x").forEach((chance, draw) => {
      if (chance <= 0) expect(columnOf(draws, "sure")[draw]).toBe(0);
      if (chance >= 1) expect(columnOf(draws, "sure")[draw]).toBe(1);
    });
  });
});

describe("questions and beliefs", () => {
  const asked: Definition[] = [
    { name: "one", source: "0.8 if first else 0.2", expects: [{ kind: "probability" }] },
    { name: "two", source: "50%", expects: [{ kind: "probability" }] },
    { name: "first", question: { kind: { kind: "yesNo" } } },
    { name: "second", question: { kind: { kind: "yesNo" }, given: ["one", "two"] } },
  ];

  test("a belief written on another question is pooled draw by draw", () => {
    const beliefs: Beliefs = {
      first: { kind: "distribution", distribution: { kind: "bernoulli", probability: 0.4 } },
      second: { kind: "conditional", weights: [1, 1], method: "geometricOdds" },
    };
    const draws = run(programOf({}, asked), beliefs, { shards: 16 });
    const [first, second] = [columnOf(draws, "first"), columnOf(draws, "second")];
    // geometric mean of odds: sqrt(4 * 1) = 2 to 1 if first, sqrt(1/4 * 1) = 1 to 2 if not
    const expected = 0.4 * (2 / 3) + 0.6 * (1 / 3);
    const share = measured(second, draws);
    expect(Math.abs(share.amount - expected)).toBeLessThanOrEqual(4 * share.standardError);
    const both = measured(
      first.map((answer, draw) => answer * second[draw]),
      draws,
    );
    expect(Math.abs(both.amount - 0.4 * (2 / 3))).toBeLessThanOrEqual(4 * both.standardError);
  });

  test("a weight of zero leaves a forecaster out", () => {
    const beliefs: Beliefs = {
      first: { kind: "distribution", distribution: { kind: "point", at: 1 } },
      second: { kind: "conditional", weights: [1, 0], method: "geometricOdds" },
    };
    const draws = run(programOf({}, asked), beliefs);
    // In one dimension every shard is a net: its count of yes is off by less than one.
    expect(Math.abs(meanOf(columnOf(draws, "second")) - 0.8)).toBeLessThan(1 / draws.shardSize);
  });

  test("a question without a belief is a bug of the caller", () => {
    expect(() => run(programOf({}, asked))).toThrow("no belief was given for question");
  });

  test("a rank correlation joins two questions and leaves their own distributions alone", () => {
    const program = programOf({ x: "normal(0, 1)", y: "lognormal(0, 1)", z: "uniform(0, 1)" });
    const draws = run(program, {}, { shards: 16, correlations: [{ questions: ["x", "y"], rank: 0.6 }] });
    const ranks = (column: Float64Array): Float64Array => {
      const order = [...column.keys()].sort((a, b) => column[a] - column[b]);
      const rank = new Float64Array(column.length);
      order.forEach((draw, place) => (rank[draw] = place / column.length - 0.5));
      return rank;
    };
    const [x, y, z] = ["x", "y", "z"].map((name) => ranks(columnOf(draws, name)));
    const correlation = (a: Float64Array, b: Float64Array) =>
      measured(
        a.map((rank, draw) => 12 * rank * b[draw]),
        draws,
      );
    const [joined, apart] = [correlation(x, y), correlation(x, z)];
    expect(Math.abs(joined.amount - 0.6)).toBeLessThanOrEqual(4 * joined.standardError);
    expect(Math.abs(apart.amount)).toBeLessThanOrEqual(4 * apart.standardError);
    const average = measured(columnOf(draws, "y"), draws);
    expect(Math.abs(average.amount - Math.exp(0.5))).toBeLessThanOrEqual(4 * average.standardError);
  });
});

test("a rank correlation also holds for a question whose parameters are drawn", () => {
  const program = programOf({ scale: "uniform(1, 1.001)", x: "normal(0, 1)", y: "normal(0, scale)" });
  const draws = run(program, {}, { shards: 16, correlations: [{ questions: ["x", "y"], rank: 0.6 }] });
  const [x, y] = [columnOf(draws, "x"), columnOf(draws, "y")];
  const product = measured(
    x.map((score, draw) => score * y[draw]),
    draws,
  );
  // Almost standard normal both: the mean product is the Pearson correlation 2 sin(pi 0.6 / 6), up to the scale's 0.1%.
  expect(Math.abs(product.amount - 2 * Math.sin(Math.PI * 0.1))).toBeLessThanOrEqual(4 * product.standardError + 0.001);
});

describe("what cannot be computed", () => {
  test("undefined draws are counted and traced to the operator that made them", () => {
    const source = "sqrt(x) + 1";
    const draws = run(programOf({ x: "normal(0, 1)", root: source }));
    expect(draws.undefinedDraws).toHaveLength(1);
    const [{ column, count, at, operator }] = draws.undefinedDraws;
    expect({ column, operator, text: source.slice(at.from, at.to) }).toEqual({ column: "root", operator: "sqrt", text: "sqrt(x)" });
    expect(count).toBe(columnOf(draws, "x").filter((amount) => amount < 0).length);
  });

  test("a branch that is not taken makes no undefined draw", () => {
    expect(run(programOf({ x: "normal(0, 1)", root: "if x > 0 then sqrt(x) else 0" })).undefinedDraws).toEqual([]);
  });
});

test("Sobol points estimate a smooth case with far less variance than independent draws would", () => {
  const names = Array.from({ length: 20 }, (_, index) => `x${index}`);
  const sources = { ...Object.fromEntries(names.map((name) => [name, "normal(0, 1)"])), total: names.join(" + ") };
  const draws = run(programOf(sources), {}, { shards: 16 });
  const { standardError } = measured(columnOf(draws, "total"), draws);
  const independent = Math.sqrt(20 / (16 * 4096));
  expect((independent / standardError) ** 2).toBeGreaterThan(15);
});

test("dummies are uniform, shared by no stream, and differ from one another", () => {
  const draws = run(programOf({ x: "uniform(0, 1)" }));
  expect(draws.dummies).toHaveLength(12);
  for (const dummy of draws.dummies) expect(Math.abs(meanOf(dummy) - 0.5)).toBeLessThan(1e-3);
  expect(new Set(draws.dummies.map((dummy) => dummy[5])).size).toBe(12);
});
