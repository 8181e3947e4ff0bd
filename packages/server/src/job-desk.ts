import { and, desc, eq, getTableColumns, inArray } from "drizzle-orm";
import { PgBoss } from "pg-boss";
import type { JobWithMetadata } from "pg-boss";
import type { Logger } from "pino";
import type { FigureName, FigureOptions, Store } from "@watershed/workbench";
import type { FigureDesk } from "./figure-desk.ts";
import * as tables from "./identity/tables.ts";
import { Refusal } from "./refusal.ts";
import { signsOfLife } from "./signs-of-life.ts";
import type { SignsOfLife } from "./signs-of-life.ts";

const { work } = tables;
export type Work = typeof work.$inferSelect;

/** Long work that outlives the process: written down before it is promised, taken up again by whichever process runs next. */
export interface JobDesk {
  ask(job: { workspace: string; change: number; task: FigureName; options: FigureOptions; askedBy: string }): Promise<Work>;
  of(workspace: string): Promise<Omit<Work, "result">[]>;
  find(workspace: string, id: string): Promise<Work | undefined>;
  cancel(workspace: string, id: string): Promise<boolean>;
  /** How far a job is that runs in this process, 0 to 1. */
  shareOf(id: string): number;
  /** Hears of every step of a job in this process and of its end; gives back how to stop hearing. */
  watch(id: string, hear: (share: number) => void): () => void;
  /** Hands what runs back to the queue and takes nothing more. */
  close(): Promise<void>;
}

export interface JobDeskOptions {
  heartbeatSeconds?: number; // after this long without a sign of life another process takes a job up; at least 10
  pollSeconds?: number;
  waitingPerUser?: number;
}

const queue = "figure";
/** Times a job is begun before it counts as failed; a stop of the server does not count, a crash does. */
const mostAttempts = 5;
/** A database may notice a moment late that a process is gone; later still its jobs are found by their heartbeat. */
const momentsToLookAgainMilliseconds = [500, 1500, 4000];

interface Parts {
  store: Store;
  figures: FigureDesk;
  log: Logger;
}

export async function openJobDesk(parts: Parts, options: JobDeskOptions = {}): Promise<JobDesk> {
  const boss = await startedBoss(parts.store, parts.log, options);
  const desk = new Desk(parts, boss, options.waitingPerUser ?? 20);
  await desk.takeUp(momentsToLookAgainMilliseconds);
  await boss.work(queue, { includeMetadata: true, batchSize: 1, pollingIntervalSeconds: options.pollSeconds ?? 1 }, async ([job]) =>
    desk.do(job as JobWithMetadata<object>),
  );
  return desk;
}

class Desk implements JobDesk {
  readonly #parts: Parts;
  readonly #boss: PgBoss;
  readonly #waitingPerUser: number;
  readonly #signs: SignsOfLife;
  readonly #running = new Map<string, { abort: AbortController; share: number }>();
  readonly #hearers = new Map<string, Set<(share: number) => void>>();
  #isStopping = false;
  #lookingAgain: NodeJS.Timeout | undefined;

  constructor(parts: Parts, boss: PgBoss, waitingPerUser: number) {
    this.#parts = parts;
    this.#boss = boss;
    this.#waitingPerUser = waitingPerUser;
    this.#signs = signsOfLife(parts.store);
  }

