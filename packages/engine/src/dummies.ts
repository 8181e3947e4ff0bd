import { dummyCount } from "./dimensions.ts";
import type { Draws } from "./draws.ts";
import { uniformBlock } from "./uniforms.ts";

/** Draws whose dummies are made when they are first asked for: most readers never ask. */
export function withDummies(draws: Omit<Draws, "dummies">): Draws {
  let made: Float64Array[] | undefined;
  return {
    ...draws,
    get dummies() {
      return (made ??= dummyColumns(draws.seed, draws.shards, draws.shardSize));
    },
  };
}

/** Columns of uniforms that no formula uses, for the noise floor, `Float64Array[] // [dummy][draw]`. */
function dummyColumns(seed: number, shards: number, shardSize: number): Float64Array[] {
  const words = new Uint32Array(shardSize);
  return Array.from({ length: dummyCount }, (_, dimension) => {
    const column = new Float64Array(shards * shardSize);
    for (let shard = 0; shard < shards; shard++)
      uniformBlock(seed, shard, `dummy/${dimension}`, dimension, 0, column.subarray(shard * shardSize, (shard + 1) * shardSize), words);
    return column;
  });
}
