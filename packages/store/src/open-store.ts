import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { majorVersion, otherClusters } from "./cluster.ts";
import { embeddedDatabase, pgliteDatabase, serverDatabase } from "./database.ts";
import type { Database } from "./database.ts";
import { joinEmbeddedServer } from "./embedded-server.ts";
import { lockFolder } from "./folder-lock.ts";
import { makeFolder } from "./make-folder.ts";
import { migrateStore } from "./migrate.ts";
import { startPglite } from "./pglite-server.ts";
import { reasonOf, storeProblem } from "./problem.ts";
import type { StoreProblem } from "./problem.ts";
import { storeOn } from "./store.ts";
import type { Store } from "./store.ts";

export interface StoreOptions {
  /** A PostgreSQL that is there already, 15 or newer; takes the place of the folder. */
  databaseUrl?: string;
  /** Where the embedded database keeps its files. */
  dataFolder?: string;
  /** Which embedded database a new folder gets; PostgreSQL where it can run, unless given. */
  kind?: "embedded" | "pglite";
  /** Reach the embedded PostgreSQL over a port of this machine instead of a socket; only on Windows unless given. */
  tcp?: boolean;
}

export type OpenedStore = { store: Store; problem?: undefined } | { store?: undefined; problem: StoreProblem };

/** Opens the team's database, or the embedded one of a folder, which is made and started where need be; brings its tables up to date. */
export async function openStore(options: StoreOptions): Promise<OpenedStore> {
  const reached = options.databaseUrl ? reachServer(options.databaseUrl) : await reachEmbedded(options);
  if ("code" in reached) return { problem: reached };
  try {
    const problem = await migrateStore(reached);
    if (!problem) return { store: storeOn(reached) };
    await reached.close();
    return { problem };
  } catch (error) {
    await reached.close().catch(() => undefined);
    const params = { ...(options.databaseUrl ? { address: withoutPassword(options.databaseUrl) } : {}), reason: reasonOf(rootOf(error)) };
    return { problem: storeProblem(isRefusal(rootOf(error)) ? "databaseNotPrepared" : "databaseUnreachable", {}, params) };
  }
}

function reachServer(url: string): Database | StoreProblem {
  if (!/^postgres(ql)?:\/\//.test(url)) return storeProblem("badDatabaseUrl", {}, { found: withoutPassword(url) });
  try {
    return serverDatabase(url);
  } catch (error) {
    return storeProblem("badDatabaseUrl", {}, { found: withoutPassword(url), reason: reasonOf(error) });
  }
}

/** A folder keeps the kind of database it began with: nothing it holds is left behind because another kind would run now. */
async function reachEmbedded({ dataFolder, kind, tcp }: StoreOptions): Promise<Database | StoreProblem> {
  const folder = resolve(dataFolder ?? ".watershed");
  try {
    await makeFolder(folder);
  } catch (error) {
    return storeProblem("dataFolderNotWritable", { file: folder }, { folder, reason: reasonOf(error) });
  }
  const began = existsSync(join(folder, pgliteFolder))
    ? "pglite"
    : existsSync(join(folder, `postgres-${majorVersion}`))
      ? "embedded"
      : undefined;
  if (!began) {
    const others = await otherClusters(folder);
    if (others.length > 0) return storeProblem("clusterOfOtherVersion", { file: folder }, { found: others, wanted: majorVersion });
  }
  if ((began ?? kind) === "pglite") return reachPglite(folder, undefined);
  try {
    const server = await joinEmbeddedServer(folder, tcp === undefined ? {} : { tcp });
    if (!("cannotRun" in server)) return embeddedDatabase(server);
    if (began || kind) return storeProblem("databaseDidNotStart", { file: folder }, { folder, reason: server.cannotRun });
    return await reachPglite(folder, server.cannotRun);
  } catch (error) {
    const reason = reasonOf(rootOf(error));
    // A folder that holds nothing yet can begin with the other kind, as on Windows for an administrator, whom PostgreSQL refuses.
    return began || kind ? storeProblem("databaseDidNotStart", { file: folder }, { folder, reason }) : reachPglite(folder, reason);
  }
}

const pgliteFolder = `pglite-${majorVersion}`;

async function reachPglite(folder: string, why: string | undefined): Promise<Database | StoreProblem> {
  const lock = lockFolder(folder);
  if (!("release" in lock))
    return storeProblem("folderInUse", { file: folder }, { folder, ...(lock.holder ? { process: lock.holder } : {}) });
  try {
    const database = pgliteDatabase(await startPglite(join(folder, pgliteFolder)), lock.release);
    return why === undefined
      ? database
      : { ...database, notice: storeProblem("simplerDatabase", { file: folder }, { reason: why }, "warning") };
  } catch (error) {
    lock.release();
    return storeProblem("databaseDidNotStart", { file: folder }, { folder, reason: reasonOf(error) });
  }
}

/** An address as it may be shown. */
export function withoutPassword(url: string): string {
  return url.replace(/^([a-z]+:\/\/[^:/@]*):[^@]*@/i, "$1:***@");
}

function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? rootOf(error.cause) : error;
}

/** Whether the server answered and said no, as it does to a role that may not make tables. */
function isRefusal(error: unknown): boolean {
  return /^(42|25|0A)/.test((error as { code?: string }).code ?? "");
}
