import type { Forecast, Question, Workspace } from "@watershed/domain";
import { dayNumber, forecastId } from "@watershed/domain";
import { check } from "@watershed/formula";
import type { Kind, ProgramNode } from "@watershed/formula";
import { cdf, quantile } from "@watershed/probability";
import type { Distribution } from "@watershed/probability";
import { compileWorkspace } from "./compile-workspace.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { kindOf } from "./definitions.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { unbelieved } from "./run-cases.ts";
import { simulateWorkspace } from "./simulate-workspace.ts";
import { trainingSupply } from "./training-supply.ts";

/** The shares of probability at which a number's or date's belief is told. */
export const toldShares: number[] = [0.01, 0.025, 0.05, ...Array.from({ length: 17 }, (_, step) => 0.1 + 0.05 * step), 0.95, 0.975, 0.99];

/** A belief or forecast as figures that a page can draw. Dates are days since 1970-01-01; quantiles are of the part that is not never. */
export type BeliefFigures =
  | { kind: "yesNo"; probability: number }
  | { kind: "oneOf"; probabilities: Record<string, number> }
  | { kind: "number" | "date"; quantiles: number[]; never: number }; // quantiles at toldShares

/** One forecast with its figures; none where it is a formula on other questions or could not be read. */
export interface ForecastTold {
  id: string;
  forecast: Forecast;
  figures?: BeliefFigures;
}

/** Everything a page shows of what is believed about one question. */
export interface QuestionBeliefs {
  question: string;
  belief?: BeliefFigures; // as pooled on the workspace's day
  forecasts: ForecastTold[]; // all ever made, oldest first
}

/** What is believed about every question, and every forecast that was made. */
export function beliefsTold(whole: Workspace): QuestionBeliefs[] {
  const compiled = compileWorkspace(whole);
  const { workspace } = compiled;
  const now = beliefsOf(compiled, workspace.questions);
  const forecasts = Map.groupBy(workspace.forecasts, ({ question }) => question);
  return workspace.questions.map((question) => ({
    question: question.id,
    belief: now.get(question.id),
    forecasts: (forecasts.get(question.id) ?? [])
      .map((forecast) => ({ id: forecastId(forecast), forecast, figures: forecastFigures(workspace, question, forecast) }))
      .sort((one, other) => one.forecast.on.localeCompare(other.forecast.on)),
  }));
}

/** The pooled belief of one question after each day on which somebody forecast it, oldest first. */
export function beliefOverTime(whole: Workspace, id: string): { on: string; belief: BeliefFigures }[] {
  const last = whole.settings.asOf;
  const days = new Set(whole.forecasts.flatMap(({ question, on }) => (question === id && on <= last ? [on] : [])));
  return [...days].sort().flatMap((on) => {
    const compiled = compileWorkspace(whole, on);
    const question = compiled.workspace.questions.find((candidate) => candidate.id === id);
    const belief = question && beliefsOf(compiled, [question]).get(id);
    return belief ? [{ on, belief }] : [];
  });
}

/** The figures of one forecast by its own words; undefined where they need other questions. */
export function forecastFigures(workspace: Workspace, question: Question, forecast: Forecast): BeliefFigures | undefined {
  return readForecast(workspace, question, forecast).figures;
}

/** What somebody says of a question, in the words of a forecast. */
export type Said = Pick<Forecast, "probability" | "distribution" | "probabilities"> & { on?: string };

type ReadingProblem = Pick<WorkspaceProblem, "code" | "params" | "within" | "severity">;

/** Reads what somebody typed as a forecast: its figures, or what is wrong with it, within the text. */
export function readForecast(
  workspace: Workspace,
  question: Question,
  said: Said,
): { figures?: BeliefFigures; problems: ReadingProblem[] } {
  const { distribution, problems } = readBelief(workspace, question, said);
  return { figures: distribution && figuresOf(question, distribution), problems };
}

