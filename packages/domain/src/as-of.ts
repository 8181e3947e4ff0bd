import { knownFrom } from "./evidence.ts";
import { lastDayOf } from "./scalar.ts";
import type { Workspace } from "./workspace.ts";

/**
 * The workspace as it could be read on a day: nothing that became known later is left in it.
 *
 * Facts count from `knownFrom` (else the last day their date may mean), rounds likewise, forecasts, assessments, positions,
 * decisions and resolutions from their day, questions and cases from the day they were written down.
 * References to facts that are hidden are dropped from what stays, so that no later knowledge shows through a citation.
 */
export function asOf(workspace: Workspace, day: string): Workspace {
  const facts = workspace.facts.filter((fact) => knownFrom(fact) <= day);
  const hidden = new Set(workspace.facts.filter((fact) => knownFrom(fact) > day).map((fact) => fact.id));
  const cited = <T extends { sources?: string[] }>(items: T[]): T[] =>
    items.map((item) => (item.sources?.some((id) => hidden.has(id)) ? { ...item, sources: item.sources.filter((id) => !hidden.has(id)) } : item));
  return {
    ...workspace,
    settings: { ...workspace.settings, asOf: day },
    facts,
    questions: cited(workspace.questions.filter((question) => (question.askedOn ?? day) <= day)),
    forecasts: cited(workspace.forecasts.filter((forecast) => forecast.on <= day)),
    assessments: cited(workspace.assessments.filter((assessment) => assessment.on <= day)),
    rounds: workspace.rounds.filter((round) => (lastDayOf(round.knownFrom ?? round.date) ?? day) <= day),
    positions: cited(workspace.positions.filter((position) => position.on <= day)),
    cases: cited(workspace.cases.filter((investmentCase) => investmentCase.on <= day)),
    companies: cited(workspace.companies),
    quantities: cited(workspace.quantities),
    triggers: cited(workspace.triggers),
    theses: cited(workspace.theses),
    decisions: cited(workspace.decisions.filter((decision) => decision.on <= day)),
    notes: workspace.notes.filter((note) => (note.on ?? day) <= day),
    resolutions: workspace.resolutions.filter((resolution) => resolution.on <= day),
  };
}

/** The forecast of every person on every question that stands on a day: the latest one made by then. */
export function standingForecasts(workspace: Workspace, day: string): Workspace["forecasts"] {
  const latest = new Map<string, Workspace["forecasts"][number]>();
  for (const forecast of workspace.forecasts) {
    if (forecast.on > day) continue;
    const key = `${forecast.by}/${forecast.question}`;
    const standing = latest.get(key);
    if (!standing || forecast.on >= standing.on) latest.set(key, forecast);
  }
  return [...latest.values()];
}
