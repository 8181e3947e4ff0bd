import { hypotenuse } from "@watershed/probability";
import { assert } from "./assert.ts";
import { countsAt, levelOf, type Binning, type Grouping } from "./binning.ts";
import { chosenGain, type ChosenGain } from "./chosen-gain.ts";
import { evpi } from "./evpi.ts";
import type { Alternative } from "./expected-net-value.ts";
import { explained, type Explanation } from "./explanation.ts";
import { drawCount, measured, resolved, type Measured, type Sharding } from "./sharding.ts";
import { binSums, stakes, type Dummies, type Stakes, type SummedStakes } from "./stakes.ts";

/** A question with its answers sorted into bins. */
export interface BinnedQuestion {
  name: string;
  binning: Binning;
}

/** A stretch of answers after which the same alternative is best; from equals to for a single answer. */
export interface Answer {
  from: number;
  to: number;
  probability: number;
  best: string;
  /** Expected gain over today's best alternative, given this answer. */
  gain: number;
}

/** What answering a question is worth, with its error, its noise floor and what the answers would change. */
export interface Evppi extends Measured {
  /** The most that the same estimator gives a question which nothing depends on; 0 when no dummy was given. */
  floor: number;
  /** Whether the amount is above the floor. */
  distinguishable: boolean;
  /** Amount with twice the bins minus the amount: part of the standard error, in quadrature. */
  discretisation: number;
  /** Error of today's best mean where alternatives tie: part of the standard error, in quadrature. */
  tie: number;
  answers: Answer[];
  perShard: Float64Array; // [shard]
  perDummy: Float64Array; // [dummy]
}

/**
 * Expected value of learning one question's answer, in money: the alternative is chosen per bin by pooled means and valued
 * with the raw netValue, minus the best alternative of today (Strong and Oakley 2013; Heath, Manolopoulou and Baio
 * 2017 for the choices). Exact groups for a discrete question, 32 equal-count bins for a continuous one. For an imperfect
 * study pass the question of its signal: that is the evsi.
 */
export function evppi(alternatives: Alternative[], question: BinnedQuestion, sharding: Sharding, dummies?: Dummies): Evppi {
  return evppiOf(stakes(alternatives, sharding, dummies), question.binning);
}

/** evppi of many questions of one decision, sharing its preparation; results in the order of the questions. */
export function evppiAll(alternatives: Alternative[], questions: BinnedQuestion[], sharding: Sharding, dummies?: Dummies): Evppi[] {
  const decision = stakes(alternatives, sharding, dummies);
  return questions.map(({ binning }) => evppiOf(decision, binning));
}

/** evppi for a decision prepared with stakes. */
export function evppiOf(decision: Stakes, question: Binning): Evppi {
  return evppiFromSums(decision, question, binSums(decision, question));
}

/** evppi from sums computed elsewhere, Float64Array // [shard][fine bin][other] as binSums gives them. */
export function evppiFromSums(decision: SummedStakes, question: Grouping, sums: Float64Array): Evppi {
  const fineGroups = question.counts.length;
  assert(
    sums.length === decision.sharding.shards * fineGroups * decision.others.length,
    "Bin sums do not fit the decision and the question.",
  );
  const atLevel = (level: number) => {
    const { binOfFine, count } = question.levels[level];
    return chosenGain(decision, { sums, fineGroups, groupOfFine: binOfFine, groups: count });
  };
  const shown = atLevel(levelOf.bins32);
  const finer = question.discrete ? shown : atLevel(levelOf.bins64);
  const perDummy = dummyAmounts(decision, countsAt(question, levelOf.bins32));
  const answers = answersOf(decision, question, shown);
  const judgement = judged({
    perShard: shown.perShard,
    perDummy,
    discretisation: measured(finer.perShard).amount - measured(shown.perShard).amount,
    tie: decision.tie,
  });
  const gains = answers.map(({ gain }) => gain);
  return { ...judgement, ...resolved(judgement, Math.max(...gains) - Math.min(...gains), decision.sharding), answers };
}

/** What an estimate of information is made of: its shares per shard and dummy, and the errors that do not show between shards. */
type Evidence = Pick<Evppi, "perShard" | "perDummy" | "discretisation" | "tie">;

/** Amount, error and floor from shard means, the errors beside them in quadrature, and the dummies' amounts. */
export function judged(evidence: Evidence): Omit<Evppi, "answers"> {
  const { amount, standardError } = measured(evidence.perShard);
  const floor = largestOf(evidence.perDummy);
  return {
    amount,
    standardError: hypotenuse(standardError, evidence.discretisation, evidence.tie),
    floor,
    distinguishable: amount > floor,
    ...evidence,
  };
}

