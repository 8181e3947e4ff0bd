import { createHash } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "./database.ts";
import type { By, Outcome, StoredKind } from "./outcome.ts";
import { changes, versions, workspaces } from "./tables.ts";

/** Where a workspace stands: its last change, and what the clock of the database says. */
export interface Head {
  workspace: string;
  number: number;
  at: Date | undefined;
  hash: string;
  archived: boolean;
  now: number; // milliseconds since 1970
  /** The change in which the same request was carried out before. */
  earlier: number | undefined;
}

/** One version to be written. */
export interface NewVersion {
  kind: StoredKind;
  key: string;
  version: number;
  place: number;
  owner: string | null;
  data: string | null;
}

export interface NewChange {
  action: string;
  by: By;
  rows: NewVersion[];
}

/** The workspace, held until the transaction ends so that changes follow each other; undefined where there is none. */
export async function holdWorkspace(tx: Transaction, id: string, requestId: string): Promise<Head | undefined> {
  const [row] = await tx.select({ archivedAt: workspaces.archivedAt }).from(workspaces).where(eq(workspaces.id, id)).for("update");
  if (!row) return undefined;
  // A statement of its own: it must see what was written while this one waited.
  const { rows } = await tx.execute<{
    now: string;
    number: string | null;
    at: string | null;
    hash: string | null;
    earlier: string | null;
  }>(sql`
    select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now, last.number, last.at, last.hash, earlier.number as earlier
    from (select 1) as one
    left join lateral (
      select number, (extract(epoch from at) * 1000)::bigint as at, hash from watershed.change where workspace = ${id} order by number desc limit 1
    ) as last on true
    left join lateral (select number from watershed.change where workspace = ${id} and request_id = ${requestId}) as earlier on true`);
  const { now, number, at, hash, earlier } = rows[0];
  return {
    workspace: id,
    number: Number(number ?? 0),
    at: at === null ? undefined : new Date(Number(at)),
    hash: hash ?? "",
    archived: row.archivedAt !== null,
    now: Number(now),
    earlier: earlier === null ? undefined : Number(earlier),
  };
}

/** The place of an item that comes to the end of its list in a change: after everything of earlier changes. */
export function placeAtEnd(change: number, index: number): number {
  return change * itemsPerChange + index;
}

/** More items than one change brings to the end of one list. */
const itemsPerChange = 1_000_000;

/** Writes one change with its versions. Its moment is the database's, or the one asked for where that lies between the last change and now. */
export async function writeChange(tx: Transaction, head: Head, change: NewChange): Promise<{ number: number; at: Date }> {
  const [number, at] = [head.number + 1, momentOf(head, change.by.at)];
  const { author, reason = null, requestId = null } = change.by;
  const row = { workspace: head.workspace, number, at, author, action: change.action, reason, requestId };
  const news = JSON.stringify({ workspace: head.workspace, change: number, author });
  await tx
    .insert(changes)
    .values({ ...row, hash: chainHash(head.hash, row, change.rows) })
    .returning({ told: sql`pg_notify(${changeChannel}, ${news})` });
  await writeVersions(tx, head.workspace, number, change.rows);
  return { number, at };
}

/** Writes the versions of a change, in the transaction that wrote the change. */
export async function writeVersions(tx: Transaction, workspace: string, change: number, rows: NewVersion[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await tx.insert(versions).values(rows.slice(from, from + rowsAtOnce).map((one) => ({ ...one, workspace, change })));
}

export const changeChannel = "watershed_change";

/** A statement has at most 65,535 parameters. */
const rowsAtOnce = 1000;

function momentOf(head: Head, wanted: string | undefined): Date {
  const last = head.at?.getTime() ?? 0;
  const now = Math.max(head.now, last);
  return new Date(wanted === undefined ? now : Math.min(now, Math.max(Date.parse(wanted), last)));
}

type ChangeRow = Pick<typeof changes.$inferSelect, "number" | "at" | "author" | "action" | "reason" | "requestId">;

/** The hash of a change and, through the hash before it, of everything before: SHA-256 in hexadecimal digits. */
export function chainHash(before: string, change: ChangeRow, rows: NewVersion[]): string {
  const { number, at, author, action, reason, requestId } = change;
  const ordered = rows
    .map((row) => JSON.stringify([row.kind, row.key, row.version, row.place, row.owner, row.data]))
    .toSorted((one, other) => (one < other ? -1 : 1));
  const hash = createHash("sha256").update(JSON.stringify([before, number, at.toISOString(), author, action, reason, requestId]));
  for (const line of ordered) hash.update("\n").update(line);
  return hash.digest("hex");
}

/** The outcome of a request that was carried out before. */
export async function earlierOutcome(tx: Transaction, { workspace, earlier }: Head): Promise<Outcome | undefined> {
  if (earlier === undefined) return undefined;
  const [change] = await tx
    .select({ at: changes.at })
    .from(changes)
    .where(and(eq(changes.workspace, workspace), eq(changes.number, earlier)));
  const saved = await tx
    .select({ kind: sql<StoredKind>`${versions.kind}`, key: versions.key, version: versions.version })
    .from(versions)
    .where(and(eq(versions.workspace, workspace), eq(versions.change, earlier)));
  return { outcome: "saved", workspace, change: earlier, at: change.at.toISOString(), saved };
}
