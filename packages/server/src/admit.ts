import type { House } from "./house.ts";
import type { Caller, Membership } from "./identity/caller.ts";
import { mayDo, rolesWith } from "./permissions.ts";
import { Refusal } from "./refusal.ts";
import type { Route } from "./route.ts";

/**
 * The one layer that decides whether a request may be carried out: who asks, and with what right.
 *
 * Whoever is not in a workspace is told that there is nothing there. What belongs to one person alone (forecasts, private notes) is `own-items.ts`.
 */
export function admit(route: Route, caller: Caller | undefined, workspace: string | undefined): Membership | undefined {
  const { needs } = route;
  if (needs === "anyone") return undefined;
  if (!caller) throw new Refusal("notSignedIn");
  if (needs === "signedIn") return undefined;
  if (needs === "inPerson") {
    if (caller.via.kind === "token") throw new Refusal("inPersonOnly");
    return undefined;
  }
  const membership = caller.memberships.find((one) => one.workspace === workspace);
  if (!membership) throw new Refusal("notFound");
  if (!mayDo(membership.role, needs)) throw new Refusal("notAllowed", { role: membership.role, needs: rolesWith(needs) });
  return membership;
}

/** Refuses a change that another page has sent with the cookie of this one: by its origin, then by the token that only our own page can read. */
export function refuseForgery({ address, identity }: House, route: Route, request: Request, caller: Caller | undefined): void {
  if (route.method === "get") return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (origin === null ? site !== null && !["same-origin", "none"].includes(site) : !address.origins.has(origin)) throw new Refusal("csrf");
  if (caller?.via.kind !== "session") return;
  if (request.headers.get("x-csrf-token") !== identity.csrfTokenOf(caller.via.sessionId)) throw new Refusal("csrf");
}
