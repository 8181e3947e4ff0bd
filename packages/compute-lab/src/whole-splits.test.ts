import { expect, test } from "vitest";
import { answerRow } from "./answer.ts";
import { calibrated } from "./calibration.ts";
import { estimateStep } from "./complete-plan.ts";
import { memoryPrediction } from "./memory.ts";
import { planSpace } from "./plan-space.ts";
import { readRun } from "./read-run.ts";
import { searchPlans } from "./search.ts";

const read = (row: object) => {
  const { aiModel, cluster, printed, software } = readRun(row);
  return { aiModel: aiModel!, cluster: cluster!, printed, software };
};
const planOf = (row: object) => estimateStep(read(row), calibrated).plan;
const deepSeek = { model: { name: "DeepSeek-V3" }, chips: { name: "H100", count: 256 }, software: "NeMo 25.09" };
const llama = { model: { name: "Llama 2 70B" }, chips: { name: "H100", count: 64 }, software: "NeMo 24.09" };

test.each([{ pp: 8, dp: 8 }, { dp: 64 }, { dp: 16 }, { pp: 4 }, { tp: 4, dp: 8 }, { pp: 2, dp: 4, mbs: 1, gbs: 128 }])(
  "[LAB66] whatever is printed of a split (%j), what is chosen uses the chips once",
  (plan) => {
    const { tensorParallel, contextParallel, pipelineParallel, dataParallel } = planOf({ ...llama, plan });
    expect(tensorParallel * contextParallel * pipelineParallel * dataParallel).toBe(64);
    expect(answerRow({ ...llama, plan }).mfu!).toBeLessThan(0.8);
  },
);

test("[LAB66] among splits that are not printed those are taken that deal out whole microbatches of the batch", () => {
  const { dataParallel, microbatchSize, globalBatchSize } = planOf({
    ...llama,
    chips: { name: "H100", count: 200 },
    plan: { mbs: 2, gbs: 80 },
  });
  expect(microbatchSize).toBe(2);
  expect(globalBatchSize % (dataParallel * microbatchSize)).toBe(0);
});

test("[LAB66] experts cannot be shared out among more chips than there are in a stage", () => {
  const row = { model: { name: "DeepSeek-V3" }, chips: { name: "H100", count: 64 }, software: "2025" };
  const problems = (plan: object) => readRun({ ...row, plan }).problems.filter(({ severity }) => severity === "error");
  expect(problems({ tp: 1, pp: 1, ep: 256 })).toMatchObject([{ code: "productNotChips", at: "plan.ep", params: { nearest: 64 } }]);
  expect(problems({ tp: 1, pp: 4, ep: 64 })).toMatchObject([{ code: "productNotChips", at: "plan.ep", params: { nearest: 16 } }]);
  expect(problems({ tp: 1, pp: 4, ep: 16 })).toEqual([]);
  // and where the stages do not divide the chips, that is told once
  expect(problems({ tp: 2, pp: 5 })).toMatchObject([{ code: "productNotChips", at: "plan.tp", params: { nearest: 8 } }]);
});

test("[LAB66] a last stage that works on a large vocabulary does not spare the others filling and draining: more vocabulary is never faster", () => {
  const row = {
    chips: { name: "H100", count: 512 },
    software: "NeMo 24.09",
    plan: { tp: 2, pp: 32, dp: 8, ep: 8, mbs: 1, gbs: 64, precision: "bf16" },
  };
  const seconds = [32_000, 64_000, 128_000, 256_000].map(
    (vocab) => estimateStep(read({ ...row, model: { name: "Qwen3-30B-A3B", vocab } }), calibrated).seconds,
  );
  expect(seconds.toSorted((one, other) => one - other)).toEqual(seconds);
});

test("[LAB66] more layers of one kind than layers are refused, and a split of a number beyond counting is answered at once", () => {
  expect(readRun({ ...llama, model: { name: "DeepSeek-V3", dense_layers: 100 } }).problems).toMatchObject([
    { code: "doesNotDivide", at: "model.dense_layers", params: { given: 100, nearest: 61 } },
  ]);
  const huge = readRun({ ...llama, chips: { name: "H100", count: Number.MAX_SAFE_INTEGER }, plan: { tp: 8, pp: 1 } });
  expect(huge.problems.map(({ code }) => code)).toContain("productNotChips");
});

test.each([undefined, "NeMo 24.09", "2022-02 Megatron-DeepSpeed"])(
  "[LAB66] what a search for %s finds is what the same plan is predicted to take, fastest first",
  (software) => {
    const question = read({ ...llama, software, plan: { precision: "bf16" } });
    const space = planSpace(question.aiModel, question.cluster, 256, question.printed, question.software);
    const { plans } = searchPlans({ ...question, space }, { keep: 10 });
    expect(plans.length).toBeGreaterThan(4);
    for (const { plan, seconds } of plans)
      expect(estimateStep({ ...question, printed: plan }, calibrated).seconds / seconds).toBeCloseTo(1, 9);
    expect(plans.map(({ seconds }) => seconds).toSorted((one, other) => one - other)).toEqual(plans.map(({ seconds }) => seconds));
  },
);

test("[LAB69] a search keeps what is printed and cannot be varied: copies side by side, dispatch, formats, what is hidden", () => {
  const search = (plan: object) => {
    const { aiModel, cluster, printed, software } = read({ ...deepSeek, plan });
    return searchPlans({ aiModel, cluster, software, space: planSpace(aiModel, cluster, 2048, printed) }).plans;
  };
  const free = search({ precision: "bf16" });
  for (const { plan } of search({ dp: 8 })) expect(plan.dataParallel).toBe(8);
  const told = { gradients: "bf16", optimizer: "adamw in bf16", dispatcher: "alltoall", routing: "learned", overlap: "ep" };
  const [first] = search(told);
  expect(first.plan).toMatchObject({ gradientBytes: 2, optimizerBytes: 4, expertDispatch: "plain", routing: "learned" });
  expect(first.plan.overlap.expert).toBe(true);
  expect(search({ optimizer: "adamw in bf16" })[0].seconds).toBeLessThan(free[0].seconds);
  expect(search({ routing: "learned" })[0].seconds).toBeGreaterThan(free[0].seconds);
});

test("[LAB68] an optimizer in BF16 keeps a third of what Adam in FP32 does, and gradients in two bytes, so that less is computed again", () => {
  const row = { ...deepSeek, software: "torchtitan 2025-06", plan: { tp: 1, pp: 1, ep: 64, zero: 3, mbs: 1, gbs: 512 } };
  const [usual, narrow] = [undefined, "adamw in bf16"].map((optimizer) =>
    estimateStep(read({ ...row, plan: { ...row.plan, optimizer } }), calibrated),
  );
  const [wide, less] = [usual, narrow].map(({ run }) => memoryPrediction(run).parts);
  expect(less.optimizerBytes / wide.optimizerBytes).toBeCloseTo(1 / 3, 6);
  expect(less.gradientBytes / wide.gradientBytes).toBeCloseTo(1 / 2, 6);
  expect(narrow.plan.recomputedShare).toBeLessThan(usual.plan.recomputedShare);
  expect(narrow.parts.optimizerSeconds / usual.parts.optimizerSeconds).toBeCloseTo(14 / 30, 6);
});
