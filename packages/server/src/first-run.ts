import { openWorkspace } from "@watershed/workbench";
import type { Store } from "@watershed/workbench";
import { watershedItself } from "./who.ts";

/** Brings a folder in as the first workspace of an installation that has none; its id, or undefined where there are some already. */
export async function bringInFirst(store: Store, folder: string): Promise<string | undefined> {
  if ((await store.listWorkspaces()).length > 0 || (await store.listWorkspaces({ archived: true })).length > 0) return undefined;
  const { workspace, problems } = await openWorkspace(folder);
  const error = problems.find(({ severity }) => severity === "error");
  if (!workspace || error) throw new Error(`the workspace in ${folder} cannot be brought in: ${error?.code ?? "no settings"}`);
  const outcome = await store.importWorkspace(workspace, { author: watershedItself, reason: "firstRun" });
  if (outcome.outcome !== "saved") throw new Error(`the workspace in ${folder} cannot be kept: ${JSON.stringify(outcome)}`);
  return outcome.workspace;
}
