import { readdir, readFile, realpath, stat } from "node:fs/promises";
import type { Dirent, Stats } from "node:fs";
import { join } from "node:path";
import { fileProblem } from "./problem.ts";
import type { FileProblem } from "./problem.ts";

/** How much of a folder is read before the reading is refused; far above any real workspace. */
export interface Limits {
  files: number;
  entries: number;
  fileBytes: number;
}
export const defaultLimits: Limits = { files: 5_000, entries: 50_000, fileBytes: 16 * 1024 * 1024 };

/** The files of one workspace, relative to its folder and sorted by path, and the folders below it that are workspaces of their own. */
export interface Listing {
  files: string[];
  inner: string[];
  contents: Map<string, Uint8Array>; // of the files that had to be read already
  problems: FileProblem[];
}

/**
 * Lists the YAML and Markdown files of a workspace. Hidden folders, `node_modules` and folders with settings of their own are left out;
 * symbolic links are followed, each target once, so that a loop ends.
 */
export async function listFiles(folder: string, limits: Limits = defaultLimits): Promise<Listing> {
  const status = await statusOf(folder);
  if (!status) return { files: [], inner: [], contents: new Map(), problems: [fileProblem("folderMissing", "", { folder })] };
  if (!status.isDirectory()) return { files: [], inner: [], contents: new Map(), problems: [fileProblem("notAFolder", "", { folder })] };
  const walk: Walk = {
    folder,
    limits,
    entries: 0,
    seen: new Set([await realpath(folder)]),
    listing: { files: [], inner: [], contents: new Map(), problems: [] },
  };
  await listInto(walk, "");
  walk.listing.files.sort(byPath);
  if (walk.listing.files.length > limits.files || walk.entries > limits.entries)
    return { files: [], inner: [], contents: new Map(), problems: [fileProblem("tooManyFiles", "", { folder, limit: limits.files })] };
  return walk.listing;
}

/** Compares paths by code unit, folder by folder: the same order on every machine and in every language. */
export function byPath(a: string, b: string): number {
  const left = a.split("/");
  const right = b.split("/");
  for (let depth = 0; depth < Math.min(left.length, right.length); depth++) {
    if (left[depth] !== right[depth]) return left[depth] < right[depth] ? -1 : 1;
  }
  return left.length - right.length;
}

interface Walk {
  folder: string;
  limits: Limits;
  entries: number;
  seen: Set<string>;
  listing: Listing;
}

async function listInto(walk: Walk, path: string): Promise<void> {
  const entries = await entriesOf(walk, path);
  if (!entries) return;
  if (path !== "" && (await hasSettings(walk, path, entries))) {
    walk.listing.inner.push(path);
    return;
  }
  for (const entry of entries) {
    if (walk.entries++ > walk.limits.entries || walk.listing.files.length > walk.limits.files) return;
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const inner = path === "" ? entry.name : `${path}/${entry.name}`;
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await statusOf(join(walk.folder, inner)))?.isDirectory());
    if (isFolder) {
      if (await isNew(walk, inner)) await listInto(walk, inner);
    } else if (isRead(entry.name) && (!entry.isSymbolicLink() || (await isNew(walk, inner)))) walk.listing.files.push(inner);
  }
}

async function entriesOf(walk: Walk, path: string): Promise<Dirent[] | undefined> {
  try {
    const entries = await readdir(join(walk.folder, path), { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    walk.listing.problems.push(fileProblem("unreadableFile", path, { reason: errorCode(error) }));
    return undefined;
  }
}

async function isNew(walk: Walk, path: string): Promise<boolean> {
  const target = await realpath(join(walk.folder, path)).catch(() => join(walk.folder, path));
  if (walk.seen.has(target)) return false;
  walk.seen.add(target);
  return true;
}

/** A broken file must still mark its folder as a workspace, so the key is sought as text. */
async function hasSettings(walk: Walk, path: string, entries: Dirent[]): Promise<boolean> {
  const names = entries.map((entry) => entry.name).filter((name) => /\.ya?ml$/.test(name) && !name.startsWith("."));
  for (let at = 0; at < names.length; at += filesAtOnce) {
    const found = await Promise.all(names.slice(at, at + filesAtOnce).map((name) => bytesOf(walk, `${path}/${name}`)));
    if (found.some((bytes) => bytes?.includes("workspace") && /^(?:\uFEFF)?workspace\s*:/m.test(bytes.toString("utf8")))) return true;
  }
  return false;
}

const filesAtOnce = 64;

/** The bytes of a file that is not too large, kept for the reading that follows. */
async function bytesOf({ folder, limits, listing }: Walk, path: string): Promise<Buffer | undefined> {
  const file = join(folder, path);
  const status = await statusOf(file);
  if (!status?.isFile() || status.size > limits.fileBytes) return undefined;
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes) listing.contents.set(path, bytes);
  return bytes;
}

/** Items and notes; a README describes the folder to people and is no note. */
function isRead(name: string): boolean {
  return /\.(ya?ml|md)$/.test(name) && !/^readme(\.\w+)?\.md$/i.test(name);
}

/** What is at a path, links followed; undefined where nothing is. */
export async function statusOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}

/** The system's short name for a failure, `EACCES`. */
export function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "unknown";
}
