import { join } from "node:path";
import type { IncomingMessage, ServerResponse } from "node:http";
import { itemKinds } from "@watershed/domain";
import type { ItemKind, Workspace } from "@watershed/domain";
import {
  actionsOf,
  disagreementOf,
  explainCompany,
  jointWorth,
  openWorkspace,
  priceCompany,
  reviewWorkspace,
  thresholdsOf,
} from "@watershed/workbench";
import type { Plugin } from "vite";

/** Lets `vite` show the pages on the worked example without a server: real reviews of the real workspace, writes kept in memory. */
export function devSource(folder = join(import.meta.dirname, "../../examples/china-ai-2024")): Plugin {
  const opened = openWorkspace(folder);
  return {
    name: "watershed-dev-source",
    configureServer: ({ middlewares }) => {
      middlewares.use("/api", (request, response) => {
        void opened
          .then(({ workspace }) => answer(workspace!, request, response))
          .catch((error: unknown) => send(response, 500, { error: String(error) }));
      });
    },
  };
}

const cache = new Map<string, unknown>();
let revision = 1;

async function answer(workspace: Workspace, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://dev");
  const path = url.pathname.split("/").filter(Boolean).map(decodeURIComponent);
  if (request.method !== "GET") return write(workspace, path, JSON.parse(await text(request)) as { item: object }, response);
  const key = `${revision} ${request.url}`;
  if (!cache.has(key)) cache.set(key, read(workspace, path, url.searchParams));
  const found = cache.get(key);
  return found === undefined ? send(response, 404, failure("notFound")) : send(response, 200, found);
}

function read(workspace: Workspace, path: string[], query: URLSearchParams): unknown {
  const { settings } = workspace;
  const card = {
    id: settings.id,
    name: settings.name,
    role: "partner",
    person: "realist",
    asOf: settings.asOf,
    currency: settings.currency,
  };
  if (path[0] === "session")
    return {
      signedIn: true,
      setup: "closed",
      csrfToken: "dev",
      user: { id: "u1", name: "Lin", email: null, language: "en" },
      workspaces: [card],
    };
  const figures = (of: object): object => ({ key: "dev", revision, ...of, problems: [] });
  switch (
    path
      .slice(2)
      .join("/")
      .replace(/^companies\/[^/]+/, "company")
  ) {
    case "":
      return {
        id: settings.id,
        revision,
        recordedAt: new Date().toISOString(),
        role: "partner",
        person: "realist",
        workspace,
        places: placesOf(workspace),
      };
    case "review":
      return figures({ review: reviewWorkspace(workspace, { theses: true }).review });
    case "company/explain":
      return figures({ explanation: explainCompany(workspace, path[3]).explanation });
    case "company/thresholds":
      return figures({ thresholds: thresholdsOf(workspace, path[3]).thresholds });
    case "company/price":
      return figures({ price: priceCompany(workspace, path[3], { question: query.get("question") ?? undefined }).price });
    case "disagreement":
      return figures({ disagreement: disagreementOf(workspace).disagreement });
    case "actions-worth":
      return figures({ actions: actionsOf(workspace) });
    case "joint-worth":
      return figures({ jointWorth: jointWorth(workspace, (query.get("questions") ?? "").split(",")) });
    case "since-last-visit":
      return { from: null, to: { revision, at: new Date().toISOString() }, changes: [], decisions: [] };
    case "members":
      return { members: [{ user: { id: "u1", name: "Lin", email: null }, role: "partner", person: "realist", since: "2024-03-31" }] };
    case "audit":
      return { entries: [], next: null };
    case "invitations":
      return { invitations: [] };
  }
  return undefined;
}

function placesOf(workspace: Workspace): object {
  const idOf = (item: { id?: string; question?: string; by?: string; on?: string }, index: number): string =>
    item.id ?? ([item.question, item.by, item.on].filter(Boolean).join("~") || String(index));
  const lists = Object.keys(itemKinds).map((kind) => [
    kind,
    (workspace[kind as ItemKind] as object[]).map((item, index) => ({ id: idOf(item, index), version: 1 })),
  ]);
  return { ...Object.fromEntries(lists), settings: { id: "settings", version: 1 } };
}

function write(workspace: Workspace, path: string[], { item }: { item: object }, response: ServerResponse): void {
  revision++;
  const list = workspace[path[2] as ItemKind] as object[] | undefined;
  if (path[2] === "visit" || !list) return send(response, 200, { revision, at: new Date().toISOString() });
  const added = path[2] === "forecasts" ? { by: "realist", on: workspace.settings.asOf, ...item } : item;
  const place = list.findIndex((one) => (one as { id?: string }).id !== undefined && (one as { id?: string }).id === path[3]);
  if (place < 0) list.push(added);
  else list[place] = added;
  send(response, 201, { id: "new", version: 2, revision, item: added, warnings: [] });
}

function failure(code: string): object {
  return {
    error: { code, params: {}, message: { en: `The dev source has no such route (${code}).`, zh: `开发数据源没有这个接口（${code}）。` } },
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8") || "{}";
}
