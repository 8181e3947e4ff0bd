import { fitInParts, fitQuadratic, fittedColumn, type QuadraticFit } from "./quadratic-fit.ts";
import { halfLearningFor, learningFor, partsOfBoth, partsPerHalf, sortedColumn, waysToHalve, type Stretches } from "./policy-folds.ts";
import type { FitRows } from "./quadratic-moments.ts";
import { scratch } from "./scratch.ts";
import { strided } from "./sharding.ts";
import type { Batch } from "./trigger-knowledge.ts";
import type { Occasion, WaitingSequence } from "./waiting-sequence.ts";

/**
 * How some draws decide for others: by the mean of a group, or by a fitted surface. `expected` and `fit` say what
 * investing nets; where a later trigger may follow, `expected` is the smaller of that and what it nets beyond going on, and
 * `beyond` a second surface for the latter, fitted where the first is above zero.
 */
export type InvestRule = { kind: "mean"; expected: number } | { kind: "quadratic"; fit: QuadraticFit; beyond?: QuadraticFit };

/** The rules of a cell: [part], and [way to halve][part]. */
export interface LearnedRules<Rule = InvestRule> {
  whole: Rule[];
  partial: Rule[][];
}

/** A rule for every part from the parts that decide on it, and again from half of these in every way. */
export function learnedBy<Rule>(ruleFrom: (parts: number[]) => Rule): LearnedRules<Rule> {
  const parts = Array.from({ length: partsOfBoth }, (_, part) => part);
  return {
    whole: parts.map((part) => ruleFrom(learningFor(part))),
    partial: waysToHalve.map((way) => parts.map((part) => ruleFrom(halfLearningFor(part, way)))),
  };
}

export interface FeatureColumn {
  name: string;
  column: Float64Array; // [draw]
}

/** Sums over the draws of every cell and part: [partsOfBoth * cell + part]. */
export interface PartSums {
  total: Float64Array; // of access
  nets: Float64Array; // of access times what acting nets
  goes: Float64Array; // of access times what going on nets
}

export function sumsOfParts(
  occasion: Occasion,
  { draws, group }: Batch,
  fold: Uint8Array,
  goingOn: Float64Array | undefined,
  cellOf: Int32Array,
  cells: number,
): PartSums {
  const [total, nets, goes] = Array.from({ length: 3 }, () => new Float64Array(partsOfBoth * cells));
  const { values, step } = strided(occasion.access);
  const then = occasion.netValueThen;
  for (let row = 0; row < draws.length; row++) {
    const draw = draws[row];
    const place = partsOfBoth * cellOf[group[row]] + fold[draw];
    const access = values[draw * step];
    total[place] += access;
    nets[place] += access * then[draw];
    if (goingOn) goes[place] += access * goingOn[draw];
  }
  return { total, nets, goes };
}

/** What acting nets on average in some parts of a cell, or beyond going on where that is less; 0, and so no investment, where nothing was seen. */
export function meanRule({ total, nets, goes }: PartSums, cell: number, parts: number[]): InvestRule {
  const sumOf = (sums: Float64Array): number => parts.reduce((sum, part) => sum + sums[partsOfBoth * cell + part], 0);
  const [weight, acting] = [sumOf(total), sumOf(nets)];
  return { kind: "mean", expected: weight === 0 ? 0 : Math.min(acting, acting - sumOf(goes)) / weight };
}

export interface Learning {
  sequence: WaitingSequence;
  occasion: Occasion;
  stretches: Stretches;
  goingOn: Float64Array | undefined;
  slot: string;
}

/** The rows of some parts of a cell as a regression reads them. */
function rowsOf({ occasion, stretches, slot }: Learning, [from, to]: [number, number], columns: FeatureColumn[]): FitRows {
  const stretchOf = (name: string, column: Float64Array): Float64Array => sortedColumn(stretches, name, column, slot).subarray(from, to);
  const features = columns.map(({ name, column }) => ({ name, amounts: stretchOf(name, column) }));
  const response = stretchOf("netValueThen", occasion.netValueThen);
  const { access } = occasion;
  return { features, response, weights: typeof access === "number" ? ones(to - from, access) : stretchOf("access", access) };
}

/** What acting nets in a cell, for every part from the others; all from one pass over the rows. */
export function surfacesOfParts(learning: Learning, cell: number, columns: FeatureColumn[]): LearnedRules {
  const { ridge = 1, clipped = true } = learning.sequence.regression ?? {};
  const { starts } = learning.stretches;
  const first = partsOfBoth * cell;
  const ends = Array.from({ length: partsOfBoth }, (_, part) => starts[first + part + 1] - starts[first]);
  const together: number[][] = [];
  const places = new Map<string, number>();
  const placed = learnedBy((parts) => {
    const name = parts.join(" ");
    if (!places.has(name)) places.set(name, together.push(parts) - 1);
    return places.get(name)!;
  });
  const rows = rowsOf(learning, [starts[first], starts[first + partsOfBoth]], columns);
  const rules = fitInParts(rows, { ends, together }, ridge, clipped).partial.map((fit): InvestRule => ({ kind: "quadratic", fit }));
  const found = (of: number[]): InvestRule[] => of.map((place) => rules[place]);
  return { whole: found(placed.whole), partial: placed.partial.map(found) };
}

/** What acting nets in a half of a cell, and what it nets beyond going on. */
export function surfacesOfHalf(
  learning: Learning & { goingOn: Float64Array },
  { cell, half }: { cell: number; half: number },
  columns: FeatureColumn[],
): InvestRule {
  const { ridge = 1, clipped = true } = learning.sequence.regression ?? {};
  const { stretches, goingOn } = learning;
  const first = partsOfBoth * cell + partsPerHalf * half;
  const from = stretches.starts[first];
  const { features, response, weights } = rowsOf(learning, [from, stretches.starts[first + partsPerHalf]], columns);
  const fit = fitQuadratic({ features, response, weights }, ridge, clipped);
  // Acting is in question only where it is expected to net something; the second surface is fitted there (as in the money).
  const amounts = features.map((feature) => feature.amounts);
  const nets = fittedColumn(fit, amounts, "fitted");
  const asked = [...amounts, response, weights].map((column, index) => scratch.float64(`asked ${index}`, column.length));
  let kept = 0;
  for (let row = 0; row < nets.length; row++) {
    if (!(nets[row] > 0) || weights[row] === 0) continue;
    for (let feature = 0; feature < amounts.length; feature++) asked[feature][kept] = amounts[feature][row];
    asked[amounts.length][kept] = response[row] - goingOn[stretches.draws[from + row]];
    asked[amounts.length + 1][kept++] = weights[row];
  }
  if (kept === 0) return { kind: "quadratic", fit };
  const beyond = {
    features: features.map(({ name }, feature) => ({ name, amounts: asked[feature].subarray(0, kept) })),
    response: asked[amounts.length].subarray(0, kept),
    weights: asked[amounts.length + 1].subarray(0, kept),
  };
  return { kind: "quadratic", fit, beyond: fitQuadratic(beyond, ridge, clipped) };
}

function ones(length: number, amount: number): Float64Array {
  return scratch.float64("same access", length).fill(amount);
}
