import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, startWorkspace } from "@watershed/workbench";
import type { Store } from "@watershed/workbench";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bringInFirst } from "./first-run.ts";
import { openLog } from "./log.ts";
import { startServer } from "./serve.ts";
import type { RunningServer } from "./serve.ts";

let folder: string;
let store: Store;
const log = openLog({ target: { write: () => {} } });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "watershed-listening-"));
  store = (await openStore({ dataFolder: join(folder, "data") })).store!;
  await startWorkspace(join(folder, "fund"));
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const start = (): Promise<RunningServer> => startServer({ store, log, port: 0, figures: { workers: 1 }, patienceSeconds: 240 });

test("the first workspace comes in once, and a folder with mistakes does not", async () => {
  expect((await bringInFirst(store, join(folder, "nowhere"))).problems.length).toBeGreaterThan(0);
  expect(await bringInFirst(store, join(folder, "fund"))).toEqual({ id: "my_workspace", problems: [] });
  expect(await bringInFirst(store, join(folder, "fund"))).toEqual({ problems: [] });
});

test("a stop lets requests at work end, ends streams, and lets nobody new in", async () => {
  const server = await start();
  const post = (path: string, body: unknown, headers = {}): Promise<Response> =>
    fetch(server.url + path, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });
  const setup = await post("/api/setup", { name: "Ann", language: "en" });
  const cookie = setup.headers.getSetCookie()[0].split(";")[0];
  const get = (path: string): Promise<Response> => fetch(`${server.url}/api/workspaces/my_workspace${path}`, { headers: { cookie } });
  const events = (await get("/events")).body!.getReader();
  await events.read();
  const working = get("/review?draws=1048576");
  const jobs = await get("/jobs");
  expect(jobs.status).toBe(200);
  await until(async () => ((await (await fetch(`${server.url}/api/ready`)).json()) as { running: number }).running === 1);

  const stopped = server.stop();
  const answer = await working;
  expect(answer.status).toBe(200);
  expect(((await answer.json()) as { review: { draws: number } }).review.draws).toBe(1_048_576);
  for (let step = await events.read(); !step.done; step = await events.read());
  await stopped;
  await expect(fetch(`${server.url}/api/health`)).rejects.toThrow();
});

test("a connection that is kept open is answered 503 while the server stops", async () => {
  const server = await start();
  const socket = connect(server.port, "127.0.0.1");
  const heard: string[] = [];
  socket.on("data", (chunk) => heard.push(String(chunk)));
  // Half of a second request comes with the first: once the first is answered the server has both, so that the connection is not idle.
  socket.write(`GET /api/health HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\nGET /api/session HTTP/1.1\r\n`);
  await until(async () => heard.join("").includes('"ok"'));
  const stopped = server.stop();
  socket.write(`Host: 127.0.0.1:${server.port}\r\n\r\n`);
  await until(async () => heard.join("").includes('"stopping"'));
  socket.end();
  await stopped;
});

test("a port that is taken is refused, and the server behind it is not hurt", async () => {
  const server = await start();
  await expect(startServer({ store, log, port: server.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  await server.stop();
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 12_000) throw new Error("it never came to pass");
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}
