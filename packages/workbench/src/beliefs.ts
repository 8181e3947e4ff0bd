import type { ItemPlace, Question, Workspace } from "@watershed/domain";
import { dayNumber, forecastId, standingForecasts } from "@watershed/domain";
import type { Belief, Beliefs } from "@watershed/engine";
import type { Program, ProgramNode } from "@watershed/formula";
import { poolCategorical, poolDistributions, poolProbabilities } from "@watershed/probability";
import type { Distribution } from "@watershed/probability";
import { forecastName } from "./definitions.ts";
import type { WorkspaceProblem } from "./problem.ts";

type Forecast = Workspace["forecasts"][number];

export interface PooledBeliefs {
  beliefs: Beliefs;
  forecastIds: Record<string, string[]>; // question -> ids of the forecasts its belief rests on
  problems: WorkspaceProblem[];
}

const answerField = { yesNo: "probability", number: "distribution", date: "distribution", oneOf: "probabilities" } as const;

interface PoolingContext {
  workspace: Workspace;
  program: Program;
  only?: string;
  weightOf: (forecast: Forecast) => number;
  problems: WorkspaceProblem[];
}

/**
 * The belief of every question on a day: its resolution where the world has answered, else the pool of the standing forecasts.
 *
 * With `only`, the forecasts of that person alone where there are any, else the pool: the world as that partner sees it.
 */
export function poolBeliefs(workspace: Workspace, program: Program, only?: string): PooledBeliefs {
  const forecasts = Map.groupBy(standingForecasts(workspace, workspace.settings.asOf), (forecast) => forecast.question);
  const weights = new Map(workspace.people.map((person) => [person.id, person.weight ?? 1]));
  const pooled: PooledBeliefs = { beliefs: {}, forecastIds: {}, problems: [] };
  const context: PoolingContext = {
    workspace,
    program,
    only,
    weightOf: (forecast) => weights.get(forecast.by) ?? 1,
    problems: pooled.problems,
  };
  workspace.questions.forEach((question, index) => {
    const node = program.nodes[program.columns[question.id]];
    if (node?.op !== "question") return;
    const standing = (forecasts.get(question.id) ?? []).filter((forecast) => forecast[answerField[question.kind]] !== undefined);
    const answer = resolvedAnswer(workspace, question);
    const before = pooled.problems.length;
    const belief = answer ?? poolQuestion(context, question, standing, node);
    if (belief) pooled.beliefs[question.id] = belief;
    else if (pooled.problems.length === before && !workspace.resolutions.some((resolution) => resolution.question === question.id))
      pooled.problems.push({
        code: "beliefMissing",
        severity: "warning",
        place: { kind: "questions", index, path: ["id"] },
        params: { question: question.id },
      });
    pooled.forecastIds[question.id] = answer ? [] : chosenFrom(standing, only).map(forecastId);
  });
  return pooled;
}

/** The forecasts a belief rests on: all of them, or one person's where that person has any. */
function chosenFrom(standing: Forecast[], only?: string): Forecast[] {
  const own = standing.filter((forecast) => forecast.by === only);
  return own.length > 0 ? own : standing;
}

function poolQuestion(
  context: PoolingContext,
  question: Question,
  standing: Forecast[],
  node: ProgramNode & { op: "question" },
): Belief | undefined {
  const chosen = chosenFrom(standing, context.only);
  if (question.kind === "yesNo") return poolChances(context, standing, chosen, node.given);
  return question.kind === "oneOf" ? poolOptions(context, question, chosen) : poolQuantities(context, question, chosen);
}

function poolChances(
  { workspace, program, weightOf }: PoolingContext,
  standing: Forecast[],
  chosen: Forecast[],
  given: number[],
): Belief | undefined {
  const method = workspace.settings.pooling?.events ?? "geometricOdds";
  const weights = given.map((_, place) => (standing.length === 0 ? 1 : chosen.includes(standing[place]) ? weightOf(standing[place]) : 0));
  const kept = given.flatMap((node, place) => (weights[place] > 0 ? [{ node: program.nodes[node], weight: weights[place] }] : []));
  if (kept.length === 0) return undefined;
  const chances = kept.flatMap(({ node }) => (node.op === "constant" ? [node.amount] : []));
  if (chances.length < kept.length) return { kind: "conditional", weights, method };
  return fixed({ kind: "bernoulli", probability: poolProbabilities(chances, { weights: kept.map(({ weight }) => weight), method }) });
}

