import { equivalentOf, type CertaintyEquivalent, type RiskAttitude } from "./certainty-equivalent.ts";
import { indexOfLargest, meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { leaderBy, type Leader } from "./leader.ts";
import { cvarOf } from "./quantile.ts";
import { difference, isClear, measured, type Measured, type Sharding } from "./sharding.ts";

/** How a team chooses: an attitude to risk, and the most it will lose on average in the worst `level` of all draws. */
export interface RiskPolicy {
  attitude: RiskAttitude;
  cvarLimit?: { level: number; amount: number };
}

export interface PolicyStanding {
  name: string;
  certaintyEquivalent: CertaintyEquivalent;
  /** Mean of the worst `level` of draws; only where there is a limit. */
  cvar: Measured | undefined;
  /** Why the alternative may not be chosen; undefined where it may. */
  refused: "ruin" | "cvarLimit" | undefined;
  /** Whether it is beyond two standard errors on its side of the limit; true without one. */
  clearOfLimit: boolean;
}

/** The best alternative that a policy admits; `worth` is its certainty equivalent, `lead` a difference of two. */
export interface UnderPolicy extends Leader {
  alternatives: PolicyStanding[];
  /** The best by expected netValue alone. */
  neutralBest: string;
  /** The best without the limit, and the certainty equivalent that keeping the limit gives up; undefined where it does not bind. */
  limitPrice: { best: string; amount: Measured } | undefined;
  /** Whether every alternative is refused; the least bad is then named all the same. */
  noneAdmissible: boolean;
}

/**
 * The alternative with the largest certainty equivalent among those whose mean over the worst draws stays above the limit; an
 * alternative that never loses, such as passing, always does.
 */
export function underPolicy(alternatives: Alternative[], policy: RiskPolicy, sharding: Sharding): UnderPolicy {
  const means = meansOfAlternatives(alternatives, sharding);
  const equivalents = alternatives.map(({ name, netValue }) => equivalentOf(netValue, policy.attitude, sharding, name));
  const standings = alternatives.map((alternative, index): PolicyStanding => {
    const { ruin, perShard } = equivalents[index];
    return {
      name: alternative.name,
      certaintyEquivalent: perShard ? { reachable: true, at: measured(perShard) } : { reachable: false, side: "ruin", probability: ruin! },
      ...againstLimit(alternative, policy, sharding),
      ...(ruin === undefined ? {} : { refused: "ruin" as const }),
    };
  });
  const neutralBest = alternatives[indexOfLargest(means.map((perShard) => measured(perShard).amount))].name;
  const whole = alternatives.map((_, index) => index);
  const solvent = whole.filter((index) => equivalents[index].perShard !== undefined);
  const admitted = whole.filter((index) => standings[index].refused === undefined);
  const choose = (from: number[]): Leader =>
    leaderBy(
      from.map((index) => alternatives[index]),
      from.map((index) => equivalents[index].perShard!),
      sharding,
    );
  const base = { alternatives: standings, neutralBest };
  if (admitted.length === 0) return { ...base, ...leastBad(alternatives, standings, means), limitPrice: undefined, noneAdmissible: true };
  const chosen = choose(admitted);
  const free = choose(solvent);
  const worthOf = (name: string): Float64Array => equivalents[alternatives.findIndex((alternative) => alternative.name === name)].perShard!;
  const limitPrice =
    free.best === chosen.best ? undefined : { best: free.best, amount: measured(difference(worthOf(free.best), worthOf(chosen.best))) };
  return { ...base, ...chosen, limitPrice, noneAdmissible: false };
}

function againstLimit(
  { netValue }: Alternative,
  { cvarLimit }: RiskPolicy,
  sharding: Sharding,
): Pick<PolicyStanding, "cvar" | "refused" | "clearOfLimit"> {
  if (cvarLimit === undefined) return { cvar: undefined, refused: undefined, clearOfLimit: true };
  const cvar = cvarOf(netValue, cvarLimit.level, sharding);
  const room = cvar.amount + cvarLimit.amount;
  return {
    cvar,
    refused: room < 0 ? "cvarLimit" : undefined,
    clearOfLimit: isClear({ amount: room, standardError: cvar.standardError }),
  };
}

/** Nothing is admissible: the one least often ruined, else the one with the mildest worst draws; its worth is the expected netValue. */
function leastBad(alternatives: Alternative[], standings: PolicyStanding[], means: Float64Array[]): Leader {
  const goodness = standings.map(({ certaintyEquivalent, cvar }) =>
    certaintyEquivalent.reachable ? (cvar?.amount ?? 0) : -1e300 * (1 + certaintyEquivalent.probability.amount),
  );
  const best = indexOfLargest(goodness);
  return { best: alternatives[best].name, runnerUp: undefined, lead: undefined, clear: false, worth: measured(means[best]) };
}
