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

/** Rows of a batch sorted by cell and fold, so that every regression reads one stretch of every column. */
export interface Stretches {
  rows: Uint32Array; // [place] -> row
  draws: Uint32Array; // [place] -> draw
  starts: Uint32Array; // [2 * cell + fold], and the end of the last
  columns: Map<string, Float64Array>; // [place], of what has been read so far
}

/** Counting sort of the rows by the cell of their group (`cellOf[group]`, -1 for none) and their fold; counts: [2 * cell + fold]. */
export function stretchesOf(batch: Batch, cellOf: Int32Array, counts: Uint32Array, fold: Uint8Array): Stretches {
  const { draws, group, stage, occasion } = batch;
  const starts = new Uint32Array(counts.length + 1);
  for (let place = 0; place < counts.length; place++) starts[place + 1] = starts[place] + counts[place];
  // Rows without a cell go behind the end.
  const next = Uint32Array.from([...starts.subarray(0, counts.length), starts[counts.length]]);
  const binOf = new Uint32Array(2 * cellOf.length);
  for (let place = 0; place < binOf.length; place++) {
    const cell = cellOf[place >>> 1];
    binOf[place] = cell < 0 ? counts.length : 2 * cell + (place & 1);
  }
  const rows = scratch.uint32(`rows ${stage} ${occasion}`, draws.length);
  const sorted = scratch.uint32(`draws ${stage} ${occasion}`, draws.length);
  for (let row = 0; row < draws.length; row++) {
    const draw = draws[row];
    const place = next[binOf[2 * group[row] + fold[draw]]]++;
    rows[place] = row;
    sorted[place] = draw;
  }
  const end = starts[counts.length];
  return { rows: rows.subarray(0, end), draws: sorted.subarray(0, end), starts, columns: new Map() };
}

/** A column in the order of the stretches, read once. Float64Array // [place]. */
export function sortedColumn(stretches: Stretches, name: string, column: Float64Array, slot: string): Float64Array {
  const known = stretches.columns.get(name);
  if (known) return known;
  const { draws } = stretches;
  const amounts = scratch.float64(`${slot} column ${stretches.columns.size}`, draws.length);
  for (let place = 0; place < amounts.length; place++) amounts[place] = column[draws[place]];
  stretches.columns.set(name, amounts);
  return amounts;
}
