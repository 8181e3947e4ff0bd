import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The folder of the embedded database: WATERSHED_DATA where it is set, else the place where the system keeps a user's data
 * (`~/.local/share/watershed`, `~/Library/Application Support/Watershed`, `%LOCALAPPDATA%\Watershed`).
 */
export function dataFolderOf(
  environment: Record<string, string | undefined>,
  { platform = process.platform, home = homedir() }: { platform?: NodeJS.Platform; home?: string } = {},
): string {
  if (environment.WATERSHED_DATA) return environment.WATERSHED_DATA;
  if (environment.XDG_DATA_HOME) return join(environment.XDG_DATA_HOME, "watershed");
  if (platform === "darwin") return join(home, "Library", "Application Support", "Watershed");
  if (platform === "win32") return join(environment.LOCALAPPDATA ?? join(home, "AppData", "Local"), "Watershed");
  return join(home, ".local", "share", "watershed");
}

/** Where the store of an environment is: at DATABASE_URL where that is set, else embedded in the data folder. */
export function storePlaceOf(environment: Record<string, string | undefined>): { databaseUrl: string } | { dataFolder: string } {
  return environment.DATABASE_URL ? { databaseUrl: environment.DATABASE_URL } : { dataFolder: dataFolderOf(environment) };
}
