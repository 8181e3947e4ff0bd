import { createHmac } from "node:crypto";
import { drizzle } from "drizzle-orm/node-postgres";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { join } from "node:path";
import type { Store } from "@watershed/workbench";
import { accountsOf } from "./accounts.ts";
import type { Accounts } from "./accounts.ts";
import { linksOf } from "./links.ts";
import type { Links } from "./links.ts";
import { newSecret } from "./secrets.ts";
import { signInOf } from "./sign-in.ts";
import type { SignInOptions } from "./sign-in.ts";
import * as tables from "./tables.ts";
import { teamsOf } from "./teams.ts";
import type { Teams } from "./teams.ts";
import { tokensOf } from "./tokens.ts";
import type { Tokens } from "./tokens.ts";

/** Who may come in and as what: accounts and sessions, teams, links, tokens. */
export interface Identity {
  accounts: Accounts;
  teams: Teams;
  links: Links;
  tokens: Tokens;
  /** What a page sends with every change, to show that it is the page of this session. */
  csrfTokenOf(sessionId: string): string;
}

export type IdentityOptions = Omit<SignInOptions, "secret"> & { secret?: string };

/** The identity of an installation, its tables made or brought up to date. */
export async function openIdentity(store: Store, options: IdentityOptions): Promise<Identity> {
  const { database } = store;
  await prepareIdentity(database.pool);
  await store.claimRestoredRows("auth");
  const { drizzle: tablesOf } = database;
  const secret = options.secret ?? (await installationSecret(tablesOf));
  const signIn = signInOf(tablesOf, { ...options, secret });
  const teams = teamsOf(tablesOf, signIn);
  const tokens = tokensOf(tablesOf);
  const links = linksOf(tablesOf);
  const csrfTokenOf = (sessionId: string): string => createHmac("sha256", secret).update(`csrf ${sessionId}`).digest("base64url");
  return { teams, tokens, links, csrfTokenOf, accounts: accountsOf(tablesOf, { signIn, teams, tokens }) };
}

const migrationsFolder = join(import.meta.dirname, "..", "..", "migrations");
const migrationLock = 7_340_021; // any number that nobody else locks

/** Makes the tables, one process at a time. */
export async function prepareIdentity(pool: Store["database"]["pool"]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    await migrate(drizzle(client), { migrationsFolder, migrationsTable: "auth_migrations" });
  } finally {
    await client.query("select pg_advisory_unlock($1)", [migrationLock]).catch(() => {});
    client.release();
  }
}

/** The secret that cookies are signed with: made once, the same for every process on this database. */
async function installationSecret(database: NodePgDatabase): Promise<string> {
  await database
    .insert(tables.installation)
    .values({ name: "secret", content: newSecret("") })
    .onConflictDoNothing();
  const rows = await database.select().from(tables.installation);
  return rows.find(({ name }) => name === "secret")!.content;
}
