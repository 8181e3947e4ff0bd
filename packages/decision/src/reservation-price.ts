import { assert } from "./assert.ts";
import { breakEven, explainedBreakEven } from "./break-even.ts";
import { indexOfLargest, meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { explained, type Explanation } from "./explanation.ts";
import { investingNetValue, leftAfterClaims, type InvestingTerms } from "./investing.ts";
import { difference, drawCount, measured, shardMeans, strided, type Measured, type Sharding } from "./sharding.ts";

/** A price to walk away at, or why there is none: nothing is cheap enough, or nothing too dear. */
export type WalkAwayPrice = { reachable: true; at: Measured } | { reachable: false; side: "noPriceLowEnough" | "anyPrice" };

export interface ReservationPrice {
  /** The best alternative that is not investing now. */
  bestOther: string;
  /** The pre-money at which investing now nets what that alternative nets. */
  againstBest: WalkAwayPrice;
  /** The pre-money at which investing now nets nothing. */
  nowOrNever: WalkAwayPrice;
}

/**
 * The pre-money at which investing now equals the best other alternative, terms otherwise as given. Closed form for common
 * equity with plain numbers for ticket and new money, else a root on the draws; standard error by the delta method
 * between shards. `others` hold whatever their own price is and do not move with ours.
 */
export function reservationPrice(terms: InvestingTerms, others: Alternative[], sharding: Sharding): ReservationPrice {
  const { name, perShard } = bestOf(others, sharding);
  const never = new Float64Array(sharding.shards);
  const priceAgainst = isPlainEquity(terms) ? plainEquityPrice(terms, sharding) : searchedPrice(terms, sharding);
  return { bestOther: name, againstBest: priceAgainst(perShard), nowOrNever: priceAgainst(never) };
}

/** A reservation price for any payoff: netValue as a function of the price, falling in it. */
export interface PricedNetValue {
  netValueAt: (price: number) => Float64Array; // [draw]
  low: number;
  high: number;
}

/** The price in [low, high] at which a payoff that falls with its price equals the best other alternative. */
export function reservationPriceOf(priced: PricedNetValue, others: Alternative[], sharding: Sharding): ReservationPrice {
  const { name, perShard } = bestOf(others, sharding);
  const never = new Float64Array(sharding.shards);
  return {
    bestOther: name,
    againstBest: priceWhere(priced, perShard, sharding),
    nowOrNever: priceWhere(priced, never, sharding),
  };
}

function bestOf(others: Alternative[], sharding: Sharding): { name: string; perShard: Float64Array } {
  const means = meansOfAlternatives(others, sharding);
  const best = indexOfLargest(means.map((perShard) => measured(perShard).amount));
  return { name: others[best].name, perShard: means[best] };
}

function isPlainEquity(terms: InvestingTerms): boolean {
  return terms.preference === undefined && typeof terms.newMoney === "number";
}

/** Discounted worth per shard of the whole company after dilution: what the price is paid for. */
function presentWorth(terms: InvestingTerms, sharding: Sharding): Float64Array {
  const { exitValue } = terms;
  const [discount, retention] = [strided(terms.discountProceeds), strided(terms.retention)];
  const means = new Float64Array(sharding.shards);
  for (let shard = 0; shard < sharding.shards; shard++) {
    let sum = 0;
    for (let draw = shard * sharding.shardSize; draw < (shard + 1) * sharding.shardSize; draw++)
      sum += Math.max(exitValue[draw], 0) * retention.values[draw * retention.step] * discount.values[draw * discount.step];
    means[shard] = sum / sharding.shardSize;
  }
  return means;
}

/** What the share must be worth, per shard: the alternative given up and the ticket, less strategic worth. */
function mustEarn(terms: InvestingTerms, other: Float64Array, sharding: Sharding): Float64Array {
  const paid = shardMeans(terms.discountTicket, sharding, "discountTicket");
  const strategic = shardMeans(terms.strategicWorth ?? 0, sharding, "strategicWorth");
  return other.map((amount, shard) => amount + terms.ticket * paid[shard] - strategic[shard]);
}

/** The price against an alternative that is given up, by its shard means. */
type PriceAgainst = (other: Float64Array) => WalkAwayPrice;

/** ticket * worth / (pre + new) = needed, solved for the pre-money. */
function plainEquityPrice(terms: InvestingTerms, sharding: Sharding): PriceAgainst {
  const worth = presentWorth(terms, sharding);
  return (other) => {
    const needed = mustEarn(terms, other, sharding);
    const neededAmount = measured(needed).amount;
    if (neededAmount <= 0) return { reachable: false, side: "anyPrice" };
    const postMoney = (terms.ticket * measured(worth).amount) / neededAmount;
    const preMoney = postMoney - (terms.newMoney as number);
    if (preMoney < 0) return { reachable: false, side: "noPriceLowEnough" };
    const residuals = worth.map((amount, shard) => (terms.ticket * amount - postMoney * needed[shard]) / neededAmount);
    return { reachable: true, at: { amount: preMoney, standardError: measured(residuals).standardError } };
  };
}

/** With a preference: the share of the company at which the proceeds earn what they must, as a price. */
function searchedPrice(terms: InvestingTerms, sharding: Sharding): PriceAgainst {
  const { ticket, newMoney } = terms;
  if (typeof newMoney !== "number") return (other) => searchedOnDraws(terms, other, sharding);
  const columns = shareColumns(terms, sharding);
  const wholeMean = measured(shardMeans(columns.whole, sharding)).amount;
  const worthOf = (share: number) => shareWorthAt(share, columns, sharding);
  return (other) => {
    const needed = mustEarn(terms, other, sharding);
    const answer = shareEarning({ worthOf, wholeMean }, needed, newMoney > 0 ? ticket / newMoney : 1);
    if (!answer.reachable) return answer;
    const { amount: share, standardError } = answer.at;
    const postMoney = ticket / share;
    return { reachable: true, at: { amount: postMoney - newMoney, standardError: (postMoney / share) * standardError } };
  };
}

/** The share at which proceeds earn what they must: Newton's steps, halving where one would leave the bracket. */
function shareEarning(
  { worthOf, wholeMean }: { worthOf: (share: number) => ShareWorth; wholeMean: number },
  needed: Float64Array,
  most: number,
): WalkAwayPrice {
  const neededAmount = measured(needed).amount;
  const gapAt = (share: number) => {
    const { worth, slope } = worthOf(share);
    return { gap: measured(worth).amount - neededAmount, slope, worth };
  };
  // At an infinite price the share is zero and only preference and strategic worth remain.
  if (gapAt(0).gap >= 0) return { reachable: false, side: "anyPrice" };
  // Common equity would have to be this share; with a preference less is enough.
  let [low, high] = [0, Math.min(most, neededAmount / wholeMean)];
  let share = high;
  let at = gapAt(share);
  if (at.gap < 0) return { reachable: false, side: "noPriceLowEnough" };
  for (let round = 0; round < 100 && at.gap !== 0; round++) {
    if (at.gap > 0) high = share;
    else low = share;
    const newton = share - at.gap / at.slope;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - share) <= 1e-12 * share) break;
    share = next;
    at = gapAt(share);
  }
  const spread = measured(difference(at.worth, needed)).standardError;
  return { reachable: true, at: { amount: share, standardError: spread === 0 ? 0 : spread / at.slope } };
}

