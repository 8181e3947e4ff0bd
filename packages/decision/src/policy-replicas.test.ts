import { expect, test } from "vitest";
import { normals, plainColumn } from "./draws.fixture.ts";
import { leader } from "./leader.ts";
import { halfLearningFor, learningFor, waysToHalve } from "./policy-folds.ts";
import { balancedHalves, ofShards } from "./policy-replicas.ts";
import { recommend } from "./recommend.ts";
import { measured, type Measured } from "./sharding.ts";
import { stagedWorth } from "./staged.ts";
import { waitFor, type Waiting, type WaitingWorth } from "./wait-for.ts";

const sharding = { shards: 8, shardSize: 1024 };
const draws = sharding.shards * sharding.shardSize;
const today = 20000;

/** A reading on which acting nets about nothing wherever it matters: another seed decides otherwise about much of it. */
function closeCall(seed: number, known: "number" | "groups"): Waiting {
  const [reading, noise] = [normals(plainColumn(2 * seed, sharding)), normals(plainColumn(2 * seed + 1, sharding))];
  const told = known === "number" ? reading : reading.map((amount) => Math.max(0, Math.min(11, Math.floor(2 * amount + 6))));
  return {
    triggerDate: new Float64Array(draws).fill(today + 300),
    deadline: today + 730,
    today,
    netValueThen: told.map((amount, draw) => 0.05 * (known === "number" ? amount : amount - 5.5) + 3 * noise[draw]),
    access: 1,
    known: [{ name: "reading", column: told, knownAt: today, discrete: known === "groups" }],
    ticketThen: 10,
  };
}

/** The share of seeds whose interval of 2.4 standard errors holds the mean of all. */
function coverage(figures: Measured[]): number {
  const mean = figures.reduce((sum, { amount }) => sum + amount, 0) / figures.length;
  return figures.filter(({ amount, standardError }) => Math.abs(amount - mean) <= 2.4 * standardError).length / figures.length;
}

/** The error that is told beside the spread that there is between seeds. */
function toldBeside(figures: Measured[]): number {
  const mean = figures.reduce((sum, { amount }) => sum + amount, 0) / figures.length;
  const [told, found] = figures.reduce(
    ([squares, apart], { amount, standardError }) => [squares + standardError ** 2, apart + (amount - mean) ** 2],
    [0, 0],
  );
  return Math.sqrt(told / found);
}

const seeds = Array.from({ length: 40 }, (_, seed) => seed + 1);

test.each(["number", "groups"] as const)(
  "[WAIT18] what is told of a policy holds for other seeds too, where the spread between shards alone does not (%s)",
  (known) => {
    const worths = (withoutReplicas: boolean): WaitingWorth[] =>
      seeds.map((seed) => {
        const { today: day, ...occasion } = closeCall(seed, known);
        return waitFor({ occasions: [{ trigger: "reads", ...occasion }], today: day, withoutReplicas }, sharding);
      });
    const [told, between] = [worths(false), worths(true)];
    const figures: ((worth: WaitingWorth) => Measured)[] = [
      ({ probabilityInvests }) => probabilityInvests,
      ({ occasions }) => occasions[0].probabilityInvests,
      ({ expectedMoney }) => expectedMoney!,
    ];
    for (const figure of figures) {
      expect(coverage(told.map(figure))).toBeGreaterThanOrEqual(0.8);
      expect(coverage(between.map(figure))).toBeLessThan(0.6);
    }
    expect(coverage(told.map(({ worth }) => worth))).toBeGreaterThanOrEqual(0.85);
    // The amounts themselves are those of the policy, whatever its error.
    expect(told.map(({ worth }) => worth.amount)).toEqual(between.map(({ worth }) => worth.amount));
  },
);

test("[WAIT18] so does every figure of the alternatives that a decision shows", () => {
  const summarised = (withReplicas: boolean) =>
    seeds.map((seed) => {
      const { netValue, replicas } = waitFor(closeCall(seed, "number"), sharding);
      const pass = { name: "pass", netValue: new Float64Array(draws) };
      return recommend([pass, { name: "wait", netValue, ...(withReplicas ? { replicas } : {}) }], sharding).alternatives;
    });
  const [told, between] = [summarised(true), summarised(false)];
  for (const figure of ["probabilityLoss", "probabilityBest", "cvar05"] as const)
    expect(coverage(told.map(([, wait]) => wait[figure]))).toBeGreaterThanOrEqual(0.8);
  // Rules that decide about nearly all or nearly nothing bound a quantile to one side, so that no interval about it is even.
  for (const figure of ["probabilityLoss", "cvar05", "quantile95"] as const) {
    expect(toldBeside(told.map(([, wait]) => wait[figure])), figure).toBeGreaterThan(0.85);
    expect(toldBeside(told.map(([, wait]) => wait[figure])), figure).toBeLessThan(1.3);
    expect(toldBeside(between.map(([, wait]) => wait[figure])), figure).toBeLessThan(0.6);
  }
  expect(coverage(between.map(([, wait]) => wait.probabilityLoss))).toBeLessThan(0.6);
  // Passing is best where waiting loses: its share is as open as the policy is, though nothing is open about passing.
  expect(coverage(told.map(([pass]) => pass.probabilityBest))).toBeGreaterThanOrEqual(0.8);
  expect(told.map(([pass]) => pass.quantile05.standardError)).toEqual(seeds.map(() => 0));
});

