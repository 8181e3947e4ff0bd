import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { llama3Interruptions, reportedGoodputs } from "./failures-published.ts";
import { componentShares, unseenFleetRate, medianRate } from "./failures-rates.ts";
import { failures } from "./failures.ts";

describe("published interruptions", () => {
  test("the table sums to 419, 78 % of it hardware or its hosts, one in 50,676 chip-hours", () => {
    const { rows, chips, days } = llama3Interruptions;
    const total = rows.reduce((sum, { count }) => sum + count, 0);
    expect(total).toBe(419);
    expect((chips * days * 24) / total / 50_676).toBeCloseTo(1, 4);
    const hardware = rows.filter(({ kind }) => kind === "hardware").reduce((sum, { count }) => sum + count, 0);
    expect(Math.abs(hardware / total - 0.78)).toBeLessThan(0.02);
  });

  test("shares of components sum to one, and hosts of four bring twice as much of a host's failures per chip", () => {
    const [eight, four] = [componentShares(8), componentShares(4)];
    for (const { shares } of [eight, four]) expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(eight.rateFactor).toBe(1);
    expect(four.rateFactor).toBeCloseTo((419 + 48) / 419, 12); // 48 interruptions of the table came with hosts
  });

  test("an unseen fleet's median is between the best and the worst published", () => {
    const chipHours = 1 / medianRate(unseenFleetRate());
    expect(chipHours).toBeGreaterThan(11_000);
    expect(chipHours).toBeLessThan(83_000);
  });
});

describe("failures of a job", () => {
  test("the 80 % band holds what three of four runs reported, two as 'over 90 %'; OPT-175B lost more than failures cost", () => {
    const held = reportedGoodputs.map(({ run, chips, atLeast, about, restart, fleet }) => {
      const { low, high } = failures({ chips: [chips], restart, fleet }).rows[0].goodput;
      return { run, held: atLeast !== undefined ? high > atLeast : about! >= low && about! <= high };
    });
    expect(held.filter((row) => !row.held).map(({ run }) => run)).toEqual(["OPT-175B"]);
    // its 44 % counts runs given up for diverging losses, which no rate of failures knows: the band ends 13 points above
    const { low } = failures({ chips: [992], restart: "manual", fleet: "opt-175b" }).rows[0].goodput;
    expect(low - 0.44).toBeGreaterThan(0.1);
    expect(low - 0.44).toBeLessThan(0.15);
  });

  test("goodput falls and spares grow with chips, in every end of the band", () => {
    const { rows, problems } = failures({ chips: [1000, 3000, 10_000, 30_000, 100_000], chipHours: 2.664e6 });
    expect(problems).toEqual([]);
    for (let row = 1; row < rows.length; row++)
      for (const end of ["low", "amount", "high"] as const) {
        expect(rows[row].goodput[end]).toBeLessThan(rows[row - 1].goodput[end]);
        expect(rows[row].spareHosts[end]).toBeGreaterThanOrEqual(rows[row - 1].spareHosts[end]);
        expect(rows[row].hoursBetweenInterruptions[end]).toBeLessThan(rows[row - 1].hoursBetweenInterruptions[end]);
      }
    expect(rows[0].days!.low).toBeGreaterThan(2.664e6 / 24 / 1000);
  });

  test("every figure has a unit, an ordered band and a source", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), fc.integer({ min: 1, max: 72 }), (chips, chipsPerHost) => {
        const { rows } = failures({ chips: [chips], chipsPerHost, chipHours: 1e6 });
        for (const figure of Object.values(rows[0]).filter((entry) => typeof entry === "object")) {
          expect(figure.unit).not.toBe("");
          expect(figure.sources.length).toBeGreaterThan(0);
          expect(figure.low).toBeLessThanOrEqual(figure.amount);
          expect(figure.amount).toBeLessThanOrEqual(figure.high);
        }
      }),
      { numRuns: 10 },
    );
  });

  test("the team's own record replaces the published fleets", () => {
    const { rows } = failures({ chips: [16_384], chipHoursPerInterruption: 50_676, checkpointSeconds: 60, restartSeconds: 900 });
    expect(rows[0].hoursBetweenInterruptions.amount).toBeCloseTo(3.09, 2);
    expect(Math.abs(rows[0].goodput.amount - 0.83)).toBeLessThan(0.002);
    expect(rows[0].goodput.high - rows[0].goodput.low).toBeLessThan(1e-12);
  });

  test("wrong input names the field, the rule and what would do", () => {
    const codes = (question: Parameters<typeof failures>[0]) => failures(question).problems.map(({ code, at }) => `${at} ${code}`);
    expect(codes({ chips: [] })).toEqual(["chips missing"]);
    expect(codes({ chips: [0, 2.5, 1e9] })).toEqual(["chips notPositive", "chips notWhole", "chips outOfRange"]);
    expect(codes({ chips: [8], fleet: "llama" })).toEqual(["fleet unknownName"]);
    expect(codes({ chips: [8], restartSeconds: -1, chipHours: NaN, chipHoursPerInterruption: 0 })).toEqual([
      "chipHoursPerInterruption notPositive",
      "restartSeconds outOfRange",
      "chipHours notPositive",
    ]);
    expect(failures({ chips: [0] }).rows).toEqual([]);
  });
});
