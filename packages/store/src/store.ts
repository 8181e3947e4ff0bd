import type { Item, Settings, Workspace } from "@watershed/domain";
import { auditTrail, recordEvent } from "./audit.ts";
import type { AuditEntry, AuditOptions, StoreEvent } from "./audit.ts";
import { backup } from "./backup.ts";
import type { BackupOutcome } from "./backup.ts";
import { listenForChanges } from "./change-listener.ts";
import type { Listener } from "./change-listener.ts";
import { commit } from "./commit.ts";
import type { Database } from "./database.ts";
import { claimRows } from "./foreign-rows.ts";
import { handOver } from "./hand-over.ts";
import type { HandingOver } from "./hand-over.ts";
import { changesSince, historyOf } from "./history.ts";
import type { ItemChange, ItemVersion } from "./history.ts";
import { archiveWorkspace, importWorkspace } from "./import-workspace.ts";
import type { Importing } from "./import-workspace.ts";
import type { AppendOnlyKind, EditableKind } from "./item-key.ts";
import { listWorkspaces } from "./list-workspaces.ts";
import type { WorkspaceSummary } from "./list-workspaces.ts";
import type { By, Edit, Expecting, Outcome, Reading, StoredKind } from "./outcome.ts";
import { readWorkspace } from "./read-workspace.ts";
import type { ReadOptions, ReadingCache, StoredWorkspace } from "./read-workspace.ts";
import { restore } from "./restore.ts";
import { updateWorkspace } from "./update-workspace.ts";
import type { Updating } from "./update-workspace.ts";
import { lastVisit, visit } from "./visits.ts";
import type { Visit } from "./visits.ts";

/** Workspaces in a database, with everything they ever were. What was wrong is data; it throws where the database is gone for good. */
export interface Store {
  /** The database itself, for tables that are not the store's: sign-in in the schema `auth`, jobs in `pgboss`. */
  database: Database;
  listWorkspaces(options?: { archived?: boolean }): Promise<WorkspaceSummary[]>;
  /** A new workspace holding all of another; refused where its id is taken. */
  importWorkspace(workspace: Workspace, by: Importing): Promise<Outcome>;
  /** Makes the stored workspace equal to another in one change. */
  updateWorkspace(id: string, workspace: Workspace, by: Updating): Promise<Outcome>;
  archiveWorkspace(id: string, by: By & { archived: boolean }): Promise<Outcome>;
  readWorkspace(id: string, options?: ReadOptions): Promise<StoredWorkspace | undefined>;
  /** Several edits as one change: all or none. */
  commit(id: string, edits: Edit[], by: By & Reading): Promise<Outcome>;
  save<K extends EditableKind>(id: string, kind: K, item: Item<K>, by: By & Expecting & { key?: string }): Promise<Outcome>;
  append<K extends AppendOnlyKind>(id: string, kind: K, item: Item<K>, by: By): Promise<Outcome>;
  remove(id: string, kind: EditableKind, key: string, by: By & Expecting): Promise<Outcome>;
  saveSettings(id: string, settings: Settings, by: By & Expecting): Promise<Outcome>;
  /** Adds names to the end of the order of random streams; those that are there stay where they are. */
  appendStreams(id: string, names: string[], by: By): Promise<Outcome>;
  /** Makes the private notes of one author another's from now on. */
  handOver(id: string, by: HandingOver): Promise<Outcome>;
  history(id: string, kind: StoredKind, key: string, options?: { viewer?: string }): Promise<ItemVersion[]>;
  changesSince(id: string, change: number, options?: { viewer?: string; until?: number }): Promise<ItemChange[]>;
  audit(options: AuditOptions): Promise<{ entries: AuditEntry[]; next?: string }>;
  recordEvent(event: StoreEvent): Promise<void>;
  /** Remembers this visit and gives the one before. */
  visit(id: string, author: string): Promise<{ previous?: Visit }>;
  lastVisit(id: string, author: string): Promise<Visit | undefined>;
  /** Calls back after every change that any process makes on this database; gives the way to stop that. */
  onChange(listener: Listener): () => void;
  /** Everything in one file, read once more after it is written. */
  backup(file: string): Promise<BackupOutcome>;
  /** What is missing here and is in a backup comes in; all or nothing. */
  restore(file: string): Promise<BackupOutcome>;
  /** For the owner of the tables of another schema, after it made them: rows that were restored before that. */
  claimRestoredRows(schema: string): Promise<number>;
  close(): Promise<void>;
}

