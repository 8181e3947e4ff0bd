import { readFile, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ItemKind, ItemPlace } from "@watershed/domain";
import { editText, pathTo } from "./edit-text.ts";
import type { TextEdit } from "./edit-text.ts";
import { fileForAppend } from "./layout.ts";
import { byPath } from "./list-files.ts";
import { isSound, parseYaml } from "./parse-yaml.ts";
import { fileProblem } from "./problem.ts";
import type { FileProblem } from "./problem.ts";
import { readItems, streamsFile } from "./read-items.ts";
import { frontMatter, readNote } from "./read-note.ts";
import { readFolder } from "./read-workspace.ts";
import type { FolderReading } from "./read-workspace.ts";
import { blockMap } from "./render-value.ts";
import { sourceFileOf } from "./source-file.ts";
import { hashOnDisk, inTurn, syncFolder, writeAtomically } from "./write-atomically.ts";
import type { Path } from "./yaml-tree.ts";

/** One change of a workspace; a place is that of the reading it was seen in. */
export type Edit =
  | { change: "set"; place: ItemPlace; value: unknown }
  | { change: "append"; list: ItemKind; item: unknown; file?: string }
  | { change: "remove"; place: ItemPlace };

/**
 * Carries out all edits or none; files change only in the lines of the edit, each replaced atomically.
 *
 * `hashes` are those of the reading the places come from: an edit is refused (`changedOnDisk`) where its file, or one that comes before it and could
 * shift the place, has changed since. Refused too is what would make an item unsound; those problems are located in the text as it would have been.
 */
export async function editWorkspace(
  folder: string,
  edits: Edit[],
  hashes?: Record<string, string>,
): Promise<{ problems: FileProblem[]; changed: string[] }> {
  return inTurn(folder, async () => {
    const reading = await readFolder(folder);
    const plan = edits.map((edit) => planned(reading, edit));
    const refused = [
      ...plan.flatMap((one) => ("problem" in one ? [one.problem] : [])),
      ...overlaps(plan),
      ...(hashes ? changedSince(reading, plan, hashes) : []),
    ];
    if (refused.length > 0) return { problems: refused, changed: [] };
    const files = Map.groupBy(plan as PlannedEdit[], (one) => one.file);
    const results = await Promise.all([...files].map(([file, planned]) => editedFile(folder, reading, file, planned)));
    const problems = results.flatMap((result) => ("problems" in result ? result.problems : []));
    if (problems.length > 0) return { problems, changed: [] };
    return writeAll(folder, results as EditedFile[]);
  });
}

interface PlannedEdit {
  file: string;
  edit: TextEdit;
  /** Set where a whole Markdown note is made or removed. */
  note?: "new" | "removed";
}

interface EditedFile {
  file: string;
  /** The new text; undefined where the file goes. */
  content: string | undefined;
  hash: string | undefined;
}

function planned(reading: FolderReading, edit: Edit): PlannedEdit | { problem: FileProblem } {
  if (edit.change === "append") return plannedAppend(reading, edit);
  const origin = reading.origins[edit.place.kind][edit.place.index];
  if (!origin) return { problem: fileProblem("placeNotFound", "", { kind: edit.place.kind, index: edit.place.index }) };
  const file = origin.yaml.source.path;
  const isMarkdown = origin.bodyFrom !== undefined;
  if (isMarkdown && edit.change === "remove" && edit.place.path.length === 0)
    return { file, edit: { change: "remove", path: [] }, note: "removed" };
  const start = isMarkdown ? [] : origin.node && pathTo(origin.yaml.root, origin.node);
  if (!start) return { problem: { ...fileProblem("editRefused", file, { reason: "alias" }), at: reading.locate(edit.place) } };
  const path: Path = [...start, ...edit.place.path];
  return { file, edit: edit.change === "set" ? { change: "set", path, value: edit.value } : { change: "remove", path } };
}

function plannedAppend(reading: FolderReading, edit: Edit & { change: "append" }): PlannedEdit | { problem: FileProblem } {
  const { list, item } = edit;
  const existing = (reading.workspace?.[list] ?? []).map((one, index) => ({
    item: one,
    file: reading.origins[list][index].yaml.source.path,
  }));
  const file = edit.file ?? fileForAppend(list, item, list === "notes" ? [] : existing);
  const isMarkdown = file.endsWith(".md");
  if (!/^[^/\\.][^/\\]*(\/[^/\\.][^/\\]*)*\.(ya?ml|md)$/.test(file) || file === streamsFile || (isMarkdown && list !== "notes"))
    return { problem: fileProblem("badFileName", file, { file }) };
  if (isMarkdown && reading.files.includes(file)) return { problem: fileProblem("fileExists", file, { file }) };
  return { file, edit: { change: "append", path: [list], values: [item] }, ...(isMarkdown ? { note: "new" as const } : {}) };
}

/** Two edits of one value, or of a value and of something inside it, contradict each other. */
function overlaps(plan: (PlannedEdit | { problem: FileProblem })[]): FileProblem[] {
  const placed = plan.flatMap((one) => ("file" in one && one.edit.change !== "append" ? [{ file: one.file, path: one.edit.path }] : []));
  const repeated = placed.filter(({ file, path }, index) =>
    placed.some((other, place) => {
      const isWithin = other.file === file && other.path.every((key, depth) => path[depth] === key);
      return isWithin && (path.length > other.path.length || place < index);
    }),
  );
  return repeated.map(({ file, path }) => fileProblem("editsOverlap", file, { path: path.join(".") }));
}

