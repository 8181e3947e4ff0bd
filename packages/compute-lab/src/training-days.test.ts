import { quantile } from "@watershed/probability";
import { describe, expect, test } from "vitest";
import wholeRuns from "../data/whole-runs.json" with { type: "json" };
import { trainingDays } from "./training-days.ts";
import type { TrainingRun } from "./training-days.ts";

const deepSeek = {
  row: {
    model: { name: "DeepSeek-V3" },
    chips: { name: "H800", count: 2048 },
    plan: { tp: 1, pp: 16, ep: 64, gbs: 15_360, precision: "fp8", schedule: "DualPipe", recompute: "selective" },
    software: "2024 in-house",
  },
  tokens: 14.8e12,
};
const llama3 = {
  row: {
    model: { name: "Llama 3.1 405B" },
    chips: { name: "H100-80GB", count: 16_384 },
    plan: { precision: "bf16" },
    software: "2024-04 Megatron",
  },
  tokens: 15.6e12,
};

/** Whole trainings: how much longer they took than steps and failures explain, and the predicted spread of those. */
const taken = wholeRuns.rows.map(({ row, tokens, restart, days }) => {
  const found = trainingDays({ row, tokens, restart: restart as "automatic", pure: true }).forecast!.days;
  return { error: Math.log(days / found.amount), spread: Math.log(found.high / found.low) / (2 * 1.2816) };
});

/** Mean of the errors, and their deviation beyond what the predictions expect of themselves, for a run not among them. */
function overheadOf(rows: typeof taken): { logMean: number; logStandardDeviation: number } {
  const logMean = rows.reduce((sum, { error }) => sum + error, 0) / rows.length;
  const variance = rows.reduce((sum, { error }) => sum + (error - logMean) ** 2, 0) / (rows.length - 1);
  const own = rows.reduce((sum, { spread }) => sum + spread ** 2, 0) / rows.length;
  return { logMean, logStandardDeviation: Math.sqrt(Math.max(0, variance - own) * (1 + 1 / rows.length)) };
}

const forecastOf = (run: TrainingRun) => trainingDays(run).forecast!;

describe("what a calendar adds", () => {
  test("is learned from nine whole trainings: the stored figures are theirs to 0.06", () => {
    const { logMean, logStandardDeviation } = overheadOf(taken);
    expect(Math.abs(logMean - wholeRuns.overhead.logMean)).toBeLessThan(0.06);
    expect(Math.abs(logStandardDeviation - wholeRuns.overhead.logStandardDeviation)).toBeLessThan(0.06);
  });

  test("with each training left out in turn, the 80 % band holds seven to nine of the nine", () => {
    const held = taken.filter((row) => {
      const { logMean, logStandardDeviation } = overheadOf(taken.filter((other) => other !== row));
      return Math.abs(row.error - logMean) < 1.2816 * Math.hypot(logStandardDeviation, row.spread);
    });
    expect(held.length).toBeGreaterThanOrEqual(7);
  });

  test("without it steps and failures alone are too short for most", () => {
    expect(taken.filter(({ error }) => error > 0).length).toBeGreaterThanOrEqual(6);
  });
});

describe("days of whole trainings", () => {
  test("the 80 % bands hold what DeepSeek-V3 (54.2 days) and Llama 3 405B (78 days of 16,384 chips) took", () => {
    for (const [run, took] of [
      [deepSeek, 54.2],
      [llama3, 30.84e6 / 24 / 16_384],
    ] as const) {
      const { low, high } = forecastOf(run).days;
      expect(low).toBeLessThan(took);
      expect(high).toBeGreaterThan(took);
    }
  });

  test("GPT-3.5's estimated compute on a thousand A100 with the software of 2022: the band holds the 214 days of pure computing at 45 % of the peak", () => {
    const { days } = forecastOf({
      row: {
        model: { name: "GPT-3 175B" },
        chips: { name: "A100-80GB", count: 1024 },
        plan: { tp: 8, pp: 8, mbs: 1, recompute: "selective", precision: "bf16" },
        software: "2022-05 Megatron",
      },
      tokens: 2.5e12,
    });
    expect(days.low).toBeLessThan(214);
    expect(days.high).toBeGreaterThan(214);
  });

  test("the distribution runs through the band", () => {
    const { days, distribution } = forecastOf(deepSeek);
    expect(quantile(distribution, 0.5)).toBeCloseTo(days.amount, 6);
    expect(quantile(distribution, 0.9) / quantile(distribution, 0.1)).toBeCloseTo(days.high / days.low, 6);
  });

  test("a count that splits badly trains on a rounder one and says so", () => {
    const { forecast, problems } = trainingDays({ ...deepSeek, row: { ...deepSeek.row, chips: { name: "H800", count: 10_000 } } });
    expect(forecast!.chips).toBeLessThan(10_000);
    expect(forecast!.chips % 16).toBe(0);
    expect(problems.filter(({ code, at }) => code === "chosen" && at === "chips.count")).toMatchObject([
      { params: { taken: forecast!.chips } },
    ]);
  });

  test("[LAB34] a plan that is not described is searched: DeepSeek-V3's 54.2 days lie in the band of its steps and failures, and no description is slower", () => {
    const open = { ...deepSeek, pure: true, row: { ...deepSeek.row, plan: { precision: "fp8", gbs: 15_360 } } };
    const { days } = forecastOf(open);
    expect(days.low).toBeLessThan(54.2);
    expect(days.high).toBeGreaterThan(54.2);
    for (const plan of [
      { tp: 2, pp: 16 },
      { tp: 1, pp: 16, ep: 16 },
      { tp: 4, pp: 8, ep: 32, mbs: 1 },
    ])
      expect(forecastOf({ ...open, row: { ...open.row, plan: { ...open.row.plan, ...plan } } }).days.amount).toBeGreaterThanOrEqual(
        0.995 * days.amount,
      );
  });

  test("more failures, people who restart by hand, and a thin link between sites all take longer", () => {
    const base = forecastOf(llama3).days.amount;
    expect(forecastOf({ ...llama3, chipHoursPerInterruption: 5000 }).days.amount).toBeGreaterThan(base);
    expect(forecastOf({ ...llama3, restart: "manual" }).days.amount).toBeGreaterThan(base);
    const thin = forecastOf({ ...llama3, sites: { count: 2, gigabits: 100 } });
    expect(thin.days.amount).toBeGreaterThan(2 * base);
    expect(thin.siteShare.amount).toBeLessThan(0.5);
    expect(forecastOf({ ...llama3, sites: { count: 2, gigabits: 100, localSteps: 100 } }).days.amount).toBeLessThan(1.3 * base);
  });

  test("what cannot be trained is a problem, and so is what is not described", () => {
    expect(
      trainingDays({ ...deepSeek, row: { ...deepSeek.row, chips: { name: "H800", count: 16 }, plan: { precision: "fp8" } } }).problems,
    ).toMatchObject([{ code: "doesNotFit", severity: "error" }]);
    expect(trainingDays({ ...llama3, tokens: 0 }).problems.map(({ code, at }) => `${at} ${code}`)).toEqual(["tokens notPositive"]);
    expect(trainingDays({ ...llama3, row: {} }).forecast).toBeUndefined();
  });
});
