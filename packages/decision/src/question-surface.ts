import { normalQuantile, power } from "@watershed/probability";
import { assert } from "./assert.ts";
import type { Binning } from "./binning.ts";
import { drawOrder } from "./draw-order.ts";
import { solveSymmetric } from "./quadratic-fit.ts";
import type { Sharding } from "./sharding.ts";

/** Features of several questions with their moments, prepared once for all companies. */
export interface QuestionSurface {
  sharding: Sharding;
  terms: number;
  features: Float32Array; // [draw][term]
  /** Combinations of discrete answers, each with a surface of its own; the rare ones share the last. */
  strata: number;
  stratumOfDraw: Uint16Array; // [draw]
  /** Products of features, summed over the shards of one parity. */
  moments: Float64Array[]; // [parity * strata + stratum][term][term], lower triangle
}

/** One feature column apart from the intercept, and the question it comes from. */
interface Feature {
  question: number;
  linear: boolean; // enters products with other questions
  score: boolean; // enters products of three
  amounts: Float32Array; // [draw]
}

export interface SurfaceQuestion {
  column: Float64Array; // [draw]
  binning: Binning;
}

const mostTerms = 72;
const mostStrata = 32;
const drawsPerTerm = 20;

/**
 * A surface over the answers of several questions: for a number or a date the normal score of its rank, its square and cube, an
 * indicator for every answer heavy enough to be a bin of its own, and for discrete answers indicators; products between
 * two questions and of the scores of three as far as 72 terms reach. Combinations of discrete answers that are common enough get a surface each.
 */
export function questionSurface(questions: SurfaceQuestion[], sharding: Sharding): QuestionSurface {
  const draws = sharding.shards * sharding.shardSize;
  for (const { column } of questions) assert(column.length === draws, "A question has another number of draws than the run.");
  const features = questions.flatMap((question, place) => featuresOf(question, place));
  const products = productsOf(features).slice(0, Math.max(0, mostTerms - 1 - features.length));
  const terms = 1 + features.length + products.length;
  const matrix = new Float32Array(draws * terms);
  for (let draw = 0; draw < draws; draw++) {
    const from = draw * terms;
    matrix[from] = 1;
    features.forEach(({ amounts }, at) => (matrix[from + 1 + at] = amounts[draw]));
    products.forEach((factors, at) => {
      let product = 1;
      for (const { amounts } of factors) product *= amounts[draw];
      matrix[from + 1 + features.length + at] = product;
    });
  }
  const { strata, stratumOfDraw } = strataOf(questions, draws, drawsPerTerm * terms);
  const moments = momentsOf(matrix, terms, { strata, stratumOfDraw, sharding });
  return { sharding, terms, features: matrix, strata, stratumOfDraw, moments };
}

function featuresOf({ column, binning }: SurfaceQuestion, question: number): Feature[] {
  const bins = binning.counts.length;
  const atoms = binning.discrete
    ? Array.from({ length: bins - 1 }, (_, bin) => bin + 1)
    : [...binning.counts.keys()].filter((bin) => binning.from[bin] === binning.to[bin]).slice(0, 8);
  const indicators = atoms.map((bin): Feature => {
    const amounts = Float32Array.from(binning.binOfDraw, (own) => Number(own === bin));
    return { question, linear: true, score: false, amounts };
  });
  if (binning.discrete) return indicators;
  const score = scoresOf(column, binning, new Set(atoms));
  const raised = (exponent: number): Float32Array => score.map((amount) => power(amount, exponent));
  return [
    { question, linear: true, score: true, amounts: score },
    { question, linear: false, score: false, amounts: raised(2) },
    { question, linear: false, score: false, amounts: raised(3) },
    ...indicators,
  ];
}

/** The normal score of every draw's rank among the answers that are no atom; 0 on an atom. Equal answers share a score. */
function scoresOf(column: Float64Array, { binOfDraw }: Binning, atoms: Set<number>): Float32Array {
  const order = drawOrder(column).filter((draw) => !atoms.has(binOfDraw[draw]));
  const scores = new Float32Array(column.length);
  for (let rank = 0; rank < order.length;) {
    let runEnd = rank + 1;
    while (runEnd < order.length && column[order[runEnd]] === column[order[rank]]) runEnd++;
    const score = normalQuantile((rank + runEnd) / 2 / order.length);
    for (; rank < runEnd; rank++) scores[order[rank]] = score;
  }
  return scores;
}

/** Products of two features of different questions, then of three scores. */
function productsOf(features: Feature[]): Feature[][] {
  const linear = features.filter((feature) => feature.linear);
  const scores = linear.filter((feature) => feature.score);
  const grown = (products: Feature[][], by: Feature[]): Feature[][] =>
    products.flatMap((product) => by.filter(({ question }) => question > product.at(-1)!.question).map((one) => [...product, one]));
  const pairs = (among: Feature[]): Feature[][] =>
    grown(
      among.map((one) => [one]),
      among,
    );
  return [...pairs(linear), ...grown(pairs(scores), scores)];
}

