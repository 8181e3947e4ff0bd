import type { Operator, Program, ProgramNode } from "@watershed/formula";
import { stream } from "@watershed/probability";
import type { Distribution } from "@watershed/probability";
import type { Beliefs, RankCorrelation } from "./belief.ts";
import { assignDimensions } from "./dimensions.ts";

/** An investment case at random, every step of it a named column: n0, n1, ... */
export interface RandomCase {
  program: Program;
  beliefs: Beliefs;
  correlations: RankCorrelation[];
  dimensions: Map<string, number>;
}

const today = 19_813;
type Random = (below: number) => number;
type Sort = "amount" | "shape" | "factor" | "number" | "date" | "answer" | "chance";

/** The same case for the same seed: questions of every kind, drawn parameters, conditional chances, correlations, and formulas of every operator. */
export function randomCase(seed: number): RandomCase {
  const source = stream(seed, "random case");
  let counter = 0;
  const random: Random = (below) => source.uniform(counter++) * below;
  const nodes: ProgramNode[] = [];
  const beliefs: Beliefs = {};
  const of: Record<Sort, number[]> = { amount: [], shape: [], factor: [], number: [], date: [], answer: [], chance: [] };
  const at = { definition: "case", from: 0, to: 0 };
  const add = (sort: Sort, node: Record<string, unknown>): number => {
    const index = nodes.push({ at, ...node } as ProgramNode) - 1;
    of[sort].push(index);
    return index;
  };
  const pick = (sort: Sort): number => of[sort][Math.floor(random(of[sort].length))];
  const constant = (sort: Sort, amount: number): number => add(sort, { op: "constant", amount });
  const apply = (sort: Sort, operator: Operator, ...inputs: number[]): number => add(sort, { op: "apply", operator, inputs });

  for (const amount of [0, 1, 2.5, 1e6]) constant(amount > 5 ? "amount" : "number", amount);
  for (const rate of [0.12, 0.9, 0.35]) constant("chance", rate);
  constant("date", today + 700);
  constant("date", Infinity);
  constant("factor", 1.7);
  for (const draw of Array.from(drawn(random))) {
    const index = nodes.length;
    if (random(2) < 1) add(draw.sort, { op: "sample", distribution: draw.distribution, stream: `sample/${index}` });
    else {
      add(draw.sort, { op: "question", name: `n${index}`, given: [], stream: `question/n${index}` });
      beliefs[`n${index}`] = { kind: "distribution", distribution: draw.distribution };
    }
  }
  add("shape", { op: "sample", distribution: { kind: "uniform", low: 0.8, high: 4 }, stream: "sample/shape" });
  for (let index = 0; index < 4; index++)
    drawnParameters(random, pick, (sort, node) => add(sort, { ...node, stream: `sample/${nodes.length}` }));
  for (let index = 0; index < 3; index++) {
    const given = Array.from({ length: 1 + Math.floor(random(3)) }, () =>
      apply("chance", "if", pick("answer"), pick("chance"), pick("chance")),
    );
    const name = `n${nodes.length}`;
    add("answer", { op: "question", name, given, stream: `question/${name}` });
    beliefs[name] = {
      kind: "conditional",
      weights: given.map((_, place) => (place === 0 ? 1 : random(2))),
      method: random(2) < 1 ? "linear" : "geometricOdds",
    };
  }
  for (let index = 0; index < 40; index++) formulas[Math.floor(random(formulas.length))]({ apply, pick, constant, random });
  const drawnNodes = nodes.flatMap((node, index) => ("stream" in node ? [index] : []));
  const correlations: RankCorrelation[] = [0, 1].map((pair) => ({
    questions: [`n${drawnNodes[2 * pair]}`, `n${drawnNodes[2 * pair + 1]}`],
    rank: random(1.6) - 0.8,
  }));
  const streams = nodes.flatMap((node) => ("stream" in node ? [node.stream] : []));
  const columns = Object.fromEntries(nodes.map((_, index) => [`n${index}`, index]));
  const program: Program = { nodes, columns, kinds: {}, streams, readings: [] };
  return { program, beliefs, correlations, dimensions: assignDimensions(streams, []).dimensions };
}

