import { and, desc, eq, gt, lte } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { emptyWorkspace, itemKinds } from "@watershed/domain";
import type { ItemKind, Settings, Workspace } from "@watershed/domain";
import type { Database } from "./database.ts";
import { changeOfVersion, inPlace, isVisible, itemIn, standingVersions, versionColumns } from "./standing.ts";
import type { VersionRow } from "./standing.ts";
import { changes, versions } from "./tables.ts";

/** How an item is stored: its name there, its version, who made that and when. */
export interface StoredAs {
  key: string;
  version: number;
  change: number;
  at: string;
  author: string;
  /** Of a private note: who alone reads it. */
  owner?: string;
}

/** A workspace as it stood after a change. */
export interface StoredWorkspace {
  id: string;
  change: number;
  at: string;
  /** To be read, not written to: items are shared between readings. */
  workspace: Workspace;
  /** How each item is stored, at the same place as the item in its list. */
  stored: { [K in ItemKind]: StoredAs[] } & { settings: StoredAs };
}

export interface ReadOptions {
  /** A past moment (ISO), or the number of a change: the workspace as it was recorded then. */
  asOf?: string | number;
  /** Whose private notes to include; nobody's unless given. */
  viewer?: string;
}

/** What was read of workspaces before, so that the next reading asks only for what came since. */
export type ReadingCache = Map<string, { change: number; at: Date; rows: Map<string, ReadRow> }>;
type ReadRow = VersionRow & { item: unknown };

/** A workspace as it stands, or stood at a past moment; undefined where there was none. */
export async function readWorkspace(
  database: Database,
  cache: ReadingCache,
  id: string,
  { asOf, viewer }: ReadOptions = {},
): Promise<StoredWorkspace | undefined> {
  const last = await lastChange(database, id, asOf);
  if (!last) return undefined;
  const rows = asOf === undefined ? await standingRows(database, cache, id, last) : (await rowsUntil(database, id, last.number)).values();
  return assembled(id, last, [...rows].filter((row) => isVisible(row, viewer)).toSorted(inPlace));
}

interface LastChange {
  number: number;
  at: Date;
}

async function lastChange(database: Database, id: string, asOf: string | number | undefined): Promise<LastChange | undefined> {
  const until = typeof asOf === "number" ? Math.floor(asOf) : asOf === undefined ? undefined : Date.parse(asOf);
  if (Number.isNaN(until)) return undefined;
  const [last] = await database.drizzle
    .select({ number: changes.number, at: changes.at })
    .from(changes)
    .where(and(eq(changes.workspace, id), until === undefined ? undefined : untilThen(asOf, until)))
    .orderBy(desc(changes.number))
    .limit(1);
  return last;
}

/** Changes up to a number, or up to a moment; what is beyond the numbers and moments that the database knows means all of them. */
function untilThen(asOf: string | number | undefined, until: number): SQL | undefined {
  if (typeof asOf === "number") return lte(changes.number, Math.min(until, Number.MAX_SAFE_INTEGER));
  return lte(changes.at, new Date(until));
}

async function rowsUntil(database: Database, id: string, until: number): Promise<Map<string, ReadRow>> {
  const rows = await standingVersions(database.drizzle, id, { until });
  return new Map(rows.map((row) => [`${row.kind}\u0000${row.key}`, { ...row, item: itemIn(row) }]));
}

async function standingRows(database: Database, cache: ReadingCache, id: string, last: LastChange): Promise<Iterable<ReadRow>> {
  const known = cache.get(id);
  if (known && known.change > last.number) return (await rowsUntil(database, id, last.number)).values();
  if (known && known.change === last.number) return known.rows.values();
  const rows = known ? new Map(known.rows) : await rowsUntil(database, id, last.number);
  if (known) for (const row of await rowsBetween(database, id, known.change, last.number)) rows.set(`${row.kind}\u0000${row.key}`, row);
  cache.set(id, { change: last.number, at: last.at, rows });
  return rows.values();
}

async function rowsBetween(database: Database, id: string, after: number, until: number): Promise<ReadRow[]> {
  const rows = await database.drizzle
    .select(versionColumns)
    .from(versions)
    .innerJoin(changes, changeOfVersion)
    .where(and(eq(versions.workspace, id), gt(versions.change, after), lte(versions.change, until)))
    .orderBy(versions.change);
  return rows.map((row) => ({ ...row, item: itemIn(row) }));
}

const kinds = Object.keys(itemKinds) as ItemKind[];

function assembled(id: string, last: LastChange, rows: ReadRow[]): StoredWorkspace | undefined {
  const settings = rows.find(({ kind }) => kind === "settings");
  if (!settings) return undefined;
  const workspace = emptyWorkspace(settings.item as Settings);
  workspace.streams = [...((rows.find(({ kind }) => kind === "streams")?.item as string[] | undefined) ?? [])];
  const stored = Object.fromEntries(kinds.map((kind) => [kind, [] as StoredAs[]])) as unknown as StoredWorkspace["stored"];
  stored.settings = storedAs(settings);
  for (const row of rows) {
    if (row.data === null || row.kind === "settings" || row.kind === "streams") continue;
    (workspace[row.kind] as unknown[]).push(row.item);
    stored[row.kind].push(storedAs(row));
  }
  return { id, change: last.number, at: last.at.toISOString(), workspace, stored };
}

function storedAs({ key, version, change, at, author, owner }: VersionRow): StoredAs {
  return { key, version, change, at: at.toISOString(), author, ...(owner === null ? {} : { owner }) };
}
