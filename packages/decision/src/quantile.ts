import { exp, log } from "@watershed/probability";
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
  if (areAlike(column)) {
    const always = { amount: column[0], standardError: sharding.shards < 2 ? Infinity : 0 };
    return { quantile05: always, quantile95: always, cvar05: always };
  }
  const low = ranksAcross(column, 0.05, sharding);
  const high = ranksAcross(column, 0.95, sharding);
  return {
    quantile05: pooledLast(low.map(({ at }) => at)),
    quantile95: pooledLast(high.map(({ at }) => at)),
    cvar05: pooledLast(low.map((ranked) => meanOfWorst(ranked, 0.05))),
  };
}

/** The draw of one rank, with the sum of the draws ordered before it. */
interface Ranked {
  at: number;
  rank: number;
  sumBelow: number;
  draws: number;
}

/** The draw of a probability's rank in every shard, and last among all draws. Only draws near a sample's quantile are put in order. */
function ranksAcross(column: Float64Array, probability: number, { shards, shardSize }: Sharding): Ranked[] {
  const [least, most] = bracketOf(column, probability);
  const near = new Float64Array(column.length);
  const all = { countBelow: 0, sumBelow: 0 };
  let held = 0;
  const found: Ranked[] = [];
  for (let shard = 0; shard < shards; shard++) {
    const first = held;
    let countBelow = 0;
    let sumBelow = 0;
    for (let draw = shard * shardSize; draw < (shard + 1) * shardSize; draw++) {
      const amount = column[draw];
      if (amount < least) {
        countBelow++;
        sumBelow += amount;
      } else if (amount <= most) near[held++] = amount;
    }
    all.countBelow += countBelow;
    all.sumBelow += sumBelow;
    const rank = rankOf(probability, shardSize);
    const inside = rank >= countBelow && rank < countBelow + held - first;
    found.push(
      inside
        ? rankedAmong(near.subarray(first, held), { countBelow, sumBelow }, rank, shardSize)
        : rankedAmong(column.slice(shard * shardSize, (shard + 1) * shardSize), { countBelow: 0, sumBelow: 0 }, rank, shardSize),
    );
  }
  const rank = rankOf(probability, column.length);
  const inside = rank >= all.countBelow && rank < all.countBelow + held;
  const whole = inside ? near.subarray(0, held) : column.slice();
  return [...found, rankedAmong(whole, inside ? all : { countBelow: 0, sumBelow: 0 }, rank, column.length)];
}

function rankedAmong(candidates: Float64Array, below: { countBelow: number; sumBelow: number }, rank: number, draws: number): Ranked {
  const place = rank - below.countBelow;
  let { sumBelow } = below;
  if (areAlike(candidates)) return { at: candidates[0], rank, sumBelow: sumBelow + place * candidates[0], draws };
  const at = select(candidates, place);
  for (let index = 0; index < place; index++) sumBelow += candidates[index];
  return { at, rank, sumBelow, draws };
}

/** Selecting among equal draws would move them all about. */
function areAlike(amounts: Float64Array): boolean {
  for (let index = 1; index < amounts.length; index++) if (amounts[index] !== amounts[0]) return false;
  return true;
}

const sampleSize = 1024;

/** Two amounts that very likely enclose the quantile of every shard: 2.5% to either side among 1,024 spread draws. Wrong ones cost time only. */
function bracketOf(column: Float64Array, probability: number): [number, number] {
  if (column.length < 4 * sampleSize) return [-Infinity, Infinity];
  const stride = column.length / sampleSize;
  const sample = Float64Array.from({ length: sampleSize }, (_, index) => column[Math.floor((index + ((index * 0.618) % 1)) * stride)]);
  const [low, high] = [probability - 0.025, probability + 0.025].map((share) => Math.round(share * (sampleSize - 1)));
  const least = select(sample, low);
  return [least, select(sample, high, low)];
}

/** Mean of the worst `level` of the draws (conditional value at risk), the last draw counted in part. */
export function cvarOf(column: Float64Array, level: number, sharding: Sharding): Measured {
  assertColumn(column, sharding, "of draws");
  assert(level > 0 && level <= 1, "A conditional value at risk needs a level above 0 and at most 1.");
  return pooledLast(ranksAcross(column, level, sharding).map((ranked) => meanOfWorst(ranked, level)));
}

/** Mean of the draws before a rank and of a part of the one at it. */
function meanOfWorst({ at, rank, sumBelow, draws }: Ranked, level: number): number {
  return (sumBelow + (level * draws - rank) * at) / (level * draws);
}

/**
 * Share of everything gained that the largest draws carry: the warning beside a heavy-tailed mean. Losses count as
 * no gain; 0 where nothing is gained. Above about 0.1 at the default share, expect the mean to move between runs.
 */
export function tailShare(column: Float64Array, share = 0.001): number {
  assert(column.length > 0, "A tail share needs at least one draw.");
  assert(share > 0 && share <= 1, "A tail share needs a share above 0 and at most 1.");
  const largest = Math.max(1, Math.round(share * column.length));
  const reaching = gainsFrom(column, lowBarOf(column, largest));
  const { gains, total } = reaching.gains.length >= largest ? reaching : gainsFrom(column, 0);
  assert(Number.isFinite(total), "A tail share was asked of a draw that is not finite.");
  if (total === 0) return 0;
  const from = gains.length - largest;
  select(gains, from);
  let tail = 0;
  for (let index = from; index < gains.length; index++) tail += gains[index];
  return tail / total;
}

/** The gains that reach a bar, and the sum of all. */
function gainsFrom(column: Float64Array, bar: number): { gains: Float64Array; total: number } {
  const gains = new Float64Array(column.length);
  let held = 0;
  let total = 0;
  for (let draw = 0; draw < column.length; draw++) {
    const gain = column[draw] < 0 ? 0 : column[draw];
    total += gain;
    if (gain >= bar) gains[held++] = gain;
  }
  return { gains: gains.subarray(0, held), total };
}

const strides = 64;

/** A gain that more than `largest` draws very likely reach, by every 64th draw; 0 where so few cannot say. */
function lowBarOf(column: Float64Array, largest: number): number {
  const sample = new Float64Array(Math.floor(column.length / strides));
  const rank = sample.length - 1 - Math.ceil((4 * largest) / strides);
  if (rank < 0) return 0;
  for (let index = 0; index < sample.length; index++) sample[index] = Math.max(column[index * strides + (index % strides)], 0);
  return select(sample, rank);
}

/** Puts the value of the given rank in its sorted place, in place, and returns it (Floyd and Rivest 1975). */
export function select(values: Float64Array, rank: number, left = 0, right = values.length - 1): number {
  while (right > left) {
    if (right - left > 600) {
      const size = right - left + 1;
      const offset = rank - left + 1;
      const logSize = log(size);
      const sample = 0.5 * exp((2 * logSize) / 3);
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
function pooledLast(amounts: ArrayLike<number>): Measured {
  const shards = amounts.length - 1;
  return { amount: amounts[shards], standardError: measured(Float64Array.from(amounts).subarray(0, shards)).standardError };
}
