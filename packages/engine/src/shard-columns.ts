import type { Program } from "@watershed/formula";
import type { Beliefs } from "./belief.ts";
import { blockSize } from "./block.ts";
import { evaluateBlock, prepareRun } from "./simulate.ts";
import type { SimulationOptions } from "./simulate.ts";

/** The kept columns of one shard at a time, the same numbers as `simulate` has for it. */
export interface ShardColumns {
  names: string[];
  shardSize: number;
  run: (shard: number) => void;
  /** Of the shard that ran last; overwritten by the next. */
  column: (name: string) => Float64Array | Float32Array; // [point]
}

export function shardColumns(program: Program, beliefs: Beliefs, options: SimulationOptions): ShardColumns {
  const { shardSize = 16_384, keep: names = Object.keys(program.columns) } = options;
  const columns = new Map(names.map((name) => [name, new Float64Array(shardSize)]));
  const run = prepareRun(program, beliefs, names, options, Math.min(blockSize, shardSize));
  return {
    names,
    shardSize,
    run: (shard) => {
      for (let from = 0; from < shardSize; from += run.words.length) {
        evaluateBlock(run, shard, from);
        for (const [name, column] of columns) column.set(run.buffers[program.columns[name]], from);
      }
    },
    column: (name) => columns.get(name)!,
  };
}
