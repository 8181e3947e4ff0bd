import { meansOfSums } from "./sharding.ts";
import type { SummedStakes } from "./stakes.ts";

/** Fine groups of draws and the coarser groups that a choice is made on. */
export interface Choosing {
  /** Sums of the differences. */
  sums: Float64Array; // [shard][fine group][other]
  fineGroups: number;
  groupOfFine: Uint16Array | Uint32Array; // [fine group]
  groups: number;
}

export interface ChosenGain {
  /** Mean gain over the best alternative of today, per shard. */
  perShard: Float64Array; // [shard]
  /** Index of the chosen alternative in every group. */
  chosen: Uint16Array; // [group]
  /** Summed gain of every group over all draws. */
  gains: Float64Array; // [group]
}

/** In every group, the alternative with the largest pooled sum; valued with the raw differences of every shard. */
export function chosenGain(decision: SummedStakes, choosing: Choosing): ChosenGain {
  const { others, best, sharding, drawsOfShard } = decision;
  const { sums, fineGroups, groupOfFine, groups } = choosing;
  const width = others.length;
  const pooled = new Float64Array(groups * width);
  for (let shard = 0; shard < sharding.shards; shard++)
    for (let fine = 0; fine < fineGroups; fine++)
      for (let other = 0; other < width; other++)
        pooled[groupOfFine[fine] * width + other] += sums[(shard * fineGroups + fine) * width + other];
  const column = new Int32Array(groups).fill(-1);
  const gains = new Float64Array(groups);
  for (let group = 0; group < groups; group++)
    for (let other = 0; other < width; other++)
      if (pooled[group * width + other] > gains[group]) {
        gains[group] = pooled[group * width + other];
        column[group] = other;
      }
  const perShard = new Float64Array(sharding.shards);
  for (let shard = 0; shard < sharding.shards; shard++) {
    for (let fine = 0; fine < fineGroups; fine++) {
      const other = column[groupOfFine[fine]];
      if (other >= 0) perShard[shard] += sums[(shard * fineGroups + fine) * width + other];
    }
    if (!drawsOfShard) perShard[shard] /= sharding.shardSize;
  }
  return {
    perShard: drawsOfShard ? meansOfSums(perShard, drawsOfShard) : perShard,
    gains,
    chosen: Uint16Array.from(column, (other) => (other < 0 ? best : others[other])),
  };
}
