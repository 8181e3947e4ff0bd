import { scratch } from "./scratch.ts";
import { drawCount, type Sharding } from "./sharding.ts";
import type { Batch } from "./trigger-knowledge.ts";

/** Every half of the draws learns in four parts, so that it can be halved again in three ways. */
export const partsPerHalf = 4;

/** Parts of both halves: the rows of a cell stand part by part, those of the first half in front. */
export const partsOfBoth = 2 * partsPerHalf;

export const allParts = Array.from({ length: partsOfBoth }, (_, part) => part);

/** The parts of either half. */
export const halves = [allParts.slice(0, partsPerHalf), allParts.slice(partsPerHalf)];

/** Ways to halve the parts for the replicas of a policy. */
export const waysToHalve = [0, 1, 2, 3, 4, 5];

/** What learns the rule by which a part is decided: every part but itself. */
export function learningFor(part: number): number[] {
  return allParts.filter((other) => other !== part);
}

/** The same from half of the parts: those that learn together, less the part itself. From four parts or three, where the policy has seven. */
export function halfLearningFor(part: number, way: number): number[] {
  return partsTogether(way).filter((other) => other !== part);
}

/** The part in the other half that stands where a part does in its own. */
export function opposite(part: number): number {
  return part ^ partsPerHalf;
}

/**
 * Which part learns from a draw, below `partsPerHalf` for the first half: its shard's parity tells the half and the shards of a half
 * take its parts in turn. Within a single shard, one half at random of each pair of a group, in one part. Uint8Array // [draw].
 */
export function foldsOf(batches: Batch[], sharding: Sharding): Uint8Array {
  const { shards, shardSize } = sharding;
  const fold = scratch.uint8("fold", drawCount(sharding)).fill(0);
  if (shards > 1) {
    for (let shard = 0; shard < shards; shard++) fold.fill(partOfShard(shard), shard * shardSize, (shard + 1) * shardSize);
    return fold;
  }
  for (const { stage, draws, group, states } of batches) {
    if (stage > 0) break;
    const seen = new Uint32Array(states.length);
    for (let row = 0; row < draws.length; row++) {
      const place = seen[group[row]]++;
      // Halves by parity or position would cut Sobol points along their own bits; a hash of the pair does not.
      fold[draws[row]] = partsPerHalf * ((scrambled((place >>> 1) + group[row] * 0x9e3779b9) ^ place) & 1);
    }
  }
  return fold;
}

/** The part that a shard belongs to where there are several. */
export function partOfShard(shard: number): number {
  return partsPerHalf * (shard & 1) + ((shard >>> 1) % partsPerHalf);
}

/**
 * The parts that learn again together, two of either half, for every way to halve: no two ways have more in common than chance would give them
 * (McCarthy 1969). The other half takes its pairs in another order, and in the last three ways those that it left out in the first.
 */
export function partsTogether(way: number): number[] {
  const pair = 1 + (way % 3);
  const other = partsPerHalf + 1 + (pair % 3);
  const second = [partsPerHalf, other];
  const apart = halves[1].filter((part) => !second.includes(part));
  return [0, pair, ...(way < 3 ? second : apart)];
}

/** Integer hash (finaliser of MurmurHash3; Appleby 2011). */
function scrambled(word: number): number {
  let hash = word >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Rows of a batch sorted by cell and part, so that every regression reads one stretch of every column. */
export interface Stretches {
  rows: Uint32Array; // [place] -> row
  draws: Uint32Array; // [place] -> draw
  starts: Uint32Array; // [partsOfBoth * cell + part], and the end of the last
  columns: Map<string, Float64Array>; // [place], of what has been read so far
}

/** Counting sort of the rows by the cell of their group (`cellOf[group]`, -1 for none) and their part; counts: [partsOfBoth * cell + part]. */
export function stretchesOf(batch: Batch, cellOf: Int32Array, counts: Uint32Array, fold: Uint8Array): Stretches {
  const { draws, group, stage, occasion } = batch;
  const starts = new Uint32Array(counts.length + 1);
  for (let place = 0; place < counts.length; place++) starts[place + 1] = starts[place] + counts[place];
  // Rows without a cell go behind the end.
  const next = Uint32Array.from([...starts.subarray(0, counts.length), starts[counts.length]]);
  const binOf = new Uint32Array(partsOfBoth * cellOf.length);
  cellOf.forEach((cell, of) => {
    for (let part = 0; part < partsOfBoth; part++) binOf[partsOfBoth * of + part] = cell < 0 ? counts.length : partsOfBoth * cell + part;
  });
  const rows = scratch.uint32(`rows ${stage} ${occasion}`, draws.length);
  const sorted = scratch.uint32(`draws ${stage} ${occasion}`, draws.length);
  for (let row = 0; row < draws.length; row++) {
    const draw = draws[row];
    const place = next[binOf[partsOfBoth * group[row] + fold[draw]]]++;
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
