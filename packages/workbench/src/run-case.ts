import { binning, evpi, evppiOf, evppiPairOf, rankDummies, recommend, stakes } from "@watershed/decision";
import type { Binning, Measured } from "@watershed/decision";
import { assignDimensions, columnOf, simulate } from "@watershed/engine";
import type { Draws } from "@watershed/engine";
import { check } from "@watershed/formula";
import type { Definition, FormulaProblem, Program } from "@watershed/formula";
import { formulaText } from "@watershed/domain";
import type { Formula } from "@watershed/domain";
import type { CaseFile, CaseStudy } from "@watershed/workspace-files";
import { correlationProblems } from "./correlation-problems.ts";
import { heavyTails } from "./heavy-tails.ts";
import { shardingFor } from "./simulate-workspace.ts";
import { soundDay } from "./definitions.ts";
import type { WorkbenchProblemCode, ProblemParams } from "./problem.ts";

/** A decision small enough for one file, as the file holds it. */
export type DecisionCase = CaseFile;

export interface InformationWorth extends Measured {
  floor: number;
  distinguishable: boolean;
}

export interface CaseResult {
  unit: string;
  draws: number;
  shards: number;
  seed: number;
  best: string;
  clear: boolean;
  alternatives: Record<string, Measured & { probabilityBest: number; probabilityLoss: number; quantile05: number; quantile95: number }>;
  evpi: Measured;
  evppi: Record<string, InformationWorth>;
  pairs: ({ questions: [string, string] } & InformationWorth)[];
  studies: Record<string, InformationWorth & { cost: number; net: number }>;
}

/** A problem of a case file, placed by the key path of the text it is in. */
export interface CaseProblem {
  code: FormulaProblem["code"] | WorkbenchProblemCode;
  severity: "error" | "warning";
  path: (string | number)[];
  within?: { from: number; to: number };
  params: ProblemParams;
}

export interface CaseRunOptions {
  seed?: number;
  draws?: number; // 524,288 unless given
  onProgress?: (share: number) => void;
}

/** Alternatives and studies may be called anything, so the program knows them by their place. */
const alternativeName = ({ alternatives }: DecisionCase, name: string): string =>
  `alternative.a${Object.keys(alternatives).indexOf(name) + 1}`;
const studyName = ({ studies = {} }: DecisionCase, name: string): string => `study.s${Object.keys(studies).indexOf(name) + 1}`;

/** Solves a decision case: expected worth of every alternative, and what every question, pair and study is worth. */
export function runCase(decisionCase: DecisionCase, options: CaseRunOptions = {}): { result?: CaseResult; problems: CaseProblem[] } {
  const currency = decisionCase.currency ?? "USD";
  const definitions = definitionsOf(decisionCase);
  const { program, problems } = check(definitions, {
    currency,
    rates: { [currency]: 1 },
    today: decisionCase.today ? soundDay(decisionCase.today) : 0,
  });
  const found = [
    ...problems.flatMap((problem) => placeProblem(problem, definitions)),
    ...shapeProblems(decisionCase, program),
    ...tailsOfAlternatives(decisionCase, program, definitions),
  ];
  if (found.some((problem) => problem.severity === "error")) return { problems: found };
  const draws = simulate(
    program,
    {},
    {
      seed: options.seed ?? 1,
      ...shardingFor(options.draws ?? 524_288),
      dimensions: assignDimensions(program.streams, []).dimensions,
      correlations: decisionCase.correlations,
      onShard: (done, shards) => options.onProgress?.((0.5 * done) / shards),
    },
  );
  const unsound = undefinedProblems(decisionCase, draws, definitions);
  if (unsound.length > 0) return { problems: [...found, ...unsound] };
  return { result: resultOf(decisionCase, program, draws, options), problems: found };
}

interface PlacedFormula extends Definition {
  path: (string | number)[];
  offset?: number;
}

function definitionsOf(decisionCase: DecisionCase): PlacedFormula[] {
  const { questions, quantities = {}, alternatives, studies = {} } = decisionCase;
  const amount: Definition["expects"] = [{ kind: "number" }, { kind: "money" }, { kind: "probability" }];
  return [
    ...Object.entries(questions).map(([name, source]) => ({ name, source: formulaText(source), path: ["questions", name] })),
    ...Object.entries(quantities).map(([name, source]) => ({ name, source: formulaText(source), path: ["quantities", name] })),
    ...Object.entries(alternatives).map(([name, source]) => ({
      name: alternativeName(decisionCase, name),
      source: formulaText(source),
      expects: amount,
      path: ["alternatives", name],
    })),
    ...Object.entries(studies).map(([name, study]) => ({ name: studyName(decisionCase, name), ...studyFormula(name, study) })),
  ];
}

function studyFormula(name: string, study: Formula | CaseStudy): Pick<PlacedFormula, "source" | "path" | "offset"> {
  if (typeof study !== "object") return { source: formulaText(study), path: ["studies", name] };
  if (study.signal !== undefined) return { source: formulaText(study.signal), path: ["studies", name, "signal"] };
  const chance = `(${formulaText(study.sensitivity ?? 1)}) if ${study.question} else 1 - (${formulaText(study.specificity ?? 1)})`;
  return { source: `chance(${chance})`, path: ["studies", name, "question"], offset: Infinity };
}

