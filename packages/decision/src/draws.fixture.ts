import { normalQuantile, sobolWords, stream, uniformFromWord } from "@watershed/probability";
import type { Sharding } from "./sharding.ts";

/** One column of Sobol points with one digital shift per shard; in (0, 1). */
export function sobolColumn(dimension: number, sharding: Sharding, seed = 1): Float64Array {
  const column = new Float64Array(sharding.shards * sharding.shardSize);
  const shifts = stream(seed, `shift ${dimension}`);
  const words = new Uint32Array(sharding.shardSize);
  for (let shard = 0; shard < sharding.shards; shard++) {
    sobolWords(dimension, shifts.uint32(shard), words);
    words.forEach((word, index) => (column[shard * sharding.shardSize + index] = uniformFromWord(word)));
  }
  return column;
}

/** One column of independent uniforms in (0, 1). */
export function plainColumn(name: number, sharding: Sharding, seed = 1): Float64Array {
  const uniforms = stream(seed, `plain ${name}`);
  const draws = sharding.shards * sharding.shardSize;
  return Float64Array.from({ length: draws }, (_, draw) => uniforms.uniform(draw));
}

/** Standard normals from uniforms. */
export function normals(uniforms: Float64Array): Float64Array {
  return uniforms.map(normalQuantile);
}

/** Rows with exact probabilities: `counts[i]` draws answer `amounts[i]`. */
export function exactRows(counts: number[], amounts: number[]): Float64Array {
  return Float64Array.from(counts.flatMap((count, index) => Array<number>(count).fill(amounts[index])));
}
