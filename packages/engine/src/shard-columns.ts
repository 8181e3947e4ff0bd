import type { Program } from "@watershed/formula";
import type { Beliefs } from "./belief.ts";
import { blockSize } from "./block.ts";
import type { Soundness, SimulationOptions } from "./draws.ts";
import { interpretation, interpretBlock } from "./interpretation.ts";
import { kernelsRun } from "./kernel-library.ts";
import { leastShardSize, Scenarios } from "./scenarios.ts";

/** The kept columns of one shard at a time, the same numbers as `simulate` has for it. */
export interface ShardColumns {
  names: string[];
  shardSize: number;
  run: (shard: number) => void;
  /** Of the shard that ran last; overwritten by the next. */
  column: (name: string) => Float64Array | Float32Array; // [point]
  soundness: (name: string) => Soundness;
}

/** The engine that options ask for: kernels where they can run, unless said otherwise. */
export function engineFor({ engine, shardSize = 16_384 }: Pick<SimulationOptions, "engine" | "shardSize">): "kernels" | "interpreter" {
  return engine ?? (kernelsRun && shardSize >= leastShardSize ? "kernels" : "interpreter");
}

/** The version of an engine's numbers: changes whenever the same key could give others. */
export const engineVersions = { kernels: "kernels-2", interpreter: "interpreter-3" };

export function shardColumns(program: Program, beliefs: Beliefs, options: SimulationOptions): ShardColumns {
  const { shardSize = 16_384, keep: names = Object.keys(program.columns) } = options;
  if (engineFor(options) === "interpreter") return interpretedColumns(program, beliefs, options, names, shardSize);
  const scenarios = new Scenarios(program, beliefs, { ...options, resident: false });
  return {
    names,
    shardSize,
    run: (shard) => scenarios.run(shard),
    column: (name) => scenarios.column(name),
    soundness: (name) => scenarios.soundness(name),
  };
}

function interpretedColumns(
  program: Program,
  beliefs: Beliefs,
  options: SimulationOptions,
  names: string[],
  shardSize: number,
): ShardColumns {
  const columns = new Map(names.map((name) => [name, new Float64Array(shardSize)]));
  const run = interpretation(program, beliefs, names, options, Math.min(blockSize, shardSize));
  return {
    names,
    shardSize,
    run: (shard) => {
      for (let from = 0; from < shardSize; from += run.words.length) {
        interpretBlock(run, shard, from);
        for (const [name, column] of columns) column.set(run.buffers[program.columns[name]], from);
      }
    },
    column: (name) => columns.get(name)!,
    soundness: (name) => soundnessOf(columns.get(name)!),
  };
}

function soundnessOf(column: Float64Array): Soundness {
  if (column.every(Number.isFinite)) return "finite";
  return column.some(Number.isNaN) ? "undefined" : "infinite";
}
