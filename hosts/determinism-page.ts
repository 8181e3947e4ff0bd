import { accumulate, createPool, simulate, simulateOnPool, webWorkerPort } from "@watershed/engine";
import type { Pool, WebWorker } from "@watershed/engine";
import { columnHashes, summaryHashes } from "./column-hashes.ts";
import { richRun } from "./rich-program.ts";

export interface HostHashes {
  alone: Record<string, string>;
  /** By number of workers: hashes of the columns, and of the accumulated figures. */
  shared: Record<number, { columns: Record<string, string>; figures: Record<string, string> }>;
}

/** What a page is asked for: the hashes of the rich run, drawn by the page alone and by one and two Web Workers. */
export async function run(): Promise<HostHashes> {
  const { Worker } = globalThis as unknown as { Worker: new (url: URL, options: { type: "module" }) => WebWorker };
  const spawn = () => webWorkerPort(new Worker(new URL("./determinism-worker.ts", import.meta.url), { type: "module" }));
  return hostHashes([1, 2], (workers) => createPool({ spawn, workers }));
}

/** The hashes of the rich run in this host, by pools of so many workers. */
export async function hostHashes(numbers: number[], start: (workers: number) => Pool): Promise<HostHashes> {
  const { program, beliefs, options } = richRun();
  const shared: HostHashes["shared"] = {};
  for (const workers of numbers) {
    const pool = start(workers);
    const columns = await columnHashes(await simulateOnPool(pool, program, beliefs, options));
    shared[workers] = { columns, figures: await summaryHashes(await accumulate(pool, program, beliefs, options)) };
    await pool.close();
  }
  return { alone: await columnHashes(simulate(program, beliefs, options)), shared };
}
