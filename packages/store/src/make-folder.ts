import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** Makes a folder for its owner alone, and those above it. (`mkdir` of Node with `recursive` never returns where a file system takes no folders.) */
export async function makeFolder(folder: string): Promise<void> {
  const there = await stat(folder).catch(() => undefined);
  if (there?.isDirectory()) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST" || (there && !there.isDirectory())) throw error;
  });
}
