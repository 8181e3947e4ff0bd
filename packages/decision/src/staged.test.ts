import * as fc from "fast-check";
import { expect, test } from "vitest";
import { exactRows, normals, plainColumn } from "./draws.fixture.ts";
import { measured, shardMeans } from "./sharding.ts";
import { explainStaged, stagedWorth } from "./staged.ts";
import { waitFor, type Waiting } from "./wait-for.ts";

const today = 20000;

test("[WAIT16] a tenth for 6, and 6% more for 12 once success shows", () => {
  // The ticket alone 0.1 * 70.5 - 6 = 1.05, the right 0.15 * 6 = 0.9; both tickets 6 + 0.15 * 12 = 7.8.
  const succeeds = exactRows([150, 850], [1, 0]);
  const company = succeeds.map((yes) => (yes === 1 ? 300 : 30));
  const right: Waiting = {
    triggerDate: new Float64Array(1000).fill(today + 200),
    deadline: today + 300,
    today,
    netValueThen: company.map((worth) => 0.06 * worth - 12),
    access: 1,
    known: [{ name: "succeeds", column: succeeds, knownAt: today + 200, discrete: true }],
    ticketThen: 12,
  };
  const sharding = { shards: 1, shardSize: 1000 };
  const followOn = waitFor(right, sharding);
  const staged = stagedWorth({ netValue: company.map((worth) => 0.1 * worth - 6), ticket: 6 }, followOn, sharding);
  expect(staged.withoutRight.amount).toBeCloseTo(1.05, 12);
  expect(staged.worthOfRight.amount).toBeCloseTo(0.9, 12);
  expect(staged.worth.amount).toBeCloseTo(1.95, 12);
  expect(staged.probabilityFollowsOn.amount).toBeCloseTo(0.15, 12);
  expect(staged.expectedMoney?.amount).toBeCloseTo(7.8, 12);
  const tree = explainStaged(staged, right, followOn);
  const [alone, added] = tree.children.map(({ amount }) => amount as number);
  expect(alone + added).toBeCloseTo(tree.amount as number, 12);
});

test("[WAIT16] a right is never worth less than nothing beyond noise, and staging never less than the small ticket", () => {
  const sharding = { shards: 8, shardSize: 256 };
  const scores: number[] = [];
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: -20, max: 20 }), (seed, shift) => {
      const [x, noise] = [normals(plainColumn(1, sharding, seed)), normals(plainColumn(2, sharding, seed))];
      const netValueThen = x.map((amount, draw) => amount + noise[draw] + shift / 10);
      const tickets = x.map((amount) => 5 + Math.abs(amount));
      const followOn = waitFor(
        {
          triggerDate: plainColumn(3, sharding, seed).map((chance) => (chance < 0.6 ? today + 300 * chance : Infinity)),
          deadline: today + 150,
          today,
          netValueThen,
          access: plainColumn(4, sharding, seed).map((chance) => (chance < 0.8 ? 1 : 0)),
          known: [{ name: "x", column: x, knownAt: 0, discrete: false }],
          ticketThen: tickets,
        },
        sharding,
      );
      const first = { netValue: noise, ticket: 2 };
      const staged = stagedWorth(first, followOn, sharding);
      const gain = measured(shardMeans(staged.netValue, sharding).map((mean, shard) => mean - shardMeans(noise, sharding)[shard]));
      expect(gain.amount).toBeCloseTo(staged.worthOfRight.amount, 9);
      if (gain.standardError > 0) scores.push(gain.amount / gain.standardError);
      // Money goes in where we follow on and get in: each time a ticket of 5 or more.
      expect(staged.expectedMoney!.amount - 2).toBeGreaterThanOrEqual(5 * staged.probabilityFollowsOn.amount - 1e-12);
      expect(gain.amount).toBeGreaterThanOrEqual(-4 * gain.standardError);
    }),
    { seed: 5, numRuns: 40 },
  );
  expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeGreaterThan(1);
});
