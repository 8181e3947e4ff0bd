import { log } from "./logarithm.ts";
import type { DistributionOf } from "./distribution.ts";
import { leastSquares } from "./least-squares.ts";
import type { BoundScale } from "./metalog.ts";
import { boundScale, metalogBasis, metalogFlaw } from "./metalog.ts";

export interface QuantilePoint {
  probability: number;
  at: number;
}

export interface MetalogBounds {
  low?: number;
  high?: number;
}

export type MetalogFit = { distribution: DistributionOf<"metalog"> } | { problem: MetalogProblem };

export type MetalogProblem =
  | { code: "tooFewPoints"; params: { count: number; atLeast: number } }
  | { code: "parameterNotFinite"; params: { parameter: string } }
  | { code: "probabilityOutsideUnit"; params: { probability: number } }
  /** Quantile number `index` (from 0) does not lie above the one before it. */
  | { code: "quantilesOutOfOrder"; params: { index: number } }
  | { code: "lowNotBelowHigh"; params: { low: number; high: number } }
  | { code: "quantileOutsideBounds"; params: { at: number; low: number; high: number } }
  /** No metalog passes through the points: for three symmetric ones because of the median, for others because the curve would run backwards. */
  | { code: "metalogInfeasible"; params: MedianRange | { probability: number; terms: number } };

/**
 * Where the median would have to lie, strictly between medianLow and medianHigh, for three symmetric points to have a metalog.
 * `skew` is where it lies between the outer two (0 to 1, on the scale that the bounds make), and skewLow..skewHigh the range that is feasible.
 */
export interface MedianRange {
  median: number;
  medianLow: number;
  medianHigh: number;
  skew: number;
  skewLow: number;
  skewHigh: number;
}

/** More points than this are fitted by least squares with this many terms. */
export const MOST_TERMS = 8;

/**
 * A metalog through stated quantiles. Three points at alpha, 1/2, 1 - alpha use Keelin's symmetric-percentile closed form; otherwise as many terms as points
 * up to 8, exactly through them
 * (7 points that are symmetric about the median take the 8th term in place of the 7th, which they cannot tell from the others); more points by least squares. A shape whose density would not be positive is a problem, not a guess. Points may come in any order.
 * Source: Keelin 2016, The metalog distributions, Decision Analysis 13(4).
 */
export function metalogFromQuantiles(points: readonly QuantilePoint[], bounds: MetalogBounds = {}): MetalogFit {
  const sorted = [...points].sort((a, b) => a.probability - b.probability);
  const problem = pointsProblem(sorted, bounds);
  if (problem) return { problem };
  const scale = boundScale(bounds.low, bounds.high);
  const fitted = isSymmetricTriplet(sorted) ? symmetricFit(sorted, scale) : generalFit(sorted, scale);
  if ("problem" in fitted) return fitted;
  return { distribution: { kind: "metalog", terms: fitted.terms, ...bounds } };
}

function pointsProblem(points: readonly QuantilePoint[], bounds: MetalogBounds): MetalogProblem | undefined {
  const { low = -Infinity, high = Infinity } = bounds;
  if (points.length < 2) return { code: "tooFewPoints", params: { count: points.length, atLeast: 2 } };
  if (!(low < high)) return { code: "lowNotBelowHigh", params: { low, high } };
  for (const [index, { probability, at }] of points.entries()) {
    if (!Number.isFinite(at)) return { code: "parameterNotFinite", params: { parameter: "at" } };
    if (!(probability > 0 && probability < 1)) {
      return { code: "probabilityOutsideUnit", params: { probability } };
    }
    if (!(at > low && at < high)) return { code: "quantileOutsideBounds", params: { at, low, high } };
    const before = points[index - 1];
    if (before && !(before.probability < probability && before.at < at)) {
      return { code: "quantilesOutOfOrder", params: { index } };
    }
  }
  return undefined;
}

function isSymmetricTriplet(points: readonly QuantilePoint[]): boolean {
  if (points.length !== 3) return false;
  const [a, b, c] = points.map((point) => point.probability);
  return Math.abs(b - 0.5) < 1e-12 && Math.abs(a + c - 1) < 1e-12;
}

type Terms = { terms: number[] } | { problem: MetalogProblem };

function symmetricFit(points: readonly QuantilePoint[], scale: BoundScale): Terms {
  const alpha = points[0].probability;
  const [low, median, high] = points.map((point) => scale.toScore(point.at));
  const range = high - low;
  const skew = (median - low) / range;
  const skewLow = 0.5 * (1 - 1.66711 * (0.5 - alpha)); // Keelin 2016, equation 22
  if (!(skew > skewLow && skew < 1 - skewLow)) {
    const params: MedianRange = {
      median: points[1].at,
      medianLow: scale.fromScore(low + skewLow * range),
      medianHigh: scale.fromScore(high - skewLow * range),
      skew,
      skewLow,
      skewHigh: 1 - skewLow,
    };
    return { problem: { code: "metalogInfeasible", params } };
  }
  const logit = log((1 - alpha) / alpha);
  return {
    terms: [median, range / (2 * logit), ((1 - 2 * skew) * range) / ((1 - 2 * alpha) * logit)],
  };
}

function generalFit(points: readonly QuantilePoint[], scale: BoundScale): Terms {
  const count = Math.min(points.length, MOST_TERMS);
  const basis = points.map((point) => metalogBasis(point.probability, MOST_TERMS));
  const target = points.map((point) => scale.toScore(point.at));
  const columns = independentColumns(basis, target, count);
  const terms = Array.from({ length: columns[columns.length - 1] + 1 }, () => 0);
  const solved = leastSquares(chosen(basis, columns), target) ?? [];
  for (const [k, column] of columns.entries()) terms[column] = solved[k];
  const flaw = metalogFlaw(terms);
  return flaw ? { problem: { code: "metalogInfeasible", params: { ...flaw, terms: terms.length } } } : { terms };
}

/** The first `count` terms that say something new at these points: seven symmetric points tell three symmetric shapes apart, not four. */
function independentColumns(basis: number[][], target: number[], count: number): number[] {
  const columns: number[] = [];
  for (let column = 0; column < MOST_TERMS && columns.length < count; column++) {
    if (leastSquares(chosen(basis, [...columns, column]), target)) columns.push(column);
  }
  return columns;
}

function chosen(basis: number[][], columns: number[]): number[][] {
  return basis.map((row) => columns.map((column) => row[column]));
}