function placeProblem(problem: FormulaProblem, definitions: PlacedFormula[]): CaseProblem[] {
  const definition = definitions.find((candidate) => candidate.name === problem.at.definition);
  if (!definition) return [];
  const within = definition.offset === Infinity ? {} : { within: { from: problem.at.from, to: problem.at.to } };
  return [{ code: problem.code, severity: problem.severity, path: definition.path, params: problem.params, ...within }];
}

function shapeProblems({ alternatives, correlations = [] }: DecisionCase, program: Program): CaseProblem[] {
  const problems: CaseProblem[] = [];
  if (Object.keys(alternatives).length === 0)
    problems.push({ code: "noAlternatives", severity: "error", path: ["alternatives"], params: {} });
  for (const { index, code, params } of correlationProblems(program, correlations))
    problems.push({
      code,
      severity: "error",
      path: ["correlations", index, ...(code === "correlationsImpossible" ? ["rank"] : [])],
      params,
    });
  return problems;
}

/** Distributions that leave the worth of an alternative without a mean or a variance. */
function tailsOfAlternatives(decisionCase: DecisionCase, program: Program, definitions: PlacedFormula[]): CaseProblem[] {
  const worths = Object.keys(decisionCase.alternatives).map((name) => ({ column: alternativeName(decisionCase, name), of: name }));
  return heavyTails(program, worths).flatMap(({ code, at, index, reached }): CaseProblem[] => {
    const definition = definitions.find((candidate) => candidate.name === at.definition);
    if (!definition) return [];
    const within = { from: at.from, to: at.to };
    return [{ code, severity: "warning", path: definition.path, within, params: { alternatives: reached, index } }];
  });
}

function undefinedProblems(decisionCase: DecisionCase, draws: Draws, definitions: PlacedFormula[]): CaseProblem[] {
  const total = draws.shards * draws.shardSize;
  const undefinedOnes = draws.undefinedDraws.map(({ column, count, at, operator }): CaseProblem => {
    const definition = definitions.find((candidate) => candidate.name === at.definition);
    return {
      code: "undefinedDraws",
      severity: "error",
      path: definition?.path ?? [],
      within: { from: at.from, to: at.to },
      params: { column, count, draws: total, operator },
    };
  });
  const infinite = Object.keys(decisionCase.alternatives).flatMap((name): CaseProblem[] => {
    const count = columnOf(draws, alternativeName(decisionCase, name)).reduce(
      (sum, amount) => sum + (Math.abs(amount) === Infinity ? 1 : 0),
      0,
    );
    return count === 0
      ? []
      : [{ code: "notFinite", severity: "error", path: ["alternatives", name], params: { what: name, count, draws: total } }];
  });
  return [...undefinedOnes, ...infinite];
}

function resultOf(decisionCase: DecisionCase, program: Program, draws: Draws, options: CaseRunOptions): CaseResult {
  const names = Object.keys(decisionCase.alternatives);
  const alternatives = names.map((name) => ({ name, netValue: columnOf(draws, alternativeName(decisionCase, name)) }));
  const decision = stakes(alternatives, draws, rankDummies(draws.dummies));
  const questions = Object.keys(decisionCase.questions);
  const binned = new Map(questions.map((name) => [name, binOf(program, draws, name)]));
  const { best, clear, alternatives: summaries } = recommend(alternatives, draws);
  const perfect = evpi(alternatives, draws);
  const pairs = questions.flatMap((one, index) => questions.slice(index + 1).map((other): [string, string] => [one, other]));
  return {
    unit: decisionCase.currency ?? "",
    draws: draws.shards * draws.shardSize,
    shards: draws.shards,
    seed: draws.seed,
    best,
    clear,
    alternatives: Object.fromEntries(
      summaries.map(({ name, netValue, probabilityBest, probabilityLoss, quantile05, quantile95 }) => [
        name,
        {
          ...netValue,
          probabilityBest: probabilityBest.amount,
          probabilityLoss: probabilityLoss.amount,
          quantile05: quantile05.amount,
          quantile95: quantile95.amount,
        },
      ]),
    ),
    evpi: { amount: perfect.amount, standardError: perfect.standardError },
    evppi: Object.fromEntries(questions.map((name) => [name, informationWorth(evppiOf(decision, binned.get(name)!))])),
    pairs: pairs.map(([one, other], index) => {
      options.onProgress?.(0.5 + (0.5 * index) / pairs.length);
      return { questions: [one, other], ...informationWorth(evppiPairOf(decision, binned.get(one)!, binned.get(other)!)) };
    }),
    studies: Object.fromEntries(
      Object.entries(decisionCase.studies ?? {}).map(([name, study]) => {
        const worth = informationWorth(evppiOf(decision, binOf(program, draws, studyName(decisionCase, name))));
        const cost = typeof study === "object" ? (study.cost ?? 0) : 0;
        return [name, { ...worth, cost, net: worth.amount - cost }];
      }),
    ),
  };
}

function binOf(program: Program, draws: Draws, name: string): Binning {
  const kind = program.kinds[name].kind;
  return binning(columnOf(draws, name), { discrete: kind === "yesNo" || kind === "choice" });
}

function informationWorth({ amount, standardError, floor, distinguishable }: InformationWorth): InformationWorth {
  return { amount, standardError, floor, distinguishable };
}
