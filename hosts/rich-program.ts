import { assignDimensions } from "@watershed/engine";
import type { Beliefs, SimulationOptions } from "@watershed/engine";
import { check } from "@watershed/formula";
import type { Definition, Program } from "@watershed/formula";
import type { Distribution } from "@watershed/probability";

/** Every kind of distribution, as beliefs about questions of their own. */
const distributions: Distribution[] = [
  { kind: "point", at: 0.3 },
  { kind: "bernoulli", probability: 0.37 },
  { kind: "categorical", weights: [1, 2.5, 0.7] },
  { kind: "normal", mean: 3, standardDeviation: 2 },
  { kind: "lognormal", logMean: 0.3, logStandardDeviation: 0.9 },
  { kind: "beta", alpha: 0.7, beta: 4.2 },
  { kind: "gamma", shape: 2.3, scale: 1.7 },
  { kind: "uniform", low: -1, high: 4 },
  { kind: "triangular", low: 0, mode: 1, high: 5 },
  { kind: "pert", low: 2, mode: 5, high: 14 },
  { kind: "exponential", mean: 3 },
  { kind: "student", degreesOfFreedom: 3.5, location: 1, scale: 2 },
  { kind: "weibull", shape: 1.4, scale: 2 },
  { kind: "pareto", minimum: 1, shape: 2.6 },
  { kind: "poisson", mean: 4.4 },
  { kind: "binomial", trials: 30, probability: 0.23 },
  { kind: "metalog", terms: [1, 0.5, 0.1], low: 0 },
  {
    kind: "piecewise",
    points: [
      [0, 0],
      [10, 0.3],
      [11, 0.8],
      [30, 1],
    ],
  },
  { kind: "empirical", values: [4, 1, 9, 2.5], weights: [1, 2, 3, 4] },
  { kind: "mixture", components: mixed() },
  { kind: "quantileAverage", components: mixed() },
  { kind: "truncated", distribution: { kind: "lognormal", logMean: 0, logStandardDeviation: 1 }, low: 0.5, high: 6 },
  { kind: "censored", distribution: { kind: "normal", mean: 0, standardDeviation: 1 }, low: -1, high: 2 },
  { kind: "orNever", never: 0.2, distribution: { kind: "normal", mean: 20_500, standardDeviation: 400 } },
];

/** Formulas that meet every operator, parameters that are drawn, and draws that cannot be computed. */
const sources: Record<string, string> = {
  market: "USD 2bn to USD 30bn",
  growth: "quantiles(10%: 1, 50%: 1.4, 90%: 3)",
  moment: "dates(2026-01-01: 20%, 2027-06-30: 70%, never: 30%)",
  launch: "orNever(normal(2026-01-01, 1 year), 20%)",
  rest: "mixture(70%: normal(1, 0.2), 30%: pareto(1, 3))",
  kept: "truncate(normal(0, 1), -1, 2)",
  centre: "normal(1, 1)",
  around: "normal(centre, exp(kept / 4))",
  sure: "chance(clip(around / 3, 0, 1))",
  worth: "market * growth ^ 1.7 * discount(25%, max(0 days, launch - today)) if launch by 2030-01-01 else USD 0",
  score: "log(abs(around) + 1) + sqrt(rest) - pow(rest, 0.3) + round(around * 3) / 7 + floor(kept * 5)",
  total: "sum(centre, around, min(kept, rest, score)) if sure or not (centre > around) else -centre",
  yearsLeft: "years(min(moment, launch) - today)",
  root: "sqrt(centre)",
};

export interface RichRun {
  program: Program;
  beliefs: Beliefs;
  options: SimulationOptions;
}

/** A run that uses all that the engine has: what must have the same bits in every host. */
export function richRun(): RichRun {
  const questions = distributions.map(({ kind }): Definition => ({ name: `of_${kind}`, question: { kind: { kind: "number" } } }));
  const conditional: Definition[] = [
    { name: "one", source: "0.8 if of_normal > 3 else 0.2", expects: [{ kind: "probability" }] },
    { name: "two", source: "0.5", expects: [{ kind: "probability" }] },
    { name: "follows", question: { kind: { kind: "yesNo" }, given: ["one", "two"] } },
  ];
  const formulas = Object.entries(sources).map(([name, source]) => ({ name, source }));
  const { program, problems } = check([...questions, ...conditional, ...formulas], { currency: "USD", rates: { USD: 1 }, today: 20_000 });
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const beliefs: Beliefs = Object.fromEntries(
    distributions.map((distribution) => [`of_${distribution.kind}`, { kind: "distribution", distribution }]),
  );
  beliefs.follows = { kind: "conditional", weights: [2, 1], method: "geometricOdds" };
  const correlations: SimulationOptions["correlations"] = [
    { questions: ["of_normal", "of_lognormal"], rank: 0.6 },
    { questions: ["of_lognormal", "of_gamma"], rank: -0.4 },
  ];
  const { dimensions } = assignDimensions(program.streams, []);
  return { program, beliefs, options: { seed: 11, shards: 6, shardSize: 4096, dimensions, correlations } };
}

function mixed(): { weight: number; distribution: Distribution }[] {
  return [
    { weight: 2, distribution: { kind: "normal", mean: 0, standardDeviation: 1 } },
    { weight: 1, distribution: { kind: "gamma", shape: 3, scale: 2 } },
  ];
}
