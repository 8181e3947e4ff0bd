import { checkReferences } from "@watershed/domain";
import type { DomainProblem } from "@watershed/domain";
import { readWorkspace, writeWorkspace } from "@watershed/workspace-files";
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
  const outcome = update
    ? await store.updateWorkspace(id, reading.workspace, by)
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

/** Writes a stored workspace, as it stands or stood, into an empty folder; the audit trail tells of it. */
export async function exportFolder(store: Store, id: string, folder: string, { by, ...options }: ExportChoices): Promise<ExportedFolder> {
  const found = await store.readWorkspace(id, options);
  if (!found) return { problems: [{ code: "unknownWorkspace", severity: "error", at: { workspace: id }, params: { id } }], files: [] };
  const { problems, files } = await writeWorkspace(folder, found.workspace);
  if (problems.length > 0) return { problems, files };
  await store.recordEvent({ author: by.author, action: "exported", workspace: id, details: { change: found.change, files: files.length } });
  return { problems, files, change: found.change, at: found.at };
}
