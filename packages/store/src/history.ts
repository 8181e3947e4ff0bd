import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import type { StoredKind } from "./outcome.ts";
import { changeOfVersion, isVisible, itemIn, standingVersions, versionColumns } from "./standing.ts";
import { changes, versions } from "./tables.ts";

/** One version of an item; without item where it was removed. */
export interface ItemVersion {
  version: number;
  change: number;
  at: string;
  author: string;
  reason?: string;
  item?: unknown;
}

/** Every version of an item that a viewer may see, oldest first. */
export async function historyOf(
  database: Database,
  workspace: string,
  { kind, key, viewer }: { kind: StoredKind; key: string; viewer?: string },
): Promise<ItemVersion[]> {
  const rows = await database.drizzle
    .select({ ...versionColumns, reason: changes.reason })
    .from(versions)
    .innerJoin(changes, changeOfVersion)
    .where(and(eq(versions.workspace, workspace), eq(versions.kind, kind), eq(versions.key, key)))
    .orderBy(asc(versions.version));
  return rows
    .filter((row) => isVisible(row, viewer))
    .map((row) => ({
      version: row.version,
      change: row.change,
      at: row.at.toISOString(),
      author: row.author,
      ...(row.reason === null ? {} : { reason: row.reason }),
      ...(row.data === null ? {} : { item: itemIn(row) }),
    }));
}

/** What became of an item between two changes; without `before` it is new, without `after` it was removed. */
export interface ItemChange {
  kind: StoredKind;
  key: string;
  before?: unknown;
  after?: unknown;
  change: number;
  at: string;
  author: string;
}

/** What is different after a change from what it was before, item by item, in the order in which it came about. */
export async function changesSince(
  database: Database,
  workspace: string,
  { since, until, viewer }: { since: number; until?: number; viewer?: string },
): Promise<ItemChange[]> {
  const touched = await database.drizzle
    .selectDistinct({ kind: sql<StoredKind>`${versions.kind}`, key: versions.key })
    .from(versions)
    .where(
      and(eq(versions.workspace, workspace), gt(versions.change, since), until === undefined ? undefined : lte(versions.change, until)),
    );
  if (touched.length === 0) return [];
  const among = { kinds: [...new Set(touched.map(({ kind }) => kind))], keys: [...new Set(touched.map(({ key }) => key))] };
  const [before, after] = [
    await standingVersions(database.drizzle, workspace, { ...among, until: since }),
    await standingVersions(database.drizzle, workspace, { ...among, until }),
  ];
  const nameIn = ({ kind, key }: { kind: string; key: string }): string => `${kind}\u0000${key}`;
  const earlier = new Map(before.filter((row) => isVisible(row, viewer)).map((row) => [nameIn(row), row]));
  return after
    .filter((row) => row.change > since)
    .flatMap((row) => {
      const old = earlier.get(nameIn(row));
      const seen = isVisible(row, viewer) ? row : { ...row, data: null };
      if ((old?.data ?? null) === seen.data) return [];
      return [{ row: seen, old }];
    })
    .toSorted((one, other) => one.row.change - other.row.change || one.row.place - other.row.place)
    .map(({ row, old }) => ({
      kind: row.kind,
      key: row.key,
      ...(old && old.data !== null ? { before: itemIn(old) } : {}),
      ...(row.data === null ? {} : { after: itemIn(row) }),
      change: row.change,
      at: row.at.toISOString(),
      author: row.author,
    }));
}
