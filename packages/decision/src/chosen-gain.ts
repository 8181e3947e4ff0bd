import { meansOfSums } from "./sharding.ts";
import type { SummedStakes } from "./stakes.ts";

/** What the best choice in every group gains. Valid until the next choice is made: thousands are made at a time. */
export interface Choice {
  /** Column of the chosen alternative among the others, -1 for today's best. */
  chosen: Int32Array; // [group]
  /** Summed gain over all draws. */
  gains: Float64Array; // [group]
  gain: number;
  /** Sums of the differences. */
  sums: Float64Array; // [group][other]
}

let sums = new Float64Array(1024);
let gains = new Float64Array(1024);
let chosen = new Int32Array(1024);
let pooled = new Float64Array(1024);

/** Sums of the differences over all shards, valid until the next call. Float64Array // [fine group][other] */
export function pooledSums(perShard: Float64Array, shards: number): Float64Array {
  const size = perShard.length / shards;
  if (shards === 1) return perShard;
  if (pooled.length < size) pooled = new Float64Array(2 * size);
  for (let place = 0; place < size; place++) pooled[place] = perShard[place];
  for (let at = size; at < perShard.length; at += size) for (let place = 0; place < size; place++) pooled[place] += perShard[at + place];
  return pooled;
}

/** In every group, the alternative with the largest pooled sum. */
export function choiceIn(pooledOfFine: Float64Array, width: number, groupOfFine: Uint16Array, groups: number): Choice {
  const size = groups * Math.max(1, width);
  if (sums.length < size) [sums, gains, chosen] = [new Float64Array(2 * size), new Float64Array(2 * size), new Int32Array(2 * size)];
  for (let at = 0; at < size; at++) sums[at] = 0;
  for (let fine = 0; fine < groupOfFine.length; fine++)
    for (let other = 0; other < width; other++) sums[groupOfFine[fine] * width + other] += pooledOfFine[fine * width + other];
  let gain = 0;
  for (let group = 0; group < groups; group++) {
    gains[group] = 0;
    chosen[group] = -1;
    for (let other = 0; other < width; other++)
      if (sums[group * width + other] > gains[group]) {
        gains[group] = sums[group * width + other];
        chosen[group] = other;
      }
    gain += gains[group];
  }
  return { chosen, gains, gain, sums };
}

/**
 * What choosing bin by bin loses where the choice changes, on a line through the means of the two bins: inside one of them the
 * other alternative is better from the crossing on. With means d and -e of the difference that is (d - e)^2 / (8 (d + e)) of a
 * bin's draws. Summed over all draws.
 */
export function lossAtSwitches({ chosen: choice, sums: bySum }: Choice, width: number, counts: Float64Array, joined: Uint8Array): number {
  let loss = 0;
  for (let bin = 0; bin + 1 < counts.length; bin++) {
    const [one, other] = [choice[bin], choice[bin + 1]];
    if (one === other || joined[bin] === 0) continue;
    const lead = (at: number) => (one < 0 ? 0 : bySum[at * width + one]) - (other < 0 ? 0 : bySum[at * width + other]);
    const [before, after] = [lead(bin) / counts[bin], -lead(bin + 1) / counts[bin + 1]];
    const uneven = before - after;
    if (before + after > 0) loss += (((uneven * uneven) / (before + after)) * (counts[bin] + counts[bin + 1])) / 16;
  }
  return loss;
}

/** Mean gain of a choice per shard, valued with the raw differences of the shard. Float64Array // [shard] */
export function gainPerShard(decision: SummedStakes, ofShards: Float64Array, groupOfFine: Uint16Array, choice: Choice): Float64Array {
  const { sharding, drawsOfShard, others } = decision;
  const [width, fineGroups] = [others.length, groupOfFine.length];
  const perShard = new Float64Array(sharding.shards);
  for (let shard = 0; shard < sharding.shards; shard++) {
    let sum = 0;
    for (let fine = 0; fine < fineGroups; fine++) {
      const other = choice.chosen[groupOfFine[fine]];
      if (other >= 0) sum += ofShards[(shard * fineGroups + fine) * width + other];
    }
    perShard[shard] = drawsOfShard ? sum : sum / sharding.shardSize;
  }
  return drawsOfShard ? meansOfSums(perShard, drawsOfShard) : perShard;
}
