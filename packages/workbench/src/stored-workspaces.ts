import { checkReferences, itemKinds } from "@watershed/domain";
import type { DomainProblem, ItemKind, Workspace } from "@watershed/domain";
import { inFileOrder, readWorkspace, writeWorkspace } from "@watershed/workspace-files";
import type { FileProblem, WorkspaceReading } from "@watershed/workspace-files";
import type { By, Importing, Outcome, ReadOptions, Store, StoreProblem } from "@watershed/store";

export interface ImportChoices extends Importing {
  /** Bring the workspace that is stored under the id up to date instead of adding one. */
  update?: boolean;
}

export interface ImportedFolder {
  /** Undefined where the folder could not be read without loss; then the problems say why. */
  outcome?: Outcome;
  problems: FileProblem[];
  items: number;
}

/**
 * Takes a workspace folder into a store. Refused where a file or an item of it could not be read, for that would be lost; references that point
 * nowhere are told, and kept.
 */
export async function importFolder(store: Store, folder: string, { update, ...choices }: ImportChoices): Promise<ImportedFolder> {
  const reading = await readWorkspace(folder);
  const items = itemCount(reading);
  if (!reading.workspace || unreadProblems(reading).length > 0) return { problems: reading.problems, items };
  const { id = reading.workspace.settings.id, ...by } = choices;
  const stored = update ? await store.readWorkspace(id, { viewer: by.author }) : undefined;
  const outcome = update
    ? await store.updateWorkspace(id, stored ? inOrderOf(stored.workspace, reading.workspace) : reading.workspace, by)
    : await store.importWorkspace(reading.workspace, { ...by, id });
  return { outcome, problems: reading.problems, items };
}

/** The errors of a reading that left something out of the workspace: all but those that show only when its items are held together. */
function unreadProblems({ workspace, problems }: WorkspaceReading): FileProblem[] {
  const errors = (all: { code: string; severity: string }[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const { code, severity } of all) if (severity === "error") counts.set(code, (counts.get(code) ?? 0) + 1);
    return counts;
  };
  const together = errors(checkReferences(workspace!) as DomainProblem[]);
  const all = errors(problems);
  return problems.filter(({ code, severity }) => severity === "error" && all.get(code)! > (together.get(code) ?? 0));
}

function itemCount({ workspace }: WorkspaceReading): number {
  return workspace === undefined
    ? 0
    : Object.values(workspace).reduce((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0) - workspace.streams.length;
}

/**
 * The workspace of a folder with its lists in the order of the stored one, where they differ only because a folder is read file by file:
 * what is new comes after what it stands behind. Lists that somebody put into another order stay as they are.
 */
function inOrderOf(stored: Workspace, incoming: Workspace): Workspace {
  const [before, after] = [inFileOrder(stored), inFileOrder(incoming)];
  const lists = (Object.keys(itemKinds) as ItemKind[]).map((kind) => {
    const name = (item: unknown): string => (item as { id?: string }).id ?? JSON.stringify(item);
    const names = (items: unknown[]): string[] => items.map(name);
    const [here, there] = [new Set(names(incoming[kind])), new Set(names(stored[kind]))];
    const kept = names(before[kind]).filter((one) => here.has(one));
    const same =
      kept.join("\n") ===
        names(after[kind])
          .filter((one) => there.has(one))
          .join("\n") && here.size === incoming[kind].length;
    return [kind, same ? placedAmong(names(stored[kind]), incoming[kind], name) : incoming[kind]];
  });
  return { ...incoming, ...Object.fromEntries(lists) };
}

function placedAmong(order: string[], items: unknown[], name: (item: unknown) => string): unknown[] {
  const rank = new Map(order.map((one, index) => [one, index]));
  let behind = -1;
  const ranked = items.map((item, index) => {
    behind = rank.get(name(item)) ?? behind;
    return { item, index, rank: rank.get(name(item)) ?? behind + 0.5 };
  });
  return ranked.toSorted((one, other) => one.rank - other.rank || one.index - other.index).map(({ item }) => item);
}

export interface ExportChoices extends ReadOptions {
  by: By;
}

export interface ExportedFolder {
  problems: (FileProblem | StoreProblem)[];
  files: string[];
  /** What was written: the workspace as it stood after this change. */
  change?: number;
  at?: string;
}

/** Why a workspace could not be read: it is not there, or was not then. */
async function absence(store: Store, id: string): Promise<StoreProblem> {
  const there = (await store.listWorkspaces({ archived: true })).find((one) => one.id === id);
  if (!there) return { code: "unknownWorkspace", severity: "error", at: { workspace: id }, params: { id } };
  return { code: "notThereYet", severity: "error", at: { workspace: id }, params: { id, since: there.createdAt } };
}

/** Writes a stored workspace, as it stands or stood, into an empty folder; the audit trail tells of it. */
export async function exportFolder(store: Store, id: string, folder: string, { by, ...options }: ExportChoices): Promise<ExportedFolder> {
  const found = await store.readWorkspace(id, options);
  if (!found) return { problems: [await absence(store, id)], files: [] };
  const { problems, files } = await writeWorkspace(folder, found.workspace);
  if (problems.length > 0) return { problems, files };
  await store.recordEvent({ author: by.author, action: "exported", workspace: id, details: { change: found.change, files: files.length } });
  return { problems, files, change: found.change, at: found.at };
}
