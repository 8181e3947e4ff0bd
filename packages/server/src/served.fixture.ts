import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, openWorkspace, startWorkspace } from "@watershed/workbench";
import type { Store } from "@watershed/workbench";
import { buildApp } from "./app.ts";
import type { AppOptions } from "./app.ts";
import { unlikeDescribed } from "./described.fixture.ts";
import type { House } from "./house.ts";
import { openLog } from "./log.ts";
import { addressOf, openHouse } from "./open-house.ts";
import type { HouseOptions } from "./open-house.ts";
import type { Role } from "./permissions.ts";

export const origin = "http://127.0.0.1:4170";
/** The workspace of these tests: the commented one that `watershed new` writes. */
export const workspaceId = "my_fund";

/** The whole app on a database of its own, with its log in memory. */
export interface Served {
  app: ReturnType<typeof buildApp>;
  house: House;
  store: Store;
  log: string[];
  close(): Promise<void>;
}

export interface ServeOptions extends AppOptions, Pick<HouseOptions, "figures" | "jobs"> {
  host?: string;
  origins?: string[];
}

const manyRequests = { burst: 1e9, perSecond: 1e9 };

export async function serveForTest({ host = "127.0.0.1", origins, figures, jobs, ...options }: ServeOptions = {}): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), "watershed-server-"));
  const { store, problem } = await openStore(placeOf(folder));
  if (!store) throw new Error(`no database for the tests: ${JSON.stringify(problem)}`);
  await startWorkspace(join(folder, "fund"));
  const { workspace } = await openWorkspace(join(folder, "fund"));
  await store.importWorkspace(workspace!, { author: "watershed", id: workspaceId });
  const log: string[] = [];
  const openedLog = openLog({ level: "debug", target: { write: (line) => void log.push(line) } });
  const address = addressOf(host, 4170, origins);
  const open = await openHouse({
    store,
    log: openedLog,
    address,
    figures: { workers: 1, ...figures },
    jobs: { pollSeconds: 0.5, ...jobs },
  });
  const rates = { guarded: manyRequests, caller: manyRequests, stranger: manyRequests };
  return {
    app: buildApp(open.house, { rates, checkAnswers: true, ...options }),
    house: open.house,
    store,
    log,
    close: async () => {
      open.beginStop();
      await open.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** WATERSHED_TEST_DATABASE asks for another database than the usual one: pglite. */
function placeOf(folder: string): Parameters<typeof openStore>[0] {
  const kind = process.env.WATERSHED_TEST_DATABASE;
  return { dataFolder: join(folder, "data"), ...(kind === "pglite" ? { kind } : {}) };
}

export interface Reply {
  status: number;
  // what a test expects of an answer it says itself
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
  headers: Headers;
}

/** Somebody with a browser, or a program with a token. */
export interface Visitor {
  cookie: string;
  csrfToken: string;
  userId: string;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
}

export function visitorOf(
  { app }: Pick<Served, "app">,
  { token, address = "127.0.0.1" }: { token?: string; address?: string } = {},
): Visitor {
  const visitor: Visitor = {
    cookie: "",
    csrfToken: "",
    userId: "",
    send: async (method, path, body, headers = {}) => {
      const sent = {
        host: new URL(origin).host,
        ...(token === undefined ? { origin } : { authorization: `Bearer ${token}` }),
        ...(visitor.cookie ? { cookie: visitor.cookie } : {}),
        ...(visitor.csrfToken ? { "x-csrf-token": visitor.csrfToken } : {}),
        ...(body === undefined || body instanceof Uint8Array ? {} : { "content-type": "application/json" }),
        ...headers,
      };
      const content = body === undefined ? undefined : body instanceof Uint8Array ? body : JSON.stringify(body);
      const request = new Request(new URL(path, origin), { method, headers: sent, body: content as string | undefined });
      const response = await app.fetch(request, { incoming: { socket: { remoteAddress: address } } });
      const cookies = response.headers.getSetCookie();
      if (cookies.length > 0) visitor.cookie = cookies.map((one) => one.split(";")[0]).join("; ");
      const isText = response.headers.get("content-type")?.startsWith("application/json") && !response.headers.has("content-encoding");
      const text = isText ? await response.text() : "";
      const reply = { status: response.status, body: text === "" ? undefined : JSON.parse(text), headers: response.headers };
      const differs = reply.body === undefined ? undefined : unlikeDescribed(method, path, reply.status, reply.body);
      if (differs) throw new Error(`the answer ${reply.status} of ${method} ${path} is not as it is described: ${differs}`);
      if (reply.body?.csrfToken) visitor.csrfToken = reply.body.csrfToken;
      if (reply.body?.user?.id) visitor.userId = reply.body.user.id;
      return reply;
    },
  };
  return visitor;
}

/** The owning partner, set up on this machine. */
export async function setUp(served: Served, name = "Ann"): Promise<Visitor> {
  const visitor = visitorOf(served);
  const { status, body } = await visitor.send("POST", "/api/setup", { name, language: "en" });
  if (status !== 201) throw new Error(`the set-up failed: ${JSON.stringify(body)}`);
  return visitor;
}

/** Somebody who joined by an invitation of a partner. */
export async function joined(served: Served, partner: Visitor, role: Role, name: string): Promise<Visitor> {
  const { body } = await partner.send("POST", `/api/workspaces/${workspaceId}/invitations`, { role });
  const visitor = visitorOf(served);
  const account = { name, email: `${name.toLowerCase()}@fund.example`, password: `${name} has a long password` };
  const reply = await visitor.send("POST", `/api/invitations/${body.token}/accept`, account);
  if (reply.status !== 201) throw new Error(`joining failed: ${JSON.stringify(reply.body)}`);
  return visitor;
}
