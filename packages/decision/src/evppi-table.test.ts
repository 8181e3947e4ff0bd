import { expect, test } from "vitest";
import { binning, groupingOf, levelOf, countsAt, type Binning, type Grouping } from "./binning.ts";
import { normals, sobolColumn } from "./draws.fixture.ts";
import { evppiOf } from "./evppi.ts";
import { evppiPairOf } from "./evppi-pair.ts";
import { evppiTable, summedEvppiPair } from "./evppi-table.ts";
import { meansOfSums, measured } from "./sharding.ts";
import { groupSums, rankDummies, stakes } from "./stakes.ts";
import { summedStakes, type ColumnSums } from "./summed-stakes.ts";

const sharding = { shards: 8, shardSize: 4096 };
const draws = sharding.shards * sharding.shardSize;
const dummyUniforms = Array.from({ length: 12 }, (_, dummy) => sobolColumn(dummy + 6, sharding));

/** The sums of columns by draws one by one: what an engine gives faster. */
function sumsOf(
  columns: Float64Array[],
  questions: Binning[],
  pairs: [Binning, Binning][] = [],
  missing: [number, number][] = [],
): ColumnSums {
  const whole = { shards: 1, shardSize: draws };
  const pairCells = ([a, b]: [Binning, Binning]) =>
    Uint32Array.from({ length: draws }, (_, draw) => a.binOfDraw[draw] * b.counts.length + b.binOfDraw[draw]);
  const joined = (parts: Float64Array[]) => Float64Array.from(parts.flatMap((part) => Array.from(part)));
  const cellsOf = (side: number, first: Float64Array, second?: Float64Array) =>
    Uint32Array.from(
      first,
      (uniform, draw) => Math.floor(uniform * side) * (second ? side : 1) + (second ? Math.floor(second[draw] * side) : 0),
    );
  return {
    draws: new Float64Array(sharding.shards).fill(sharding.shardSize),
    totals: (column) => groupSums(columns[column], 1, new Uint16Array(draws), 1, sharding),
    addSums: (column, question, sign, into, { from, step }) => {
      if (missing.some(([one, other]) => one === column && other === question)) return false;
      const sums = groupSums(columns[column], 1, questions[question].binOfDraw, questions[question].counts.length, sharding);
      sums.forEach((amount, at) => (into[from + at * step] += sign * amount));
      return true;
    },
    drawsIn: (question) =>
      groupSums(new Float64Array(draws).fill(1), 1, questions[question].binOfDraw, questions[question].counts.length, sharding),
    addDummySums: (column, sign, into, { from, step }) =>
      joined(dummyUniforms.map((uniform) => groupSums(columns[column], 1, cellsOf(64, uniform), 64, whole))).forEach(
        (amount, at) => (into[from + at * step] += sign * amount),
      ),
    pairSums: (column, pair) => {
      const [a, b] = pairs[pair];
      return groupSums(columns[column], 1, pairCells(pairs[pair]), a.counts.length * b.counts.length, sharding);
    },
    pairDraws: (pair) => {
      const cells = pairs[pair][0].counts.length * pairs[pair][1].counts.length;
      return groupSums(new Float64Array(draws).fill(1), 1, pairCells(pairs[pair]), cells, sharding);
    },
    dummyPairSums: (column) =>
      joined(
        dummyUniforms.map((uniform, dummy) =>
          groupSums(columns[column], 1, cellsOf(32, uniform, dummyUniforms[(dummy + 1) % 12]), 1024, whole),
        ),
      ),
  };
}

const [x, y, z] = [0, 1, 2].map((dimension) => normals(sobolColumn(dimension, sharding)));
const yes = sobolColumn(3, sharding).map((chance) => (chance < 0.3 ? 1 : 0));
const now = x.map((amount, draw) => amount + 0.5 * y[draw] * z[draw] + yes[draw]);
const wait = x.map((amount, draw) => 0.4 * y[draw] + 0.1 - 0.2 * amount);
const questions = [x, y].map((column) => binning(column, { discrete: false }));
questions.push(binning(yes, { discrete: true }));
const summed = [
  { name: "now", column: 0 },
  { name: "pass", netValue: 0.295 },
  { name: "wait", column: 1 },
];
const drawn = [
  { name: "now", netValue: now },
  { name: "pass", netValue: new Float64Array(draws).fill(0.295) },
  { name: "wait", netValue: wait },
];
const decision = stakes(drawn, sharding, rankDummies(dummyUniforms));

