import { expect, test } from "vitest";
import { calibrated } from "./calibration.ts";
import { estimateStep } from "./complete-plan.ts";
import type { Estimate } from "./complete-plan.ts";
import { memoryPrediction } from "./memory.ts";
import { readRun } from "./read-run.ts";

function estimate(chip: string, plan: Record<string, unknown>, software = "Megatron-Bridge 25.11"): Estimate {
  const {
    aiModel,
    cluster,
    printed,
    software: stack,
  } = readRun({
    model: { name: "Llama 3/3.1 70B" },
    chips: { name: chip, count: 64 },
    plan,
    software,
  });
  return estimateStep({ aiModel: aiModel!, cluster: cluster!, printed, software: stack }, calibrated);
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
