import { normalQuantile, sobolWords, stream, uniformFromWord } from "@watershed/probability";
import type { Distribution } from "@watershed/probability";
import { expect, test } from "vitest";
import { answerPartition } from "./answer-partition.ts";
import { answerSums, dummyBins } from "./answer-sums.ts";
import type { AnswerSumsOptions, RootQuestion } from "./answer-sums-layout.ts";

const [seed, shardSize, shards] = [5, 2048, 4];
const distributions: { discrete: boolean; distribution: Distribution }[] = [
  { discrete: false, distribution: { kind: "normal", mean: 0, standardDeviation: 1 } },
  { discrete: true, distribution: { kind: "bernoulli", probability: 0.3 } },
  { discrete: true, distribution: { kind: "categorical", weights: [5, 2, 2, 1] } },
];
const roots = distributions.map(({ discrete, distribution }, index): RootQuestion => {
  const partition = answerPartition(distribution, { discrete, shardSize, draws: shardSize * shards })!;
  return { kind: "root", stream: `question ${index}`, dimension: 12 + index, partition };
});

function uniformsOf(name: string, dimension: number, shard: number): Float64Array {
  const words = new Uint32Array(shardSize);
  sobolWords(dimension, stream(seed, name).uint32(shard), words);
  return Float64Array.from(words, uniformFromWord);
}

/** Columns of one shard: sums of a normal, a yes/no and the rest, in five sizes. */
function columnsOf(shard: number): Float64Array[] {
  const [normal, yes, choice] = roots.map(({ stream: name, dimension }) => uniformsOf(name, dimension, shard));
  return [1, 2, 3, 4, 1e3].map((size) =>
    normal.map((uniform, point) => size * (normalQuantile(uniform) + (yes[point] > 0.7 ? 2 : -1) * (choice[point] > 0.5 ? 1 : 0.5))),
  );
}

const groupsOf = (shard: number) => [
  undefined,
  undefined,
  undefined,
  Uint16Array.from({ length: shardSize }, (_, point) => (point * 7 + shard) % 5),
];

function summed(change: Partial<AnswerSumsOptions> = {}, from = 0, to = shards) {
  const sums = answerSums({
    seed,
    shards,
    shardSize,
    columns: 5,
    questions: [...roots, { kind: "grouped", groups: 5 }],
    depends: () => true,
    pairs: [[roots[0], roots[1]]],
    ...change,
  });
  for (let shard = from; shard < to; shard++) sums.add(shard, columnsOf(shard), groupsOf(shard));
  return sums;
}

/** Largest size of a difference, against the rounding of single precision over a shard. */
function near(found: Float64Array, direct: Float64Array, size: number): void {
  expect(found.length).toBe(direct.length);
  found.forEach((amount, at) => expect(Math.abs(amount - direct[at])).toBeLessThanOrEqual(1e-6 * size * shardSize));
}

test("sums of a number's 64 bins are those of adding draw by draw", () => {
  const sums = summed();
  for (const [column, size] of [1, 2, 3, 4, 1e3].entries()) {
    const direct = new Float64Array(shards * 64);
    for (let shard = 0; shard < shards; shard++) {
      const [uniform, amounts] = [uniformsOf("question 0", 12, shard), columnsOf(shard)[column]];
      uniform.forEach((at, point) => (direct[shard * 64 + Math.floor(at * 64)] += amounts[point]));
    }
    near(sums.sums(column, 0)!, direct, size);
  }
});

test("a yes/no: the means of its clean cells, weighted by the probability", () => {
  const found = summed().sums(0, 1)!;
  const { digits, probability } = roots[1].partition;
  for (let shard = 0; shard < shards; shard++) {
    const [uniform, amounts] = [uniformsOf("question 1", 13, shard), columnsOf(shard)[0]];
    const edge = 0.7 * 2 ** digits;
    const mean = (clean: (cell: number) => boolean) => {
      const taken = amounts.filter((_, point) => clean(Math.floor(uniform[point] * 2 ** digits)));
      return taken.reduce((sum, amount) => sum + amount, 0) / taken.length;
    };
    const direct = [mean((cell) => cell + 1 <= edge) * probability[0], mean((cell) => cell >= edge) * probability[1]];
    near(
      found.subarray(shard * 2, shard * 2 + 2),
      Float64Array.from(direct, (part) => part * shardSize),
      1,
    );
  }
});