test("[VOI13] from sums in the same groups evppi is that of the columns, its error, floor, tie and answers included", () => {
  const [{ stakes: bySums, evppis }] = evppiTable(
    [{ alternatives: summed, questions: [0, 1, 2] }],
    sumsOf([now, wait], questions),
    questions,
  );
  expect(bySums).toMatchObject({ names: decision.names, best: decision.best, others: decision.others });
  expect(bySums.tie).toBeCloseTo(decision.tie, 12);
  questions.forEach((question, index) => {
    const [one, other] = [evppis[index], evppiOf(decision, question)];
    for (const part of ["amount", "standardError", "floor", "discretisation", "tie"] as const)
      expect(one[part], part).toBeCloseTo(other[part], 9);
    expect(one.distinguishable).toBe(other.distinguishable);
    expect(one.answers.map(({ best, from, to, probability }) => [best, from, to, probability])).toEqual(
      other.answers.map(({ best, from, to, probability }) => [best, from, to, probability]),
    );
  });
});

test("[VOI13] a pair from sums is that of the columns; its floor is resolved to 1/32", () => {
  const pairs: [Binning, Binning][] = [
    [questions[0], questions[1]],
    [questions[1], questions[2]],
  ];
  const columns = sumsOf([now, wait], questions, pairs);
  const bySums = summedStakes(summed, columns);
  pairs.forEach((pair, index) => {
    const [one, other] = [
      summedEvppiPair(bySums, summed, columns, { index, groupings: pair as [Grouping, Grouping] }),
      evppiPairOf(decision, ...pair),
    ];
    for (const part of ["amount", "standardError", "discretisation", "tie"] as const) expect(one[part], part).toBeCloseTo(other[part], 9);
    expect(other.floor).toBeGreaterThan(0);
    // Bins of a number are 1/32 wide; the yes of 0.3 stands for 10/32 of the dummies.
    if (index === 0) expect(one.floor).toBeCloseTo(other.floor, 9);
    else expect(Math.abs(Math.log2(one.floor / other.floor))).toBeLessThan(1);
  });
});

test("[VOI3] an alternative that does not depend on a question has its mean in every group", () => {
  const columns = sumsOf([now, wait], questions, [], [[1, 2]]);
  const [{ evppis }] = evppiTable([{ alternatives: summed, questions: [2] }], columns, questions);
  const flat = wait.slice();
  for (let shard = 0; shard < sharding.shards; shard++) {
    const mine = flat.subarray(shard * sharding.shardSize, (shard + 1) * sharding.shardSize);
    mine.fill(mine.reduce((sum, amount) => sum + amount, 0) / sharding.shardSize);
  }
  // The yes/no has the same share in every shard within a draw, so the column of shard means is nearly the same thing.
  const level = evppiOf(stakes([drawn[0], drawn[1], { name: "wait", netValue: flat }], sharding), questions[2]);
  expect(Math.abs(evppis[0].amount - level.amount)).toBeLessThan(1e-3);
});

test("[VOI13] exact probabilities group in the levels of 64 or 32 bins, never across a heavy answer", () => {
  const even = (bins: number) => {
    const probability = new Float64Array(bins).fill(1 / bins);
    return groupingOf(
      { discrete: false, bins, probability, from: probability, to: probability, stretchOfGroup: new Uint16Array(bins) },
      6400,
    );
  };
  for (const [level, bins] of [64, 32, 16, 8, 4].entries()) {
    expect(Array.from(countsAt(even(64), level))).toEqual(Array(bins).fill(6400 / bins));
    expect(even(32).levels[level].count).toBe(Math.min(bins, 32));
  }
  const never = {
    discrete: false,
    bins: 64,
    from: new Float64Array(5),
    to: new Float64Array(5),
    probability: Float64Array.of(0.1, 0.1, 0.1, 0.1, 0.6),
  };
  const grouping = groupingOf({ ...never, stretchOfGroup: Uint16Array.of(0, 0, 0, 0, 1) }, 10);
  expect(Array.from(countsAt(grouping, levelOf.bins32))).toEqual([2, 2, 6]);
});

test("[VOI13] replicates of unequal size: the mean of all draws, and the error of their ratio", () => {
  const sums = Float64Array.of(30, 20, 8, 12);
  const sizes = Float64Array.of(3, 2, 1, 1);
  const { amount, standardError } = measured(meansOfSums(sums, sizes));
  expect(amount).toBeCloseTo(10, 12);
  // Deviations of the sums from ten a draw: 0, 0, -2 and 2; variance of their total 4 x 8 / 3, over seven draws.
  expect(standardError).toBeCloseTo(Math.sqrt((4 * 8) / 3) / 7, 12);
  expect(meansOfSums(Float64Array.of(2, 4), Float64Array.of(2, 2))).toEqual(Float64Array.of(1, 2));
});
