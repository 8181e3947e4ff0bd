import { exp, log } from "@watershed/probability";
import { assert } from "./assert.ts";
import { scratch } from "./scratch.ts";
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
  if (areAlike(column)) return tailsOfConstant(column[0], sharding);
  const [low, high] = ranksAcross(column, [0.05, 0.95], sharding);
  return {
    quantile05: pooledLast(low.map(({ at }) => at)),
    quantile95: pooledLast(high.map(({ at }) => at)),
    cvar05: pooledLast(low.map((ranked) => meanOfWorst(ranked, 0.05))),
  };
}

/** The tails of a column that is the same on every draw. */
export function tailsOfConstant(amount: number, { shards }: Sharding): Tails {
  const always = { amount, standardError: shards < 2 ? Infinity : 0 };
  return { quantile05: always, quantile95: always, cvar05: always };
}

/** The draw of one rank, with the sum of the draws ordered before it. */
interface Ranked {
  at: number;
  rank: number;
  sumBelow: number;
  draws: number;
}

/** The draws near one quantile, and what lies below them. */
interface Near {
  least: number;
  most: number;
  held: Float64Array;
  count: number;
  below: Below;
}

/** The draws before some others in order: how many, and their sum. */
interface Below {
  count: number;
  sum: number;
}

/**
 * The draws of some probabilities' ranks in every shard, and last among all draws: [probability][shard, then all]. Only draws near a
 * sample's quantile are put in order. The probabilities ascend.
 */
function ranksAcross(column: Float64Array, probabilities: number[], { shards, shardSize }: Sharding): Ranked[][] {
  const all = bracketsOf(column, probabilities).map(([least, most], place): Near => {
    return { least, most, held: scratch.float64(`near quantile ${place}`, column.length), count: 0, below: { count: 0, sum: 0 } };
  });
  const found = probabilities.map((): Ranked[] => []);
  for (let shard = 0; shard < shards; shard++) {
    const draws = column.subarray(shard * shardSize, (shard + 1) * shardSize);
    all.forEach((near, place) => {
      const first = near.count;
      const below = holdNear(draws, near);
      near.below.count += below.count;
      near.below.sum += below.sum;
      found[place].push(rankedIn(near.held.subarray(first, near.count), below, rankOf(probabilities[place], shardSize), draws));
    });
  }
  all.forEach(({ held, count, below }, place) =>
    found[place].push(rankedIn(held.subarray(0, count), below, rankOf(probabilities[place], column.length), column)),
  );
  return found;
}

/** Holds the draws of one shard that lie in the bracket; what lies below it is counted and summed. */
function holdNear(draws: Float64Array, near: Near): Below {
  const { least, most, held } = near;
  let [at, count, sum] = [near.count, 0, 0];
  for (let draw = 0; draw < draws.length; draw++) {
    const amount = draws[draw];
    if (amount < least) {
      count++;
      sum += amount;
    } else if (amount <= most) held[at++] = amount;
  }
  near.count = at;
  return { count, sum };
}

/** The draw of a rank among those held, or among all where the bracket missed it. */
function rankedIn(held: Float64Array, below: Below, rank: number, draws: Float64Array): Ranked {
  const inside = rank >= below.count && rank < below.count + held.length;
  return inside ? rankedAmong(held, below, rank, draws.length) : rankedAmong(draws.slice(), { count: 0, sum: 0 }, rank, draws.length);
}

function rankedAmong(candidates: Float64Array, below: Below, rank: number, draws: number): Ranked {
  const place = rank - below.count;
  if (areAlike(candidates)) return { at: candidates[0], rank, sumBelow: below.sum + place * candidates[0], draws };
  const at = select(candidates, place);
  let sumBelow = below.sum;
  for (let index = 0; index < place; index++) sumBelow += candidates[index];
  return { at, rank, sumBelow, draws };
}

/** Selecting among equal draws would move them all about. */
function areAlike(amounts: Float64Array): boolean {
  for (let index = 1; index < amounts.length; index++) if (amounts[index] !== amounts[0]) return false;
  return true;
}

const sampleSize = 1024;

/** Per probability two amounts that very likely enclose the quantile of every shard: 2.5% to either side among 1,024 spread draws. Wrong ones cost time only. */
function bracketsOf(column: Float64Array, probabilities: number[]): [number, number][] {
  if (column.length < 4 * sampleSize) return probabilities.map(() => [-Infinity, Infinity]);
  const stride = column.length / sampleSize;
  const sample = Float64Array.from({ length: sampleSize }, (_, index) => column[Math.floor((index + ((index * 0.618) % 1)) * stride)]);
  return probabilities.map((probability) => {
    const [low, high] = [probability - 0.025, probability + 0.025].map((share) =>
      Math.max(0, Math.min(sampleSize - 1, Math.round(share * (sampleSize - 1)))),
    );
    const least = select(sample, low);
    return [least, select(sample, high, low)];
  });
}

/** Mean of the worst `level` of the draws (conditional value at risk), the last draw counted in part. */
export function cvarOf(column: Float64Array, level: number, sharding: Sharding): Measured {
  assertColumn(column, sharding, "of draws");
  assert(level > 0 && level <= 1, "A conditional value at risk needs a level above 0 and at most 1.");
  return pooledLast(ranksAcross(column, [level], sharding)[0].map((ranked) => meanOfWorst(ranked, level)));
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
