import type { AnyTask, FromWorker, Task, ToWorker, WorkerPort } from "./pool-task.ts";

export interface PoolOptions {
  /** Starts a worker that serves the same tasks. */
  spawn: () => WorkerPort;
  workers: number; // all started at once
}

export interface JobOptions {
  onProgress?: (done: number, parts: number) => void;
  /** How far a part is that a worker has in hand, 0 to 1, where its task tells. */
  onPartProgress?: (index: number, share: number) => void;
  /** Ends the job at once with the signal's reason; a worker finishes the part it is at, and the pool stays usable. */
  signal?: AbortSignal;
}

/** Workers that share out the parts of jobs; results come in the order of the parts, whatever the number of workers. */
export interface Pool {
  readonly workers: number;
  /** All results of a job, `Result[] // [part]`. An error in a worker rejects with that error as cause. */
  run: <Common, Part, Result>(
    task: Task<Common, Part, Result>,
    common: Common,
    parts: readonly Part[],
    options?: JobOptions,
  ) => Promise<Result[]>;
  /** Gives results to `take` in the order of the parts and keeps none; at most `4 x workers` parts are ahead of it. */
  fold: <Common, Part, Result>(
    task: Task<Common, Part, Result>,
    common: Common,
    parts: readonly Part[],
    take: (result: Result, index: number) => void,
    options?: JobOptions,
  ) => Promise<void>;
  /** Ends the workers; jobs that run are rejected. */
  close: () => Promise<void>;
}

const AHEAD = 4; // parts per worker that may wait for an earlier one to be taken

interface Job {
  id: number;
  task: AnyTask;
  common: unknown;
  parts: readonly unknown[];
  take: (result: unknown, index: number) => void;
  onProgress?: (done: number, parts: number) => void;
  onPartProgress?: (index: number, share: number) => void;
  next: number; // the first part that no worker has
  taken: number; // results given to `take`
  waiting: Map<number, unknown>; // results that came before an earlier one
  settle: (outcome: { error: unknown } | undefined) => void;
}

interface Worker {
  port: WorkerPort;
  known: Set<number>; // jobs that it has opened
  at: { job: number; index: number } | undefined;
}

/**
 * A pool of workers for tasks given by name.
 *
 * Jobs are served in the order they were asked, parts in order, one per worker at a time. A worker that ends rejects the job whose part it had, and is
 * replaced when there is work. Workers own their memory: what they get and give is copied or moved, never shared.
 */
export function createPool(options: PoolOptions): Pool {
  const pool = new WorkerPool(options);
  return {
    workers: options.workers,
    fold: (task, common, parts, take, job) => pool.fold(task, common, parts, take as (result: unknown, index: number) => void, job),
    run: async (task, common, parts, job) => {
      const results = parts.map(() => undefined as never);
      await pool.fold(task, common, parts, (result, index) => (results[index] = result as never), job);
      return results;
    },
    close: () => pool.close(),
  };
}

class WorkerPool {
  readonly #spawn: () => WorkerPort;
  readonly #workers: (Worker | undefined)[];
  readonly #jobs = new Map<number, Job>();
  #asked = 0;
  #closed = false;

  constructor({ spawn, workers }: PoolOptions) {
    if (!(workers >= 1)) throw new Error("a pool has at least one worker");
    this.#spawn = spawn;
    this.#workers = Array.from({ length: workers }, (_, place) => this.#start(place));
  }

  async fold(
    task: AnyTask,
    common: unknown,
    parts: readonly unknown[],
    take: (result: unknown, index: number) => void,
    { onProgress, onPartProgress, signal }: JobOptions = {},
  ): Promise<void> {
    if (this.#closed) throw new Error("the pool is closed");
    signal?.throwIfAborted();
    if (parts.length === 0) return;
    const id = this.#asked++;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const settle: Job["settle"] = (outcome) => {
      if (!this.#jobs.delete(id)) return;
      for (const worker of this.#workers) if (worker?.known.delete(id)) this.#post(worker, { kind: "close", job: id });
      if (outcome) reject(outcome.error);
      else resolve();
    };
    const onAbort = (): void => settle({ error: signal!.reason });
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#jobs.set(id, { id, task, common, parts, take, onProgress, onPartProgress, next: 0, taken: 0, waiting: new Map(), settle });
    this.#share();
    try {
      await promise;
    } finally {
      signal?.removeEventListener("abort", onAbort);
      this.#share();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#jobs.values()) job.settle({ error: new Error("the pool was closed while a job ran") });
    await Promise.all(this.#workers.map((worker) => worker?.port.terminate()));
    this.#workers.fill(undefined);
  }

  #start(place: number): Worker {
    const port = this.#spawn();
    const worker: Worker = { port, known: new Set(), at: undefined };
    port.onMessage((message) => this.#hear(worker, message as FromWorker));
    port.onEnd((cause) => {
      if (this.#workers[place] !== worker) return;
      this.#workers[place] = undefined;
      void port.terminate();
      const lost = worker.at && this.#jobs.get(worker.at.job);
      lost?.settle({ error: new Error(`a worker ended while it did part ${worker.at!.index} of the task ${lost.task.name}`, { cause }) });
    });
    return worker;
  }

  /** Gives parts to idle workers, the earliest job first. */
  #share(): void {
    for (let place = 0; place < this.#workers.length; place++) {
      if (this.#closed || this.#workers[place]?.at) continue;
      const job = [...this.#jobs.values()].find(
        ({ next, taken, parts }) => next < Math.min(parts.length, taken + AHEAD * this.#workers.length),
      );
      if (!job) return;
      const worker = (this.#workers[place] ??= this.#start(place));
      try {
        if (!worker.known.has(job.id)) this.#post(worker, { kind: "open", job: job.id, task: job.task.name, common: job.common });
        worker.known.add(job.id);
        this.#post(worker, { kind: "part", job: job.id, index: job.next, part: job.parts[job.next] });
        worker.at = { job: job.id, index: job.next++ };
        worker.port.busy?.(true);
      } catch (cause) {
        job.settle({ error: new Error(`what the task ${job.task.name} was given cannot go to a worker`, { cause }) });
        place--;
      }
    }
  }

  #hear(worker: Worker, message: FromWorker): void {
    if (message.kind === "progress") return this.#jobs.get(message.job)?.onPartProgress?.(message.index, message.share);
    worker.at = undefined;
    worker.port.busy?.(false);
    const job = this.#jobs.get(message.job);
    if (job && message.kind === "failed")
      job.settle({ error: new Error(`part ${message.index} of the task ${job.task.name} failed in a worker`, { cause: message.cause }) });
    else if (job && message.kind === "done") {
      job.waiting.set(message.index, message.result);
      this.#take(job);
    }
    this.#share();
  }

  #take(job: Job): void {
    try {
      while (job.waiting.has(job.taken)) {
        const result = job.waiting.get(job.taken);
        job.waiting.delete(job.taken);
        job.take(result, job.taken++);
        job.onProgress?.(job.taken, job.parts.length);
      }
    } catch (error) {
      job.settle({ error });
    }
    if (job.taken === job.parts.length) job.settle(undefined);
  }

  #post(worker: Worker, message: ToWorker): void {
    worker.port.post(message, []);
  }
}
