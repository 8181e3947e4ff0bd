import { startWorkers } from "@watershed/workbench";
import type { Store } from "@watershed/workbench";
import type { Logger } from "pino";
import { openFigureDesk } from "./figure-desk.ts";
import type { FigureDeskOptions } from "./figure-desk.ts";
import type { Address, House } from "./house.ts";
import { openIdentity } from "./identity/identity.ts";
import { openJobDesk } from "./job-desk.ts";
import type { JobDeskOptions } from "./job-desk.ts";
import { shelfOf } from "./shelf.ts";

export interface HouseOptions {
  store: Store;
  log: Logger;
  address: Address;
  secret?: string;
  figures?: FigureDeskOptions;
  jobs?: JobDeskOptions;
}

export interface OpenHouse {
  house: House;
  /** Requests are refused and streams end from now on; what runs goes on. */
  beginStop(): void;
  /** Long work goes back to the queue, workers end. The store stays open. */
  close(): Promise<void>;
}

/** Everything the routes work with, on a store. */
export async function openHouse({ store, log, address, secret, ...options }: HouseOptions): Promise<OpenHouse> {
  const stopping = new AbortController();
  const note = (level: "debug" | "info" | "warn" | "error", message: string): void => log[level](message);
  const identity = await openIdentity(store, { origin: address.url, secret, log: note });
  const figures = openFigureDesk(options.figures);
  const jobs = await openJobDesk({ store, figures, log }, options.jobs);
  const shelf = shelfOf(store);
  const checks = startWorkers(1);
  return {
    house: {
      store,
      identity,
      shelf,
      checks,
      figures,
      jobs,
      log,
      address,
      isStopping: () => stopping.signal.aborted,
      stopping: stopping.signal,
    },
    beginStop: () => stopping.abort(new Error("the server is being stopped")),
    close: async () => {
      await jobs.close();
      await figures.close();
      await checks.close();
      shelf.close();
    },
  };
}

/** Where a server on a host and port is reached, and by which names; `origins` are further ones, of a proxy or of a page under development. */
export function addressOf(host: string, port: number, origins: string[] = []): Address {
  const isLocalName = (name: string): boolean => /^(127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)$/.test(name);
  // A proxy on this machine lets others in: then it is not this machine alone that reaches the server.
  const isLoopback = isLocalName(host) && origins.every((origin) => isLocalName(new URL(origin).hostname));
  const written = host.includes(":") ? `[${host}]` : host;
  const names = [...new Set([written, "127.0.0.1", "localhost", ...(isLocalName(host) ? ["[::1]"] : [])])];
  const own = names.map((name) => `http://${name}:${port}`);
  const all = [...own, ...origins];
  return {
    url: origins.find((origin) => origin.startsWith("https:")) ?? own[0],
    origins: new Set(all),
    hosts: new Set(all.map((origin) => new URL(origin).host)),
    isLoopback,
  };
}
