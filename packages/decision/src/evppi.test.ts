import { expect, test } from "vitest";
import { binning } from "./binning.ts";
import { exactRows, normals, plainColumn, sobolColumn } from "./draws.fixture.ts";
import { evpi } from "./evpi.ts";
import { evppi, evppiAll, explainEvppi } from "./evppi.ts";
import { exposure } from "./exposure.ts";
import { rankDummies } from "./stakes.ts";

const once = (shardSize: number) => ({ shards: 1, shardSize });
const discrete = (name: string, column: Float64Array) => ({ name, binning: binning(column, { discrete: true }) });
const passing = (draws: number) => ({ name: "pass", netValue: new Float64Array(draws) });

test("[VOI2] four draws by hand", () => {
  const now = { name: "now", netValue: Float64Array.of(10, 2, -8, 0) };
  const question = discrete("launches", Float64Array.of(1, 1, 0, 0));
  // now nets 1, pass 0. Given yes now nets 6, given no -4: learning saves 4 on half the draws.
  const worth = evppi([now, passing(4)], question, { shards: 2, shardSize: 2 });
  expect(worth.amount).toBe(2);
  expect(worth.answers).toEqual([
    { from: 0, to: 0, probability: 0.5, best: "pass", gain: 4 },
    { from: 1, to: 1, probability: 0.5, best: "now", gain: 0 },
  ]);
  expect(Array.from(worth.perShard)).toEqual([0, 4]);
  // The shards spread by 2; now leads by 6 and by -4, 1 with an error of 5, not clear: half of that error comes in.
  expect(worth.standardError).toBeCloseTo(Math.hypot(2, 2.5), 12);
});

test("[VOI10] a test of sensitivity 0.8 and specificity 0.7 (V11)", () => {
  // Of 1000: 240 true alarms, 60 missed, 210 false alarms, 490 rightly silent.
  const signal = discrete("test", exactRows([240, 60, 210, 490], [1, 0, 1, 0]));
  const event = discrete("event", exactRows([300, 700], [1, 0]));
  for (const [loss, evsi, perfect] of [
    [2, 0.38, 1.4],
    [4, 1.36, 2.8],
    [6, 1.14, 3],
  ]) {
    const invest = { name: "invest", netValue: exactRows([300, 700], [10, -loss]) };
    expect(evppi([passing(1000), invest], signal, once(1000)).amount).toBeCloseTo(evsi, 12);
    expect(evppi([passing(1000), invest], event, once(1000)).amount).toBeCloseTo(perfect, 12);
  }
});

// Rows of a hundred: dry, wet, soaking under no, open and closed structure.
const wells = [30, 9, 2, 15, 12, 8, 5, 9, 10];
const perWell = (amounts: number[]) => exactRows(wells, [...amounts, ...amounts, ...amounts]);

test("[VOI10] the oil wildcatter's wells and seismic survey (D01)", () => {
  const drill = { name: "drill", netValue: perWell([-70, 50, 200]) };
  const survey = discrete("survey", exactRows(wells, [0, 0, 0, 1, 1, 1, 2, 2, 2]));
  const alternatives = [drill, passing(100)];
  expect(evpi(alternatives, once(100)).amount).toBeCloseTo(35, 10);
  const worth = evppi(alternatives, survey, once(100));
  expect(worth.amount).toBeCloseTo(12.5, 10);
  expect(worth.answers.map(({ probability }) => probability)).toEqual([0.41, 0.35, 0.24]);
  expect(worth.answers.map(({ best }) => best)).toEqual(["pass", "drill", "drill"]);
  // Drilling after the survey, before its cost of 10: EV 20 + 12.5 - 10 = 22.5.
  expect(20 + worth.amount - 10).toBeCloseTo(22.5, 10);
  const given = exposure(drill.netValue, survey, once(100)).answers.map(({ netValue }) => netValue.amount);
  [-30.48780487804878, 32.85714285714286, 87.5].forEach((mean, index) => expect(given[index]).toBeCloseTo(mean, 9));
});

test("[VOI10] the party's clairvoyant and its 80 % detector (D04)", () => {
  const rows = [32, 8, 12, 48]; // sun said sun, sun said rain, rain said sun, rain said rain
  const party = (name: string, sun: number, rain: number) => ({
    name,
    netValue: exactRows(rows, [sun, sun, rain, rain]),
  });
  const alternatives = [party("out", 100, 0), party("porch", 90, 20), party("in", 40, 50)];
  expect(evpi(alternatives, once(100)).amount).toBeCloseTo(22, 10);
  expect(evppi(alternatives, discrete("sun", exactRows(rows, [1, 1, 0, 0])), once(100)).amount).toBeCloseTo(22, 10);
  expect(evppi(alternatives, discrete("detector", exactRows(rows, [1, 0, 1, 0])), once(100)).amount).toBeCloseTo(11.2, 10);
});

