import type { Store, WorkerPool } from "@watershed/workbench";
import type { Logger } from "pino";
import type { FigureDesk } from "./figure-desk.ts";
import type { Identity } from "./identity/identity.ts";
import type { JobDesk } from "./job-desk.ts";
import type { Shelf } from "./shelf.ts";

/** Where the server can be reached and by which names. */
export interface Address {
  url: string; // http://127.0.0.1:4170
  origins: Set<string>; // pages that may send requests, by their origin
  hosts: Set<string>; // names that requests may call the server by
  isLoopback: boolean;
}

/** Everything the routes work with. */
export interface House {
  store: Store;
  identity: Identity;
  shelf: Shelf;
  /** A thread of its own for checking changes, so that neither figures nor other requests wait for it. */
  checks: WorkerPool;
  figures: FigureDesk;
  jobs: JobDesk;
  log: Logger;
  address: Address;
  isStopping: () => boolean;
  /** Aborted when the server stops: streams end. */
  stopping: AbortSignal;
}
