import { expect, test } from "vitest";
import { breakEvenCommonAccess } from "./break-even.ts";
import { exactRows, normals, plainColumn } from "./draws.fixture.ts";
import type { QuadraticFit } from "./quadratic-fit.ts";
import { applyWaitingPolicy, explainWaitFor, learnWaitingPolicy, waitFor } from "./wait-for.ts";
import type { Occasion, WaitingSequence } from "./waiting-sequence.ts";

const today = 20000;
const year = 365;
const once = (shardSize: number) => ({ shards: 1, shardSize });

const occasion = (trigger: string, terms: Partial<Occasion> & Pick<Occasion, "netValueThen">): Occasion => ({
  trigger,
  triggerDate: new Float64Array(terms.netValueThen.length).fill(today + year),
  deadline: today + 10 * year,
  access: 1,
  known: [],
  ...terms,
});
const sequence = (occasions: Occasion[], more: Partial<WaitingSequence> = {}): WaitingSequence => ({ occasions, today, ...more });

// Success on half the draws. At the first trigger nothing is known and acting nets 2; at the second success is, and acting nets 8 or -20.
const success = exactRows([500, 500], [1, 0]);
const first = (terms: Partial<Occasion> = {}): Occasion => occasion("first", { netValueThen: exactRows([500, 500], [14, -10]), ...terms });
const second = (terms: Partial<Occasion> = {}): Occasion =>
  occasion("second", {
    triggerDate: new Float64Array(1000).fill(today + 2 * year),
    netValueThen: exactRows([500, 500], [8, -20]),
    known: [{ name: "success", column: success, knownAt: today + 2 * year, discrete: true }],
    ...terms,
  });

test("[WAIT12] going on to the next trigger is weighed against acting at the first", () => {
  const both = waitFor(sequence([first(), second()]), once(1000));
  expect(both.worth.amount).toBe(4);
  expect(both.occasions.map(({ probabilityFirst, probabilityInvests }) => [probabilityFirst.amount, probabilityInvests.amount])).toEqual([
    [1, 0],
    [0, 0.5],
  ]);
  expect(waitFor(sequence([first(), second({ access: 0.4 })]), once(1000)).worth.amount).toBe(2);
  expect(waitFor(sequence([first(), second()], { decidesOnce: true }), once(1000)).worth.amount).toBe(2);
});

test("[WAIT12] whoever is refused at the first trigger may try again at the next", () => {
  // Acting at the first nets 0.5 * 2 + 0.5 * what the second is worth (1.6): 1.8 against 1.6 of going on.
  const answer = waitFor(sequence([first({ access: 0.5 }), second({ access: 0.4 })]), once(1000));
  expect(answer.worth.amount).toBeCloseTo(1.8, 12);
  expect(answer.probabilityInvests.amount).toBeCloseTo(0.5 + 0.5 * 0.5 * 0.4, 12);
  expect(answer.attempts.map((perShard) => perShard[0])).toEqual([2, 4]);
  // 2 x + 4 x (1 - x) = 1.8 at x = 0.3552...
  const answered = breakEvenCommonAccess({ attempts: answer.attempts, other: Float64Array.of(1.8) });
  expect(answered.reachable && answered.at.amount).toBeCloseTo((6 - Math.sqrt(36 - 16 * 1.8)) / 8, 9);
});

test("[WAIT12] the first that fires is told by its date, the listed order breaks a tie, a deadline cuts", () => {
  const dates = (amounts: number[]) => exactRows([250, 250, 250, 250], amounts);
  const answer = waitFor(
    sequence([
      first({ triggerDate: dates([today + 9, today + 50, Infinity, today + 400]), deadline: today + 300 }),
      second({ triggerDate: dates([today + 9, today + 20, today + 30, Infinity]), known: [] }),
    ]),
    once(1000),
  );
  expect(answer.occasions.map(({ probabilityFirst }) => probabilityFirst.amount)).toEqual([0.25, 0.5]);
  expect(answer.probabilityTriggers.amount).toBe(0.75);
  expect(new Set(answer.policy.map(({ trigger, after }) => [trigger, ...after].join()))).toEqual(
    new Set(["first", "second", "second,first", "first,second"]),
  );
});

// Longstaff and Schwartz (2001), section 1: eight paths of a stock, a put with strike 1.10 and three dates of exercise at 6%.
const paths = [
  [1.09, 1.16, 1.22, 0.93, 1.11, 0.76, 0.92, 0.88],
  [1.08, 1.26, 1.07, 0.97, 1.56, 0.77, 0.84, 1.22],
  [1.34, 1.54, 1.03, 0.92, 1.52, 0.9, 1.01, 1.34],
].map((prices) => Float64Array.from([...prices, ...prices]));
// Both shards hold the same eight paths, so that the rules of one half are those of the whole, as in the paper.
const eightPaths = { shards: 2, shardSize: 8 };
const put = (prices: Float64Array, place: number, strike: number, rate: number, steps: number): Occasion =>
  occasion(`date${place + 1}`, {
    triggerDate: new Float64Array(prices.length).fill(today + place + 1),
    netValueThen: prices.map((price) => Math.exp((-rate * (place + 1)) / steps) * (strike - price)),
    known: [{ name: "stock", column: prices, knownAt: 0, discrete: false }],
  });
const asInThePaper = { minimumGroupDraws: 1, regression: { ridge: 0, clipped: false } };

