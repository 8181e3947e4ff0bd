import { randomUUID } from "node:crypto";
import { open, readFile, realpath, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "./make-folder.ts";
import { hashOf } from "./source-file.ts";

/** Hash of the bytes of a file now; undefined where there is none. */
export async function hashOnDisk(path: string): Promise<string | undefined> {
  return readFile(path).then(hashOf, () => undefined);
}

/**
 * Replaces a file so that a reader sees the old bytes or the new, never a part: written beside it, synced, renamed, the folder synced.
 * A link is followed, and the file keeps its permissions. False, and nothing written, where the file is no longer the one with the hash `expected`.
 */
export async function writeAtomically(path: string, content: string, expected: string | undefined): Promise<boolean> {
  await makeFolder(dirname(path));
  const target = await realpath(path).catch(() => path);
  const folder = dirname(target);
  const mode = await stat(target).then(
    (status) => status.mode & 0o777,
    () => 0o644,
  );
  const temporary = join(folder, `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, "wx", mode);
    try {
      await handle.writeFile(content, "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    if ((await hashOnDisk(target)) !== expected) {
      await unlink(temporary);
      return false;
    }
    await rename(temporary, target);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw new Error(`could not write ${path}`, { cause: error });
  }
  await syncFolder(folder);
  return true;
}

/** Makes a rename or a removal in a folder last. */
export async function syncFolder(folder: string): Promise<void> {
  // Some systems cannot open a folder; there the rename is as lasting as the system makes it.
  const handle = await open(folder, "r").catch(() => undefined);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}

const turns = new Map<string, Promise<unknown>>();

/** Runs writers of one folder one after the other within this process, so that none reads what another is about to replace. */
export async function inTurn<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(folder) ?? Promise.resolve();
  const mine = before.then(work, work);
  turns.set(folder, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(folder) === mine) turns.delete(folder);
  }
}
