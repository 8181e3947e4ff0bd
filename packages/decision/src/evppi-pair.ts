import { assert } from "./assert.ts";
import { countsAt, levelOf, type Binning } from "./binning.ts";
import { evppiOf, judged, type BinnedQuestion, type Evppi } from "./evppi.ts";
import type { Alternative } from "./expected-net-value.ts";
import { explained, type Explanation } from "./explanation.ts";
import { drawCount, measured, type Sharding } from "./sharding.ts";
import { smoothedGain, smoothingOf, type Smoothing } from "./smoothed-gain.ts";
import { groupSums, stakes, type Dummies, type Stakes } from "./stakes.ts";

/** What answering two questions together is worth; the answers themselves are too many to list. */
export type PairEvppi = Omit<Evppi, "answers">;

/**
 * Expected value of learning two answers together: on a grid of 32 by 32 cells (exact groups where discrete) the alternative
 * is chosen by the means of 8 by 8 cells, interpolated, and valued with the raw netValue. Choosing on the small cells
 * themselves would follow chance alignments of Sobol points with third variables.
 */
export function evppiPair(
  alternatives: Alternative[],
  a: BinnedQuestion,
  b: BinnedQuestion,
  sharding: Sharding,
  dummies?: Dummies,
): PairEvppi {
  return evppiPairOf(stakes(alternatives, sharding, dummies), a.binning, b.binning);
}

/** evppiPair for a decision prepared with stakes; the discretisation is against half the bins on every side. */
export function evppiPairOf(decision: Stakes, a: Binning, b: Binning): PairEvppi {
  const { sharding } = decision;
  assert(a.draws === drawCount(sharding) && b.draws === a.draws, "Two questions and their decision differ in their draws.");
  const gainAt = (valued: number, chosen: number) => {
    const [rows, columns] = [smoothingOf(a, valued, chosen), smoothingOf(b, valued, chosen)];
    const cellOfDraw = new Uint32Array(a.draws);
    const [row, column] = [a.levels[valued].binOfFine, b.levels[valued].binOfFine];
    for (let draw = 0; draw < a.draws; draw++) cellOfDraw[draw] = row[a.binOfDraw[draw]] * columns.bins + column[b.binOfDraw[draw]];
    return gainOfCells(decision, cellOfDraw, { rows, columns }, sharding);
  };
  const shown = gainAt(levelOf.bins32, levelOf.bins8);
  const coarser = gainAt(levelOf.bins16, levelOf.bins4);
  return judged({
    perShard: shown,
    perDummy: dummyPairAmounts(decision, a, b),
    discretisation: measured(coarser).amount - measured(shown).amount,
    tie: decision.tie,
  });
}

function gainOfCells(
  decision: Stakes,
  cellOfDraw: Uint32Array,
  grid: { rows: Smoothing; columns: Smoothing },
  sharding: Sharding,
): Float64Array {
  const width = decision.others.length;
  const cells = grid.rows.bins * grid.columns.bins;
  const counts = new Uint32Array(cells);
  for (let draw = 0; draw < cellOfDraw.length; draw++) counts[cellOfDraw[draw]]++;
  const sums = groupSums(decision.differences, width, cellOfDraw, cells, sharding);
  return smoothedGain({ ...grid, sums, counts, width }, sharding);
}

/** The same estimator on neighbouring dummies, grouped into the probabilities of the two questions. Float64Array // [dummy]. */
function dummyPairAmounts(decision: Stakes, a: Binning, b: Binning): Float64Array {
  const { rankBinOfDraw, rankBins } = decision.dummies;
  if (rankBinOfDraw.length < 2) return new Float64Array(0);
  const [rows, columns] = [a, b].map((question) => smoothingOf(question, levelOf.bins32, levelOf.bins8));
  const [row, column] = [a, b].map((question) => binOfRank(countsAt(question, levelOf.bins32), rankBins));
  const whole = { shards: 1, shardSize: drawCount(decision.sharding) };
  const cellOfDraw = new Uint32Array(whole.shardSize);
  return Float64Array.from(rankBinOfDraw, (first, dummy) => {
    const second = rankBinOfDraw[(dummy + 1) % rankBinOfDraw.length];
    for (let draw = 0; draw < cellOfDraw.length; draw++) cellOfDraw[draw] = row[first[draw]] * columns.bins + column[second[draw]];
    return gainOfCells(decision, cellOfDraw, { rows, columns }, whole)[0];
  });
}

function binOfRank(counts: Uint32Array, rankBins: number): Uint16Array {
  let draws = 0;
  for (const count of counts) draws += count;
  const bins = new Uint16Array(rankBins);
  let bin = 0;
  let below = counts[0];
  for (let rank = 0; rank < rankBins; rank++) {
    while (bin < counts.length - 1 && (rank + 0.5) * draws >= below * rankBins) below += counts[++bin];
    bins[rank] = bin;
  }
  return bins;
}

/** The tree behind evppiPair: the pair beside each of its questions alone. */
export function explainEvppiPair(
  alternatives: Alternative[],
  a: BinnedQuestion,
  b: BinnedQuestion,
  sharding: Sharding,
  dummies?: Dummies,
): Explanation {
  const decision = stakes(alternatives, sharding, dummies);
  const pair = evppiPairOf(decision, a.binning, b.binning);
  return explained("evppiPair", "money", pair, {
    params: { a: a.name, b: b.name, distinguishable: String(pair.distinguishable) },
    formula: "mean gain of choosing in every cell of the two answers",
    children: [
      ...[a, b].map(({ name, binning }) => explained("evppi", "money", evppiOf(decision, binning), { question: name })),
      explained("discretisation", "money", pair.discretisation),
      explained("noiseFloor", "money", pair.floor, { params: { dummies: pair.perDummy.length } }),
    ],
  });
}
