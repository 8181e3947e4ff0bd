import { quantileFunction, uniformFromWord } from "@watershed/probability";
import type { Distribution } from "@watershed/probability";
import { expect, test } from "vitest";
import { answerPartition } from "./answer-partition.ts";

const options = { shardSize: 16_384, draws: 131_072 };
const standardNormal: Distribution = { kind: "normal", mean: 0, standardDeviation: 1 };
const discrete = (distribution: Distribution) => answerPartition(distribution, { ...options, discrete: true });
const number = (distribution: Distribution) => answerPartition(distribution, { ...options, discrete: false });
const sum = (amounts: ArrayLike<number>) => Array.from(amounts).reduce((total, amount) => total + amount, 0);

test("a number has 64 bins of equal probability", () => {
  const partition = number(standardNormal)!;
  expect(partition).toMatchObject({ digits: 6, parts: 64, discrete: false });
  expect(partition.probability.every((probability) => probability === 1 / 64)).toBe(true);
  expect(partition.to[31]).toBeCloseTo(0, 9);
  // The smallest and largest of 131,072 draws.
  expect(partition.from[0]).toBeCloseTo(-4.4753284246542, 6);
  expect(partition.to[63]).toBeCloseTo(4.4753284246542, 6);
});

test.each([0.5, 0.3, 0.05, 0.031, 0.01, 0.002])(
  "a yes of probability %d has the draws of its own cells, weighted by its probability",
  (chance) => {
    const partition = discrete({ kind: "bernoulli", probability: chance })!;
    expect(Array.from(partition.from)).toEqual([0, 1]);
    expect(partition.probability[1]).toBeCloseTo(chance, 12);
    const quantile = quantileFunction({ kind: "bernoulli", probability: chance });
    const cells = partition.partOfCell.length;
    partition.partOfCell.forEach((part, cell) => {
      if (part === partition.parts) return;
      // Every point of a cell that counts has the answer of its part.
      for (const place of [0, 1]) expect(quantile(uniformFromWord(((cell + place) / cells) * 2 ** 32 - place))).toBe(part);
    });
    const weighted = partition.recipe.map(
      ({ part, weight }) => (weight * partition.partOfCell.filter((other) => other === part).length) / cells,
    );
    expect(weighted[1]).toBeCloseTo(chance, 12);
  },
);

test("an answer too rare for the digits of a shard has no partition", () => {
  expect(discrete({ kind: "bernoulli", probability: 0.0005 })).toBeUndefined();
  expect(number({ kind: "orNever", never: 0.0001, distribution: standardNormal })).toBeUndefined();
});

test("finer digits leave less out", () => {
  const leftOut = (fewestDigits: number) => {
    const { partOfCell, parts } = answerPartition({ kind: "bernoulli", probability: 0.3 }, { ...options, discrete: true, fewestDigits })!;
    return partOfCell.filter((part) => part === parts).length / partOfCell.length;
  };
  expect([0, 7, 10, 12].map(leftOut)).toEqual([1 / 32, 1 / 128, 1 / 1024, 1 / 1024]);
});

test("certain answers and options nobody believes in leave one group each that can happen", () => {
  expect(discrete({ kind: "bernoulli", probability: 1 })!.probability).toEqual(Float64Array.of(1));
  const options3 = discrete({ kind: "categorical", weights: [1, 0, 3] })!;
  expect(Array.from(options3.from)).toEqual([0, 2]);
  expect(options3.probability.length).toBe(2);
  expect(options3.probability[0]).toBeCloseTo(0.25, 12);
});

test("never is a group of its own; the bin beside it takes the rest of the cell they share", () => {
  const partition = number({ kind: "orNever", never: 0.3, distribution: standardNormal })!;
  const last = partition.probability.length - 1;
  expect(partition.probability[last]).toBeCloseTo(0.3, 12);
  expect([partition.from[last], partition.to[last]]).toEqual([Infinity, Infinity]);
  expect(partition.stretchOfGroup[last]).toBe(partition.stretchOfGroup[last - 1] + 1);
  expect(sum(partition.probability)).toBeCloseTo(1, 12);
  // A column of ones: every group holds its probability, whatever the cells it is made of.
  const groups = new Float64Array(last + 1);
  for (const { group, part, weight } of partition.recipe)
    groups[group] += (weight * partition.partOfCell.filter((other) => other === part).length) / partition.partOfCell.length;
  groups.forEach((share, group) => expect(share).toBeCloseTo(partition.probability[group], 12));
});

test("heavy answers inside a number are groups, light ones lie in bins", () => {
  const counts = number({ kind: "poisson", mean: 3 })!;
  expect(Array.from(counts.from.subarray(0, 4))).toEqual([0, 1, 2, 3]);
  expect(counts.probability[0]).toBeCloseTo(Math.exp(-3), 10);
  expect(sum(counts.probability)).toBeCloseTo(1, 12);
});
