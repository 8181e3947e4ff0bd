import { MessageChannel } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { createPool } from "./pool.ts";
import type { AnyTask, Task, WorkerPort } from "./pool-task.ts";
import { serveTasks } from "./serve-tasks.ts";

/** Squares after as many turns of the event loop as the part says, so that later parts can overtake earlier ones. */
const squareLater: Task<{ add: number }, { amount: number; turns: number }, number> = {
  name: "square-later",
  prepare:
    ({ add }) =>
    async ({ amount, turns }) => {
      for (let turn = 0; turn < turns; turn++) await nextTurn();
      if (amount < 0) throw new RangeError(`${amount} is below zero`);
      return { result: amount * amount + add };
    },
};
const fill: Task<null, number, Float64Array> = {
  name: "fill",
  prepare: () => (length) => {
    const result = new Float64Array(length).fill(length);
    return { result, transfer: [result.buffer] };
  },
};
const unknownToWorkers: Task<null, null, null> = { name: "unknown", prepare: () => () => ({ result: null }) };

const parts = Array.from({ length: 50 }, (_, amount) => ({ amount, turns: (amount * 7) % 5 }));
const squares = parts.map(({ amount }) => amount * amount + 1);

describe("results", () => {
  test.each([1, 2, 4, 7])("come in the order of the parts from %i workers, however long each takes", async (workers) => {
    const pool = createPool({ spawn: inProcess([squareLater]), workers });
    expect(await pool.run(squareLater, { add: 1 }, parts)).toEqual(squares);
    await pool.close();
  });

  test("of several jobs at once do not mix, and no parts are no work", async () => {
    const pool = createPool({ spawn: inProcess([squareLater]), workers: 2 });
    const jobs = [1, 2, 3].map((add) => pool.run(squareLater, { add }, parts));
    expect(await Promise.all(jobs)).toEqual([1, 2, 3].map((add) => squares.map((square) => square - 1 + add)));
    expect(await pool.run(squareLater, { add: 0 }, [])).toEqual([]);
  });

  test("are folded in order, at most four parts per worker ahead of the one that is due", async () => {
    const started: number[] = [];
    const slowFirst: Task<null, number, number> = {
      name: "slow-first",
      prepare: () => async (part) => {
        started.push(part);
        for (let turn = 0; turn < (part === 0 ? 200 : 0); turn++) await nextTurn();
        return { result: part };
      },
    };
    const pool = createPool({ spawn: inProcess([slowFirst]), workers: 2 });
    const taken: number[] = [];
    let ahead = 0;
    await pool.fold(
      slowFirst,
      null,
      parts.map((_, index) => index),
      (result) => {
        if (result === 0) ahead = started.length;
        taken.push(result);
      },
    );
    expect(ahead).toBe(8);
    expect(taken).toEqual(parts.map((_, index) => index));
  });

  test("keep the buffers they move, and a worker makes new ones", async () => {
    const pool = createPool({ spawn: inProcess([fill]), workers: 2 });
    expect(await pool.run(fill, null, [3, 1, 3])).toEqual([3, 1, 3].map((length) => new Float64Array(length).fill(length)));
  });

  test("tell how far they are", async () => {
    const pool = createPool({ spawn: inProcess([squareLater]), workers: 3 });
    const seen: number[][] = [];
    await pool.run(squareLater, { add: 0 }, parts.slice(0, 4), { onProgress: (done, all) => seen.push([done, all]) });
    expect(seen).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
  });
});

