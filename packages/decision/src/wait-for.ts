import { assert } from "./assert.ts";
import { explained, type Explanation } from "./explanation.ts";
import { drawCount, measured, ratio, strided, type Amounts, type Measured, type Sharding } from "./sharding.ts";
import { newColumn } from "./spare-columns.ts";
import type { Batch } from "./trigger-knowledge.ts";
import {
  decide,
  fillExpected,
  learnBatches,
  matchBatches,
  prepare,
  type DecidedBatch,
  type PolicyState,
  type Prepared,
  type WaitingPolicy,
} from "./waiting-policy.ts";
import { assertSequence, type KnownQuestion, type WaitingSequence } from "./waiting-sequence.ts";

/** Waiting for one trigger, then deciding on the terms of that day. */
export interface Waiting {
  /** Day on which the trigger fires, since 1970-01-01; Infinity for never. */
  triggerDate: Float64Array; // [draw]
  deadline: number;
  today: number;
  /** netValue of investing when the trigger fires, at that day's price, discounted to today; read only where it fires. */
  netValueThen: Float64Array; // [draw]
  /** 1 where we get in, 0 where we do not, or the chance of it; not known when deciding. */
  access: Amounts;
  /** Questions that may be answered by then. */
  known: KnownQuestion[];
  /** Money we put in if we get in, undiscounted: what expectedMoney adds up. */
  ticketThen?: Amounts;
  /** Whether the decision may depend on the trigger's date; by default only if something else is known too. */
  decidesOnDate?: boolean;
  /** A state of knowledge with fewer draws than this in either half is not decided alone; 16 by default. */
  minimumGroupDraws?: number;
}

/** What the policy does in one state of knowledge, and how often it comes to that. */
export interface PolicyGroup extends PolicyState {
  /** Chance that this state comes up with the decision still open, given that a trigger fires. */
  probability: number;
  /** Share of those draws on which the policy invests. */
  investShare: number;
}

/** One trigger of a sequence. */
export interface OccasionWorth {
  trigger: string;
  probabilityFirst: Measured; // it fires before all others
  probabilityInvests: Measured; // we want in when it fires, and get in
}

/** What waiting is worth and what the team would do when a trigger fires. */
export interface WaitingWorth {
  netValue: Float64Array; // [draw], of the policy; 0 where no trigger fires, we decline or do not get in
  means: Float64Array; // [shard], of netValue
  worth: Measured;
  /** Chance that any trigger fires. */
  probabilityTriggers: Measured;
  /** Chance that a trigger fires, we want in and we get in. */
  probabilityInvests: Measured;
  /** Worth of the policy given that a trigger fires; undefined when none ever does. */
  expectedGivenTrigger: Measured | undefined;
  /** Worth of investing at the first trigger whatever is known then, given that it fires. */
  investingGivenTrigger: Measured | undefined;
  /** Money we expect to put in, undiscounted; undefined where a trigger has no ticketThen. */
  expectedMoney: Measured | undefined;
  occasions: OccasionWorth[];
  /** The occasion at which we first want in; -1 for never. */
  chosen: Int8Array; // [draw]
  /** netValue of getting in at the first, second, ... trigger at which we want in. */
  attempts: Float64Array[]; // [attempt][shard], means
  /** What the rules expect acting to net where the trigger fires, if asked for. */
  expected?: Float64Array; // [draw]
  policy: PolicyGroup[];
  method: "exact groups" | "regression";
}

/**
 * Worth of waiting: E[max(E[netValue | known at the trigger], 0)], by exact grouping of discrete knowledge and by quadratic
 * regression inside a group on the numbers known (Longstaff and Schwartz 2001); of several triggers the best of acting at the
 * first and going on to the next, by backward induction. Every half of the draws is decided by rules learned on the other, so
 * that choosing among noisy estimates does not flatter the worth.
 */
export function waitFor(waiting: Waiting | WaitingSequence, sharding: Sharding): WaitingWorth {
  const prepared = preparedOf(waiting, sharding);
  return worthOf(prepared, learnBatches(prepared));
}

/** The rules of waitFor alone, as data, for draws that are still to come. */
export function learnWaitingPolicy(waiting: Waiting | WaitingSequence, sharding: Sharding): WaitingPolicy {
  return { states: learnBatches(preparedOf(waiting, sharding)).flatMap(({ cells }) => cells) };
}

