import { expect, test } from "vitest";
import { answerRow, readSite, rowsOf } from "./answer.ts";
import { gpt3Row as row } from "./gpt3-row.fixture.ts";
import { publishedRuns } from "./published-runs.ts";
import { readRun } from "./read-run.ts";

const problemsOf = (change: Record<string, unknown>): Record<string, unknown>[] =>
  readRun({ ...row, ...change }).problems.filter(({ severity }) => severity !== "note") as unknown as Record<string, unknown>[];

test("[LAB20] a wrong field is named with the rule and the nearest choice that would do", () => {
  const plan = row.plan;
  expect(problemsOf({ chips: { name: "A100-80GB", count: 0 } })).toMatchObject([{ code: "notPositive", at: "chips.count" }]);
  expect(problemsOf({ chips: { name: "A101", count: 8 } })).toMatchObject([{ code: "unknownChip", at: "chips.name" }]);
  expect(problemsOf({ chips: { count: 8 } })).toMatchObject([{ code: "missing", at: "chips.name" }]);
  expect(problemsOf({ model: { name: "GPT 5" } })[0]).toMatchObject({ code: "unknownName", at: "model.name" });
  expect(problemsOf({ plan: { ...plan, precision: "fp8" } })).toMatchObject([
    { code: "precisionNotOnChip", at: "plan.precision", params: { nearest: "bf16" } },
  ]);
  expect(problemsOf({ plan: { ...plan, pp: 7, dp: undefined } })[0]).toMatchObject({ code: "productNotChips", at: "plan.tp" });
  expect(problemsOf({ plan: { ...plan, tp: 16, pp: 96, dp: undefined } })[0]).toMatchObject({
    code: "productNotChips",
    params: { product: 1536, nearest: 512 },
  });
  expect(problemsOf({ chips: { name: "H100-80GB", count: 512 }, plan: { ...plan, precision: "nvfp4" } })).toMatchObject([
    { code: "precisionNotOnChip", params: { nearest: "fp8" } },
  ]);
  expect(problemsOf({ plan: { ...plan, pp: 128, dp: undefined, tp: 4 } })[0]).toMatchObject({
    code: "doesNotDivide",
    at: "plan.pp",
    params: { nearest: 96 },
  });
  expect(problemsOf({ plan: { ...plan, dp: 4 } })).toMatchObject([{ code: "productNotChips", at: "plan.dp", params: { nearest: 8 } }]);
  expect(problemsOf({ plan: { ...plan, tp: 1.5 } })[0]).toMatchObject({ code: "notWhole", at: "plan.tp" });
  expect(problemsOf({ plan: { ...plan, precision: "fp12" } })).toMatchObject([{ code: "unknownPrecision", at: "plan.precision" }]);
});

test("[LAB20] recomputation of a share of the layers is read in the words of stacks, and in the answer's own", () => {
  const shareOf = (recompute: string): unknown => readRun({ ...row, plan: { ...row.plan, recompute } }).printed;
  expect(shareOf("selective layer")).toMatchObject({ recomputation: "full", recomputedShare: 0.5 });
  expect(shareOf("every 4th layer")).toMatchObject({ recomputation: "full", recomputedShare: 0.25 });
  expect(shareOf("none + full on 30 %")).toMatchObject({ recomputation: "full", recomputedShare: 0.3 });
  expect(shareOf("selective op")).toMatchObject({ recomputation: "selective" });
  expect(shareOf("selective op")).not.toHaveProperty("recomputedShare");
  const [all, half] = ["full", "selective layer"].map((recompute) => answerRow({ ...row, plan: { ...row.plan, recompute } }));
  expect(half.parts!.recomputationSeconds / all.parts!.recomputationSeconds).toBeCloseTo(0.5, 9);
});

test("[LAB55] a row tells PyTorch's compiler by a field, by its notes or by its software", () => {
  const compiled = (change: object): boolean | null => readRun({ ...row, software: "2024-12 torchtitan", ...change }).software.compiled;
  expect(compiled({})).toBeNull();
  expect(compiled({ plan: { ...row.plan, compile: true } })).toBe(true);
  expect(compiled({ notes: "FSDP + torch.compile + Float8" })).toBe(true);
  expect(compiled({ software: "2024-12 torchtitan, eager", notes: "" })).toBe(false);
});

test("[LAB21] a row that cannot be predicted has nulls, never zero or NaN; one that can has finite figures", () => {
  const wrong = answerRow({ ...row, chips: { name: "A101", count: 8 } });
  expect(wrong).toMatchObject({ id: "a", stepSeconds: null, mfu: null, fits: null });
  for (const published of publishedRuns) {
    const answer = answerRow(published);
    if (answer.stepSeconds === null) expect(answer.problems.some(({ severity }) => severity === "error")).toBe(true);
    else {
      expect(answer.stepSecondsLow!).toBeLessThan(answer.stepSeconds);
      expect(answer.stepSecondsHigh!).toBeGreaterThan(answer.stepSeconds);
      const sum = Object.values(answer.parts!).reduce((total, part) => total + part, 0);
      expect(sum / answer.stepSeconds).toBeCloseTo(1, 9);
      expect(JSON.stringify({ ...answer, problems: [] })).not.toContain("null");
    }
  }
});

