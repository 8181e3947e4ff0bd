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
  return runOf({ ...open, plan: completePlan(open, calibrated).plan }, calibrated);
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
