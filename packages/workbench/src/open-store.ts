import type { OpenedStore, StoreOptions } from "@watershed/store";

export type {
  AppendOnlyKind,
  AuditEntry,
  AuditOptions,
  BackupCounts,
  BackupOutcome,
  By,
  ChangeNews,
  Conflict,
  Database,
  Edit,
  EditableKind,
  Expecting,
  Importing,
  ItemChange,
  ItemVersion,
  OpenedStore,
  Outcome,
  ReadOptions,
  Saved,
  Store,
  StoreEvent,
  StoreOptions,
  StorePlace,
  StoreProblem,
  StoreProblemCode,
  StoredAs,
  StoredKind,
  StoredWorkspace,
  Updating,
  Visit,
  WorkspaceSummary,
} from "@watershed/store";

export type Environment = Record<string, string | undefined>;

/** Opens a store: the one that is named, or the one of an environment (DATABASE_URL, else WATERSHED_DATA, else the user's data folder). */
export async function openStore(options: StoreOptions | { environment: Environment }): Promise<OpenedStore> {
  // The database's code is loaded by those who use a database.
  const { openStore: open, storePlaceOf } = await import("@watershed/store");
  return open("environment" in options ? storePlaceOf(options.environment) : options);
}

/** Where the store of an environment is, as it may be shown: an address without its password, or a folder. */
export async function storeAddress(environment: Environment): Promise<string> {
  const { storePlaceOf, withoutPassword } = await import("@watershed/store");
  const place = storePlaceOf(environment);
  return "databaseUrl" in place ? withoutPassword(place.databaseUrl) : place.dataFolder;
}
