import type { Workspace } from "@watershed/domain";

const citing = [
  "questions",
  "forecasts",
  "theses",
  "companies",
  "assessments",
  "rounds",
  "positions",
  "labs",
  "aiModels",
  "quantities",
  "signals",
  "triggers",
  "cases",
  "actions",
  "decisions",
  "facts",
] as const;

/** How many things of the workspace rest on each fact and source. */
export function citedBy(workspace: Workspace): Map<string, number> {
  const counts = new Map<string, number>();
  const cite = (ids: string[] = []): void => {
    for (const id of new Set(ids)) counts.set(id, (counts.get(id) ?? 0) + 1);
  };
  for (const kind of citing) for (const { sources } of workspace[kind]) cite(sources);
  for (const { evidence } of workspace.resolutions) cite(evidence);
  for (const { sources } of workspace.tracks.flatMap(({ criteria }) => criteria)) cite(sources);
  return counts;
}
