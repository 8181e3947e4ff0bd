import { exp } from "@watershed/probability";
import { fastestSite, fastestUse } from "./fastest-use.ts";
import { fieldProblems } from "./known-fields.ts";
import { isWhollyOpen } from "./open-run.ts";
import { predict, siteOf } from "./predict.ts";
import { isFarOff } from "./site.ts";
import type { MeasuredRun } from "./site.ts";
import type { Plan, PlanField } from "./plan.ts";
import type { MemoryParts, Prediction, Range, StepParts } from "./prediction.ts";
import type { LabProblem } from "./problem.ts";
import { readRun, undealt } from "./read-run.ts";
import type { ReadRun } from "./read-run.ts";
import { batchProblems } from "./usual-batch.ts";

/** Bands of the figures of an answer, by their names in it. */
export type AnswerRanges = Record<
  "tflopsPerChip" | "tflopsPerChipFullAttention" | "mfu" | "mfuFullAttention" | "hfu" | "tokensPerSecond" | "memoryBytes",
  Range
>;

/** The answer to one row: null where the row could not be predicted, and then `problems` says why. */
export interface RowAnswer {
  id: string;
  stepSeconds: number | null;
  /** The middle 80%. */
  stepSecondsLow: number | null;
  stepSecondsHigh: number | null;
  /** Model TFLOP/s per chip, causal attention counted half; and with attention counted whole. */
  tflopsPerChip: number | null;
  tflopsPerChipFullAttention: number | null;
  mfu: number | null;
  mfuFullAttention: number | null;
  hfu: number | null;
  tokensPerSecond: number | null;
  memoryBytes: number | null;
  memoryCapacityBytes: number | null;
  /** Left over on the fullest stage; negative where it does not fit. */
  memoryMarginBytes: number | null;
  memoryParts: MemoryParts | null;
  fits: boolean | null;
  bytesShort: number | null;
  parts: StepParts | null;
  /** The middle 80% of every figure above, `memoryBytes` by its stated error, and of every part. */
  ranges: AnswerRanges | null;
  partRanges: Prediction["partRanges"] | null;
  plan: Plan | null;
  chosen: PlanField[];
  problems: LabProblem[];
}

/** Rows of a file: one row, a list, or `{ rows: [...] }`. */
export function rowsOf(content: unknown): { rows: unknown[]; list: boolean } {
  if (Array.isArray(content)) return { rows: content, list: true };
  const { rows } = (content ?? {}) as { rows?: unknown };
  return Array.isArray(rows) ? { rows, list: true } : { rows: [content], list: false };
}

/** Measured rows of a site; what keeps any of them from being used, and a warning of those that are far from what was to be expected. */
export function readSite(content: unknown): { site: MeasuredRun[]; problems: LabProblem[] } {
  const read = rowsOf(content).rows.map(readWhole);
  // what a row leaves wholly open is completed as it is predicted
  const measured = read.map((row) => (isWhollyOpen(row.printed) ? fastestSite([row]) : siteOf([row])));
  const problems = read.flatMap((row, index) => {
    const at = `rows[${index}].measured.step_s`;
    const unmeasured: LabProblem[] = row.measuredStepSeconds === undefined ? [{ code: "missing", severity: "error", at, params: {} }] : [];
    const farOff = measured[index].filter((run) => isFarOff(run)).map((run) => farOffProblem(run, at));
    return [...row.problems.filter(({ severity }) => severity === "error"), ...unmeasured, ...farOff];
  });
  return { site: measured.flat(), problems };
}

function farOffProblem({ estimate, logError }: MeasuredRun, at: string): LabProblem {
  const [expected, given] = [estimate.seconds, estimate.seconds * exp(logError)].map((seconds) => Number(seconds.toPrecision(3)));
  return { code: "measuredFarOff", severity: "warning", at, params: { given, expected, times: Number(exp(logError).toPrecision(2)) } };
}

/** Predicts one row in the format of the published runs. A row that says nothing of its split is predicted by the best plan that a search finds. */
export function answerRow(row: unknown, site: MeasuredRun[] = []): RowAnswer {
  const read = readWhole(row);
  const { aiModel, cluster, printed, software, problems } = read;
  if (!aiModel || !cluster || problems.some(({ severity }) => severity === "error")) return { ...unanswered, id: read.id, problems };
  const open = { aiModel, cluster, printed, software };
  if (!isWhollyOpen(printed)) return answerOf(read, predict(open, { site }), cluster.chips);
  const { prediction, chips } = fastestUse(open, site);
  return answerOf(read, prediction, chips);
}

/** A row with what is told of fields that nothing reads. */
function readWhole(row: unknown): ReadRun {
  const read = readRun(row);
  return { ...read, problems: [...fieldProblems(row), ...read.problems] };
}

