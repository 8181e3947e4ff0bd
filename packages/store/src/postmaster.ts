import { spawn } from "node:child_process";
import { open, readFile, readlink, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { postgresEnvironment } from "./cluster.ts";
import type { ClusterPlaces } from "./cluster.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { withPrivilege } from "./privilege.ts";
import type { Privilege } from "./privilege.ts";

/** How a server is reached: a socket in a folder, or a port of this machine. */
export interface Endpoint {
  host: string;
  port: number;
}

/** A server as its `postmaster.pid` tells of it. */
export interface Postmaster extends Endpoint {
  pid: number;
  ready: boolean;
}

/** The server that runs on a cluster, whoever started it; undefined where none does. */
export async function runningPostmaster(data: string): Promise<Postmaster | undefined> {
  const lines = (await readFile(join(data, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  if (await isSomethingElse(pid)) {
    // After a restart of the machine its number may be another program's, and PostgreSQL would not start beside it.
    await rm(join(data, "postmaster.pid"), { force: true });
    return undefined;
  }
  const [, , , port, socket, address, , status] = lines;
  return { pid, host: socket || address?.replace("*", "127.0.0.1") || "127.0.0.1", port: Number(port), ready: status?.trim() === "ready" };
}

/** Starts a server on a cluster and waits until it takes connections. It outlives this process: whoever leaves last stops it. */
export async function startPostmaster(
  binaries: PostgresBinaries,
  places: ClusterPlaces,
  privilege: Privilege,
  { port, tcp }: { port: number; tcp: boolean },
): Promise<Postmaster> {
  const where = tcp ? ["-h", "127.0.0.1", "-k", ""] : ["-h", "", "-k", places.socket];
  const settings = [
    "unix_socket_permissions=0700",
    "max_connections=100",
    "timezone=UTC",
    "log_timezone=UTC",
    "fsync=on",
    "log_checkpoints=off",
  ];
  // After a crash every file is synced before recovery: at once where the system can, rather than one by one.
  if (process.platform === "linux") settings.push("recovery_init_sync_method=syncfs");
  const command = [binaries.postgres, "-D", places.data, "-p", String(port), ...where, ...settings.flatMap((one) => ["-c", one])];
  await startNewLog(places.log);
  const log = await open(places.log, "a", 0o600);
  const { size } = await log.stat();
  const { file, args, identity } = withPrivilege(privilege, command);
  const child = spawn(file, args, { ...identity, detached: true, stdio: ["ignore", log.fd, log.fd], env: postgresEnvironment() });
  let ended: string | undefined;
  child.on("error", (error) => (ended = error.message));
  child.on("exit", (code, signal) => (ended = `it ended with ${signal ?? code}`));
  child.unref();
  await log.close();
  for (const until = Date.now() + startSeconds * 1000; Date.now() < until; await pause(10)) {
    const found = await runningPostmaster(places.data);
    if (found?.ready) return found;
    if (ended !== undefined && !found) break;
  }
  throw new Error(`PostgreSQL did not start: ${ended ?? `not ready after ${startSeconds} s`}; ${await lastWords(places.log, size)}`);
}

/** Recovery after a crash may have much to read. */
const startSeconds = 120;

/** Asks a server to disconnect everybody, write what it has and go; true where it went in time. */
export async function stopPostmaster(data: string, pid: number): Promise<boolean> {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    return !isAlive(pid);
  }
  for (const until = Date.now() + 30_000; Date.now() < until; await pause(10))
    if (!isAlive(pid) || (await runningPostmaster(data))?.pid !== pid) return true;
  return false;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** True where the process is known to run another program than PostgreSQL; where that cannot be seen it is taken for it. */
async function isSomethingElse(pid: number): Promise<boolean> {
  const program = await readlink(`/proc/${pid}/exe`).catch(() => undefined);
  if (program !== undefined) return !/postgres/.test(program);
  const state = /^\d+ \((.*)\) (\S)/s.exec(await readFile(`/proc/${pid}/stat`, "utf8").catch(() => ""));
  return state ? !/postgres/.test(state[1]) || state[2] === "Z" : false;
}

/** Puts a long log aside, in place of the one put aside before. */
async function startNewLog(log: string): Promise<void> {
  const { size } = await stat(log).catch(() => ({ size: 0 }));
  if (size > longLogBytes) await rename(log, `${log}.1`);
}

const longLogBytes = 4 * 2 ** 20;

/** What a server that did not start said of it, without dates. */
async function lastWords(log: string, from: number): Promise<string> {
  const text = (await readFile(log).catch(() => Buffer.alloc(0))).subarray(from).toString();
  const lines = text.split("\n").filter((line) => /FATAL|PANIC|ERROR|invalid|could not|denied/.test(line));
  return (
    lines
      .slice(0, 3)
      .map((line) => line.replace(/^[-\d]+ [:.\d]+ \w+ \[\d+\] /, ""))
      .join(" ") || `see ${log}`
  );
}
