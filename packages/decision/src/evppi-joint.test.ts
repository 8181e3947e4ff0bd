import { normalCdf } from "@watershed/probability";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binning } from "./binning.ts";
import { normals, sobolColumn } from "./draws.fixture.ts";
import { evppi } from "./evppi.ts";
import { evppiJoint, questionGroup, type GroupQuestion, type JointEvppi } from "./evppi-joint.ts";
import type { Alternative } from "./expected-net-value.ts";
import { evpi } from "./evpi.ts";
import type { Sharding } from "./sharding.ts";
import { stakes } from "./stakes.ts";

const sharding = { shards: 16, shardSize: 4096 };
const continuous = (name: string, column: Float64Array): GroupQuestion => ({ name, column, binning: binning(column, { discrete: false }) });
const discrete = (name: string, column: Float64Array): GroupQuestion => ({ name, column, binning: binning(column, { discrete: true }) });

function jointOf(alternatives: Alternative[], questions: GroupQuestion[], of: Sharding = sharding): JointEvppi {
  return evppiJoint(stakes(alternatives, of), questionGroup(questions, of));
}

const zero = (draws: number) => ({ name: "zero", netValue: new Float64Array(draws) });
const near = (worth: JointEvppi, truth: number) => expect(Math.abs(worth.amount - truth)).toBeLessThan(3 * worth.standardError);

describe("[JOINT1] a group of questions: the surface chooses, the raw netValue values", () => {
  const [x, y, z] = [0, 1, 2].map((dimension) => normals(sobolColumn(dimension, sharding)));
  const named = [x, y, z].map((column, index) => continuous(`q${index}`, column));

  test("five lognormal factors beside noise, Black 1976: 24.78 with a bias between -0.24 and +0.05", () => {
    const factors = Array.from({ length: 6 }, (_, dimension) => normals(sobolColumn(dimension, sharding)));
    const sd = Math.sqrt(0.3987 / 5);
    const worth = x.map(
      (_, draw) =>
        100 * Math.exp(sd * factors.slice(0, 5).reduce((sum, factor) => sum + factor[draw], 0) - 0.3987 / 2 + factors[5][draw] - 0.5) - 100,
    );
    const truth = 100 * (2 * normalCdf(Math.sqrt(0.3987) / 2) - 1);
    expect(truth).toBeCloseTo(24.78, 2);
    const joint = jointOf(
      [zero(x.length), { name: "invest", netValue: worth }],
      factors.slice(0, 5).map((column, index) => continuous(`f${index}`, column.map(Math.exp))),
    );
    expect(joint.amount - truth).toBeGreaterThan(-0.24 - 2 * joint.standardError);
    expect(joint.amount - truth).toBeLessThan(0.05 + 2 * joint.standardError);
  });

  test("sums, products and choices among three (V03, V06, V08, V15)", () => {
    near(jointOf([zero(x.length), { name: "sum", netValue: x.map((amount, draw) => amount + 2 * y[draw]) }], named), 0.8920620580763856);
    near(
      jointOf([zero(x.length), { name: "product", netValue: x.map((amount, draw) => amount * y[draw]) }], named.slice(0, 2)),
      0.3183098861837907,
    );
    const three = [x, y, z].map((netValue, index) => ({ name: `a${index}`, netValue }));
    near(jointOf(three, named.slice(0, 2)), 0.6810370721753108);
    near(jointOf(three, named), 0.8462843753216345);
    near(jointOf(three.slice(0, 2), named.slice(0, 2)), 0.5641895835477563);
  });

  test("three numbers that decide only together: a product of three, by closed form", () => {
    const uniforms = [0, 1, 2].map((dimension) => sobolColumn(dimension, sharding));
    const asked = uniforms.map((column, index) => continuous(`u${index}`, column));
    const noise = normals(sobolColumn(3, sharding));
    // Centred on 0 none of them, and no two, says anything; all three are worth E|8 product| / 2 = (1/2)^3 / 2.
    const centred = noise.map((amount, draw) => 8 * uniforms.reduce((product, u) => product * (u[draw] - 0.5), 1) + 0.3 * amount);
    const together = jointOf([zero(centred.length), { name: "product", netValue: centred }], asked);
    near(together, 1 / 16);
    expect(together.standardError).toBeLessThan(0.002);
    const two = jointOf([zero(centred.length), { name: "product", netValue: centred }], asked.slice(0, 2));
    expect(Math.abs(two.amount)).toBeLessThan(0.002);
    // A product of three uniforms has density (ln w)^2 / 2, so that above 0.2 it is worth 0.03419; the surface loses at most 1.5% of it.
    const above = noise.map((amount, draw) => uniforms.reduce((product, u) => product * u[draw], 1) - 0.2 + 0.3 * amount);
    const call = jointOf([zero(above.length), { name: "call", netValue: above }], asked);
    const log = Math.log(0.2);
    const truth = 1 / 8 - 0.01 * (log * log - log + 0.5) - 0.2 * (1 - 0.1 * (log * log - 2 * log + 2));
    expect(truth).toBeCloseTo(0.03419, 5);
    expect(call.amount - truth).toBeGreaterThan(-0.015 * truth - 2 * call.standardError);
    expect(call.amount - truth).toBeLessThan(2 * call.standardError);
  });

  test("discrete answers are exact groups, also where three of them decide only together", () => {
    const coins = [0, 1, 2].map((dimension) => sobolColumn(dimension + 30, sharding).map((uniform) => Number(uniform < 0.5)));
    const parity = coins[0].map((coin, draw) => ((coin + coins[1][draw] + coins[2][draw]) % 2 === 1 ? 1 : -1));
    const alternatives = [zero(parity.length), { name: "odd", netValue: parity }];
    const joint = jointOf(
      alternatives,
      coins.map((coin, index) => discrete(`c${index}`, coin)),
    );
    expect(joint.method).toBe("exactGroups");
    near(joint, 0.5);
    expect(
      jointOf(
        alternatives,
        coins.slice(0, 2).map((coin, index) => discrete(`c${index}`, coin)),
      ).amount,
    ).toBeLessThan(0.01);
  });

  test("a number beside a yes/no: every answer has its own surface", () => {
    const coin = sobolColumn(30, sharding).map((uniform) => Number(uniform < 0.5));
    const bet = x.map((amount, draw) => (coin[draw] === 1 ? amount : -amount));
    const joint = jointOf(
      [zero(x.length), { name: "bet", netValue: bet }],
      [continuous("x", x), discrete("coin", coin), continuous("y", y)],
    );
    expect(joint.method).toBe("surface");
    near(joint, 0.3989422804014327);
  });
});

