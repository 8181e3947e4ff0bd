import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { rolldown } from "rolldown";

const root = dirname(import.meta.dirname);
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** Where Chromium is: $CHROMIUM, or where Debian puts it; undefined where there is none. */
export function chromiumPath(): string | undefined {
  return [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => path && existsSync(path));
}

/**
 * Runs `run(input)` of a module in a page of headless Chromium and gives what it returns, as JSON.
 *
 * `module` is a path from the root of the repository. Every module that the page asks for comes as one script under its own
 * address, so a page may start Web Workers by `new URL("./worker.ts", import.meta.url)`. Rejects with what the page threw, when Chromium
 * ends, or after `timeoutSeconds`.
 */
export async function runInChromium<Result>(module: string, input: unknown = null, timeoutSeconds = 240): Promise<Result> {
  const path = chromiumPath();
  if (!path) throw new Error("there is no Chromium: apt-get install chromium, or set CHROMIUM to its path");
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const server = createServer((request, response) => {
    void answer(request, response, page(module, input), (outcome) => {
      if (outcome.error === undefined) resolve(outcome.result as Result);
      else reject(new Error(`the page failed: ${outcome.error}`));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const profile = await mkdtemp(join(tmpdir(), "watershed-chromium-"));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = spawn(path, [...flags, `--user-data-dir=${profile}`, "--remote-debugging-port=0", address], {
    stdio: "ignore",
    detached: true,
  });
  browser.on("error", reject);
  browser.on("exit", (code) => reject(new Error(`Chromium ended with exit code ${code}`)));
  const timer = setTimeout(() => reject(new Error(`the page gave no result within ${timeoutSeconds} seconds`)), timeoutSeconds * 1000);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await end(browser);
    server.closeAllConnections();
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function page(module: string, input: unknown): string {
  const data = JSON.stringify(input).replaceAll("<", "\\u003c");
  return `<!doctype html><meta charset="utf-8"><script type="module">
const post = (outcome) => fetch("/outcome", { method: "POST", body: JSON.stringify(outcome) });
addEventListener("unhandledrejection", ({ reason }) => post({ error: String(reason?.stack ?? reason) }));
try {
  const { run } = await import("/${module}");
  await post({ result: await run(${data}) });
} catch (error) {
  const causes = [];
  for (let cause = error; cause; cause = cause.cause) causes.push(String(cause.stack ?? cause));
  await post({ error: causes.join("\\n") });
}
</script>`;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  html: string,
  settle: (outcome: { result?: unknown; error?: string }) => void,
): Promise<void> {
  const send = (status: number, kind: string, body: string): void => void response.writeHead(status, { "content-type": kind }).end(body);
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  if (path === "/") return send(200, "text/html", html);
  if (path === "/outcome") {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    send(200, "text/plain", "");
    return settle(JSON.parse(Buffer.concat(chunks).toString()) as { result?: unknown; error?: string });
  }
  try {
    send(200, "text/javascript", await script(path));
  } catch (error) {
    send(404, "text/plain", String(error));
    if (path !== "/favicon.ico") settle({ error: `${path} could not be served: ${String(error)}` });
  }
}

/** A module with all it imports, as one script; its own address stays, so that it finds a worker's module beside it. */
async function script(path: string): Promise<string> {
  const bundle = await rolldown({
    input: join(root, path),
    platform: "browser",
    logLevel: "silent",
  });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
  await bundle.close();
  return output[0].code;
}

async function end(browser: ChildProcess): Promise<void> {
  if (browser.pid === undefined || browser.exitCode !== null) return;
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  try {
    process.kill(-browser.pid, "SIGKILL"); // it and the processes that it started
  } catch {
    browser.kill("SIGKILL");
  }
  await ended;
}