describe("cancellation", () => {
  test("rejects with the signal's reason, does not begin another part, and leaves the pool usable", async () => {
    const begun: number[] = [];
    const counting: Task<null, number, number> = {
      name: "counting",
      prepare: () => async (part) => {
        begun.push(part);
        for (let turn = 0; turn < 5; turn++) await nextTurn();
        return { result: part };
      },
    };
    const pool = createPool({ spawn: inProcess([counting]), workers: 2 });
    const abort = new AbortController();
    const reason = new Error("the page moved on");
    let begunBefore = Infinity;
    const job = pool.run(counting, null, [...parts.keys()], {
      signal: abort.signal,
      onProgress: (done) => {
        if (done !== 10) return;
        begunBefore = begun.length;
        abort.abort(reason);
      },
    });
    await expect(job).rejects.toBe(reason);
    for (let turn = 0; turn < 50; turn++) await nextTurn();
    expect(begun.length).toBe(begunBefore);
    expect(await pool.run(counting, null, [5, 6])).toEqual([5, 6]);
    await expect(pool.run(counting, null, [1], { signal: abort.signal })).rejects.toBe(reason);
  });
});

describe("failure", () => {
  test("of a part rejects its job with the cause; other jobs and later ones go on", async () => {
    const pool = createPool({ spawn: inProcess([squareLater]), workers: 2 });
    const bad = pool.run(squareLater, { add: 1 }, [...parts.slice(0, 5), { amount: -3, turns: 0 }]);
    const good = pool.run(squareLater, { add: 1 }, parts);
    await expect(bad).rejects.toThrow("part 5 of the task square-later failed in a worker");
    await expect(bad).rejects.toMatchObject({ cause: { name: "RangeError", message: "-3 is below zero" } });
    expect(await good).toEqual(squares);
  });

  test("of an unknown task, of what cannot be sent, and of the one who takes results", async () => {
    const pool = createPool({ spawn: inProcess([squareLater]), workers: 1 });
    await expect(pool.run(unknownToWorkers, null, [null])).rejects.toMatchObject({
      cause: { message: "this worker knows no task named unknown" },
    });
    await expect(pool.run(squareLater, { add: 1, extra: () => 1 } as { add: number }, parts)).rejects.toThrow("cannot go to a worker");
    const error = new Error("the disk is full");
    const job = pool.fold(squareLater, { add: 1 }, parts, () => {
      throw error;
    });
    await expect(job).rejects.toBe(error);
    expect(await pool.run(squareLater, { add: 1 }, parts)).toEqual(squares);
  });

  test("of a worker rejects the job that it had, and another takes its place", async () => {
    const ends: ((cause: unknown) => void)[] = [];
    const spawn = (): WorkerPort => ({ ...inProcess([squareLater])(), onEnd: (listener) => ends.push(listener) });
    const pool = createPool({ spawn, workers: 1 });
    const job = pool.run(squareLater, { add: 1 }, parts);
    const cause = new Error("out of memory");
    ends[0](cause);
    await expect(job).rejects.toMatchObject({ cause });
    expect(await pool.run(squareLater, { add: 1 }, parts)).toEqual(squares);
    expect(ends.length).toBe(2);
  });

  test("a closed pool rejects what runs and what is asked later", async () => {
    const pool = createPool({ spawn: inProcess([squareLater]), workers: 2 });
    const job = pool.run(squareLater, { add: 1 }, parts);
    const [outcome] = await Promise.allSettled([job, pool.close()]);
    expect(outcome).toMatchObject({ status: "rejected", reason: { message: "the pool was closed while a job ran" } });
    await expect(pool.run(squareLater, { add: 1 }, parts)).rejects.toThrow("the pool is closed");
  });
});

/** A worker in the same process: messages are structured clones, each in a turn of its own. */
function inProcess(tasks: AnyTask[]): () => WorkerPort {
  return () => {
    const { port1, port2 } = new MessageChannel();
    const listen = (port: MessagePort, listener: (message: unknown) => void): void => void port.on("message", listener).unref();
    serveTasks(
      { post: (message, transfer) => port2.postMessage(message, transfer), onMessage: (listener) => listen(port2, listener) },
      tasks,
    );
    return {
      post: (message, transfer) => port1.postMessage(message, transfer),
      onMessage: (listener) => listen(port1, listener),
      onEnd: () => {},
      terminate: () => port1.close(),
    };
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
