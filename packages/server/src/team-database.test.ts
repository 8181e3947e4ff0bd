import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { startWorkspace } from "@watershed/workbench";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postgresPrograms, teamPostgres } from "./team-postgres.fixture.ts";
import type { TeamPostgres } from "./team-postgres.fixture.ts";

const program = join(import.meta.dirname, "..", "..", "cli", "bin", "watershed.mjs");
const programs = postgresPrograms();
if (!programs) console.warn("There is no PostgreSQL here, so the server is not tried on a team's own: apt-get install postgresql.");

/** The server on a PostgreSQL that somebody else runs, named by DATABASE_URL and nothing more. */
describe.skipIf(!programs)("a server on a team's own PostgreSQL", () => {
  let folder: string;
  let postgres: TeamPostgres;
  let team: Server;
  let member: Member;
  const processes: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "watershed-on-team-"));
    await startWorkspace(join(folder, "fund"));
    postgres = await teamPostgres(programs!);
    team = await serve({ DATABASE_URL: postgres.url });
    member = await setUp(team.url);
  });
  afterAll(async () => {
    for (const one of processes) one.kill("SIGKILL");
    await postgres?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** `watershed serve` as a process of its own. */
  async function serve(environment: Record<string, string>): Promise<Server> {
    const child = spawn(process.execPath, [program, "serve", "--first", join(folder, "fund"), "--port", "0", "--no-open"], {
      env: { ...process.env, WATERSHED_LOG: "error", DATABASE_URL: "", WATERSHED_DATA: join(folder, "nowhere"), ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    processes.push(child);
    const exited = once(child, "exit");
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => void (said += chunk.toString()));
    for (let address; ; await pause(20)) {
      address = /(http:\/\/[\d.:]+)\//.exec(said)?.[1];
      if (child.exitCode !== null) throw new Error(`the server ended: ${said}`);
      if (address) return { url: address, said: () => said, end: async (signal) => (child.kill(signal), void (await exited)) };
    }
  }
  const command = (environment: Record<string, string>, ...argv: string[]): Promise<{ stdout: string }> =>
    promisify(execFile)(process.execPath, [program, ...argv], { env: { ...process.env, DATABASE_URL: "", ...environment } });

  test("keeps everything there: the set-up, items, figures that are the same as on the embedded database, long work", async () => {
    expect(postgres.version).toMatch(/PostgreSQL\) 1[5-9]/);
    expect(await member.get("/api/ready")).toMatchObject({ status: "ready", database: "server" });
    expect(team.said()).not.toContain("of%20the%2Fteam"); // the password
    const embedded = await serve({ WATERSHED_DATA: join(folder, "embedded") });
    const other = await setUp(embedded.url);
    const [here, there] = await Promise.all([member, other].map((one) => one.get(`${base}/review?draws=16384`)));
    expect(here.key).toBe(there.key);
    expect(here.review).toEqual(there.review);
    await embedded.end("SIGTERM");
    const job = await member.post(`${base}/jobs`, { task: "review", options: { draws: 16_384 } });
    expect(await settled(job.id)).toMatchObject({ state: "done", result: { figure: { draws: 16_384, key: here.key } } });
  });

  test("kill -9 of the server under load loses nothing that it acknowledged, and the next one goes on where it was", async () => {
    const job = await member.post(`${base}/jobs`, { task: "review", options: { draws: 1_048_576 } });
    const acknowledged = await whileWriting("server", async () => {
      await until(async () => (await member.get(`${base}/jobs/${job.id}`)).state === "running");
      await team.end("SIGKILL");
    });
    team = await serve({ DATABASE_URL: postgres.url });
    member.moveTo(team.url);
    expect(await notes()).toEqual(expect.arrayContaining(acknowledged));
    expect(await settled(job.id)).toMatchObject({ state: "done", result: { figure: { draws: 1_048_576 } } });
  });

  test("kill -9 of the database under load loses nothing that was acknowledged, and the server goes on by itself once it is back", async () => {
    const acknowledged = await whileWriting("database", async () => {
      await postgres.kill();
      await postgres.start();
    });
    await until(async () => (await fetch(`${team.url}/api/ready`)).status === 200);
    expect(await notes()).toEqual(expect.arrayContaining(acknowledged));
    await member.post(`${base}/notes`, { item: { id: "afterwards", text: "Written" } });
    expect(await notes()).toContain("afterwards");
  });

  test("goes into a backup and from there to an embedded database and on, people and all", async () => {
    const file = join(folder, "team.backup");
    const embedded = { WATERSHED_DATA: join(folder, "restored") };
    await command({ DATABASE_URL: postgres.url }, "backup", file);
    await command(embedded, "restore", file);
    const moved = await serve(embedded);
    const before = await member.get(base);
    const cookieHolder = memberAt(moved.url);
    const link = /\/sign-in\?link=(\S+)/.exec(moved.said())![1];
    expect(await cookieHolder.post("/api/sign-in/link", { token: link })).toMatchObject({ signedIn: true, user: { name: "Ann" } });
    const after = await cookieHolder.get(base);
    expect(after.workspace).toEqual(before.workspace);
    expect(after.places).toEqual(before.places);
    await cookieHolder.post(`${base}/notes`, { item: { id: "from_embedded", text: "Written on the embedded one" } });
    await moved.end("SIGTERM");
    const back = join(folder, "embedded.backup");
    await command(embedded, "backup", back);
    await command({ DATABASE_URL: postgres.url }, "restore", back);
    await until(async () => (await notes()).includes("from_embedded"));
  });

  const notes = async (): Promise<string[]> => (await member.get(`${base}/notes`)).items.map(({ id }: { id: string }) => id);
  const settled = async (id: string): Promise<Answer> => {
    for (;;) {
      const found = await member.get(`${base}/jobs/${id}`);
      if (["done", "failed", "cancelled"].includes(found.state)) return found;
      await pause(50);
    }
  };
  /** Writes notes, several at a time, until what is to happen has happened; the ids of those that were acknowledged. */
  async function whileWriting(name: string, happens: () => Promise<void>): Promise<string[]> {
    const acknowledged: string[] = [];
    const over = new AbortController();
    let count = 0;
    const write = async (): Promise<void> => {
      while (!over.signal.aborted) {
        const id = `${name}_${count++}`;
        const response = await member.send("POST", `${base}/notes`, { item: { id, text: "Acknowledged" } }).catch(() => undefined);
        if (response?.status === 201) acknowledged.push(id);
        else await pause(20);
      }
    };
    const writers = Array.from({ length: 4 }, write);
    await until(async () => acknowledged.length >= 10);
    await happens();
    over.abort();
    await Promise.all(writers);
    return acknowledged;
  }
});

const base = "/api/workspaces/my_workspace";

interface Server {
  url: string;
  said: () => string;
  end(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
}

// what a test expects of an answer it says itself
// oxlint-disable-next-line typescript/no-explicit-any
type Answer = any;

interface Member {
  send(method: string, path: string, body?: unknown): Promise<Response>;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  moveTo(url: string): void;
}

function memberAt(first: string): Member {
  let [url, cookie, csrfToken] = [first, "", ""];
  const member: Member = {
    moveTo: (next) => void (url = next),
    send: (method, path, body) =>
      fetch(url + path, {
        method,
        headers: { "content-type": "application/json", cookie, "x-csrf-token": csrfToken },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    get: async (path) => (await member.send("GET", path)).json(),
    post: async (path, body) => {
      const response = await member.send("POST", path, body);
      const answer = (await response.json()) as Answer;
      if (!response.ok) throw new Error(`POST ${path} was refused: ${JSON.stringify(answer)}`);
      if (response.headers.getSetCookie().length > 0) cookie = response.headers.getSetCookie()[0].split(";")[0];
      csrfToken = answer.csrfToken ?? csrfToken;
      return answer;
    },
  };
  return member;
}

async function setUp(url: string): Promise<Member> {
  const member = memberAt(url);
  await member.post("/api/setup", { name: "Ann", language: "en" });
  return member;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds().catch(() => false)); tries++) {
    if (tries > 4000) throw new Error("it never came to pass");
    await pause(50);
  }
}
