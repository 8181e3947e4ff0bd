import type { Program } from "@watershed/formula";
import { square } from "@watershed/probability";
import type { Beliefs } from "./belief.ts";
import { joinMoments, measureColumn, momentsAt, momentsLength, noMoments } from "./column-moments.ts";
import type { ColumnMoments } from "./column-moments.ts";
import type { Sharding, SimulationOptions } from "./draws.ts";
import type { JobOptions, Pool } from "./pool.ts";
import type { Task } from "./pool-task.ts";
import { shardColumns } from "./shard-columns.ts";
import type { ShardedRun } from "./simulate-on-pool.ts";

/** What is known of columns whose draws were not kept. */
export interface Accumulation extends Sharding {
  seed: number;
  columns: Map<string, ColumnSummary>;
}

/** One column of very many draws: how many were finite, infinite (a date that never comes) and undefined, and what the finite ones are like. */
export interface ColumnSummary {
  finite: number;
  infinite: number;
  undefinedDraws: number;
  /** Of the finite draws; undefined where there are none. The standard error is Infinity (unknown) when there is only one shard. */
  moments: { mean: number; standardError: number; standardDeviation: number; least: number; largest: number } | undefined;
}

/** Shards are joined to this many replicates at most, whose spread gives the standard error. */
const mostReplicates = 16;

/** One shard of `accumulate`: the moments of its columns one behind the other, in the order of their names. */
export const accumulateShard: Task<ShardedRun, number, Float64Array> = {
  name: "accumulate-shard",
  prepare: ({ program, beliefs, options }) => {
    const source = shardColumns(program, beliefs, options);
    return (shard) => {
      source.run(shard);
      const result = new Float64Array(source.names.length * momentsLength);
      source.names.forEach((name, place) => measureColumn(source.column(name), result, place * momentsLength));
      return { result, transfer: [result.buffer] };
    };
  },
};

/**
 * Moments of the kept columns over any number of shards, on the workers of a pool, without keeping a draw.
 *
 * Standard errors come from the spread of up to 16 replicates, each of whole shards in a row. Shards are joined in order, so the same bits come out
 * with any number of workers. Memory: per worker that of one shard (8 bytes x points of a shard x kept columns at most, and the engine's own); here
 * under 2 kB per column, and 48 bytes per column for each shard that waits for an earlier one, of which there are at most four per worker.
 */
export async function accumulate(
  pool: Pool,
  program: Program,
  beliefs: Beliefs,
  { onShard, ...options }: SimulationOptions,
  job: JobOptions = {},
): Promise<Accumulation> {
  const { seed, shards, shardSize = 16_384, keep: names = Object.keys(program.columns) } = options;
  const replicates = Math.min(mostReplicates, shards);
  const joined = names.map(() => Array.from({ length: replicates }, noMoments));
  const join = (drawn: Float64Array, shard: number): void => {
    const replicate = Math.floor((shard * replicates) / shards);
    joined.forEach((column, place) => {
      column[replicate] = joinMoments(column[replicate], momentsAt(drawn, place * momentsLength));
    });
    onShard?.(shard + 1, shards);
  };
  const everyShard = Array.from({ length: shards }, (_, shard) => shard);
  await pool.fold(accumulateShard, { program, beliefs, options }, everyShard, join, job);
  const columns = new Map(names.map((name, place) => [name, summary(joined[place], shards * shardSize)]));
  return { seed, shards, shardSize, columns };
}

function summary(replicates: ColumnMoments[], draws: number): ColumnSummary {
  const whole = replicates.reduce(joinMoments);
  const { finite, undefinedDraws, mean, squares, least, largest } = whole;
  const infinite = draws - finite - undefinedDraws;
  if (finite === 0) return { finite, infinite, undefinedDraws, moments: undefined };
  const standardDeviation = Math.sqrt(squares / Math.max(1, finite - 1));
  return {
    finite,
    infinite,
    undefinedDraws,
    moments: { mean, standardError: standardError(replicates, whole), standardDeviation, least, largest },
  };
}

/** Of a mean weighted by the draws of each replicate; for replicates of one size the usual root of variance over number. */
function standardError(replicates: ColumnMoments[], whole: ColumnMoments): number {
  const count = replicates.filter(({ finite }) => finite > 0).length;
  if (count < 2) return Infinity;
  let variance = 0;
  for (const { finite, mean } of replicates) variance += square((finite / whole.finite) * (mean - whole.mean));
  return Math.sqrt((variance * count) / (count - 1));
}
