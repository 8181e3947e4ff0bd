import type { Program } from "@watershed/formula";
import type { Beliefs } from "./belief.ts";
import type { Draws, SimulationOptions } from "./draws.ts";
import { withDummies } from "./dummies.ts";
import { keptColumns } from "./kept-columns.ts";
import { engineFor, engineVersions, shardColumns } from "./shard-columns.ts";
import { undefinedDraws } from "./undefined-draws.ts";

/**
 * Draws scenarios of a program: Sobol points with one digital shift per shard and stream.
 *
 * By WebAssembly kernels over f32 lanes, shard by shard, where they can run, else by the interpreter; `engine` of the options chooses. Memory is
 * 8 bytes x draws x kept columns, and that of one shard (see Scenarios).
 */
export function simulate(program: Program, beliefs: Beliefs, options: SimulationOptions): Draws {
  const { seed, shards, shardSize = 16_384 } = options;
  const source = shardColumns(program, beliefs, options);
  const columns = keptColumns(program, source.names, shards * shardSize, options.newColumn);
  const filled = [...new Map([...columns].map(([name, column]) => [column, name]))];
  const odd = new Set<Float64Array>(); // columns with undefined draws
  const infinite = new Set<Float64Array>();
  for (let shard = 0; shard < shards; shard++) {
    source.run(shard);
    for (const [column, name] of filled) {
      column.set(source.column(name), shard * shardSize);
      const soundness = source.soundness(name);
      if (soundness !== "finite") infinite.add(column);
      if (soundness === "undefined") odd.add(column);
    }
    options.onShard?.(shard + 1, shards);
  }
  const draws = { engine: engineVersions[engineFor(options)], seed, shards, shardSize, program, columns };
  return withDummies({
    ...draws,
    infinite,
    undefinedDraws: undefinedDraws(
      draws,
      beliefs,
      options,
      source.names.filter((name) => odd.has(columns.get(name)!)),
    ),
  });
}

/**
 * `simulate` by the reference interpreter, in plain doubles: the oracle of the kernels, and what runs where those cannot.
 *
 * Same program, beliefs, seed and dimensions give the same bytes. Time is linear in draws x nodes; memory is 8 bytes x draws x kept columns, plus
 * 32 kB per node.
 */
export function interpret(program: Program, beliefs: Beliefs, options: SimulationOptions): Draws {
  return simulate(program, beliefs, { ...options, engine: "interpreter" });
}
