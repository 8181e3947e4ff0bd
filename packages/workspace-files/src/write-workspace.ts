import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { itemKinds } from "@watershed/domain";
import type { ItemKind, Workspace } from "@watershed/domain";
import { noteText } from "./edit-workspace.ts";
import { layoutFile } from "./layout.ts";
import { byPath, errorCode, statusOf } from "./list-files.ts";
import { makeFolder } from "./make-folder.ts";
import { fileProblem } from "./problem.ts";
import type { FileProblem } from "./problem.ts";
import { streamsFile } from "./read-items.ts";
import { blockItem, blockPair } from "./render-value.ts";
import { streamsText } from "./append-streams.ts";
import { writeAtomically } from "./write-atomically.ts";

/**
 * Writes a whole workspace into an empty folder, made where it is missing, laid out for reading. Read back it is the same workspace,
 * with the items of each list in the order of their files (`inFileOrder`).
 */
export async function writeWorkspace(folder: string, workspace: Workspace): Promise<{ problems: FileProblem[]; files: string[] }> {
  const problem = await notEmpty(folder);
  if (problem) return { problems: [problem], files: [] };
  const texts = textsOf(workspace);
  const files = [...texts.keys()].toSorted(byPath);
  for (const file of files) await writeAtomically(join(folder, file), texts.get(file)!, undefined);
  return { problems: [], files };
}

/** A workspace with every list in the order in which its files are read: by the path of the layout, and as given within one file. */
export function inFileOrder(workspace: Workspace): Workspace {
  const lists = kinds.map((kind) => [
    kind,
    (workspace[kind] as unknown[]).toSorted((a, b) => byPath(layoutFile(kind, a), layoutFile(kind, b))),
  ]);
  return { ...workspace, ...Object.fromEntries(lists) };
}

/** The problem of a folder that holds something already; hidden entries do not count. Makes the folder where it is missing. */
export async function notEmpty(folder: string): Promise<FileProblem | undefined> {
  const status = await statusOf(folder);
  if (status && !status.isDirectory()) return fileProblem("notAFolder", "", { folder });
  try {
    await makeFolder(folder);
    const entries = (await readdir(folder)).filter((name) => !name.startsWith("."));
    return entries.length > 0 ? fileProblem("folderNotEmpty", "", { folder, found: entries.slice(0, 5) }) : undefined;
  } catch (error) {
    return fileProblem("folderNotWritable", "", { folder, reason: errorCode(error) });
  }
}

const kinds = Object.keys(itemKinds) as ItemKind[];

/** Lists in the order in which one would tell of a company: itself first. */
const order: ItemKind[] = ["companies", "rounds", "positions", "assessments", "cases"];

function textsOf(workspace: Workspace): Map<string, string> {
  const texts = new Map<string, string>([["workspace.yaml", `${blockPair("workspace", workspace.settings, 0)}\n`]]);
  for (const kind of [...order, ...kinds.filter((one) => !order.includes(one) && one !== "notes")]) {
    for (const [file, items] of Map.groupBy<string, unknown>(workspace[kind], (item) => layoutFile(kind, item))) {
      const before = texts.get(file);
      texts.set(file, `${before ? `${before}\n` : ""}${listText(kind, items)}`);
    }
  }
  for (const note of workspace.notes) texts.set(layoutFile("notes", note), noteText(layoutFile("notes", note), note));
  if (workspace.streams.length > 0) texts.set(streamsFile, streamsText(workspace.streams));
  return texts;
}

function listText(kind: ItemKind, items: unknown[]): string {
  const written = items.map((item) => `  ${blockItem(item, 2)}\n`);
  const isLong = written.some((text) => text.split("\n").length > 4);
  return `${kind}:\n${written.join(isLong ? "\n" : "")}`;
}
