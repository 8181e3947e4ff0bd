import { and, asc, desc, eq, inArray, lte, sql } from "drizzle-orm";
import type { Sql, Transaction } from "./database.ts";
import { itemOf } from "./item-text.ts";
import type { StoredKind } from "./outcome.ts";
import { changes, versions } from "./tables.ts";

/** One version of one item, as it is stored. */
export interface VersionRow {
  kind: StoredKind;
  key: string;
  version: number;
  change: number;
  at: Date;
  author: string;
  place: number;
  owner: string | null;
  /** Null where the item was removed. */
  data: string | null;
}

export const versionColumns = {
  kind: sql<StoredKind>`${versions.kind}`,
  key: versions.key,
  version: versions.version,
  change: versions.change,
  at: changes.at,
  author: changes.author,
  place: versions.place,
  owner: versions.owner,
  data: sql<string | null>`${versions.data}::text`,
};

export const changeOfVersion = and(eq(changes.workspace, versions.workspace), eq(changes.number, versions.change));

/** The versions that stood after a change: the latest of each item, those of removed items among them. */
export async function standingVersions(
  on: Sql | Transaction,
  workspace: string,
  { until, kinds, keys }: { until?: number; kinds?: StoredKind[]; keys?: string[] } = {},
): Promise<VersionRow[]> {
  return on
    .selectDistinctOn([versions.kind, versions.key], versionColumns)
    .from(versions)
    .innerJoin(changes, changeOfVersion)
    .where(
      and(
        eq(versions.workspace, workspace),
        until === undefined ? undefined : lte(versions.change, until),
        kinds && inArray(versions.kind, kinds),
        keys && inArray(versions.key, keys),
      ),
    )
    .orderBy(asc(versions.kind), asc(versions.key), desc(versions.version));
}

/** Items in the order of their lists. */
export function inPlace(one: VersionRow, other: VersionRow): number {
  return one.place - other.place || one.change - other.change || (one.key < other.key ? -1 : 1);
}

/** Whether somebody may see a version: a private note is its owner's alone. */
export function isVisible(row: Pick<VersionRow, "owner">, viewer: string | undefined): boolean {
  return row.owner === null || row.owner === viewer;
}

/** The item of a version; undefined where it was removed. */
export function itemIn(row: Pick<VersionRow, "data">): unknown {
  return row.data === null ? undefined : itemOf(row.data);
}
