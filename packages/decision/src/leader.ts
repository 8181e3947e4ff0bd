import { indexOfLargest, meanOfAlternative, meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { deviationsBetween, withMeanDeviations } from "./policy-replicas.ts";
import { difference, isClear, measured, type Measured, type Sharding } from "./sharding.ts";

/** Which alternative leads, and how surely. */
export interface Leader {
  best: string;
  /** The second best; undefined when there is only one alternative. */
  runnerUp: string | undefined;
  /** Best minus second best, paired on common draws. */
  lead: Measured | undefined;
  /** Whether the lead is beyond two of its standard errors. */
  clear: boolean;
  /** Expected netValue of the best. */
  worth: Measured;
}

/** Who leads and by how much, without the figures of each alternative: all that a comparison of partners needs. */
export function leader(alternatives: Alternative[], sharding: Sharding): Leader {
  return leaderBy(alternatives, meansOfAlternatives(alternatives, sharding), sharding);
}

/**
 * The leader by what every alternative is worth per shard: its mean, or its certainty equivalent. An unsettled policy moves
 * either by about as much money.
 */
export function leaderBy(alternatives: Alternative[], worths: Float64Array[], sharding: Sharding): Leader {
  const amounts = worths.map((perShard) => measured(perShard).amount);
  const best = indexOfLargest(amounts);
  const runnerUp = indexOfLargest(amounts.map((amount, index) => (index === best ? -Infinity : amount)));
  const alone = alternatives.length === 1;
  const lead = alone
    ? undefined
    : withMeanDeviations(
        measured(difference(worths[best], worths[runnerUp])),
        deviationsBetween(alternatives[best].replicas?.worth, alternatives[runnerUp].replicas?.worth),
      );
  return {
    best: alternatives[best].name,
    runnerUp: alone ? undefined : alternatives[runnerUp].name,
    lead,
    clear: lead === undefined || isClear(lead),
    worth: meanOfAlternative(alternatives[best], worths[best], sharding),
  };
}
