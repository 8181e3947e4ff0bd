// Fifty users on the server for five minutes, all on this machine: how long reads and writes take, whether anything acknowledged is lost, whether memory
// stays. `LOAD_USERS`, `LOAD_SECONDS` and `LOAD_WORKSPACE` (a folder) change the run.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { machine } from "./machine.ts";

const users = Number(process.env.LOAD_USERS ?? 50);
const seconds = Number(process.env.LOAD_SECONDS ?? 300);
const root = join(import.meta.dirname, "..");
const folder = process.env.LOAD_WORKSPACE ?? join(root, "examples", "china-ai-2024");
const pauseMilliseconds = 2000; // between two requests of a user, on average

interface Taken {
  kind: "read" | "write" | "figure";
  milliseconds: number;
  status: number;
}

/** A user with a session, as a browser would have it. */
interface User {
  cookie: string;
  csrfToken: string;
  tag?: string; // of the workspace as last sent
}

const data = await mkdtemp(join(tmpdir(), "watershed-load-"));
const server = spawn(
  process.execPath,
  [join(root, "packages/cli/bin/watershed.mjs"), "serve", "--first", folder, "--port", "0", "--no-open"],
  {
    env: { ...process.env, WATERSHED_DATA: data, DATABASE_URL: "", WATERSHED_LOG: "warn" },
    stdio: ["ignore", "pipe", "pipe"],
  },
);
server.stderr.on("data", (chunk: Buffer) => /"level":"(warn|error)"/.test(String(chunk)) && process.stderr.write(chunk));
const url = await new Promise<string>((resolve) => {
  server.stdout.on("data", (chunk: Buffer) => {
    const address = /http:\/\/[\d.:]+/.exec(String(chunk))?.[0];
    if (address) resolve(address);
  });
});

const taken: Taken[] = [];
const acknowledged: string[] = [];
const memory: number[] = [];
const loads: string[] = [];
let base = "";
let random = 1;
/** The same choices every time. */
const chance = (): number => (random = (random * 48_271) % 2_147_483_647) / 2_147_483_647;