test("[VOI7] a worthless question at a tie shows the plug-in bias sigma (sqrt(B) - 1) / sqrt(2 pi N) (N01)", () => {
  for (const [draws, repeats, expected] of [
    [1000, 600, 0.0438032953],
    [10000, 150, 0.0138518176],
  ]) {
    let sum = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const sharding = once(draws);
      const now = { name: "now", netValue: normals(plainColumn(0, sharding, repeat)) };
      const groups = plainColumn(1, sharding, repeat).map((chance) => Math.floor(chance * 20));
      sum += evppi([passing(draws), now], discrete("null", groups), sharding).amount;
    }
    expect(Math.abs(sum / repeats / expected - 1)).toBeLessThan(0.05);
  }
});

const sharding = { shards: 16, shardSize: 4096 };
const draws = 16 * 4096;
const twelve = rankDummies(Array.from({ length: 12 }, (_, dummy) => sobolColumn(dummy + 4, sharding)));

test("[VOI3] a question nothing depends on is not distinguishable from zero, a real one is", () => {
  const noise = normals(sobolColumn(0, sharding));
  const real = normals(sobolColumn(1, sharding));
  const now = { name: "now", netValue: noise.map((amount, draw) => amount + 0.1 * real[draw]) };
  const questions = [
    { name: "null", binning: binning(sobolColumn(2, sharding), { discrete: false }) },
    discrete(
      "null yes/no",
      sobolColumn(3, sharding).map((chance) => (chance < 0.3 ? 1 : 0)),
    ),
    { name: "real", binning: binning(real, { discrete: false }) },
  ];
  const worths = evppiAll([passing(draws), now], questions, sharding, twelve);
  expect(worths.map(({ distinguishable }) => distinguishable)).toEqual([false, false, true]);
  expect(worths[0].floor).toBeGreaterThan(0);
});

test("[VOI3] a question nothing depends on is worth exactly zero where one alternative clearly leads", () => {
  const noise = normals(sobolColumn(0, sharding));
  const now = { name: "now", netValue: noise.map((amount) => amount + 1) };
  const question = { name: "null", binning: binning(sobolColumn(2, sharding), { discrete: false }) };
  expect(evppi([passing(draws), now], question, sharding, twelve)).toMatchObject({ amount: 0, floor: 0 });
});

test("[VOI7] the floor of a discrete question uses the question's own probabilities", () => {
  const now = { name: "now", netValue: normals(plainColumn(0, sharding)) };
  const rare = discrete(
    "rare",
    sobolColumn(2, sharding).map((chance) => (chance < 0.01 ? 1 : 0)),
  );
  const dozen = rankDummies(Array.from({ length: 12 }, (_, dummy) => plainColumn(dummy + 4, sharding)));
  const [rareFloor, evenFloor] = [rare, { name: "even", binning: binning(sobolColumn(2, sharding), { discrete: false }) }].map(
    (question) => evppi([passing(draws), now], question, sharding, dozen).floor,
  );
  expect(rareFloor).toBeGreaterThan(0);
  expect(rareFloor).toBeLessThan(evenFloor / 2);
});

test("[VOI12] neighbouring bins with the same best alternative are one answer, and gains add up to the amount", () => {
  const x = normals(sobolColumn(0, sharding));
  const worth = evppi(
    [passing(draws), { name: "now", netValue: x.map((amount) => amount - 0.5) }],
    { name: "x", binning: binning(x, { discrete: false }) },
    sharding,
  );
  expect(worth.answers.map(({ best }) => best)).toEqual(["pass", "now"]);
  expect(worth.answers[1].from).toBeGreaterThan(0.4);
  expect(worth.answers[1].from).toBeLessThan(0.6);
  const sum = worth.answers.reduce((total, { probability, gain }) => total + probability * gain, 0);
  expect(sum).toBeCloseTo(worth.amount, 10);
});

test("[VOI5] never is an answer of its own", () => {
  // A date that never comes with chance one half; investing pays only if it comes.
  const date = exactRows([500, 500], [Infinity, 0]).map((day, draw) => (day === 0 ? 20000 + draw : day));
  const now = { name: "now", netValue: date.map((day) => (day === Infinity ? -10 : 8)) };
  const worth = evppi([passing(1000), now], { name: "date", binning: binning(date, { discrete: false }) }, once(1000));
  // pass 0 today; knowing that it comes gains 8 on half the draws.
  expect(worth.amount).toBe(4);
  expect(worth.answers.at(-1)).toEqual({ from: Infinity, to: Infinity, probability: 0.5, best: "pass", gain: 0 });
});

test("[DEC2] a question of another run is refused", () => {
  expect(() => evppi([passing(4)], discrete("short", Float64Array.of(0, 1)), once(4))).toThrow("another number of draws");
});

test("[WHY2] the answers of the tree add up to the evppi", () => {
  const now = { name: "now", netValue: Float64Array.of(10, 2, -8, 0) };
  const tree = explainEvppi([now, passing(4)], discrete("launches", Float64Array.of(1, 1, 0, 0)), { shards: 2, shardSize: 2 });
  const answers = tree.children.filter(({ measure }) => measure === "answer");
  const sum = answers.reduce((total, { amount, children }) => total + (amount as number) * (children[0].amount as number), 0);
  expect(sum).toBe(tree.amount);
  expect(answers.every(({ question }) => question === "launches")).toBe(true);
});