  async ask(job: Parameters<JobDesk["ask"]>[0]): Promise<Work> {
    const { drizzle } = this.#parts.store.database;
    const open = and(eq(work.askedBy, job.askedBy), inArray(work.state, ["queued", "running"]));
    if ((await drizzle.$count(work, open)) >= this.#waitingPerUser) throw new Refusal("tooMany", { seconds: 30 });
    const id = crypto.randomUUID();
    const [row] = await drizzle
      .insert(work)
      .values({ ...job, id, state: "queued" })
      .returning();
    await this.#boss.send(queue, {}, { id });
    return row;
  }

  of(workspace: string): Promise<Omit<Work, "result">[]> {
    const { result: _, ...columns } = getTableColumns(work);
    const { drizzle } = this.#parts.store.database;
    return drizzle.select(columns).from(work).where(eq(work.workspace, workspace)).orderBy(desc(work.askedAt)).limit(200);
  }

  async find(workspace: string, id: string): Promise<Work | undefined> {
    const { drizzle } = this.#parts.store.database;
    const [row] = await drizzle
      .select()
      .from(work)
      .where(and(eq(work.workspace, workspace), eq(work.id, id)));
    return row;
  }

  async cancel(workspace: string, id: string): Promise<boolean> {
    const ended = await this.#parts.store.database.drizzle
      .update(work)
      .set({ state: "cancelled", endedAt: new Date() })
      .where(and(eq(work.workspace, workspace), eq(work.id, id), inArray(work.state, ["queued", "running"])))
      .returning({ id: work.id });
    if (ended.length === 0) return false;
    await this.#boss.cancel(queue, id);
    this.#running.get(id)?.abort.abort(new Error("cancelled"));
    return true;
  }

  shareOf(id: string): number {
    return this.#running.get(id)?.share ?? 0;
  }

  watch(id: string, hear: (share: number) => void): () => void {
    const heard = this.#hearers.get(id) ?? new Set();
    this.#hearers.set(id, heard.add(hear));
    return () => {
      heard.delete(hear);
      if (heard.size === 0) this.#hearers.delete(id);
    };
  }

  async close(): Promise<void> {
    this.#isStopping = true;
    for (const { abort } of this.#running.values()) abort.abort(new Refusal("stopping"));
    clearTimeout(this.#lookingAgain);
    await this.#boss.stop({ graceful: true, timeout: 5000, close: false });
    await this.#signs.close();
  }

  /** Puts into the queue what a process that is gone was at, or wrote down and never sent; looks again a few times where somebody seems to be at it. */
  async takeUp([soon, ...later]: number[]): Promise<void> {
    const open = this.#parts.store.database.drizzle
      .select({ id: work.id })
      .from(work)
      .where(inArray(work.state, ["queued", "running"]));
    const taken: string[] = [];
    for (const { id } of await open) {
      const [job] = await this.#boss.findJobs(queue, { id });
      if (!job) await this.#boss.send(queue, {}, { id });
      else if (job.state === "active") taken.push(id);
    }
    const abandoned = await this.#signs.abandoned(taken);
    if (abandoned.length > 0) await this.#boss.fail(queue, abandoned);
    if (abandoned.length === taken.length || soon === undefined || this.#isStopping) return;
    const again = (): void => void this.takeUp(later).catch((err: unknown) => this.#parts.log.error({ err }, "jobs were not looked for"));
    this.#lookingAgain = setTimeout(again, soon);
  }

  /** One job that the queue gives this process. */
  async do(job: JobWithMetadata<object>): Promise<void> {
    if (this.#isStopping) throw new Refusal("stopping");
    const running = { abort: new AbortController(), share: 0 };
    this.#running.set(job.id, running);
    await this.#signs.show(job.id);
    const onProgress = (share: number): void => {
      running.share = share;
      for (const hear of this.#hearers.get(job.id) ?? []) hear(share);
    };
    try {
      await carryOut(this.#parts, job, AbortSignal.any([running.abort.signal, job.signal]), onProgress);
    } finally {
      this.#running.delete(job.id);
      await this.#signs.drop(job.id);
    }
  }
}

async function startedBoss(store: Store, log: Logger, options: JobDeskOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    schema: "pgboss",
    backend: store.database.kind === "pglite" ? "pglite" : "postgres",
    db: { executeSql: (text, values) => everyRow(store, text, values) },
    schedule: false,
    monitorIntervalSeconds: 5,
    superviseIntervalSeconds: 5,
  });
  boss.on("error", (error) => log.error({ err: error }, "the job queue met an error"));
  await boss.start();
  await boss.createQueue(queue, {
    retryLimit: 1000, // we count ourselves
    retryDelay: 0,
    expireInSeconds: 3600,
    heartbeatSeconds: options.heartbeatSeconds ?? 15,
  });
  return boss;
}

/** A text of several statements gives the rows of all of them. */
async function everyRow({ database }: Store, text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
  const found = await database.pool.query(text, values);
  return Array.isArray(found) ? { rows: (found as { rows: unknown[] }[]).flatMap(({ rows }) => rows) } : found;
}

/** One job: its figure computed from the workspace as it was when it was asked for. A stop hands it back; anything else that fails is tried again. */
async function carryOut(
  { store, figures, log }: Parts,
  job: JobWithMetadata<object>,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<void> {
  const { drizzle } = store.database;
  const settle = async (fields: Partial<Work>): Promise<void> => {
    await drizzle
      .update(work)
      .set(fields)
      .where(and(eq(work.id, job.id), inArray(work.state, ["queued", "running"])));
  };
  const [row] = await drizzle.select().from(work).where(eq(work.id, job.id));
  if (!row || !["queued", "running"].includes(row.state)) return;
  const attempts = row.attempts + 1;
  if (attempts > mostAttempts) return settle({ state: "failed", problem: { code: "failed" }, endedAt: new Date() });
  await settle({ state: "running", attempts });
  try {
    const found = await store.readWorkspace(row.workspace, { asOf: row.change });
    if (!found) throw new Refusal("notFound");
    const asked = { name: row.task as FigureName, options: row.options as FigureOptions };
    const result = await figures.ask(`job ${row.askedBy}`, found.workspace, asked, { onProgress, signal });
    await settle({ state: "done", result, endedAt: new Date() });
  } catch (error) {
    const isStop = error instanceof Refusal && error.code === "stopping";
    if (!isStop) log.warn({ err: error, job: job.id, attempts }, "a job failed");
    await settle({ state: "queued", attempts: isStop ? row.attempts : attempts });
    throw error;
  }
}
