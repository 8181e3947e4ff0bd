import { and, eq, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { visits } from "./tables.ts";

/** Until where somebody has seen a workspace. */
export interface Visit {
  change: number;
  at: string;
}

export async function lastVisit(database: Database, workspace: string, author: string): Promise<Visit | undefined> {
  const [row] = await database.drizzle
    .select({ change: visits.change, at: visits.at })
    .from(visits)
    .where(and(eq(visits.workspace, workspace), eq(visits.author, author)));
  return row && { change: row.change, at: row.at.toISOString() };
}

/** Remembers that somebody has seen a workspace as it stands; the visit before this one. */
export async function visit(database: Database, workspace: string, author: string): Promise<{ previous?: Visit }> {
  const previous = await lastVisit(database, workspace, author);
  await database.drizzle.execute(sql`
    insert into watershed.visit (workspace, author, change, at)
    select workspace, ${author}, max(number), now() from watershed.change where workspace = ${workspace} group by workspace
    on conflict (workspace, author) do update set change = excluded.change, at = excluded.at`);
  return previous ? { previous } : {};
}
