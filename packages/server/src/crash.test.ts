import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startWorkspace } from "@watershed/workbench";
import { afterAll, beforeAll, expect, test } from "vitest";

const program = join(import.meta.dirname, "..", "..", "cli", "bin", "watershed.mjs");
let folder: string;
const processes: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "watershed-crash-"));
  await startWorkspace(join(folder, "fund"));
});
afterAll(async () => {
  for (const one of processes) one.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

interface Running {
  url: string;
  end(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
}

/** `watershed serve` as a process of its own. */
async function serve(): Promise<Running> {
  const child = spawn(process.execPath, [program, "serve", "--first", join(folder, "fund"), "--port", "0", "--no-open"], {
    env: { ...process.env, WATERSHED_DATA: join(folder, "data"), DATABASE_URL: "", WATERSHED_LOG: "error" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  processes.push(child);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += String(chunk);
      const address = /(http:\/\/[\d.:]+)\//.exec(said)?.[1];
      if (address) resolve(address);
    });
    void exited.then(() => reject(new Error("the server ended before it was open")));
  });
  return {
    url,
    end: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
}

test("after kill -9 what was acknowledged is there, the session still holds, and long work is taken up again", async () => {
  const first = await serve();
  const json = { "content-type": "application/json" };
  const setup = await fetch(`${first.url}/api/setup`, {
    method: "POST",
    headers: json,
    body: JSON.stringify({ name: "Ann", language: "en" }),
  });
  const { csrfToken } = (await setup.json()) as { csrfToken: string };
  const headers = { ...json, cookie: setup.headers.getSetCookie()[0].split(";")[0], "x-csrf-token": csrfToken };
  const base = "/api/workspaces/my_workspace";
  const post = async (path: string, body: unknown): Promise<{ id: string }> => {
    const response = await fetch(first.url + base + path, { method: "POST", headers, body: JSON.stringify(body) });
    expect([201, 202]).toContain(response.status);
    return (await response.json()) as { id: string };
  };
  const notes = [];
  for (let place = 0; place < 5; place++) notes.push((await post("/notes", { item: { id: `note_${place}`, text: "Acknowledged" } })).id);
  const job = await post("/jobs", { task: "review", options: { draws: 1_048_576 } });
  const stateAt = async (url: string): Promise<{ state: string; result?: { figure: { draws: number } } }> =>
    (await fetch(`${url}${base}/jobs/${job.id}`, { headers })).json() as never;
  await until(async () => (await stateAt(first.url)).state === "running");
  await first.end("SIGKILL");

  const second = await serve();
  const { items } = (await (await fetch(`${second.url}${base}/notes`, { headers })).json()) as { items: { id: string }[] };
  expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(notes));
  await until(async () => ["done", "failed"].includes((await stateAt(second.url)).state));
  expect(await stateAt(second.url)).toMatchObject({ state: "done", result: { figure: { draws: 1_048_576 } } });
  await second.end("SIGTERM");
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 1500) throw new Error("it never came to pass");
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}
