import { assert } from "./assert.ts";
import { countsAt, levelOf, type Binning, type Grouping } from "./binning.ts";
import { evppiOf, judged, type BinnedQuestion, type Evppi } from "./evppi.ts";
import type { Alternative } from "./expected-net-value.ts";
import { explained, type Explanation } from "./explanation.ts";
import { drawCount, measured, type Sharding } from "./sharding.ts";
import { smoothedGain, smoothingOf, type Smoothing } from "./smoothed-gain.ts";
import { groupSums, stakes, type Dummies, type Stakes, type SummedStakes } from "./stakes.ts";

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
  return pairJudged(decision, gainAt, dummyPairAmounts(decision, a, b));
}

/** Sums over the cells of a pair: fine groups of the first by fine groups of the second. */
export interface CellSums {
  sums: Float64Array; // [shard][row][column][other], differences from today's best
  draws: Float64Array; // [row][column]
  /** The same differences in 32 by 32 equal cells of every dummy and the next. */
  dummies: Float64Array[]; // [dummy][row][column][other]
}

/** evppiPair from sums computed elsewhere; the dummies' ranks are resolved to 1/32. */
export function evppiPairFromSums(decision: SummedStakes, [a, b]: [Grouping, Grouping], cells: CellSums): PairEvppi {
  const { sharding, drawsOfShard } = decision;
  const width = decision.others.length;
  assert(cells.draws.length === a.counts.length * b.counts.length, "Cell sums do not fit the two questions.");
  const coarsened = (
    rowOf: ArrayLike<number>,
    columnOf: ArrayLike<number>,
    grid: Grid,
    from: Pick<CellSums, "sums" | "draws">,
    shards: number,
  ) => {
    const cellsOfGrid = grid.rows.bins * grid.columns.bins;
    const out = { ...grid, width, sums: new Float64Array(shards * cellsOfGrid * width), counts: new Float64Array(cellsOfGrid) };
    for (let cell = 0; cell < from.draws.length; cell++) {
      const to = rowOf[Math.floor(cell / columnOf.length)] * grid.columns.bins + columnOf[cell % columnOf.length];
      out.counts[to] += from.draws[cell];
      for (let shard = 0; shard < shards; shard++)
        for (let other = 0; other < width; other++)
          out.sums[(shard * cellsOfGrid + to) * width + other] += from.sums[(shard * from.draws.length + cell) * width + other];
    }
    return out;
  };
  const gridAt = (valued: number, chosen: number): Grid => ({
    rows: smoothingOf(a, valued, chosen),
    columns: smoothingOf(b, valued, chosen),
  });
  const gainAt = (valued: number, chosen: number) => {
    const [row, column] = [a.levels[valued].binOfFine, b.levels[valued].binOfFine];
    return smoothedGain(coarsened(row, column, gridAt(valued, chosen), cells, sharding.shards), sharding, drawsOfShard);
  };
  const dummyGrid = gridAt(levelOf.bins32, levelOf.bins8);
  const side = Math.sqrt((cells.dummies[0]?.length ?? 0) / width);
  const draws = new Float64Array(side * side).fill(drawCount(sharding) / side / side);
  const [row, column] = [a, b].map((question) => binOfRank(countsAt(question, levelOf.bins32), side));
  const whole = { shards: 1, shardSize: drawCount(sharding) };
  const perDummy = Float64Array.from(
    cells.dummies,
    (sums) => smoothedGain(coarsened(row, column, dummyGrid, { sums, draws }, 1), whole)[0],
  );
  return pairJudged(decision, gainAt, perDummy);
}

interface Grid {
  rows: Smoothing;
  columns: Smoothing;
}

function pairJudged(decision: SummedStakes, gainAt: (valued: number, chosen: number) => Float64Array, perDummy: Float64Array): PairEvppi {
  const perShard = gainAt(levelOf.bins32, levelOf.bins8);
  const coarser = gainAt(levelOf.bins16, levelOf.bins4);
  const discretisation = measured(coarser).amount - measured(perShard).amount;
  return judged({ perShard, perDummy, discretisation, tie: decision.tie });
}

function gainOfCells(decision: Stakes, cellOfDraw: Uint32Array, grid: Grid, sharding: Sharding): Float64Array {
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

function binOfRank(counts: Float64Array, rankBins: number): Uint16Array {
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
