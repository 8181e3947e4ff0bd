import { assert } from "./assert.ts";
import { breakEven, explainedBreakEven } from "./break-even.ts";
import { indexOfLargest, meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { explained, type Explanation } from "./explanation.ts";
import { investingNetValue, type InvestingTerms } from "./investing.ts";
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
  const [discount, retention] = [strided(terms.discountProceeds), strided(terms.retention)];
  const { exitValue } = terms;
  const worthIn = (draw: number) => Math.max(exitValue[draw], 0) * retention.values[draw * retention.step];
  return meansOf(sharding, (draw) => discount.values[draw * discount.step] * worthIn(draw));
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
  const worthOf = presentWorthOfShare(terms, sharding);
  return (other) => {
    const needed = mustEarn(terms, other, sharding);
    const gapAt = (share: number) => difference(worthOf(share), needed);
    // At an infinite price the share is zero and only preference and strategic worth remain.
    if (measured(gapAt(0)).amount >= 0) return { reachable: false, side: "anyPrice" };
    const high = newMoney > 0 ? ticket / newMoney : 1;
    const answer = breakEven({ gapAt, low: 0, high }, { shards: sharding.shards, shardSize: 1 });
    if (!answer.reachable) return { reachable: false, side: "noPriceLowEnough" };
    const { amount: share, standardError } = answer.at;
    const postMoney = ticket / share;
    return { reachable: true, at: { amount: postMoney - newMoney, standardError: (postMoney / share) * standardError } };
  };
}

/** Discounted proceeds per shard as a function of the share bought: what does not depend on the share is worked out once. */
function presentWorthOfShare(terms: InvestingTerms, sharding: Sharding): (share: number) => Float64Array {
  const preference = terms.preference!;
  const discount = strided(terms.discountProceeds);
  const retention = strided(terms.retention);
  const ahead = strided(preference.ahead ?? 0);
  const [first, most] = [preference.multiple * terms.ticket, (preference.cap ?? Infinity) * terms.ticket];
  const draws = drawCount(sharding);
  const preferred = new Float64Array(draws); // all discounted: what the preference pays,
  const whole = new Float64Array(draws); // what the whole company would bring us when converting,
  const beside = new Float64Array(draws); // and when participating
  const ceiling = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    const factor = discount.values[draw * discount.step];
    const left = Math.max(terms.exitValue[draw] - ahead.values[draw * ahead.step], 0);
    const paid = Math.min(left, first);
    const kept = factor * retention.values[draw * retention.step];
    preferred[draw] = factor * paid;
    whole[draw] = kept * left;
    beside[draw] = kept * (left - paid);
    ceiling[draw] = factor === 0 ? 0 : factor * most;
  }
  if (preference.participation === "none") return (share) => meansOf(sharding, (draw) => Math.max(preferred[draw], share * whole[draw]));
  if (preference.participation === "full") return (share) => meansOf(sharding, (draw) => preferred[draw] + share * beside[draw]);
  return (share) =>
    meansOf(sharding, (draw) => Math.max(Math.min(preferred[draw] + share * beside[draw], ceiling[draw]), share * whole[draw]));
}

function meansOf({ shards, shardSize }: Sharding, amountOf: (draw: number) => number): Float64Array {
  const means = new Float64Array(shards);
  for (let shard = 0; shard < shards; shard++) {
    let sum = 0;
    for (let draw = shard * shardSize; draw < (shard + 1) * shardSize; draw++) sum += amountOf(draw);
    means[shard] = sum / shardSize;
  }
  return means;
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
