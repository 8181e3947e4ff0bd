import type { Grouping } from "./binning.ts";
import { evppiFromSums, type Evppi } from "./evppi.ts";
import { evppiPairFromSums, type PairEvppi } from "./evppi-pair.ts";
import type { SummedStakes } from "./stakes.ts";
import { differencesOf, dummyCount, summedDifferences, summedStakes, type ColumnSums, type SummedAlternative } from "./summed-stakes.ts";

/** One company's decision and the questions that its alternatives depend on; any other question is worth exactly zero. */
export interface SummedDecision {
  alternatives: SummedAlternative[];
  questions: number[];
}

/** What every question is worth to one company. */
export interface DecisionWorth {
  stakes: SummedStakes;
  evppis: Evppi[]; // [place in the decision's questions]
}

/**
 * evppi of every dependent question of many companies from the sums of one run. `groupings` holds the answers of every question
 * (`groupingOf` for a question that its own uniform decides, `binning` else).
 */
export function evppiTable(decisions: SummedDecision[], columns: ColumnSums, groupings: Grouping[]): DecisionWorth[] {
  return decisions.map(({ alternatives, questions }) => {
    const stakes = summedStakes(alternatives, columns);
    const evppis = questions.map((question) =>
      evppiFromSums(stakes, groupings[question], summedDifferences(stakes, alternatives, columns, question, groupings[question])),
    );
    return { stakes, evppis };
  });
}

/** evppi of a pair of questions from the sums of one run, see `evppiPair`. */
export function summedEvppiPair(
  stakes: SummedStakes,
  alternatives: SummedAlternative[],
  columns: ColumnSums,
  pair: { index: number; groupings: [Grouping, Grouping] },
): PairEvppi {
  const inCells = columns.pairDraws(pair.index);
  const cells = inCells.length / columns.draws.length;
  const share = inCells.map((count, at) => count / columns.draws[Math.floor(at / cells)]);
  const sums = differencesOf(stakes, alternatives, columns, share, (column) => columns.pairSums(column, pair.index));
  const draws = new Float64Array(cells);
  inCells.forEach((count, at) => (draws[at % cells] += count));
  return evppiPairFromSums(stakes, pair.groupings, { sums, draws, dummies: dummyCells(stakes, alternatives, columns) });
}

/** Differences in the square cells of the dummies, over all shards. Float64Array[] // [dummy][row][column][other] */
function dummyCells(stakes: SummedStakes, alternatives: SummedAlternative[], columns: ColumnSums): Float64Array[] {
  const sumOf = (amounts: Float64Array) => Float64Array.of(amounts.reduce((sum, amount) => sum + amount, 0));
  const byColumn = new Map(
    alternatives.flatMap((alternative) =>
      "column" in alternative ? [[alternative.column, columns.dummyPairSums(alternative.column)] as const] : [],
    ),
  );
  const whole = { ...columns, draws: sumOf(columns.draws), totals: (column: number) => sumOf(columns.totals(column)) };
  const cells = ([...byColumn.values()].find((sums) => sums !== undefined)?.length ?? 0) / dummyCount;
  const even = new Float64Array(cells).fill(1 / cells);
  return Array.from({ length: cells > 0 ? dummyCount : 0 }, (_, dummy) =>
    differencesOf(stakes, alternatives, whole, even, (column) => byColumn.get(column)?.subarray(dummy * cells, (dummy + 1) * cells)),
  );
}