test("[LAB22] what a row does not print is chosen and named", () => {
  const { chosen, problems, plan } = answerRow({ ...row, plan: { tp: 8, pp: 8 }, software: undefined });
  expect(chosen).toEqual(["microbatchSize", "globalBatchSize", "recomputation", "precision", "interleaving"]);
  expect(problems.filter(({ code }) => code === "chosen").map(({ at }) => at)).toContain("plan.mbs");
  expect(problems.map(({ code }) => code)).toContain("noSoftware");
  expect(plan!.dataParallel).toBe(8);
});

test("[LAB23] without software the band is wider, with measured rows of the site it is narrower", () => {
  const width = (answer: ReturnType<typeof answerRow>): number => answer.stepSecondsHigh! / answer.stepSecondsLow!;
  expect(width(answerRow({ ...row, software: undefined }))).toBeGreaterThan(width(answerRow(row)));
  const { site } = readSite([{ ...row, measured: { step_s: answerRow(row).stepSeconds! * 1.1 } }]);
  expect(width(answerRow(row, site))).toBeLessThan(width(answerRow(row)));
  expect(answerRow(row, site).stepSeconds).toBeGreaterThan(answerRow(row).stepSeconds!);
  const at = (count: number): number =>
    width(answerRow({ ...row, chips: { ...row.chips, count }, plan: { tp: 8, pp: 8, mbs: 1, gbs: count } }));
  expect(at(65_536)).toBeGreaterThan(1.1 * at(4096));
});

test("[LAB26] every figure has its band: rates the step's, parts at least the step's, memory a seventh", () => {
  const answer = answerRow(row);
  const { ranges, partRanges, stepSeconds, stepSecondsLow, stepSecondsHigh, parts } = answer;
  const width = stepSecondsHigh! / stepSecondsLow!;
  for (const [name, { low, high }] of Object.entries(ranges!)) {
    const amount = answer[name as keyof typeof ranges & keyof typeof answer] as number;
    expect(low).toBeLessThan(amount);
    expect(high).toBeGreaterThan(amount);
    expect(high / low).toBeCloseTo(name === "memoryBytes" ? 1.15 ** 2 : width, 9);
  }
  expect(ranges!.mfu.high).toBeCloseTo((answer.mfu! * stepSeconds!) / stepSecondsLow!, 9);
  for (const [name, { low, high }] of Object.entries(partRanges!))
    if (parts![name as keyof typeof parts] > 0) expect(high / low).toBeGreaterThanOrEqual(width * (1 - 1e-12));
});

test("[LAB24] memory that is near the limit is told to be so, with what is left over", () => {
  for (const published of publishedRuns) {
    const { memoryBytes, memoryCapacityBytes, memoryMarginBytes, fits, problems } = answerRow(published);
    if (memoryBytes === null) continue;
    expect(memoryMarginBytes).toBeCloseTo(memoryCapacityBytes! - memoryBytes, 0);
    expect(problems.some(({ code }) => code === "fitsWithinError")).toBe(Math.abs(memoryMarginBytes!) < 0.15 * memoryCapacityBytes!);
    expect(problems.some(({ code }) => code === "doesNotFit")).toBe(!fits);
  }
});

test("[LAB25] of published runs, which all ran, nine in ten are told to fit, or to be within the error of memory", () => {
  const answers = publishedRuns.filter(({ stepSeconds }) => stepSeconds !== undefined).map((run) => answerRow(run));
  const told = answers.filter(({ fits, problems }) => fits || problems.some(({ code }) => code === "fitsWithinError"));
  expect(told.length / answers.length).toBeGreaterThan(0.9);
  expect(answers.filter(({ fits }) => fits).length / answers.length).toBeGreaterThan(0.9);
});

test("a file is a row, a list, or an object of rows", () => {
  expect(rowsOf(row)).toEqual({ rows: [row], list: false });
  expect(rowsOf([row, row]).list).toBe(true);
  expect(rowsOf({ rows: [row] })).toEqual({ rows: [row], list: true });
});

test("[LAB67] a plan's attention stands before the notes, the notes before the software's text; a word that means nothing is told", () => {
  const kernels = (plan: object, notes = "", software = "2024 Megatron-LM") =>
    readRun({ ...row, plan, notes, software }).software.attention;
  expect(kernels({ attention: "flash-2" })).toBe("flash2");
  expect(kernels({ attention: "unfused" }, "FlashAttention-2")).toBe("unfused");
  expect(kernels({}, "with FlashAttention-3", "2024 Megatron-LM, FlashAttention-2")).toBe("flash3");
  expect(kernels({}, "", "2024 Megatron-LM, FlashAttention-2")).toBe("flash2");
  expect(kernels({ attention: true })).toBe("flash");
  expect(kernels({})).toBeNull();
  expect(readRun({ ...row, plan: { attention: "conventional" } }).problems).toMatchObject([
    { code: "unknownWord", severity: "warning", at: "plan.attention" },
  ]);
});
