import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { organization } from "better-auth/plugins";
import { createAccessControl } from "better-auth/plugins/access";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { z } from "zod";
import * as tables from "./tables.ts";

export interface SignInOptions {
  origin: string; // http://127.0.0.1:4170
  secret: string;
  log: (level: "debug" | "info" | "warn" | "error", message: string) => void;
}

/** Days a session lasts without being used. */
const sessionDays = 30;
export const shortestPassword = 10;

/** Sessions, passwords and teams. Nothing of it is served: our own routes call it. */
export function signInOf(database: NodePgDatabase, { origin, secret, log }: SignInOptions) {
  const secure = origin.startsWith("https:");
  return betterAuth({
    appName: "Watershed",
    baseURL: origin,
    basePath: "/not-served",
    secret,
    telemetry: { enabled: false },
    database: drizzleAdapter(database, { provider: "pg", schema: tables, transaction: false }),
    emailAndPassword: { enabled: true, minPasswordLength: shortestPassword, maxPasswordLength: 200 },
    user: { additionalFields: { language: { type: "string", required: false } } },
    session: { expiresIn: sessionDays * 86_400, updateAge: 86_400 },
    // Ours counts every way in, this one only its own routes.
    rateLimit: { enabled: false },
    advanced: {
      useSecureCookies: secure,
      cookiePrefix: "watershed",
      cookies: { session_token: { name: "watershed.session", attributes: { httpOnly: true, sameSite: "lax", secure, path: "/" } } },
    },
    logger: { log: (level, message) => log(level === "error" || level === "warn" || level === "info" ? level : "debug", message) },
    plugins: [
      organization({ creatorRole: "partner", ac: control, roles: teamRoles, membershipLimit: 10_000, allowUserToCreateOrganization: true }),
      entrance,
    ],
  });
}
export type SignIn = ReturnType<typeof signInOf>;

const control = createAccessControl({
  organization: ["update", "delete"],
  member: ["create", "update", "delete"],
  invitation: ["create", "cancel"],
});

/** What our own layer of permissions says stands; these are the words the library wants to know. */
const teamRoles = {
  partner: control.newRole({
    organization: ["update", "delete"],
    member: ["create", "update", "delete"],
    invitation: ["create", "cancel"],
  }),
  analyst: control.newRole({ member: [] }),
  observer: control.newRole({ member: [] }),
};

/** A session for somebody who came in by a link or by the set-up of this machine, without a password. */
const entrance = {
  id: "entrance",
  endpoints: {
    enter: createAuthEndpoint(
      "/enter",
      { method: "POST", body: z.object({ userId: z.string() }), metadata: { SERVER_ONLY: true } },
      async (context) => {
        const { internalAdapter } = context.context;
        const user = await internalAdapter.findUserById(context.body.userId);
        if (!user) throw context.error("NOT_FOUND");
        const session = await internalAdapter.createSession(user.id, false);
        await setSessionCookie(context, { session, user });
        return context.json({ userId: user.id });
      },
    ),
  },
} as const;
