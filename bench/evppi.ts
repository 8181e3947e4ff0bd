// Claims: evppi of every question of every company from sums takes a small part of what one pass over the draws per question
// takes, and its error on a linear case is that of the method, 3e-4 of a truth of 0.351 with 131,072 scenarios.
// Prints the processor times of a table of 60 companies with two uncertain alternatives by 150 questions (every company depending on 8 or 20 of
// them, and on all), by sums and by columns in the same process, and the root-mean-square error.
import { binning, evppiOf, evppiTable, groupingOf, rankDummies, stakes } from "../packages/decision/src/index.ts";
import { answerPartition, answerSums } from "../packages/engine/src/index.ts";
import type { RootQuestion } from "../packages/engine/src/index.ts";
import {
  normalCdf,
  normalDensity,
  normalQuantile,
  quantileFunction,
  sobolWords,
  stream,
  uniformFromWord,
} from "../packages/probability/src/index.ts";
import type { Distribution } from "../packages/probability/src/index.ts";
import { machine, median } from "./machine.ts";

const shardSize = 16_384;
const standardNormal: Distribution = { kind: "normal", mean: 0, standardDeviation: 1 };
const yesNo: Distribution = { kind: "bernoulli", probability: 0.3 };

function uniforms(seed: number, name: string, dimension: number, shard: number): Float64Array {
  const words = new Uint32Array(shardSize);
  sobolWords(dimension, stream(seed, name).uint32(shard), words);
  return Float64Array.from(words, uniformFromWord);
}

function root(name: string, dimension: number, distribution: Distribution, draws: number): RootQuestion {
  const partition = answerPartition(distribution, { discrete: distribution.kind === "bernoulli", shardSize, draws })!;
  return { kind: "root", stream: name, dimension, partition };
}

function table(shards: number, asked: number): void {
  const [companies, perCompany, questionCount] = [60, 2, 150];
  const draws = shards * shardSize;
  const questions = Array.from({ length: questionCount }, (_, index) =>
    root(`question ${index}`, 12 + index, index % 2 === 0 ? standardNormal : yesNo, draws),
  );
  const answers = questions.map((question, index) => {
    const column = new Float64Array(draws);
    const quantile = quantileFunction(index % 2 === 0 ? standardNormal : yesNo);
    for (let shard = 0; shard < shards; shard++)
      column.set(uniforms(1, question.stream, question.dimension, shard).map(quantile), shard * shardSize);
    return column;
  });
  const asks = Array.from({ length: companies }, (_, company) =>
    Array.from({ length: asked }, (__, place) => (company * 7 + place * Math.floor(questionCount / asked)) % questionCount),
  );
  const netValues = asks.flatMap((own, company) =>
    Array.from({ length: perCompany }, (_, alternative) => {
      const column = new Float64Array(draws).fill(company / 60 - 0.5 + alternative / 8);
      own.slice(0, 20).forEach((question, place) => {
        const size = 1 / (1 + ((place * (alternative + 2)) % 11));
        for (let draw = 0; draw < draws; draw++) column[draw] += size * answers[question][draw];
      });
      return column;
    }),
  );
  const dependent = asks.map((own) => new Set(own));
  const depends = (column: number, question: number) => dependent[Math.floor(column / perCompany)].has(question);
  const groupings = questions.map(({ partition }) => groupingOf(partition, draws));
  const decisions = asks.map((own, company) => ({
    questions: own,
    alternatives: [
      { name: "pass", netValue: 0 },
      { name: "now", column: company * 2 },
      { name: "wait", column: company * 2 + 1 },
    ],
  }));
  const preparing = milliseconds();
  const sums = answerSums({ seed: 1, shards, shardSize, columns: companies * perCompany, questions, depends });
  const prepared = milliseconds() - preparing;
  const times = Array.from({ length: shards > 1 ? 9 : 40 }, () => {
    sums.clear();
    const start = milliseconds();
    for (let shard = 0; shard < shards; shard++)
      sums.add(
        shard,
        netValues.map((column) => column.subarray(shard * shardSize, (shard + 1) * shardSize)),
      );
    const summed = milliseconds();
    evppiTable(decisions, sums, groupings);
    return { summed: summed - start, valued: milliseconds() - summed };
  }).slice(2); // warmed up
  const binnings = answers.map((column, index) => binning(column, { discrete: index % 2 === 1 }));
  const dummies = rankDummies(
    Array.from({ length: 12 }, (_, dimension) => {
      const column = new Float64Array(draws);
      for (let shard = 0; shard < shards; shard++) column.set(uniforms(1, `dummy/${dimension}`, dimension, shard), shard * shardSize);
      return column;
    }),
  );
  const some = asks.slice(0, 6); // of the columns a tenth of the companies is enough
  const byColumns = [1, 2, 3].map(() => {
    const start = milliseconds();
    some.forEach((own, company) => {
      const alternatives = [
        { name: "pass", netValue: new Float64Array(draws) },
        { name: "now", netValue: netValues[company * 2] },
        { name: "wait", netValue: netValues[company * 2 + 1] },
      ];
      const decision = stakes(alternatives, { shards, shardSize }, dummies);
      for (const question of own) evppiOf(decision, binnings[question]);
    });
    return ((milliseconds() - start) * companies) / some.length;
  });
  const [summed, valued] = [median(times.map((time) => time.summed)), median(times.map((time) => time.valued))];
  const whole = median(times.map((time) => time.summed + time.valued));
  console.log(
    `${draws} scenarios, ${asked} of ${questionCount} questions a company: ${whole.toFixed(1)} ms (sums ${summed.toFixed(1)}, worths ${valued.toFixed(1)}; preparing once ${prepared.toFixed(1)}), by columns ${median(byColumns).toFixed(0)} ms: ${(median(byColumns) / whole).toFixed(0)} times`,
  );
}

