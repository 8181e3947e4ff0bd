import { z } from "zod";
import { sessionOf } from "../cards.ts";
import type { House } from "../house.ts";
import type { Entered } from "../identity/caller.ts";
import { shortestPassword } from "../identity/sign-in.ts";
import { joinWorkspace } from "../join-workspace.ts";
import { Refusal } from "../refusal.ts";
import { route } from "../route.ts";
import type { Answer, Call, Route } from "../route.ts";
import { SessionView } from "../views.ts";
import { commandLine } from "../who.ts";
import { accepted } from "../write-items.ts";

export const Name = z.string().trim().min(1).max(120);
export const Language = z.enum(["en", "zh"]);
export const Email = z.email().max(200);
export const Password = z.string().min(shortestPassword).max(200);

/** The answer to a way in that worked: cookies, and the session as the page will ask for it. */
export async function welcome(house: House, entered: Entered, status: 200 | 201): Promise<Answer<SessionView>> {
  const cookie = entered.cookies.map((one) => one.split(";")[0]).join("; ");
  const caller = await house.identity.accounts.callerOf(new Headers({ cookie }));
  await house.store.recordEvent({ author: entered.userId, action: "signedIn" });
  return { status, cookies: entered.cookies, body: await sessionOf(house, caller) };
}

/** Whether a request was made on the machine that the server runs on: no proxy in between, a loopback address, a loopback name. */
export function isLocal({ house, request, address }: Pick<Call<never, never, never>, "house" | "request" | "address">): boolean {
  const proxied = ["forwarded", "x-forwarded-for", "x-real-ip"].some((name) => request.headers.has(name));
  return house.address.isLoopback && !proxied && /^(127\.|::1$|::ffff:127\.)/.test(address);
}

export const sessionRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/session",
    summary: "Who is signed in, and what to send with changes",
    needs: "anyone",
    answers: SessionView,
    handle: async ({ house, visitor }) => ({ body: await sessionOf(house, visitor) }),
  }),
  route({
    method: "post",
    path: "/api/setup",
    summary: "The first account, made once and only on the machine itself; it owns the workspaces that are there",
    needs: "anyone",
    guarded: true,
    body: z.strictObject({ name: Name, language: Language }),
    answers: SessionView,
    status: 201,
    handle: async (call) => {
      const { house, body } = call;
      const { accounts } = house.identity;
      if (!(await accounts.isUnclaimed())) throw new Refusal("setupClosed");
      if (!isLocal(call)) throw new Refusal("setupNotLocal");
      const userId = await accounts.claim(body.name, body.language);
      if (userId === undefined) throw new Refusal("setupClosed");
      for (const { id } of await house.store.listWorkspaces()) {
        await joinWorkspace(house, id, { userId, name: body.name, role: "partner" });
        // What was written privately on this machine before anybody had a name is the owner's.
        const { change } = await accepted(house, await house.store.handOver(id, { author: userId, from: commandLine, to: userId }));
        house.shelf.heard(id, change);
      }
      return welcome(house, await accounts.enter(userId), 201);
    },
  }),
  route({
    method: "post",
    path: "/api/sign-in",
    summary: "Signs in with e-mail address and password",
    needs: "anyone",
    guarded: true,
    body: z.strictObject({ email: z.string().max(200), password: z.string().max(200) }),
    answers: SessionView,
    handle: async ({ house, body, address, log }) => {
      const entered = await house.identity.accounts.signIn(body.email, body.password);
      if (!entered) {
        log.warn({ address }, "a sign-in failed");
        throw new Refusal("signInFailed");
      }
      return welcome(house, entered, 200);
    },
  }),
  route({
    method: "post",
    path: "/api/sign-in/link",
    summary: "Signs in with a link that works once, as printed when the server starts",
    needs: "anyone",
    guarded: true,
    body: z.strictObject({ token: z.string().max(200) }),
    answers: SessionView,
    handle: async ({ house, body }) => {
      const { accounts, links } = house.identity;
      const userId = await links.spendForUser(body.token);
      if (userId === undefined) throw new Refusal("linkSpent");
      return welcome(house, await accounts.enter(userId), 200);
    },
  }),
  route({
    method: "post",
    path: "/api/sign-out",
    summary: "Ends the session",
    needs: "inPerson",
    gives: "nothing",
    status: 204,
    handle: async ({ house, request }) => ({ status: 204, cookies: await house.identity.accounts.signOut(request.headers) }),
  }),
  route({
    method: "patch",
    path: "/api/account",
    summary: "Changes one's own name, language, e-mail address or password",
    needs: "inPerson",
    body: z.strictObject({
      name: Name.optional(),
      language: Language.optional(),
      email: Email.optional(),
      password: Password.optional(),
    }),
    answers: SessionView,
    handle: async ({ house, caller, body, request }) => {
      const { accounts } = house.identity;
      const { taken } = await accounts.change(caller, body);
      if (taken) throw new Refusal("emailTaken", { email: body.email! });
      return { body: await sessionOf(house, await accounts.callerOf(request.headers)) };
    },
  }),
];
