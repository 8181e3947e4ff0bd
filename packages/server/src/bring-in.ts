import type { Workspace } from "@watershed/domain";
import type { House } from "./house.ts";
import type { Caller } from "./identity/caller.ts";
import { joinWorkspace } from "./join-workspace.ts";
import { accepted } from "./write-items.ts";

/**
 * Keeps a new workspace under a free id, with the caller as its first partner; the id.
 *
 * The caller is the person of the same name, where there is one; else a new person where `newPerson` says so, else nobody until a partner says who.
 */
export async function bringIn(house: House, caller: Caller, workspace: Workspace, { newPerson }: { newPerson: boolean }): Promise<string> {
  const { store, identity } = house;
  const taken = new Set((await store.listWorkspaces({ archived: true })).map(({ id }) => id));
  for (const { id } of await store.listWorkspaces()) taken.add(id);
  const stem = workspace.settings.id;
  const ids = Array.from({ length: taken.size + 1 }, (_, place) => (place === 0 ? stem : `${stem}_${place + 1}`));
  const id = ids.find((candidate) => !taken.has(candidate))!;
  await accepted(house, await store.importWorkspace(workspace, { author: caller.user.id, id }));
  const { name } = caller.user;
  const person = workspace.people.find((one) => one.name === name)?.id;
  if (person === undefined && newPerson) await joinWorkspace(house, id, { userId: caller.user.id, name, role: "partner" });
  else await identity.teams.found(id, caller.user.id, person);
  return id;
}
