import { hypotenuse } from "@watershed/probability";
import { indexOfLargest } from "./expected-net-value.ts";
import { judged, type Evppi } from "./evppi.ts";
import { halved, type Inquiry } from "./reading.ts";
import { resultSums, resultSumsOfDummies, type Ledger, type ResultSums } from "./result-sums.ts";
import { difference, drawCount, measured, resolved, type Measured } from "./sharding.ts";
import { groupSums, tieError, type Dummies } from "./stakes.ts";

/** What an alternative taken after the result is worth, as a multiple of its worth today; undefined where it is no longer there. */
export type Later = (number | undefined)[]; // [alternative]

/** A result after which a company decides otherwise than today. */
export interface ChangingResult {
  result: number;
  probability: number;
  best: string;
  /** Expected gain over today's best alternative, given this result. */
  gain: number;
}

/** What an inquiry is worth to one company. */
export interface Evsi extends Omit<Evppi, "answers" | keyof Measured>, Measured {
  /** The gain where the result is waited for: alternatives as `later` has them. Below zero where waiting costs more than it tells. */
  delayed: Float64Array; // [shard]
  /** Results that change the decision, in rising order, when it is made after the result. */
  changes: ChangingResult[];
  probabilityOfResult: Float64Array; // [result]
  /** Index of today's best alternative. */
  today: number;
}

/** Ledgers and their dummies' sums, prepared once per company. */
export interface InquiredCompany {
  company: string;
  ledger: Ledger;
  dummyRankSums: Float64Array[]; // [dummy][rank bin][alternative, then count]
  dummies: Dummies;
}

/** Prepares a company for inquiries: the sums of its alternatives over the ranks of every dummy. */
export function inquiredCompany(company: string, ledger: Ledger, dummies: Dummies): InquiredCompany {
  const whole = { shards: 1, shardSize: drawCount(ledger.sharding) };
  const dummyRankSums = dummies.rankBinOfDraw.map((bins) => groupSums(ledger.columns, ledger.width, bins, dummies.rankBins, whole));
  return { company, ledger, dummyRankSums, dummies };
}

/**
 * Expected value of sample information of one inquiry for one company, before its cost: after every result the alternative with
 * the largest expected netValue, minus today's best on the same draws (Raiffa 1968). `later` says what the delay does to the
 * alternatives; the amount itself is that of a result at once, so that it lies between 0 and the evppi of the same questions.
 */
export function evsi(prepared: InquiredCompany, inquiry: Inquiry, later?: Later): Evsi {
  const { ledger } = prepared;
  const today = indexOfLargest(ledger.means.map((perShard) => measured(perShard).amount));
  const atOnce: Later = ledger.names.map(() => 1);
  const shown = resultSums(ledger, [inquiry]);
  const instant = afterResults(ledger, shown, atOnce);
  const half = { ...inquiry, readings: inquiry.readings.map(halved) };
  const continuous = inquiry.readings.some(({ grid }) => !grid.binning.discrete);
  const coarser = continuous ? afterResults(ledger, resultSums(ledger, [half], inquiry.readings.length > 1), atOnce) : instant;
  const baseline = ledger.means[today];
  const perShard = difference(instant.perShard, baseline);
  const delayed = later === undefined ? instant : afterResults(ledger, shown, later);
  const others = ledger.names.map((_, index) => index).filter((index) => index !== today);
  const judgement = judged({
    perShard,
    perDummy: dummyAmounts(prepared, inquiry, today),
    discretisation: measured(coarser.perShard).amount - measured(instant.perShard).amount,
    tie: tieError(ledger.means, today, others),
  });
  const gains = instant.worth.map((worth, result) => worth - instant.worthOf(result, today));
  return {
    ...judgement,
    ...resolved(judgement, Math.max(...gains) - Math.min(...gains), ledger.sharding),
    delayed: difference(delayed.perShard, baseline),
    changes: changesOf(ledger, delayed, today),
    probabilityOfResult: delayed.probability,
    today,
  };
}

