import { indexOfLargest, meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { explained, type Explanation } from "./explanation.ts";
import { tailsOf, type Tails } from "./quantile.ts";
import { difference, isClear, measured, meanOfColumn, resolved, shardMeans, type Measured, type Sharding } from "./sharding.ts";

/** What one alternative promises, beside the others. */
export interface AlternativeSummary extends Tails {
  name: string;
  netValue: Measured;
  /** Share of draws on which nothing else nets more; alternatives that tie share the draw equally. */
  probabilityBest: Measured;
  /** Expected shortfall against the best alternative of each draw. */
  expectedRegret: Measured;
  probabilityLoss: Measured;
}

/** Which alternative leads, and how surely. */
export interface Leader {
  best: string;
  /** The second best; undefined when there is only one alternative. */
  runnerUp: string | undefined;
  /** Best minus second best, paired on common draws. */
  lead: Measured | undefined;
  /** Whether the lead is beyond two of its standard errors. */
  clear: boolean;
  /** Expected netValue of the best. */
  worth: Measured;
}

export interface Recommendation extends Omit<Leader, "worth"> {
  alternatives: AlternativeSummary[];
}

/** The alternative with the largest expected netValue, with how far and how surely it leads; the first wins a tie. */
export function recommend(alternatives: Alternative[], sharding: Sharding): Recommendation {
  const means = meansOfAlternatives(alternatives, sharding);
  const { best, runnerUp, lead, clear } = leaderOf(alternatives, means, sharding);
  return { best, runnerUp, lead, clear, alternatives: summaries(alternatives, means, sharding) };
}

/** Who leads and by how much, without the figures of each alternative: all that a comparison of partners needs. */
export function leader(alternatives: Alternative[], sharding: Sharding): Leader {
  return leaderOf(alternatives, meansOfAlternatives(alternatives, sharding), sharding);
}

function leaderOf(alternatives: Alternative[], means: Float64Array[], sharding: Sharding): Leader {
  const amounts = means.map((perShard) => measured(perShard).amount);
  const best = indexOfLargest(amounts);
  const runnerUp = indexOfLargest(amounts.map((amount, index) => (index === best ? -Infinity : amount)));
  const alone = alternatives.length === 1;
  const lead = alone ? undefined : measured(difference(means[best], means[runnerUp]));
  return {
    best: alternatives[best].name,
    runnerUp: alone ? undefined : alternatives[runnerUp].name,
    lead,
    clear: lead === undefined || isClear(lead),
    worth: meanOfColumn(means[best], alternatives[best].netValue, sharding),
  };
}

function summaries(alternatives: Alternative[], means: Float64Array[], sharding: Sharding): AlternativeSummary[] {
  const { bestShares, largest } = compareDraws(alternatives, sharding);
  return alternatives.map((alternative, index) => ({
    name: alternative.name,
    netValue: meanOfColumn(means[index], alternative.netValue, sharding),
    probabilityBest: withShare(measured(bestShares[index]), sharding),
    expectedRegret: measured(difference(largest, means[index])),
    probabilityLoss: probabilityBelow(alternative.netValue, 0, sharding),
    ...tailsOf(alternative.netValue, sharding),
  }));
}

/** Share of draws below a limit. */
export function probabilityBelow(column: Float64Array, limit: number, sharding: Sharding): Measured {
  const shares = new Float64Array(sharding.shards);
  for (let draw = 0; draw < column.length; draw++) if (column[draw] < limit) shares[Math.floor(draw / sharding.shardSize)]++;
  return withShare(measured(shares.map((count) => count / sharding.shardSize)), sharding);
}

/** A share of draws, with an error unless it is none or all of them. */
function withShare(share: Measured, sharding: Sharding): Measured {
  return resolved(share, share.amount > 0 && share.amount < 1 ? 1 : 0, sharding);
}

/** Per shard: how often each alternative is best, and the mean of the best of each draw. */
function compareDraws(alternatives: Alternative[], sharding: Sharding): { bestShares: Float64Array[]; largest: Float64Array } {
  const columns = alternatives.map((alternative) => alternative.netValue);
  const bestShares = columns.map(() => new Float64Array(sharding.shards));
  const largest = new Float64Array(sharding.shards);
  for (let shard = 0; shard < sharding.shards; shard++) {
    const end = (shard + 1) * sharding.shardSize;
    for (let draw = shard * sharding.shardSize; draw < end; draw++) {
      let most = -Infinity;
      let ties = 0;
      for (let index = 0; index < columns.length; index++) {
        const amount = columns[index][draw];
        if (amount > most) {
          most = amount;
          ties = 1;
        } else if (amount === most) ties++;
      }
      largest[shard] += most;
      const part = 1 / ties;
      for (let index = 0; index < columns.length; index++) if (columns[index][draw] === most) bestShares[index][shard] += part;
    }
    largest[shard] /= sharding.shardSize;
    for (const shares of bestShares) shares[shard] /= sharding.shardSize;
  }
  return { bestShares, largest };
}

/** Mean over draws of the best alternative of each draw: what a decision with perfect information nets. */
export function expectedBestPerDraw(alternatives: Alternative[], sharding: Sharding): Measured {
  for (const { name, netValue } of alternatives) shardMeans(netValue, sharding, name);
  return measured(compareDraws(alternatives, sharding).largest);
}

/** The tree behind recommend: the lead, and under each alternative its figures. */
export function explainRecommend(alternatives: Alternative[], sharding: Sharding): Explanation {
  const answer = recommend(alternatives, sharding);
  const params: Record<string, string> = { best: answer.best, clear: String(answer.clear) };
  if (answer.runnerUp !== undefined) params.runnerUp = answer.runnerUp;
  return explained("recommend", "money", answer.alternatives.find(({ name }) => name === answer.best)?.netValue, {
    params,
    formula: "largest expected netValue",
    children: [
      ...answer.alternatives.map(explainSummary),
      ...(answer.lead === undefined
        ? []
        : [explained("lead", "money", answer.lead, { params, formula: "best - runnerUp on common draws" })]),
    ],
  });
}

function explainSummary(summary: AlternativeSummary): Explanation {
  const params = { alternative: summary.name };
  return explained("expectedNetValue", "money", summary.netValue, {
    params,
    column: summary.name,
    formula: "mean over draws of netValue",
    children: [
      explained("probabilityBest", "probability", summary.probabilityBest, { params }),
      explained("expectedRegret", "money", summary.expectedRegret, { params }),
      explained("probabilityLoss", "probability", summary.probabilityLoss, { params }),
      explained("quantile05", "money", summary.quantile05, { params }),
      explained("quantile95", "money", summary.quantile95, { params }),
      explained("cvar05", "money", summary.cvar05, { params }),
    ],
  });
}
