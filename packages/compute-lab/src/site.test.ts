import { expect, test } from "vitest";
import { calibrated } from "./calibration.ts";
import { estimateStep } from "./complete-plan.ts";
import { readRun } from "./read-run.ts";
import { isFarOff, measuredRun, siteCorrection } from "./site.ts";
import { logSpread } from "./spread.ts";

const { aiModel, cluster, printed, software } = readRun({
  model: { name: "GPT-3 175B" },
  chips: { name: "A100-80GB", count: 512 },
  plan: { tp: 8, pp: 8, dp: 8, mbs: 1, gbs: 512, recompute: "full", precision: "bf16" },
  software: "NeMo 24.01",
});
const estimate = estimateStep({ aiModel: aiModel!, cluster: cluster!, printed, software }, calibrated);
const shiftBy = (logError: number): number =>
  siteCorrection([measuredRun(estimate, true, estimate.seconds * Math.exp(logError))], estimate, true).shift;

test("[LAB43] the same run measured moves its prediction nearly all the way, and narrows its band", () => {
  expect(shiftBy(0.05)).toBeGreaterThan(0.045);
  expect(shiftBy(0.05)).toBeLessThanOrEqual(0.05);
  const { spread } = siteCorrection([measuredRun(estimate, true, estimate.seconds)], estimate, true);
  expect(spread).toBeLessThan(logSpread(estimate, true) / 2);
});

test("[LAB47] a surprise moves a prediction in proportion, and the band widens where it is greater than errors are, up to a slip of the pen", () => {
  const deviation = logSpread(estimate, true);
  const spreadAfter = (logError: number): number =>
    siteCorrection([measuredRun(estimate, true, estimate.seconds * Math.exp(logError))], estimate, true).spread;
  expect(shiftBy(2 * deviation)).toBeCloseTo(2 * shiftBy(deviation), 10);
  expect(shiftBy(-10 * deviation)).toBeCloseTo(-10 * shiftBy(deviation), 10);
  // (4 + surprise squared) / (4 + 1 row), once the floor of 2% is passed
  expect(spreadAfter(10 * deviation) / spreadAfter(6 * deviation)).toBeCloseTo(Math.sqrt((4 + 100) / (4 + 36)), 10);
  expect(spreadAfter(10 * deviation)).toBeGreaterThan(2 * spreadAfter(deviation));
  const run = (logError: number) => measuredRun(estimate, true, estimate.seconds * Math.exp(logError));
  expect([3, -3, 3.1, -3.1].map((times) => isFarOff(run(times * deviation)))).toEqual([false, false, true, true]);
});
