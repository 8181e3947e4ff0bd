import type { Estimate, Forecast, Question, Text } from "@watershed/domain";
import { forecastId, standingForecasts } from "@watershed/domain";
import type { Explanation } from "@watershed/decision";
import { expectation, quantileOf } from "@watershed/decision";
import type { ScenarioRun } from "./scenario-run.ts";
import { forecastName } from "./definitions.ts";
import { estimate } from "./run-key.ts";

/** One node of the tree behind a number: a measure, the formula it reads, the question under it, who said what, and the source. */
export type WhyNode =
  | (Omit<Explanation, "children"> & { node: "measure"; children: WhyNode[] })
  | { node: "formula"; name: string; source: string; means?: Estimate; note?: Text; illustrative?: boolean; children: WhyNode[] }
  | { node: "question"; id: string; text: Text; belief: BeliefSummary; illustrative?: boolean; children: WhyNode[] }
  | { node: "forecast"; id: string; by: string; on: string; says: string; reasons?: Text; illustrative?: boolean; children: WhyNode[] }
  | { node: "source"; id: string; text: Text; from: string[]; children: WhyNode[] }
  | { node: "seen"; name: string; children: WhyNode[] };

/** A belief in a line: the chance of each answer, or three quantiles and the chance of never. */
export type BeliefSummary =
  | { kind: "yesNo"; probability: Estimate }
  | { kind: "oneOf"; options: { id: string; name: Text; probability: number }[] }
  | { kind: "number" | "date"; quantiles: { probability: number; at: number }[]; never: number; unit?: string };

/** Grows an explanation of decision down to forecasts and sources: wherever it names a column of the case, the formula continues. */
export function growWhy(run: ScenarioRun, explanation: Explanation, scope: string, seen: Set<string>): WhyNode {
  const { column, question } = explanation;
  const children: WhyNode[] = explanation.children.map((child) => growWhy(run, child, scope, seen));
  const formula = column === undefined ? undefined : formulaNode(run, `${scope}.${column}`, seen);
  if (formula && explanation.children.length === 0) children.push(formula);
  if (question !== undefined && explanation.measure === "belief") children.push(...questionNode(run, question, seen));
  return { ...explanation, node: "measure", children };
}

function formulaNode(run: ScenarioRun, name: string, seen: Set<string>): WhyNode | undefined {
  const { compiled, draws, key } = run;
  const definition = compiled.definitions.get(name);
  if (!definition?.source) return undefined;
  if (seen.has(name)) return { node: "seen", name, children: [] };
  seen.add(name);
  const column = draws.columns.get(name);
  const unit = unitOf(run, name);
  const quantity = compiled.workspace.quantities.find((candidate) => candidate.id === name);
  const uses = compiled.program.uses?.[name] ?? [];
  return {
    node: "formula",
    name,
    source: definition.source,
    ...(column && unit && column.every(Number.isFinite) ? { means: estimate(expectation(column, draws), unit, key) } : {}),
    ...(quantity ? { note: quantity.note, illustrative: quantity.illustrative } : {}),
    children: uses.flatMap((used) => continueWith(run, used, seen)),
  };
}

function continueWith(run: ScenarioRun, name: string, seen: Set<string>): WhyNode[] {
  if (run.compiled.workspace.questions.some((question) => question.id === name)) return questionNode(run, name, seen);
  const formula = formulaNode(run, name, seen);
  return formula ? [formula] : [];
}

/** A question with its belief, and under it every forecast the belief rests on, each with its sources. */
function questionNode(run: ScenarioRun, id: string, seen: Set<string>): WhyNode[] {
  const { compiled } = run;
  const question = compiled.workspace.questions.find((candidate) => candidate.id === id);
  const column = run.draws.columns.get(id);
  if (!question || !column) return [];
  if (seen.has(id)) return [{ node: "seen", name: id, children: [] }];
  seen.add(id);
  const forecasts = standingForecasts(compiled.workspace, compiled.workspace.settings.asOf).filter((forecast) => forecast.question === id);
  const opinions = forecasts.map((forecast) => forecastNode(run, forecast, seen));
  const prior =
    forecasts.length === 0 && question.belief !== undefined
      ? formulaNode(run, question.kind === "yesNo" ? forecastName("prior", id) : id, seen)
      : undefined;
  return [
    {
      node: "question",
      id,
      text: question.text,
      belief: beliefSummary(run, question),
      illustrative: question.illustrative,
      children: [...opinions, ...(prior ? [prior] : []), ...sourceNodes(run, question.sources)],
    },
  ];
}

function forecastNode(run: ScenarioRun, forecast: Forecast, seen: Set<string>): WhyNode {
  const says =
    forecast.probability ??
    forecast.distribution ??
    Object.entries(forecast.probabilities ?? {})
      .map(([option, chance]) => `${option} ${chance}`)
      .join(", ");
  const given = (run.compiled.program.uses?.[forecastName(forecast.by, forecast.question)] ?? []).flatMap((used) =>
    continueWith(run, used, seen),
  );
  return {
    node: "forecast",
    id: forecastId(forecast),
    by: forecast.by,
    on: forecast.on,
    says: String(says),
    reasons: forecast.reasons,
    illustrative: forecast.illustrative,
    children: [...sourceNodes(run, forecast.sources), ...given],
  };
}

/** The facts and sources behind something, each with where it was published. */
export function sourceNodes(run: ScenarioRun, ids: string[] = []): WhyNode[] {
  const { facts, sources } = run.compiled.workspace;
  return ids.flatMap((id): WhyNode[] => {
    const fact = facts.find((candidate) => candidate.id === id);
    if (fact) return [{ node: "source", id, text: fact.text, from: fact.sources, children: [] }];
    const source = sources.find((candidate) => candidate.id === id);
    return source ? [{ node: "source", id, text: source.title, from: [], children: [] }] : [];
  });
}

/** The pooled belief of a question as the run drew it. */
function beliefSummary(run: ScenarioRun, question: Question): BeliefSummary {
  const { draws, key } = run;
  const column = draws.columns.get(question.id)!;
  const share = (holds: (answer: number) => boolean): number =>
    column.reduce((sum, answer) => sum + (holds(answer) ? 1 : 0), 0) / column.length;
  if (question.kind === "yesNo") return { kind: "yesNo", probability: estimate(expectation(column, draws), "probability", key) };
  if (question.kind === "oneOf")
    return {
      kind: "oneOf",
      options: question.options!.map((option, place) => ({ ...option, probability: share((answer) => answer === place) })),
    };
  const quantiles = [0.1, 0.5, 0.9].map((probability) => ({ probability, at: quantileOf(column, probability, draws).amount }));
  return { kind: question.kind, quantiles, never: share((answer) => answer === Infinity), unit: question.unit };
}

function unitOf(run: ScenarioRun, name: string): string | undefined {
  const kind = run.compiled.program.kinds[name]?.kind;
  if (kind === "money") return run.compiled.workspace.settings.currency;
  if (kind === "probability" || kind === "yesNo") return "probability";
  return kind === "number" ? "number" : undefined;
}
