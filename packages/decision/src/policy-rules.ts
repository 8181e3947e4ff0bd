import { fitInParts, fitQuadratic, fittedColumn, type QuadraticFit } from "./quadratic-fit.ts";
import {
  allParts,
  halfLearningFor,
  learningFor,
  partsOfBoth,
  partsPerHalf,
  sortedColumn,
  waysToHalve,
  type Stretches,
} from "./policy-folds.ts";
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
export interface LearnedRules {
  whole: InvestRule[];
  partial: InvestRule[][];
}

/** Every set of parts that learns a rule, once, and which of them decides a part: [part], and [way to halve][part]. */
const { learning, whole, partial } = setsThatLearn();

function setsThatLearn(): { learning: number[][]; whole: number[]; partial: number[][] } {
  const sets: number[][] = [];
  const places = new Map<string, number>();
  const placeOf = (parts: number[]): number => {
    const name = parts.join(" ");
    if (!places.has(name)) places.set(name, sets.push(parts) - 1);
    return places.get(name)!;
  };
  return {
    learning: sets,
    whole: allParts.map((part) => placeOf(learningFor(part))),
    partial: waysToHalve.map((way) => allParts.map((part) => placeOf(halfLearningFor(part, way)))),
  };
}

/** The rules of a cell from those that the sets have learned. */
function rulesFrom(rules: InvestRule[]): LearnedRules {
  const at = (places: number[]): InvestRule[] => places.map((place) => rules[place]);
  return { whole: at(whole), partial: partial.map(at) };
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

/** The means of a cell, for every part from the others. */
export function meansOfParts(sums: PartSums, cell: number): LearnedRules {
  return rulesFrom(learning.map((parts) => meanRule(sums, cell, parts)));
}

export interface Learning {
  sequence: WaitingSequence;
  occasion: Occasion;
  stretches: Stretches;
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
export function surfacesOfParts(of: Learning, cell: number, columns: FeatureColumn[]): LearnedRules {
  const { ridge = 1, clipped = true } = of.sequence.regression ?? {};
  const { starts } = of.stretches;
  const first = partsOfBoth * cell;
  const ends = Array.from({ length: partsOfBoth }, (_, part) => starts[first + part + 1] - starts[first]);
  const rows = rowsOf(of, [starts[first], starts[first + partsOfBoth]], columns);
  return rulesFrom(fitInParts(rows, { ends, together: learning }, ridge, clipped).map((fit) => ({ kind: "quadratic", fit })));
}

/** What acting nets in a half of a cell, and what it nets beyond going on. */
export function surfacesOfHalf(
  of: Learning,
  goingOn: Float64Array,
  { cell, half }: { cell: number; half: number },
  columns: FeatureColumn[],
): InvestRule {
  const { ridge = 1, clipped = true } = of.sequence.regression ?? {};
  const { stretches } = of;
  const first = partsOfBoth * cell + partsPerHalf * half;
  const from = stretches.starts[first];
  const { features, response, weights } = rowsOf(of, [from, stretches.starts[first + partsPerHalf]], columns);
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
