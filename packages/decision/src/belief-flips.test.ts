import { describe, expect, test } from "vitest";
import { beliefFlips, logOddsApart, shiftFlips } from "./belief-flips.ts";
import { exactRows, sobolColumn } from "./draws.fixture.ts";
import { normalQuantile } from "@watershed/probability";

const one = { shards: 1, shardSize: 100 };

describe("[FLIP1] the smallest change of a belief in an event that changes the decision", () => {
  const event = exactRows([30, 70], [1, 0]);
  const line = (name: string, no: number, yes: number) => ({ name, netValue: event.map((answer) => (answer ? yes : no)) });

  test("three alternatives: pass below 20%, small from 20% to 50%, large above; today 30%", () => {
    // Small: -2 + 10 p, zero at 20%. Large: -10 + 26 p, equal to small at 50%.
    const flips = beliefFlips([line("pass", 0, 0), line("small", -2, 8), line("large", -10, 16)], { name: "q", event, belief: 0.3 }, one)!;
    expect(flips.best).toBe("small");
    expect(flips.down).toMatchObject({
      best: "pass",
      probability: { amount: expect.closeTo(0.2, 12) },
      change: { amount: expect.closeTo(-0.1, 12) },
    });
    expect(flips.up).toMatchObject({
      best: "large",
      probability: { amount: expect.closeTo(0.5, 12) },
      change: { amount: expect.closeTo(0.2, 12) },
    });
    expect(flips.lines).toMatchObject([{}, { alternative: "small", ifNo: { amount: -2 }, ifYes: { amount: 8 } }, {}]);
  });

  test("a decision that no belief changes has no flip, and one answer alone no line", () => {
    const flips = beliefFlips([line("pass", 0, 0), line("now", 1, 5)], { name: "q", event, belief: 0.3 }, one)!;
    expect([flips.best, flips.up, flips.down]).toEqual(["now", undefined, undefined]);
    expect(beliefFlips([line("pass", 0, 0)], { name: "q", event: new Float64Array(100), belief: 0 }, one)).toBeUndefined();
  });
});

describe("[FLIP2] the smallest shift of a number's belief that changes the decision", () => {
  const sharding = { shards: 8, shardSize: 4096 };
  const uniforms = sobolColumn(0, sharding);

  test("a logistic number moves as a whole: worth x - 2 with median 0 flips at a median of 2", () => {
    const column = uniforms.map((uniform) => Math.log(uniform / (1 - uniform)));
    const flips = shiftFlips(
      [
        { name: "pass", netValue: new Float64Array(column.length) },
        { name: "now", netValue: column.map((x) => x - 2) },
      ],
      column,
      sharding,
    );
    expect(flips.best).toBe("pass");
    expect(flips.down).toBeUndefined();
    expect(flips.up!.best).toBe("now");
    // A shift by s moves a logistic by s; the mean is the median. Far tails have no draws, hence a few hundredths.
    expect(Math.abs(flips.up!.shift.amount - 2)).toBeLessThan(3 * flips.up!.shift.standardError + 0.03);
    expect(Math.abs(flips.up!.median - 2)).toBeLessThan(3 * flips.up!.medianError + 0.03);
    expect(Math.abs(flips.median)).toBeLessThan(0.01);
    const middle = flips.curve.find(({ shift }) => shift === 0)!;
    expect(Math.abs(middle.netValues[1].amount + 2)).toBeLessThan(3 * middle.netValues[1].standardError + 1e-3);
  });

  test("both directions: paid inside a band, and never counts as the latest", () => {
    const column = uniforms.map((uniform) => (uniform > 0.8 ? Infinity : normalQuantile(uniform / 0.8)));
    const worth = column.map((x) => (Math.abs(x) < 1 ? 1 : -0.8));
    const flips = shiftFlips(
      [
        { name: "pass", netValue: new Float64Array(column.length) },
        { name: "now", netValue: worth },
      ],
      column,
      sharding,
    );
    expect(flips.best).toBe("now");
    expect([flips.up?.best, flips.down?.best]).toEqual(["pass", "pass"]);
    expect(flips.curve.at(-1)!.median).toBe(Infinity);
    expect(flips.curve.every(({ netValues }) => netValues.every(({ amount }) => Number.isFinite(amount)))).toBe(true);
  });
});

test("[FLIP3] changes of unlike beliefs are ordered by their log-odds", () => {
  expect(logOddsApart(0.5, 0.75)).toBeCloseTo(Math.log(3), 12);
  expect(logOddsApart(0.02, 0.05)).toBeGreaterThan(logOddsApart(0.5, 0.6));
});
