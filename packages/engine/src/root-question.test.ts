import type { Program } from "@watershed/formula";
import { expect, test } from "vitest";
import type { Beliefs } from "./belief.ts";
import { rootQuestion } from "./root-question.ts";

const at = { definition: "x", from: 0, to: 1 };
const program: Program = {
  nodes: [
    { op: "question", name: "launch", given: [], stream: "question/launch", at },
    { op: "question", name: "orders", given: [0], stream: "question/orders", at },
    { op: "sample", distribution: { kind: "normal", mean: 0, standardDeviation: 1 }, stream: "growth/1", at },
    { op: "question", name: "rate", given: [], stream: "question/rate", at },
    { op: "question", name: "price", given: [], stream: "question/price", at },
    { op: "apply", operator: "add", inputs: [0, 2], at },
  ],
  columns: { launch: 0, orders: 1, growth: 2, rate: 3, price: 4, worth: 5 },
  kinds: {},
  streams: [],
  readings: [],
};
const normal = { kind: "distribution", distribution: { kind: "normal", mean: 0, standardDeviation: 1 } } as const;
const beliefs: Beliefs = {
  launch: { kind: "distribution", distribution: { kind: "bernoulli", probability: 0.3 } },
  orders: { kind: "conditional", weights: [1], method: "linear" },
  rate: normal,
  price: normal,
};
const dimensions = new Map(
  ["question/launch", "question/orders", "growth/1", "question/rate", "question/price"].map((name, index) => [name, 12 + index]),
);
const run = { program, beliefs, dimensions, correlations: [{ questions: ["rate", "price"] as [string, string], rank: 0.5 }] };
const root = (name: string, discrete = false, given = run) => rootQuestion(given, name, { discrete, shardSize: 4096, draws: 65_536 });

test("a question believed in by one distribution, and a drawn number, are root questions", () => {
  expect(root("launch", true)).toMatchObject({ kind: "root", stream: "question/launch", dimension: 12, partition: { discrete: true } });
  expect(root("growth")).toMatchObject({ stream: "growth/1", dimension: 14, partition: { digits: 6 } });
});

test("computed, conditional, correlated and missing ones are not, nor one whose uniform is read twice", () => {
  expect(["worth", "orders", "rate", "price", "nothing"].map((name) => root(name))).toEqual(Array(5).fill(undefined));
  expect(root("rate", false, { ...run, correlations: [] })).toBeDefined();
  const twice = { ...run, program: { ...program, nodes: [...program.nodes, program.nodes[2]] } };
  expect(root("growth", false, twice)).toBeUndefined();
});

test("a yes too rare for the digits of a shard is grouped draw by draw", () => {
  const rare: Beliefs = { ...beliefs, launch: { kind: "distribution", distribution: { kind: "bernoulli", probability: 1e-5 } } };
  expect(root("launch", true, { ...run, beliefs: rare })).toBeUndefined();
});
