import { assert } from "./assert.ts";
import { assertColumn, measured, type Measured, type Sharding } from "./sharding.ts";

/** The lower and upper tail of a column. */
export interface Tails {
  quantile05: Measured;
  quantile95: Measured;
  /** Mean of the worst 5% of draws (conditional value at risk; Rockafellar and Uryasev 2000). */
  cvar05: Measured;
}

/**
 * Quantile of a column: the smallest draw that at least `probability` of the draws do not exceed; standard
 * error from the same quantile of every shard.
 */
export function quantileOf(column: Float64Array, probability: number, sharding: Sharding): Measured {
  assertColumn(column, sharding, "of draws");
  assert(probability > 0 && probability <= 1, "A quantile needs a probability above 0 and at most 1.");
  return acrossShards(column, sharding, (draws) => select(draws, rankOf(probability, draws.length)));
}

/** The 5% and 95% quantiles and the mean of the worst 5% of draws, all in the unit of the column. */
export function tailsOf(column: Float64Array, sharding: Sharding): Tails {
  assertColumn(column, sharding, "of draws");
  const low = new Float64Array(sharding.shards + 1);
  const high = new Float64Array(sharding.shards + 1);
  const worst = new Float64Array(sharding.shards + 1);
  for (let shard = 0; shard <= sharding.shards; shard++) {
    const draws = copyOfShard(column, sharding, shard);
    low[shard] = select(draws, rankOf(0.05, draws.length));
    worst[shard] = meanOfWorst(draws, 0.05);
    high[shard] = select(draws, rankOf(0.95, draws.length));
  }
  return { quantile05: pooledLast(low), quantile95: pooledLast(high), cvar05: pooledLast(worst) };
}

/**
 * Share of everything gained that the largest draws carry: the warning beside a heavy-tailed mean. Losses count as
 * no gain; 0 where nothing is gained. Above about 0.1 at the default share, expect the mean to move between runs.
 */
export function tailShare(column: Float64Array, share = 0.001): number {
  assert(column.length > 0, "A tail share needs at least one draw.");
  assert(share > 0 && share <= 1, "A tail share needs a share above 0 and at most 1.");
  const gains = column.map((amount) => Math.max(amount, 0));
  const largest = Math.max(1, Math.round(share * gains.length));
  const from = gains.length - largest;
  select(gains, from);
  let tail = 0;
  let total = 0;
  for (let index = 0; index < gains.length; index++) {
    total += gains[index];
    if (index >= from) tail += gains[index];
  }
  assert(Number.isFinite(total), "A tail share was asked of a draw that is not finite.");
  return total === 0 ? 0 : tail / total;
}

/** Puts the value of the given rank in its sorted place, in place, and returns it (Floyd and Rivest 1975). */
export function select(values: Float64Array, rank: number, left = 0, right = values.length - 1): number {
  while (right > left) {
    if (right - left > 600) {
      const size = right - left + 1;
      const offset = rank - left + 1;
      const logSize = Math.log(size);
      const sample = 0.5 * Math.exp((2 * logSize) / 3);
      const spread = 0.5 * Math.sqrt((logSize * sample * (size - sample)) / size) * Math.sign(offset - size / 2);
      const newLeft = Math.max(left, Math.floor(rank - (offset * sample) / size + spread));
      const newRight = Math.min(right, Math.floor(rank + ((size - offset) * sample) / size + spread));
      select(values, rank, newLeft, newRight);
    }
    const pivot = values[rank];
    let i = left;
    let j = right;
    swap(values, left, rank);
    if (values[right] > pivot) swap(values, right, left);
    while (i < j) {
      swap(values, i++, j--);
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
    }
    if (values[left] === pivot) swap(values, left, j);
    else swap(values, ++j, right);
    if (j <= rank) left = j + 1;
    if (rank <= j) right = j - 1;
  }
  return values[rank];
}

function swap(values: Float64Array, a: number, b: number): void {
  const held = values[a];
  values[a] = values[b];
  values[b] = held;
}

function rankOf(probability: number, draws: number): number {
  // The small slack keeps 0.05 * 140 = 7.000000000000001 from counting as eight draws.
  return Math.max(0, Math.ceil(probability * draws - 1e-9) - 1);
}

/** Mean of the lowest share of draws that `select` has already moved to the front; the last one counts in part. */
function meanOfWorst(draws: Float64Array, share: number): number {
  const last = rankOf(share, draws.length);
  const mass = share * draws.length;
  let sum = (mass - last) * draws[last];
  for (let index = 0; index < last; index++) sum += draws[index];
  return sum / mass;
}

/** A copy of one shard, or of the whole column for the shard after the last. */
function copyOfShard(column: Float64Array, sharding: Sharding, shard: number): Float64Array {
  if (shard === sharding.shards) return column.slice();
  return column.slice(shard * sharding.shardSize, (shard + 1) * sharding.shardSize);
}

function acrossShards(column: Float64Array, sharding: Sharding, measure: (draws: Float64Array) => number): Measured {
  const amounts = new Float64Array(sharding.shards + 1);
  for (let shard = 0; shard <= sharding.shards; shard++) amounts[shard] = measure(copyOfShard(column, sharding, shard));
  return pooledLast(amounts);
}

/** The last amount is that of all draws; the others, one per shard, give its standard error. */
function pooledLast(amounts: Float64Array): Measured {
  const shards = amounts.length - 1;
  return { amount: amounts[shards], standardError: measured(amounts.subarray(0, shards)).standardError };
}
