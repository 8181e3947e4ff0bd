import { hypotenuse, square } from "@watershed/probability";
import { partOfShard, partsTogether, waysToHalve } from "./policy-folds.ts";
import { measured, type Measured, type Sharding } from "./sharding.ts";
import { rowOfDraw, type Batch } from "./trigger-knowledge.ts";
import type { KnownQuestion, Occasion, WaitingSequence } from "./waiting-sequence.ts";

/** What a policy makes of some draws. */
export interface Replica {
  netValue: Float64Array; // [draw]
  /** The occasion at which we first want in; -1 for never. */
  chosen: Int8Array; // [draw]
  /** What the rules expect acting to net where the trigger fires, where the sequence asks for it. */
  expected?: Float64Array; // [draw]
}

/**
 * How far a policy of waiting is from settled: what it makes of the first `points` of every shard, and what policies make of them
 * that were learned on half of the draws each (balanced half-samples; McCarthy 1969). Half as many draws double the variance of what
 * is learned and are half of those of the whole, so that a figure under such a policy differs from that under the policy itself
 * about as much as another seed would move it, and by about the bias that learning from so few draws has.
 */
export interface PolicyReplicas {
  points: number; // of every shard
  own: Replica;
  halves: Replica[];
  /** By how much the mean netValue of every shard under the policy of each half differs from that under the policy itself. */
  worth: Float64Array[]; // [half][shard]
}

/** Fewer shards cannot be halved three ways within either half of the cross-fit. */
export const leastShardsToHalve = 8;

/** The shards that learn again alone, for every way to halve both halves. 1 where a shard does. Uint8Array[] // [way][shard] */
export function balancedHalves(shards: number): Uint8Array[] {
  return waysToHalve.map((way) => {
    const together = new Set(partsTogether(way));
    return Uint8Array.from({ length: shards }, (_, shard) => Number(together.has(partOfShard(shard))));
  });
}

/** The rows of a batch whose draws are of some shards: 1 in `keeps`. */
export function ofShards(batch: Batch, keeps: Uint8Array, shardSize: number): Batch {
  const bounds = Array.from({ length: keeps.length + 1 }, (_, shard) => rowOfDraw(batch.draws, shard * shardSize));
  const kept = Array.from(keeps.keys()).filter((shard) => keeps[shard] === 1);
  const rows = kept.reduce((sum, shard) => sum + bounds[shard + 1] - bounds[shard], 0);
  const [draws, group] = [new Uint32Array(rows), new Uint32Array(rows)];
  let row = 0;
  for (const shard of kept) {
    draws.set(batch.draws.subarray(bounds[shard], bounds[shard + 1]), row);
    group.set(batch.group.subarray(bounds[shard], bounds[shard + 1]), row);
    row += bounds[shard + 1] - bounds[shard];
  }
  return { ...batch, draws, group };
}

/** Points of a shard on which the replicas are told apart: one in 32, but 256 where there are so many. */
export function replicaPoints({ shardSize }: Sharding): number {
  return Math.min(shardSize, Math.max(256, shardSize / 32));
}

/** A sequence on the first points of every shard alone. */
export function firstPoints(sequence: WaitingSequence, sharding: Sharding, points: number): WaitingSequence {
  const cut = <Amounts extends Float64Array | number>(amounts: Amounts): Amounts => firstOfShards(amounts, sharding, points);
  const knownOf = (question: KnownQuestion): KnownQuestion => ({
    ...question,
    column: cut(question.column),
    knownAt: cut(question.knownAt),
  });
  const occasionOf = (occasion: Occasion): Occasion => ({
    ...occasion,
    triggerDate: cut(occasion.triggerDate),
    netValueThen: cut(occasion.netValueThen),
    access: cut(occasion.access),
    known: occasion.known.map(knownOf),
    ...(occasion.ticketThen === undefined ? {} : { ticketThen: cut(occasion.ticketThen) }),
  });
  return { ...sequence, occasions: sequence.occasions.map(occasionOf) };
}

/** The first points of every shard of a column, in their order; a number stays what it is. */
export function firstOfShards<Amounts extends Float64Array | number>(
  amounts: Amounts,
  { shards, shardSize }: Sharding,
  points: number,
): Amounts {
  if (typeof amounts === "number") return amounts;
  const first = new Float64Array(shards * points);
  for (let shard = 0; shard < shards; shard++) first.set(amounts.subarray(shard * shardSize, shard * shardSize + points), shard * points);
  return first as Amounts;
}

/** By how much a figure differs from that of the policy itself under the policy of each half; nothing where there are no replicas. */
export function deviations(replicas: PolicyReplicas | undefined, figureOf: (replica: Replica) => number): number[] {
  if (!replicas) return [];
  const own = figureOf(replicas.own);
  return replicas.halves.map((half) => figureOf(half) - own);
}

/**
 * Half of a replica's draws are decided by one rule, the other half by four that differ in a part and so average out: where rules decide about
 * all or nothing, deviations come out an eighth too small (policy-replicas.test.ts).
 */
const averagedOut = 4 / 3;

/** A figure whose error counts also how unsettled the policy behind it is: the root of the mean square of its deviations. */
export function withDeviations({ amount, standardError }: Measured, deviating: number[] = []): Measured {
  if (deviating.length === 0) return { amount, standardError };
  const squares = averagedOut * deviating.reduce((sum, deviation) => sum + square(deviation), 0);
  return { amount, standardError: hypotenuse(standardError, Math.sqrt(squares / deviating.length)) };
}

/**
 * The same for a mean, from the deviations of the shards' means: less what so few points would make deviations differ from shard
 * to shard anyway. Rare large gains would else make a settled policy look unsettled.
 */
export function withMeanDeviations({ amount, standardError }: Measured, deviating: Float64Array[] = []): Measured {
  if (deviating.length === 0) return { amount, standardError };
  const squares = averagedOut * deviating.map(measured).reduce((sum, of) => sum + square(of.amount) - square(of.standardError), 0);
  return { amount, standardError: hypotenuse(standardError, Math.sqrt(Math.max(0, squares / deviating.length))) };
}

/** The deviations of one mean less those of another that was drawn with it. */
export function deviationsBetween(minuend: Float64Array[] = [], subtrahend: Float64Array[] = []): Float64Array[] {
  const longer = minuend.length > 0 ? minuend : subtrahend;
  return longer.map((of, half) => of.map((_, shard) => (minuend[half]?.[shard] ?? 0) - (subtrahend[half]?.[shard] ?? 0)));
}
