import { hypotenuse } from "@watershed/probability";
import { indexOfLargest, meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { explained, type Explanation } from "./explanation.ts";
import { expectedBestPerDraw } from "./recommend.ts";
import { scratch } from "./scratch.ts";
import { measured, resolved, type Measured, type Sharding } from "./sharding.ts";
import { tieError } from "./stakes.ts";

/** The value of perfect information, with what every shard contributes so that sums keep their error. */
export interface Evpi extends Measured {
  perShard: Float64Array; // [shard]
}

/** Expected value of perfect information: E[max over alternatives of netValue] - max of E[netValue] (Raiffa 1968). */
export function evpi(alternatives: Alternative[], sharding: Sharding): Evpi {
  const means = meansOfAlternatives(alternatives, sharding);
  const best = indexOfLargest(means.map((perShard) => measured(perShard).amount));
  const others = alternatives.map((_, index) => index).filter((index) => index !== best);
  const { perShard, largest } = gainsOver(
    alternatives[best].netValue,
    others.map((index) => alternatives[index].netValue),
    sharding,
  );
  const { amount, standardError } = resolved(measured(perShard), largest, sharding);
  return { amount, standardError: hypotenuse(standardError, tieError(means, best, others)), perShard };
}

const stretch = 2048;

/** What the best of some columns nets more than one, where it does: the mean per shard, and the most on any draw. Column by column over short stretches. */
function gainsOver(
  base: Float64Array,
  others: Float64Array[],
  { shards, shardSize }: Sharding,
): { perShard: Float64Array; largest: number } {
  const perShard = new Float64Array(shards);
  let largest = 0;
  for (let shard = 0; shard < shards; shard++) {
    const end = (shard + 1) * shardSize;
    for (let from = shard * shardSize; from < end; from += stretch) {
      const gains = scratch.float64("gains", Math.min(stretch, end - from)).fill(0);
      for (const column of others) raiseGains(gains, column, base, from);
      const { sum, most } = sumAndMost(gains);
      perShard[shard] += sum;
      if (most > largest) largest = most;
    }
  }
  return { perShard: perShard.map((sum) => sum / shardSize), largest };
}

// Loops of their own, called stretch by stretch: the compiler has them ready after few calls, where one long loop would be left again and again.

function raiseGains(gains: Float64Array, column: Float64Array, base: Float64Array, from: number): void {
  for (let place = 0; place < gains.length; place++) {
    const more = column[from + place] - base[from + place] - gains[place];
    gains[place] += Number(more > 0) * more;
  }
}

function sumAndMost(gains: Float64Array): { sum: number; most: number } {
  let [sum, most] = [0, 0];
  for (let place = 0; place < gains.length; place++) {
    sum += gains[place];
    if (gains[place] > most) most = gains[place];
  }
  return { sum, most };
}

/** The tree behind evpi: what the best choice of every draw nets, and what the best choice made today nets. */
export function explainEvpi(alternatives: Alternative[], sharding: Sharding): Explanation {
  const means = meansOfAlternatives(alternatives, sharding).map((perShard) => measured(perShard));
  const best = indexOfLargest(means.map(({ amount }) => amount));
  return explained("evpi", "money", evpi(alternatives, sharding), {
    formula: "expectedBestPerDraw - expectedNetValue of the best alternative",
    children: [
      explained("expectedBestPerDraw", "money", expectedBestPerDraw(alternatives, sharding), {
        formula: "mean over draws of the largest netValue",
      }),
      explained("expectedNetValue", "money", means[best], {
        params: { alternative: alternatives[best].name },
        column: alternatives[best].name,
      }),
    ],
  });
}
