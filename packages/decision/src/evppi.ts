import { hypotenuse } from "@watershed/probability";
import { assert } from "./assert.ts";
import { countsAt, levelOf, type Binning, type Grouping } from "./binning.ts";
import { choiceIn, gainPerShard, lossAtSwitches, pooledSums, type Choice } from "./chosen-gain.ts";
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
  /** What narrower bins would add: the larger of what 64 do and what is lost where the best alternative changes. Part of the standard error, in quadrature. */
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
  const pooled = pooledSums(sums, decision.sharding.shards);
  const draws = drawCount(decision.sharding);
  const at = (level: number) => choiceIn(pooled, decision.others.length, question.levels[level].binOfFine, question.levels[level].count);
  const finer = question.discrete ? 0 : at(levelOf.bins64).gain;
  const shown = at(levelOf.bins32);
  const { counts, joined } = shownBinsOf(question);
  const lost = lossAtSwitches(shown, decision.others.length, counts, joined);
  const answers = answersOf(decision, question, shown);
  const worth = judged({
    perShard: gainPerShard(decision, sums, question.levels[levelOf.bins32].binOfFine, shown),
    perDummy: dummyAmounts(decision, question),
    discretisation: question.discrete ? 0 : Math.max(finer - shown.gain, lost) / draws,
    tie: decision.tie,
  }) as Evppi;
  worth.answers = answers;
  if (worth.standardError === 0) worth.standardError = resolved(worth, rangeOfGains(answers), decision.sharding).standardError;
  return worth;
}

function rangeOfGains(answers: Answer[]): number {
  let [least, most] = [Infinity, -Infinity];
  for (const { gain } of answers) {
    least = Math.min(least, gain);
    most = Math.max(most, gain);
  }
  return most - least;
}

/** What an estimate of information is made of: its shares per shard and dummy, and the errors that do not show between shards. */
type Evidence = Pick<Evppi, "perShard" | "perDummy" | "discretisation" | "tie">;

/** Amount, error and floor from shard means, the errors beside them in quadrature, and the dummies' amounts. */
export function judged({ perShard, perDummy, discretisation, tie }: Evidence): Omit<Evppi, "answers"> {
  const { amount, standardError } = measured(perShard);
  const floor = largestOf(perDummy);
  const error = hypotenuse(standardError, discretisation, tie);
  return {
    amount,
    standardError: error,
    floor,
    // With a single shard the error is unknown, and the floor alone must do.
    distinguishable: amount > floor && (amount > 2 * error || error === Infinity),
    discretisation,
    tie,
    perShard,
    perDummy,
  };
}

/** The largest amount, 0 when there is none. */
function largestOf(amounts: Float64Array): number {
  let largest = 0;
  for (const amount of amounts) if (amount > largest) largest = amount;
  return largest;
}

/** What is known of a grouping whoever decides: its 32 bins, and a name for their shares. */
interface ShownBins {
  counts: Float64Array; // [bin]
  from: Float64Array; // [bin]
  to: Float64Array; // [bin]
  shares: string;
  /** Whether a bin and the next are parted by no heavy answer. */
  joined: Uint8Array; // [bin]
}

const shownBins = new WeakMap<Grouping, ShownBins>();
const dummiesKnown = new WeakMap<SummedStakes, Map<string, Float64Array>>(); // shares -> perDummy

function shownBinsOf(question: Grouping): ShownBins {
  const known = shownBins.get(question);
  if (known) return known;
  const { binOfFine, count } = question.levels[levelOf.bins32];
  const from = new Float64Array(count).fill(Infinity);
  const to = new Float64Array(count).fill(-Infinity);
  binOfFine.forEach((bin, fine) => {
    from[bin] = Math.min(from[bin], question.from[fine]);
    to[bin] = Math.max(to[bin], question.to[fine]);
  });
  const counts = countsAt(question, levelOf.bins32);
  const joined = new Uint8Array(count);
  const { stretchOfFine, discrete } = question;
  for (let fine = 0; fine + 1 < binOfFine.length; fine++)
    if (binOfFine[fine] !== binOfFine[fine + 1])
      joined[binOfFine[fine]] = !discrete && stretchOfFine[fine] === stretchOfFine[fine + 1] ? 1 : 0;
  const made = { counts, from, to, joined, shares: counts.join(" ") };
  shownBins.set(question, made);
  return made;
}

