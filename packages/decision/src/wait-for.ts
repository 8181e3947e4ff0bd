import { explained, type Explanation } from "./explanation.ts";
import { difference, measured, measuredShare, ratio, type Amounts, type Measured, type Sharding } from "./sharding.ts";
import {
  balancedHalves,
  firstPoints,
  leastShardsToHalve,
  ofShards,
  replicaPoints,
  withDeviations,
  withMeanDeviations,
  type PolicyReplicas,
  type Replica,
} from "./policy-replicas.ts";
import { newColumn } from "./spare-columns.ts";
import {
  fillExpected,
  learnBatches,
  matchBatches,
  prepare,
  type DecidedBatch,
  type PolicyState,
  type Prepared,
  type WaitingPolicy,
} from "./waiting-policy.ts";
import { moneyOf, tallyBatch, tallyOf, type Tally } from "./waiting-tally.ts";
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
  /** What tells how far the policy is from settled; the errors above count it. Only of eight shards or more, where the policy was learned here. */
  replicas?: PolicyReplicas;
}

/**
 * Worth of waiting: E[max(E[netValue | known at the trigger], 0)], by exact grouping of discrete knowledge and by quadratic
 * regression inside a group on the numbers known (Longstaff and Schwartz 2001); of several triggers the best of acting at the
 * first and going on to the next, by backward induction. Every half of the draws is decided by rules learned on the other, so
 * that choosing among noisy estimates does not flatter the worth.
 */
export function waitFor(waiting: Waiting | WaitingSequence, sharding: Sharding): WaitingWorth {
  const prepared = preparedOf(waiting, sharding);
  const decided = learnBatches(prepared);
  const answer = worthOf(prepared, decided);
  if (sharding.shards < leastShardsToHalve || prepared.sequence.withoutReplicas) return answer;
  return asUnsettled(answer, replicatedWorths(prepared, decided));
}

/** What the policy itself makes of the first points of every shard, and what policies learned on half of its draws do. */
interface ReplicatedWorths {
  points: number;
  own: WaitingWorth;
  halves: WaitingWorth[];
}

function replicatedWorths(prepared: Prepared, decided: DecidedBatch[]): ReplicatedWorths {
  const { sequence, sharding, batches } = prepared;
  const halves = balancedHalves(sharding.shards).map((keeps, way): WaitingPolicy => {
    if (decided.every(({ partial }) => partial)) return { states: decided.flatMap(({ partial }) => partial![way]) };
    const part = batches.map((batch) => ofShards(batch, keeps, sharding.shardSize)).filter(({ draws }) => draws.length > 0);
    return policyOf(learnBatches({ ...prepared, batches: part }));
  });
  const points = replicaPoints(sharding);
  // Scratch columns of what was prepared before are written again from here on.
  const few = preparedOf(firstPoints(sequence, sharding, points), { shards: sharding.shards, shardSize: points });
  const [own, ...others] = [policyOf(decided), ...halves].map((policy) => worthOf(few, matchBatches(few, policy)));
  return { points, own, halves: others };
}

/** The same worth with errors that count how unsettled the policy is. */
function asUnsettled(answer: WaitingWorth, { points, own, halves }: ReplicatedWorths): WaitingWorth {
  const counted = (figure: Measured, of: (worth: WaitingWorth) => Measured | undefined): Measured => {
    const ours = of(own)?.amount ?? 0;
    return withDeviations(
      figure,
      halves.map((half) => (of(half)?.amount ?? 0) - ours),
    );
  };
  const { expectedGivenTrigger, expectedMoney } = answer;
  const deviating = halves.map(({ means }) => difference(means, own.means));
  return {
    ...answer,
    worth: withMeanDeviations(answer.worth, deviating),
    probabilityInvests: counted(answer.probabilityInvests, ({ probabilityInvests }) => probabilityInvests),
    expectedGivenTrigger: expectedGivenTrigger && counted(expectedGivenTrigger, (worth) => worth.expectedGivenTrigger),
    expectedMoney: expectedMoney && counted(expectedMoney, (worth) => worth.expectedMoney),
    occasions: answer.occasions.map((occasion, place) => ({
      ...occasion,
      probabilityInvests: counted(occasion.probabilityInvests, ({ occasions }) => occasions[place].probabilityInvests),
    })),
    replicas: {
      points,
      own: replicaOf(own),
      halves: halves.map(replicaOf),
      worth: deviating,
    },
  };
}

function replicaOf({ netValue, chosen, expected }: WaitingWorth): Replica {
  return { netValue, chosen, ...(expected ? { expected } : {}) };
}

function policyOf(decided: DecidedBatch[]): WaitingPolicy {
  return { states: decided.flatMap(({ cells }) => cells) };
}

/** The rules of waitFor alone, as data, for draws that are still to come. */
export function learnWaitingPolicy(waiting: Waiting | WaitingSequence, sharding: Sharding): WaitingPolicy {
  return policyOf(learnBatches(preparedOf(waiting, sharding)));
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

function worthOf(prepared: Prepared, decided: DecidedBatch[]): WaitingWorth {
  const { sharding, sequence } = prepared;
  const { shardSize } = sharding;
  const tally = tallyOf(prepared);
  const groups = decided.flatMap((one) => tallyBatch(prepared, one, tally));
  const means = (sums: Float64Array): Float64Array => sums.map((sum) => sum / shardSize);
  const summed = (of: "first" | "invests") => means(tally.occasions[0][of].map((_, shard) => sumAt(tally.occasions, of, shard)));
  const share = (perShard: Float64Array): Measured => measuredShare(perShard, sharding);
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
    probabilityTriggers: share(triggers),
    probabilityInvests: share(summed("invests")),
    expectedGivenTrigger: ratio(worth, triggers),
    investingGivenTrigger: ratio(means(tally.always), triggers),
    expectedMoney: money && measured(means(money)),
    occasions: sequence.occasions.map(({ trigger }, index) => ({
      trigger,
      probabilityFirst: share(means(tally.occasions[index].first)),
      probabilityInvests: share(means(tally.occasions[index].invests)),
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
