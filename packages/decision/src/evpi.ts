import { hypotenuse } from "@watershed/probability";
import { indexOfLargest, meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { explained, type Explanation } from "./explanation.ts";
import { expectedBestPerDraw } from "./recommend.ts";
import { drawCount, measured, resolved, type Measured, type Sharding } from "./sharding.ts";
import { stakes } from "./stakes.ts";

/** The value of perfect information, with what every shard contributes so that sums keep their error. */
export interface Evpi extends Measured {
  perShard: Float64Array; // [shard]
}

/** Expected value of perfect information: E[max over alternatives of netValue] - max of E[netValue] (Raiffa 1968). */
export function evpi(alternatives: Alternative[], sharding: Sharding): Evpi {
  const { differences, others, tie } = stakes(alternatives, sharding);
  const perShard = new Float64Array(sharding.shards);
  const width = others.length;
  let largest = 0;
  for (let draw = 0; draw < drawCount(sharding); draw++) {
    let gain = 0;
    for (let at = draw * width; at < (draw + 1) * width; at++) if (differences[at] > gain) gain = differences[at];
    if (gain > largest) largest = gain;
    perShard[Math.floor(draw / sharding.shardSize)] += gain;
  }
  for (let shard = 0; shard < sharding.shards; shard++) perShard[shard] /= sharding.shardSize;
  const { amount, standardError } = resolved(measured(perShard), largest, sharding);
  return { amount, standardError: hypotenuse(standardError, tie), perShard };
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