function* drawn(random: Random): Generator<{ sort: Sort; distribution: Distribution }> {
  const low = 0.5 + random(2);
  const inner: Distribution[] = [
    { kind: "normal", mean: 1 + random(3), standardDeviation: 0.1 + random(1) },
    { kind: "lognormal", logMean: random(2), logStandardDeviation: 0.1 + random(1) },
    { kind: "beta", alpha: 0.5 + random(5), beta: 0.5 + random(5) },
    { kind: "gamma", shape: 0.5 + random(5), scale: 0.1 + random(2) },
    { kind: "uniform", low: 1, high: 1.5 + random(3) },
    { kind: "triangular", low, mode: low + random(2), high: low + 2 + random(2) },
    { kind: "pert", low, mode: low + random(2), high: low + 2 + random(2) },
    { kind: "exponential", mean: 0.2 + random(3) },
    { kind: "student", degreesOfFreedom: 3 + random(20), location: 3, scale: 0.1 + random(0.5) },
    { kind: "weibull", shape: 0.7 + random(3), scale: 0.5 + random(2) },
    { kind: "pareto", minimum: 0.5 + random(1), shape: 1.5 + random(4) },
    { kind: "metalog", terms: [2, 0.3 + random(0.5), random(0.3)] },
    {
      kind: "piecewise",
      points: [
        [1, 0],
        [1.5, 0.2 + random(0.2)],
        [2, 0.5],
        [2, 0.6 + random(0.1)],
        [5, 1],
      ],
    },
    { kind: "empirical", values: Array.from({ length: 3 + Math.floor(random(40)) }, () => 0.5 + random(5)) },
    { kind: "poisson", mean: 0.5 + random(30) },
    { kind: "binomial", trials: 1 + Math.floor(random(40)), probability: 0.05 + random(0.9) },
    { kind: "point", at: 2 + random(1) },
  ];
  const one = (): Distribution => inner[Math.floor(random(inner.length))];
  const quick = inner.filter(({ kind }) => !["beta", "gamma", "student", "pert"].includes(kind)); // as parts: their inverses take long
  const part = (): Distribution => quick[Math.floor(random(quick.length))];
  const two = (): { weight: number; distribution: Distribution }[] => [0, 1].map(() => ({ weight: 0.1 + random(1), distribution: part() }));
  for (let index = 0; index < 5; index++) yield { sort: random(2) < 1 ? "amount" : "factor", distribution: one() };
  yield { sort: "amount", distribution: { kind: "mixture", components: two() } };
  yield { sort: "amount", distribution: { kind: "quantileAverage", components: two() } };
  yield { sort: "factor", distribution: { kind: "truncated", distribution: part(), low: 1, high: 2.8 } };
  const days: Distribution = {
    kind: "piecewise",
    points: [
      [today, 0],
      [today + 365, 0.2 + random(0.3)],
      [today + 1500, 1],
    ],
  };
  yield { sort: "date", distribution: { kind: "orNever", never: random(0.6), distribution: days } };
  yield { sort: "date", distribution: { kind: "normal", mean: today + 900, standardDeviation: 30 + random(300) } };
  for (let index = 0; index < 3; index++) yield { sort: "answer", distribution: { kind: "bernoulli", probability: random(1) } };
  yield {
    sort: "number",
    distribution: { kind: "categorical", weights: Array.from({ length: 2 + Math.floor(random(4)) }, () => random(1)) },
  };
}

type Drawn = { op: "sampleWith"; family: string; parameters: number[] };