/** The best alternative after every result, pooled over shards, and what choosing so nets in every shard. */
interface AfterResults {
  perShard: Float64Array; // [shard], mean netValue
  chosen: Int32Array; // [result]
  worth: Float64Array; // [result], mean netValue of the chosen given the result
  probability: Float64Array; // [result]
  worthOf: (result: number, alternative: number) => number;
}

function afterResults(ledger: Ledger, { sums }: ResultSums, later: Later): AfterResults {
  const { width, sharding } = ledger;
  const results = sums.length / width / sharding.shards;
  const pooled = new Float64Array(results * width);
  for (let shard = 0; shard < sharding.shards; shard++)
    for (let at = 0; at < pooled.length; at++) pooled[at] += sums[shard * pooled.length + at];
  const chosen = new Int32Array(results);
  const worth = new Float64Array(results);
  const probability = new Float64Array(results);
  const perShard = new Float64Array(sharding.shards);
  for (let result = 0; result < results; result++) {
    const count = pooled[result * width + width - 1];
    chosen[result] = bestAt(pooled, result * width, later);
    const factor = later[chosen[result]]!;
    probability[result] = count / drawCount(sharding);
    worth[result] = count > 0 ? (factor * pooled[result * width + chosen[result]]) / count : 0;
    for (let shard = 0; shard < sharding.shards; shard++)
      perShard[shard] += (factor * sums[(shard * results + result) * width + chosen[result]]) / sharding.shardSize;
  }
  const worthOf = (result: number, alternative: number): number => {
    const count = pooled[result * width + width - 1];
    return count > 0 ? pooled[result * width + alternative] / count : 0;
  };
  return { perShard, chosen, worth, probability, worthOf };
}

/** Index of the alternative with the largest sum after the delay; the first wins a tie. */
export function bestAt(sums: Float64Array, from: number, later: Later): number {
  let best = -1;
  let most = -Infinity;
  for (let alternative = 0; alternative < later.length; alternative++) {
    const factor = later[alternative];
    if (factor === undefined) continue;
    const worth = factor * sums[from + alternative];
    if (worth > most) {
      most = worth;
      best = alternative;
    }
  }
  return best;
}

function changesOf(ledger: Ledger, { chosen, worth, probability, worthOf }: AfterResults, today: number): ChangingResult[] {
  const changes: ChangingResult[] = [];
  chosen.forEach((best, result) => {
    if (best !== today && probability[result] > 0)
      changes.push({ result, probability: probability[result], best: ledger.names[best], gain: worth[result] - worthOf(result, today) });
  });
  return changes;
}

/** The estimator on dummies in place of the questions. Float64Array // [dummy, or set of dummies]. */
function dummyAmounts({ ledger, dummyRankSums, dummies }: InquiredCompany, inquiry: Inquiry, today: number): Float64Array {
  const questions = new Set(inquiry.readings.map(({ question }) => question)).size;
  const sets = questions === 1 ? dummyRankSums.length : Math.floor(dummyRankSums.length / questions);
  const { width, sharding } = ledger;
  const atOnce: Later = ledger.names.map(() => 1);
  return Float64Array.from({ length: sets }, (_, set) => {
    const sumsOf = (sizes: Uint32Array[]): Float64Array =>
      questions === 1 ? sumsByRank(dummyRankSums[set], width, sizes[0], dummies) : sumsByCells(ledger, dummies, set * questions, sizes);
    const { sums } = resultSumsOfDummies(width, [inquiry], sumsOf);
    let gain = 0;
    for (let from = 0; from < sums.length; from += width) gain += sums[from + bestAt(sums, from, atOnce)] - sums[from + today];
    return gain / drawCount(sharding);
  });
}

function sumsByRank(rankSums: Float64Array, width: number, sizes: Uint32Array, { rankBins }: Dummies): Float64Array {
  const binOf = binOfRank(sizes, rankBins);
  const sums = new Float64Array(sizes.length * width);
  for (let rank = 0; rank < rankBins; rank++)
    for (let column = 0; column < width; column++) sums[binOf[rank] * width + column] += rankSums[rank * width + column];
  return sums;
}