/** The worth of waiting under rules learned before. On the draws they were learned from this is waitFor. */
export function applyWaitingPolicy(policy: WaitingPolicy, waiting: Waiting | WaitingSequence, sharding: Sharding): WaitingWorth {
  const prepared = preparedOf(waiting, sharding);
  return worthOf(prepared, matchBatches(prepared, policy));
}

function preparedOf(waiting: Waiting | WaitingSequence, sharding: Sharding): Prepared {
  const sequence = sequenceOf(waiting);
  assertSequence(sequence, sharding);
  return prepare(sequence, sharding);
}

/** A single trigger as a sequence of one. */
export function sequenceOf(waiting: Waiting | WaitingSequence): WaitingSequence {
  if ("occasions" in waiting) return waiting;
  const { today, decidesOnDate, minimumGroupDraws, ...occasion } = waiting;
  return { occasions: [{ trigger: "trigger", ...occasion }], today, decidesOnDate, minimumGroupDraws };
}

/** Columns and sums per shard that deciding batch after batch fills. */
interface Tally {
  netValue: Float64Array; // [draw]
  chosen: Int8Array; // [draw]
  open: Float64Array | undefined; // [draw], chance that we have not got in yet; undefined where nothing follows the first trigger
  tries: Uint8Array | undefined; // [draw]
  worth: Float64Array; // [shard], as all below
  always: Float64Array;
  money: Float64Array;
  attempts: Float64Array[]; // [attempt][shard]
  occasions: { first: Float64Array; invests: Float64Array }[];
}

function worthOf(prepared: Prepared, decided: DecidedBatch[]): WaitingWorth {
  const { sharding, sequence } = prepared;
  const { shardSize } = sharding;
  const tally = tallyOf(prepared);
  const groups = decided.flatMap((one) => tallyBatch(prepared, one, tally));
  const means = (sums: Float64Array): Float64Array => sums.map((sum) => sum / shardSize);
  const summed = (of: "first" | "invests") => means(tally.occasions[0][of].map((_, shard) => sumAt(tally.occasions, of, shard)));
  const money = moneyOf(prepared, tally);
  const [triggers, worth] = [summed("first"), means(tally.worth)];
  const fired = triggers.reduce((sum, share) => sum + share, 0) * shardSize;
  const policy = groups.map(({ reached, taken, ...state }) => ({
    ...state,
    probability: reached / fired,
    investShare: reached === 0 ? 0 : taken / reached,
  }));
  return {
    netValue: tally.netValue,
    means: worth,
    worth: measured(worth),
    probabilityTriggers: measured(triggers),
    probabilityInvests: measured(summed("invests")),
    expectedGivenTrigger: ratio(worth, triggers),
    investingGivenTrigger: ratio(means(tally.always), triggers),
    expectedMoney: money && measured(means(money)),
    occasions: sequence.occasions.map(({ trigger }, index) => ({
      trigger,
      probabilityFirst: measured(means(tally.occasions[index].first)),
      probabilityInvests: measured(means(tally.occasions[index].invests)),
    })),
    chosen: tally.chosen,
    ...(sequence.keepsExpected ? { expected: expectedOf(prepared, decided) } : {}),
    attempts: tally.attempts.map(means),
    policy,
    method: policy.some(({ rules }) => rules.some(({ kind }) => kind === "quadratic")) ? "regression" : "exact groups",
  };
}

function expectedOf(prepared: Prepared, decided: DecidedBatch[]): Float64Array {
  const expected = newColumn(prepared.fold.length);
  for (const one of decided) if (one.batch.stage === 0) fillExpected(prepared, one, expected);
  return expected;
}

function tallyOf({ batches, sequence, sharding }: Prepared): Tally {
  const { shards } = sharding;
  const draws = drawCount(sharding);
  const goesOn = batches.some(({ stage }) => stage > 0);
  const perShard = (): Float64Array => new Float64Array(shards);
  return {
    netValue: newColumn(draws),
    chosen: new Int8Array(draws).fill(-1),
    open: goesOn ? new Float64Array(draws).fill(1) : undefined,
    tries: goesOn ? new Uint8Array(draws) : undefined,
    worth: perShard(),
    always: perShard(),
    money: perShard(),
    attempts: [],
    occasions: sequence.occasions.map(() => ({ first: perShard(), invests: perShard() })),
  };
}