function changedSince(
  reading: FolderReading,
  plan: (PlannedEdit | { problem: FileProblem })[],
  hashes: Record<string, string>,
): FileProblem[] {
  const all = [...new Set([...Object.keys(hashes), ...Object.keys(reading.hashes)])].filter(
    (file) => file !== streamsFile && hashes[file] !== reading.hashes[file],
  );
  const edited = plan.flatMap((one) => ("file" in one ? [one] : []));
  const changed = all.filter((file) =>
    edited.some((one) => file === one.file || (one.edit.change !== "append" && byPath(file, one.file) < 0)),
  );
  return changed.map((file) => fileProblem("changedOnDisk", file));
}

/** Later places first among removals, so that none shifts another; all of them after what is set and appended. */
function inSafeOrder(edits: PlannedEdit[]): PlannedEdit[] {
  const removals = edits.filter((one) => one.edit.change === "remove").toSorted((a, b) => comparePaths(b.edit.path, a.edit.path));
  return [...edits.filter((one) => one.edit.change !== "remove"), ...removals];
}

function comparePaths(a: Path, b: Path): number {
  for (let depth = 0; depth < Math.min(a.length, b.length); depth++) {
    if (a[depth] === b[depth]) continue;
    if (typeof a[depth] === "number" && typeof b[depth] === "number") return Number(a[depth]) - Number(b[depth]);
    return String(a[depth]) < String(b[depth]) ? -1 : 1;
  }
  return a.length - b.length;
}

async function editedFile(
  folder: string,
  reading: FolderReading,
  file: string,
  edits: PlannedEdit[],
): Promise<EditedFile | { problems: FileProblem[] }> {
  const hash = reading.hashes[file];
  if (edits.some((one) => one.note === "removed")) return { file, content: undefined, hash };
  const before = hash === undefined ? undefined : await readFile(join(folder, file)).then((bytes) => sourceFileOf(file, bytes).file);
  if (hash === undefined ? await hashOnDisk(join(folder, file)) : before?.hash !== hash)
    return { problems: [fileProblem("changedOnDisk", file)] };
  let text = before?.text ?? "";
  for (const one of inSafeOrder(edits)) {
    const after = file.endsWith(".md") ? editNote(file, text, one) : editText(text, one.edit);
    if (after === undefined)
      return { problems: [fileProblem("editRefused", file, { change: one.edit.change, path: one.edit.path.join(".") })] };
    text = after;
  }
  const worse = newErrors(file, before?.text ?? "", text);
  return worse.length > 0 ? { problems: worse } : { file, content: (before?.hasByteOrderMark ? "\uFEFF" : "") + text, hash };
}

function editNote(file: string, text: string, { edit, note }: PlannedEdit): string | undefined {
  if (note === "new" && edit.change === "append") return noteText(file, edit.values[0] as Record<string, unknown>);
  const { matterEnd, bodyFrom } = frontMatter(text);
  if (edit.path[0] === "text")
    return edit.change === "set" && edit.path.length === 1 ? text.slice(0, bodyFrom) + String(edit.value) : undefined;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const opening = matterEnd === 0 ? `---${newline}` : text.slice(0, text.indexOf("\n") + 1);
  const closing = matterEnd === 0 ? `---${newline}` : text.slice(matterEnd, bodyFrom);
  const matter = editText(matterEnd === 0 ? "" : text.slice(opening.length, matterEnd), edit);
  return matter === undefined
    ? undefined
    : opening + matter + (matter === "" || matter.endsWith("\n") ? "" : newline) + closing + text.slice(bodyFrom);
}

/** A note as Markdown with front matter; its text byte for byte, its id only where the path does not say it. */
export function noteText(file: string, { id, text, ...rest }: Record<string, unknown>): string {
  return `---\n${blockMap(`${String(id)}.md` === file ? rest : { id, ...rest })}---\n${String(text)}`;
}

function newErrors(file: string, before: string, after: string): FileProblem[] {
  const known = new Set(errorsIn(file, before).map(sameness));
  return errorsIn(file, after).filter((problem) => !known.has(sameness(problem)));
}

function errorsIn(file: string, text: string): FileProblem[] {
  const source = sourceFileOf(file, new TextEncoder().encode(text)).file!;
  if (file.endsWith(".md")) return readNote(source).problems;
  const yaml = parseYaml(source);
  return [...yaml.problems, ...(isSound(yaml) ? readItems(yaml).problems : [])].filter((problem) => problem.severity === "error");
}

function sameness({ code, params }: FileProblem): string {
  return JSON.stringify([code, { ...params, firstLine: 0 }]);
}

async function writeAll(folder: string, files: EditedFile[]): Promise<{ problems: FileProblem[]; changed: string[] }> {
  const stale: FileProblem[] = [];
  for (const { file, hash } of files) if ((await hashOnDisk(join(folder, file))) !== hash) stale.push(fileProblem("changedOnDisk", file));
  if (stale.length > 0) return { problems: stale, changed: [] };
  const changed: string[] = [];
  for (const { file, content, hash } of files) {
    const path = join(folder, file);
    if (content === undefined) {
      await unlink(path);
      await syncFolder(dirname(path));
    } else if (!(await writeAtomically(path, content, hash))) return { problems: [fileProblem("changedOnDisk", file)], changed };
    changed.push(file);
  }
  return { problems: [], changed };
}