test("[JOINT2] 0 <= one <= two <= three discrete questions <= evpi, and the crossed estimate is no larger", () => {
  const small = { shards: 4, shardSize: 16 };
  const amounts = fc
    .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 64, maxLength: 64 })
    .map((column) => Float64Array.from(column));
  const answers = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 64, maxLength: 64 }).map((column) => Float64Array.from(column));
  fc.assert(
    fc.property(fc.array(amounts, { minLength: 1, maxLength: 3 }), answers, answers, answers, (columns, a, b, c) => {
      const alternatives = columns.map((netValue, index) => ({ name: `alternative ${index}`, netValue }));
      const group = [a, b, c].map((column, index) => discrete(`q${index}`, column));
      const worths = [1, 2, 3].map((size) => jointOf(alternatives, group.slice(0, size), small));
      expect(worths[0].amount).toBeCloseTo(evppi(alternatives, group[0], small).amount, 9);
      expect(worths[1].amount).toBeGreaterThanOrEqual(worths[0].amount - 1e-9);
      expect(worths[2].amount).toBeGreaterThanOrEqual(worths[1].amount - 1e-9);
      expect(evpi(alternatives, small).amount).toBeGreaterThanOrEqual(worths[2].amount - 1e-9);
      for (const worth of worths) expect(worth.lowerBound.amount).toBeLessThanOrEqual(worth.amount + 1e-9);
    }),
    { seed: 5, numRuns: 60 },
  );
});

test("[JOINT2] larger groups of numbers are worth no less within error, and a group of nothing stays inside its floor", () => {
  const columns = Array.from({ length: 4 }, (_, dimension) => normals(sobolColumn(dimension, sharding)));
  const noise = normals(sobolColumn(9, sharding));
  const decision = stakes(
    [
      zero(noise.length),
      { name: "bet", netValue: noise.map((amount, draw) => columns.reduce((sum, column) => sum + column[draw], amount)) },
    ],
    sharding,
  );
  const group = columns.map((column, index) => continuous(`q${index}`, column));
  const worths = [1, 2, 3, 4].map((size) => evppiJoint(decision, questionGroup(group.slice(0, size), sharding)));
  worths.slice(1).forEach((worth, index) => expect(worth.amount).toBeGreaterThan(worths[index].amount - 2 * worth.standardError));
  worths.forEach((worth, index) => near(worth, Math.sqrt(index + 1) * 0.3989422804014327));
  const dummies = Array.from({ length: 12 }, (_, dimension) => sobolColumn(dimension + 40, sharding, 3));
  const idle = [20, 21, 22].map((dimension) => continuous(`n${dimension}`, sobolColumn(dimension, sharding)));
  const nothing = evppiJoint(decision, questionGroup(idle, sharding, dummies));
  expect(nothing.perDummy.length).toBe(3);
  expect(nothing.amount).toBeLessThan(3 * nothing.floor + 3 * nothing.standardError);
  expect(nothing.lowerBound.amount).toBeLessThan(3 * nothing.lowerBound.standardError);
});
