import { assert } from "./assert.ts";
import { breakEven, explainedBreakEven } from "./break-even.ts";
import { indexOfLargest, meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { explained, type Explanation } from "./explanation.ts";
import { investingNetValue, leftAfterClaims, type InvestingTerms } from "./investing.ts";
import { scratch } from "./scratch.ts";
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
  const nowOrNever = priceAgainst(never);
  const nothingElse = perShard.every((mean) => mean === 0);
  return { bestOther: name, againstBest: nothingElse ? nowOrNever : priceAgainst(perShard), nowOrNever };
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
  const pilot = { shards: 1, shardSize: sharding.shardSize };
  const nothing = shareWorthAt(0, columns, sharding).worth;
  const wholeMean = measured(shardMeans(columns.whole, sharding)).amount;
  const most = newMoney > 0 ? ticket / newMoney : 1;
  return (other) => {
    const needed = mustEarn(terms, other, sharding);
    const neededAmount = measured(needed).amount;
    // At an infinite price the share is zero and only preference and strategic worth remain.
    if (measured(nothing).amount >= neededAmount) return { reachable: false, side: "anyPrice" };
    // Common equity would have to be this share; with a preference less is enough.
    const high = Math.min(most, neededAmount / wholeMean);
    // The first shard alone says nearly where; then few steps over all of them are left.
    const near = rootOfShare((share) => gapOf(shareWorthAt(share, columns, pilot), needed.subarray(0, 1)), high, high);
    const found = rootOfShare((share) => gapOf(shareWorthAt(share, columns, sharding), needed), high, near?.share ?? high);
    if (!found) return { reachable: false, side: "noPriceLowEnough" };
    const { share, worth, slope } = found;
    const spread = measured(difference(worth, needed)).standardError;
    const postMoney = ticket / share;
    return {
      reachable: true,
      at: { amount: postMoney - newMoney, standardError: spread === 0 ? 0 : (postMoney / share) * (spread / slope) },
    };
  };
}

/** What a share earns beyond what it must, and how fast that grows with the share. */
interface ShareGap extends ShareWorth {
  gap: number;
}

function gapOf({ worth, slope }: ShareWorth, needed: Float64Array): ShareGap {
  return { worth, slope, gap: measured(worth).amount - measured(needed).amount };
}

/**
 * The share at most `high` at which nothing is missing, with what it earns; undefined where that much is too little. Newton's steps from
 * `start`, halving where one would leave the bracket; the last step, below a ten-millionth of the share, is taken unseen.
 */
function rootOfShare(gapAt: (share: number) => ShareGap, high: number, start: number): (ShareGap & { share: number }) | undefined {
  let [low, top, reached] = [0, high, false];
  let share = start;
  for (let round = 0; ; round++) {
    const at = gapAt(share);
    if (share === high && at.gap < 0) return undefined;
    if (at.gap === 0 || round === 100) return { ...at, share };
    if (at.gap > 0) [top, reached] = [share, true];
    else low = share;
    const newton = share - at.gap / at.slope;
    const inside = newton > low && newton < top;
    const next = inside ? newton : reached ? (low + top) / 2 : high;
    if (Math.abs(next - share) <= 1e-7 * share) return { ...at, share: next };
    share = next;
  }
}

/** Discounted proceeds of a share per shard, and how fast their mean grows with the share. */
interface ShareWorth {
  worth: Float64Array; // [shard]
  slope: number;
}

/** What discounted proceeds are made of, whatever the share. */
interface ShareColumns {
  /** What the preference pays. */
  preferred: Float64Array; // [draw]
  /** What a whole company would bring when converting. */
  whole: Float64Array; // [draw]
  /** Where the preference participates: what a whole company would bring beside it, and the most without converting. */
  participating?: { beside: Float64Array; ceiling: Float64Array }; // [draw]
}

function shareColumns(terms: InvestingTerms, sharding: Sharding): ShareColumns {
  const { multiple, participation, cap = Infinity, ahead: claims = 0 } = terms.preference!;
  const [discount, retention, ahead] = [terms.discountProceeds, terms.retention, claims].map(strided);
  const first = multiple * terms.ticket;
  const most = participation === "full" ? Infinity : cap * terms.ticket;
  const draws = drawCount(sharding);
  const column = (name: string): Float64Array => scratch.float64(`share ${name}`, draws);
  const [preferred, whole] = [column("preferred"), column("whole")];
  const participating = participation === "none" ? undefined : { beside: column("beside"), ceiling: column("ceiling") };
  for (let draw = 0; draw < draws; draw++) {
    const factor = discount.values[draw * discount.step];
    const left = leftAfterClaims(terms.exitValue[draw], ahead.values[draw * ahead.step]);
    const paid = Math.min(left, first);
    const kept = factor * retention.values[draw * retention.step];
    preferred[draw] = factor * paid;
    whole[draw] = kept * left;
    if (!participating) continue;
    participating.beside[draw] = kept * (left - paid);
    participating.ceiling[draw] = most === Infinity ? Infinity : factor * most;
  }
  return { preferred, whole, participating };
}

/** Sums over the shards, so many of them as `sharding` says. */
function shareWorthAt(share: number, columns: ShareColumns, { shards, shardSize }: Sharding): ShareWorth {
  const worth = new Float64Array(shards);
  let slope = 0;
  for (let shard = 0; shard < shards; shard++) {
    const [sum, rate] = (columns.participating ? sumsParticipating : sumsConverting)(share, columns, shard * shardSize, shardSize);
    worth[shard] = sum / shardSize;
    slope += rate;
  }
  return { worth, slope: slope / (shards * shardSize) };
}

// Worth and its slope summed over some draws. Without a branch where it can be: who converts is a coin toss to the processor.

function sumsConverting(share: number, { preferred, whole }: ShareColumns, from: number, draws: number): [sum: number, rate: number] {
  let [sum, rate] = [0, 0];
  for (let draw = from; draw < from + draws; draw++) {
    const all = whole[draw];
    const gained = share * all - preferred[draw];
    const converts = Number(gained > 0);
    sum += preferred[draw] + converts * gained;
    rate += converts * all;
  }
  return [sum, rate];
}

function sumsParticipating(share: number, columns: ShareColumns, from: number, draws: number): [sum: number, rate: number] {
  const { preferred, whole } = columns;
  const { beside, ceiling } = columns.participating!;
  let [sum, rate] = [0, 0];
  for (let draw = from; draw < from + draws; draw++) {
    const together = preferred[draw] + share * beside[draw];
    const uncapped = Number(together < ceiling[draw]);
    const held = uncapped === 1 ? together : ceiling[draw];
    const gained = share * whole[draw] - held;
    const converts = Number(gained > 0);
    sum += held + converts * gained;
    rate += converts * whole[draw] + (1 - converts) * uncapped * beside[draw];
  }
  return [sum, rate];
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