/** Discounted proceeds of a share per shard, and how fast their mean grows with the share. */
interface ShareWorth {
  worth: Float64Array; // [shard]
  slope: number;
}

/** What discounted proceeds are made of, whatever the share. */
function shareColumns(terms: InvestingTerms, sharding: Sharding): ShareColumns {
  const preference = terms.preference!;
  const discount = strided(terms.discountProceeds);
  const retention = strided(terms.retention);
  const ahead = strided(preference.ahead ?? 0);
  const [first, cap] = [preference.multiple * terms.ticket, (preference.cap ?? Infinity) * terms.ticket];
  const draws = drawCount(sharding);
  // All discounted: what the preference pays, what a whole company would bring beside it or when converting, the most without converting.
  const [preferred, beside, whole, ceiling] = [0, 1, 2, 3].map(() => new Float64Array(draws));
  for (let draw = 0; draw < draws; draw++) {
    const factor = discount.values[draw * discount.step];
    const left = leftAfterClaims(terms.exitValue[draw], ahead.values[draw * ahead.step]);
    const paid = Math.min(left, first);
    const kept = factor * retention.values[draw * retention.step];
    preferred[draw] = factor * paid;
    whole[draw] = kept * left;
    beside[draw] = preference.participation === "none" ? 0 : kept * (left - paid);
    ceiling[draw] = preference.participation === "full" ? Infinity : preference.participation === "capped" ? factor * cap : preferred[draw];
  }
  return { preferred, beside, whole, ceiling };
}

