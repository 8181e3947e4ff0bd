import * as fc from "fast-check";
import { expect, test } from "vitest";
import { binning } from "./binning.ts";
import { evpi } from "./evpi.ts";
import { evppi } from "./evppi.ts";
import { evppiPair } from "./evppi-pair.ts";
import { exposure } from "./exposure.ts";
import { expectation } from "./expected-net-value.ts";
import { waitFor } from "./wait-for.ts";

const sharding = { shards: 4, shardSize: 16 };
const draws = 64;

const column = fc
  .array(fc.integer({ min: -1000, max: 1000 }), { minLength: draws, maxLength: draws })
  .map((amounts) => Float64Array.from(amounts, (amount) => amount / 10));
const answers = fc
  .array(fc.integer({ min: 0, max: 2 }), { minLength: draws, maxLength: draws })
  .map((amounts) => Float64Array.from(amounts));
const decision = fc
  .array(column, { minLength: 1, maxLength: 4 })
  .map((columns) => columns.map((netValue, index) => ({ name: `alternative ${index}`, netValue })));

const discrete = (name: string, of: Float64Array) => ({ name, binning: binning(of, { discrete: true }) });
const continuous = (name: string, of: Float64Array) => ({ name, binning: binning(of, { discrete: false }) });
const runs = { seed: 5, numRuns: 60 };

test("[VOI9] 0 <= evppi <= evppi of the pair <= evpi, exactly for discrete questions on common draws", () => {
  fc.assert(
    fc.property(decision, answers, answers, (alternatives, a, b) => {
      const single = evppi(alternatives, discrete("a", a), sharding).amount;
      const pair = evppiPair(alternatives, discrete("a", a), discrete("b", b), sharding).amount;
      expect(single).toBeGreaterThanOrEqual(0);
      expect(pair).toBeGreaterThanOrEqual(single - 1e-9);
      expect(evpi(alternatives, sharding).amount).toBeGreaterThanOrEqual(pair - 1e-9);
    }),
    runs,
  );
});

test("[VOI9] 0 <= evppi <= evpi for continuous questions, and finer bins never show less", () => {
  fc.assert(
    fc.property(decision, column, (alternatives, x) => {
      const worth = evppi(alternatives, continuous("x", x), sharding);
      expect(worth.amount).toBeGreaterThanOrEqual(0);
      expect(worth.discretisation).toBeGreaterThanOrEqual(-1e-9);
      expect(evpi(alternatives, sharding).amount).toBeGreaterThanOrEqual(worth.amount - 1e-9);
    }),
    runs,
  );
});

test("[VOI9] scaling netValue scales, adding a constant to all changes nothing", () => {
  fc.assert(
    fc.property(decision, answers, fc.integer({ min: 1, max: 50 }), fc.integer({ min: -99, max: 99 }), (alternatives, a, scale, shift) => {
      const moved = alternatives.map(({ name, netValue }) => ({ name, netValue: netValue.map((amount) => amount * scale + shift) }));
      expect(evppi(moved, discrete("a", a), sharding).amount).toBeCloseTo(
        scale * evppi(alternatives, discrete("a", a), sharding).amount,
        6,
      );
      expect(evpi(moved, sharding).amount).toBeCloseTo(scale * evpi(alternatives, sharding).amount, 6);
    }),
    runs,
  );
});

test("[VOI9] an alternative that is never better, and the order of the alternatives, change nothing", () => {
  fc.assert(
    fc.property(decision, answers, (alternatives, a) => {
      const dominated = { name: "dominated", netValue: alternatives[0].netValue.map((amount) => amount - 1) };
      const more = [dominated, ...alternatives.toReversed()];
      expect(evppi(more, discrete("a", a), sharding).amount).toBeCloseTo(evppi(alternatives, discrete("a", a), sharding).amount, 9);
      expect(evpi(more, sharding).amount).toBeCloseTo(evpi(alternatives, sharding).amount, 9);
    }),
    runs,
  );
});

test("[VOI9] learning the netValue itself is worth the evpi between two alternatives", () => {
  fc.assert(
    fc.property(column, (netValue) => {
      const alternatives = [
        { name: "pass", netValue: new Float64Array(draws) },
        { name: "now", netValue },
      ];
      expect(evppi(alternatives, discrete("netValue", netValue), sharding).amount).toBeCloseTo(evpi(alternatives, sharding).amount, 9);
    }),
    runs,
  );
});

test("[EXP1] the mean of the means given each answer is the mean", () => {
  fc.assert(
    fc.property(column, answers, (netValue, a) => {
      const given = exposure(netValue, discrete("a", a), sharding).answers;
      const mean = given.reduce((sum, answer) => sum + answer.probability * answer.netValue.amount, 0);
      expect(mean).toBeCloseTo(expectation(netValue, sharding).amount, 9);
    }),
    runs,
  );
});

test("[WAIT5] waiting never beats deciding with perfect information at the trigger, draw by draw", () => {
  fc.assert(
    fc.property(column, column, answers, answers, (netValueThen, x, a, access01) => {
      const access = access01.map((answer) => (answer > 0 ? 1 : 0));
      const triggerDate = x.map((amount) => (amount > 50 ? Infinity : 100 + amount));
      const answer = waitFor(
        {
          triggerDate,
          deadline: 140,
          today: 0,
          netValueThen,
          access,
          known: [
            { name: "a", column: a, knownAt: x.map((amount) => 100 - amount), discrete: true },
            { name: "x", column: x, knownAt: 90, discrete: false },
          ],
          minimumGroupDraws: 2,
        },
        sharding,
      );
      answer.netValue.forEach((amount, draw) => {
        const fires = triggerDate[draw] <= 140;
        expect(amount).toBeLessThanOrEqual(fires ? access[draw] * Math.max(netValueThen[draw], 0) : 0);
        expect([0, fires ? access[draw] * netValueThen[draw] : 0]).toContain(amount + 0);
      });
      const chance = answer.policy.reduce((sum, { probability }) => sum + probability, 0);
      if (answer.policy.length > 0) expect(chance).toBeCloseTo(1, 9);
    }),
    runs,
  );
});