function sumsByCells(ledger: Ledger, { rankBinOfDraw, rankBins }: Dummies, first: number, sizes: Uint32Array[]): Float64Array {
  const draws = drawCount(ledger.sharding);
  const cells = new Uint32Array(draws);
  sizes.forEach((counts, question) => {
    const binOf = binOfRank(counts, rankBins);
    const ranks = rankBinOfDraw[first + question];
    for (let draw = 0; draw < draws; draw++) cells[draw] = cells[draw] * counts.length + binOf[ranks[draw]];
  });
  const count = sizes.reduce((product, { length }) => product * length, 1);
  return groupSums(ledger.columns, ledger.width, cells, count, { shards: 1, shardSize: draws });
}

/** Rank bins shared out in the proportion of the counts. */
function binOfRank(counts: Uint32Array, rankBins: number): Uint16Array {
  let draws = 0;
  for (const count of counts) draws += count;
  const bins = new Uint16Array(rankBins);
  let [bin, below] = [0, counts[0]];
  for (let rank = 0; rank < rankBins; rank++) {
    while (bin < counts.length - 1 && (rank + 0.5) * draws >= below * rankBins) below += counts[++bin];
    bins[rank] = bin;
  }
  return bins;
}

/** What an inquiry is worth over all companies, with what it costs. */
export interface InquiryWorth {
  /** Summed over companies, of a result at once. */
  evsi: Measured;
  floor: number;
  distinguishable: boolean;
  /** What waiting for the result takes away: time, and rounds that close before it. */
  delayCost: Measured;
  /** evsi - delay cost - cost. */
  net: Measured;
  /** Chance of a result after which at least one company is decided otherwise than today. */
  probabilityChanges: number;
  /** The companies that wait for the result; the others decide today, because waiting costs them more than it tells. */
  waiting: string[];
  /** The companies that the result would serve if it were there at once, but comes too late for. */
  tooLate: string[];
}

/** Sums the evsi of companies that are decided apart; the inquiry is paid once. Shares and errors add up as for evppi. */
export function inquiryWorth(companies: { company: string; evsi: Evsi }[], cost: number): InquiryWorth {
  const zero = (length: number): Float64Array => new Float64Array(length);
  const [perShard, perDummy] = [zero(companies[0].evsi.perShard.length), zero(companies[0].evsi.perDummy.length)];
  const gains = zero(perShard.length);
  let [discretisation, tie] = [0, 0];
  const waiting = companies.filter(({ evsi: { delayed } }) => measured(delayed).amount > 0);
  for (const { evsi: one } of companies) {
    addTo(perShard, one.perShard);
    addTo(perDummy, one.perDummy);
    discretisation += one.discretisation;
    tie = hypotenuse(tie, one.tie);
  }
  for (const { evsi: one } of waiting) addTo(gains, one.delayed);
  const worth = judged({ perShard, perDummy, discretisation, tie });
  const gain = measured(gains);
  const delayCost = measured(difference(perShard, gains));
  return {
    evsi: { amount: worth.amount, standardError: worth.standardError },
    floor: worth.floor,
    distinguishable: worth.distinguishable,
    delayCost,
    net: { amount: gain.amount - cost, standardError: hypotenuse(gain.standardError, hypotenuse(discretisation, tie)) },
    probabilityChanges: probabilityOfAny(waiting.map(({ evsi: one }) => one)),
    waiting: waiting.map(({ company }) => company),
    tooLate: companies.filter((one) => one.evsi.amount > 0 && !waiting.includes(one)).map(({ company }) => company),
  };
}

function probabilityOfAny(companies: Evsi[]): number {
  const changing = new Map(companies.flatMap(({ changes }) => changes.map(({ result, probability }) => [result, probability])));
  return Math.min(
    1,
    [...changing.values()].reduce((sum, probability) => sum + probability, 0),
  );
}

function addTo(total: Float64Array, part: Float64Array): void {
  for (let index = 0; index < part.length; index++) total[index] += part[index];
}
