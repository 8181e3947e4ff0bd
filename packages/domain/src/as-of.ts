import { actionOn } from "./action.ts";
import { knownFrom } from "./evidence.ts";
import { lastDayOf } from "./scalar.ts";
import { itemKinds } from "./workspace.ts";
import type { Item, ItemKind, Workspace } from "./workspace.ts";

type Visible = { [K in ItemKind]?: (item: Item<K>, day: string) => boolean };

/** Whether an item was there to be read on a day; kinds that are not named always were. */
const visible: Visible = {
  facts: (fact, day) => knownFrom(fact) <= day,
  questions: (question, day) => (question.askedOn ?? day) <= day,
  forecasts: (forecast, day) => forecast.on <= day,
  assessments: (assessment, day) => assessment.on <= day,
  rounds: (round, day) => (lastDayOf(round.knownFrom ?? round.date) ?? day) <= day,
  positions: (position, day) => position.on <= day,
  labs: (lab, day) => (lab.on ?? day) <= day,
  cases: (investmentCase, day) => investmentCase.on <= day,
  decisions: (decision, day) => decision.on <= day,
  resolutions: (resolution, day) => resolution.on <= day,
  notes: (note, day) => (note.on ?? day) <= day,
};

/**
 * The workspace as it could be read on a day: nothing that became known later is left in it.
 *
 * Facts count from `knownFrom` (else the last day their date may mean), rounds likewise; forecasts, assessments, positions,
 * cases, decisions, resolutions and notes from their day; questions from the day they were asked; an action that was done later was still
 * under way.
 * References to facts that are hidden are dropped from what stays, so that no later knowledge shows through a citation.
 */
export function asOf(workspace: Workspace, day: string): Workspace {
  const hidden = new Set(workspace.facts.filter((fact) => knownFrom(fact) > day).map((fact) => fact.id));
  const indexes = visibleIndexes(workspace, day);
  const read = { ...workspace, actions: workspace.actions.map((action) => actionOn(action, day)) };
  const lists = Object.fromEntries(kinds.map((kind) => [kind, indexes[kind].map((index) => withoutHidden(read[kind][index], hidden))]));
  return { ...workspace, ...lists, settings: { ...workspace.settings, asOf: day } } as Workspace;
}

/** For every kind, the places in the whole list of the items that were visible on a day, in order: the way back from `asOf`. */
export function visibleIndexes(workspace: Workspace, day: string): Record<ItemKind, number[]> {
  const placesOf = (kind: ItemKind): number[] => {
    const isVisible = visible[kind] as ((item: unknown, day: string) => boolean) | undefined;
    return [...workspace[kind].keys()].filter((index) => isVisible?.(workspace[kind][index], day) ?? true);
  };
  return Object.fromEntries(kinds.map((kind) => [kind, placesOf(kind)])) as Record<ItemKind, number[]>;
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

const kinds = Object.keys(itemKinds) as ItemKind[];

/** Evidence is cited in `sources`, in a resolution's `evidence`, and by the criteria of a track. */
function withoutHidden<T>(item: T, hidden: Set<string>): T {
  const { sources, evidence, criteria } = item as { sources?: string[]; evidence?: string[]; criteria?: { sources?: string[] }[] };
  const isHidden = (id: string): boolean => hidden.has(id);
  const kept = (ids: string[]): string[] => ids.filter((id) => !isHidden(id));
  return {
    ...item,
    ...(sources?.some(isHidden) ? { sources: kept(sources) } : {}),
    ...(evidence?.some(isHidden) ? { evidence: kept(evidence) } : {}),
    ...(criteria?.some((criterion) => criterion.sources?.some(isHidden))
      ? { criteria: criteria.map((criterion) => withoutHidden(criterion, hidden)) }
      : {}),
  };
}
