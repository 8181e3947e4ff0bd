import type { ProblemParams, StoreOwnCode } from "../problem.ts";
import type { ProblemWording } from "./problems-en.ts";

type Param = ProblemParams[string] | undefined;

/** Every problem of the database and its backups in English. */
export const storeProblemsEn: Record<StoreOwnCode, (params: ProblemParams) => ProblemWording> = {
  // Writing
  unknownWorkspace: ({ id }) => ({
    what: `The database holds no workspace ${quoted(id)}.`,
    mend: "`watershed workspaces` lists those it holds; `watershed import FOLDER` adds one.",
  }),
  notThereYet: ({ id, since }) => ({
    what: `The workspace ${quoted(id)} was not in the database then: it came on ${shown(since)}.`,
    mend: "Name a later moment.",
  }),
  workspaceExists: ({ id }) => ({
    what: `The database already holds a workspace ${quoted(id)}.`,
    mend: "Import it under another name with `--id`, or bring the stored one up to date with `--update`.",
  }),
  badWorkspaceId: ({ id }) => ({
    what: `${sentence(quoted(id))} cannot be the name of a stored workspace.`,
    mend: "Use lower-case letters, digits, hyphens and underscores, at most 64, for example `china-ai-2024`.",
  }),
  workspaceArchived: ({ id }) => ({
    what: `The workspace ${quoted(id)} has been put away; nothing is written to it.`,
    mend: "Take it back first.",
  }),
  changedMeanwhile: ({ id, expected, found }) => ({
    what: `The workspace ${quoted(id)} has been changed since it was taken out: it stood at change ${shown(expected)} then and stands at ${shown(found)} now.`,
    mend: "Export it once more, carry your edits over, and import that.",
  }),
  unknownItem: ({ key, kind }) => ({
    what: `There is no ${kindOf(kind)} ${quoted(key)} here.`,
    mend: "Somebody may have removed it; read the workspace once more.",
  }),
  unknownKind: ({ kind, kinds }) => ({ what: `There is no kind of item ${quoted(kind)}.`, mend: `The kinds are ${listed(kinds)}.` }),
  keyTaken: ({ key }) => ({ what: `The id ${quoted(key)} is taken.`, mend: "Choose another id." }),
  appendOnly: ({ kind, key }) => ({
    what: `The ${kindOf(kind)} ${quoted(key)} would be changed or removed, and what was said once stays on record.`,
    mend: `Put it back as it was, and add another ${kindOf(kind)} of a later day that takes its place.`,
  }),
  notAppendOnly: ({ kind }) => ({
    what: `An item of the kind ${quoted(kind)} is saved with the version it was made from.`,
    mend: "Save it instead of appending it.",
  }),
  idChanged: ({ id, key }) => ({
    what: `The item stored as ${quoted(key)} calls itself ${quoted(id)}.`,
    mend: "An item keeps its id: save it as a new one and remove the old.",
  }),
  editedTwice: ({ key, kind }) => ({
    what: `The ${kindOf(kind)} ${quoted(key)} is edited twice in one change.`,
    mend: "Put both edits into one.",
  }),
  ownedByAnother: ({ key }) => ({
    what: `The note ${quoted(key)} was written by somebody else, and is everybody's to read.`,
    mend: "Only who wrote it can make it private.",
  }),
  nothingToWrite: () => ({ what: "There is nothing to write.", mend: "Give at least one edit." }),
  authorMissing: () => ({ what: "It is not said who makes this change.", mend: "Name an author." }),
  badMoment: ({ found }) => ({
    what: `${sentence(quoted(found))} is not a moment.`,
    mend: "Write a day or a moment, for example `2026-03-31` or `2026-03-31T18:00Z`.",
  }),

  // The database
  databaseUnreachable: ({ address, reason }) => ({
    what: `The database${at(address)} cannot be reached${because(reason)}.`,
    mend: "Check that it runs, and that DATABASE_URL has the right machine, port, name and password.",
  }),
  badDatabaseUrl: ({ found }) => ({
    what: `${sentence(quoted(found))} is not the address of a PostgreSQL database.`,
    mend: "Set DATABASE_URL to something like `postgresql://user:password@host:5432/watershed`, or leave it unset for the embedded database.",
  }),
  databaseDidNotStart: ({ folder, reason }) => ({
    what: `The embedded database in ${quoted(folder, "the data folder")} did not start${because(reason)}.`,
    mend: "The file `postgres.log` in that folder tells more. Set WATERSHED_DATA to use another folder, or DATABASE_URL to use a server.",
  }),
  databaseTooOld: ({ found, wanted }) => ({
    what: `The database server is PostgreSQL ${shown(found)}; Watershed needs ${shown(wanted)} or newer.`,
    mend: "Use a newer server, or leave DATABASE_URL unset for the embedded database.",
  }),
  databaseNewer: () => ({
    what: "The database has been used by a newer version of Watershed, whose tables this version does not know.",
    mend: "Update Watershed, or restore a backup into another database.",
  }),
  databaseNotPrepared: ({ address, reason }) => ({
    what: `The tables of Watershed could not be made in the database${at(address)}${because(reason)}.`,
    mend: "Give the role of DATABASE_URL the right to make schemas in that database.",
  }),
  folderInUse: ({ folder, process }) => ({
    what: `The data folder ${quoted(folder)} is in use by another process${has(process) ? ` (number ${shown(process)})` : ""}, and its database serves one at a time.`,
    mend: "End that process first, or use the page it serves.",
  }),
  dataFolderNotWritable: ({ folder, reason }) => ({
    what: `Nothing can be written to the data folder ${quoted(folder)}${because(reason)}.`,
    mend: "Set WATERSHED_DATA to a folder of your own.",
  }),
  clusterOfOtherVersion: ({ found, wanted }) => ({
    what: `The data folder holds a database of another major version (${listed(found)}); this version of Watershed brings PostgreSQL ${shown(wanted)}.`,
    mend: "Make a backup with the version of Watershed that wrote it, and restore that here into another folder.",
  }),
  simplerDatabase: ({ reason }) => ({
    what: `PostgreSQL cannot run here${because(reason)}; a simpler database is used, which serves one process at a time.`,
    mend: "Nothing is lost by it. For a team, set DATABASE_URL to a PostgreSQL server.",
  }),

  // Backups
  backupNotReadable: ({ file, reason }) => ({
    what: `The backup ${quoted(file)} cannot be read${because(reason)}.`,
    mend: "Check the name of the file and your right to read it.",
  }),
  backupNotWritten: ({ file, reason }) => ({
    what: `The backup ${quoted(file)} could not be written${because(reason)}.`,
    mend: "Choose a folder of your own with enough room.",
  }),
  backupDamaged: ({ file, reason }) => ({
    what: `The backup ${quoted(file)} is damaged: ${damage[String(reason)] ?? damage.checksum}. Nothing of it was restored.`,
    mend: "Copy it again from where it came, or take an earlier backup.",
  }),
  backupNewer: ({ file, found, known }) => ({
    what: `The backup ${quoted(file)} has format ${shown(found)}; this version of Watershed reads formats up to ${shown(known)}. Nothing of it was restored.`,
    mend: "Update Watershed and restore it then.",
  }),
  backupOfSomethingElse: ({ file }) => ({
    what: `${sentence(quoted(file, "This file"))} is not a backup made by Watershed.`,
    mend: "Name a file that `watershed backup` wrote.",
  }),
  historiesDiffer: ({ id, change }) => ({
    what: `The workspace ${quoted(id)} has another history here than in the backup, from change ${shown(change)} on. Nothing was restored.`,
    mend: "Restore into an empty database (set WATERSHED_DATA to a new folder); export the workspace from there and import it here under another name.",
  }),
  historyBroken: ({ id, change, file }) => ({
    what: `The history of the workspace ${quoted(id)} does not fit itself from change ${shown(change)} on: somebody has changed the database past Watershed. The backup ${quoted(file)} was written, but cannot be restored.`,
    mend: "Find out who has the rights of the database's owner, go back to an earlier backup, and export the workspace into a folder besides.",
  }),
  fileExists: ({ file }) => ({
    what: `There is a file ${quoted(file)} already.`,
    mend: "Choose another name; a backup never replaces a file.",
  }),
};

