import { assert } from "./assert.ts";
import { explained, type Explanation } from "./explanation.ts";
import { assertColumn, drawCount, gather, measured, ratio, shardMeans, type Amounts, type Measured, type Sharding } from "./sharding.ts";
import { knowledgeAtTrigger, type KnownQuestion } from "./trigger-knowledge.ts";
import { waitingPolicy, type PolicyGroup } from "./waiting-policy.ts";

/** Waiting for a trigger, then deciding on the terms of that day. */
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
  /** Whether the decision may depend on the trigger's date; by default only if something else is known too. */
  decidesOnDate?: boolean;
  /** A state of knowledge with fewer draws than this in either half is not decided alone; 16 by default. */
  minimumGroupDraws?: number;
}

/** What waiting is worth and what the team would do when the trigger fires. */
export interface WaitingWorth {
  netValue: Float64Array; // [draw], of the policy; 0 where the trigger stays silent, we decline or do not get in
  /** The same if we were sure to get in: what breakEvenAccess needs. */
  netValueWithAccess: Float64Array; // [draw]
  worth: Measured;
  probabilityTriggers: Measured;
  /** Chance that the trigger fires, we want in and we get in. */
  probabilityInvests: Measured;
  /** Worth of the policy given that the trigger fires; undefined when it never does. */
  expectedGivenTrigger: Measured | undefined;
  /** Worth of investing whatever is known then, given that the trigger fires. */
  investingGivenTrigger: Measured | undefined;
  policy: PolicyGroup[];
  method: "exact groups" | "regression";
}

/**
 * Worth of waiting: E[max(E[netValue | known at the trigger], 0)], by exact grouping of discrete knowledge and by quadratic
 * regression inside a group on the numbers known (Longstaff and Schwartz 2001); every half of the draws is decided by
 * rules learned on the other, so that choosing among noisy estimates does not flatter the worth.
 */
export function waitFor(waiting: Waiting, sharding: Sharding): WaitingWorth {
  assertWaiting(waiting, sharding);
  const { known, triggerDate } = waiting;
  const knowledge = knowledgeAtTrigger(waiting, known);
  const fired = knowledge.firedDraws;
  const then = gather(waiting.netValueThen, fired);
  assert(then.every(Number.isFinite), "Column netValueThen holds a draw that is not finite.");
  const access = gather(waiting.access, fired);
  assert(
    access.every((chance) => chance >= 0 && chance <= 1),
    "Access must lie between 0 and 1.",
  );
  const { groups, invests } = waitingPolicy(
    {
      knowledge,
      known,
      triggerDate,
      decidesOnDate: waiting.decidesOnDate ?? known.length > 0,
      netValue: then,
      access,
      minimumGroupDraws: waiting.minimumGroupDraws ?? 16,
    },
    sharding,
  );
  const spread = (amountOf: (row: number) => number) => spreadOver(fired, drawCount(sharding), amountOf);
  const netValue = spread((row) => (invests[row] === 1 ? access[row] * then[row] : 0));
  const triggers = shardMeans(
    spread(() => 1),
    sharding,
  );
  const worth = shardMeans(netValue, sharding);
  const always = shardMeans(
    spread((row) => access[row] * then[row]),
    sharding,
  );
  return {
    netValue,
    netValueWithAccess: spread((row) => (invests[row] === 1 ? then[row] : 0)),
    worth: measured(worth),
    probabilityTriggers: measured(triggers),
    probabilityInvests: measured(
      shardMeans(
        spread((row) => invests[row] * access[row]),
        sharding,
      ),
    ),
    expectedGivenTrigger: ratio(worth, triggers),
    investingGivenTrigger: ratio(always, triggers),
    policy: groups,
    method: groups.some(({ rules }) => rules.some(({ kind }) => kind === "quadratic")) ? "regression" : "exact groups",
  };
}

/** A column that is zero but on the fired draws. Float64Array // [draw]. */
function spreadOver(fired: Uint32Array, draws: number, amountOf: (row: number) => number): Float64Array {
  const column = new Float64Array(draws);
  for (let row = 0; row < fired.length; row++) column[fired[row]] = amountOf(row);
  return column;
}

function assertWaiting(waiting: Waiting, sharding: Sharding): void {
  assertColumn(waiting.triggerDate, sharding, "triggerDate");
  assertColumn(waiting.netValueThen, sharding, "netValueThen");
  assertColumn(waiting.access, sharding, "access");
  for (const { name, column, knownAt } of waiting.known) {
    assertColumn(column, sharding, name);
    assertColumn(knownAt, sharding, `knownAt of ${name}`);
  }
}

/** The tree behind waitFor: how likely the trigger is, what it is worth then, and what is done in each state of knowledge. */
export function explainWaitFor(waiting: Waiting, sharding: Sharding): Explanation {
  const answer = waitFor(waiting, sharding);
  return explained("waitFor", "money", answer.worth, {
    params: { method: answer.method, deadline: waiting.deadline },
    formula: "probabilityTriggers * expectedGivenTrigger",
    children: [
      explained("probabilityTriggers", "probability", answer.probabilityTriggers, { column: "triggerDate" }),
      explained("expectedGivenTrigger", "money", answer.expectedGivenTrigger, {
        column: "netValueThen",
        formula: "netValue of investing where the policy does, else 0",
        children: answer.policy.map(explainGroup),
      }),
      explained("investingGivenTrigger", "money", answer.investingGivenTrigger, { column: "netValueThen" }),
      explained("probabilityInvests", "probability", answer.probabilityInvests, { column: "access" }),
    ],
  });
}

function explainGroup(group: PolicyGroup): Explanation {
  return explained("policyGroup", "probability", group.probability, {
    params: { investShare: group.investShare, rare: String(group.rare) },
    children: group.knows.map(({ question, answer }) =>
      explained("answer", "count", typeof answer === "number" ? answer : undefined, {
        question,
        params: { answer },
      }),
    ),
  });
}
