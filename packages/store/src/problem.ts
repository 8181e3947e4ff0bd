import type { DomainProblemCode, ItemKind } from "@watershed/domain";

/** What can be wrong with a database, a backup, or what is to be written. */
export type StoreProblemCode =
  | DomainProblemCode
  | "unknownWorkspace"
  | "workspaceExists"
  | "notThereYet"
  | "badWorkspaceId"
  | "unknownItem"
  | "unknownKind"
  | "keyTaken"
  | "appendOnly"
  | "ownedByAnother"
  | "nothingToWrite"
  | "authorMissing"
  | "notAppendOnly"
  | "idChanged"
  | "editedTwice"
  | "workspaceArchived"
  | "changedMeanwhile"
  | "clusterOfOtherVersion"
  | "badMoment"
  | "databaseUnreachable"
  | "badDatabaseUrl"
  | "databaseDidNotStart"
  | "databaseTooOld"
  | "databaseNewer"
  | "databaseNotPrepared"
  | "folderInUse"
  | "dataFolderNotWritable"
  | "simplerDatabase"
  | "backupNotReadable"
  | "backupNotWritten"
  | "backupDamaged"
  | "backupNewer"
  | "backupOfSomethingElse"
  | "historiesDiffer"
  | "historyBroken"
  | "fileExists";

/** Where it is wrong: a field of an item of a workspace, or a file. */
export interface StorePlace {
  workspace?: string;
  kind?: ItemKind | "settings" | "streams";
  key?: string;
  path?: (string | number)[];
  file?: string;
}

/** One problem as data; its wording in each language lives outside. */
export interface StoreProblem {
  code: StoreProblemCode;
  severity: "error" | "warning";
  at: StorePlace;
  params: Record<string, string | number | string[]>;
}

/** A problem of the store. */
export function storeProblem(
  code: StoreProblemCode,
  at: StorePlace = {},
  params: StoreProblem["params"] = {},
  severity: StoreProblem["severity"] = "error",
): StoreProblem {
  return { code, severity, at, params };
}

/** What an error of the outside world says in one line. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  const text = error instanceof Error ? error.message || ((error as { code?: string }).code ?? error.name) : String(error);
  return text.split("\n")[0].trim();
}
