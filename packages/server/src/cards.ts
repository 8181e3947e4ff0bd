import type { House } from "./house.ts";
import type { Caller } from "./identity/caller.ts";
import type { SessionView, WorkspaceCard } from "./views.ts";

/** The workspaces that a caller is in, each with what a list shows of it. */
export async function cardsOf({ store, shelf }: House, { user, memberships }: Caller): Promise<WorkspaceCard[]> {
  const there = new Set((await store.listWorkspaces()).map(({ id }) => id));
  const cards = memberships
    .filter(({ workspace }) => there.has(workspace))
    .map(async ({ workspace: id, role, person }): Promise<WorkspaceCard[]> => {
      const stored = await shelf.read(id, user.id);
      if (!stored) return [];
      const { name, asOf, currency } = stored.workspace.settings;
      return [{ id, name, role, person: person ?? null, asOf, currency, revision: stored.change }];
    });
  return (await Promise.all(cards)).flat().toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** What a page learns of its session. */
export async function sessionOf(house: House, caller: Caller | undefined): Promise<SessionView> {
  if (!caller) {
    const open = house.address.isLoopback && (await house.identity.accounts.isUnclaimed());
    return { signedIn: false, setup: open ? "open" : "closed", csrfToken: null };
  }
  const { id, name, email, language } = caller.user;
  return {
    signedIn: true,
    setup: "closed",
    csrfToken: caller.via.kind === "session" ? house.identity.csrfTokenOf(caller.via.sessionId) : "",
    user: { id, name, email: email ?? null, language },
    workspaces: await cardsOf(house, caller),
  };
}
