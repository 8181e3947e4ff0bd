import { acceleratorOf, nearestAccelerators } from "./accelerator.ts";
import type { Accelerator } from "./accelerator.ts";
import type { AiModel } from "./ai-model.ts";
import { clusterOf } from "./cluster.ts";
import type { Cluster } from "./cluster.ts";
import type { LabProblem } from "./problem.ts";
import { readAiModel } from "./read-ai-model.ts";
import { FieldReader } from "./read-fields.ts";
import { readDispatch, readPrintedPlan } from "./read-plan.ts";
import type { PrintedPlan } from "./read-plan.ts";
import { attentionIn, compiledIn, softwareOf } from "./software.ts";
import type { AttentionKernels, Software } from "./software.ts";

/** A row as far as it could be read; without error problems it has all that a prediction needs. */
export interface ReadRun {
  id: string;
  aiModel?: AiModel;
  cluster?: Cluster;
  printed: PrintedPlan;
  software: Software;
  /** Measured time of a step, where the row has one; used for calibration, never for a prediction. */
  measuredStepSeconds?: number;
  notes: string;
  problems: LabProblem[];
}

/** Reads one row in the format of the published runs: model, chips, plan, software. */
export function readRun(row: unknown, place = ""): ReadRun {
  const fields = new FieldReader(row, place);
  const { aiModel, problems: modelProblems } = readAiModel(fields.raw("model", "aiModel") ?? {});
  const { cluster, problems: chipProblems } = readCluster(fields.raw("chips", "cluster") ?? {});
  const { printed, software, notes, problems: ofPlan } = readPlanAndSoftware(fields);
  const problems = [...fields.problems, ...modelProblems, ...chipProblems, ...ofPlan];
  const consistent = aiModel && cluster ? [...problems, ...planProblems(printed, aiModel, cluster)] : problems;
  return {
    id: fields.text("id") ?? "",
    aiModel,
    cluster,
    printed,
    software,
    measuredStepSeconds: measuredStep(fields),
    notes,
    problems: consistent,
  };
}

/** The plan and the software of a row; what its notes tell counts for both. */
export function readPlanAndSoftware(fields: FieldReader): Pick<ReadRun, "printed" | "software" | "notes" | "problems"> {
  const planFields = new FieldReader(fields.raw("plan") ?? {}, "plan");
  const notes = fields.text("notes") ?? "";
  const printed = withNotes(readPrintedPlan(planFields), notes);
  const named = softwareOf(softwareText(fields));
  const told = planFields.flag("compile") ?? compiledIn(`${notes} ${planFields.text("overlap") ?? ""}`);
  const attention = planFields.words("attention", "flash, flash-2, flash-3, cudnn, splash, unfused", readAttention) ?? attentionIn(notes);
  const problems = [...planFields.problems];
  if (named.text === "") problems.push({ code: "noSoftware", severity: "note", at: "software", params: {} });
  return { printed, software: { ...named, compiled: told ?? named.compiled, attention: attention ?? named.attention }, notes, problems };
}

/** "flash", "FA2", "cudnn", "splash", "torch": kernels of attention under a field that is for them alone. */
function readAttention(words: string): AttentionKernels | undefined {
  if (/^(none|no|false|off|torch|eager|naive|standard|core)$|unfused|scores/i.test(words)) return "unfused";
  return (
    attentionIn(words.replace(/^flash[-_ ]?(?=v?\d$)/i, "FA")) ??
    (/cudnn|fused|splash|sdpa|xformers|triton|flash|^(true|yes|on)$/i.test(words) ? "flash" : undefined)
  );
}

/** What a source tells in its notes alone: that the experts' exchange is hidden, and how tokens are dispatched. */
function withNotes(printed: PrintedPlan, notes: string): PrintedPlan {
  const hidden = /all-?to-?all overlap|a2a overlap|overlap.*all-?to-?all/i.test(notes);
  const dispatcher = /dispatcher\s+([\w-]+)/i.exec(notes)?.[1];
  return {
    ...printed,
    ...(hidden && { overlap: { ...printed.overlap, expert: true } }),
    ...(dispatcher !== undefined && { expertDispatch: printed.expertDispatch ?? readDispatch(dispatcher) }),
  };
}

function softwareText(fields: FieldReader): string {
  const own = fields.text("software") ?? "";
  return /^see row$/i.test(own) ? (fields.text("software_era") ?? "") : own === "" ? (fields.text("software_era") ?? "") : own;
}

function measuredStep(fields: FieldReader): number | undefined {
  const of = (name: string): FieldReader => new FieldReader(fields.raw(name) ?? {}, name);
  return fields.positive("stepSeconds", "step_s") ?? of("measured").positive("step_s") ?? of("derived").positive("step_s");
}

