import { openWorkspace } from "@watershed/workbench";
import type { LocatedProblem, Store } from "@watershed/workbench";
import { watershedItself } from "./who.ts";

export interface FirstWorkspace {
  /** The id it is kept under; undefined where the installation has workspaces already, or where problems stand in the way. */
  id?: string;
  problems: LocatedProblem[];
}

/** Brings a folder in as the first workspace of an installation that has none yet. */
export async function bringInFirst(store: Store, folder: string): Promise<FirstWorkspace> {
  if ((await store.listWorkspaces({ archived: true })).length > 0) return { problems: [] };
  const { workspace, problems } = await openWorkspace(folder);
  if (!workspace || problems.some(({ severity }) => severity === "error")) return { problems };
  const outcome = await store.importWorkspace(workspace, { author: watershedItself, reason: "firstRun" });
  if (outcome.outcome !== "saved") throw new Error(`the workspace in ${folder} cannot be kept: ${JSON.stringify(outcome)}`);
  return { id: outcome.workspace, problems };
}
