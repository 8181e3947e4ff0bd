import { assert } from "./assert.ts";
import { assertColumn, drawCount, type Amounts, type Sharding } from "./sharding.ts";

/** A question whose answer the team may have by the time the trigger fires. */
export interface KnownQuestion {
  name: string;
  column: Float64Array; // [draw]
  /** Day from which the answer is known, since 1970-01-01; for a date question its own column. */
  knownAt: Amounts;
  discrete: boolean;
  /** All answers are whole numbers from 0 to below this; found out where it is not given. */
  answers?: number;
}

/** A trigger and the terms of its day. */
export interface Occasion {
  trigger: string;
  /** Day on which the trigger fires, since 1970-01-01; Infinity for never. */
  triggerDate: Float64Array; // [draw]
  deadline: number;
  /** netValue of investing when the trigger fires, at that day's price, discounted to today; read only where it fires. */
  netValueThen: Float64Array; // [draw]
  /** 1 where we get in, 0 where we do not, or the chance of it; not known when deciding. */
  access: Amounts;
  /** Questions that may be answered by then. */
  known: KnownQuestion[];
  /** Money we put in if we get in, undiscounted: what expectedMoney adds up. */
  ticketThen?: Amounts;
}

/** Waiting for the first of several triggers, and after a refusal or a no of our own for the next. */
export interface WaitingSequence {
  occasions: Occasion[];
  today: number;
  /** Whether the decision may depend on the trigger's date; by default only if something else is known too. */
  decidesOnDate?: boolean;
  /** A state of knowledge with fewer draws than this in either half is not decided alone; 16 by default. */
  minimumGroupDraws?: number;
  /** Decide when the first trigger fires and never again; false unless given. */
  decidesOnce?: boolean;
  /** Whether the answer keeps what the rules expect on every draw: what breakEvenStepUpOfWait needs. */
  keepsExpected?: boolean;
  /** Whether the answer's errors leave out how unsettled the policy is: for whoever reads its netValue alone. */
  withoutReplicas?: boolean;
  /** Observations of penalty per coefficient of a regression, 1 by default, and whether its features are clipped. */
  regression?: { ridge: number; clipped: boolean };
}

/** The order in which triggers fire on every draw: the place of an occasion per stage, or `silent`. */
export interface FiringOrder {
  stages: Uint8Array[]; // [stage][draw]
}

export const silent = 255;

/** Sorts the triggers of every draw by the day they fire; one that fired before today fires today, and the first listed wins a tie. */
export function firingOrder({ occasions, today, decidesOnce }: WaitingSequence, draws: number): FiringOrder {
  const depth = decidesOnce ? 1 : occasions.length;
  const stages = Array.from({ length: depth }, () => new Uint8Array(draws).fill(silent));
  const dates = occasions.map(({ triggerDate }) => triggerDate);
  const days = new Float64Array(occasions.length);
  const places = new Uint8Array(occasions.length);
  for (let draw = 0; draw < draws; draw++) {
    let count = 0;
    for (let place = 0; place < dates.length; place++) {
      const date = dates[place][draw];
      assert(date === date, "A trigger date is not a number.");
      if (!(date <= occasions[place].deadline && date < Infinity)) continue;
      const day = date > today ? date : today;
      let at = count++;
      for (; at > 0 && days[at - 1] > day; at--) {
        days[at] = days[at - 1];
        places[at] = places[at - 1];
      }
      days[at] = day;
      places[at] = place;
    }
    for (let stage = 0; stage < count && stage < depth; stage++) stages[stage][draw] = places[stage];
  }
  return { stages };
}

/** Refuses a sequence that cannot be decided: no trigger, two of one name, columns of another length. */
export function assertSequence({ occasions }: WaitingSequence, sharding: Sharding): void {
  assert(occasions.length > 0 && occasions.length < silent, "Waiting needs between one and 254 triggers.");
  assert(new Set(occasions.map(({ trigger }) => trigger)).size === occasions.length, "A trigger is listed twice.");
  assert(drawCount(sharding) > 0, "A run needs at least one draw.");
  for (const { triggerDate, netValueThen, access, known, ticketThen = 0 } of occasions) {
    assertColumn(ticketThen, sharding, "ticketThen");
    assertColumn(triggerDate, sharding, "triggerDate");
    assertColumn(netValueThen, sharding, "netValueThen");
    assertColumn(access, sharding, "access");
    for (const { name, column, knownAt } of known) {
      assertColumn(column, sharding, name);
      assertColumn(knownAt, sharding, `knownAt of ${name}`);
    }
  }
}
