import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../../..");

/** A server of the workbench in a process of its own, on a database that was not there before. */
export interface Workbench {
  url: string;
  /** Where to go first: the set-up of a fresh installation, or a link that signs the owner in once. */
  entrance: string;
  output: () => string;
  /** Ends the server and begins another one on the same data and port. */
  restart: () => Promise<void>;
  /** Ends the server at once, as a machine that fails does; `restart` brings it back. */
  kill: () => Promise<void>;
  close: () => Promise<void>;
}

/** Starts `watershed serve` on a folder of its own, with the worked example as the first workspace. */
export async function openWorkbench(first = join(root, "examples/china-ai-2024")): Promise<Workbench> {
  await buildPage();
  const folder = await mkdtemp(join(tmpdir(), "watershed-journeys-"));
  let running = await serveSomewhere(folder, first);
  const { url } = running;
  const stop = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
    if (running.child.exitCode !== null || running.child.signalCode !== null) return;
    const ended = new Promise((resolve) => running.child.once("exit", resolve));
    running.child.kill(signal);
    await ended;
  };
  const workbench: Workbench = {
    url,
    entrance: running.entrance,
    output: () => running.output(),
    restart: async () => {
      await stop("SIGTERM");
      running = await serve(folder, first, new URL(url).port);
      workbench.entrance = running.entrance;
    },
    kill: () => stop("SIGKILL"),
    close: async () => {
      await stop("SIGTERM");
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return workbench;
}

interface Running {
  child: ChildProcess;
  url: string;
  entrance: string;
  output: () => string;
}

const patienceMilliseconds = 240_000;

/**
 * Serves on a port that nobody takes while the server is away: below those that the system gives to connections, so that a page which
 * tries its lost server again cannot meet itself there.
 */
async function serveSomewhere(folder: string, first: string): Promise<Running> {
  for (let tries = 1; ; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    try {
      return await serve(folder, first, String(port));
    } catch (error) {
      if (tries === 10 || !(error instanceof Error && error.message.includes("is taken"))) throw error;
    }
  }
}

async function serve(folder: string, first: string, port: string): Promise<Running> {
  const program = join(root, "packages/cli/bin/watershed.mjs");
  const args = [program, "serve", "--no-open", "--port", port, "--data", folder, "--first", first];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, DATABASE_URL: "" } });
  let output = "";
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const hear = (chunk: Buffer): void => {
    output += chunk.toString();
    const entrance = /(http:\/\/127\.0\.0\.1:\d+\/\S*)\s/.exec(output)?.[1]; // whole only when more follows
    if (entrance) resolve(entrance);
  };
  child.stdout!.on("data", hear);
  child.stderr!.on("data", (chunk: Buffer) => void (output += chunk.toString()));
  child.once("close", (code) => reject(new Error(`the server ended with ${code}: ${output}`)));
  const timer = setTimeout(() => {
    child.kill("SIGKILL");
    reject(new Error(`the server did not start: ${output}`));
  }, patienceMilliseconds);
  try {
    const entrance = await promise;
    return { child, entrance, url: new URL(entrance).origin, output: () => output };
  } finally {
    clearTimeout(timer);
  }
}

/** Builds the page where it is missing or older than what it is made of. */
export async function buildPage(): Promise<void> {
  const builder = spawn(process.execPath, [join(root, "scripts/build-page.mjs")], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [builder.stdout, builder.stderr]) stream.on("data", (chunk: Buffer) => void (said += chunk.toString()));
  const [code] = (await once(builder, "close")) as [number | null];
  if (code !== 0) throw new Error(`the page could not be built: ${said}`);
}
