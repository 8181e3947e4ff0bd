import { citingKinds } from "@watershed/domain";
import type { Workspace } from "@watershed/domain";

/** How many things of the workspace rest on each fact and source. */
export function citedBy(workspace: Workspace): Map<string, number> {
  const counts = new Map<string, number>();
  const cite = (ids: string[] = []): void => {
    for (const id of new Set(ids)) counts.set(id, (counts.get(id) ?? 0) + 1);
  };
  for (const kind of [...citingKinds, "facts"] as const) for (const { sources } of workspace[kind]) cite(sources);
  for (const { evidence } of workspace.resolutions) cite(evidence);
  for (const { sources } of workspace.tracks.flatMap(({ criteria }) => criteria)) cite(sources);
  return counts;
}
