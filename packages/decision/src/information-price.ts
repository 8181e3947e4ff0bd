import { expm1, log1p } from "@watershed/probability";
import { assert } from "./assert.ts";
import type { Binning } from "./binning.ts";
import { equivalentOf, utilityScale, type RiskAttitude } from "./certainty-equivalent.ts";
import { meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { explained, type Explanation } from "./explanation.ts";
import { fallingRoot } from "./falling-root.ts";
import { difference, drawCount, measured, type Measured, type Sharding } from "./sharding.ts";
import { groupSums } from "./stakes.ts";

/**
 * What information is worth to a team that is not indifferent to risk: the most it would pay before learning, and the least it
 * would take instead. The two are equal at a constant attitude (neutral, exponential).
 */
export type InformationPrice = { reachable: true; buyingPrice: Measured; sellingPrice: Measured } | { reachable: false; side: "ruin" };

/**
 * The price of learning everything, or the answers of one question in their finest groups: the cost that leaves expected
 * utility where it is today (Raiffa 1968). In closed form where the attitude is constant, a root of the cost under CRRA; there
 * it ends at the cost that leaves the poorest draw nothing, because more would be ruin.
 */
export function informationPrice(
  alternatives: Alternative[],
  attitude: RiskAttitude,
  sharding: Sharding,
  question?: Binning,
): InformationPrice {
  meansOfAlternatives(alternatives, sharding);
  if (question !== undefined) assert(question.draws === drawCount(sharding), "A question has another number of draws than the decision.");
  const decision = { alternatives, attitude, sharding, question, most: bestOfDraws(alternatives) };
  const today = bestUninformed(decision, 0);
  const informed = bestInformed(decision, 0);
  if (today === undefined || informed === undefined) return { reachable: false, side: "ruin" };
  if (attitude.kind !== "crra") {
    const price = measured(difference(informed, today));
    return { reachable: true, buyingPrice: price, sellingPrice: price };
  }
  const worthToday = measured(today).amount;
  const worthInformed = measured(informed).amount;
  // Whoever pays more than the poorest draw's best and all wealth is ruined, whatever is learnt.
  const buying = rootOf(
    (cost) => gap(bestInformed(decision, cost), today),
    attitude.wealth + decision.most.reduce((least, amount) => Math.min(least, amount), Infinity),
  );
  const selling = rootOf(
    (gift) => gap(informed, bestUninformed(decision, -gift)),
    Math.max(worthInformed - bestWorst(alternatives), worthInformed - worthToday) + attitude.wealth * 1e-9,
  );
  return { reachable: true, buyingPrice: buying, sellingPrice: selling };
}

/** The tree behind informationPrice: the most one would pay, and the least one would take instead. */
export function explainInformationPrice(
  alternatives: Alternative[],
  attitude: RiskAttitude,
  sharding: Sharding,
  question?: Binning,
): Explanation {
  const answer = informationPrice(alternatives, attitude, sharding, question);
  const params = { attitude: attitude.kind };
  if (!answer.reachable) return explained("informationPrice", "money", undefined, { params: { ...params, side: answer.side } });
  return explained("informationPrice", "money", answer.buyingPrice, {
    params,
    formula: "cost that leaves expected utility where it is",
    children: [explained("sellingPrice", "money", answer.sellingPrice, { params })],
  });
}

interface InformedDecision {
  alternatives: Alternative[];
  attitude: RiskAttitude;
  sharding: Sharding;
  question: Binning | undefined;
  /** The best alternative's netValue on every draw. */
  most: Float64Array; // [draw]
}

/** The certainty equivalent of the best alternative of today, every netValue less a cost; per shard. */
function bestUninformed({ alternatives, attitude, sharding }: InformedDecision, cost: number): Float64Array | undefined {
  let best: Float64Array | undefined;
  for (const { netValue } of alternatives) {
    const { perShard } = equivalentOf(less(netValue, cost), attitude, sharding);
    if (perShard && (best === undefined || measured(perShard).amount > measured(best).amount)) best = perShard;
  }
  return best;
}

/** The certainty equivalent of choosing with the answer known, every netValue less a cost; per shard. */
function bestInformed(decision: InformedDecision, cost: number): Float64Array | undefined {
  const { attitude, sharding, question } = decision;
  if (question !== undefined) return bestPerGroup({ ...decision, question }, cost);
  return equivalentOf(less(decision.most, cost), attitude, sharding).perShard;
}

/** In every group the alternative with the largest expected utility; undefined where a group leaves none without ruin. */
function bestPerGroup(decision: InformedDecision & { question: Binning }, cost: number): Float64Array | undefined {
  const { alternatives, attitude, sharding, question } = decision;
  const { scaled, amountOf, curvature } = utilityScale(attitude);
  const columns = alternatives.map(({ netValue }) => netValue.map((amount) => scaled(amount - cost)));
  const shift = shiftOf(columns, curvature);
  const utility = (y: number): number => (curvature === 0 ? y - shift : expm1(curvature * (y - shift)) / curvature);
  const groups = question.counts.length;
  const sums = columns.map((column) =>
    groupSums(
      column.map((y) => (y === -Infinity ? -Infinity : utility(y))),
      1,
      question.binOfDraw,
      groups,
      sharding,
    ),
  );
  const perShard = new Float64Array(sharding.shards);
  for (let group = 0; group < groups; group++) {
    const pooled = sums.map((of) => sumOver(sharding.shards, (shard) => of[shard * groups + group]));
    const chosen = pooled.indexOf(Math.max(...pooled));
    if (pooled[chosen] === -Infinity) return undefined;
    for (let shard = 0; shard < sharding.shards; shard++) perShard[shard] += sums[chosen][shard * groups + group] / sharding.shardSize;
  }
  const mean = measured(perShard).amount;
  const y = curvature === 0 ? shift + mean : shift + log1p(curvature * mean) / curvature;
  const step = 1e-6 * Math.max(1, Math.abs(y));
  const slope = ((amountOf(y + step) - amountOf(y - step)) / (2 * step)) * (curvature === 0 ? 1 : 1 / (1 + curvature * mean));
  return perShard.map((part) => amountOf(y) + (part - mean) * slope);
}

/** The end of the finite scaled amounts from which utilities are counted, so that none overflows. */
function shiftOf(columns: Float64Array[], curvature: number): number {
  let [low, high] = [Infinity, -Infinity];
  for (const column of columns)
    for (const y of column) {
      if (y === -Infinity) continue;
      if (y < low) low = y;
      if (y > high) high = y;
    }
  return curvature < 0 ? low : high;
}

/** Largest over the alternatives of their worst draw: what is left in every draw by the safest of them. */
function bestWorst(alternatives: Alternative[]): number {
  return Math.max(...alternatives.map(({ netValue }) => netValue.reduce((least, amount) => Math.min(least, amount), Infinity)));
}

function bestOfDraws(alternatives: Alternative[]): Float64Array {
  const most = alternatives[0].netValue.slice();
  for (const { netValue } of alternatives)
    for (let draw = 0; draw < most.length; draw++) if (netValue[draw] > most[draw]) most[draw] = netValue[draw];
  return most;
}

/** One certainty equivalent over another, per shard; infinitely behind where the first is ruined, ahead where the second is. */
function gap(one: Float64Array | undefined, other: Float64Array | undefined): Float64Array {
  if (one === undefined) return Float64Array.of(-Infinity);
  return other === undefined ? Float64Array.of(Infinity) : difference(one, other);
}

/** Where a falling gap is zero between 0 and high; its error over its slope there. */
function rootOf(gapAt: (x: number) => Float64Array, high: number): Measured {
  const meanAt = (x: number): number => measured(gapAt(x)).amount;
  if (!(meanAt(0) > 0)) return { amount: 0, standardError: measured(gapAt(0)).standardError };
  const at = fallingRoot(meanAt, { low: 0, high });
  const step = Math.min(1e-4 * high, at / 2, (high - at) / 2);
  const slope = step > 0 ? (meanAt(at + step) - meanAt(at - step)) / (2 * step) : -1;
  const { standardError } = measured(gapAt(Math.min(at, high * (1 - 1e-9))));
  return { amount: at, standardError: Number.isFinite(slope) && slope !== 0 ? standardError / Math.abs(slope) : standardError };
}

function less(column: Float64Array, cost: number): Float64Array {
  return cost === 0 ? column : column.map((amount) => amount - cost);
}

function sumOver(count: number, of: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += of(index);
  return sum;
}
