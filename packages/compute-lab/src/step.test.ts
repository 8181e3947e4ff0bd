import fc from "fast-check";
import { expect, test } from "vitest";
import { calibrated } from "./calibration.ts";
import { clusterOf } from "./cluster.ts";
import { acceleratorOf } from "./accelerator.ts";
import { secondsOf } from "./complete-plan.ts";
import { memoryPrediction } from "./memory.ts";
import type { Plan } from "./plan.ts";
import { readAiModel } from "./read-ai-model.ts";
import { runOf } from "./run.ts";
import { softwareOf } from "./software.ts";
import { stepParts } from "./step.ts";

const power = (least: number, most: number): fc.Arbitrary<number> => fc.integer({ min: least, max: most }).map((exponent) => 2 ** exponent);

const described = fc
  .record({
    name: fc.constantFrom("GPT-3 175B", "Llama 3/3.1 70B", "Qwen3-235B-A22B", "DeepSeek-V3"),
    chip: fc.constantFrom("A100-80GB", "H100-80GB", "GB200", "TPUv6e"),
    tensorParallel: power(0, 3),
    pipelineParallel: power(0, 3),
    dataParallel: power(1, 5),
    microbatchSize: power(0, 2),
    accumulation: power(0, 5),
    interleaving: power(0, 1),
    sharding: fc.constantFrom(0, 1, 2, 3) as fc.Arbitrary<Plan["sharding"]>,
    recomputation: fc.constantFrom("none", "selective", "full") as fc.Arbitrary<Plan["recomputation"]>,
  })
  .map((drawn) => {
    const aiModel = readAiModel({ name: drawn.name }).aiModel!;
    const chips = drawn.tensorParallel * drawn.pipelineParallel * drawn.dataParallel;
    const plan: Plan = {
      ...drawn,
      sequenceParallel: drawn.tensorParallel > 1,
      contextParallel: 1,
      schedule: "oneForwardOneBackward",
      expertParallel: aiModel.experts ? Math.min(8, drawn.dataParallel) : 1,
      expertTensorParallel: 1,
      expertDispatch: "fused",
      shardingRanks: drawn.dataParallel,
      globalBatchSize: drawn.dataParallel * drawn.microbatchSize * drawn.accumulation,
      recomputedShare: drawn.recomputation === "full" ? 1 : 0,
      precision: "bf16",
      overlap: { tensor: true, pipeline: true, data: true, expert: false },
    };
    return { aiModel, cluster: clusterOf(acceleratorOf(drawn.chip)!, chips), plan, software: softwareOf("NeMo 24.09") };
  });

const seconds = (run: Parameters<typeof runOf>[0]): number => secondsOf(stepParts(runOf(run, calibrated)));
const bytes = (run: Parameters<typeof runOf>[0]): number => memoryPrediction(runOf(run, calibrated)).totalBytes;

test("[LAB10] more bandwidth is never slower", () => {
  fc.assert(
    fc.property(described, fc.double({ min: 1, max: 8, noNaN: true }), (run, factor) => {
      const base = seconds(run);
      for (const rate of ["scaleUpBytesPerSecond", "scaleOutBytesPerSecond"] as const)
        expect(seconds({ ...run, cluster: { ...run.cluster, [rate]: run.cluster[rate] * factor } })).toBeLessThanOrEqual(
          base * (1 + 1e-12),
        );
    }),
  );
});

test("[LAB11] recomputation takes time and saves memory", () => {
  fc.assert(
    fc.property(described, (run) => {
      const of = (recomputation: Plan["recomputation"]): typeof run => ({
        ...run,
        plan: { ...run.plan, recomputation, recomputedShare: recomputation === "full" ? 1 : 0 },
      });
      expect(seconds(of("none"))).toBeLessThanOrEqual(seconds(of("selective")));
      expect(seconds(of("selective"))).toBeLessThanOrEqual(seconds(of("full")));
      expect(bytes(of("selective"))).toBeLessThanOrEqual(bytes(of("none")));
    }),
  );
});

test("[LAB12] memory falls with every stage of sharding; the bubble falls with microbatches and with interleaving", () => {
  fc.assert(
    fc.property(described, (run) => {
      const sharded = ([0, 1, 2] as const).map((sharding) => bytes({ ...run, plan: { ...run.plan, sharding } }));
      expect(sharded.toSorted((one, other) => other - one)).toEqual(sharded);
      const share = (change: Partial<Plan>): number => {
        const parts = stepParts(runOf({ ...run, plan: { ...run.plan, ...change } }, calibrated));
        return parts.pipelineBubbleSeconds / secondsOf(parts);
      };
      const accumulation = run.plan.globalBatchSize;
      expect(share({ globalBatchSize: accumulation * 2 })).toBeLessThanOrEqual(share({}) + 1e-12);
      expect(share({ interleaving: run.plan.interleaving * 2 })).toBeLessThanOrEqual(share({}) + 1e-12);
    }),
  );
});