/** Names as PostgreSQL can hold them: a text without the character of code zero. What is asked for under another name is not there. */
function named(text: string): string {
  return text.replaceAll("\u0000", "\ufffd");
}

function namedBy<T extends By>(by: T): T {
  const { author, requestId, reason } = by;
  return {
    ...by,
    ...(typeof author === "string" ? { author: named(author) } : {}),
    ...(requestId === undefined ? {} : { requestId: named(requestId) }),
    ...(reason === undefined ? {} : { reason: named(reason) }),
  };
}

/** The store on a database whose tables are there. */
export function storeOn(database: Database): Store {
  const cache: ReadingCache = new Map();
  const listener = listenForChanges(database);
  const { steadily } = database;
  const write = async (id: string, edits: Edit[], by: By & Reading): Promise<Outcome> =>
    told(await commit(database, named(id), edits, namedBy(by)), by);
  const told = (outcome: Outcome, { author }: By): Outcome => {
    if (outcome.outcome === "saved") listener.tell({ workspace: outcome.workspace, change: outcome.change, author });
    return outcome;
  };
  return {
    database,
    listWorkspaces: (options) => steadily(() => listWorkspaces(database, options)),
    importWorkspace: async (workspace, by) => told(await importWorkspace(database, workspace, namedBy(by)), by),
    updateWorkspace: async (id, workspace, by) => told(await updateWorkspace(database, named(id), workspace, namedBy(by)), by),
    archiveWorkspace: async (id, by) => told(await archiveWorkspace(database, named(id), namedBy(by)), by),
    readWorkspace: (id, options) => steadily(() => readWorkspace(database, cache, named(id), options)),
    commit: write,
    save: (id, kind, item, { expectedVersion, key, ...by }) =>
      write(id, [{ do: "save", kind, item, expectedVersion, ...(key === undefined ? {} : { key }) }], by),
    append: (id, kind, item, by) => write(id, [{ do: "append", kind, item }], by),
    remove: (id, kind, key, { expectedVersion, ...by }) => write(id, [{ do: "remove", kind, key, expectedVersion }], by),
    saveSettings: (id, settings, { expectedVersion, ...by }) => write(id, [{ do: "settings", settings, expectedVersion }], by),
    appendStreams: (id, names, by) => write(id, [{ do: "streams", names }], by),
    handOver: async (id, by) => told(await handOver(database, named(id), { ...namedBy(by), from: named(by.from), to: named(by.to) }), by),
    history: (id, kind, key, { viewer } = {}) => steadily(() => historyOf(database, named(id), { kind, key: named(key), viewer })),
    changesSince: (id, change, options = {}) => steadily(() => changesSince(database, named(id), { since: change, ...options })),
    audit: (options) =>
      steadily(() =>
        auditTrail(database, { ...options, ...(options.workspace === undefined ? {} : { workspace: named(options.workspace) }) }),
      ),
    recordEvent: (event) => steadily(() => recordEvent(database, { ...event, author: named(event.author), action: named(event.action) })),
    visit: (id, author) => steadily(() => visit(database, named(id), named(author))),
    lastVisit: (id, author) => steadily(() => lastVisit(database, named(id), named(author))),
    onChange: (heard) => listener.add(heard),
    backup: (file) => backup(database, file),
    restore: (file) => restore(database, file),
    claimRestoredRows: (schema) => claimRows(database, schema),
    close: async () => {
      await listener.close();
      await database.close();
    },
  };
}
