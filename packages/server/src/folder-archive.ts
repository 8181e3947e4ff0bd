import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Workspace } from "@watershed/domain";
import { openWorkspace, saveWorkspaceAs } from "@watershed/workbench";
import type { LocatedProblem, OpenedWorkspace } from "@watershed/workbench";
import { unzipSync, zipSync } from "fflate";
import { Refusal } from "./refusal.ts";

/** The files of a workspace folder by their path, as text. */
export type Files = Record<string, string>;

export const archiveLimits = { files: 5000, bytes: 64 * 1_048_576 };

/** A workspace as the files of its folder. */
export async function filesOf(workspace: Workspace): Promise<Files> {
  return inFolder(async (folder) => {
    const { problems, files } = await saveWorkspaceAs(join(folder, "workspace"), workspace);
    if (problems.length > 0) throw new Error(`a workspace could not be written as a folder: ${problems[0].code}`);
    const texts = await Promise.all(files.map(async (file) => [file, await readFile(join(folder, "workspace", file), "utf8")] as const));
    return Object.fromEntries(texts);
  });
}

/** The workspace that files hold, and every problem with its file and line. */
export async function workspaceIn(files: Files): Promise<{ workspace?: Workspace; problems: LocatedProblem[] }> {
  const paths = withoutCommonFolder(Object.keys(files));
  return inFolder(async (folder) => {
    for (const [path, text] of paths.map(([short, whole]) => [short, files[whole]] as const)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const { workspace, problems }: OpenedWorkspace = await openWorkspace(folder);
    return { ...(workspace ? { workspace } : {}), problems };
  });
}

/** Files as one archive. */
export function zipped(files: Files, folder: string): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const entries = Object.entries(files).map(([path, text]) => [`${folder}/${path}`, encoder.encode(text)] as const);
  return zipSync(Object.fromEntries(entries), { level: 6 }) as Uint8Array<ArrayBuffer>;
}

/** The text files of an archive; refused where it is none, or where it would unpack to more than a workspace can be. */
export function unzipped(archive: Uint8Array): Files {
  let [count, bytes] = [0, 0];
  const decoder = new TextDecoder("utf-8");
  try {
    const entries = unzipSync(archive, {
      filter: ({ name, originalSize }) => {
        if (name.endsWith("/") || !/\.(ya?ml|md)$/.test(name) || isHidden(name)) return false;
        count++;
        bytes += originalSize;
        if (count > archiveLimits.files) throw new Refusal("badArchive", { reason: `more than ${archiveLimits.files} files` });
        if (bytes > archiveLimits.bytes)
          throw new Refusal("badArchive", { reason: `more than ${archiveLimits.bytes / 1_048_576} MiB unpacked` });
        return true;
      },
    });
    return Object.fromEntries(Object.entries(entries).map(([path, content]) => [path, decoder.decode(content)]));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("badArchive", { reason: error instanceof Error ? error.message : String(error) });
  }
}

/** What systems put beside a folder's own files. A path that climbs out is not hidden: it is refused. */
function isHidden(path: string): boolean {
  return path.split("/").some((part) => part === "__MACOSX" || (part.startsWith(".") && part !== "." && part !== ".."));
}

/** Paths inside the folder that all of them are in, beside the whole ones; refused where one would leave the folder. */
function withoutCommonFolder(paths: string[]): [short: string, whole: string][] {
  for (const path of paths)
    if (!/^[^/\\:\0]+(\/[^/\\:\0]+)*$/.test(path) || path.split("/").some((part) => part === ".." || part === "."))
      throw new Refusal("badArchive", { reason: `${JSON.stringify(path.slice(0, 100))} is no path inside a folder` });
  const first = paths[0]?.split("/")[0];
  const isCommon = paths.length > 0 && paths.every((path) => path.includes("/") && path.startsWith(`${first}/`));
  const hasSettings = paths.some((path) => !path.includes("/"));
  return paths.map((path) => [isCommon && !hasSettings ? path.slice(first!.length + 1) : path, path]);
}

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "watershed-folder-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