/** Processor time of this thread, which other work on the machine disturbs less than the clock. */
function milliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** netValue = 0.1 + x + half the sum of four other normals, against passing: x is worth psi(0.1, 1) = 0.351. */
function error(seeds: number): void {
  const shards = 8;
  const truth = 0.1 * normalCdf(0.1) + normalDensity(0.1) - 0.1;
  const question = root("x", 12, standardNormal, shards * shardSize);
  const grouping = groupingOf(question.partition, shards * shardSize);
  const misses = Array.from({ length: seeds }, (_, seed) => {
    const sums = answerSums({ seed, shards, shardSize, columns: 1, questions: [question], depends: () => true });
    for (let shard = 0; shard < shards; shard++) {
      const others = [1, 2, 3, 4].map((other) => uniforms(seed, `other ${other}`, 12 + other * 5, shard));
      const netValue = uniforms(seed, "x", 12, shard).map(
        (uniform, point) => 0.1 + normalQuantile(uniform) + others.reduce((sum, other) => sum + normalQuantile(other[point]) / 2, 0),
      );
      sums.add(shard, [netValue]);
    }
    const alternatives = [
      { name: "pass", netValue: 0 },
      { name: "now", column: 0 },
    ];
    const [{ evppis }] = evppiTable([{ alternatives, questions: [0] }], sums, [grouping]);
    return { miss: evppis[0].amount - truth, within: Math.abs(evppis[0].amount - truth) <= 2 * evppis[0].standardError };
  });
  const rootMeanSquare = Math.sqrt(misses.reduce((sum, { miss }) => sum + miss * miss, 0) / seeds);
  const within = misses.filter((found) => found.within).length / seeds;
  console.log(
    `root-mean-square error of evppi ${truth.toFixed(6)} with ${shards * shardSize} scenarios over ${seeds} seeds: ${rootMeanSquare.toExponential(1)}, mean ${(misses.reduce((sum, { miss }) => sum + miss, 0) / seeds).toExponential(1)}; ${(100 * within).toFixed(0)}% within two standard errors`,
  );
}

console.log(machine());
for (const shards of [1, 8]) for (const asked of [8, 20, 150]) table(shards, asked);
error(20);
