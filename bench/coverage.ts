// Claim: the standard errors are honest. Prints how often nominal 95% intervals (t with shards - 1 degrees of freedom) hold the
// truth of a closed form over many seeds: expected netValue and evppi, light tails and heavy ones, 8 shards of 16,384 scenarios
// and 16 of 8,192; and beside it the spread of the estimates over the mean standard error, 1 where that is neither too small nor
// too large. `node bench/coverage.ts 50` takes fifty seeds instead of two hundred.
import { evppiTable, groupingOf, isClear, measured, meansOfSums } from "../packages/decision/src/index.ts";
import { answerPartition, answerSums } from "../packages/engine/src/index.ts";
import type { RootQuestion } from "../packages/engine/src/index.ts";
import {
  normalCdf,
  normalDensity,
  normalQuantile,
  quantile,
  sobolWords,
  stream,
  uniformFromWord,
} from "../packages/probability/src/index.ts";
import { machine } from "./machine.ts";

const seeds = Number(process.argv[2] ?? 200);
const draws = 131_072;

interface Case {
  name: string;
  netValue: (x: number, y: number) => number;
  /** Truths; netValue against passing. */
  mean: number;
  evppi: [x: number, y: number];
}

/** netValue = mean + x + 2 y: the worth of a normal with this deviation. */
function linear(mean: number): Case {
  const psi = (deviation: number) => mean * normalCdf(mean / deviation) + deviation * normalDensity(mean / deviation) - Math.max(mean, 0);
  return { name: `normal, mean ${mean}`, netValue: (x, y) => mean + x + 2 * y, mean, evppi: [psi(1), psi(2)] };
}

/** netValue = 100 exp(lognormal of two parts, mean 1) - ticket: Black 1976 for each part. */
function lognormal(deviation: number, ticket: number): Case {
  const [a, b] = [deviation * 0.45, deviation * Math.sqrt(1 - 0.45 ** 2)];
  const black = (part: number) => {
    const high = Math.log(100 / ticket) / part + part / 2;
    return 100 * normalCdf(high) - ticket * normalCdf(high - part) - Math.max(100 - ticket, 0);
  };
  const netValue = (x: number, y: number) => 100 * Math.exp(a * x - a ** 2 / 2 + b * y - b ** 2 / 2) - ticket;
  return { name: `lognormal ${deviation}, ticket ${ticket}`, netValue, mean: 100 - ticket, evppi: [black(a), black(b)] };
}

const cases = [linear(0.3), linear(0), ...[1.1, 1.5].flatMap((deviation) => [80, 100, 130].map((ticket) => lognormal(deviation, ticket)))];

interface Estimates {
  truth: number;
  amounts: number[];
  standardErrors: number[];
}

function estimates(shards: number): Map<string, Estimates> {
  const shardSize = draws / shards;
  const questions = ["x", "y"].map((name, index): RootQuestion => {
    const partition = answerPartition({ kind: "normal", mean: 0, standardDeviation: 1 }, { discrete: false, shardSize, draws })!;
    return { kind: "root", stream: name, dimension: 12 + index, partition };
  });
  const groupings = questions.map(({ partition }) => groupingOf(partition, draws));
  const found = new Map<string, Estimates>();
  const keep = (name: string, truth: number, { amount, standardError }: { amount: number; standardError: number }) => {
    const row = found.get(name) ?? { truth, amounts: [], standardErrors: [] };
    found.set(name, row);
    row.amounts.push(amount);
    row.standardErrors.push(standardError);
  };
  const words = new Uint32Array(shardSize);
  for (let seed = 1; seed <= seeds; seed++) {
    const sums = answerSums({ seed, shards, shardSize, columns: cases.length, questions, depends: () => true });
    for (let shard = 0; shard < shards; shard++) {
      const [x, y] = questions.map(({ stream: name, dimension }) => {
        sobolWords(dimension, stream(seed, name).uint32(shard), words);
        return Float64Array.from(words, (word) => normalQuantile(uniformFromWord(word)));
      });
      sums.add(
        shard,
        cases.map(({ netValue }) => x.map((amount, point) => netValue(amount, y[point]))),
      );
    }
    const decisions = cases.map((_, column) => ({
      alternatives: [
        { name: "pass", netValue: 0 },
        { name: "now", column },
      ],
      questions: [0, 1],
    }));
    evppiTable(decisions, sums, groupings).forEach(({ evppis }, index) => {
      const { name, mean, evppi } = cases[index];
      keep(`${name} | expected netValue`, mean, measured(meansOfSums(sums.totals(index), sums.draws)));
      evppis.forEach((worth, question) => keep(`${name} | evppi of ${"xy"[question]}`, evppi[question], worth));
    });
  }
  return found;
}

/** Share of the intervals that hold the truth, and the root-mean-square miss over the root-mean-square standard error. */
function judged({ truth, amounts, standardErrors }: Estimates, shards: number): string {
  const t = quantile({ kind: "student", degreesOfFreedom: shards - 1, location: 0, scale: 1 }, 0.975);
  const covered = amounts.filter(
    (amount, index) => !isClear({ amount: amount - truth, standardError: (standardErrors[index] * t) / 2 }),
  ).length;
  const square = (all: number[]) => Math.sqrt(all.reduce((sum, one) => sum + one * one, 0) / all.length);
  const ratio = square(amounts.map((amount) => amount - truth)) / square(standardErrors);
  const bias = (amounts.reduce((sum, amount) => sum + amount - truth, 0) / amounts.length / square(standardErrors)).toFixed(2);
  return `${((100 * covered) / amounts.length).toFixed(1).padStart(5)}%  ${ratio.toFixed(2)}  ${bias.padStart(5)}`;
}

console.log(
  `${seeds} seeds, ${draws} scenarios; covered by 95% intervals, root-mean-square miss and mean miss in standard errors (${machine()})`,
);
const [eight, sixteen] = [8, 16].map(estimates);
console.log(`${"".padEnd(48)}${"truth".padStart(9)}   8 x 16,384            16 x 8,192`);
for (const [name, found] of eight)
  console.log(`${name.padEnd(48)}${found.truth.toFixed(4).padStart(9)}   ${judged(found, 8)}   ${judged(sixteen.get(name)!, 16)}`);