function drawnParameters(random: Random, pick: (sort: Sort) => number, add: (sort: Sort, node: Drawn) => number): void {
  const families: [Sort, string, Sort[]][] = [
    ["number", "normal", ["number", "chance"]],
    ["factor", "lognormal", ["chance", "chance"]],
    ["factor", "beta", ["shape", "shape"]],
    ["factor", "gamma", ["shape", "chance"]],
    ["number", "uniform", ["chance", "factor"]],
    ["factor", "triangular", ["chance", "chance", "factor"]],
    ["factor", "exponential", ["factor"]],
    ["factor", "weibull", ["shape", "chance"]],
    ["factor", "pareto", ["chance", "shape"]],
    ["number", "poisson", ["factor"]],
    ["answer", "bernoulli", ["chance"]],
  ];
  const [sort, family, sorts] = families[Math.floor(random(families.length))];
  add(sort, { op: "sampleWith", family, parameters: sorts.map(pick) });
}

interface Building {
  apply: (sort: Sort, operator: Operator, ...inputs: number[]) => number;
  pick: (sort: Sort) => number;
  constant: (sort: Sort, amount: number) => number;
  random: Random;
}

const comparisons: Operator[] = ["less", "lessOrEqual", "greater", "greaterOrEqual"];

const formulas: ((building: Building) => void)[] = [
  ({ apply, pick, constant }) =>
    apply("amount", "multiply", apply("amount", "min", pick("amount"), constant("number", 1e12)), pick("shape")),
  ({ apply, pick }) => apply("amount", "add", pick("amount"), pick("amount")),
  ({ apply, pick }) => apply("number", "subtract", pick("amount"), pick("amount")),
  ({ apply, pick }) => apply("number", "divide", pick("number"), pick("factor")),
  ({ apply, pick }) => apply("number", "divide", pick("number"), pick("number")),
  ({ apply, pick, constant, random }) => apply("amount", "power", pick("factor"), constant("number", random(3) - 0.5)),
  ({ apply, pick, constant }) =>
    apply(
      "number",
      "power",
      apply("number", "min", pick("number"), constant("number", 9)),
      apply("number", "min", pick("number"), constant("number", 30)),
    ),
  ({ apply, pick, constant }) => apply("amount", "power", pick("factor"), constant("number", 2)),
  ({ apply, pick }) => apply("number", "negate", pick("number")),
  ({ apply, pick }) => apply("factor", "exp", apply("number", "negate", pick("factor"))),
  ({ apply, pick }) => apply("number", "log", pick("amount")),
  ({ apply, pick }) => apply("number", "sqrt", pick("number")),
  ({ apply, pick }) => apply("amount", "abs", pick("number")),
  ({ apply, pick }) => apply("number", "round", pick("number")),
  ({ apply, pick }) => apply("number", "floor", pick("factor")),
  ({ apply, pick }) => apply("amount", "min", pick("amount"), pick("amount"), pick("amount")),
  ({ apply, pick }) => apply("amount", "max", pick("amount"), pick("number")),
  ({ apply, pick, random }) => apply("amount", "sum", ...Array.from({ length: 1 + Math.floor(random(20)) }, () => pick("amount"))),
  ({ apply, pick }) => apply("factor", "clip", pick("number"), pick("chance"), pick("factor")),
  ({ apply, pick, random }) => apply("answer", comparisons[Math.floor(random(4))], pick("number"), pick("number")),
  ({ apply, pick }) => apply("answer", "equal", pick("number"), pick("number")),
  ({ apply, pick }) => apply("answer", "notEqual", pick("number"), pick("number")),
  ({ apply, pick }) => apply("answer", "and", pick("answer"), pick("answer")),
  ({ apply, pick }) => apply("answer", "or", pick("answer"), pick("answer")),
  ({ apply, pick }) => apply("answer", "not", pick("answer")),
  ({ apply, pick }) => apply("answer", "by", pick("date"), pick("date")),
  ({ apply, pick }) => apply("amount", "if", pick("answer"), pick("amount"), pick("amount")),
  ({ apply, pick }) => apply("date", "if", pick("answer"), pick("date"), pick("date")),
  ({ apply, pick, constant }) =>
    apply("factor", "discount", pick("chance"), apply("number", "subtract", pick("date"), constant("date", today))),
  ({ apply, pick }) => apply("factor", "discount", pick("number"), pick("amount")),
];
