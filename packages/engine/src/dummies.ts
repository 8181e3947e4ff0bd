import { dummyCount } from "./dimensions.ts";
import { uniformBlock } from "./uniforms.ts";

/** Columns of uniforms that no formula uses, for the noise floor, `Float64Array[] // [dummy][draw]`. */
export function dummyColumns(seed: number, shards: number, shardSize: number): Float64Array[] {
  const words = new Uint32Array(shardSize);
  return Array.from({ length: dummyCount }, (_, dimension) => {
    const column = new Float64Array(shards * shardSize);
    for (let shard = 0; shard < shards; shard++)
      uniformBlock(seed, shard, `dummy/${dimension}`, dimension, 0, column.subarray(shard * shardSize, (shard + 1) * shardSize), words);
    return column;
  });
}
