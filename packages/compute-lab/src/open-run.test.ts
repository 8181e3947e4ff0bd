import { expm1, log } from "@watershed/probability";
import { describe, expect, test } from "vitest";
import { answerRow } from "./answer.ts";
import { calibratedWithout } from "./calibration.ts";
import { withHabits } from "./open-run.ts";
import { planSpace } from "./plan-space.ts";
import { publishedRuns, readingOf, triesEveryPlan } from "./published-runs.ts";
import { readRun } from "./read-run.ts";
import { softwareOf } from "./software.ts";
import { bandFactor, logSpread, spreadWithout } from "./spread.ts";
import { withoutSplit } from "./without-split.fixture.ts";

function habits(software: string, plan: Record<string, unknown> = {}): ReturnType<typeof withHabits>["printed"] {
  const row = { model: { name: "Llama 3/3.1 70B" }, chips: { name: "A100-80GB", count: 64 }, plan: { gbs: 64, ...plan }, software };
  const { aiModel, cluster, printed, software: stack } = readRun(row);
  return withHabits({ aiModel: aiModel!, cluster: cluster!, printed, software: stack }).printed;
}

describe("a run that tells nothing of its split", () => {
  test("is sharded as users of PyTorch's and JAX's stacks do, and recomputed as before May 2022", () => {
    expect(habits("2024-06 torchtitan")).toMatchObject({ sharding: 3, pipelineParallel: 1 });
    expect(habits("2024 LLM Foundry")).toMatchObject({ sharding: 3, tensorParallel: 1 });
    expect(habits("2024-06 torchtitan", { tp: 8 }).sharding).toBeUndefined();
    expect(habits("2021-04 Megatron-LM").recomputation).toBe("full");
    expect(habits("2021-04 Megatron-LM", { recompute: "none" }).recomputation).toBe("none");
    expect(habits("2024-04 Megatron-LM").recomputation).toBeUndefined();
  });

  const hidden = publishedRuns
    .filter(({ group, stepSeconds }) => stepSeconds !== undefined && !triesEveryPlan(group) && readingOf(group) !== 2)
    .map((run) => {
      const { aiModel, cluster, printed, software } = readRun(run);
      const estimate = withoutSplit({ aiModel: aiModel!, cluster: cluster!, printed, software }, calibratedWithout(run.group));
      return { experts: aiModel!.experts !== null, error: log(run.stepSeconds! / estimate.seconds), estimate, s: spreadWithout(run.group) };
    });

  test("has a band that holds three quarters or more of the runs of papers never seen, as it would not hold without its own spread", () => {
    const held = (told: boolean): number =>
      hidden.filter(
        ({ error, estimate, s }) => Math.abs(error) <= bandFactor * logSpread(told ? { ...estimate, open: false } : estimate, true, s),
      ).length / hidden.length;
    expect(held(false)).toBeGreaterThan(0.75);
    expect(held(false)).toBeLessThan(0.9);
    expect(held(true)).toBeLessThan(0.75);
  });

  test("is predicted within a seventh at the dense mean", () => {
    const dense = hidden.filter(({ experts }) => !experts);
    expect(dense.reduce((sum, { error }) => sum + Math.abs(expm1(-error)), 0) / dense.length).toBeLessThan(1 / 7);
  });

  test("[LAB76] PaLM's step lies in the band when nothing but its batch is told, and its tensor group is a multiple of three", () => {
    const published = publishedRuns.find(({ id }) => id === "palm-540b")!;
    const { plan, stepSecondsLow, stepSecondsHigh } = answerRow({ ...published, plan: { gbs: 2048 }, software: "2022-01 T5X, Pathways" });
    expect(plan!.tensorParallel % 3).toBe(0);
    expect(plan!.shardingRanks).toBeLessThan(plan!.dataParallel);
    expect(stepSecondsLow).toBeLessThan(published.stepSeconds!);
    expect(stepSecondsHigh).toBeGreaterThan(published.stepSeconds!);
  });

  test("[LAB75] what Megatron cannot share out yet is not searched", () => {
    const { aiModel, cluster } = readRun({ model: { name: "Llama 3/3.1 70B" }, chips: { name: "H100-80GB", count: 64 } });
    const sharding = (software: string) => planSpace(aiModel!, cluster!, 128, {}, softwareOf(software)).sharding;
    expect(sharding("2021-04 Megatron-LM")).toEqual([0]);
    expect(sharding("NeMo 24.09")).toEqual([1]);
    expect(sharding("Megatron-Bridge 25.11")).toEqual([1, 2, 3]);
    expect(sharding("2024-06 torchtitan")).toEqual([1, 2, 3]);
  });

  // 106 s: 384 chips at 150 TFLOP/s, as the BLOOM paper (2022) reports with full recomputation.
  test("BLOOM's step lies in the band when nothing but its batch is told", () => {
    const bloom = { layers: 70, hidden: 14_336, heads: 112, ffn: 57_344, gated_ffn: false, vocab: 250_880, seq: 2048 };
    const { stepSecondsLow, stepSecondsHigh } = answerRow({
      model: bloom,
      chips: { name: "A100-80GB", count: 384 },
      plan: { gbs: 2048 },
      software: "2022-03 Megatron-DeepSpeed",
    });
    expect(stepSecondsLow).toBeLessThan(106);
    expect(stepSecondsHigh).toBeGreaterThan(106);
  });
});