type CountedState = PolicyState & { reached: number; taken: number };

/** Decides one batch by the other half's rules and counts what comes of it. */
function tallyBatch(prepared: Prepared, decided: DecidedBatch, tally: Tally): CountedState[] {
  const { batch, cells } = decided;
  const { invests, taken } = decide(prepared, decided, 1);
  tallyMoney(prepared, batch, invests, tally);
  if (!tally.open) {
    tallyOnce(prepared, batch, invests, tally);
    return cells.map((state, cell) => ({ ...state, reached: decided.counts[2 * cell] + decided.counts[2 * cell + 1], taken: taken[cell] }));
  }
  const counted = tallyOpen(prepared, decided, invests, tally);
  return cells.map((state, cell) => ({ ...state, reached: counted.reached[cell], taken: counted.taken[cell] }));
}

/** What is put in, before the batch is decided: what was decided earlier weighs what is left. A fixed ticket is counted by who gets in. */
function tallyMoney({ sequence, sharding }: Prepared, { draws, occasion }: Batch, invests: Uint8Array, tally: Tally): void {
  const { ticketThen, access } = sequence.occasions[occasion];
  if (!(ticketThen instanceof Float64Array)) return;
  const { values, step } = strided(access);
  const { open, money } = tally;
  let [shard, end] = [0, sharding.shardSize];
  for (let row = 0; row < draws.length; row++) {
    const draw = draws[row];
    for (; draw >= end; end += sharding.shardSize) shard++;
    if (invests[row] === 1) money[shard] += (open ? open[draw] : 1) * values[draw * step] * ticketThen[draw];
  }
}

/** Money put in per shard, fixed tickets included; undefined where an occasion has none. */
function moneyOf({ sequence: { occasions } }: Prepared, tally: Tally): Float64Array | undefined {
  if (occasions.some(({ ticketThen }) => ticketThen === undefined)) return undefined;
  return tally.money.map((drawn, shard) =>
    occasions.reduce(
      (sum, { ticketThen }, place) => sum + (typeof ticketThen === "number" ? ticketThen * tally.occasions[place].invests[shard] : 0),
      drawn,
    ),
  );
}

/** The only batch of a draw: nothing follows it. One pass, shard by shard. */
function tallyOnce({ sequence, sharding }: Prepared, { draws, occasion }: Batch, invests: Uint8Array, tally: Tally): void {
  const { shards, shardSize } = sharding;
  const { netValueThen, access } = sequence.occasions[occasion];
  const { values, step } = strided(access);
  const { netValue, chosen } = tally;
  const sums = tally.occasions[occasion];
  const attempts = (tally.attempts[0] ??= new Float64Array(shards));
  let row = 0;
  for (let shard = 0; shard < shards; shard++) {
    const from = row;
    const to = rowOfDraw(draws, (shard + 1) * shardSize);
    let [worth, always, gotIn, tried] = [0, 0, 0, 0];
    for (; row < to; row++) {
      const draw = draws[row];
      const chance = values[draw * step];
      if (!(chance >= 0 && chance <= 1)) assert(false, "Access must lie between 0 and 1.");
      const takes = invests[row];
      const then = netValueThen[draw];
      const offered = chance * then;
      // Adding 0 makes a declined loss 0 and not -0.
      const nets = takes * offered + 0;
      netValue[draw] = nets;
      chosen[draw] = takes * (occasion + 1) - 1;
      worth += nets;
      tried += takes * then;
      always += offered;
      gotIn += takes * chance;
    }
    // A sum is finite only if all its terms are.
    assert(Number.isFinite(always), "Column netValueThen holds a draw that is not finite.");
    sums.first[shard] += row - from;
    sums.invests[shard] += gotIn;
    tally.worth[shard] += worth;
    tally.always[shard] += always;
    attempts[shard] += tried;
  }
}

