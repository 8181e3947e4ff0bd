import { expect, test } from "vitest";
import { calibrated } from "./calibration.ts";
import { completePlan } from "./complete-plan.ts";
import { layerSeconds } from "./layer.ts";
import { layerActivationBytes } from "./memory.ts";
import { readRun } from "./read-run.ts";
import { runOf } from "./run.ts";
import type { Run } from "./run.ts";

/** Megatron 22B on one node of eight A100, microbatch 4, as in Korthikanti 2022, table 4. */
function korthikanti(recompute: string, sp: boolean, name = "Megatron 22B", mbs = 4): Run {
  const { aiModel, cluster, printed, software } = readRun({
    model: { name },
    chips: { name: "A100-80GB", count: 8 },
    plan: { tp: 8, pp: 1, dp: 1, mbs, gbs: mbs, recompute, sp, precision: "fp16", zero: 0 },
    software: "2022-05 Megatron-LM",
  });
  const open = { aiModel: aiModel!, cluster: cluster!, printed, software };
  return runOf({ ...open, plan: completePlan(open, calibrated) }, calibrated);
}

test.each([
  ["none", false, 19.6],
  ["none", true, 19.0],
  ["full", false, 27.2],
  ["selective", false, 20.9],
  ["selective", true, 20.3],
])("[LAB4] a layer with recomputation %s, sequence parallelism %s takes %d ms", (recompute, sp, milliseconds) => {
  expect(Math.abs((1000 * layerSeconds(korthikanti(recompute, sp), false).total) / milliseconds - 1)).toBeLessThan(0.1);
});

test.each(["Megatron 22B", "GPT-3 175B", "MT-NLG 530B", "Megatron 1T"])(
  "[LAB3] %s keeps the activations that Korthikanti 2022 counts",
  (name) => {
    const t = 8;
    const of = (recompute: string, sp: boolean): number => {
      const run = korthikanti(recompute, sp, name, 1);
      const { sequenceLength: s, hidden: h } = run.model;
      return layerActivationBytes(run, false) / (s * h);
    };
    const { heads: a, sequenceLength: s, hidden: h } = korthikanti("none", false, name, 1).model;
    expect(of("none", false)).toBeCloseTo(10 + 24 / t + (5 * a * s) / (h * t), 6);
    expect(of("none", true)).toBeCloseTo(34 / t + (5 * a * s) / (h * t), 6);
    expect(of("selective", true)).toBeCloseTo(34 / t, 6);
    expect(of("full", false)).toBeCloseTo(2, 6);
  },
);

test("[LAB59] a hidden size across the lines of memory, or heads of a crooked width, cost what BigScience measured", () => {
  const secondsPerFlop = (hidden: number, heads: number, chip = "A100-80GB"): number => {
    const { aiModel, cluster, printed, software } = readRun({
      model: { name: "trial", layers: 80, hidden, heads, ffn: 4 * hidden, gated_ffn: false, vocab: 250_880, seq: 2048 },
      chips: { name: chip, count: 320 },
      plan: { tp: 8, pp: 10, dp: 4, mbs: 2, gbs: 2048, recompute: "full", precision: "fp16", zero: 1, schedule: "1f1b" },
      software: "2022-02 Megatron-DeepSpeed",
    });
    const open = { aiModel: aiModel!, cluster: cluster!, printed, software };
    const run = runOf({ ...open, plan: completePlan(open, calibrated) }, calibrated);
    return layerSeconds(run, false).total / hidden ** 2;
  };
  // 14,400 over eight ranks leaves 1,800, and 64 heads of 225; 13,824 leaves 1,728 and heads of 216: 100.43 against 127.38 TFLOP/s
  const slower = secondsPerFlop(14_400, 64) / secondsPerFlop(13_824, 64);
  expect(Math.abs(slower / (127.38 / 100.43) - 1)).toBeLessThan(0.1);
  expect(secondsPerFlop(13_824, 128)).toBeGreaterThan(1.1 * secondsPerFlop(13_824, 64)); // heads of 108
});
