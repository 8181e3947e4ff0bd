import { expect, test } from "vitest";
import { answerRow } from "./answer.ts";
import { calibrated } from "./calibration.ts";
import { estimateStep } from "./complete-plan.ts";
import { planSpace } from "./plan-space.ts";
import { readRun } from "./read-run.ts";
import { searchPlans } from "./search.ts";
import { batchProblems, mostUsualTokens, usualTokens } from "./usual-batch.ts";

test("[LAB36] a batch that is not given is eight thousand tokens per chip, at least a million, at most thirty-two million on 16,384 chips", () => {
  expect([8, 128, 2048, 8192, 16_384].map((chips) => usualTokens(chips) / 1e6)).toEqual([1, 1.048576, 16.777216, 32, 32]);
  // six times the chips: 6 to the power of 0.3271 is 1.797
  expect(usualTokens(98_304) / 32e6).toBeCloseTo(1.797, 3);
  expect(mostUsualTokens(98_304)).toBeLessThan(62.9e6);
});

test("[LAB36] lies between half and four times the batches of published whole trainings", () => {
  expect(16.8e6 / usualTokens(16_384)).toBeGreaterThan(0.5); // Llama 3 405B
  expect((15_360 * 4096) / usualTokens(2048)).toBeLessThan(4); // DeepSeek-V3
});

test("[LAB36] the answer says where the cap binds, what it leaves each chip, and nothing where a batch is given", () => {
  const on = (count: number, plan: object) =>
    answerRow({
      model: "Llama 3.1 405B",
      chips: { name: "H100", count },
      plan: { precision: "bf16", tp: 8, pp: 16, ...plan },
      software: "2024-06 megatron",
    });
  const told = (count: number, plan: object = {}) => on(count, plan).problems.filter(({ code }) => code === "batchCapped");
  expect(told(2048)).toEqual([]);
  expect(told(16_384, { gbs: 2048 })).toEqual([]);
  const [capped] = told(16_384);
  expect(capped).toMatchObject({ at: "plan.gbs", severity: "note" });
  expect(capped.params.perChip).toBeLessThan(2100);
  expect(Number(capped.params.taken) * 8192).toBe(capped.params.tokens);
  expect(batchProblems(undefined, { sequences: 1, sequenceLength: 8192, chips: 3906 })).toEqual([]);
});

test("[LAB37] a row that says nothing of its split is predicted by the plan that a search finds, and says so; a row with a plan is not", () => {
  const row = (plan: object) => ({
    model: "DeepSeek-V3",
    chips: { name: "H800", count: 2048 },
    plan: { precision: "fp8", ...plan },
    software: "2024-12 in-house",
  });
  const open = answerRow(row({}));
  const { aiModel, cluster, printed, software } = readRun(row({}));
  const space = planSpace(aiModel!, cluster!, open.plan!.globalBatchSize, printed, software);
  const [best] = searchPlans({ aiModel: aiModel!, cluster: cluster!, software, space }, { keep: 1 }).plans;
  expect(open.stepSeconds).toBeCloseTo(best.seconds, 9);
  expect(open.problems).toContainEqual(expect.objectContaining({ code: "planSearched", at: "plan" }));
  // fewer days than by the conventions of stacks alone, and nearer to the 54 of the report
  const byRules = estimateStep({ aiModel: aiModel!, cluster: cluster!, printed, software }, calibrated);
  const days = (seconds: number, sequences: number) => 14.8e12 / ((sequences * 4096) / seconds) / 86_400;
  expect(days(open.stepSeconds!, open.plan!.globalBatchSize)).toBeLessThan(days(byRules.seconds, byRules.plan.globalBatchSize));
  expect(answerRow(row({ pp: 16 })).problems.filter(({ code }) => code === "planSearched")).toEqual([]);
});
