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
  const fineGroups = groupings.reduce((most, { counts }) => Math.max(most, counts.length), 0);
  const others = decisions.reduce((most, { alternatives }) => Math.max(most, alternatives.length - 1), 0);
  const room = new Float64Array(columns.draws.length * fineGroups * others);
  return decisions.map(({ alternatives, questions }) => {
    const stakes = summedStakes(alternatives, columns);
    const evppis = questions.map((question) =>
      evppiFromSums(stakes, groupings[question], summedDifferences(stakes, alternatives, columns, question, groupings[question], room)),
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
  const shareAt = (shard: number, cell: number) => inCells[shard * cells + cell] / columns.draws[shard];
  const sums = differencesOf(
    stakes,
    alternatives,
    columns,
    { groups: cells, shareAt },
    adding((column) => columns.pairSums(column, pair.index)),
  );
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
  const whole = { draws: sumOf(columns.draws), totals: (column: number) => sumOf(columns.totals(column)) };
  const cells = ([...byColumn.values()].find((sums) => sums !== undefined)?.length ?? 0) / dummyCount;
  const even = { groups: cells, shareAt: () => 1 / cells };
  return Array.from({ length: cells > 0 ? dummyCount : 0 }, (_, dummy) =>
    differencesOf(
      stakes,
      alternatives,
      whole,
      even,
      adding((column) => byColumn.get(column)?.subarray(dummy * cells, (dummy + 1) * cells)),
    ),
  );
}

/** Adds sums that stand in an array of their own. */
function adding(sumsOf: (column: number) => Float64Array | undefined): Parameters<typeof differencesOf>[4] {
  return (column, sign, into, { from, step }) => {
    const sums = sumsOf(column);
    for (let at = 0; at < (sums?.length ?? 0); at++) into[from + at * step] += sign * sums![at];
    return sums !== undefined;
  };
}
