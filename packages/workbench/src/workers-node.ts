import { getCompileCacheDir } from "node:module";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import { createPool } from "@watershed/engine";
import type { Pool, WorkerPort } from "@watershed/engine";

/**
 * Starts a pool of worker threads, at once and without waiting: they load while the process does something else.
 *
 * Idle workers do not keep the process alive. They use the compile cache of the process where it has one: without it a worker would strip the types
 * of every module again, which takes two thirds of its start.
 */
export function startWorkers(workers = availableParallelism(), entry = new URL("./worker-node.ts", import.meta.url)): Pool {
  return createPool({ workers, spawn: () => threadPort(entry) });
}

function threadPort(entry: URL): WorkerPort {
  const cache = getCompileCacheDir();
  const worker = new Worker(entry, { env: cache ? { ...process.env, NODE_COMPILE_CACHE: dirname(cache) } : process.env });
  worker.unref();
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    onMessage: (listener) => worker.on("message", listener),
    onEnd: (listener) => {
      worker.on("error", listener);
      worker.on("messageerror", listener);
      worker.on("exit", (code) => listener(new Error(`the worker thread ended with exit code ${code}`)));
    },
    terminate: () => worker.terminate(),
    busy: (busy) => (busy ? worker.ref() : worker.unref()),
  };
}

/** What `startWorkers` gives. */
export type WorkerPool = Pool;
