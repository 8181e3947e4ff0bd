import { meanOfAlternative, meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { explainCertaintyEquivalent } from "./certainty-equivalent.ts";
import { explained, type Explanation } from "./explanation.ts";
import { leaderBy, type Leader } from "./leader.ts";
import { firstOfShards, withDeviations, type PolicyReplicas, type Replica } from "./policy-replicas.ts";
import { tailsOf, tailsOfConstant, type Tails } from "./quantile.ts";
import { underPolicy, type RiskPolicy } from "./risk-policy.ts";
import { difference, measured, measuredShare, shardMeans, type Measured, type Sharding } from "./sharding.ts";

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

export interface Recommendation extends Omit<Leader, "worth"> {
  alternatives: AlternativeSummary[];
}

/**
 * The alternative with the largest expected netValue, with how far and how surely it leads; the first wins a tie. Under a
 * policy best, runner-up and lead go by certainty equivalent, among the alternatives that its limit admits.
 */
export function recommend(alternatives: Alternative[], sharding: Sharding, policy?: RiskPolicy): Recommendation {
  const means = meansOfAlternatives(alternatives, sharding);
  const leads = policy === undefined ? leaderBy(alternatives, means, sharding) : underPolicy(alternatives, policy, sharding);
  const { best, runnerUp, lead, clear } = leads;
  return { best, runnerUp, lead, clear, alternatives: summaries(alternatives, means, sharding) };
}

function summaries(alternatives: Alternative[], means: Float64Array[], sharding: Sharding): AlternativeSummary[] {
  const { bestShares, lossShares, largest } = compareDraws(alternatives, sharding);
  const summarised = alternatives.map((alternative, index): AlternativeSummary => {
    return {
      name: alternative.name,
      netValue: meanOfAlternative(alternative, means[index], sharding),
      probabilityBest: measuredShare(bestShares[index], sharding),
      expectedRegret: measured(difference(largest, means[index])),
      probabilityLoss: measuredShare(lossShares[index], sharding),
      ...(alternative.constant ? tailsOfConstant(alternative.netValue[0], sharding) : tailsOf(alternative.netValue, sharding)),
    };
  });
  return withReplicas(alternatives, summarised, sharding);
}

/** The same figures with errors that count also how unsettled the policies are that some alternatives follow. */
function withReplicas(alternatives: Alternative[], summarised: AlternativeSummary[], sharding: Sharding): AlternativeSummary[] {
  const replicated = alternatives.find(({ replicas }) => replicas)?.replicas;
  if (!replicated) return summarised;
  const { points, halves } = replicated;
  const few = { shards: sharding.shards, shardSize: points };
  const fixed = alternatives.map(({ netValue, replicas }) => (replicas ? undefined : firstOfShards(netValue, sharding, points)));
  const under = (replicaOf: (replicas: PolicyReplicas) => Replica): AlternativeSummary[] => {
    const cut = alternatives.map(({ name, constant, replicas }, index): Alternative => {
      return { name, constant, netValue: replicas ? replicaOf(replicas).netValue : fixed[index]! };
    });
    return summaries(
      cut,
      cut.map(({ netValue, name }) => shardMeans(netValue, few, name)),
      few,
    );
  };
  const [own, ...others] = [({ own }: PolicyReplicas) => own, ...halves.map((_, half) => (all: PolicyReplicas) => all.halves[half])].map(
    under,
  );
  return summarised.map(({ name, netValue, ...figures }, index): AlternativeSummary => {
    const counted = Object.entries(figures).map(([figure, measuredFigure]) => {
      const amountIn = (summary: AlternativeSummary[]): number => summary[index][figure as keyof typeof figures].amount;
      const deviating = others.map((other) => amountIn(other) - amountIn(own));
      return [figure, withDeviations(measuredFigure, deviating)];
    });
    return { name, netValue, ...(Object.fromEntries(counted) as typeof figures) };
  });
}

/** Per shard: how often each alternative is best or loses, and the mean of the best of each draw. */
interface Comparison {
  bestShares: Float64Array[]; // [alternative][shard]
  lossShares: Float64Array[]; // [alternative][shard]
  largest: Float64Array; // [shard]
}

/** Column by column over short stretches of draws: a loop over alternatives inside one over draws costs several times more. */
function compareDraws(alternatives: Alternative[], sharding: Sharding): Comparison {
  const { shards, shardSize } = sharding;
  const columns = alternatives.map((alternative) => alternative.netValue);
  const comparison: Comparison = {
    bestShares: columns.map(() => new Float64Array(shards)),
    lossShares: columns.map(() => new Float64Array(shards)),
    largest: new Float64Array(shards),
  };
  const most = new Float64Array(Math.min(2048, shardSize));
  const [ties, shares] = [new Uint8Array(most.length), new Float64Array(most.length)];
  for (let shard = 0; shard < shards; shard++)
    for (let from = 0; from < shardSize; from += most.length) {
      const first = shard * shardSize + from;
      const stretch = columns.map((column) => column.subarray(first, first + Math.min(most.length, shardSize - from)));
      compareStretch(stretch, { most, ties, shares }, shard, comparison);
    }
  const mean = (sums: Float64Array) => sums.forEach((sum, shard) => (sums[shard] = sum / shardSize));
  [...comparison.bestShares, ...comparison.lossShares, comparison.largest].forEach(mean);
  return comparison;
}

function compareStretch(
  columns: Float64Array[],
  scratch: { most: Float64Array; ties: Uint8Array; shares: Float64Array },
  shard: number,
  into: Comparison,
): void {
  const { most, ties, shares } = scratch;
  const size = columns[0].length;
  most.set(columns[0]);
  ties.fill(0);
  // Without a branch: which alternative is best is a coin toss to the processor's branch prediction.
  for (const column of columns)
    for (let draw = 0; draw < size; draw++) {
      const more = Number(column[draw] > most[draw]);
      most[draw] = more * column[draw] + (1 - more) * most[draw];
    }
  for (const column of columns) for (let draw = 0; draw < size; draw++) ties[draw] += Number(column[draw] === most[draw]);
  let sum = 0;
  for (let draw = 0; draw < size; draw++) {
    sum += most[draw];
    shares[draw] = 1 / ties[draw];
  }
  into.largest[shard] += sum;
  columns.forEach((column, index) => {
    let best = 0;
    let losses = 0;
    for (let draw = 0; draw < size; draw++) {
      best += Number(column[draw] === most[draw]) * shares[draw];
      losses += Number(column[draw] < 0);
    }
    into.bestShares[index][shard] += best;
    into.lossShares[index][shard] += losses;
  });
}

/** Mean over draws of the best alternative of each draw: what a decision with perfect information nets. */
export function expectedBestPerDraw(alternatives: Alternative[], sharding: Sharding): Measured {
  for (const { name, netValue } of alternatives) shardMeans(netValue, sharding, name);
  return measured(compareDraws(alternatives, sharding).largest);
}

/** The tree behind recommend: the lead, and under each alternative its figures. */
export function explainRecommend(alternatives: Alternative[], sharding: Sharding, policy?: RiskPolicy): Explanation {
  const answer = recommend(alternatives, sharding, policy);
  const params: Record<string, string> = { best: answer.best, clear: String(answer.clear) };
  if (answer.runnerUp !== undefined) params.runnerUp = answer.runnerUp;
  return explained("recommend", "money", answer.alternatives.find(({ name }) => name === answer.best)?.netValue, {
    params,
    formula: policy ? "largest certainty equivalent within the limit" : "largest expected netValue",
    children: [
      ...answer.alternatives.map(explainSummary),
      ...(policy ? alternatives.map((alternative) => explainCertaintyEquivalent(alternative, policy.attitude, sharding)) : []),
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