const unanswered: Omit<RowAnswer, "id" | "problems"> = {
  stepSeconds: null,
  stepSecondsLow: null,
  stepSecondsHigh: null,
  tflopsPerChip: null,
  tflopsPerChipFullAttention: null,
  mfu: null,
  mfuFullAttention: null,
  hfu: null,
  tokensPerSecond: null,
  memoryBytes: null,
  memoryCapacityBytes: null,
  memoryMarginBytes: null,
  memoryParts: null,
  fits: null,
  bytesShort: null,
  parts: null,
  ranges: null,
  partRanges: null,
  plan: null,
  chosen: [],
};

function answerOf({ id, problems, cluster, printed, aiModel }: ReadRun, prediction: Prediction, chips: number): RowAnswer {
  const { memory, chosen, plan } = prediction;
  const { sequenceLength } = aiModel!;
  const choices = chosen.map((field): LabProblem => ({
    code: "chosen",
    severity: "note",
    at: `plan.${printedNames[field] ?? field}`,
    params: { taken: shown(plan, field) },
  }));
  return {
    id,
    stepSeconds: prediction.stepSeconds,
    stepSecondsLow: prediction.stepSecondsLow,
    stepSecondsHigh: prediction.stepSecondsHigh,
    tflopsPerChip: prediction.flopsPerSecondPerChip / 1e12,
    tflopsPerChipFullAttention: ((prediction.flopsPerSecondPerChip / 1e12) * prediction.mfuFullAttention) / prediction.mfu,
    mfu: prediction.mfu,
    mfuFullAttention: prediction.mfuFullAttention,
    hfu: prediction.hfu,
    tokensPerSecond: prediction.tokensPerSecond,
    memoryBytes: memory.totalBytes,
    memoryCapacityBytes: memory.capacityBytes,
    memoryMarginBytes: memory.marginBytes,
    memoryParts: memory.parts,
    fits: memory.fits,
    bytesShort: memory.bytesShort,
    parts: prediction.parts,
    ranges: rangesOf(prediction),
    partRanges: prediction.partRanges,
    plan,
    chosen,
    problems: [
      ...problems,
      ...(isWhollyOpen(printed) ? [searchedNote(plan)] : []),
      ...(chips < cluster!.chips ? [{ code: "chosen", severity: "note", at: "chips.count", params: { taken: chips } } as const] : []),
      ...choices,
      ...undealtBatch(plan, problems),
      ...batchProblems(printed.globalBatchSize, { sequences: plan.globalBatchSize, sequenceLength, chips }),
      ...prediction.problems.map((one) => ({ ...one, params: { ...one.params, chip: cluster!.accelerator.id } })),
    ],
  };
}

/** A batch that the copies of the plan, where these had to be chosen, cannot share out: each then has a part of a sequence, which nobody trains. */
function undealtBatch({ globalBatchSize, dataParallel, microbatchSize }: Plan, told: LabProblem[]): LabProblem[] {
  if (globalBatchSize % (dataParallel * microbatchSize) === 0 && Number.isInteger(microbatchSize)) return [];
  return told.some(({ at }) => at === "plan.gbs") ? [] : [undealt(globalBatchSize, dataParallel)];
}

function searchedNote({ tensorParallel, pipelineParallel, dataParallel, expertParallel }: Plan): LabProblem {
  const taken = `tp ${tensorParallel}, pp ${pipelineParallel}, dp ${dataParallel}${expertParallel > 1 ? `, ep ${expertParallel}` : ""}`;
  return { code: "planSearched", severity: "note", at: "plan", params: { taken } };
}

function rangesOf({ ranges, mfu, mfuFullAttention }: Prediction): AnswerRanges {
  const { flopsPerSecondPerChip, ...others } = ranges;
  const teraflops = (factor: number): Range => ({
    low: (flopsPerSecondPerChip.low * factor) / 1e12,
    high: (flopsPerSecondPerChip.high * factor) / 1e12,
  });
  return { ...others, tflopsPerChip: teraflops(1), tflopsPerChipFullAttention: teraflops(mfuFullAttention / mfu) };
}

/** The names that rows have for the fields of a plan. */
const printedNames: Partial<Record<PlanField, string>> = {
  tensorParallel: "tp",
  pipelineParallel: "pp",
  expertParallel: "ep",
  microbatchSize: "mbs",
  globalBatchSize: "gbs",
  recomputation: "recompute",
  interleaving: "vpp",
  sharding: "zero",
  precision: "precision",
};

function shown(plan: Plan, field: PlanField): string | number {
  const percent = (share: number): string => `${Math.round(100 * share)}%`;
  if (field === "recomputation" && plan.recomputedShare > 0) {
    const rest = plan.recomputation === "full" ? "" : `${plan.recomputation} + `;
    return plan.recomputedShare === 1 ? "full" : `${rest}full on ${percent(plan.recomputedShare)}`;
  }
  if (field === "recomputation" && plan.offloadedShare) return `${plan.recomputation} + offload on ${percent(plan.offloadedShare)}`;
  const taken = plan[field];
  return typeof taken === "number" || typeof taken === "string" ? taken : JSON.stringify(taken);
}
