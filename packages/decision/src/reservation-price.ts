import { assert } from "./assert.ts";
import { breakEven, explainedBreakEven } from "./break-even.ts";
import { indexOfLargest, meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { explained, type Explanation } from "./explanation.ts";
import { investingNetValue, type InvestingTerms } from "./investing.ts";
import { measured, shardMeans, type Measured, type Sharding } from "./sharding.ts";

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
  const priceAgainst = isPlainEquity(terms) ? plainEquityPrice : searchedPrice;
  return {
    bestOther: name,
    againstBest: priceAgainst(terms, perShard, sharding),
    nowOrNever: priceAgainst(terms, never, sharding),
  };
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
  // A round that sells the whole company: the ticket cancels, proceeds are the retained exit.
  const whole = { ...terms, ticket: 1, preMoney: 0, newMoney: 1, discountTicket: 0, strategicWorth: 0 };
  return shardMeans(investingNetValue({ ...whole, preference: undefined }), sharding, "netValue");
}

/** What the share must be worth, per shard: the alternative given up and the ticket, less strategic worth. */
function mustEarn(terms: InvestingTerms, other: Float64Array, sharding: Sharding): Float64Array {
  const paid = shardMeans(terms.discountTicket, sharding, "discountTicket");
  const strategic = shardMeans(terms.strategicWorth ?? 0, sharding, "strategicWorth");
  return other.map((amount, shard) => amount + terms.ticket * paid[shard] - strategic[shard]);
}

/** ticket * worth / (pre + new) = needed, solved for the pre-money. */
function plainEquityPrice(terms: InvestingTerms, other: Float64Array, sharding: Sharding): WalkAwayPrice {
  const worth = presentWorth(terms, sharding);
  const needed = mustEarn(terms, other, sharding);
  const neededAmount = measured(needed).amount;
  if (neededAmount <= 0) return { reachable: false, side: "anyPrice" };
  const postMoney = (terms.ticket * measured(worth).amount) / neededAmount;
  const preMoney = postMoney - (terms.newMoney as number);
  if (preMoney < 0) return { reachable: false, side: "noPriceLowEnough" };
  const residuals = worth.map((amount, shard) => (terms.ticket * amount - postMoney * needed[shard]) / neededAmount);
  return { reachable: true, at: { amount: preMoney, standardError: measured(residuals).standardError } };
}

function searchedPrice(terms: InvestingTerms, other: Float64Array, sharding: Sharding): WalkAwayPrice {
  const netValueAt = (preMoney: number) => investingNetValue({ ...terms, preMoney });
  const lead = (preMoney: number) => meanLead(netValueAt(preMoney), other, sharding);
  // At an infinite price the share is zero and only preference and strategic worth remain.
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
