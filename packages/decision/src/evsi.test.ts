import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerGrid } from "./answer-grid.ts";
import { binning } from "./binning.ts";
import { exactRows, normals, sobolColumn } from "./draws.fixture.ts";
import { evppi } from "./evppi.ts";
import { evsi, inquiredCompany, inquiryWorth, type Evsi, type Later } from "./evsi.ts";
import type { Alternative } from "./expected-net-value.ts";
import { countReading, perfectReading, reportReading, testReading, type Reading } from "./reading.ts";
import { ledgerOf } from "./result-sums.ts";
import { drawCount, measured, type Sharding } from "./sharding.ts";
import { rankDummies } from "./stakes.ts";

const one = (draws: number): Sharding => ({ shards: 1, shardSize: draws });
const discrete = (column: Float64Array) => binning(column, { discrete: true });

function worthOf(alternatives: Alternative[], readings: Reading[], sharding: Sharding, later?: Later): Evsi {
  return evsi(inquiredCompany("acme", ledgerOf(alternatives, sharding), rankDummies([])), { name: "study", readings }, later);
}

const yesNoTest = (event: Float64Array, sensitivity: number, specificity: number): Reading =>
  testReading("q", discrete(event), 2, (answer) => (answer === 1 ? [1 - sensitivity, sensitivity] : [specificity, 1 - specificity]));

describe("[ACT1] exact values of imperfect tests", () => {
  test.each([
    [2, 0.38],
    [4, 1.36],
    [6, 1.14],
  ])("a bet of +10 or -%d at 30%% with a test of 80%%/70%% (V11)", (loss, expected) => {
    const event = exactRows([3, 7], [1, 0]);
    const now = { name: "now", netValue: event.map((yes) => (yes ? 10 : -loss)) };
    const worth = worthOf([{ name: "pass", netValue: new Float64Array(10) }, now], [yesNoTest(event, 0.8, 0.7)], one(10));
    expect(worth.amount).toBeCloseTo(expected, 12);
  });

  test("Raiffa's wildcatter: a seismic test is worth 12.5, and drilling is right unless it shows no structure (D01)", () => {
    const state = exactRows([5, 3, 2], [0, 1, 2]);
    const drill = { name: "drill", netValue: state.map((at) => [-70, 50, 200][at]) };
    const seismic = testReading(
      "state",
      discrete(state),
      3,
      (at) =>
        [
          [0.6, 0.3, 0.1],
          [0.3, 0.4, 0.3],
          [0.1, 0.4, 0.5],
        ][at],
    );
    const worth = worthOf([drill, { name: "leave", netValue: new Float64Array(10) }], [seismic], one(10));
    expect(worth.amount).toBeCloseTo(12.5, 12);
    expect([...worth.probabilityOfResult].map((chance) => chance.toFixed(2))).toEqual(["0.41", "0.35", "0.24"]);
    expect(worth.changes).toEqual([
      { result: 0, probability: expect.closeTo(0.41, 12), best: "leave", gain: expect.closeTo(30.48780487804878, 9) },
    ]);
  });

  test("Howard's party: a detector that is right four times in five is worth 11.2 (D04)", () => {
    const sun = exactRows([2, 3], [1, 0]);
    const by = (name: string, yes: number, no: number) => ({ name, netValue: sun.map((shines) => (shines ? yes : no)) });
    const worth = worthOf([by("out", 100, 0), by("porch", 90, 20), by("in", 40, 50)], [yesNoTest(sun, 0.8, 0.8)], one(5));
    expect(worth.amount).toBeCloseTo(11.2, 12);
  });
});

const sharding = { shards: 16, shardSize: 8192 };

describe("[ACT2] the likelihood is integrated, so that only the draws of the answers make noise", () => {
  const [p1, p2] = [0, 1].map((dimension) => normals(sobolColumn(dimension, sharding)));
  const [x, y] = [p1.map((z) => 1 + z), p2.map((z) => 2 * z)];
  const alternatives = [
    { name: "zero", netValue: new Float64Array(x.length) },
    { name: "difference", netValue: x.map((amount, draw) => amount - y[draw]) },
  ];
  const grid = answerGrid(x, binning(x, { discrete: false }));

  test.each([
    [1, 0.0251272708300061],
    [5, 0.0632069247555842],
    [10, 0.07232512026086235],
    [50, 0.08094328610216861],
    [100, 0.08211760559711401],
    [1000, 0.08319460609998663],
  ])("a sample of %d (V02)", (observations, expected) => {
    const worth = worthOf(alternatives, [reportReading("p1", x, grid, { standardDeviation: 1 / Math.sqrt(observations) })], sharding);
    expect(worth.standardError).toBeLessThan(0.0003);
    expect(Math.abs(worth.amount - expected)).toBeLessThan(3 * worth.standardError);
  });

  const theta = sobolColumn(3, sharding).map((uniform) => betaTwoEight(uniform));
  const thetaGrid = answerGrid(theta, binning(theta, { discrete: false }));

  test.each([
    [1, 0.4545454545454541],
    [2, 0.45454545454545453],
    [3, 0.8741258741258742],
    [5, 1.2637362637362641],
    [10, 1.6795665634674934],
    [20, 2.2102025910121887],
  ])("%d trials of a chance believed Beta(2, 8) (V12)", (trials, expected) => {
    const bet = [
      { name: "pass", netValue: new Float64Array(theta.length) },
      { name: "now", netValue: theta.map((chance) => 100 * (chance - 0.25)) },
    ];
    const counts = countReading("theta", theta, thetaGrid, trials + 1, (chance) => binomialOf(trials, chance));
    const worth = worthOf(bet, [counts], sharding);
    expect(Math.abs(worth.amount - expected)).toBeLessThan(3 * worth.standardError);
  });

  test("drawing the signal instead gives the same amount with a larger error", () => {
    const noise = normals(sobolColumn(7, sharding));
    const signal = x.map((amount, draw) => amount + noise[draw]);
    const drawn = evppi(alternatives, { name: "signal", binning: binning(signal, { discrete: false }) }, sharding);
    const integrated = worthOf(alternatives, [reportReading("p1", x, grid, { standardDeviation: 1 })], sharding);
    expect(measured(integrated.perShard).standardError).toBeLessThan(measured(drawn.perShard).standardError);
    expect(Math.abs(drawn.amount - integrated.amount)).toBeLessThan(3 * Math.hypot(drawn.standardError, integrated.standardError));
  });
});

