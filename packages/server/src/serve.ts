import { serve } from "@hono/node-server";
import type { ServerType } from "@hono/node-server";
import type { Server } from "node:http";
import type { Store } from "@watershed/workbench";
import type { Logger } from "pino";
import { buildApp } from "./app.ts";
import type { AppOptions } from "./app.ts";
import { addressOf, openHouse } from "./open-house.ts";
import type { HouseOptions, OpenHouse } from "./open-house.ts";

export interface ServeOptions extends AppOptions, Pick<HouseOptions, "figures" | "jobs" | "secret"> {
  store: Store;
  log: Logger;
  host?: string; // 127.0.0.1 unless given
  port?: number; // 4170 unless given; 0 for any that is free
  origins?: string[]; // further origins by which the server is reached
  patienceSeconds?: number; // what a stop leaves to requests at work, 10 unless given
}

export interface RunningServer {
  url: string;
  port: number;
  /** Where to go first: to be set up, or signed in by a link that works once. */
  entrance(): Promise<string>;
  /** Stops: no new requests, those at work end first, long work goes back to the queue. The store is left open. */
  stop(): Promise<void>;
}

export const usualPort = 4170;
const linkMinutes = 15;

/** Starts the workbench's server on a store; rejects where the port is taken. */
export async function startServer({
  store,
  log,
  host = "127.0.0.1",
  port = usualPort,
  origins = [],
  patienceSeconds = 10,
  ...options
}: ServeOptions): Promise<RunningServer> {
  let app: ReturnType<typeof buildApp> | undefined;
  // The port is known only once it is taken; until the app stands nobody is answered.
  const listening = Promise.withResolvers<number>();
  const server: ServerType = serve(
    { hostname: host, port, fetch: (request, env) => app?.fetch(request, env) ?? new Response(null, { status: 503 }) },
    ({ port: taken }) => listening.resolve(taken),
  );
  server.on("error", listening.reject);
  const taken = await listening.promise;
  const address = addressOf(host, taken, origins);
  try {
    const open = await openHouse({ store, log, address, ...options });
    app = buildApp(open.house, options);
    log.info({ url: address.url, database: store.database.kind }, "listening");
    return { url: address.url, port: taken, entrance: () => entranceOf(open), stop: () => stop(open, server as Server, patienceSeconds) };
  } catch (error) {
    server.close();
    throw error;
  }
}

/** On this machine: the page itself before the set-up, a link that signs the owner in once after it. Elsewhere: an invitation for the first partner. */
async function entranceOf({ house }: OpenHouse): Promise<string> {
  const { accounts, links } = house.identity;
  const { url, isLoopback } = house.address;
  const owner = await accounts.owner();
  if (isLoopback) return owner === undefined ? `${url}/` : `${url}/sign-in?link=${await links.forUser(owner, linkMinutes)}`;
  if (owner !== undefined) return `${url}/`;
  const [workspace] = await house.store.listWorkspaces();
  if (!workspace) return `${url}/`;
  const { secret } = await links.invite({ workspace: workspace.id, role: "partner", madeBy: "watershed", days: 1 });
  return `${url}/join?invitation=${secret}`;
}

async function stop(open: OpenHouse, server: Server, patienceSeconds: number): Promise<void> {
  const { log } = open.house;
  log.info("stopping");
  open.beginStop();
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const impatient = setTimeout(() => server.closeAllConnections(), patienceSeconds * 1000);
  await closed;
  clearTimeout(impatient);
  await open.close();
  log.info("stopped");
}
