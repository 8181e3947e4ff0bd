import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { bringInFirst, openLog, startServer, usualPort } from "@watershed/server";
import type { RunningServer } from "@watershed/server";
import { openStore, storeAddress, wordProblem } from "@watershed/workbench";
import type { Store, StoreProblem } from "@watershed/workbench";
import { exitCodes } from "../exit-codes.ts";
import { openInBrowser } from "../open-in-browser.ts";
import { problemsText } from "../problems-text.ts";
import type { Terminal } from "../terminal.ts";
import { serveEn } from "../wording/serve-en.ts";
import { serveZh } from "../wording/serve-zh.ts";
import { wordingOf } from "../wording/wording.ts";

export interface ServeFlags {
  host?: string;
  port?: string;
  data?: string;
  first?: string;
  open?: boolean; // --no-open says false
}

const page = join(import.meta.dirname, "..", "..", "..", "web", "dist");

/** Both languages, a line each: whoever starts a server need not be whoever reads it. */
function both(word: (words: typeof serveEn) => string): string {
  return `${word(serveEn)}\n${word(serveZh)}\n`;
}

/** `watershed serve`: the workbench in a browser, until it is told to stop; the exit code. */
export async function serveCommand(terminal: Terminal, flags: ServeFlags): Promise<number> {
  const environment = {
    ...(terminal.environment ?? process.env),
    ...(flags.data ? { WATERSHED_DATA: resolve(terminal.cwd, flags.data), DATABASE_URL: "" } : {}),
  };
  const port = flags.port === undefined ? undefined : Number(flags.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    terminal.err(both((words) => words.badPort(flags.port!)));
    return exitCodes.wrongCall;
  }
  const { store, problem } = await openStore({ environment });
  if (!store) {
    tell(terminal, problem);
    return exitCodes.failed;
  }
  if (store.database.notice) tell(terminal, store.database.notice);
  try {
    if (!(await firstWorkspace(terminal, store, flags))) return exitCodes.materialHasErrors;
    const server = await started(terminal, store, { ...flags, port }, environment);
    if (!server) return exitCodes.failed;
    const entrance = await server.entrance();
    terminal.out(both((words) => words.running(entrance)));
    terminal.err(both((words) => words.howToStop));
    if (!existsSync(join(page, "index.html"))) terminal.err(both((words) => words.noPage));
    const place = await storeAddress(environment);
    terminal.err(both((words) => words.keptIn(place)));
    if (flags.open !== false && terminal.live) openInBrowser(entrance, environment);
    await told(terminal);
    terminal.err(both((words) => words.stopping));
    await server.stop();
    return exitCodes.done;
  } finally {
    await store.close();
  }
}

/** Brings the named folder into a new database; false where its problems stand in the way. */
async function firstWorkspace(terminal: Terminal, store: Store, { first }: ServeFlags): Promise<boolean> {
  if (first === undefined) return true;
  const { problems } = await bringInFirst(store, resolve(terminal.cwd, first));
  if (problems.length > 0) {
    const { language, text } = wordingOf(undefined);
    terminal.err(problemsText(problems, text, language, terminal));
  }
  return !problems.some(({ severity }) => severity === "error");
}

const portsTried = 10;

/** The server on the port that was named, or on the first free one from the usual port on; undefined, and said why, where none can be had. */
async function started(
  terminal: Terminal,
  store: Store,
  { host = "127.0.0.1", port }: { host?: string; port: number | undefined },
  environment: Record<string, string | undefined>,
): Promise<RunningServer | undefined> {
  const log = openLog({
    level: environment.WATERSHED_LOG ?? (terminal.live ? "warn" : "info"),
    target: { write: (line) => terminal.err(line) },
  });
  const origins = (environment.WATERSHED_ORIGINS ?? "").split(/[,\s]+/).filter((origin) => origin !== "");
  const ports = port === undefined ? Array.from({ length: portsTried }, (_, place) => usualPort + place) : [port];
  for (const candidate of ports)
    try {
      const secret = environment.WATERSHED_SECRET;
      const trustProxy = environment.WATERSHED_TRUST_PROXY === "1";
      return await startServer({ store, log, host, port: candidate, origins, page, secret, trustProxy });
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== "EADDRINUSE" && code !== "EACCES" && code !== "EADDRNOTAVAIL") throw error;
      if (code === "EADDRINUSE" && candidate !== ports.at(-1)) continue;
      terminal.err(both((words) => words.cannotListen(host, candidate, code)));
    }
  return undefined;
}

function tell(terminal: Terminal, problem: StoreProblem): void {
  for (const language of ["en", "zh"] as const) {
    const { what, mend } = wordProblem(problem, language);
    terminal.err(language === "en" ? `${what} ${mend}\n` : `${what}${mend}\n`);
  }
}

/** Resolves when the server is to stop: by a signal of the system, or by whoever called the command. */
function told({ stop }: Terminal): Promise<void> {
  return new Promise((resolve) => {
    const signals = ["SIGINT", "SIGTERM"] as const;
    const done = (): void => {
      for (const signal of signals) process.off(signal, done);
      resolve();
    };
    for (const signal of signals) process.on(signal, done);
    stop?.addEventListener("abort", done, { once: true });
    if (stop?.aborted) done();
  });
}
