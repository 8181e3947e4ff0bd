import { and, asc, between, eq, gt, sql } from "drizzle-orm";
import { readBackupFile, UnreadableBackup, writeBackupFile } from "./backup-file.ts";
import type { BackupLine } from "./backup-file.ts";
import type { Database, Transaction } from "./database.ts";
import { foreignTables } from "./foreign-rows.ts";
import { reasonOf, storeProblem } from "./problem.ts";
import type { StoreProblem } from "./problem.ts";
import { versionColumns } from "./standing.ts";
import { changes, events, versions, visits, workspaces } from "./tables.ts";
import { chainHash } from "./write-change.ts";
import type { NewVersion } from "./write-change.ts";

/** What went into a backup, or came out of it. */
export interface BackupCounts {
  workspaces: number;
  changes: number;
  versions: number;
  events: number;
  /** Of tables that are not the store's: who may sign in. */
  rows: number;
}

/** A change as a line of a backup. */
export interface ChangeLine {
  workspace: string;
  number: number;
  at: string;
  author: string;
  action: string;
  reason: string | null;
  requestId: string | null;
  hash: string;
  versions: NewVersion[];
}

export type BackupOutcome = { counts: BackupCounts; problem?: undefined } | { counts?: undefined; problem: StoreProblem };

/** Writes everything in a database into one file, as of one moment, and reads it once more to see that it is whole. */
export async function backup(database: Database, file: string): Promise<BackupOutcome> {
  const counts: BackupCounts = { workspaces: 0, changes: 0, versions: 0, events: 0, rows: 0 };
  try {
    await database.drizzle.transaction((tx) => writeBackupFile(file, everything(tx, counts)), {
      isolationLevel: "repeatable read",
      accessMode: "read only",
    });
    const problem = await readBack(file);
    if (problem) return { problem };
    return { counts };
  } catch (error) {
    if (error instanceof UnreadableBackup) return { problem: error.problem };
    const code = (error as { code?: string }).code ?? "";
    if (code === "EEXIST") return { problem: storeProblem("fileExists", { file }, { file }) };
    if (/^E[A-Z]+$/.test(code)) return { problem: storeProblem("backupNotWritten", { file }, { file, reason: reasonOf(error) }) };
    throw error;
  }
}

/** Reads what was written: the problem of a workspace whose history does not fit itself, which the database can only have had from outside Watershed. */
async function readBack(file: string): Promise<StoreProblem | undefined> {
  let before = "";
  for await (const line of readBackupFile(file)) {
    if (line.t === "workspace") before = "";
    if (line.t !== "change") continue;
    const { workspace, number, at, hash, versions: rows, ...change } = line as unknown as ChangeLine;
    if (chainHash(before, { ...change, number, at: new Date(at) }, rows) !== hash)
      return storeProblem("historyBroken", { file, workspace }, { file, id: workspace, change: number });
    before = hash;
  }
  return undefined;
}

async function* everything(tx: Transaction, counts: BackupCounts): AsyncGenerator<BackupLine> {
  for (const row of await tx.select().from(workspaces).orderBy(asc(workspaces.id))) {
    counts.workspaces++;
    yield { t: "workspace", ...row };
    yield* changesOf(tx, row.id, counts);
  }
  for (const row of await tx.select().from(visits)) yield { t: "visit", ...row };
  yield* allEvents(tx, counts);
  for (const { schema, table } of await foreignTables(tx)) {
    const { rows } = await tx.execute<{ data: string }>(
      sql`select row_to_json(one)::text as data from ${sql.identifier(schema)}.${sql.identifier(table)} as one`,
    );
    for (const { data } of rows) {
      counts.rows++;
      yield { t: "row", schema, table, data };
    }
  }
}

const changesAtOnce = 200;

async function* changesOf(tx: Transaction, workspace: string, counts: BackupCounts): AsyncGenerator<BackupLine> {
  for (let after = 0; ;) {
    const page = await tx
      .select()
      .from(changes)
      .where(and(eq(changes.workspace, workspace), gt(changes.number, after)))
      .orderBy(asc(changes.number))
      .limit(changesAtOnce);
    if (page.length === 0) return;
    const last = page.at(-1)!.number;
    const { change, kind, key, version, place, owner } = versions;
    const rows = await tx
      .select({ change, kind, key, version, place, owner, data: versionColumns.data })
      .from(versions)
      .where(and(eq(versions.workspace, workspace), between(versions.change, after + 1, last)))
      .orderBy(asc(versions.change));
    const byChange = Map.groupBy(rows, (row) => row.change);
    for (const one of page) {
      const items = (byChange.get(one.number) ?? []).map((row) => ({ ...row, change: undefined }));
      counts.changes++;
      counts.versions += items.length;
      yield { t: "change", ...one, versions: items };
    }
    after = last;
  }
}

async function* allEvents(tx: Transaction, counts: BackupCounts): AsyncGenerator<BackupLine> {
  for (let after = 0; ;) {
    const { id, workspace, at, author, action } = events;
    const page = await tx
      .select({ id, workspace, at, author, action, details: sql<string | null>`${events.details}::text` })
      .from(events)
      .where(gt(events.id, after))
      .orderBy(asc(events.id))
      .limit(1000);
    if (page.length === 0) return;
    after = page.at(-1)!.id;
    for (const row of page) {
      counts.events++;
      yield { t: "event", ...row, id: undefined };
    }
  }
}
