import { square } from "@watershed/probability";
import { assert } from "./assert.ts";

/** How the draws of a column are laid out: draw = shard * shardSize + position in the shard. */
export interface Sharding {
  shards: number;
  shardSize: number;
}

/** A figure with its Monte Carlo error; the standard error is Infinity (unknown) when there is only one shard. */
export interface Measured {
  amount: number;
  standardError: number;
}

/** A number that holds on every draw, or one per draw. */
export type Amounts = number | Float64Array; // [draw]

/** The number of draws in a column. */
export function drawCount(sharding: Sharding): number {
  return sharding.shards * sharding.shardSize;
}

/** Refuses a column whose length is not that of the sharding. */
export function assertColumn(column: Amounts, sharding: Sharding, name: string): void {
  if (typeof column === "number") return;
  const draws = drawCount(sharding);
  assert(draws > 0, "A run needs at least one draw.");
  assert(column.length === draws, `Column ${name} has ${column.length} draws, the run has ${draws}.`);
}

/** A number or a column, read as values[draw * step]. */
export function strided(amounts: Amounts): { values: Float64Array; step: 0 | 1 } {
  if (typeof amounts === "number") return { values: Float64Array.of(amounts), step: 0 };
  return { values: amounts, step: 1 };
}

/** Mean of a number or column in every shard; throws where a draw is not finite. Returns Float64Array // [shard]. */
export function shardMeans(amounts: Amounts, sharding: Sharding, name = "of draws"): Float64Array {
  assertColumn(amounts, sharding, name);
  const means = new Float64Array(sharding.shards);
  if (typeof amounts === "number") means.fill(amounts);
  else {
    for (let shard = 0; shard < sharding.shards; shard++) {
      const end = (shard + 1) * sharding.shardSize;
      let sum = 0;
      for (let draw = shard * sharding.shardSize; draw < end; draw++) sum += amounts[draw];
      means[shard] = sum / sharding.shardSize;
    }
  }
  // A sum is finite only if all its terms are, so one test per shard covers every draw.
  for (const mean of means) assert(Number.isFinite(mean), `Column ${name} holds a draw that is not finite.`);
  return means;
}

/** Mean over shards with the standard error of their spread (t with shards - 1 degrees of freedom). */
export function measured(perShard: Float64Array): Measured {
  const shards = perShard.length;
  let sum = 0;
  for (const mean of perShard) sum += mean;
  const amount = sum / shards;
  if (shards < 2) return { amount, standardError: Infinity };
  let squares = 0;
  for (const mean of perShard) squares += square(mean - amount);
  return { amount, standardError: Math.sqrt(squares / (shards - 1) / shards) };
}

/**
 * Shard means from sums over shards of unequal sizes: their mean is the mean of all draws, and their spread has the linearised
 * error of that ratio. With equal sizes they are the shards' own means. Float64Array // [shard].
 */
export function meansOfSums(sums: Float64Array, draws: Float64Array): Float64Array {
  let [sum, all] = [0, 0];
  for (let shard = 0; shard < sums.length; shard++) {
    sum += sums[shard];
    all += draws[shard];
  }
  if (draws.every((count) => count === draws[0])) return sums.map((total) => total / draws[0]);
  const amount = sum / all;
  return sums.map((total, shard) => amount + ((total - draws[shard] * amount) * sums.length) / all);
}

/**
 * The figure with an error where all shards agree to the last digit. A yes that every shard counts alike is still off by up
 * to one draw of a shard, so the error is then half the range of what is counted, over one shard, over the root of the shards.
 */
export function resolved(figure: Measured, range: number, { shards, shardSize }: Sharding): Measured {
  if (figure.standardError > 0 || range === 0) return figure;
  return { amount: figure.amount, standardError: range / (2 * shardSize * Math.sqrt(shards)) };
}

/** A share of draws from the shares of the shards, with an error unless it is none or all of them. */
export function measuredShare(perShard: Float64Array, sharding: Sharding): Measured {
  const share = measured(perShard);
  return resolved(share, share.amount > 0 && share.amount < 1 ? 1 : 0, sharding);
}

/** Mean of a column with its error, by `resolved` where the shards agree. Throws where a draw is not finite. */
export function measuredColumn(column: Amounts, sharding: Sharding, name?: string): Measured {
  return meanOfColumn(shardMeans(column, sharding, name), column, sharding);
}

/** The same from shard means that are known already. */
export function meanOfColumn(perShard: Float64Array, column: Amounts, sharding: Sharding): Measured {
  const figure = measured(perShard);
  return typeof column === "number" || figure.standardError > 0 ? figure : resolved(figure, rangeOf(column), sharding);
}

/** Largest minus smallest draw of a column. */
export function rangeOf(column: Float64Array): number {
  let [low, high] = [Infinity, -Infinity];
  for (let draw = 0; draw < column.length; draw++) {
    if (column[draw] < low) low = column[draw];
    if (column[draw] > high) high = column[draw];
  }
  return high - low;
}

/**
 * Ratio of two expectations with the linearised standard error between shards, or undefined where the
 * denominator is zero on every shard. Both inputs are Float64Array // [shard].
 */
export function ratio(numerators: Float64Array, denominators: Float64Array): Measured | undefined {
  const below = measured(denominators).amount;
  if (below === 0) return undefined;
  const amount = measured(numerators).amount / below;
  const residuals = numerators.map((numerator, shard) => (numerator - amount * denominators[shard]) / below);
  return { amount, standardError: measured(residuals).standardError };
}

/** The shards of one expectation minus those of another, on common draws. Float64Array // [shard]. */
export function difference(minuend: Float64Array, subtrahend: Float64Array): Float64Array {
  return minuend.map((mean, shard) => mean - subtrahend[shard]);
}

/** Whether an amount lies beyond two of its standard errors from zero; never so when the error is unknown. */
export function isClear(figure: Measured): boolean {
  return Math.abs(figure.amount) > 2 * figure.standardError;
}

/** The amounts of a number or column on some draws. Float64Array // [place in draws]. */
export function gather(amounts: Amounts, draws: Uint32Array): Float64Array {
  const { values, step } = strided(amounts);
  const gathered = new Float64Array(draws.length);
  for (let place = 0; place < draws.length; place++) gathered[place] = values[draws[place] * step];
  return gathered;
}
