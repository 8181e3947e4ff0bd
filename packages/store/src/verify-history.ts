import { asc, eq, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { versionColumns } from "./standing.ts";
import { changes, versions } from "./tables.ts";
import { chainHash } from "./write-change.ts";
import type { NewVersion } from "./write-change.ts";

/** The first change of a workspace that does not fit the one before it or its own hash; undefined where the history is whole. */
export async function brokenLink(database: Database, workspace: string): Promise<number | undefined> {
  const all = await database.drizzle.select().from(changes).where(eq(changes.workspace, workspace)).orderBy(asc(changes.number));
  const { key, version, place, owner, change } = versions;
  const rows = await database.drizzle
    .select({ change, kind: versionColumns.kind, key, version, place, owner, data: versionColumns.data })
    .from(versions)
    .where(eq(versions.workspace, workspace))
    .orderBy(sql`change`);
  const byChange = Map.groupBy(rows, (row) => row.change);
  let before = "";
  for (const [index, one] of all.entries()) {
    const items: NewVersion[] = byChange.get(one.number) ?? [];
    if (one.number !== index + 1 || chainHash(before, one, items) !== one.hash) return one.number;
    before = one.hash;
  }
  return undefined;
}
