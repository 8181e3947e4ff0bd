import { scratch } from "./scratch.ts";
import { drawCount, type Sharding } from "./sharding.ts";
import type { Batch } from "./trigger-knowledge.ts";

/** Which half learns from a draw: its shard's parity; within a single shard, one at random of each pair of a group. Uint8Array // [draw]. */
export function foldsOf(batches: Batch[], sharding: Sharding): Uint8Array {
  const { shards, shardSize } = sharding;
  const fold = scratch.uint8("fold", drawCount(sharding)).fill(0);
  if (shards > 1) {
    for (let shard = 1; shard < shards; shard += 2) fold.fill(1, shard * shardSize, (shard + 1) * shardSize);
    return fold;
  }
  for (const { stage, draws, group, states } of batches) {
    if (stage > 0) break;
    const seen = new Uint32Array(states.length);
    for (let row = 0; row < draws.length; row++) {
      const place = seen[group[row]]++;
      // Halves by parity or position would cut Sobol points along their own bits; a hash of the pair does not.
      fold[draws[row]] = (scrambled((place >>> 1) + group[row] * 0x9e3779b9) ^ place) & 1;
    }
  }
  return fold;
}

/** Integer hash (finaliser of MurmurHash3; Appleby 2011). */
function scrambled(word: number): number {
  let hash = word >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Rows of a batch sorted by cell and fold, so that every regression reads one stretch. */
export interface Stretches {
  rows: Uint32Array; // sorted by (cell, fold)
  starts: Uint32Array; // [2 * cell + fold], and the end of the last
}

/** Counting sort of the rows by the cell of their group (`cellOf[group]`, -1 for none) and their fold. */
export function stretchesOf(batch: Batch, cellOf: Int32Array, cells: number, fold: Uint8Array): Stretches {
  const { draws, group } = batch;
  const starts = new Uint32Array(2 * cells + 1);
  for (let row = 0; row < draws.length; row++) {
    const cell = cellOf[group[row]];
    if (cell >= 0) starts[2 * cell + fold[draws[row]] + 1]++;
  }
  for (let place = 1; place < starts.length; place++) starts[place] += starts[place - 1];
  const next = starts.slice();
  const rows = scratch.uint32(`stretches ${batch.stage} ${batch.occasion}`, starts[2 * cells]);
  for (let row = 0; row < draws.length; row++) {
    const cell = cellOf[group[row]];
    if (cell >= 0) rows[next[2 * cell + fold[draws[row]]]++] = row;
  }
  return { rows, starts };
}
