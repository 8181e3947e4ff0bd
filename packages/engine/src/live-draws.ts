import type { Program } from "@watershed/formula";
import type { Beliefs } from "./belief.ts";
import type { Draws, SimulationOptions, Soundness } from "./draws.ts";
import { withDummies } from "./dummies.ts";
import { keptColumns } from "./kept-columns.ts";
import { Scenarios } from "./scenarios.ts";
import { engineFor, engineVersions } from "./shard-columns.ts";
import { simulate } from "./simulate.ts";
import { undefinedDraws } from "./undefined-draws.ts";

/** Draws after a move, and the names of the kept columns that differ from those before it. */
export interface MovedDraws {
  draws: Draws;
  fresh: Set<string>;
}

export type LiveOptions = SimulationOptions & { shardSize: number };

/**
 * The draws of `simulate`, kept while beliefs move: a move computes only the columns that depend on it.
 *
 * Same bits as `simulate` under the same beliefs. A column that a move changes is overwritten: the Draws of an earlier move end with the next one.
 * Memory: all arrays of the program in f32 and 8 bytes x draws x kept columns. Where the kernels cannot run everything is drawn anew.
 */
export class LiveDraws {
  readonly #program: Program;
  readonly #options: LiveOptions;
  readonly #scenarios: Scenarios | undefined;
  readonly #columns: Map<string, Float64Array>;
  #beliefs: Beliefs;
  readonly #identities = new Map<string, string>(); // of the columns as they stand
  readonly #odd = new Set<string>(); // names of columns with undefined draws
  readonly #infinite = new Set<Float64Array>();

  constructor(program: Program, beliefs: Beliefs, options: LiveOptions) {
    const { shards, keep: names = Object.keys(program.columns) } = options;
    this.#program = program;
    this.#beliefs = beliefs;
    this.#options = options;
    this.#columns = keptColumns(program, names, shards * options.shardSize);
    const byKernels = engineFor(options) === "kernels" && options.shardSize >= leastSideBySide;
    this.#scenarios = byKernels ? new Scenarios(program, beliefs, { ...options, together: shards }) : undefined;
  }

  /** The draws under the beliefs given at the start. */
  first(): Draws {
    return this.#run().draws;
  }

  /** The draws under other beliefs about the same program. */
  move(beliefs: Beliefs): MovedDraws {
    this.#beliefs = beliefs;
    this.#scenarios?.update(beliefs);
    return this.#run();
  }

  #run(): MovedDraws {
    if (!this.#scenarios) return this.#drawAnew();
    const scenarios = this.#scenarios;
    scenarios.run(0);
    const fresh = new Set<string>();
    const copied = new Set<Float64Array>();
    for (const [name, column] of this.#columns) {
      const identity = scenarios.identity(name);
      if (this.#identities.get(name) === identity) continue;
      this.#identities.set(name, identity);
      fresh.add(name);
      if (!copied.has(column)) column.set(scenarios.column(name));
      copied.add(column);
      this.#note(name, column, scenarios.soundness(name));
    }
    return { draws: this.#drawsNow(engineVersions.kernels), fresh };
  }

  #drawAnew(): MovedDraws {
    const { engine, columns, infinite } = simulate(this.#program, this.#beliefs, this.#options);
    for (const [name, column] of this.#columns) {
      const drawn = columns.get(name)!;
      column.set(drawn);
      this.#note(name, column, infinite.has(drawn) ? (drawn.some(Number.isNaN) ? "undefined" : "infinite") : "finite");
    }
    return { draws: this.#drawsNow(engine), fresh: new Set(columns.keys()) };
  }

  #note(name: string, column: Float64Array, soundness: Soundness): void {
    if (soundness === "undefined") this.#odd.add(name);
    else this.#odd.delete(name);
    if (soundness === "finite") this.#infinite.delete(column);
    else this.#infinite.add(column);
  }

  #drawsNow(engine: string): Draws {
    const { seed, shards, shardSize } = this.#options;
    const draws = { engine, seed, shards, shardSize, program: this.#program, columns: this.#columns, infinite: this.#infinite };
    const odd = [...this.#columns.keys()].filter((name) => this.#odd.has(name));
    return withDummies({ ...draws, undefinedDraws: undefinedDraws(draws, this.#beliefs, this.#options, odd) });
  }
}

/** Shards of fewer points cannot stand side by side, see Scenarios. */
const leastSideBySide = 256;
