import type { AnswerGrid } from "./answer-grid.ts";
import { assert } from "./assert.ts";
import { indexOfLargest } from "./expected-net-value.ts";
import type { Ledger } from "./result-sums.ts";
import { difference, measured, resolved, type Measured, type Sharding } from "./sharding.ts";
import { groupSums } from "./stakes.ts";
import { plainMoney, type SureMoney } from "./utility-money.ts";

/** What the alternatives of one decision net if one partner is right. */
export interface PartnerMeans {
  partner: string;
  weight: number;
  means: Float64Array[]; // [alternative][shard]
}

/** What it is worth to learn which partner is right. */
export interface Settling {
  /** Expected gain over deciding without knowing; 0 where everybody would decide alike. */
  worth: Measured;
  perShard: Float64Array; // [shard]
  /** Best where nobody knows who is right. */
  unsettled: string;
  partners: { partner: string; weight: number; best: string; netValue: Measured }[];
}

/**
 * The worth of settling who is right: each partner is right with a probability in proportion to the weight, so
 * sum over partners of weight * max over alternatives of E[netValue | partner is right], minus the max of the weighted mean.
 * An evppi whose question is "whose belief?". Of means in the money of utility `money` makes sure amounts: the worth is then the difference
 * of two certainty equivalents, knowing who is right and not.
 */
export function settlingWorth(names: string[], partners: PartnerMeans[], sharding: Sharding, money: SureMoney = plainMoney): Settling {
  assert(partners.length > 0 && partners.every(({ weight }) => weight > 0), "Settling needs partners with weights above zero.");
  const total = partners.reduce((sum, { weight }) => sum + weight, 0);
  const amounts = partners.map(({ means }) => means.map((perShard) => measured(perShard).amount));
  const mixture = names.map((_, alternative) =>
    partners.reduce((sum, { weight }, place) => sum + (weight / total) * amounts[place][alternative], 0),
  );
  const unsettled = indexOfLargest(mixture);
  const [knowing, guessing] = [0, 0].map(() => new Float64Array(partners[0].means[0].length));
  const judged = partners.map(({ partner, weight, means }, place) => {
    const best = indexOfLargest(amounts[place]);
    for (let shard = 0; shard < knowing.length; shard++) {
      knowing[shard] += (weight / total) * means[best][shard];
      guessing[shard] += (weight / total) * means[unsettled][shard];
    }
    return { partner, weight: weight / total, best: names[best], netValue: measured(surelyPerShard(means[best], money)) };
  });
  const perShard = difference(surelyPerShard(knowing, money), surelyPerShard(guessing, money));
  const gains = amounts.map((own) => money.surely(Math.max(...own)) - money.surely(own[unsettled]));
  return {
    worth: resolved(measured(perShard), Math.max(...gains) - Math.min(...gains), sharding),
    perShard,
    unsettled: names[unsettled],
    partners: judged,
  };
}

/** What every shard contributes to the sure amount that is as good as a mean: linear around it, so that the error follows. Float64Array // [shard]. */
function surelyPerShard(means: Float64Array, { surely, slope }: SureMoney): Float64Array {
  const { amount } = measured(means);
  const [sure, steep] = [surely(amount), slope(amount)];
  return means.map((mean) => sure + steep * (mean - amount));
}

/** A question as several partners see it: the probability of every cell of its answers under each. */
export interface PartnerAnswers {
  partner: string;
  weight: number;
  probabilities: Float64Array; // [cell], adds up to 1 or less
}

/**
 * What the alternatives net if a partner is right on one question and the team on everything given its answer (Jeffrey 1965): the
 * draws are weighted by the ratio of the partner's probability of their cell to the team's. Exact where the question is drawn
 * by itself and its cells are its answers; within a cell of a number or date the ratio is held constant.
 */
export function meansUnder(ledger: Ledger, grid: AnswerGrid, partners: PartnerAnswers[]): PartnerMeans[] {
  const { sharding, width, columns } = ledger;
  const cells = grid.counts.length;
  const sums = groupSums(columns, width, grid.cellOfDraw, cells, sharding);
  const draws = grid.cellOfDraw.length;
  return partners.map(({ partner, weight, probabilities }) => {
    assert(probabilities.length === cells, "A partner's probabilities do not fit the question's cells.");
    const ratios = probabilities.map((probability, cell) => (grid.counts[cell] === 0 ? 0 : (probability * draws) / grid.counts[cell]));
    const means = Array.from({ length: width - 1 }, () => new Float64Array(sharding.shards));
    for (let shard = 0; shard < sharding.shards; shard++) {
      const weighted = new Float64Array(width);
      for (let cell = 0; cell < cells; cell++)
        for (let column = 0; column < width; column++) weighted[column] += ratios[cell] * sums[(shard * cells + cell) * width + column];
      means.forEach((perShard, alternative) => (perShard[shard] = weighted[alternative] / weighted[width - 1]));
    }
    return { partner, weight, means };
  });
}

/** How far two partners are apart: the largest difference in the probability of any set of answers (total variation), 0 to 1. */
export function distanceApart(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, probability, cell) => sum + Math.abs(probability - other[cell]), 0) / 2;
}
