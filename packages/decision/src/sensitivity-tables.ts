import { answerGroups, answerTable, bestOf, conditionalMean, linearisedRatio, weightsOfGroup } from "./answer-table.ts";
import type { AnswerGroup, NamedWorth } from "./answer-table.ts";
import type { BinnedQuestion } from "./evppi.ts";
import { meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { measured, type Measured, type Sharding } from "./sharding.ts";
import { groupCounts, groupSums } from "./stakes.ts";

/** What every alternative is worth given one stretch of answers. */
export interface OneWayRow extends AnswerGroup {
  netValues: NamedWorth[];
  best: string;
}

/** What the best alternative is worth given two stretches of answers together. */
export interface TwoWayCell {
  /** Places in `first` and `second`. */
  at: [number, number];
  probability: number;
  /** Undefined where too few draws fall into the cell to say anything. */
  best: NamedWorth | undefined;
  netValues: NamedWorth[];
}

export interface TwoWayTable {
  first: AnswerGroup[];
  second: AnswerGroup[];
  cells: TwoWayCell[];
}

/** Numbers and dates are shown in fifths. */
const stretches = 5;
/** Fewest draws that a cell needs before it says anything. */
const fewestDraws = 32;

/** One-way sensitivity: netValue of every alternative given each answer, or each fifth of the answers of a number or date. */
export function oneWay(alternatives: Alternative[], question: BinnedQuestion, sharding: Sharding): OneWayRow[] {
  const table = answerTable(alternatives, question.binning, sharding);
  const grouping = answerGroups(question.binning, stretches);
  return grouping.groups.map((group, index) => {
    const weights = weightsOfGroup(grouping, index);
    const netValues = alternatives.map(({ name }, place) => ({ name, netValue: measured(conditionalMean(table, place, weights)) }));
    return { ...group, netValues, best: bestOf(netValues).name };
  });
}

/** Two-way sensitivity: the best alternative and its netValue in every cell of two questions' answers, exact or in fifths. */
export function twoWay(alternatives: Alternative[], one: BinnedQuestion, other: BinnedQuestion, sharding: Sharding): TwoWayTable {
  meansOfAlternatives(alternatives, sharding);
  const [first, second] = [one, other].map(({ binning }) => answerGroups(binning, stretches));
  const columns = second.groups.length;
  const cells = first.groups.length * columns;
  const cellOfDraw = Uint16Array.from(
    one.binning.binOfDraw,
    (bin, draw) => first.groupOfFine[bin] * columns + second.groupOfFine[other.binning.binOfDraw[draw]],
  );
  const countsOf = groupCounts(cellOfDraw, cells, sharding);
  const sumsOf = alternatives.map(({ netValue }) => groupSums(netValue, 1, cellOfDraw, cells, sharding));
  const inCell = (of: Float64Array, cell: number): Float64Array =>
    Float64Array.from({ length: sharding.shards }, (_, shard) => of[shard * cells + cell]);
  return {
    first: first.groups,
    second: second.groups,
    cells: Array.from({ length: cells }, (_, cell): TwoWayCell => {
      const counts = inCell(countsOf, cell);
      const draws = counts.reduce((sum, count) => sum + count, 0);
      const at: [number, number] = [Math.floor(cell / columns), cell % columns];
      const probability = draws / cellOfDraw.length;
      if (draws < fewestDraws) return { at, probability, best: undefined, netValues: [] };
      const netValues = alternatives.map(({ name }, index) => {
        const netValue: Measured = measured(linearisedRatio(inCell(sumsOf[index], cell), counts));
        return { name, netValue };
      });
      return { at, probability, best: bestOf(netValues), netValues };
    }),
  };
}
