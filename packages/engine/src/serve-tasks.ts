import type { AnyTask, FromWorker, Port, PreparedTask, ToWorker } from "./pool-task.ts";

/** The whole life of a worker: prepares jobs, does their parts in the order they come, and posts results or failures. */
export function serveTasks(port: Port, tasks: readonly AnyTask[]): void {
  const jobs = new Map<number, Promise<PreparedTask<unknown, unknown>>>();
  port.onMessage((message) => {
    const order = message as ToWorker;
    if (order.kind === "open") {
      const prepared = prepare(tasks, order.task, order.common);
      prepared.catch(() => {}); // its parts say so
      jobs.set(order.job, prepared);
    }
    if (order.kind === "close") jobs.delete(order.job);
    if (order.kind === "part") void answer(port, order.job, order.index, jobs.get(order.job)!, order.part);
  });
}

async function prepare(tasks: readonly AnyTask[], name: string, common: unknown): Promise<PreparedTask<unknown, unknown>> {
  const task = tasks.find((candidate) => candidate.name === name);
  if (!task) throw new Error(`this worker knows no task named ${name}`);
  return task.prepare(common);
}

async function answer(
  port: Port,
  job: number,
  index: number,
  prepared: Promise<PreparedTask<unknown, unknown>>,
  part: unknown,
): Promise<void> {
  const post = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.post(message, transfer);
  try {
    const { result, transfer } = await (await prepared)(part, (share) => post({ kind: "progress", job, index, share }));
    post({ kind: "done", job, index, result }, transfer);
  } catch (cause) {
    try {
      post({ kind: "failed", job, index, cause });
    } catch {
      post({ kind: "failed", job, index, cause: new Error(String(cause)) });
    }
  }
}
