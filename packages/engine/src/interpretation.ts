import { dependentNodes } from "@watershed/formula";
import type { Program } from "@watershed/formula";
import type { Beliefs } from "./belief.ts";
import { prepareSteps } from "./block.ts";
import type { Step } from "./block.ts";
import type { SimulationOptions } from "./draws.ts";
import { streamsOf } from "./reach.ts";
import { correlate, correlatedGroups, uniformBlock } from "./uniforms.ts";
import type { CorrelatedGroup } from "./uniforms.ts";

/** A program prepared for the interpreter, one block at a time. */
export interface Interpretation {
  program: Program;
  steps: Step[]; // of the nodes that a kept column depends on, in program order
  groups: CorrelatedGroup[];
  options: Pick<SimulationOptions, "seed" | "dimensions">;
  buffers: Float64Array[]; // [node][point of block]
  uniforms: Map<string, Float64Array>;
  words: Uint32Array;
}

/** A program made ready for the named columns, `block` points at a time. */
export function interpretation(
  program: Program,
  beliefs: Beliefs,
  names: string[],
  options: SimulationOptions,
  block: number,
): Interpretation {
  const needed = dependentNodes(program, names);
  const { groups } = correlatedGroups(program, options.correlations ?? []);
  const used = new Set([...streamsOf(program, names), ...groups.flatMap((group) => group.streams)]);
  return {
    program,
    steps: prepareSteps(program, beliefs, needed),
    groups,
    options,
    buffers: program.nodes.map((node, index) => {
      const buffer = new Float64Array(needed[index] ? block : 0);
      return node.op === "constant" ? buffer.fill(node.amount) : buffer;
    }),
    uniforms: new Map([...used].map((name) => [name, new Float64Array(block)])),
    words: new Uint32Array(block),
  };
}

/** Fills the buffers with the points from.. of a shard. */
export function interpretBlock(run: Interpretation, shard: number, from: number): void {
  const { seed, dimensions } = run.options;
  for (const [name, uniforms] of run.uniforms) {
    const dimension = dimensions.get(name);
    if (dimension === undefined) throw new Error(`no Sobol dimension was given to stream ${name}`);
    uniformBlock(seed, shard, name, dimension, from, uniforms, run.words);
  }
  for (const group of run.groups)
    correlate(
      group,
      group.streams.map((name) => run.uniforms.get(name)!),
    );
  for (const step of run.steps) step(run.buffers, run.uniforms);
}