async function ask(
  user: User | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: never; cookies: string[] }> {
  const headers = {
    origin: url,
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(user ? { cookie: user.cookie, "x-csrf-token": user.csrfToken } : {}),
    ...(user?.tag && path === base ? { "if-none-match": user.tag } : {}),
  };
  const response = await fetch(url + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  if (user && path === base) user.tag = response.headers.get("etag") ?? user.tag;
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return {
    status: response.status,
    body: (isJson && text !== "" ? JSON.parse(text) : undefined) as never,
    cookies: response.headers.getSetCookie(),
  };
}

async function timed(
  kind: Taken["kind"],
  user: User,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: never }> {
  const started = performance.now();
  const answer = await ask(user, method, path, body);
  taken.push({ kind, milliseconds: performance.now() - started, status: answer.status });
  return answer;
}

function entered({ body, cookies, status }: { body: { csrfToken?: string }; cookies: string[]; status: number }): User {
  if (status !== 201) throw new Error(`a user could not come in: ${JSON.stringify(body)}`);
  return { cookie: cookies.map((one) => one.split(";")[0]).join("; "), csrfToken: body.csrfToken! };
}

const owner = entered(await ask(undefined, "POST", "/api/setup", { name: "Owner", language: "en" }));
const { workspaces } = (await ask(owner, "GET", "/api/session")).body as { workspaces: { id: string }[] };
base = `/api/workspaces/${workspaces[0].id}`;
const team = [owner];
for (let place = 1; place < users; place++) {
  const { token } = (await ask(owner, "POST", `${base}/invitations`, { role: "analyst" })).body as { token: string };
  const account = { name: `User ${place}`, email: `user${place}@fund.example`, password: `the password of ${place}` };
  team.push(entered(await patiently(() => ask(undefined, "POST", `/api/invitations/${token}/accept`, account))));
}

/** Requests are counted, ways in strictly and per address; all users come from this one. Whoever is told to wait waits. */
async function patiently(send: () => ReturnType<typeof ask>): ReturnType<typeof ask> {
  for (;;) {
    const answer = await send();
    if (answer.status !== 429) return answer;
    await pause(1000);
  }
}

const { workspace } = (await ask(owner, "GET", base)).body as {
  workspace: { questions: { id: string; kind: string }[]; companies: { id: string }[] };
};
const questions = workspace.questions.filter(({ kind }) => kind === "yesNo");
const end = performance.now() + seconds * 1000;
const processorBefore = await processorSeconds();
const watching = setInterval(() => void sampleMemory(), 5000);
await Promise.all(team.map((user, place) => use(user, place)));
clearInterval(watching);
const processor = (await processorSeconds()) - processorBefore;

let lost = 0;
for (const path of acknowledged) if ((await patiently(() => ask(owner, "GET", `${path}/history`))).status !== 200) lost++;
const closed = new Promise((resolve) => server.once("exit", resolve));
server.kill("SIGTERM");
await closed;
await rm(data, { recursive: true, force: true });
report();

/** What a user does: mostly reads, states beliefs, writes notes, edits a company on the version last seen, asks for figures. */
async function use(user: User, place: number): Promise<void> {
  let note = 0;
  await pause(chance() * pauseMilliseconds);
  while (performance.now() < end) {
    const dice = chance();
    if (dice < 0.35) await timed("read", user, "GET", base);
    else if (dice < 0.5) await timed("read", user, "GET", `${base}/forecasts`);
    else if (dice < 0.6) await timed("read", user, "GET", `${base}/changes?since=1`);
    else if (dice < 0.7) await timed("read", user, "GET", "/api/session");
    else if (dice < 0.85) await forecast(user);
    else if (dice < 0.93)
      await write(user, "notes", { id: `note_${place}_${note++}`, text: "What I heard today", private: chance() < 0.5 });
    else if (dice < 0.98) await editCompany(user);
    else await timed("figure", user, "GET", `${base}/review?draws=16384`);
    await pause((0.5 + chance()) * pauseMilliseconds);
  }
}

async function forecast(user: User): Promise<void> {
  const question = questions[Math.floor(chance() * questions.length)].id;
  await write(user, "forecasts", { question, probability: `${5 + Math.floor(chance() * 90)}%`, reasons: "A load run" });
}

async function write(user: User, kind: string, item: object): Promise<void> {
  const { status, body } = await timed("write", user, "POST", `${base}/${kind}`, { item });
  const isPrivate = (item as { private?: boolean }).private === true;
  if (status === 201 && !(isPrivate && user !== owner))
    acknowledged.push(`${base}/${kind}/${encodeURIComponent((body as { id: string }).id)}`);
}

async function editCompany(user: User): Promise<void> {
  const { id } = workspace.companies[Math.floor(chance() * workspace.companies.length)];
  const { body } = await timed("read", user, "GET", `${base}/companies/${id}`);
  const { item, version } = body as { item: object; version: number };
  const reason = "A load run";
  await timed("write", user, "PUT", `${base}/companies/${id}`, {
    item: { ...item, description: `Seen by ${chance()}` },
    expectedVersion: version,
    reason,
  });
}

async function sampleMemory(): Promise<void> {
  loads.push(loadavg()[0].toFixed(1));
  if (loads.length > 6) loads.splice(1, 1); // the first, and the last ones
  const status = await readFile(`/proc/${server.pid}/status`, "utf8").catch(() => "");
  const found = /VmRSS:\s+(\d+) kB/.exec(status)?.[1];
  if (found) memory.push(Number(found) / 1024);
}

function report(): void {
  console.log(machine());
  console.log(
    `${users} users for ${seconds} s, ${(taken.length / seconds).toFixed(1)} requests a second; load of the machine ${loads.join(", ")}`,
  );
  console.log(
    `the server used ${(processor / seconds).toFixed(2)} of a core, ${((1000 * processor) / taken.length).toFixed(0)} ms a request`,
  );
  for (const kind of ["read", "write", "figure"] as const) {
    const mine = taken.filter((one) => one.kind === kind);
    const times = mine.map(({ milliseconds }) => milliseconds).toSorted((one, other) => one - other);
    const at = (share: number): string => (times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0).toFixed(0);
    const statuses = [...Map.groupBy(mine, ({ status }) => status)].map(([status, rows]) => `${rows.length} x ${status}`).join(", ");
    console.log(`${kind}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms (${statuses})`);
  }
  console.log(`${acknowledged.length} acknowledged writes looked for afterwards, ${lost} lost`);
  const third = Math.max(1, Math.floor(memory.length / 3));
  const mean = (amounts: number[]): number => amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length;
  if (memory.length > 2)
    console.log(
      `memory of the server: ${mean(memory.slice(third, 2 * third)).toFixed(0)} MiB in the second third, ${mean(memory.slice(-third)).toFixed(0)} MiB in the last, most ${Math.max(...memory).toFixed(0)}`,
    );
}

/** Seconds of processor that the server has used, all its threads together. */
async function processorSeconds(): Promise<number> {
  const fields = (await readFile(`/proc/${server.pid}/stat`, "utf8")).split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
