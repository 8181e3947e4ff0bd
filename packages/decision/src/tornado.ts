import { answerTable, bestOf, conditionalMean, type AnswerTable, type NamedWorth } from "./answer-table.ts";
import type { Binning } from "./binning.ts";
import type { BinnedQuestion } from "./evppi.ts";
import type { Alternative } from "./expected-net-value.ts";
import { difference, measured, type Measured, type Sharding } from "./sharding.ts";

/** One end of a bar: the answers it stands for, and what the alternatives are worth given them. */
export interface TornadoEnd {
  from: number;
  to: number;
  probability: number;
  /** netValue of the alternative the tornado is drawn for. */
  netValue: Measured;
  /** The alternative one would take, knowing the answer to lie here. */
  best: NamedWorth;
}

/** How far the answers of one question push a netValue. */
export interface TornadoBar {
  question: string;
  low: TornadoEnd;
  high: TornadoEnd;
  /** netValue at the high end minus the low end, on common draws. */
  swing: Measured;
}

/** The share of answers at each end of a number or date, to the nearest of 64 bins. */
const outerShare = 0.1;

/**
 * A tornado for one alternative: its netValue given the lower and the higher answer of every question (no and yes; the worst
 * and the best of several options; about the lowest and the highest tenth of a number or date), longest bar first.
 */
export function tornado(alternatives: Alternative[], of: string, questions: BinnedQuestion[], sharding: Sharding): TornadoBar[] {
  const shown = alternatives.findIndex(({ name }) => name === of);
  const bars = questions.map(({ name, binning }): TornadoBar => {
    const table = answerTable(alternatives, binning, sharding);
    const [low, high] = endsOf(table, shown);
    const swing = measured(difference(conditionalMean(table, shown, high), conditionalMean(table, shown, low)));
    return { question: name, low: endOf(table, shown, low), high: endOf(table, shown, high), swing };
  });
  return bars.sort((one, other) => Math.abs(other.swing.amount) - Math.abs(one.swing.amount));
}

/** Weights of the bins at the lower and at the higher end. */
function endsOf(table: AnswerTable, shown: number): [Float64Array, Float64Array] {
  const { binning } = table;
  const bins = Array.from(binning.counts.keys());
  if (!binning.discrete) return [outer(binning, bins), outer(binning, bins.toReversed())];
  const only = (bin: number): Float64Array => Float64Array.from(bins, (index) => (index === bin ? 1 : 0));
  if (bins.length <= 2) return [only(0), only(bins.length - 1)];
  const means = bins.map((bin) => measured(conditionalMean(table, shown, only(bin))).amount);
  return [only(means.indexOf(Math.min(...means))), only(means.indexOf(Math.max(...means)))];
}

/** Whole bins from one side, as near to a tenth of the draws as they come; a heavy answer at the end stands for itself. */
function outer(binning: Binning, bins: number[]): Float64Array {
  const weights = new Float64Array(bins.length);
  const wanted = binning.draws * outerShare;
  let taken = 0;
  for (const bin of bins) {
    const draws = binning.counts[bin];
    if (taken > 0 && Math.abs(taken + draws - wanted) > Math.abs(taken - wanted)) break;
    weights[bin] = 1;
    taken += draws;
  }
  return weights;
}

function endOf(table: AnswerTable, shown: number, weights: Float64Array): TornadoEnd {
  const { binning, names } = table;
  let [from, to, draws] = [Infinity, -Infinity, 0];
  weights.forEach((weight, bin) => {
    if (weight === 0) return;
    from = Math.min(from, binning.from[bin]);
    to = Math.max(to, binning.to[bin]);
    draws += weight * binning.counts[bin];
  });
  const worths = names.map((name, index) => ({ name, netValue: measured(conditionalMean(table, index, weights)) }));
  return { from, to, probability: draws / binning.draws, netValue: worths[shown].netValue, best: bestOf(worths) };
}
