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

/** What was recorded by a moment (ISO), as a caller may read it: where the workspace was not kept here yet, what is recorded now. */
export async function recordedBy(call: Reader, moment: string | undefined): Promise<StoredWorkspace> {
  const now = await workspaceOf(call);
  if (moment === undefined || Date.parse(now.at) <= Date.parse(moment)) return now;
  return (await call.house.shelf.readAt(call.params.workspace, call.caller.user.id, moment)) ?? now;
}
