import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Takes a folder for this process alone; undefined, with the process that has it, where another was first.
 * The lock is the system's own lock on a small SQLite file, so that it goes with its process however that ends.
 */
export function lockFolder(folder: string): { release: () => void } | { holder: number | undefined } {
  const database = new DatabaseSync(join(folder, "lock.sqlite"), { timeout: 0 });
  try {
    database.exec("begin exclusive");
  } catch {
    database.close();
    return { holder: holderOf(folder) };
  }
  writeFileSync(join(folder, "lock.pid"), String(process.pid), { mode: 0o600 });
  return {
    release: () => {
      rmSync(join(folder, "lock.pid"), { force: true });
      database.close();
    },
  };
}

function holderOf(folder: string): number | undefined {
  try {
    return Number(readFileSync(join(folder, "lock.pid"), "utf8")) || undefined;
  } catch {
    return undefined;
  }
}