/** The distribution that a forecast states by its own words, checked as the files are; none where it needs other questions. */
export function readBelief(
  workspace: Workspace,
  question: Question,
  said: Said,
): { distribution?: Distribution; problems: ReadingProblem[] } {
  if (question.kind === "oneOf") return { distribution: categorical(question, said.probabilities ?? {}), problems: [] };
  const source = question.kind === "yesNo" ? said.probability : said.distribution;
  if (source === undefined) return { problems: [] };
  const expected: Kind = question.kind === "yesNo" ? { kind: "probability" } : kindOf(question);
  const { settings } = workspace;
  const { program, problems } = check([{ name: "typed", source: String(source), expects: [expected] }], {
    currency: settings.currency,
    rates: { ...settings.rates, [settings.currency]: 1 },
    today: dayNumber(said.on ?? settings.asOf) ?? 0,
    trainingDays: trainingSupply(workspace),
  });
  const told = problems.map(({ code, params, severity, at: { from, to } }) => ({ code, params, severity, within: { from, to } }));
  return { distribution: distributionOf(question, program.nodes[program.columns.typed]), problems: told };
}

function distributionOf({ kind }: Question, node: ProgramNode | undefined): Distribution | undefined {
  if (node?.op === "constant")
    return kind === "yesNo" ? { kind: "bernoulli", probability: node.amount } : { kind: "point", at: node.amount };
  return node?.op === "sample" && kind !== "yesNo" ? node.distribution : undefined;
}

function categorical(question: Question, probabilities: NonNullable<Forecast["probabilities"]>): Distribution | undefined {
  const weights = question.options!.map(({ id }) => chanceOf(probabilities[id] ?? 0));
  return weights.every((weight) => weight !== undefined) ? { kind: "categorical", weights } : undefined;
}

function chanceOf(written: string | number | boolean): number | undefined {
  if (typeof written === "number") return written;
  const percent = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(String(written));
  return percent ? Number(percent[1]) / (percent[2] ? 100 : 1) : undefined;
}

/** A distribution as figures for a question of a kind. */
export function figuresOf(question: Question, distribution: Distribution): BeliefFigures {
  if (question.kind === "yesNo")
    return { kind: "yesNo", probability: distribution.kind === "bernoulli" ? distribution.probability : 1 - cdf(distribution, 0.5) };
  if (question.kind === "oneOf") {
    const weights = question.options!.map(
      ({ id }, place) => [id, cdf(distribution, place + 0.5) - cdf(distribution, place - 0.5)] as const,
    );
    return { kind: "oneOf", probabilities: Object.fromEntries(weights) };
  }
  const never = 1 - cdf(distribution, Number.MAX_VALUE);
  return {
    kind: question.kind,
    never,
    quantiles: never >= 1 ? [] : toldShares.map((share) => quantile(distribution, share * (1 - never))),
  };
}

/** The pooled belief of some questions; one that is a formula on others is counted over scenarios. */
function beliefsOf(compiled: CompiledWorkspace, questions: Question[]): Map<string, BeliefFigures> {
  const { program, pooled } = compiled;
  const found = new Map<string, BeliefFigures>();
  const counted: Question[] = [];
  for (const question of questions) {
    const belief = pooled.beliefs[question.id];
    if (belief?.kind === "distribution") found.set(question.id, figuresOf(question, belief.distribution));
    else if (program.columns[question.id] !== undefined && unbelieved(compiled, [question.id]).length === 0) counted.push(question);
  }
  if (counted.length === 0) return found;
  const names = counted.map(({ id }) => id);
  const draws = simulateWorkspace(compiled, names, { draws: 16_384 });
  for (const question of counted) {
    const column = draws.columns.get(question.id);
    if (column && !column.some(Number.isNaN)) found.set(question.id, countedFigures(question, column));
  }
  return found;
}

function countedFigures(question: Question, column: Float64Array): BeliefFigures {
  const share = (holds: (answer: number) => boolean): number =>
    column.reduce((sum, answer) => sum + (holds(answer) ? 1 : 0), 0) / column.length;
  if (question.kind === "yesNo") return { kind: "yesNo", probability: share((answer) => answer === 1) };
  if (question.kind === "oneOf") {
    const weights = question.options!.map(({ id }, place) => [id, share((answer) => answer === place)] as const);
    return { kind: "oneOf", probabilities: Object.fromEntries(weights) };
  }
  const finite = column.filter(Number.isFinite).sort();
  const at = (probability: number): number => finite[Math.min(finite.length - 1, Math.floor(probability * finite.length))];
  return { kind: question.kind, never: 1 - finite.length / column.length, quantiles: finite.length === 0 ? [] : toldShares.map(at) };
}
