import type { StoredWorkspace } from "@watershed/workbench";
import { Refusal } from "../refusal.ts";
import type { Call } from "../route.ts";

type Reader = Pick<Call<{ workspace: string }, unknown, unknown>, "house" | "params" | "caller">;

/** The workspace of a call as its caller may read it, now or after an earlier change. */
export async function workspaceOf({ house, params, caller }: Reader, revision?: number): Promise<StoredWorkspace> {
  const viewer = caller.user.id;
  const now = await house.shelf.read(params.workspace, viewer);
  if (!now) throw new Refusal("notFound");
  if (revision === undefined || revision === now.change) return now;
  const then = revision < 1 || revision > now.change ? undefined : await house.shelf.readAt(params.workspace, viewer, revision);
  if (!then) throw new Refusal("notFound");
  return then;
}
