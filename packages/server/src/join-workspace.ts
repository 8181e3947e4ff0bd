import { personFor } from "@watershed/workbench";
import type { House } from "./house.ts";
import type { Role } from "./permissions.ts";
import { accepted } from "./write-items.ts";
import { watershedItself } from "./who.ts";

/** Takes somebody into a workspace's team, as one of its people: the named one, else a new one of that name. */
export async function joinWorkspace(
  house: House,
  workspace: string,
  member: { userId: string; name: string; role: Role; person?: string },
): Promise<void> {
  const { identity } = house;
  const members = await identity.teams.members(workspace);
  const person = member.person ?? (await newPerson(house, workspace, member));
  if (members.length === 0) await identity.teams.found(workspace, member.userId, person);
  else await identity.teams.join(workspace, member.userId, member.role, person);
}

async function newPerson(house: House, workspace: string, member: { userId: string; name: string; role: Role }): Promise<string> {
  const { store, shelf } = house;
  const stored = await shelf.read(workspace, member.userId);
  if (!stored) throw new Error(`there is no workspace ${workspace}`);
  const person = personFor(stored.workspace, member);
  const edit = { do: "save", kind: "people", item: person, expectedVersion: 0 } as const;
  const { change } = await accepted(house, await store.commit(workspace, [edit], { author: watershedItself, reason: "joined" }));
  shelf.heard(workspace, change);
  return person.id;
}