function poolQuantities(context: PoolingContext, question: Question, chosen: Forecast[]): Belief | undefined {
  const parts = chosen.flatMap((forecast) => {
    const distribution = distributionOf(context.program, forecastName(forecast.by, question.id));
    if (distribution) return [{ distribution, weight: context.weightOf(forecast) }];
    if (context.program.columns[forecastName(forecast.by, question.id)] !== undefined)
      report(context, forecast, "distribution", "forecastNotDistribution");
    return [];
  });
  if (parts.length === 0) return undefined;
  if (parts.length === 1) return fixed(parts[0].distribution);
  const [distributions, weights] = [parts.map((part) => part.distribution), parts.map((part) => part.weight)];
  return fixed(poolDistributions(distributions, { weights, method: context.workspace.settings.pooling?.quantities ?? "linear" }));
}

function poolOptions(context: PoolingContext, question: Question, chosen: Forecast[]): Belief | undefined {
  const { program, weightOf, workspace } = context;
  const rows = chosen.flatMap((forecast) => {
    const nodes = question.options!.map(
      (option) => program.nodes[program.columns[`${forecastName(forecast.by, question.id)}.${option.id}`]],
    );
    const chances = nodes.map((node) => (node === undefined ? 0 : node.op === "constant" ? node.amount : NaN));
    const sum = chances.reduce((total, chance) => total + chance, 0);
    if (Number.isNaN(sum)) return report(context, forecast, "probabilities", "forecastNotDistribution");
    if (Math.abs(sum - 1) > 0.005)
      return report(context, forecast, "probabilities", "probabilitiesNotWhole", { sum: `${Math.round(sum * 1000) / 10}%` });
    return [{ chances, weight: weightOf(forecast) }];
  });
  if (rows.length === 0) return undefined;
  const options = { weights: rows.map((row) => row.weight), method: workspace.settings.pooling?.events ?? ("geometricOdds" as const) };
  return fixed({
    kind: "categorical",
    weights: poolCategorical(
      rows.map((row) => row.chances),
      options,
    ),
  });
}

function distributionOf(program: Program, name: string): Distribution | undefined {
  const node = program.nodes[program.columns[name]];
  if (node?.op === "sample") return node.distribution;
  return node?.op === "constant" ? { kind: "point", at: node.amount } : undefined;
}

function resolvedAnswer(workspace: Workspace, question: Question): Belief | undefined {
  const resolution = workspace.resolutions.findLast((candidate) => candidate.question === question.id);
  if (!resolution) return undefined;
  const { outcome } = resolution;
  if (question.kind === "yesNo") {
    const answer = outcome === true || outcome === "yes" ? 1 : outcome === false || outcome === "no" ? 0 : undefined;
    return answer === undefined ? undefined : fixed({ kind: "bernoulli", probability: answer });
  }
  if (question.kind === "number") return typeof outcome === "number" ? fixed({ kind: "point", at: outcome }) : undefined;
  if (question.kind === "date") {
    const day = outcome === "never" ? Infinity : dayNumber(String(outcome));
    return day === undefined ? undefined : fixed({ kind: "point", at: day });
  }
  const place = question.options?.findIndex((option) => option.id === outcome) ?? -1;
  return place < 0 ? undefined : fixed({ kind: "point", at: place });
}

function fixed(distribution: Distribution): Belief {
  return { kind: "distribution", distribution };
}

function report(
  context: PoolingContext,
  forecast: Forecast,
  field: string,
  code: "forecastNotDistribution" | "probabilitiesNotWhole",
  more: Record<string, string> = {},
): [] {
  const place: ItemPlace = { kind: "forecasts", index: context.workspace.forecasts.indexOf(forecast), path: [field] };
  context.problems.push({ code, severity: "error", place, params: { question: forecast.question, by: forecast.by, ...more } });
  return [];
}
