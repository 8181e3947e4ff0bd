import { explained, type Explanation } from "./explanation.ts";
import { firstOfShards, withMeanDeviations, type PolicyReplicas, type Replica } from "./policy-replicas.ts";
import { measured, shardMeans, type Measured, type Sharding } from "./sharding.ts";
import { explainWaitingWorth, type Waiting, type WaitingWorth } from "./wait-for.ts";
import type { WaitingSequence } from "./waiting-sequence.ts";

/** A small ticket today with a right, no duty, to follow on. */
export interface StagedWorth {
  netValue: Float64Array; // [draw], of the small ticket and what the right brings
  worth: Measured;
  /** The small ticket alone. */
  withoutRight: Measured;
  /** What the right adds: worth of the follow-on under its policy. */
  worthOfRight: Measured;
  probabilityFollowsOn: Measured;
  /** Money we expect to put in all told, undiscounted; undefined where the follow-on's tickets were not given. */
  expectedMoney: Measured | undefined;
  /** Of the follow-on's policy, with the small ticket in their netValue. */
  replicas?: PolicyReplicas;
}

/** The worth of staging: the small ticket's netValue plus that of the follow-on, draw by draw. */
export function stagedWorth(first: { netValue: Float64Array; ticket: number }, followOn: WaitingWorth, sharding: Sharding): StagedWorth {
  const netValue = first.netValue.map((amount, draw) => amount + followOn.netValue[draw]);
  const money = followOn.expectedMoney;
  const replicas = followOn.replicas && besideFirst(first.netValue, followOn.replicas, sharding);
  const worth = measured(shardMeans(netValue, sharding, "of the staged investment"));
  return {
    netValue,
    worth: withMeanDeviations(worth, replicas?.worth),
    withoutRight: measured(shardMeans(first.netValue, sharding, "of the small ticket")),
    worthOfRight: followOn.worth,
    probabilityFollowsOn: followOn.probabilityInvests,
    expectedMoney: money && { amount: first.ticket + money.amount, standardError: money.standardError },
    ...(replicas ? { replicas } : {}),
  };
}

function besideFirst(first: Float64Array, { points, own, halves, worth }: PolicyReplicas, sharding: Sharding): PolicyReplicas {
  const few = firstOfShards(first, sharding, points);
  const beside = ({ netValue, chosen }: Replica): Replica => ({ netValue: netValue.map((amount, draw) => amount + few[draw]), chosen });
  return { points, own: beside(own), halves: halves.map(beside), worth };
}

/** The tree behind stagedWorth: the small ticket alone, and the right with all that waiting rests on. */
export function explainStaged(staged: StagedWorth, right: Waiting | WaitingSequence, followOn: WaitingWorth): Explanation {
  return explained("staged", "money", staged.worth, {
    formula: "withoutRight + worthOfRight",
    children: [
      explained("withoutRight", "money", staged.withoutRight, { column: "stage.ticket" }),
      explained("worthOfRight", "money", staged.worthOfRight, {
        formula: "waitFor",
        children: [explainWaitingWorth(right, followOn)],
      }),
    ],
  });
}