/** The estimator on every dummy, grouped into the same probabilities as the question. Float64Array // [dummy]. */
function dummyAmounts(decision: SummedStakes, question: Grouping): Float64Array {
  const { counts, shares } = shownBinsOf(question);
  const known = dummiesKnown.get(decision) ?? new Map<string, Float64Array>();
  dummiesKnown.set(decision, known);
  const found = known.get(shares);
  if (found) return found;
  const draws = drawCount(decision.sharding);
  const width = decision.others.length;
  const { rankBins } = decision.dummies;
  const perDummy = Float64Array.from(decision.dummySums, (running) => {
    let amount = 0;
    let from = 0;
    for (let bin = 0; bin < counts.length; bin++) {
      const to = Math.min(rankBins, from + (counts[bin] / draws) * rankBins);
      let gain = 0;
      for (let other = 0; other < width; other++) gain = Math.max(gain, sumBetween(running, from, to, width, other));
      amount += gain;
      from = to;
    }
    return amount / draws;
  });
  known.set(shares, perDummy);
  return perDummy;
}

/**
 * A dummy's sum between two places among its bins. A part of a bin has its share of the overall mean, and of the bin's deviation
 * from it the root of its share: the deviation of fewer draws shrinks with the root of their number.
 */
function sumBetween(running: Float64Array, from: number, to: number, width: number, other: number): number {
  // Whole bins, the usual case.
  if (from === Math.floor(from) && to === Math.floor(to)) return running[to * width + other] - running[from * width + other];
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
function answersOf({ names, best: today, others }: SummedStakes, question: Grouping, { chosen, gains }: Choice): Answer[] {
  const { counts, from, to } = shownBinsOf(question);
  const answers: Answer[] = [];
  let last: Answer | undefined;
  for (let bin = 0; bin < counts.length; bin++) {
    if (counts[bin] === 0) continue;
    const best = names[chosen[bin] < 0 ? today : others[chosen[bin]]];
    // Draws and sums first, shares and means at the end.
    if (last !== undefined && !question.discrete && last.best === best && Number.isFinite(to[bin])) {
      last.to = to[bin];
      last.probability += counts[bin];
      last.gain += gains[bin];
    } else answers.push((last = { from: from[bin], to: to[bin], probability: counts[bin], best, gain: gains[bin] }));
  }
  for (const answer of answers) {
    answer.gain /= answer.probability;
    answer.probability /= question.draws;
  }
  return answers;
}

/** The tree behind evppi: every answer with its probability, best alternative and gain; floor, error parts and evpi beside. */
export function explainEvppi(alternatives: Alternative[], question: BinnedQuestion, sharding: Sharding, dummies?: Dummies): Explanation {
  const decision = stakes(alternatives, sharding, dummies);
  const bestToday = decision.names[decision.best];
  return explainedEvppi({ name: question.name, bestToday, perfect: evpi(alternatives, sharding) }, evppiOf(decision, question.binning));
}

/** The tree of a worth found elsewhere, beside that of perfect information. */
export function explainedEvppi(
  { name, bestToday, perfect }: { name: string; bestToday: string; perfect: Measured },
  worth: Evppi,
): Explanation {
  const ofQuestion = { question: name };
  return explained("evppi", "money", worth, {
    ...ofQuestion,
    params: { bestToday, distinguishable: String(worth.distinguishable) },
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
      explained("evpi", "money", perfect, { formula: "what every answer together would be worth" }),
    ],
  });
}
