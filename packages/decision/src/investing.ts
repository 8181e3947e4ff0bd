import { assert } from "./assert.ts";
import { explained, type Explanation } from "./explanation.ts";
import { newColumn } from "./spare-columns.ts";
import { measured, shardMeans, strided, type Amounts, type Sharding } from "./sharding.ts";

/** A liquidation preference of our class, in multiples of the ticket. */
export interface Preference {
  multiple: number;
  participation: "none" | "full" | "capped";
  /** Most we receive without converting, preference included, in multiples of the ticket; for "capped" only. */
  cap?: number;
  /** Preferences paid before ours, in money. */
  ahead?: Amounts;
}

/** The terms on which we invest; money in the valuation currency, shares and factors as fractions of one. */
export interface InvestingTerms {
  ticket: number;
  preMoney: Amounts;
  /** All money of the round, our ticket included. */
  newMoney: Amounts;
  /** Share of our holding that later rounds leave us. */
  retention: Amounts;
  /** Worth of all equity at the exit. */
  exitValue: Float64Array; // [draw]
  /** Discount factor from the exit to today; 0 where the exit never comes. */
  discountProceeds: Amounts;
  discountTicket: Amounts;
  /** Worth to the parent beyond the proceeds, already discounted. */
  strategicWorth?: Amounts;
  preference?: Preference;
}

/**
 * What our holding receives at the exit, undiscounted, per draw. Everyone but us and those ahead is treated as common;
 * those ahead keep their preference also at exits where they would convert, which understates us by at most our share of
 * it there. A negative equity value counts as zero (limited liability).
 */
export function proceedsOfInvesting(terms: InvestingTerms): Float64Array {
  assertTerms(terms);
  const { exitValue, ticket, preference } = terms;
  if (!preference) return proceedsOfCommon(terms);
  const draws = exitValue.length;
  const pre = strided(terms.preMoney);
  const added = strided(terms.newMoney);
  const retention = strided(terms.retention);
  const ahead = strided(preference?.ahead ?? 0);
  const first = (preference?.multiple ?? 0) * ticket;
  const most = (preference?.cap ?? Infinity) * ticket;
  const participation = preference?.participation ?? "none";
  const proceeds = newColumn(draws);
  for (let draw = 0; draw < draws; draw++) {
    const post = pre.values[draw * pre.step] + added.values[draw * added.step];
    const share = (ticket / post) * retention.values[draw * retention.step];
    const left = leftAfterClaims(exitValue[draw], ahead.values[draw * ahead.step]);
    const converted = share * left;
    const preferred = Math.min(left, first);
    if (participation === "none") proceeds[draw] = Math.max(preferred, converted);
    else {
      const participating = preferred + share * (left - preferred);
      proceeds[draw] = participation === "full" ? participating : Math.max(Math.min(participating, most), converted);
    }
  }
  return proceeds;
}

/** What those who are paid first leave of the equity: nothing of an exit below zero, and all of it where they claim less than nothing. */
export function leftAfterClaims(exitValue: number, ahead: number): number {
  return Math.max(exitValue - Math.max(ahead, 0), 0);
}

/** The same without a preference: our share of what is left of the equity. */
function proceedsOfCommon({ exitValue, ticket, preMoney, newMoney, retention }: InvestingTerms): Float64Array {
  const [pre, added, retained] = [strided(preMoney), strided(newMoney), strided(retention)];
  const proceeds = newColumn(exitValue.length);
  if (pre.step === 0 && added.step === 0) {
    const bought = ticket / (pre.values[0] + added.values[0]);
    for (let draw = 0; draw < proceeds.length; draw++) {
      const left = exitValue[draw];
      proceeds[draw] = left > 0 ? bought * retained.values[draw * retained.step] * left : 0 * left;
    }
    return proceeds;
  }
  for (let draw = 0; draw < proceeds.length; draw++) {
    const post = pre.values[draw * pre.step] + added.values[draw * added.step];
    const left = exitValue[draw];
    proceeds[draw] = left > 0 ? (ticket / post) * retained.values[draw * retained.step] * left : 0 * left;
  }
  return proceeds;
}

/** netValue of investing per draw: discounted proceeds of our holding, minus the discounted ticket, plus strategic worth. */
export function investingNetValue(terms: InvestingTerms): Float64Array {
  const netValue = proceedsOfInvesting(terms);
  return netValueOfProceeds(netValue, terms, netValue);
}

/** The same from proceeds that are known already, into a column of its own unless one is given. */
export function netValueOfProceeds(
  proceeds: Float64Array,
  terms: InvestingTerms,
  netValue: Float64Array = newColumn(proceeds.length),
): Float64Array {
  const proceedsFactor = strided(terms.discountProceeds);
  const ticketFactor = strided(terms.discountTicket);
  const strategic = strided(terms.strategicWorth ?? 0);
  for (let draw = 0; draw < netValue.length; draw++) {
    netValue[draw] =
      proceeds[draw] * proceedsFactor.values[draw * proceedsFactor.step] -
      terms.ticket * ticketFactor.values[draw * ticketFactor.step] +
      strategic.values[draw * strategic.step];
  }
  return netValue;
}

/** The tree behind the expectation of investingNetValue: present proceeds, present ticket, strategic worth. */
export function explainInvestingNetValue(terms: InvestingTerms, sharding: Sharding): Explanation {
  const netValue = measured(shardMeans(investingNetValue(terms), sharding));
  const present = measured(shardMeans(investingNetValue({ ...terms, discountTicket: 0, strategicWorth: 0 }), sharding));
  const paid = measured(shardMeans(terms.discountTicket, sharding).map((factor) => factor * terms.ticket));
  const leaf = (column: keyof InvestingTerms, unit: Explanation["unit"]) =>
    explained("column", unit, measured(shardMeans(terms[column] as Amounts, sharding, column)), { column });
  return explained("expectedNetValue", "money", netValue, {
    formula: "expectedProceeds - presentTicket + strategicWorth",
    children: [
      explained("expectedProceeds", "money", present, {
        formula: "mean of discountProceeds * what ticket / (preMoney + newMoney) * retention of exitValue receives",
        children: [
          leaf("exitValue", "money"),
          leaf("discountProceeds", "multiple"),
          leaf("retention", "probability"),
          leaf("preMoney", "money"),
          leaf("newMoney", "money"),
        ],
      }),
      explained("presentTicket", "money", paid, {
        formula: "ticket * mean of discountTicket",
        children: [explained("column", "money", terms.ticket, { column: "ticket" }), leaf("discountTicket", "multiple")],
      }),
      explained("strategicWorth", "money", measured(shardMeans(terms.strategicWorth ?? 0, sharding)), {
        column: "strategicWorth",
      }),
    ],
  });
}

function assertTerms(terms: InvestingTerms): void {
  assert(terms.ticket > 0, "A ticket must be above zero.");
  assert(terms.preference?.participation !== "capped" || terms.preference.cap !== undefined, "A capped preference needs its cap.");
  const columns: [string, Amounts | undefined][] = [
    ["preMoney", terms.preMoney],
    ["newMoney", terms.newMoney],
    ["retention", terms.retention],
    ["discountProceeds", terms.discountProceeds],
    ["discountTicket", terms.discountTicket],
    ["strategicWorth", terms.strategicWorth],
    ["ahead", terms.preference?.ahead],
  ];
  for (const [name, column] of columns)
    assert(
      !(column instanceof Float64Array) || column.length === terms.exitValue.length,
      `Column ${name} and column exitValue differ in length.`,
    );
}