const rawCoefficients = ({ coefficients: [a, b, c], centre: [m], scale: [s] }: QuadraticFit): number[] => [
  a - (b * m) / s + (c * m * m) / s ** 2,
  b / s - (2 * c * m) / s ** 2,
  c / s ** 2,
];

test("[WAIT12] the eight-path example: 0.1144 with three dates, 0.0564 with the last alone (O04)", () => {
  const dates = paths.map((prices, place) => put(prices, place, 1.1, 0.06 * 3, 3));
  const answer = waitFor(sequence(dates, asInThePaper), eightPaths);
  expect(answer.worth.amount).toBeCloseTo(0.11443433004505696, 9);
  expect(waitFor(sequence([dates[2]], asInThePaper), eightPaths).worth.amount).toBeCloseTo(0.05638073927026089, 9);
  const going = [
    [2.03751234, -3.3354434, 1.35645659],
    [-1.06998766, 2.98341063, -1.81357618],
  ];
  going.forEach((published, place) => {
    const rule = answer.policy.find(({ trigger }) => trigger === `date${place + 1}`)!.rules[0];
    const beyond = rawCoefficients((rule as { beyond: QuadraticFit }).beyond).map((amount) => amount * Math.exp(0.06 * (place + 1)));
    // What acting nets beyond going on: strike minus stock, minus the published value of keeping the option.
    [1.1, -1, 0].forEach((acting, power) => expect(acting - beyond[power]).toBeCloseTo(published[power], 7));
  });
});

const sharding = { shards: 8, shardSize: 2048 };

/** A geometric Brownian motion at 50 dates of one year, antithetic within every shard. Float64Array // [date][draw]. */
function brownianPrices(start: number, seed: number): Float64Array[] {
  const [rate, volatility, steps] = [0.06, 0.2, 50];
  const half = sharding.shardSize / 2;
  let logs = new Float64Array(sharding.shards * sharding.shardSize).fill(Math.log(start));
  return Array.from({ length: steps }, (_, step) => {
    const noise = normals(plainColumn(step, { shards: sharding.shards, shardSize: half }, seed));
    logs = logs.map((log, draw) => {
      const place = draw % sharding.shardSize;
      const twin = Math.floor(draw / sharding.shardSize) * half + (place % half);
      const shock = place < half ? noise[twin] : -noise[twin];
      return log + (rate - volatility ** 2 / 2) / steps + (volatility / Math.sqrt(steps)) * shock;
    });
    return logs.map(Math.exp);
  });
}

test.each([
  [36, 4.478],
  [40, 2.314],
  [44, 1.11],
])("[WAIT12] a put exercisable at fifty dates, stock at %d: %d (O05)", (start, lattice) => {
  const dates = brownianPrices(start, 3).map((prices, place) => put(prices, place, 40, 0.06, 50));
  const { worth } = waitFor(sequence(dates, { decidesOnDate: false }), sharding);
  // Rules valued on draws they were not learned from are at best the best ones: the estimate is low, never high. Measured at
  // S = 36 over four seeds: low by 0.02, 0.5%.
  expect(worth.amount).toBeLessThanOrEqual(lattice + 3 * worth.standardError);
  expect(worth.amount).toBeGreaterThanOrEqual(lattice - 3 * worth.standardError - 0.005 * lattice);
});

test("[WAIT13] rules learned once decide other draws, and the same draws as waitFor does", () => {
  const x = normals(plainColumn(1, sharding));
  const noise = normals(plainColumn(2, sharding));
  const group = plainColumn(3, sharding).map((chance) => Math.floor(chance * 3));
  const waiting = (shift: number) =>
    sequence([
      occasion("a", {
        netValueThen: x.map((amount, draw) => amount + noise[draw] + shift),
        access: 0.7,
        triggerDate: x.map((amount) => (amount > 1 ? Infinity : today + 100 + 10 * amount)),
        known: [{ name: "x", column: x, knownAt: 0, discrete: false }],
      }),
      occasion("b", {
        netValueThen: x.map((amount, draw) => amount - noise[draw] + group[draw] - 1 + shift),
        known: [{ name: "group", column: group, knownAt: 0, discrete: true }],
      }),
    ]);
  const policy = structuredClone(learnWaitingPolicy(waiting(0), sharding));
  const whole = waitFor(waiting(0), sharding);
  expect(applyWaitingPolicy(policy, waiting(0), sharding)).toEqual(waitFor({ ...waiting(0), withoutReplicas: true }, sharding));
  const moved = applyWaitingPolicy(policy, waiting(0.1), sharding).worth;
  expect(moved.amount).toBeGreaterThan(whole.worth.amount);
  expect(moved.amount).toBeLessThanOrEqual(waitFor(waiting(0.1), sharding).worth.amount + 0.02);
});

test("[WHY2] the tree of a sequence multiplies to its worth and names every trigger", () => {
  const tree = explainWaitFor(sequence([first({ access: 0.5 }), second({ access: 0.4 })]), once(1000));
  const [triggers, given] = tree.children;
  expect((triggers.amount as number) * (given.amount as number)).toBeCloseTo(tree.amount as number, 12);
  expect(triggers.children.map(({ params }) => params.trigger)).toEqual(["first", "second"]);
});

test("[WAIT12] no trigger, one listed twice, and a date that is no number are refused", () => {
  expect(() => waitFor(sequence([]), once(1000))).toThrow("between one and 254");
  expect(() => waitFor(sequence([first(), first()]), once(1000))).toThrow("twice");
  expect(() => waitFor(sequence([first(), second({ triggerDate: new Float64Array(1000).fill(NaN) })]), once(1000))).toThrow("not a number");
});
