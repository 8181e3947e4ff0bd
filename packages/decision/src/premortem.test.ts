import { expect, test } from "vitest";
import { binning } from "./binning.ts";
import { exactRows, normals, sobolColumn } from "./draws.fixture.ts";
import { premortem } from "./premortem.ts";
import { rankDummies } from "./stakes.ts";

const run = { shards: 8, shardSize: 4096 };
const discrete = (name: string, column: Float64Array) => ({ name, binning: binning(column, { discrete: true }) });
const continuous = (name: string, column: Float64Array) => ({ name, binning: binning(column, { discrete: false }) });
const eventOf = (dimension: number, p: number): Float64Array => sobolColumn(dimension, run).map((u) => (u < p ? 1 : 0));
const noise = normals(sobolColumn(1, run));
const [cause, other, null_] = [eventOf(2, 0.1), eventOf(3, 0.5), eventOf(4, 0.3)];
const dummies = rankDummies(Array.from({ length: 12 }, (_, index) => sobolColumn(20 + index, run)));
const questions = [discrete("cause", cause), discrete("other", other), discrete("null", null_), continuous("noise", noise)];

test("[PRE1] the worst 5% by hand: a tenth of all draws is the cause, all of the worst are", () => {
  const netValue = cause.map((answer, draw) => (answer === 1 ? -100 : 0) + noise[draw]);
  const { answers, mean, threshold } = premortem(netValue, questions, run, { side: "worst", dummies });
  const found = answers.find(({ question }) => question === "cause")!;
  expect(found).toMatchObject({ from: 1, share: { amount: 1 } });
  expect(found.lift.amount).toBeCloseTo(1 / found.probability, 9);
  expect(found.excess.amount).toBeCloseTo(1 - found.probability, 9);
  expect(threshold.amount).toBeLessThan(-99);
  expect(mean.amount).toBeLessThan(threshold.amount);
  // Half of the draws with the cause: those with the lower noise.
  expect(answers.find(({ question, to }) => question === "noise" && to < 0)!.lift.amount).toBeCloseTo(2, 1);
});

test("[PRE2] draws that tie at the threshold count in part: a loss that half of all draws share is not cut by chance", () => {
  const netValue = other.map((answer) => (answer === 1 ? -10 : 5));
  const { answers, mean, threshold } = premortem(netValue, questions, run, { side: "worst", dummies });
  expect(threshold).toEqual({ amount: -10, standardError: 0 });
  expect(mean.amount).toBeCloseTo(-10, 9);
  // Of the worst draws every one has the answer, and the null question is as frequent as ever.
  expect(answers.map(({ question, from }) => [question, from])).toEqual([["other", 1]]);
  expect(answers[0].share.amount).toBeCloseTo(1, 12);
});

test("[PRE3] a question without influence stays under the floor", () => {
  const netValue = noise.map((amount, draw) => amount - cause[draw]);
  const { answers } = premortem(netValue, questions, run, { side: "worst", dummies });
  expect(answers.map(({ question }) => question)).not.toContain("null");
  expect(answers.map(({ question }) => question)).not.toContain("other");
  expect(answers.every(({ excess, floor }) => excess.amount > floor && floor > 0)).toBe(true);
});

test("[PRE1] lift and excess agree with Bayes: P(cause | worst) = P(worst | cause) P(cause) / 5%", () => {
  const netValue = noise.map((amount, draw) => amount - cause[draw]);
  const { answers, threshold } = premortem(netValue, questions, run, { side: "worst", dummies });
  const found = answers.find(({ question }) => question === "cause")!;
  const counted = netValue.filter((amount, draw) => cause[draw] === 1 && amount <= threshold.amount).length;
  expect(found.share.amount).toBeCloseTo(counted / (0.05 * netValue.length), 3);
  expect(found.share.amount).toBeCloseTo(found.probability + found.excess.amount, 12);
});

test("[PRE1] the standard error holds the exact share: a normal with a tenth of it moved by 1", () => {
  // F(t) = 0.9 Phi(t) + 0.1 Phi(t + 1) = 0.05 at t = -1.83620; share of the cause = 0.1 Phi(t + 1) / 0.05.
  const netValue = noise.map((amount, draw) => amount - cause[draw]);
  const { answers, threshold } = premortem(netValue, questions, run, { side: "worst", dummies });
  const { share } = answers.find(({ question }) => question === "cause")!;
  expect(Math.abs(threshold.amount + 1.8361974)).toBeLessThan(4 * threshold.standardError);
  expect(Math.abs(share.amount - 0.403044)).toBeLessThan(4 * share.standardError);
  expect(share.standardError).toBeLessThan(0.02);
});

test("[PRE4] two answers that are bad only together are a pair", () => {
  const netValue = noise.map((amount, draw) => amount - (cause[draw] === 1 && other[draw] === 1 ? 50 : 0));
  const { pairs } = premortem(netValue, questions, run, { side: "worst", dummies });
  const pair = pairs.find(({ answers }) => answers.every(({ question }) => question !== "noise"))!;
  expect(pair.answers.map(({ question }) => question).sort()).toEqual(["cause", "other"]);
  expect(pair.share.amount).toBeGreaterThan(0.97);
  expect(pair.lift.amount).toBeGreaterThan(Math.max(...pair.answers.map(({ lift }) => lift.amount)));
});

test("[PRE5] the best draws are the worst of the opposite", () => {
  const netValue = noise.map((amount, draw) => amount - cause[draw]);
  const best = premortem(netValue, questions, run, { side: "best", dummies });
  const worst = premortem(
    netValue.map((amount) => -amount),
    questions,
    run,
    { side: "worst", dummies },
  );
  expect(best.answers).toEqual(worst.answers);
  expect(best.threshold.amount).toBe(-worst.threshold.amount);
  expect(best.mean.amount).toBeCloseTo(-worst.mean.amount, 12);
});

test("[PRE2] a level that is no whole number of draws counts the last one in part", () => {
  const ten = { shards: 1, shardSize: 10 };
  const netValue = exactRows(Array<number>(10).fill(1), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const { mean } = premortem(netValue, [], ten, { side: "worst", level: 0.15 });
  expect(mean.amount).toBeCloseTo((0 + 0.5 * 1) / 1.5, 12);
});