test("[WAIT18] a settled policy adds nothing to an error, and neither do fewer than eight shards", () => {
  const sure = { ...closeCall(1, "number"), netValueThen: closeCall(1, "number").netValueThen.map((amount) => 20 + amount) };
  const { occasions, today: day, ...rest } = { occasions: [{ trigger: "t", ...sure }], today };
  const settled = waitFor({ occasions, today: day, ...rest }, sharding);
  expect(settled).toMatchObject({
    probabilityInvests: { amount: 1, standardError: 0 },
    replicas: { worth: Array.from({ length: 6 }, () => new Float64Array(8)) },
  });
  expect(settled.worth).toEqual(waitFor({ occasions, today: day, withoutReplicas: true }, sharding).worth);
  expect(waitFor(closeCall(1, "number"), { shards: 4, shardSize: draws / 4 }).replicas).toBeUndefined();
});

test("[WAIT18] a lead over what does not wait is as open as the policy; one of two waits as open as both together", () => {
  const openness = ({ replicas }: WaitingWorth): number =>
    replicas!.worth.map(measured).reduce((sum, { amount, standardError }) => sum + amount ** 2 - standardError ** 2, 0) / 6;
  const worths = seeds.slice(0, 12).map((seed) => waitFor(closeCall(seed, "number"), sharding));
  const pass = { name: "pass", netValue: new Float64Array(draws) };
  const leads = worths.map((worth) => {
    const { netValue, replicas } = worth;
    const alone = leader([pass, { name: "wait", netValue }], sharding).lead!.standardError;
    const open = leader([pass, { name: "wait", netValue, replicas }], sharding).lead!.standardError;
    expect(open).toBeCloseTo(Math.sqrt(alone ** 2 + (4 / 3) * Math.max(0, openness(worth))), 12);
    const dearer = { name: "dearer", replicas, netValue: netValue.map((amount) => amount - 1) };
    expect(leader([{ name: "wait", netValue, replicas }, dearer], sharding).lead!.standardError).toBeCloseTo(0, 12);
    return { alone, open };
  });
  expect(leads.some(({ alone, open }) => open > 1.2 * alone)).toBe(true);
});

test("[WAIT18] staging is as open as its follow-on", () => {
  const followOn = waitFor(closeCall(1, "number"), sharding);
  const first = { netValue: normals(plainColumn(99, sharding)), ticket: 1 };
  const { replicas } = stagedWorth(first, followOn, sharding);
  expect(replicas!.worth).toEqual(followOn.replicas!.worth);
  const shardStart = 3 * replicas!.points;
  expect(replicas!.halves[2].netValue[shardStart + 7]).toBe(
    first.netValue[3 * sharding.shardSize + 7] + followOn.replicas!.halves[2].netValue[shardStart + 7],
  );
});

test("[WAIT18] of several triggers the halves learn the whole sequence again", () => {
  const { today: day, ...one } = closeCall(3, "number");
  const { today: _, ...other } = closeCall(4, "groups");
  const later = { ...other, trigger: "later", triggerDate: other.triggerDate.map((date) => date + 100) };
  const { replicas, probabilityInvests } = waitFor({ occasions: [{ trigger: "sooner", ...one }, later], today: day }, sharding);
  expect(replicas!.halves.map(({ netValue }) => netValue.length)).toEqual(Array(6).fill(2048));
  expect(new Set(replicas!.halves.map(({ chosen }) => chosen.join())).size).toBe(6);
  expect(probabilityInvests.standardError).toBeGreaterThan(0.003);
});

test("every way to halve takes half of the shards of either parity, each pair of shards as often as another", () => {
  const halves = balancedHalves(16);
  for (const half of halves) {
    expect(half.filter((_, shard) => shard % 2 === 0).reduce((sum, one) => sum + one, 0)).toBe(4);
    expect(half.filter((_, shard) => shard % 2 === 1).reduce((sum, one) => sum + one, 0)).toBe(4);
  }
  const together = (one: number, other: number): number => halves.filter((half) => half[one] === half[other]).length;
  for (const other of [2, 4, 6]) expect(together(0, other)).toBe(2);
  for (const other of [3, 5, 7]) expect(together(1, other)).toBe(2);
  for (const even of [0, 2, 4, 6]) for (const odd of [1, 3, 5, 7]) expect(together(even, odd)).toBe(3);
});

test("a part is decided by rules that never saw it, from all others or from those of half of them", () => {
  for (const part of [0, 1, 2, 3, 4, 5, 6, 7]) {
    expect(learningFor(part)).toHaveLength(7);
    for (const parts of [learningFor(part), ...waysToHalve.map((way) => halfLearningFor(part, way))]) expect(parts).not.toContain(part);
  }
  const sizes = waysToHalve.map((way) => [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, part) => sum + halfLearningFor(part, way).length, 0) / 8);
  expect(sizes).toEqual(waysToHalve.map(() => 3.5));
});

test("rows of some shards keep their order and their groups", () => {
  const batch = { stage: 0, occasion: 0, draws: Uint32Array.of(1, 3, 4, 9, 10), group: Uint32Array.of(5, 6, 7, 8, 9), states: [] };
  const { draws: kept, group } = ofShards(batch, Uint8Array.of(1, 0, 1), 4);
  expect([Array.from(kept), Array.from(group)]).toEqual([
    [1, 3, 9, 10],
    [5, 6, 8, 9],
  ]);
});
