import * as fc from "fast-check";
import { expect, test } from "vitest";
import { binning, countsAt, levelOf, sortedInto } from "./binning.ts";
import { plainColumn } from "./draws.fixture.ts";

const sharding = { shards: 1, shardSize: 6400 };

test("[VOI4] a continuous question has 64, 32, 16, 8 and 4 bins of equal count", () => {
  const prepared = binning(plainColumn(0, sharding), { discrete: false });
  for (const [level, bins] of [64, 32, 16, 8, 4].entries())
    expect(Array.from(countsAt(prepared, level))).toEqual(Array<number>(bins).fill(6400 / bins));
});

test("[VOI2] a discrete question has one group per answer, in the order of the answers", () => {
  const prepared = binning(Float64Array.of(2, 0, 1, 0, 2, 2), { discrete: true });
  expect(Array.from(prepared.binOfDraw)).toEqual([2, 0, 1, 0, 2, 2]);
  expect(Array.from(prepared.counts)).toEqual([2, 1, 3]);
  expect(Array.from(prepared.from)).toEqual([0, 1, 2]);
});

test("[VOI5] an answer as heavy as a bin, and never, are groups of their own", () => {
  // A quarter exactly 0, three quarters uniform on (0, 1) but one draw that never happens.
  const column = plainColumn(1, sharding).map((chance) => (chance < 0.25 ? 0 : (chance - 0.25) / 0.75));
  column[17] = Infinity;
  const prepared = binning(column, { discrete: false });
  const zero = prepared.from.indexOf(0);
  expect(prepared.to[zero]).toBe(0);
  expect(prepared.counts[zero]).toBe(column.filter((answer) => answer === 0).length);
  expect(prepared.counts.at(-1)).toBe(1);
  expect(prepared.from.at(-1)).toBe(Infinity);
  const shown = countsAt(prepared, levelOf.bins32);
  // Between the two: three quarters of 32 bins.
  expect(shown.length).toBe(1 + 24 + 1);
});

test("[VOI5] equal answers are never parted, bins follow the order of the answers, levels nest", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 400 }), (answers) => {
      const column = Float64Array.from(answers);
      const { binOfDraw, levels, counts } = binning(column, { discrete: false });
      for (let a = 0; a < column.length; a++) {
        const next = (a * 7 + 3) % column.length;
        if (column[a] === column[next]) expect(binOfDraw[a]).toBe(binOfDraw[next]);
        else expect(Math.sign(binOfDraw[a] - binOfDraw[next])).not.toBe(Math.sign(column[next] - column[a]));
      }
      expect(counts.reduce((sum, count) => sum + count)).toBe(column.length);
      for (let fine = 1; fine < counts.length; fine++)
        for (const { binOfFine } of levels) expect(binOfFine[fine] - binOfFine[fine - 1]).toBeOneOf([0, 1]);
    }),
    { seed: 4 },
  );
});

test("[VOI4] further draws go where the edges of a pilot put them", () => {
  const pilot = plainColumn(0, { shards: 1, shardSize: 4096 }).map((uniform) => (uniform > 0.8 ? Infinity : uniform));
  const prepared = binning(pilot, { discrete: false });
  expect(sortedInto(prepared, pilot)).toEqual(prepared.binOfDraw);
  const last = prepared.counts.length - 1;
  expect(Array.from(sortedInto(prepared, Float64Array.of(-5, Infinity, 0.7999999)))).toEqual([0, last, last - 1]);
  const yes = binning(Float64Array.of(0, 1, 1, 0), { discrete: true });
  expect(Array.from(sortedInto(yes, Float64Array.of(1, 0, 1)))).toEqual([1, 0, 1]);
  expect(() => sortedInto(yes, Float64Array.of(NaN))).toThrow("not a number");
});