test("grouped questions and totals", () => {
  const sums = summed();
  const [direct, totals] = [new Float64Array(shards * 5), new Float64Array(shards)];
  for (let shard = 0; shard < shards; shard++)
    columnsOf(shard)[4].forEach((amount, point) => {
      direct[shard * 5 + groupsOf(shard)[3]![point]] += amount;
      totals[shard] += amount;
    });
  near(sums.sums(4, 3)!, direct, 1e3);
  near(sums.totals(4), totals, 1e3);
  expect(sums.drawsIn(0)).toBeUndefined();
  expect(sums.drawsIn(3)!.reduce((sum, count) => sum + count, 0)).toBe(shards * shardSize);
});

test("pairs add up to either question, and their draws to the run", () => {
  const sums = summed();
  const pair = sums.pairSums(2, 0)!;
  const single = sums.sums(2, 1)!;
  for (let replicate = 0; replicate < shards; replicate++)
    for (const answer of [0, 1]) {
      let total = 0;
      for (let bin = 0; bin < 64; bin++) total += pair[(replicate * 64 + bin) * 2 + answer];
      expect(Math.abs(total - single[replicate * 2 + answer])).toBeLessThan(1e-5 * shardSize);
    }
  const draws = sums.pairDraws(0);
  expect(draws.reduce((total, amount) => total + amount, 0)).toBeCloseTo(shards * shardSize, 6);
  expect(draws[0]).toBeCloseTo((shardSize * 0.7) / 64, 6);
});

test("dummies: every dummy's bins add up to the column's total", () => {
  const sums = summed();
  const total = sums.totals(1).reduce((sum, amount) => sum + amount, 0);
  const dummies = new Float64Array(12 * dummyBins);
  sums.addDummySums(1, 1, dummies, { from: 0, step: 1 });
  const pairs = sums.dummyPairSums(1)!;
  for (let dummy = 0; dummy < 12; dummy++) {
    for (const [all, size] of [
      [dummies, dummyBins],
      [pairs, 1024],
    ] as const)
      expect(Math.abs(all.subarray(dummy * size, (dummy + 1) * size).reduce((sum, amount) => sum + amount, 0) - total)).toBeLessThan(0.05);
  }
});

test("WebAssembly and plain loops give the same bytes; single or double columns the same sums", () => {
  const [fast, plain] = [summed(), summed({ plain: true })];
  expect(plain.taken()).toEqual(fast.taken());
  const singles = answerSums({ seed, shards, shardSize, columns: 5, questions: roots, depends: () => true });
  for (let shard = 0; shard < shards; shard++)
    singles.add(
      shard,
      columnsOf(shard).map((column) => Float32Array.from(column)),
    );
  expect(singles.sums(3, 0)).toEqual(fast.sums(3, 0));
});

test("shards taken apart and absorbed are those taken together", () => {
  const [first, second] = [summed({}, 0, 2), summed({}, 2, 4)];
  first.absorb(second.taken());
  expect(first.taken()).toEqual(summed().taken());
  first.clear();
  for (let shard = 0; shard < shards; shard++) first.add(shard, columnsOf(shard), groupsOf(shard));
  expect(first.taken()).toEqual(summed().taken());
});

test("memory is bounded: the seventeenth shard joins the first", () => {
  const sums = answerSums({ seed, shards: 40, shardSize, columns: 1, questions: [roots[0]], depends: () => true });
  const column = new Float64Array(shardSize).fill(1);
  for (let shard = 0; shard < 40; shard++) sums.add(shard, [column]);
  expect(sums.replicates).toBe(16);
  expect(Array.from(sums.draws)).toEqual(Array.from({ length: 16 }, (_, replicate) => (replicate < 8 ? 3 : 2) * shardSize));
  expect(Array.from(sums.totals(0))).toEqual(Array.from(sums.draws));
});

test("a column that does not depend on a question has no sums", () => {
  const sums = summed({ depends: (column, question) => column === 0 && question === 0 });
  expect(sums.sums(0, 0)).toBeDefined();
  expect(sums.sums(0, 1)).toBeUndefined();
  expect(sums.sums(1, 0)).toBeUndefined();
});

test("draws too large for single precision keep their digits, those that are not finite are refused", () => {
  const huge = (shard: number) => columnsOf(shard).map((column) => column.map((amount) => amount * 1e40));
  const sums = answerSums({ seed, shards, shardSize, columns: 5, questions: roots, depends: () => true });
  for (let shard = 0; shard < shards; shard++) sums.add(shard, huge(shard));
  near(
    sums.sums(4, 0)!.map((amount) => amount / 1e40),
    summed().sums(4, 0)!,
    1e3,
  );
  const broken = columnsOf(0);
  broken[2][100] = NaN;
  expect(() => summed().add(0, broken, groupsOf(0))).toThrow("not finite");
  expect(() => summed().add(0, columnsOf(0))).toThrow("group of every point");
});
