import type { Program } from "@watershed/formula";
import type { Beliefs } from "./belief.ts";
import type { Draws, SimulationOptions } from "./draws.ts";
import { withDummies } from "./dummies.ts";
import { keptColumns } from "./kept-columns.ts";
import type { JobOptions, Pool } from "./pool.ts";
import type { Task } from "./pool-task.ts";
import { engineFor, engineVersions, shardColumns } from "./shard-columns.ts";
import { undefinedDraws } from "./undefined-draws.ts";

/** What every shard of a run shares. */
export interface ShardedRun {
  program: Program;
  beliefs: Beliefs;
  options: Omit<SimulationOptions, "onShard">;
}

/** One shard of `simulate`: its kept columns one behind the other, in the order of their names. */
export const simulateShard: Task<ShardedRun, number, Float64Array | Float32Array> = {
  name: "simulate-shard",
  prepare: ({ program, beliefs, options }) => {
    const source = shardColumns(program, beliefs, options);
    return (shard) => {
      source.run(shard);
      const columns = source.names.map(source.column);
      const length = columns.length * source.shardSize;
      const result = columns[0] instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
      columns.forEach((column, place) => result.set(column, place * source.shardSize));
      return { result, transfer: [result.buffer] };
    };
  },
};

/** `simulate` on the workers of a pool, the same bytes; its shards are drawn by the workers and put together here. */
export async function simulateOnPool(
  pool: Pool,
  program: Program,
  beliefs: Beliefs,
  { onShard, ...asked }: SimulationOptions,
  job: JobOptions = {},
): Promise<Draws> {
  const options = { ...asked, engine: engineFor(asked) };
  const { seed, shards, shardSize = 16_384, keep: names = Object.keys(program.columns) } = options;
  const columns = keptColumns(program, names, shards * shardSize);
  const infinite = new Set<Float64Array>();
  const put = (drawn: Float64Array | Float32Array, shard: number): void => {
    for (const [place, name] of names.entries()) {
      const part = drawn.subarray(place * shardSize, (place + 1) * shardSize);
      const column = columns.get(name)!;
      column.set(part, shard * shardSize);
      if (!part.every(Number.isFinite)) infinite.add(column);
    }
    onShard?.(shard + 1, shards);
  };
  const everyShard = Array.from({ length: shards }, (_, shard) => shard);
  await pool.fold(simulateShard, { program, beliefs, options }, everyShard, put, job);
  const draws = { engine: engineVersions[options.engine], seed, shards, shardSize, program, columns };
  return withDummies({ ...draws, infinite, undefinedDraws: undefinedDraws(draws, beliefs, options) });
}
