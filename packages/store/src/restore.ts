import { and, desc, eq, sql } from "drizzle-orm";
import type { BackupCounts, BackupOutcome, ChangeLine } from "./backup.ts";
import { readBackupFile, UnreadableBackup } from "./backup-file.ts";
import type { BackupLine } from "./backup-file.ts";
import type { Database, Transaction } from "./database.ts";
import { putForeignRow } from "./foreign-rows.ts";
import type { ForeignRow } from "./foreign-rows.ts";
import { storeProblem } from "./problem.ts";
import { changes, events, visits, workspaces } from "./tables.ts";
import { chainHash, changeChannel, writeVersions } from "./write-change.ts";

/**
 * Puts a backup into a database, which may hold something already: workspaces that are missing come in, those that stand at an earlier change of the
 * same history are brought forward, those that are as far or further stay. Refused, and nothing written, where the file is not whole
 * or a workspace here and there have gone different ways. Gives what was added.
 */
export async function restore(database: Database, file: string): Promise<BackupOutcome> {
  try {
    // Once for nothing: only after its last line is a backup known to be whole.
    for await (const line of readBackupFile(file)) if (typeof line.t !== "string") throw damagedLine(file);
    const counts = await database.drizzle.transaction((tx) => bringIn(tx, file));
    return { counts };
  } catch (error) {
    if (error instanceof UnreadableBackup) return { problem: error.problem };
    throw error;
  }
}

interface Restoring {
  tx: Transaction;
  file: string;
  counts: BackupCounts;
  /** Of the workspace that is being read: the hash of each change that is here, and the last. */
  here: { hashes: Map<number, string>; last: string };
}

async function bringIn(tx: Transaction, file: string): Promise<BackupCounts> {
  const counts: BackupCounts = { workspaces: 0, changes: 0, versions: 0, events: 0, rows: 0 };
  const restoring: Restoring = { tx, file, counts, here: { hashes: new Map(), last: "" } };
  for await (const line of readBackupFile(file)) await takers[line.t]?.(restoring, line);
  return counts;
}

/** What is done with each line; a kind of line that is not known was left out by whoever wrote version 1, and is by us. */
const takers: Record<string, (restoring: Restoring, line: BackupLine) => Promise<void>> = {
  workspace: takeWorkspace,
  change: takeChange,
  event: takeEvent,
  visit: takeVisit,
  row: async ({ tx, counts }, line) => {
    counts.rows += await putForeignRow(tx, line as unknown as ForeignRow);
  },
};

type WorkspaceLine = { id: string; createdAt: string; createdBy: string; archivedAt: string | null };

async function takeWorkspace(restoring: Restoring, line: BackupLine): Promise<void> {
  const { tx, counts } = restoring;
  const { id, createdAt, createdBy, archivedAt } = line as unknown as WorkspaceLine;
  const row = { id, createdAt: new Date(createdAt), createdBy, archivedAt: archivedAt === null ? null : new Date(archivedAt) };
  const made = await tx.insert(workspaces).values(row).onConflictDoNothing().returning({ id: workspaces.id });
  counts.workspaces += made.length;
  await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, id)).for("update");
  const known = await tx
    .select({ number: changes.number, hash: changes.hash })
    .from(changes)
    .where(eq(changes.workspace, id))
    .orderBy(desc(changes.number));
  restoring.here = { hashes: new Map(known.map(({ number, hash }) => [number, hash])), last: "" };
}

async function takeChange({ tx, file, counts, here }: Restoring, line: BackupLine): Promise<void> {
  const { t: _, versions, ...change } = line as unknown as ChangeLine & { t: string };
  const row = { ...change, at: new Date(change.at) };
  if (chainHash(here.last, row, versions) !== change.hash) throw damagedLine(file);
  here.last = change.hash;
  const known = here.hashes.get(change.number);
  if (known === change.hash) return;
  if (known !== undefined)
    throw new UnreadableBackup(
      storeProblem("historiesDiffer", { file, workspace: change.workspace }, { id: change.workspace, change: change.number }),
    );
  const news = JSON.stringify({ workspace: change.workspace, change: change.number, author: change.author });
  await tx
    .insert(changes)
    .values(row)
    .returning({ told: sql`pg_notify(${changeChannel}, ${news})` }); // a server that is at work hears of it
  await writeVersions(tx, change.workspace, change.number, versions);
  if (change.action === "archived" || change.action === "reopened")
    await tx
      .update(workspaces)
      .set({ archivedAt: change.action === "archived" ? row.at : null })
      .where(eq(workspaces.id, change.workspace));
  counts.changes++;
  counts.versions += versions.length;
}

interface EventLine {
  workspace: string | null;
  at: string;
  author: string;
  action: string;
  details: string | null;
}

async function takeEvent({ tx, counts }: Restoring, line: BackupLine): Promise<void> {
  const { workspace, at, author, action, details } = line as unknown as EventLine;
  const same = and(
    sql`${events.workspace} is not distinct from ${workspace}::text`,
    eq(events.at, new Date(at)),
    eq(events.author, author),
    eq(events.action, action),
    sql`${events.details}::text is not distinct from ${details}::text`,
  );
  const [known] = await tx.select({ id: events.id }).from(events).where(same).limit(1);
  if (known) return;
  await tx.insert(events).values({ workspace, at: new Date(at), author, action, details });
  counts.events++;
}

async function takeVisit({ tx }: Restoring, line: BackupLine): Promise<void> {
  const { workspace, author, change, at } = line as unknown as { workspace: string; author: string; change: number; at: string };
  await tx
    .insert(visits)
    .values({ workspace, author, change, at: new Date(at) })
    .onConflictDoNothing();
}

function damagedLine(file: string): UnreadableBackup {
  return new UnreadableBackup(storeProblem("backupDamaged", { file }, { file, reason: "checksum" }));
}