/** Equal chips as a row describes them; `place` and `nameField` say where problems are told. */
export function readCluster(row: unknown, place = "chips", nameField = "name"): { cluster?: Cluster; problems: LabProblem[] } {
  const fields = new FieldReader(row, place);
  const name = fields.text("name", "accelerator", "chip");
  if (name === undefined) fields.tell("missing", nameField);
  const accelerator = name === undefined ? undefined : acceleratorOf(name);
  if (name !== undefined && !accelerator)
    fields.tell("unknownChip", nameField, { given: name, nearest: nearestAccelerators(name).join(", ") });
  if (fields.raw("count", "chips") === undefined) fields.tell("missing", "count");
  const count = fields.whole("count", "chips");
  if (!accelerator || count === undefined) return { problems: fields.problems };
  if (accelerator.confidence === "unverified" || accelerator.confidence === "announced")
    fields.tell("unverifiedChip", nameField, { given: accelerator.id, confidence: accelerator.confidence }, "note");
  const gigabits = fields.positive("scale_out_gbit_s_per_chip", "network_gbit_s");
  const cluster = clusterOf(accelerator, count, {
    scaleUpChips: fields.whole("scale_up_chips", "domain_chips"),
    scaleUpBytesPerSecond: scaled(fields.positive("scale_up_gb_s"), 1e9),
    scaleOutBytesPerSecond: scaled(gigabits, 1e9 / 8),
    oversubscription: fields.positive("oversubscription"),
  });
  return { cluster, problems: fields.problems };
}

function scaled(amount: number | undefined, factor: number): number | undefined {
  return amount === undefined ? undefined : amount * factor;
}

/** What a plan says that cannot be: splits that do not multiply out or divide, formats the chip lacks. */
export function planProblems(printed: PrintedPlan, model: AiModel, cluster: Cluster): LabProblem[] {
  const problems: LabProblem[] = [];
  const tell = (code: LabProblem["code"], at: string, params: LabProblem["params"], severity: LabProblem["severity"] = "error"): void =>
    void problems.push({ code, severity, at: `plan.${at}`, params });
  const { tensorParallel: tensor = 1, pipelineParallel: pipeline = 1, contextParallel: context = 1, dataParallel: data } = printed;
  const product = tensor * pipeline * context;
  if (cluster.chips % product !== 0)
    tell("productNotChips", "tp", { product, chips: cluster.chips, nearest: nearestDivisor(cluster.chips, product) });
  else if (data !== undefined && !leavesWhole(printed, cluster.chips / (product * data)))
    tell("productNotChips", "dp", { product: product * data, chips: cluster.chips, nearest: cluster.chips / product });
  if (model.heads % tensor !== 0) divide("tp", tensor, model.heads, "heads");
  const chunks = pipeline * (printed.interleaving ?? 1);
  if (pipeline > model.layers) divide("pp", pipeline, model.layers, "layers");
  else if (chunks > model.layers + 2) divide("vpp", printed.interleaving ?? 1, Math.floor(model.layers / pipeline), "layersOfStage");
  else if (model.layers % pipeline !== 0)
    tell(
      "doesNotDivide",
      "pp",
      { given: pipeline, rule: "layers", of: model.layers, nearest: nearestDivisor(model.layers, pipeline) },
      "warning",
    );
  const experts = model.experts?.count;
  if (experts !== undefined && experts % (printed.expertParallel ?? 1) !== 0) divide("ep", printed.expertParallel!, experts, "experts");
  const groups = (printed.expertParallel ?? 1) * (printed.expertTensorParallel ?? 1);
  // where the stages themselves do not divide the chips, that alone is told
  if (experts !== undefined && cluster.chips % pipeline === 0 && (cluster.chips / pipeline) % groups !== 0)
    tell("productNotChips", "ep", {
      product: groups * pipeline,
      chips: cluster.chips,
      nearest: nearestDivisor(cluster.chips / pipeline, printed.expertParallel!),
    });
  const { globalBatchSize: batch, microbatchSize: size } = printed;
  if (batch !== undefined && data !== undefined && batch % (data * (size ?? 1)) !== 0) problems.push(undealt(batch, data * (size ?? 1)));
  const format = printed.precision;
  const needs = format === "fp4" ? "fp4" : format === "fp8" || format === "mxfp8" ? "fp8" : undefined;
  if (needs && cluster.accelerator.peakFlops[needs] === undefined)
    tell("precisionNotOnChip", "precision", {
      given: format!,
      chip: cluster.accelerator.id,
      nearest: nearestFormat(cluster.accelerator),
    });
  return problems;

  function divide(at: string, given: number, of: number, rule: string): void {
    tell("doesNotDivide", at, { given, rule, of, nearest: nearestDivisor(of, given) });
  }
}

/** Whether the chips are all used by what is printed, or what is not printed can take up a whole number of times as many. */
function leavesWhole({ tensorParallel, pipelineParallel }: PrintedPlan, times: number): boolean {
  return tensorParallel && pipelineParallel ? times === 1 : Number.isInteger(times) && times >= 1;
}

/** The narrowest format that a chip has. */
function nearestFormat({ peakFlops }: Accelerator): string {
  return (["fp4", "fp8", "bf16", "fp16"] as const).find((format) => peakFlops[format] !== undefined) ?? "fp16";
}

/** What is told of a batch that ranks cannot share out in whole microbatches, of which they take so many sequences at a time. */
export function undealt(batch: number, together: number): LabProblem {
  const params = { given: batch, rule: "batchInMicrobatches", of: together, nearest: nearestMultiple(batch, together) };
  return { code: "doesNotDivide", severity: "warning", at: "plan.gbs", params };
}

function nearestMultiple(amount: number, unit: number): number {
  return Math.max(1, Math.round(amount / unit)) * unit;
}

/** The divisor of a number that is nearest to the one wished; 1 where none lies within a million of it. */
export function nearestDivisor(of: number, wished: number): number {
  for (let apart = 0; apart < Math.min(wished, 1e6); apart++) {
    if (of % (wished - apart) === 0) return wished - apart;
    if (wished + apart <= of && of % (wished + apart) === 0) return wished + apart;
  }
  return wished > of ? of : 1;
}
