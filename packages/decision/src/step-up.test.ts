import { expect, test } from "vitest";
import { breakEvenStepUp } from "./break-even.ts";
import { exactRows, normals, plainColumn } from "./draws.fixture.ts";
import { laterNetValue, type LaterTerms } from "./investing-later.ts";
import { investingNetValue } from "./investing.ts";
import { breakEvenStepUpOfWait } from "./step-up.ts";
import { waitFor } from "./wait-for.ts";
import type { KnownQuestion } from "./waiting-sequence.ts";

const today = 20000;

function termsOf(exitValue: Float64Array, more: Partial<LaterTerms> = {}): LaterTerms {
  const day = (date: number): Float64Array => new Float64Array(exitValue.length).fill(date);
  return {
    ticket: 60,
    preMoney: 120,
    newMoney: 0,
    retention: 1,
    exitValue,
    exitDate: day(today + 3000),
    triggerDate: day(today + 365),
    deadline: today + 700,
    discountProceeds: 0.9,
    discountTicket: 0.95,
    ...more,
  };
}

function stepUps(
  terms: LaterTerms,
  known: KnownQuestion[],
  access: number | Float64Array,
  other: Float64Array,
  sharding: { shards: number; shardSize: number },
) {
  const at = (preMoney: LaterTerms["preMoney"]) => ({
    occasions: [
      {
        trigger: "t",
        triggerDate: terms.triggerDate,
        deadline: terms.deadline,
        netValueThen: laterNetValue({ ...terms, preMoney }),
        access,
        known,
      },
    ],
    today,
    keepsExpected: true,
  });
  const sequence = at(terms.preMoney);
  const range = { low: 0.05, high: 20, other };
  const question = {
    ...range,
    terms,
    access,
    priceToday: 60,
    worth: waitFor(sequence, sharding),
    netValueThen: sequence.occasions[0].netValueThen,
  };
  const learnedAgain = breakEvenStepUp({ ...range, waitAt: (stepUp) => waitFor(at(60 * stepUp), sharding).netValue }, sharding);
  return { atOnce: breakEvenStepUpOfWait(question, sharding)!, learnedAgain };
}

test("[WAIT15] a perfect signal: the step-up of the closed form", () => {
  // A fifth succeeds, worth 300, else nothing. 0.2 * 60 * (0.9 * 300 / (60 s) - 0.95) = 5 at s = 4.5 / (5 / 12 + 0.95).
  const success = exactRows([200, 800], [1, 0]);
  const known = [{ name: "success", column: success, knownAt: 0, discrete: true }];
  const other = new Float64Array(1000).fill(5);
  const { atOnce, learnedAgain } = stepUps(termsOf(success.map((yes) => 300 * yes)), known, 1, other, { shards: 1, shardSize: 1000 });
  expect(learnedAgain.reachable && learnedAgain.at.amount).toBeCloseTo(4.5 / (5 / 12 + 0.95), 9);
  expect(atOnce.reachable && atOnce.at.amount).toBeCloseTo(4.5 / (5 / 12 + 0.95), 4);
});

test("[WAIT15] one pass finds what learning anew at every price finds", () => {
  const sharding = { shards: 8, shardSize: 2048 };
  const [x, noise] = [normals(plainColumn(1, sharding)), normals(plainColumn(2, sharding))];
  const group = plainColumn(3, sharding).map((chance) => Math.floor(3 * chance));
  const exitValue = x.map((amount, draw) => 200 * Math.exp(0.6 * amount + 0.8 * noise[draw]) * (0.5 + group[draw]));
  const triggerDate = plainColumn(4, sharding).map((chance) => (chance < 0.7 ? today + 900 * chance : Infinity));
  const access = plainColumn(5, sharding).map((chance) => (chance < 0.6 ? 1 : 0));
  const preMoney = triggerDate.map((date) => (date < Infinity ? 90 * 1.1 ** ((date - today) / 365) : 90));
  const known: KnownQuestion[] = [
    { name: "x", column: x, knownAt: 0, discrete: false },
    { name: "group", column: group, knownAt: today + 300, discrete: true },
  ];
  const other = new Float64Array(8 * 2048).fill(20);
  const { atOnce, learnedAgain } = stepUps(termsOf(exitValue, { triggerDate, preMoney, newMoney: 30 }), known, access, other, sharding);
  if (!atOnce.reachable || !learnedAgain.reachable) throw new Error("both are reachable");
  expect(Math.abs(atOnce.at.amount / learnedAgain.at.amount - 1)).toBeLessThan(0.01);
  expect(Math.abs(atOnce.at.amount - learnedAgain.at.amount)).toBeLessThan(learnedAgain.at.standardError);
  expect(atOnce.at.standardError / learnedAgain.at.standardError).toBeGreaterThan(0.8);
  expect(atOnce.at.standardError / learnedAgain.at.standardError).toBeLessThan(1.25);
});

test("[WAIT15] ahead at any price, behind at any price, and terms that no pass can price", () => {
  const success = exactRows([500, 500], [1, 0]);
  const known = [{ name: "success", column: success, knownAt: 0, discrete: true }];
  const once = { shards: 2, shardSize: 500 };
  const exitValue = Float64Array.from({ length: 1000 }, (_, draw) => (draw % 2) * 90_000);
  const alternating = exitValue.map((amount) => (amount > 0 ? 1 : 0));
  const terms = termsOf(exitValue);
  const knows = [{ name: "success", column: alternating, knownAt: 0, discrete: true }];
  expect(stepUps(terms, knows, 1, new Float64Array(1000).fill(1), once).atOnce).toEqual({ reachable: false, side: "alwaysAhead" });
  expect(stepUps(terms, knows, 1, new Float64Array(1000).fill(1e9), once).atOnce).toEqual({ reachable: false, side: "alwaysBehind" });
  expect(
    stepUps({ ...terms, preference: { multiple: 1, participation: "none" } }, known, 1, new Float64Array(1000), once).atOnce,
  ).toBeUndefined();
});

test("[PAY1] terms of the later day are those of today where they are the same, draw by draw", () => {
  const exitValue = normals(plainColumn(1, { shards: 1, shardSize: 500 })).map((amount) => 200 * amount);
  const strategicWorth = exitValue.map((amount) => Math.abs(amount) / 50);
  for (const preference of [
    undefined,
    { multiple: 1, participation: "none" as const, ahead: 10 },
    { multiple: 2, participation: "full" as const },
    { multiple: 1, participation: "capped" as const, cap: 2 },
  ]) {
    const later = termsOf(exitValue, { preference, strategicWorth, discountTicket: 1 });
    const { exitDate: _exit, triggerDate: _trigger, deadline: _deadline, ...now } = later;
    const ofToday = investingNetValue({ ...now, ticket: 60 });
    const apart = laterNetValue(later).map((amount, draw) => Math.abs(amount - ofToday[draw]));
    expect(Math.max(...apart)).toBeLessThan(1e-12);
    const drawn = laterNetValue({ ...later, ticket: new Float64Array(500).fill(60) });
    expect(drawn).toEqual(laterNetValue(later));
  }
  const gone = laterNetValue(termsOf(exitValue, { exitDate: new Float64Array(500).fill(today) }));
  expect(new Set(gone)).toEqual(new Set([-60 * 0.95]));
  expect(() => laterNetValue(termsOf(exitValue, { ticket: 0 }))).toThrow("above zero");
});