/** The largest amount, 0 when there is none. */
function largestOf(amounts: Float64Array): number {
  let largest = 0;
  for (const amount of amounts) if (amount > largest) largest = amount;
  return largest;
}

/** The estimator on every dummy, grouped into the same probabilities as the question. Float64Array // [dummy]. */
function dummyAmounts(decision: SummedStakes, counts: Float64Array): Float64Array {
  const draws = drawCount(decision.sharding);
  const width = decision.others.length;
  const { rankBins } = decision.dummies;
  return Float64Array.from(decision.dummySums, (running) => {
    let amount = 0;
    let from = 0;
    for (const count of counts) {
      const to = Math.min(rankBins, from + (count / draws) * rankBins);
      let gain = 0;
      for (let other = 0; other < width; other++) gain = Math.max(gain, sumBetween(running, from, to, width, other));
      amount += gain;
      from = to;
    }
    return amount / draws;
  });
}

/**
 * A dummy's sum between two places among its bins. A part of a bin has its share of the overall mean, and of the bin's deviation
 * from it the root of its share: the deviation of fewer draws shrinks with the root of their number.
 */
function sumBetween(running: Float64Array, from: number, to: number, width: number, other: number): number {
  const bins = running.length / width - 1;
  const perBin = running[bins * width + other] / bins;
  const at = (bin: number) => running[bin * width + other] - bin * perBin;
  const [first, last] = [Math.ceil(from - 1e-9), Math.floor(to + 1e-9)];
  const part = (bin: number, share: number) => (share > 1e-9 ? Math.sqrt(share) * (at(bin + 1) - at(bin)) : 0);
  const even = (to - from) * perBin;
  if (first > last) return even + part(last, to - from);
  return even + at(last) - at(first) + part(first - 1, first - from) + part(last, to - last);
}

/** Neighbouring bins of a continuous question with the same best alternative are one answer. */
function answersOf(decision: SummedStakes, question: Grouping, { chosen, gains }: ChosenGain): Answer[] {
  const { binOfFine, count } = question.levels[levelOf.bins32];
  const counts = countsAt(question, levelOf.bins32);
  const from = new Float64Array(count).fill(Infinity);
  const to = new Float64Array(count).fill(-Infinity);
  binOfFine.forEach((bin, fine) => {
    from[bin] = Math.min(from[bin], question.from[fine]);
    to[bin] = Math.max(to[bin], question.to[fine]);
  });
  const answers: (Answer & { sum: number; draws: number })[] = [];
  for (let bin = 0; bin < count; bin++) {
    if (counts[bin] === 0) continue;
    const best = decision.names[chosen[bin]];
    const last = answers.at(-1);
    if (last !== undefined && !question.discrete && last.best === best && Number.isFinite(to[bin])) {
      last.to = to[bin];
      last.sum += gains[bin];
      last.draws += counts[bin];
    } else answers.push({ from: from[bin], to: to[bin], probability: 0, best, gain: 0, sum: gains[bin], draws: counts[bin] });
  }
  return answers.map(({ sum, draws, ...answer }) => ({
    ...answer,
    probability: draws / question.draws,
    gain: sum / draws,
  }));
}

/** The tree behind evppi: every answer with its probability, best alternative and gain; floor, error parts and evpi beside. */
export function explainEvppi(alternatives: Alternative[], question: BinnedQuestion, sharding: Sharding, dummies?: Dummies): Explanation {
  const decision = stakes(alternatives, sharding, dummies);
  const worth = evppiOf(decision, question.binning);
  const ofQuestion = { question: question.name };
  return explained("evppi", "money", worth, {
    ...ofQuestion,
    params: { bestToday: decision.names[decision.best], distinguishable: String(worth.distinguishable) },
    formula: "sum over answers of probability * gain",
    children: [
      ...worth.answers.map(({ from, to, probability, best, gain }) =>
        explained("answer", "probability", probability, {
          ...ofQuestion,
          params: { from, to, best },
          children: [explained("gain", "money", gain, { ...ofQuestion, column: best, params: { best } })],
        }),
      ),
      explained("discretisation", "money", worth.discretisation, ofQuestion),
      explained("noiseFloor", "money", worth.floor, { params: { dummies: worth.perDummy.length } }),
      explained("evpi", "money", evpi(alternatives, sharding), {
        formula: "what every answer together would be worth",
      }),
    ],
  });
}