const damage: Record<string, string> = {
  checksum: "what it holds does not fit its checksum",
  cutOff: "its end is missing",
  moreAfterEnd: "something follows after its end",
};

const reasons: Record<string, string> = {
  noBinaries: "there is no build of it for this kind of machine",
  root: "it refuses to run as the superuser, and no other user could be taken",
};

function because(reason: Param): string {
  return has(reason) ? ` (${reasons[String(reason)] ?? String(reason)})` : "";
}

function at(address: Param): string {
  return has(address) ? ` at ${quoted(address)}` : "";
}

function has(value: Param): value is string | number | string[] {
  return value !== undefined && String(value) !== "";
}

function shown(value: Param): string {
  return has(value) ? String(value) : "another one";
}

function quoted(value: Param, otherwise = "of that name"): string {
  return has(value) ? `\`${String(value)}\`` : otherwise;
}

function listed(value: Param): string {
  return has(value)
    ? [value]
        .flat()
        .map((one) => `\`${one}\``)
        .join(", ")
    : "listed in the documentation";
}

function sentence(words: string): string {
  return words[0].toUpperCase() + words.slice(1);
}

const oneOf: Record<string, string> = {
  people: "person",
  theses: "thesis",
  companies: "company",
  quantities: "quantity",
  settings: "settings",
  streams: "order of streams",
};

function kindOf(kind: Param): string {
  return has(kind) ? (oneOf[String(kind)] ?? String(kind).replace(/s$/, "")) : "item";
}
