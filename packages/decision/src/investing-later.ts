import { assert } from "./assert.ts";
import { leftAfterClaims, type InvestingTerms } from "./investing.ts";
import { newColumn } from "./spare-columns.ts";
import { strided, type Amounts } from "./sharding.ts";

/** The terms of the day a trigger fires; every one of them may differ from draw to draw. */
export interface LaterTerms extends Omit<InvestingTerms, "ticket"> {
  ticket: Amounts;
  /** Worth to the parent in money of the day of the ticket, and discounted with it. */
  strategicWorth?: Amounts;
  exitDate: Float64Array; // [draw]
  triggerDate: Float64Array; // [draw]
  deadline: number;
}

/**
 * netValue of investing on the day the trigger fires, discounted to today; 0 where it does not fire by its deadline. Where the
 * exit came first nothing is left to buy: the ticket is spent for nothing.
 */
export function laterNetValue(terms: LaterTerms): Float64Array {
  assertLater(terms);
  const { exitValue, exitDate, triggerDate, preference } = terms;
  const last = Math.min(terms.deadline, Number.MAX_VALUE);
  const [tickets, pre, added] = [strided(terms.ticket), strided(terms.preMoney), strided(terms.newMoney)];
  const [retained, ahead] = [strided(terms.retention), strided(preference?.ahead ?? 0)];
  const [proceedsFactor, ticketFactor] = [strided(terms.discountProceeds), strided(terms.discountTicket)];
  const strategic = strided(terms.strategicWorth ?? 0);
  const { multiple = 0, cap = Infinity, participation = "none" } = preference ?? {};
  const netValue = newColumn(exitValue.length);
  for (let draw = 0; draw < netValue.length; draw++) {
    const date = triggerDate[draw];
    if (!(date <= last)) continue;
    const ticket = tickets.values[draw * tickets.step];
    const post = pre.values[draw * pre.step] + added.values[draw * added.step];
    const share = (ticket / post) * retained.values[draw * retained.step];
    const exit = exitDate[draw] > date ? exitValue[draw] : 0;
    let proceeds = exit > 0 ? share * exit : 0 * exit;
    if (preference) {
      const left = leftAfterClaims(exit, ahead.values[draw * ahead.step]);
      const converted = share * left;
      const preferred = Math.min(left, multiple * ticket);
      proceeds = Math.max(preferred, converted);
      if (participation !== "none") {
        const participating = preferred + share * (left - preferred);
        proceeds = participation === "full" ? participating : Math.max(Math.min(participating, cap * ticket), converted);
      }
    }
    const spent = ticket - strategic.values[draw * strategic.step];
    netValue[draw] = proceeds * proceedsFactor.values[draw * proceedsFactor.step] - spent * ticketFactor.values[draw * ticketFactor.step];
  }
  return netValue;
}

function assertLater(terms: LaterTerms): void {
  assert(typeof terms.ticket !== "number" || terms.ticket > 0, "A ticket must be above zero.");
  assert(terms.preference?.participation !== "capped" || terms.preference.cap !== undefined, "A capped preference needs its cap.");
  const names = ["ticket", "preMoney", "newMoney", "retention", "discountProceeds", "discountTicket", "strategicWorth"] as const;
  const columns: [string, Amounts | undefined][] = [
    ...names.map((name): [string, Amounts | undefined] => [name, terms[name]]),
    ["ahead", terms.preference?.ahead],
    ["exitDate", terms.exitDate],
    ["triggerDate", terms.triggerDate],
  ];
  for (const [name, column] of columns)
    assert(
      !(column instanceof Float64Array) || column.length === terms.exitValue.length,
      `Column ${name} and column exitValue differ in length.`,
    );
}
