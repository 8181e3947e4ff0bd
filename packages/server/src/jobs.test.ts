import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, openWorkspace, reviewWorkspace, startWorkspace } from "@watershed/workbench";
import type { Store } from "@watershed/workbench";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFigureDesk } from "./figure-desk.ts";
import { openIdentity } from "./identity/identity.ts";
import { openJobDesk } from "./job-desk.ts";
import type { JobDesk, Work } from "./job-desk.ts";
import { openLog } from "./log.ts";
import { serveForTest, setUp, workspaceId } from "./served.fixture.ts";

let folder: string;
let store: Store;
const log = openLog({ target: { write: () => {} } });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "watershed-jobs-"));
  const opened = await openStore({ dataFolder: join(folder, "data") });
  store = opened.store!;
  await startWorkspace(join(folder, "fund"));
  await store.importWorkspace((await openWorkspace(join(folder, "fund"))).workspace!, { author: "watershed", id: "fund" });
  await openIdentity(store, { origin: "http://127.0.0.1:4170", log: () => {} });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

/** One process's part in long work: a queue and a worker. */
async function process(pollSeconds = 0.5): Promise<{ jobs: JobDesk; close: () => Promise<void> }> {
  const figures = openFigureDesk({ workers: 1 });
  const jobs = await openJobDesk({ store, figures, log }, { pollSeconds, heartbeatSeconds: 30 });
  return {
    jobs,
    close: async () => {
      await jobs.close();
      await figures.close();
    },
  };
}

const ask = (jobs: JobDesk, draws: number, askedBy = "ann"): Promise<Work> =>
  jobs.ask({ workspace: "fund", change: 1, task: "review", options: { draws }, askedBy });

async function settled(jobs: JobDesk, id: string, states: string[]): Promise<Work> {
  for (let tries = 0; tries < 4000; tries++) {
    const found = await jobs.find("fund", id);
    if (found && states.includes(found.state)) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error(`the job never came to be ${states.join(" or ")}`);
}

test("long work is done of the workspace as it was when it was asked for", async () => {
  const { jobs, close } = await process();
  const asked = await ask(jobs, 4096);
  const { workspace } = (await store.readWorkspace("fund"))!;
  await store.save("fund", "sources", { id: "S-LATER", title: "Later" }, { author: "ann", expectedVersion: 0 });
  const { result, attempts } = await settled(jobs, asked.id, ["done"]);
  expect(attempts).toBe(1);
  expect((result as { figure: unknown }).figure).toEqual(JSON.parse(JSON.stringify(reviewWorkspace(workspace, { draws: 4096 }).review)));
  await close();
});

test("a stop hands running work back to the queue, and the next start takes it up and finishes it", async () => {
  const first = await process();
  const shares: number[] = [];
  const asked = await ask(first.jobs, 1_048_576);
  first.jobs.watch(asked.id, (share) => shares.push(share));
  await settled(first.jobs, asked.id, ["running"]);
  await first.close();
  const { rows } = await store.database.query("select state, attempts from auth.work where id = $1", [asked.id]);
  expect(rows).toEqual([{ state: "queued", attempts: 0 }]);
  const second = await process();
  const done = await settled(second.jobs, asked.id, ["done", "failed"]);
  expect(done).toMatchObject({ state: "done", attempts: 1, result: { figure: { draws: 1_048_576 } } });
  await second.close();
});

test("what a killed process was at is taken up at the next start, long before its heartbeat is missed", async ({ skip }) => {
  skip(store.database.kind === "pglite", "PGlite is one process's own");
  const worker = join(import.meta.dirname, "job-worker.fixture.ts");
  const child = spawn(globalThis.process.execPath, [worker, join(folder, "data")], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  child.kill("SIGKILL");
  await once(child, "exit");
  const { jobs, close } = await process();
  const done = await settled(jobs, String(line).trim(), ["done", "failed"]);
  expect(done).toMatchObject({ state: "done", attempts: 2, result: { figure: { draws: 1_048_576 } } });
  await close();
});

test("work that was written down but never reached the queue is sent again at the next start", async () => {
  const id = crypto.randomUUID();
  const rows =
    "insert into auth.work (id, workspace, task, options, change, asked_by, state) values ($1, 'fund', 'review', '{\"draws\": 1024}', 1, 'ann', 'queued')";
  await store.database.query(rows, [id]);
  const { jobs, close } = await process();
  expect((await settled(jobs, id, ["done"])).attempts).toBe(1);
  await close();
});

test("work that ends its process every time is given up", async () => {
  const id = crypto.randomUUID();
  const rows =
    "insert into auth.work (id, workspace, task, options, change, asked_by, state, attempts) values ($1, 'fund', 'review', '{}', 1, 'ann', 'queued', 5)";
  await store.database.query(rows, [id]);
  const { jobs, close } = await process();
  expect(await settled(jobs, id, ["done", "failed"])).toMatchObject({ state: "failed", attempts: 5 });
  await close();
});

test("work is stopped by whoever asks for that, and a user can have only so much waiting", async () => {
  const { jobs, close } = await process(3600); // takes at most the first, so that the others wait however long it takes to ask for them
  const asked = [await ask(jobs, 1_048_576, "bo")];
  for (let more = 1; more < 20; more++) asked.push(await ask(jobs, 1024, "bo"));
  await expect(ask(jobs, 1024, "bo")).rejects.toMatchObject({ code: "tooMany" });
  for (const { id } of asked) await jobs.cancel("fund", id);
  expect(await jobs.cancel("fund", asked[0].id)).toBe(false);
  expect(await jobs.cancel("another", asked[0].id)).toBe(false);
  const states = (await jobs.of("fund")).filter(({ askedBy }) => askedBy === "bo").map(({ state }) => state);
  expect(states.filter((state) => state === "queued" || state === "running")).toEqual([]);
  await close();
});

test("over HTTP: asked for, followed, read, listed, stopped", async () => {
  const served = await serveForTest();
  try {
    const ann = await setUp(served);
    const base = `/api/workspaces/${workspaceId}/jobs`;
    const asked = await ann.send("POST", base, { task: "review", options: { draws: 16_384 } });
    expect(asked).toMatchObject({ status: 202, body: { state: "queued", by: { name: "Ann" } } });
    const request = new Request(`http://127.0.0.1:4170${base}/${asked.body.id}/progress`, {
      headers: { host: "127.0.0.1:4170", cookie: ann.cookie },
    });
    const text = await (await served.app.fetch(request)).text();
    expect(text).toContain("event: done");
    expect((await ann.send("GET", `${base}/${asked.body.id}`)).body).toMatchObject({
      state: "done",
      share: 1,
      result: { figure: { draws: 16_384 } },
    });
    const { jobs } = (await ann.send("GET", base)).body;
    expect(jobs).toMatchObject([{ id: asked.body.id, state: "done" }]);
    expect(jobs[0]).not.toHaveProperty("result");
    expect((await ann.send("DELETE", `${base}/${asked.body.id}`)).status).toBe(404);
    expect((await ann.send("POST", base, { task: "price", options: {} })).status).toBe(400);
    expect((await ann.send("POST", base, { task: "price", options: { company: "nobody" } })).status).toBe(404);
  } finally {
    await served.close();
  }
});
