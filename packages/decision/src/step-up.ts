import { exp, log } from "@watershed/probability";
import type { BreakEven } from "./break-even.ts";
import type { LaterTerms } from "./investing-later.ts";
import { deviations, firstOfShards, withDeviations } from "./policy-replicas.ts";
import { difference, measured, strided, type Amounts, type Sharding } from "./sharding.ts";
import type { WaitingWorth } from "./wait-for.ts";

/** How much dearer the round after the trigger may be, asked of a wait that has been valued. */
export interface WaitStepUpQuestion {
  /** Valued with `keepsExpected`. */
  worth: WaitingWorth;
  terms: LaterTerms;
  netValueThen: Float64Array; // [draw]
  access: Amounts;
  /** Today's pre-money, which the step-up multiplies. */
  priceToday: number;
  /** Mean netValue of the best alternative that does not wait. */
  other: Float64Array; // [shard]
  low: number;
  high: number;
}

const bins = 1024;

/**
 * The step-up at which waiting for one trigger nets what the best other alternative does, for common equity with a fixed ticket
 * in a round of fixed size. The price of the day is known when deciding, so that what the rules expect of the proceeds holds at
 * any price, and every draw has a step-up up to which the team still invests: one pass sorts the draws by it into 1,024 stretches
 * and gives the worth at every step-up at once. Undefined where the terms are others.
 */
export function breakEvenStepUpOfWait(question: WaitStepUpQuestion, sharding: Sharding): BreakEven | undefined {
  const { terms, worth } = question;
  const plain = !terms.preference && terms.strategicWorth === undefined && worth.occasions.length === 1 && worth.expected !== undefined;
  if (!plain || typeof terms.ticket !== "number" || typeof terms.newMoney !== "number") return undefined;
  const found = stepUpBy(question, worth.expected!, sharding);
  return found.reachable ? { ...found, at: withDeviations(found.at, deviationsOf(question, sharding)) } : found;
}

/** By how much the step-up differs under rules learned on half of the draws, where these have one. */
function deviationsOf(question: WaitStepUpQuestion, sharding: Sharding): number[] {
  const { worth, terms } = question;
  if (!worth.replicas) return [];
  const { points } = worth.replicas;
  const cut = <Amount extends Amounts>(amounts: Amount): Amount => firstOfShards(amounts, sharding, points);
  const few: WaitStepUpQuestion = {
    ...question,
    netValueThen: cut(question.netValueThen),
    access: cut(question.access),
    terms: { ...terms, preMoney: cut(terms.preMoney), discountTicket: cut(terms.discountTicket), triggerDate: cut(terms.triggerDate) },
  };
  const stepUps = deviations(worth.replicas, ({ expected }) => {
    const found = stepUpBy(few, expected!, { shards: sharding.shards, shardSize: points });
    return found.reachable ? found.at.amount : NaN;
  });
  return stepUps.filter(Number.isFinite);
}

function stepUpBy(question: WaitStepUpQuestion, expected: Float64Array, sharding: Sharding): BreakEven {
  const { terms, low, high } = question;
  const { proceeds, spent } = sumsByStepUp(question, expected, sharding);
  const edgeOf = (bin: number): number => low * exp((bin / bins) * log(high / low));
  const gapAt = (bin: number): Float64Array => {
    const share = (terms.ticket as number) / (question.priceToday * edgeOf(bin) + (terms.newMoney as number));
    const waits = Float64Array.from({ length: sharding.shards }, (_, shard) => {
      const at = shard * (bins + 1) + bin;
      return (share * proceeds[at] - spent[at]) / sharding.shardSize;
    });
    return difference(waits, question.other);
  };
  const meanAt = (bin: number): number => measured(gapAt(bin)).amount;
  if (meanAt(0) < 0) return { reachable: false, side: "alwaysBehind" };
  if (meanAt(bins) > 0) return { reachable: false, side: "alwaysAhead" };
  let [from, to] = [0, bins];
  while (to - from > 1) {
    const middle = (from + to) >>> 1;
    if (meanAt(middle) > 0) from = middle;
    else to = middle;
  }
  const [above, below] = [gapAt(from), gapAt(to)];
  const [ahead, behind] = [measured(above).amount, measured(below).amount];
  const part = ahead === behind ? 0 : ahead / (ahead - behind);
  const amount = edgeOf(from + part);
  const slope = (ahead - behind) / (edgeOf(to) - edgeOf(from));
  const error = measured(above.map((gap, shard) => gap + part * (below[shard] - gap))).standardError;
  const standardError = error === 0 ? 0 : slope === 0 ? Infinity : error / slope;
  return { reachable: true, at: { amount, standardError } };
}

interface SumsByStepUp {
  /** Sums over the draws on which the team still invests at the bin's lower edge. */
  proceeds: Float64Array; // [shard][bin and one more], of the whole company, discounted and retained
  spent: Float64Array;
}

function sumsByStepUp(
  { terms, netValueThen, access, priceToday, low, high }: WaitStepUpQuestion,
  expected: Float64Array,
  sharding: Sharding,
): SumsByStepUp {
  const { shards, shardSize } = sharding;
  const [ticket, newMoney] = [terms.ticket as number, terms.newMoney as number];
  const [pre, factor, chances] = [strided(terms.preMoney), strided(terms.discountTicket), strided(access)];
  const last = Math.min(terms.deadline, Number.MAX_VALUE);
  const [proceeds, spent] = [new Float64Array(shards * (bins + 1)), new Float64Array(shards * (bins + 1))];
  const scale = bins / log(high / low);
  for (let shard = 0; shard < shards; shard++)
    for (let draw = shard * shardSize; draw < (shard + 1) * shardSize; draw++) {
      if (!(terms.triggerDate[draw] <= last)) continue;
      const cost = ticket * factor.values[draw * factor.step];
      const post = pre.values[draw * pre.step] + newMoney;
      const chance = chances.values[draw * chances.step];
      // The post-money up to which what is expected of the proceeds covers the cost.
      const dearest = (((expected[draw] + cost) / cost) * post - newMoney) / priceToday;
      if (!(dearest > low)) continue;
      const bin = dearest >= high ? bins : Math.floor(scale * log(dearest / low));
      const at = shard * (bins + 1) + bin;
      proceeds[at] += (chance * (netValueThen[draw] + cost) * post) / ticket;
      spent[at] += chance * cost;
    }
  for (let shard = 0; shard < shards; shard++)
    for (let bin = bins - 1; bin >= 0; bin--) {
      const at = shard * (bins + 1) + bin;
      proceeds[at] += proceeds[at + 1];
      spent[at] += spent[at + 1];
    }
  return { proceeds, spent };
}
