import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { schemaOf } from "@watershed/domain";
import { editText } from "./edit-text.ts";
import { errorCode } from "./list-files.ts";
import { fileProblem } from "./problem.ts";
import type { FileProblem } from "./problem.ts";
import { writeAtomically } from "./write-atomically.ts";
import { notEmpty } from "./write-workspace.ts";

const scaffold = join(import.meta.dirname, "..", "scaffold");

/** Where the JSON Schema of workspace files is put, relative to the folder. */
export const schemaFile = ".watershed/workspace.schema.json";

/**
 * Fills an empty folder with a small commented workspace to start from, and with the schema by which an editor completes its files.
 * Returns the problems: the folder holds something, or cannot be written.
 */
export async function newWorkspace(folder: string, options: { name?: string; asOf?: string } = {}): Promise<FileProblem[]> {
  const problem = await notEmpty(folder);
  if (problem) return [problem];
  const names = (await readdir(scaffold)).filter((name) => name.endsWith(".yaml"));
  const texts = await Promise.all(names.map(async (name) => [name, await readFile(join(scaffold, name), "utf8")] as const));
  try {
    await writeAtomically(join(folder, schemaFile), `${JSON.stringify(schemaOf("file"), null, 2)}\n`, undefined);
    for (const [name, text] of texts)
      await writeAtomically(
        join(folder, name),
        withOptions(name, `# yaml-language-server: $schema=${schemaFile}\n${text}`, options),
        undefined,
      );
    return [];
  } catch (error) {
    return [fileProblem("folderNotWritable", "", { folder, reason: errorCode((error as Error).cause ?? error) })];
  }
}

function withOptions(file: string, text: string, options: Record<string, string | undefined>): string {
  if (file !== "workspace.yaml") return text;
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return given.reduce((sofar, [field, value]) => editText(sofar, { change: "set", path: ["workspace", field], value }) ?? sofar, text);
}
