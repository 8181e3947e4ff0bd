import { spawn } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { chmod, chown, open, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolder } from "./make-folder.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { withPrivilege } from "./privilege.ts";
import type { Privilege } from "./privilege.ts";

export const majorVersion = 18;

/** Where an embedded PostgreSQL keeps what it has. */
export interface ClusterPlaces {
  data: string; // the cluster
  socket: string; // 0700 folder of the socket
  log: string;
}

/** The places of the cluster of a data folder; the folders are made, open to their owner alone. */
export async function clusterPlaces(dataFolder: string): Promise<ClusterPlaces> {
  await makeFolder(dataFolder);
  const socket = socketFolder(dataFolder);
  await makeFolder(socket);
  const { uid } = await stat(socket);
  if (process.getuid && uid !== process.getuid() && process.getuid() !== 0) throw new Error(`${socket} belongs to another user`);
  await chmod(socket, 0o700);
  return { data: join(dataFolder, `postgres-${majorVersion}`), socket, log: join(dataFolder, "postgres.log") };
}

/** The path of a socket may have 107 bytes on Linux, 103 on macOS: a deep data folder has its socket elsewhere, under a name of its own. */
function socketFolder(dataFolder: string): string {
  const beside = join(dataFolder, "socket");
  if (Buffer.byteLength(join(beside, ".s.PGSQL.5432.lock")) <= 100) return beside;
  const name = createHash("sha256").update(dataFolder).digest("hex").slice(0, 16);
  return join(process.env.XDG_RUNTIME_DIR ?? tmpdir(), `watershed-${process.getuid?.() ?? 0}-${name}`);
}

/** Makes a cluster where there is none. Several processes may try at once: each makes its own beside it, the first to rename it wins. */
export async function ensureCluster(binaries: PostgresBinaries, places: ClusterPlaces, privilege: Privilege): Promise<void> {
  if (await exists(join(places.data, "PG_VERSION"))) return;
  const fresh = `${places.data}.${randomUUID().slice(0, 8)}.new`;
  try {
    await initdb(binaries, fresh, privilege);
    await chmod(fresh, 0o700);
    await rename(fresh, places.data);
    await syncFolder(join(places.data, ".."));
  } catch (error) {
    if (!(await exists(join(places.data, "PG_VERSION")))) throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** The password of a cluster, asked for where it is reached over a port; its socket needs none, for only its owner reaches that. */
export async function passwordOf(places: ClusterPlaces): Promise<string> {
  return readFile(join(places.data, passwordFile), "utf8");
}

const passwordFile = "watershed.password";

async function initdb(binaries: PostgresBinaries, folder: string, privilege: Privilege): Promise<void> {
  const passwords = `${folder}.password`;
  await writeFile(passwords, randomBytes(24).toString("base64url"), { mode: 0o600 });
  if (privilege.uid !== undefined) await chown(passwords, privilege.uid, privilege.gid!);
  try {
    await runInitdb(binaries, folder, privilege, passwords);
    await rename(passwords, join(folder, passwordFile));
  } finally {
    await rm(passwords, { force: true });
  }
}

async function runInitdb(binaries: PostgresBinaries, folder: string, privilege: Privilege, passwords: string): Promise<void> {
  const access = ["--auth-local=trust", "--auth-host=scram-sha-256", `--pwfile=${passwords}`];
  // PostgreSQL's own locale: the same order of texts on every system, whatever locales that has.
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const settings = ["--encoding=UTF8", ...locale, "--data-checksums", "--username=postgres", ...access];
  const { file, args, identity } = withPrivilege(privilege, [binaries.initdb, "-D", folder, ...settings]);
  const child = spawn(file, args, { ...identity, stdio: ["ignore", "pipe", "pipe"], env: postgresEnvironment() });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => (said += bytes.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${said.trim().split("\n").slice(-3).join(" ")}`);
}

/** What PostgreSQL sees of the environment: none of PGDATA, PGPORT and the like, and messages in English, which is what is looked for in them. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: "C" };
}

/** Makes what was renamed in a folder last. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Clusters of other major versions, which this program cannot read. */
export async function otherClusters(dataFolder: string): Promise<string[]> {
  const names = await readdir(dataFolder).catch((): string[] => []);
  return names.filter((name) => /^postgres-\d+$/.test(name) && name !== `postgres-${majorVersion}`);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
