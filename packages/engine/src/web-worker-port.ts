import type { Port, WorkerPort } from "./pool-task.ts";

/** The part of a Web Worker that a pool needs. */
export interface WebWorker {
  postMessage: (message: unknown, transfer: ArrayBuffer[]) => void;
  addEventListener: (kind: "message" | "error" | "messageerror", listener: (event: { data?: unknown; message?: string }) => void) => void;
  terminate: () => void;
}

/** The global scope of a Web Worker, from inside. */
export type WebWorkerScope = Omit<WebWorker, "terminate">;

/** A Web Worker as a pool's worker: `createPool({ workers: 2, spawn: () => webWorkerPort(new Worker(url, { type: "module" })) })`. */
export function webWorkerPort(worker: WebWorker): WorkerPort {
  return {
    ...webWorkerScopePort(worker),
    onEnd: (listener) => {
      worker.addEventListener("error", ({ message }) => listener(new Error(message ?? "the worker's script could not be loaded")));
      worker.addEventListener("messageerror", () => listener(new Error("a message of the worker could not be read")));
    },
    terminate: () => worker.terminate(),
  };
}

/** The same channel from inside the worker: `serveTasks(webWorkerScopePort(self), tasks)`. */
export function webWorkerScopePort(scope: WebWorkerScope): Port {
  return {
    post: (message, transfer) => scope.postMessage(message, transfer),
    onMessage: (listener) => scope.addEventListener("message", ({ data }) => listener(data)),
  };
}
