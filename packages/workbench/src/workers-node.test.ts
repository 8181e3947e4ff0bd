import { accumulate, assignDimensions, simulate, simulateOnPool } from "@watershed/engine";
import type { Accumulation, Draws, Pool, SimulationOptions } from "@watershed/engine";
import { check } from "@watershed/formula";
import { afterAll, describe, expect, test } from "vitest";
import { startWorkers } from "./workers-node.ts";

const sources = {
  market: "lognormal(0, 0.7)",
  share: "beta(2, 5)",
  launch: "orNever(normal(2026-01-01, 1 year), 20%)",
  margin: "uniform(-10%, 40%)",
  worth: "market * share ^ 0.8 * exp(margin) if launch by 2027-01-01 else 0",
  root: "sqrt(margin)",
  nothing: "sqrt(0 - market)",
  steady: "3",
};
const { program, problems } = check(
  Object.entries(sources).map(([name, source]) => ({ name, source })),
  { currency: "USD", rates: { USD: 1 }, today: 20_000 },
);
const { dimensions } = assignDimensions(program.streams, []);
const options: SimulationOptions = { seed: 5, shards: 20, shardSize: 1024, dimensions };
const direct = simulate(program, {}, options);
const pools = [1, 2, 4].map((workers) => startWorkers(workers));
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

test("the formulas of this test are sound", () => expect(problems).toEqual([]));

describe.each(pools.map((pool): [number, Pool] => [pool.workers, pool]))("on %i worker threads", (_, pool) => {
  test("simulate gives the bytes that it gives alone", async () => {
    const shards: number[] = [];
    const draws = await simulateOnPool(pool, program, {}, { ...options, onShard: (done) => shards.push(done) });
    expect(bytesOf(draws)).toEqual(bytesOf(direct));
    expect({ ...draws, columns: 0 }).toEqual({ ...direct, columns: 0 });
    expect(shards).toEqual(Array.from({ length: 20 }, (__, shard) => shard + 1));
  });

  test("accumulate gives the moments of the columns", async () => {
    expectMomentsOf(await accumulate(pool, program, {}, options), direct);
  });
});

test("accumulated figures have the same bits with any number of workers", async () => {
  const [one, ...others] = await Promise.all(pools.map((pool) => accumulate(pool, program, {}, options)));
  for (const other of others) expect(other).toEqual(one);
});

test("standard errors come from sixteen replicates of whole shards", async () => {
  const { columns } = await accumulate(pools[1], program, {}, { ...options, shards: 32, keep: ["market"] });
  const draws = simulate(program, {}, { ...options, shards: 32, keep: ["market"] }).columns.get("market")!;
  const means = Array.from({ length: 16 }, (_, replicate) => mean(draws.subarray(replicate * 2048, (replicate + 1) * 2048)));
  const variance = means.reduce((sum, one) => sum + (one - mean(means)) ** 2, 0) / 15;
  expect(columns.get("market")!.moments!.standardError).toBeCloseTo(Math.sqrt(variance / 16), 12);
  const single = await accumulate(pools[1], program, {}, { ...options, shards: 1, keep: ["market"] });
  expect(single.columns.get("market")!.moments!.standardError).toBe(Infinity);
});

test("a run that is cancelled ends at once with the reason, and the pool goes on", async () => {
  const abort = new AbortController();
  const reason = new Error("the slider moved");
  const job = accumulate(
    pools[1],
    program,
    {},
    { ...options, shards: 1000, onShard: (done) => done === 3 && abort.abort(reason) },
    { signal: abort.signal },
  );
  await expect(job).rejects.toBe(reason);
  expectMomentsOf(await accumulate(pools[1], program, {}, options), direct);
});

test("an error in a worker comes out with its cause, and the pool goes on", async () => {
  const job = accumulate(pools[1], program, {}, { ...options, dimensions: new Map() });
  await expect(job).rejects.toThrow("the task accumulate-shard failed in a worker");
  await expect(job).rejects.toMatchObject({ cause: { message: expect.stringContaining("no Sobol dimension was given to stream") } });
  expectMomentsOf(await accumulate(pools[1], program, {}, options), direct);
});

test("a worker whose module cannot be loaded rejects the job with the cause", async () => {
  const pool = startWorkers(1, new URL("no-such-module.ts", import.meta.url));
  await expect(accumulate(pool, program, {}, options)).rejects.toMatchObject({
    cause: { message: expect.stringContaining("no-such-module") },
  });
  await pool.close();
});

function bytesOf(draws: Draws): Record<string, Buffer> {
  return Object.fromEntries([...draws.columns].map(([name, column]) => [name, Buffer.from(column.buffer)]));
}

function expectMomentsOf(accumulation: Accumulation, draws: Draws): void {
  for (const [name, column] of draws.columns) {
    const { finite, infinite, undefinedDraws, moments } = accumulation.columns.get(name)!;
    const amounts = column.filter(Number.isFinite);
    expect({ name, finite, infinite, undefinedDraws }).toEqual({
      name,
      finite: amounts.length,
      infinite: column.filter((amount) => Math.abs(amount) === Infinity).length,
      undefinedDraws: column.filter(Number.isNaN).length,
    });
    if (amounts.length === 0) expect(moments).toBe(undefined);
    else {
      const centre = mean(amounts);
      const deviation = Math.sqrt(amounts.reduce((sum, amount) => sum + (amount - centre) ** 2, 0) / (amounts.length - 1));
      expect(moments!.mean / centre).toBeCloseTo(1, 12);
      expect(moments!.standardDeviation).toBeCloseTo(deviation, 12 - Math.ceil(Math.log10(1 + deviation)));
      expect([moments!.least, moments!.largest]).toEqual([Math.min(...amounts), Math.max(...amounts)]);
    }
  }
}

function mean(amounts: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < amounts.length; index++) sum += amounts[index];
  return sum / amounts.length;
}
