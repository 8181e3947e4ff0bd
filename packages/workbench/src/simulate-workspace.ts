import { simulate, streamOf, streamsOf } from "@watershed/engine";
import type { Beliefs, Draws } from "@watershed/engine";
import type { CompiledWorkspace } from "./compile-workspace.ts";

export interface RunOptions {
  seed?: number; // the workspace's seed unless given
  draws?: number; // scenarios, rounded up to whole shards; 131,072 unless given
  onProgress?: (share: number) => void;
}

/** Shards and their size for a wished number of draws: shards of 2^14, at least eight of them, so smaller ones for few draws. */
export function shardingFor(draws: number): { shards: number; shardSize: number } {
  const shardSize = Math.min(16_384, 2 ** Math.max(4, 28 - Math.clz32(draws)));
  return { shardSize, shards: Math.max(8, Math.ceil(draws / shardSize)) };
}

/** Draws the scenarios of the named columns under the given beliefs. */
export function simulateWorkspace(
  compiled: CompiledWorkspace,
  names: string[],
  options: RunOptions,
  beliefs: Beliefs = compiled.pooled.beliefs,
): Draws {
  const { workspace, program, dimensions } = compiled;
  const streams = new Set(streamsOf(program, names));
  const drawn = (question: string): boolean => streams.has(streamOf(program, question) ?? "");
  return simulate(program, beliefs, {
    seed: options.seed ?? workspace.settings.seed ?? 1,
    ...shardingFor(options.draws ?? 131_072),
    dimensions,
    keep: names,
    correlations: workspace.correlations.filter((correlation) => correlation.questions.some(drawn)),
    onShard: (done, shards) => options.onProgress?.(done / shards),
  });
}
