import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import type { Workspace } from "@watershed/domain";
import { figureMaterial, figureOnPool, startWorkers } from "@watershed/workbench";
import type { Figure, FigureName, FigureOptions, WorkerPool } from "@watershed/workbench";
import { Refusal } from "./refusal.ts";

export interface Asked {
  name: FigureName;
  options: FigureOptions;
}

export interface FigureDeskOptions {
  workers?: number;
  perUser?: number; // figures that one user may have asked for and not got yet
  keptBytes?: number; // of results that are kept
}

/** Where figures are asked for: one is computed once, on a worker thread, in turn among those who wait. */
export interface FigureDesk {
  /** The figure, from what is kept or computed now; refused `tooMany` where a user has too many in hand. `onProgress` hears of 0 to 1. */
  ask(
    user: string,
    workspace: Workspace,
    asked: Asked,
    hears?: { onProgress?: (share: number) => void; signal?: AbortSignal },
  ): Promise<Figure>;
  readonly waiting: number;
  readonly running: number;
  /** How many have been computed since the start. */
  readonly computed: number;
  close(): Promise<void>;
}

interface Job {
  name: string;
  user: string;
  workspace: Workspace;
  asked: Asked;
  hearers: Set<(share: number) => void>;
  wanted: number; // who still waits for it
  share: number;
  result: PromiseWithResolvers<Figure>;
}

export function openFigureDesk(options: FigureDeskOptions = {}): FigureDesk {
  return new Desk(options);
}

class Desk implements FigureDesk {
  readonly #pool: WorkerPool;
  readonly #perUser: number;
  readonly #kept: KeptFigures;
  readonly #jobs = new Map<string, Job>();
  readonly #queues = new Map<string, Job[]>(); // user -> jobs that wait; users in turn
  #running = 0;
  #computed = 0;
  #closed = false;

  constructor({ workers = Math.max(1, availableParallelism() - 1), perUser = 8, keptBytes = 24 * 1_048_576 }: FigureDeskOptions) {
    this.#pool = startWorkers(workers);
    this.#perUser = perUser;
    this.#kept = new KeptFigures(keptBytes);
  }

  get waiting(): number {
    return [...this.#queues.values()].reduce((sum, queue) => sum + queue.length, 0);
  }

  get running(): number {
    return this.#running;
  }

  get computed(): number {
    return this.#computed;
  }

  async ask(
    user: string,
    workspace: Workspace,
    asked: Asked,
    { onProgress, signal }: { onProgress?: (share: number) => void; signal?: AbortSignal } = {},
  ): Promise<Figure> {
    if (this.#closed) throw new Refusal("stopping");
    const name = nameOf(workspace, asked);
    const kept = this.#kept.find(name);
    if (kept) return kept;
    const job = this.#jobs.get(name) ?? this.#enqueue(name, user, workspace, asked);
    job.wanted++;
    if (onProgress) {
      job.hearers.add(onProgress);
      onProgress(job.share);
    }
    const leave = (): void => {
      if (onProgress) job.hearers.delete(onProgress);
      if (--job.wanted === 0) this.#dropWaiting(job);
    };
    const left = Promise.withResolvers<never>();
    const onAbort = (): void => left.reject(signal!.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      signal?.throwIfAborted();
      return await (signal ? Promise.race([job.result.promise, left.promise]) : job.result.promise);
    } finally {
      signal?.removeEventListener("abort", onAbort);
      leave();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#jobs.values()) job.result.reject(new Refusal("stopping"));
    this.#jobs.clear();
    this.#queues.clear();
    await this.#pool.close();
  }

  #enqueue(name: string, user: string, workspace: Workspace, asked: Asked): Job {
    const mine = [...this.#jobs.values()].filter((job) => job.user === user);
    if (mine.length >= this.#perUser) throw new Refusal("tooMany", { seconds: 2 });
    const job: Job = { name, user, workspace, asked, hearers: new Set(), wanted: 0, share: 0, result: Promise.withResolvers<Figure>() };
    job.result.promise.catch(() => {}); // whoever waits says so
    this.#jobs.set(name, job);
    this.#queues.set(user, [...(this.#queues.get(user) ?? []), job]);
    this.#next();
    return job;
  }

  /** A job that nobody waits for any more and that no worker has begun is not begun. */
  #dropWaiting(job: Job): void {
    const queue = this.#queues.get(job.user) ?? [];
    if (!queue.includes(job)) return;
    this.#jobs.delete(job.name);
    this.#setQueue(
      job.user,
      queue.filter((other) => other !== job),
    );
  }

  /** Users take turns: whoever was served goes to the end. */
  #next(): void {
    while (this.#running < this.#pool.workers && this.#queues.size > 0) {
      const [user, [job, ...rest]] = this.#queues.entries().next().value!;
      this.#queues.delete(user);
      this.#setQueue(user, rest);
      void this.#run(job);
    }
  }

  #setQueue(user: string, queue: Job[]): void {
    if (queue.length === 0) this.#queues.delete(user);
    else this.#queues.set(user, queue);
  }

  async #run(job: Job): Promise<void> {
    this.#running++;
    const onProgress = (share: number): void => {
      job.share = share;
      for (const hear of job.hearers) hear(share);
    };
    try {
      const figure = await figureOnPool(this.#pool, job.workspace, job.asked, { onProgress });
      this.#computed++;
      this.#kept.keep(job.name, figure);
      job.result.resolve(figure);
    } catch (error) {
      job.result.reject(this.#closed ? new Refusal("stopping") : error);
    } finally {
      this.#running--;
      this.#jobs.delete(job.name);
      if (!this.#closed) this.#next();
    }
  }
}

/** Results by name, those longest unasked going first when there are too many. */
class KeptFigures {
  readonly #figures = new Map<string, { figure: Figure; bytes: number }>();
  readonly #limit: number;
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  find(name: string): Figure | undefined {
    const found = this.#figures.get(name);
    if (!found) return undefined;
    this.#figures.delete(name);
    this.#figures.set(name, found);
    return found.figure;
  }

  keep(name: string, figure: Figure): void {
    const bytes = JSON.stringify(figure).length;
    this.#figures.set(name, { figure, bytes });
    this.#bytes += bytes;
    for (const [oldest, { bytes: freed }] of this.#figures) {
      if (this.#bytes <= this.#limit || oldest === name) return;
      this.#figures.delete(oldest);
      this.#bytes -= freed;
    }
  }
}

const hashes = new WeakMap<Workspace, string>();

/** What was asked of what: the same name, the same figure, whoever asks and whatever else changed in the workspace meanwhile. */
function nameOf(workspace: Workspace, { name, options }: Asked): string {
  const hash =
    hashes.get(workspace) ??
    createHash("sha256")
      .update(JSON.stringify(figureMaterial(workspace)))
      .digest("hex");
  hashes.set(workspace, hash);
  const given = Object.entries(options)
    .filter(([, option]) => option !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `${hash} ${name} ${JSON.stringify(given)}`;
}
