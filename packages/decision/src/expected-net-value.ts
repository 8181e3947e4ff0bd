import { assert } from "./assert.ts";
import { explained, type Explanation } from "./explanation.ts";
import { withMeanDeviations, type PolicyReplicas } from "./policy-replicas.ts";
import { drawCount, measured, measuredColumn, meanOfColumn, shardMeans, type Amounts, type Measured, type Sharding } from "./sharding.ts";

/** Something the team can do, with what it is worth on every draw. */
export interface Alternative {
  name: string;
  netValue: Float64Array; // [draw], money of the valuation currency, discounted to today
  means?: Float64Array; // [shard], of netValue, where they are known already
  constant?: true; // where netValue is known to be the same on every draw
  replicas?: PolicyReplicas; // where it follows a policy learned from the same draws: what the errors of its figures count besides
}

/** Expected amount of a column, standard error between shards; throws on a draw that is not finite. */
export function expectation(column: Amounts, sharding: Sharding): Measured {
  return measuredColumn(column, sharding);
}

/** Expected netValue of one alternative, in money. */
export function expectedNetValue(alternative: Alternative, sharding: Sharding): Measured {
  return meanOfAlternative(alternative, meansOfAlternative(alternative, sharding), sharding);
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
  return alternatives.map((alternative) => meansOfAlternative(alternative, sharding));
}

/** The alternative with its shard means, for all who ask for them later. */
export function withMeans(alternative: Alternative, sharding: Sharding): Alternative {
  return { ...alternative, means: meansOfAlternative(alternative, sharding) };
}

/** Mean netValue of an alternative in every shard. Float64Array // [shard]. */
export function meansOfAlternative({ name, netValue, means }: Alternative, sharding: Sharding): Float64Array {
  assert(netValue.length === drawCount(sharding), `Column ${name} has ${netValue.length} draws, the run has ${drawCount(sharding)}.`);
  return means ?? shardMeans(netValue, sharding, name);
}

/** The figure of shard means that are known already, with its error. */
export function meanOfAlternative(alternative: Alternative, perShard: Float64Array, sharding: Sharding): Measured {
  const { netValue, constant, replicas } = alternative;
  return constant ? measured(perShard) : withMeanDeviations(meanOfColumn(perShard, netValue, sharding), replicas?.worth);
}

/** Index of the largest amount; the first listed wins a tie. */
export function indexOfLargest(amounts: ArrayLike<number>): number {
  let largest = 0;
  for (let index = 1; index < amounts.length; index++) if (amounts[index] > amounts[largest]) largest = index;
  return largest;
}
