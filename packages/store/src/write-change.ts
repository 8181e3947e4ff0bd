import { createHash } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import type { Transaction } from "./database.ts";
import type { By, Outcome, StoredKind } from "./outcome.ts";
import { changes, versions, workspaces } from "./tables.ts";

/** Where a workspace stands: its last change. */
export interface Head {
  workspace: string;
  number: number;
  at: Date | undefined;
  hash: string;
  archived: boolean;
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
export async function holdWorkspace(tx: Transaction, id: string): Promise<Head | undefined> {
  const [row] = await tx.select({ archivedAt: workspaces.archivedAt }).from(workspaces).where(eq(workspaces.id, id)).for("update");
  if (!row) return undefined;
  const [last] = await tx
    .select({ number: changes.number, at: changes.at, hash: changes.hash })
    .from(changes)
    .where(eq(changes.workspace, id))
    .orderBy(desc(changes.number))
    .limit(1);
  return { workspace: id, number: last?.number ?? 0, at: last?.at, hash: last?.hash ?? "", archived: row.archivedAt !== null };
}

/** Writes one change with its versions. Its moment is the database's, or the one asked for where that lies between the last change and now. */
export async function writeChange(tx: Transaction, head: Head, change: NewChange): Promise<{ number: number; at: Date }> {
  const [number, at] = [head.number + 1, await momentOf(tx, head, change.by.at)];
  const { author, reason = null, requestId = null } = change.by;
  const row = { workspace: head.workspace, number, at, author, action: change.action, reason, requestId };
  await tx.insert(changes).values({ ...row, hash: chainHash(head.hash, row, change.rows) });
  await writeVersions(tx, head.workspace, number, change.rows);
  const news = JSON.stringify({ workspace: head.workspace, change: number, author });
  await tx.execute(sql`select pg_notify(${changeChannel}, ${news})`);
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

async function momentOf(tx: Transaction, head: Head, wanted: string | undefined): Promise<Date> {
  const { rows } = await tx.execute<{ now: string }>(sql`select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`);
  const now = Math.max(Number(rows[0].now), head.at?.getTime() ?? 0);
  return new Date(wanted === undefined ? now : Math.min(now, Math.max(Date.parse(wanted), head.at?.getTime() ?? 0)));
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
export async function earlierOutcome(tx: Transaction, workspace: string, requestId: string): Promise<Outcome | undefined> {
  const [change] = await tx
    .select({ number: changes.number, at: changes.at })
    .from(changes)
    .where(and(eq(changes.workspace, workspace), eq(changes.requestId, requestId)));
  if (!change) return undefined;
  const saved = await tx
    .select({ kind: sql<StoredKind>`${versions.kind}`, key: versions.key, version: versions.version })
    .from(versions)
    .where(and(eq(versions.workspace, workspace), eq(versions.change, change.number)));
  return { outcome: "saved", workspace, change: change.number, at: change.at.toISOString(), saved };
}