/** Combinations of the discrete answers with enough draws each; all others together are the last stratum. */
function strataOf(questions: SurfaceQuestion[], draws: number, enough: number): { strata: number; stratumOfDraw: Uint16Array } {
  const discrete = questions.filter(({ binning }) => binning.discrete);
  const combinations = discrete.reduce((product, { binning }) => product * binning.counts.length, 1);
  const stratumOfDraw = new Uint16Array(draws);
  if (combinations > mostStrata) return { strata: 1, stratumOfDraw };
  for (const { binning } of discrete)
    for (let draw = 0; draw < draws; draw++) stratumOfDraw[draw] = stratumOfDraw[draw] * binning.counts.length + binning.binOfDraw[draw];
  const counts = new Uint32Array(combinations);
  for (const stratum of stratumOfDraw) counts[stratum]++;
  const common = [...counts.keys()].filter((stratum) => counts[stratum] >= enough);
  const place = new Uint16Array(combinations).fill(common.length);
  common.forEach((stratum, at) => (place[stratum] = at));
  for (let draw = 0; draw < draws; draw++) stratumOfDraw[draw] = place[stratumOfDraw[draw]];
  return { strata: common.length + 1, stratumOfDraw };
}

function momentsOf(
  features: Float32Array,
  terms: number,
  { strata, stratumOfDraw, sharding }: { strata: number; stratumOfDraw: Uint16Array; sharding: Sharding },
): Float64Array[] {
  const moments = Array.from({ length: 2 * strata }, () => new Float64Array(terms * terms));
  for (let shard = 0; shard < sharding.shards; shard++)
    for (let draw = shard * sharding.shardSize; draw < (shard + 1) * sharding.shardSize; draw++) {
      const into = moments[(shard % 2) * strata + stratumOfDraw[draw]];
      const from = draw * terms;
      for (let row = 0; row < terms; row++) {
        const amount = features[from + row];
        if (amount === 0) continue;
        for (let column = 0; column <= row; column++) into[row * terms + column] += amount * features[from + column];
      }
    }
  return moments;
}

/** Fitted surfaces of one company's differences. */
export interface FittedSurface {
  width: number;
  coefficients: Float64Array[]; // [stratum][other][term]
}

/** Ridge regression of every difference on the features, on the shards of the given parities; one observation of penalty per term. */
export function fitSurface(surface: QuestionSurface, right: Float64Array[], width: number, parities: number[]): FittedSurface {
  const { strata, terms, moments } = surface;
  const sumOf = (parts: Float64Array[]): Float64Array => parts.reduce((total, part) => total.map((amount, at) => amount + part[at]));
  const coefficients = Array.from({ length: strata }, (_, stratum) => {
    const matrix = sumOf(parities.map((parity) => moments[parity * strata + stratum]));
    const side = sumOf(parities.map((parity) => right[parity * strata + stratum]));
    for (let term = 1; term < terms; term++) matrix[term * terms + term] += 1;
    const solved = new Float64Array(width * terms);
    for (let other = 0; other < width; other++)
      solved.set(solveSymmetric(matrix, side.slice(other * terms, (other + 1) * terms)), other * terms);
    return solved;
  });
  return { width, coefficients };
}

/** Features times differences, summed over the shards of one parity. Float64Array[] // [parity * strata + stratum][other][term]. */
export function rightSides(surface: QuestionSurface, differences: Float64Array, width: number): Float64Array[] {
  const { sharding, strata, stratumOfDraw, terms, features } = surface;
  const sides = Array.from({ length: 2 * strata }, () => new Float64Array(width * terms));
  for (let shard = 0; shard < sharding.shards; shard++)
    for (let draw = shard * sharding.shardSize; draw < (shard + 1) * sharding.shardSize; draw++) {
      const into = sides[(shard % 2) * strata + stratumOfDraw[draw]];
      for (let other = 0; other < width; other++) {
        const amount = differences[draw * width + other];
        for (let term = 0; term < terms; term++) into[other * terms + term] += amount * features[draw * terms + term];
      }
    }
  return sides;
}

/** Mean gain per shard when every draw takes the alternative whose surface is highest above zero, valued with the raw differences. */
export function gainOfSurface(
  surface: QuestionSurface,
  fit: FittedSurface,
  differences: Float64Array,
  valued: (shard: number) => boolean,
): Float64Array {
  const { sharding, stratumOfDraw, terms, features } = surface;
  const { width, coefficients } = fit;
  const gains = new Float64Array(sharding.shards);
  for (let shard = 0; shard < sharding.shards; shard++) {
    if (!valued(shard)) continue;
    let gain = 0;
    for (let draw = shard * sharding.shardSize; draw < (shard + 1) * sharding.shardSize; draw++) {
      const own = coefficients[stratumOfDraw[draw]];
      const from = draw * terms;
      let [chosen, most] = [-1, 0];
      for (let other = 0; other < width; other++) {
        let fitted = 0;
        for (let term = 0; term < terms; term++) fitted += own[other * terms + term] * features[from + term];
        if (fitted > most) [chosen, most] = [other, fitted];
      }
      if (chosen >= 0) gain += differences[draw * width + chosen];
    }
    gains[shard] = gain / sharding.shardSize;
  }
  return gains;
}
