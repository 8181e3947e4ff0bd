import type { Program } from "@watershed/formula";
import type { RankCorrelation } from "./belief.ts";

/** Shape of a run: `shards` independent replicates of `shardSize` points each; draw = shard * shardSize + point. */
export interface Sharding {
  shards: number;
  shardSize: number;
}

export interface SimulationOptions {
  seed: number;
  shards: number;
  shardSize?: number; // points per shard, a power of two; 16,384 unless given
  dimensions: Map<string, number>; // stream -> Sobol dimension, see assignDimensions
  keep?: string[]; // names whose columns are kept; all definitions unless given
  correlations?: RankCorrelation[];
  engine?: "kernels" | "interpreter"; // kernels where they can run, unless given
  newColumn?: (draws: number) => Float64Array; // makes a kept column; a fresh array unless given
  onShard?: (done: number, shards: number) => void; // progress
}

/** Whether all of some draws are finite, or else some are undefined. */
export type Soundness = "finite" | "infinite" | "undefined";

/** A column whose draws could not all be computed: where the first undefined number arose, and in how many draws. */
export interface UndefinedDraws {
  column: string;
  count: number;
  at: { definition: string; from: number; to: number };
  operator: string;
}

/** The scenarios of one run: a column of doubles per kept name, all sharing draws. */
export interface Draws extends Sharding {
  engine: string; // which engine drew, with the version of its numbers
  seed: number;
  program: Program;
  columns: Map<string, Float64Array>; // name -> [draw]
  dummies: Float64Array[]; // [dummy][draw]: uniforms that no formula uses, for the noise floor
  undefinedDraws: UndefinedDraws[];
  infinite: ReadonlySet<Float64Array>; // the columns that are not finite on every draw
}

/** The column of a name, `Float64Array // [draw]`; throws where the run did not keep it. */
export function columnOf(draws: Draws, name: string): Float64Array {
  const column = draws.columns.get(name);
  if (!column) throw new Error(`the run kept no column named ${name}`);
  return column;
}
