import { assert } from "./assert.ts";
import { explained, type Explanation } from "./explanation.ts";
import { measuredColumn, shardMeans, type Amounts, type Measured, type Sharding } from "./sharding.ts";

/** Something the team can do, with what it is worth on every draw. */
export interface Alternative {
  name: string;
  netValue: Float64Array; // [draw], money of the valuation currency, discounted to today
}

/** Expected amount of a column, standard error between shards; throws on a draw that is not finite. */
export function expectation(column: Amounts, sharding: Sharding): Measured {
  return measuredColumn(column, sharding);
}

/** Expected netValue of one alternative, in money. */
export function expectedNetValue(alternative: Alternative, sharding: Sharding): Measured {
  return measuredColumn(alternative.netValue, sharding, alternative.name);
}

/** The tree behind expectedNetValue: a mean over the draws of one column. */
export function explainExpectedNetValue(alternative: Alternative, sharding: Sharding): Explanation {
  const worth = expectedNetValue(alternative, sharding);
  return explained("expectedNetValue", "money", worth, {
    params: { alternative: alternative.name },
    column: alternative.name,
    formula: "mean over draws of netValue",
  });
}

/** Refuses an empty list, a repeated name or a wrong length; returns the shard means of every alternative. */
export function meansOfAlternatives(alternatives: Alternative[], sharding: Sharding): Float64Array[] {
  assert(alternatives.length > 0, "A decision needs at least one alternative.");
  const names = new Set(alternatives.map((alternative) => alternative.name));
  assert(names.size === alternatives.length, "Two alternatives of one decision have the same name.");
  return alternatives.map(({ name, netValue }) => shardMeans(netValue, sharding, name));
}

/** Index of the largest amount; the first listed wins a tie. */
export function indexOfLargest(amounts: ArrayLike<number>): number {
  let largest = 0;
  for (let index = 1; index < amounts.length; index++) if (amounts[index] > amounts[largest]) largest = index;
  return largest;
}