/** The first row whose draw is not below one. */
function rowOfDraw(draws: Uint32Array, draw: number): number {
  let [low, high] = [0, draws.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (draws[middle] < draw) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A batch that others precede or follow: what was decided before weighs what is left. */
function tallyOpen(
  { sequence, sharding }: Prepared,
  { batch, cellOf, cells }: DecidedBatch,
  invests: Uint8Array,
  tally: Tally,
): { reached: Float64Array; taken: Float64Array } {
  const { draws, group, stage, occasion } = batch;
  const { netValueThen: then, access } = sequence.occasions[occasion];
  const { values, step } = strided(access);
  const [reached, taken] = [new Float64Array(cells.length), new Float64Array(cells.length)];
  const { open, tries, chosen, netValue, worth, always, attempts } = tally as Required<Tally>;
  const sums = tally.occasions[occasion];
  let [shard, end] = [0, sharding.shardSize];
  for (let row = 0; row < draws.length; row++) {
    const draw = draws[row];
    for (; draw >= end; end += sharding.shardSize) shard++;
    const chance = values[draw * step];
    if (!(chance >= 0 && chance <= 1)) assert(false, "Access must lie between 0 and 1.");
    if (!Number.isFinite(then[draw])) assert(false, "Column netValueThen holds a draw that is not finite.");
    const nets = chance * then[draw];
    if (stage === 0) {
      sums.first[shard]++;
      always[shard] += nets;
    }
    const left = open![draw];
    const cell = cellOf[group[row]];
    if (cell >= 0) reached[cell] += left;
    if (invests[row] === 0) continue;
    taken[cell] += left;
    sums.invests[shard] += left * chance;
    worth[shard] += left * nets;
    if (chosen[draw] < 0) chosen[draw] = occasion;
    netValue[draw] += left * nets;
    open![draw] = left * (1 - chance);
    const attempt = tries![draw]++;
    (attempts[attempt] ??= new Float64Array(sharding.shards))[shard] += then[draw];
  }
  return { reached, taken };
}

function sumAt(occasions: Tally["occasions"], of: "first" | "invests", shard: number): number {
  return occasions.reduce((sum, occasion) => sum + occasion[of][shard], 0);
}

/** The tree behind waitFor: how likely the trigger is, what it is worth then, and what is done in each state of knowledge. */
export function explainWaitFor(waiting: Waiting | WaitingSequence, sharding: Sharding): Explanation {
  return explainWaitingWorth(waiting, waitFor(waiting, sharding));
}

/** The same from a worth that is known already. */
export function explainWaitingWorth(waiting: Waiting | WaitingSequence, answer: WaitingWorth): Explanation {
  const { occasions } = sequenceOf(waiting);
  const several = occasions.length > 1;
  return explained("waitFor", "money", answer.worth, {
    params: { method: answer.method, deadline: Math.max(...occasions.map(({ deadline }) => deadline)) },
    formula: "probabilityTriggers * expectedGivenTrigger",
    children: [
      explained("probabilityTriggers", "probability", answer.probabilityTriggers, {
        ...(several ? {} : { column: "triggerDate" }),
        children: several ? answer.occasions.map(explainOccasion) : [],
      }),
      explained("expectedGivenTrigger", "money", answer.expectedGivenTrigger, {
        column: "netValueThen",
        formula: "netValue of investing where the policy does, else 0",
        children: answer.policy.map((group) => explainGroup(group, several)),
      }),
      explained("investingGivenTrigger", "money", answer.investingGivenTrigger, { column: "netValueThen" }),
      explained("probabilityInvests", "probability", answer.probabilityInvests, several ? {} : { column: "access" }),
    ],
  });
}

function explainOccasion({ trigger, probabilityFirst, probabilityInvests }: OccasionWorth): Explanation {
  return explained("probabilityFirst", "probability", probabilityFirst, {
    params: { trigger },
    column: `${trigger}.triggerDate`,
    children: [explained("probabilityInvests", "probability", probabilityInvests, { column: `${trigger}.access` })],
  });
}

function explainGroup(group: PolicyGroup, several: boolean): Explanation {
  const during: Record<string, string> = several ? { trigger: group.trigger, after: group.after.join(", ") } : {};
  return explained("policyGroup", "probability", group.probability, {
    params: { investShare: group.investShare, rare: String(group.rare), ...during },
    children: group.knows.map(({ question, answer }) =>
      explained("answer", "count", typeof answer === "number" ? answer : undefined, {
        question,
        params: { answer },
      }),
    ),
  });
}
