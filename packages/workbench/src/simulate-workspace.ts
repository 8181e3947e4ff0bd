import { newColumn } from "@watershed/decision";
import { LiveDraws, simulate, streamOf, streamsOf } from "@watershed/engine";
import type { Beliefs, Draws, LiveOptions, SimulationOptions } from "@watershed/engine";
import type { CompiledWorkspace } from "./compile-workspace.ts";

export interface RunOptions {
  seed?: number; // the workspace's seed unless given
  draws?: number; // scenarios, rounded up to whole shards; 131,072 unless given
  engine?: SimulationOptions["engine"]; // kernels where they can run, unless given
  onProgress?: (share: number) => void;
}

/** Shards and their size for a wished number of draws: shards of 2^14, at least eight of them, so smaller ones for few draws, down to 2^8. */
export function shardingFor(draws: number): { shards: number; shardSize: number } {
  const shardSize = Math.min(16_384, 2 ** Math.max(8, 28 - Math.clz32(draws)));
  return { shardSize, shards: Math.max(8, Math.ceil(draws / shardSize)) };
}

/** Draws the scenarios of the named columns under the given beliefs. */
export function simulateWorkspace(
  compiled: CompiledWorkspace,
  names: string[],
  options: RunOptions,
  beliefs: Beliefs = compiled.pooled.beliefs,
): Draws {
  return simulate(compiled.program, beliefs, {
    ...drawingOf(compiled, names, options),
    newColumn,
    onShard: (done, shards) => options.onProgress?.(done / shards),
  });
}

/** The same draws, to be moved from belief to belief. */
export function liveWorkspace(compiled: CompiledWorkspace, names: string[], options: Omit<RunOptions, "onProgress">): LiveDraws {
  return new LiveDraws(compiled.program, compiled.pooled.beliefs, drawingOf(compiled, names, options));
}

function drawingOf(compiled: CompiledWorkspace, names: string[], options: RunOptions): LiveOptions {
  return {
    seed: options.seed ?? compiled.workspace.settings.seed ?? 1,
    ...shardingFor(options.draws ?? 131_072),
    dimensions: compiled.dimensions,
    keep: names,
    engine: options.engine,
    correlations: correlationsOf(compiled, names),
  };
}

/** The correlations among the groups that any stream of the columns is in: a group is drawn whole, so that its draws are the same whoever asks. */
function correlationsOf({ program, workspace }: CompiledWorkspace, names: string[]): CompiledWorkspace["workspace"]["correlations"] {
  const drawn = new Set(streamsOf(program, names));
  const streamNames = workspace.correlations.map(({ questions }) => questions.map((question) => streamOf(program, question) ?? ""));
  for (let before = -1; before !== drawn.size;) {
    before = drawn.size;
    for (const names of streamNames) if (names.some((name) => drawn.has(name))) for (const name of names) if (name !== "") drawn.add(name);
  }
  return workspace.correlations.filter((_, index) => streamNames[index].some((name) => drawn.has(name)));
}
