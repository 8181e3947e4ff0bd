import { describe, expect, test } from "vitest";
import { answerRow } from "./answer.ts";
import { calibrated } from "./calibration.ts";
import { estimateStep } from "./complete-plan.ts";
import type { Estimate } from "./complete-plan.ts";
import { memoryPrediction } from "./memory.ts";
import { readRun } from "./read-run.ts";

function estimateOf(row: Parameters<typeof readRun>[0]): Estimate {
  const { aiModel, cluster, printed, software } = readRun(row);
  return estimateStep({ aiModel: aiModel!, cluster: cluster!, printed, software }, calibrated);
}

function estimate(chip: string, plan: Record<string, unknown>, software = "Megatron-Bridge 25.11"): Estimate {
  return estimateOf({ model: { name: "Llama 3/3.1 70B" }, chips: { name: chip, count: 64 }, plan, software });
}

test("[LAB22] activations that find no room wait in the host's memory where a fast link leads there, and are computed again elsewhere", () => {
  const plan = { fsdp: 64, mbs: 2, gbs: 128, precision: "fp8" };
  const lent = estimate("GB200", plan);
  expect(lent.plan.offloadedShare).toBeGreaterThan(0);
  expect(lent.parts.recomputationSeconds).toBe(0);
  expect(memoryPrediction(lent.run).fits).toBe(true);
  for (const other of [
    estimate("B200", plan),
    estimate("GB200", plan, "Megatron-LM 2024-06"),
    estimate("GB200", { ...plan, fsdp: 0, pp: 2, tp: 1, mbs: 4 }),
  ]) {
    expect(other.plan.offloadedShare ?? 0).toBe(0);
    expect(other.plan.recomputedShare).toBeGreaterThan(0);
  }
});

test("[LAB22] a microbatch is never more than a rank's share of the batch", () => {
  const { plan } = estimate("H100-80GB", { fsdp: 64, mbs: 3, gbs: 128 });
  expect(plan.microbatchSize).toBe(2);
});

describe("what is shared out where a row does not tell", () => {
  const opt = { model: { name: "OPT-175B" }, chips: { name: "A100-80GB", count: 992 } };
  const plan = { tp: 8, dp: 124, gbs: 992, precision: "fp16" };

  // 147 TFLOP/s with recomputation counted, as the OPT paper (arXiv 2205.01068) reports.
  test("[LAB75] is what the stack's name says", () => {
    const { plan: taken, ranges, fits, problems } = answerRow({ ...opt, plan, software: "2021-11 metaseq" });
    expect(taken!.sharding).toBe(3);
    expect(fits).toBe(true);
    expect(ranges!.hfu.low).toBeLessThan(147 / 312);
    expect(ranges!.hfu.high).toBeGreaterThan(147 / 312);
    expect(problems.map(({ at }) => at)).not.toContain("plan.zero");
  });

  test("[LAB75] is as much as makes room for what a chip keeps from step to step, and is named", () => {
    const untold = answerRow({ ...opt, plan, software: "2021-11" });
    expect(untold.plan!.sharding).toBe(2);
    expect(untold.problems).toContainEqual(expect.objectContaining({ code: "chosen", at: "plan.zero", params: { taken: 2 } }));
    expect(untold.problems).toContainEqual(expect.objectContaining({ code: "chosen", at: "plan.recompute", params: { taken: "full" } }));
    // told is told, also where it cannot have been
    const told = answerRow({ ...opt, plan: { ...plan, zero: 1 }, software: "2021-11" });
    expect(told.plan!.sharding).toBe(1);
    expect(told.fits).toBe(false);
    // and what fits as the stack has it stays
    expect(estimate("H100-80GB", { tp: 8, pp: 4, gbs: 128 }, "2024-06").plan.sharding).toBe(1);
  });

  test("[LAB76] stays within a pod of TPUs where that leaves room", () => {
    const ranks = (model: string, chips: number): number =>
      estimateOf({ model: { name: model }, chips: { name: "TPUv6e", count: chips }, plan: { gbs: 1024 }, software: "MaxText 2025-01" }).plan
        .shardingRanks;
    expect(ranks("Llama 3/3.1 70B", 256)).toBe(256);
    expect(ranks("Llama 3/3.1 70B", 1024)).toBe(256);
    expect(ranks("Llama 3.1 405B", 512)).toBe(512);
  });
});

test("[LAB22] a plan that recomputes just enough fits to the byte", () => {
  const { run } = estimateOf({
    model: { name: "Llama 3.1 405B", seq: 131_072 },
    chips: { name: "H100-80GB", count: 16_384 },
    plan: { tp: 8, pp: 16, cp: 16, dp: 8, gbs: 128 },
    software: "2024 in-house",
  });
  const { fits, bytesShort, marginBytes } = memoryPrediction(run);
  expect(run.plan.recomputedShare).toBeGreaterThan(0);
  expect([fits, bytesShort]).toEqual([true, 0]);
  expect(marginBytes).toBeGreaterThanOrEqual(0);
});

describe("fewer sequences than ranks", () => {
  const row = (gbs: number, chips: number, software = "2025-01 MaxText") => ({
    model: { name: "Gemma 3 27B" },
    chips: { name: "TPU v5p", count: chips },
    plan: { gbs },
    software,
  });

  test("[LAB22] ranks share sequences where they can", () => {
    const { plan, problems } = answerRow(row(2048, 6144));
    expect(plan).toMatchObject({ contextParallel: 3, dataParallel: 2048, microbatchSize: 1 });
    expect(problems.map(({ code }) => code)).not.toContain("doesNotDivide");
  });

  test("[LAB22] and are told the nearest batch where they cannot", () => {
    const { problems } = answerRow(row(1000, 1024));
    expect(problems).toContainEqual({
      code: "doesNotDivide",
      severity: "warning",
      at: "plan.gbs",
      params: { given: 1000, rule: "batchInMicrobatches", of: 1024, nearest: 1024 },
    });
  });
});