describe("[ACT3] what a delay costs", () => {
  const event = exactRows([3, 7], [1, 0]);
  const alternatives = [
    { name: "pass", netValue: new Float64Array(10) },
    { name: "now", netValue: event.map((yes) => (yes ? 10 : -2)) }, // worth 1.6 today
    { name: "wait:t", netValue: event.map((yes) => (yes ? 4 : 0)) }, // worth 1.2
  ];
  const perfect = [perfectReading("q", discrete(event))];

  test("investing after the result nets its worth of today times the discount factor", () => {
    const worth = worthOf(alternatives, perfect, one(10), [1, 0.9, 1]);
    expect(worth.amount).toBeCloseTo(0.3 * 10 - 1.6, 12);
    expect(worth.delayed[0]).toBeCloseTo(0.3 * 9 - 1.6, 12);
  });

  test("where the round closes first, now is lost, and a company for which that costs more than it tells decides today", () => {
    const worth = worthOf(alternatives, perfect, one(10), [1, undefined, 1]);
    expect(worth.delayed[0]).toBeCloseTo(0.3 * 4 - 1.6, 12);
    const total = inquiryWorth([{ company: "acme", evsi: worth }], 0.1);
    expect(total.waiting).toEqual([]);
    expect(total.net.amount).toBeCloseTo(-0.1, 12);
    expect(total.delayCost.amount).toBeCloseTo(1.4, 12);
    expect(total.probabilityChanges).toBe(0);
  });
});

const draws = 64;
const small = { shards: 4, shardSize: 16 };
const amounts = fc
  .array(fc.integer({ min: -1000, max: 1000 }), { minLength: draws, maxLength: draws })
  .map((column) => Float64Array.from(column));
const answers = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: draws, maxLength: draws }).map((column) => Float64Array.from(column));
const chance = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);

test("[ACT4] 0 <= evsi <= evppi, two readings tell no less than one, and a coin tells nothing", () => {
  fc.assert(
    fc.property(
      fc.array(amounts, { minLength: 1, maxLength: 3 }),
      answers,
      answers,
      chance,
      chance,
      (columns, a, b, sensitivity, specificity) => {
        const alternatives = columns.map((netValue, index) => ({ name: `alternative ${index}`, netValue }));
        const full = evppi(alternatives, { name: "a", binning: discrete(a) }, small).amount;
        const first = { ...yesNoTest(a, sensitivity, specificity), question: "a" };
        const second = { ...yesNoTest(b, specificity, sensitivity), question: "b" };
        const alone = worthOf(alternatives, [first], small).amount;
        expect(alone).toBeGreaterThanOrEqual(-1e-9);
        expect(alone).toBeLessThanOrEqual(full + 1e-9);
        expect(worthOf(alternatives, [first, second], small).amount).toBeGreaterThanOrEqual(alone - 1e-9);
        expect(worthOf(alternatives, [{ ...yesNoTest(a, 0.5, 0.5), question: "a" }], small).amount).toBeCloseTo(0, 9);
        expect(worthOf(alternatives, [perfectReading("a", discrete(a))], small).amount).toBeCloseTo(full, 9);
      },
    ),
    { seed: 5, numRuns: 60 },
  );
});

test("[ACT5] a study of a question that nothing depends on stays inside its noise floor at a tie", () => {
  const columns = Array.from({ length: 15 }, (_, dimension) => sobolColumn(dimension + 20, sharding, 3));
  const noise = normals(columns[0]);
  const alternatives = [
    { name: "zero", netValue: new Float64Array(drawCount(sharding)) },
    { name: "noise", netValue: noise },
  ];
  const prepared = inquiredCompany("acme", ledgerOf(alternatives, sharding), rankDummies(columns.slice(3)));
  const irrelevant = columns[1].map((uniform) => (uniform < 0.4 ? 1 : 0));
  const worth = evsi(prepared, { name: "study", readings: [yesNoTest(irrelevant, 0.9, 0.9)] });
  expect(worth.perDummy.length).toBe(12);
  expect(worth.distinguishable).toBe(false);
});

function binomialOf(trials: number, chanceOfYes: number): number[] {
  let ways = 1;
  return Array.from({ length: trials + 1 }, (_, yes) => {
    const probability = ways * chanceOfYes ** yes * (1 - chanceOfYes) ** (trials - yes);
    ways = (ways * (trials - yes)) / (yes + 1);
    return probability;
  });
}

/** Quantile of Beta(2, 8) by bisection of its distribution function 1 - (1 - x)^9 - 9 x (1 - x)^8. */
function betaTwoEight(uniform: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (1 - (1 - middle) ** 9 - 9 * middle * (1 - middle) ** 8 < uniform) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
