import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import type { Pool } from "pg";
import type { Database } from "./database.ts";
import { storeProblem } from "./problem.ts";
import type { StoreProblem } from "./problem.ts";

const migrationsFolder = fileURLToPath(new URL("../migrations", import.meta.url));
const oldestVersion = 150_000; // PostgreSQL 15, as server_version_num says it
const migrationLock = 0x57_54;

/** Brings the store's tables to what this program needs; a problem where the database is too old, or ahead of the program. */
export async function migrateStore(database: Database): Promise<StoreProblem | undefined> {
  const client = await database.pool.connect();
  try {
    const own = drizzle(client as unknown as Pool); // one connection, so that the lock is its own
    const { rows } = await own.execute<{ number: string; text: string }>(
      sql`select current_setting('server_version_num') as number, current_setting('server_version') as text`,
    );
    if (Number(rows[0].number) < oldestVersion) return storeProblem("databaseTooOld", {}, { found: rows[0].text, wanted: "15" });
    // Two processes that start at once take turns.
    await own.execute(sql`select pg_advisory_lock(${migrationLock})`);
    try {
      const ahead = await migrationsAhead(own);
      if (ahead > 0) return storeProblem("databaseNewer", {}, { migrations: ahead });
      await migrate(own, { migrationsFolder, migrationsSchema: "watershed", migrationsTable: "migration" });
      return undefined;
    } finally {
      await own.execute(sql`select pg_advisory_unlock(${migrationLock})`);
    }
  } finally {
    client.release();
  }
}

/** How many migrations this program knows. */
export function knownMigrations(): { tag: string; when: number }[] {
  return (JSON.parse(readFileSync(`${migrationsFolder}/meta/_journal.json`, "utf8")) as { entries: { tag: string; when: number }[] })
    .entries;
}

/** How many of the migrations that the database has had this program does not know. */
async function migrationsAhead(own: ReturnType<typeof drizzle<Record<string, never>, Pool>>): Promise<number> {
  const there = await own.execute<{ there: string | null }>(sql`select to_regclass('watershed.migration') as there`);
  if (there.rows[0].there === null) return 0;
  const latest = knownMigrations().at(-1)!.when;
  const { rows } = await own.execute<{ count: number }>(
    sql`select count(*)::int as count from watershed.migration where created_at > ${latest}`,
  );
  return rows[0].count;
}
