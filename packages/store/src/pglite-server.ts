import { Duplex } from "node:stream";
import { Worker } from "node:worker_threads";
import { makeFolder } from "./make-folder.ts";
import type { Asked, Said } from "./pglite-thread.ts";

/** The fallback database in a thread of its own, reached through a stream of PostgreSQL's wire protocol: one connection at a time. */
export interface PgliteServer {
  connect(): Duplex;
  /** How often it asked the system to put a file on the disk. */
  syncCount(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts PGlite on a folder, which this process has for itself. */
export async function startPglite(folder: string): Promise<PgliteServer> {
  await makeFolder(folder);
  const worker = new Worker(new URL("./pglite-thread.ts", import.meta.url), { workerData: { folder } });
  const ask = (asked: Asked): void => worker.postMessage(asked, []);
  let reader: WireStream | undefined;
  worker.on("message", (said: Said) => {
    if ("bytes" in said) reader?.push(said.bytes);
    else if ("failed" in said) reader?.destroy(new Error(said.failed));
  });
  worker.on("error", (error) => reader?.destroy(error));
  await said(worker, "ready");
  return {
    connect: () => (reader = new WireStream(ask)),
    syncCount: async () => {
      ask({ count: true });
      return (await said(worker, "syncs")).syncs;
    },
    stop: async () => {
      ask({ close: true });
      await said(worker, "closed");
      await worker.terminate();
    },
  };
}

type Answer<K extends string> = Extract<Said, Record<K, unknown>>;

function said<K extends "ready" | "syncs" | "closed">(worker: Worker, key: K): Promise<Answer<K>> {
  return new Promise((resolve, reject) => {
    const heard = (said: Said): void => {
      if ("failed" in said) reject(new Error(said.failed));
      else if (key in said) resolve(said as Answer<K>);
      else return;
      worker.off("message", heard);
    };
    worker
      .on("message", heard)
      .once("error", reject)
      .once("exit", (code) => reject(new Error(`the database's thread ended with ${code}`)));
  });
}

/** What node-postgres takes for a socket. */
class WireStream extends Duplex {
  #ask: (asked: Asked) => void;

  constructor(ask: (asked: Asked) => void) {
    super();
    this.#ask = ask;
  }

  connect(): this {
    setImmediate(() => this.emit("connect"));
    return this;
  }

  override _read(): void {}

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.#ask({ bytes: Uint8Array.from(chunk) });
    done();
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
