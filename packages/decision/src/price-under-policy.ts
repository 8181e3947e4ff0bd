import { equivalentOf } from "./certainty-equivalent.ts";
import type { Alternative } from "./expected-net-value.ts";
import { fallingRoot } from "./falling-root.ts";
import { investingNetValue, type InvestingTerms } from "./investing.ts";
import { cvarOf } from "./quantile.ts";
import type { ReservationPrice, WalkAwayPrice } from "./reservation-price.ts";
import { underPolicy, type RiskPolicy } from "./risk-policy.ts";
import { difference, measured, type Measured, type Sharding } from "./sharding.ts";

/**
 * The reservation price under a policy: the pre-money at which the certainty equivalent of investing now is that of the best
 * other admissible alternative, or the lower one at which its worst draws reach the limit. Found on the draws.
 */
export function reservationPriceUnder(
  terms: InvestingTerms,
  others: Alternative[],
  policy: RiskPolicy,
  sharding: Sharding,
): ReservationPrice {
  const standing = underPolicy(others, policy, sharding);
  const best = others.find(({ name }) => name === standing.best)!;
  const other = equivalentOf(best.netValue, policy.attitude, sharding).perShard ?? new Float64Array(sharding.shards);
  const never = new Float64Array(sharding.shards);
  const limit = limitPrice(terms, policy, sharding);
  const against = (worth: Float64Array): WalkAwayPrice => lower(equivalentPrice(terms, worth, policy, sharding), limit);
  return { bestOther: standing.best, againstBest: against(other), nowOrNever: against(never) };
}

/** Where investing now is as good as a worth, per shard. */
function equivalentPrice(terms: InvestingTerms, other: Float64Array, { attitude }: RiskPolicy, sharding: Sharding): WalkAwayPrice {
  return fallingPrice(terms, (netValue) => {
    const { perShard } = equivalentOf(netValue, attitude, sharding);
    return perShard === undefined ? { amount: -Infinity, standardError: Infinity } : measured(difference(perShard, other));
  });
}

/** Where the worst draws of investing now reach the limit. */
function limitPrice(terms: InvestingTerms, { cvarLimit }: RiskPolicy, sharding: Sharding): WalkAwayPrice {
  if (cvarLimit === undefined) return { reachable: false, side: "anyPrice" };
  return fallingPrice(terms, (netValue) => {
    const { amount, standardError } = cvarOf(netValue, cvarLimit.level, sharding);
    return { amount: amount + cvarLimit.amount, standardError };
  });
}

/** The pre-money at which something that falls with it is zero. */
function fallingPrice(terms: InvestingTerms, measure: (netValue: Float64Array) => Measured): WalkAwayPrice {
  const at = (preMoney: number): Measured => measure(investingNetValue({ ...terms, preMoney }));
  // At an infinite price the share is zero and only preference and strategic worth remain.
  if (at(Infinity).amount >= 0) return { reachable: false, side: "anyPrice" };
  let high = typeof terms.preMoney === "number" && terms.preMoney > 0 ? terms.preMoney : terms.ticket;
  // Not zero itself: without new money the whole company would then cost nothing.
  const low = 1e-9 * high;
  if (at(low).amount < 0) return { reachable: false, side: "noPriceLowEnough" };
  while (at(high).amount >= 0 && high < 1e30) high *= 4;
  const price = fallingRoot((preMoney) => at(preMoney).amount, { low, high });
  const step = 1e-3 * price;
  const slope = step > 0 ? (at(price + step).amount - at(price - step).amount) / (2 * step) : 0;
  const { standardError } = at(price);
  return { reachable: true, at: { amount: price, standardError: slope < 0 ? standardError / -slope : Infinity } };
}

function lower(one: WalkAwayPrice, other: WalkAwayPrice): WalkAwayPrice {
  if (!one.reachable) return one.side === "noPriceLowEnough" ? one : other;
  if (!other.reachable) return other.side === "noPriceLowEnough" ? other : one;
  return one.at.amount <= other.at.amount ? one : other;
}
