import { choleskyFactor, normalCdf, normalQuantile, rankToPearson, sobolWords, stream, uniformFromWord } from "@watershed/probability";
import type { Program } from "@watershed/formula";
import type { RankCorrelation } from "./belief.ts";
import { streamOf } from "./reach.ts";

/** Fills `out` with the uniforms of one stream for points from.. of one shard: Sobol words under a digital shift of seed, shard and name. */
export function uniformBlock(
  seed: number,
  shard: number,
  name: string,
  dimension: number,
  from: number,
  out: Float64Array,
  words: Uint32Array,
): void {
  const shift = stream(seed, name).uint32(shard);
  sobolWords(dimension, shift, words, from);
  for (let point = 0; point < out.length; point++) out[point] = uniformFromWord(words[point]);
}

/** How correlations fall into groups, and those that cannot be. */
export interface CorrelatedGroups {
  groups: CorrelatedGroup[];
  impossible: string[][]; // streams
  notDrawn: { index: number; question: string }[];
}

/** Streams that are drawn together, with the lower triangular factor of their normal correlation. */
export interface CorrelatedGroup {
  streams: string[];
  factor: number[][];
}

/**
 * Groups of streams joined by rank correlations (Gaussian copula), each with its Cholesky factor.
 *
 * `impossible` names the groups whose correlations cannot hold together (matrix not positive definite), `notDrawn` the
 * correlations that name a column which is computed or missing, by their place and that name.
 */
export function correlatedGroups(program: Program, correlations: RankCorrelation[]): CorrelatedGroups {
  const groups: CorrelatedGroup[] = [];
  const impossible: string[][] = [];
  const notDrawn = correlations.flatMap(({ questions }, index) =>
    questions.filter((name) => streamOf(program, name) === undefined).map((question) => ({ index, question })),
  );
  const pairs = correlations.flatMap(({ questions: [one, other], rank }) => {
    const [a, b] = [streamOf(program, one), streamOf(program, other)];
    return a && b && a !== b ? [{ a, b, pearson: rankToPearson(rank) }] : [];
  });
  for (const streams of connected(pairs)) {
    const place = new Map(streams.map((name, index) => [name, index]));
    const matrix: number[][] = streams.map((_, row) => streams.map((__, column) => (row === column ? 1 : 0)));
    for (const { a, b, pearson } of pairs) {
      const [row, column] = [place.get(a), place.get(b)];
      if (row === undefined || column === undefined) continue;
      matrix[row][column] = pearson;
      matrix[column][row] = pearson;
    }
    const factor = choleskyFactor(matrix);
    if (factor) groups.push({ streams, factor });
    else impossible.push(streams);
  }
  return { groups, impossible, notDrawn };
}

/** Turns the independent uniforms of a group into correlated ones, in place. */
export function correlate(group: CorrelatedGroup, uniforms: Float64Array[]): void {
  const size = uniforms.length;
  const scores = new Float64Array(size);
  for (let point = 0; point < uniforms[0].length; point++) {
    for (let member = 0; member < size; member++) scores[member] = normalQuantile(uniforms[member][point]);
    for (let member = 1; member < size; member++) {
      let score = 0;
      for (let inner = 0; inner <= member; inner++) score += group.factor[member][inner] * scores[inner];
      uniforms[member][point] = normalCdf(score);
    }
  }
}

function connected(pairs: { a: string; b: string }[]): string[][] {
  const groups: Set<string>[] = [];
  for (const { a, b } of pairs) {
    const touched = groups.filter((group) => group.has(a) || group.has(b));
    const merged = new Set([a, b, ...touched.flatMap((group) => [...group])]);
    for (const group of touched) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  return groups.map((group) => [...group].sort());
}