type ShareColumns = Record<"preferred" | "beside" | "whole" | "ceiling", Float64Array>; // [draw]

function shareWorthAt(share: number, { preferred, beside, whole, ceiling }: ShareColumns, { shards, shardSize }: Sharding): ShareWorth {
  const worth = new Float64Array(shards);
  let slope = 0;
  for (let shard = 0; shard < shards; shard++) {
    let sum = 0;
    for (let draw = shard * shardSize; draw < (shard + 1) * shardSize; draw++) {
      const participating = preferred[draw] + share * beside[draw];
      const held = participating < ceiling[draw] ? participating : ceiling[draw];
      const converted = share * whole[draw];
      sum += converted > held ? converted : held;
      slope += converted > held ? whole[draw] : participating < ceiling[draw] ? beside[draw] : 0;
    }
    worth[shard] = sum / shardSize;
  }
  return { worth, slope: slope / (shards * shardSize) };
}

/** The search over prices where new money differs by draw, so that a price is no single share. */
function searchedOnDraws(terms: InvestingTerms, other: Float64Array, sharding: Sharding): WalkAwayPrice {
  const netValueAt = (preMoney: number) => investingNetValue({ ...terms, preMoney });
  const lead = (preMoney: number) => meanLead(netValueAt(preMoney), other, sharding);
  if (lead(Infinity) >= 0) return { reachable: false, side: "anyPrice" };
  if (lead(0) < 0) return { reachable: false, side: "noPriceLowEnough" };
  let high = terms.ticket;
  while (lead(high) >= 0 && high < 1e30) high *= 4;
  return priceWhere({ netValueAt, low: 0, high }, other, sharding);
}

function priceWhere(priced: PricedNetValue, other: Float64Array, sharding: Sharding): WalkAwayPrice {
  const gapAt = (price: number) => {
    const netValue = priced.netValueAt(price);
    assert(netValue.length === sharding.shards * sharding.shardSize, "A priced netValue has the wrong length.");
    // The other alternative enters by its shard means: the gap keeps its mean and its spread between shards.
    return netValue.map((amount, draw) => amount - other[Math.floor(draw / sharding.shardSize)]);
  };
  const answer = breakEven({ gapAt, low: priced.low, high: priced.high }, sharding);
  if (answer.reachable) return answer;
  return { reachable: false, side: answer.side === "alwaysAhead" ? "anyPrice" : "noPriceLowEnough" };
}

function meanLead(netValue: Float64Array, other: Float64Array, sharding: Sharding): number {
  return measured(shardMeans(netValue, sharding, "netValue")).amount - measured(other).amount;
}

/** The tree behind reservationPrice: the present worth bought, what it must earn, and the now-or-never price. */
export function explainReservationPrice(terms: InvestingTerms, others: Alternative[], sharding: Sharding): Explanation {
  const answer = reservationPrice(terms, others, sharding);
  const best = others.find(({ name }) => name === answer.bestOther);
  const paid = shardMeans(terms.discountTicket, sharding).map((factor) => factor * terms.ticket);
  return explainedBreakEven("reservationPrice", "money", answer.againstBest, {
    params: { bestOther: answer.bestOther },
    formula: isPlainEquity(terms)
      ? "ticket * presentWorthOfWholeCompany / (bestOther + presentTicket - strategicWorth) - newMoney"
      : "preMoney at which expectedNetValue = bestOther",
    children: [
      explained("presentWorthOfWholeCompany", "money", measured(presentWorth(terms, sharding)), {
        formula: "mean of exitValue * retention * discountProceeds",
        children: (["exitValue", "retention", "discountProceeds"] as const).map((column) =>
          explained("column", column === "exitValue" ? "money" : "multiple", measured(shardMeans(terms[column], sharding)), {
            column,
          }),
        ),
      }),
      explained("bestOther", "money", measured(shardMeans(best?.netValue ?? 0, sharding)), {
        column: answer.bestOther,
      }),
      explained("presentTicket", "money", measured(paid), { column: "discountTicket" }),
      explained("strategicWorth", "money", measured(shardMeans(terms.strategicWorth ?? 0, sharding)), {
        column: "strategicWorth",
      }),
      explainedBreakEven("nowOrNever", "money", answer.nowOrNever, { formula: "the same with bestOther = 0" }),
    ],
  });
}
