import fc from "fast-check";
import { expect, test } from "vitest";
import { mixedSplit, shareUnits } from "./mixed.ts";

test("units are shared so that no other split finishes earlier, against every split of small cases", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 1, maxLength: 3 }),
      (units, speeds) => {
        const { counts, finish } = shareUnits(units, speeds);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(units);
        const best = Math.min(
          ...splits(units, speeds.length).map((split) => Math.max(...split.map((count, machine) => count / speeds[machine]))),
        );
        expect(finish).toBeCloseTo(best, 12);
      },
    ),
  );
});

test("by hand: 8,000 A100 at 150 and 2,000 H100 at 450 TFLOP/s", () => {
  const groups = [
    { chips: 8000, flopsPerSecondPerChip: 150e12 },
    { chips: 2000, flopsPerSecondPerChip: 450e12 },
  ];
  // 1.2 + 0.9 EF: equal shares give 10,000 at 150; seven units split four to three without loss
  const { naive, byBatches, byLayers } = mixedSplit(groups, { microbatches: 70, layers: 126 });
  expect(naive).toBeCloseTo(2.1 / 1.5, 12);
  expect(byBatches).toEqual({ slowdown: expect.closeTo(1, 12), microbatches: [40, 30] });
  expect(byLayers).toEqual({ slowdown: expect.closeTo(1, 12), layers: [72, 54] });
});

test("no split beats the sum of speeds, and finer units lose no more than one unit", () => {
  const group = fc.record({
    chips: fc.integer({ min: 1, max: 10_000 }),
    flopsPerSecondPerChip: fc.double({ min: 1e13, max: 1e15, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(group, { minLength: 1, maxLength: 4 }), fc.integer({ min: 4, max: 512 }), (groups, units) => {
      const { naive, byBatches } = mixedSplit(groups, { microbatches: units, layers: units });
      expect(naive).toBeGreaterThanOrEqual(1 - 1e-12);
      expect(byBatches.slowdown).toBeGreaterThanOrEqual(1 - 1e-12);
      expect(byBatches.slowdown).toBeLessThanOrEqual(1 + groups.length / units + 1e-9 + (groups.length - 1) / units);
    }),
  );
});

function splits(units: number, machines: number): number[][] {
  if (machines === 1) return [[units]];
  return Array.from({ length: units + 1 }, (_, first) => splits(units - first, machines - 1).map((rest) => [first, ...rest])).flat();
}
