import { and, eq, inArray, ne } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Caller, Entered } from "./caller.ts";
import type { SignIn } from "./sign-in.ts";
import * as tables from "./tables.ts";
import type { Teams } from "./teams.ts";
import type { Tokens } from "./tokens.ts";

/** Accounts and their sessions. */
export interface Accounts {
  /** Whoever a request comes from: by the cookie of a session, or by `Authorization: Bearer` and a token. */
  callerOf(headers: Headers): Promise<Caller | undefined>;
  /** Whether nobody has been set up yet. */
  isUnclaimed(): Promise<boolean>;
  /** Makes the first account; undefined where somebody was faster. It may come in without a password, from this machine alone. */
  claim(name: string, language: string): Promise<string | undefined>;
  owner(): Promise<string | undefined>;
  /** Whoever joins first as a partner, by the link that a server prints that cannot be reached from its own machine alone, is the owner. */
  claimFor(userId: string, role: string): Promise<void>;
  create(account: { name: string; email: string; password: string; language: string }): Promise<{ userId?: string; taken?: boolean }>;
  enter(userId: string): Promise<Entered>;
  signIn(email: string, password: string): Promise<Entered | undefined>;
  signOut(headers: Headers): Promise<string[]>; // cookies that end the session
  names(userIds: string[]): Promise<Map<string, string>>;
  /** A new password ends every other session. */
  change(caller: Caller, change: AccountChange): Promise<{ taken?: boolean }>;
}

export interface AccountChange {
  name?: string;
  language?: string;
  email?: string;
  password?: string;
}

/** An address that nobody can have, for the account that was set up on this machine without one. */
const addressOfNobody = (name: string): string => `${name}@nobody.invalid`;

interface Parts {
  signIn: SignIn;
  teams: Teams;
  tokens: Tokens;
}

export function accountsOf(database: NodePgDatabase, { signIn, teams, tokens }: Parts): Accounts {
  const entered = async (response: Response): Promise<Entered> => {
    const { userId, user } = (await response.json()) as { userId?: string; user?: { id: string } };
    return { userId: (userId ?? user?.id)!, cookies: response.headers.getSetCookie() };
  };
  return {
    callerOf: (headers) => callerOf({ signIn, teams, tokens }, database, headers),
    isUnclaimed: async () => (await ownerOf(database)) === undefined,
    owner: () => ownerOf(database),
    claim: (name, language) => claim(database, signIn, { name, language }),
    claimFor: async (userId, role) => {
      if (role === "partner") await database.insert(tables.installation).values({ name: "owner", content: userId }).onConflictDoNothing();
    },
    create: (account) => create(database, signIn, account),
    names: async (userIds) => {
      if (userIds.length === 0) return new Map();
      const { id, name } = tables.user;
      const rows = await database.select({ id, name }).from(tables.user).where(inArray(id, userIds));
      return new Map(rows.map((row) => [row.id, row.name]));
    },
    change: (caller, change) => changeAccount(database, signIn, caller, change),
    enter: async (userId) => entered(await signIn.api.enter({ body: { userId }, asResponse: true })),
    signIn: async (email, password) => {
      const response = await signIn.api.signInEmail({ body: { email: email.toLowerCase(), password }, asResponse: true });
      return response.ok ? entered(response) : undefined;
    },
    signOut: async (headers) => (await signIn.api.signOut({ headers, asResponse: true })).headers.getSetCookie(),
  };
}

async function callerOf({ signIn, teams, tokens }: Parts, database: NodePgDatabase, headers: Headers): Promise<Caller | undefined> {
  const bearer = /^Bearer (\S+)$/.exec(headers.get("authorization") ?? "")?.[1];
  if (bearer !== undefined) {
    const token = await tokens.find(bearer);
    if (!token) return undefined;
    const [user] = await database.select().from(tables.user).where(eq(tables.user.id, token.userId));
    const memberships = teams.limited(await teams.of(user.id), token);
    return { user: asUser(user), via: { kind: "token", tokenId: token.id }, memberships };
  }
  const found = await signIn.api.getSession({ headers });
  if (!found) return undefined;
  return { user: asUser(found.user), via: { kind: "session", sessionId: found.session.id }, memberships: await teams.of(found.user.id) };
}

function asUser(user: { id: string; name: string; email: string; language?: string | null }): Caller["user"] {
  const email = user.email.endsWith("@nobody.invalid") ? {} : { email: user.email };
  return { id: user.id, name: user.name, language: user.language === "zh" ? "zh" : "en", ...email };
}

async function ownerOf(database: NodePgDatabase): Promise<string | undefined> {
  const [row] = await database.select().from(tables.installation).where(eq(tables.installation.name, "owner"));
  return row?.content;
}

/** Whoever writes the one row first is the owner; two visitors at once cannot both be. */
async function claim(
  database: NodePgDatabase,
  signIn: SignIn,
  { name, language }: { name: string; language: string },
): Promise<string | undefined> {
  if (await ownerOf(database)) return undefined;
  const { internalAdapter } = await signIn.$context;
  const address = addressOfNobody(crypto.randomUUID());
  const user = await internalAdapter.createUser({ name, language, email: address, emailVerified: false }, provisioning);
  const claimed = await database
    .insert(tables.installation)
    .values({ name: "owner", content: user.id })
    .onConflictDoNothing()
    .returning({ name: tables.installation.name });
  if (claimed.length > 0) return user.id;
  await internalAdapter.deleteUser(user.id);
  return undefined;
}

const provisioning = { method: "email-password" } as const;

async function create(
  database: NodePgDatabase,
  signIn: SignIn,
  { name, email, password, language }: { name: string; email: string; password: string; language: string },
): Promise<{ userId?: string; taken?: boolean }> {
  if (await emailTaken(database, email)) return { taken: true };
  const context = await signIn.$context;
  const user = await context.internalAdapter.createUser({ name, language, email: email.toLowerCase(), emailVerified: false }, provisioning);
  await setPassword(signIn, user.id, password);
  return { userId: user.id };
}

async function changeAccount(
  database: NodePgDatabase,
  signIn: SignIn,
  { user: { id: userId }, via }: Caller,
  { name, language, email, password }: AccountChange,
): Promise<{ taken?: boolean }> {
  if (email !== undefined && (await emailTaken(database, email, userId))) return { taken: true };
  const fields = {
    ...(name === undefined ? {} : { name }),
    ...(language === undefined ? {} : { language }),
    ...(email === undefined ? {} : { email: email.toLowerCase() }),
  };
  const { internalAdapter } = await signIn.$context;
  if (Object.keys(fields).length > 0) await internalAdapter.updateUser(userId, fields);
  if (password === undefined) return {};
  await setPassword(signIn, userId, password);
  const { session } = tables;
  const kept = via.kind === "session" ? via.sessionId : "";
  await database.delete(session).where(and(eq(session.userId, userId), ne(session.id, kept)));
  return {};
}

async function setPassword(signIn: SignIn, userId: string, password: string): Promise<void> {
  const { internalAdapter, password: hashing } = await signIn.$context;
  const hash = await hashing.hash(password);
  const accounts = await internalAdapter.findAccounts(userId);
  if (accounts.some(({ providerId }) => providerId === "credential")) await internalAdapter.updatePassword(userId, hash);
  else await internalAdapter.linkAccount({ userId, providerId: "credential", accountId: userId, password: hash });
}

async function emailTaken(database: NodePgDatabase, email: string, except?: string): Promise<boolean> {
  const rows = await database.select({ id: tables.user.id }).from(tables.user).where(eq(tables.user.email, email.toLowerCase()));
  return rows.some(({ id }) => id !== except);
}
