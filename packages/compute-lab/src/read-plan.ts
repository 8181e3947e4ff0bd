import type { Plan, Precision, Recomputation } from "./plan.ts";
import { FieldReader } from "./read-fields.ts";

/** A plan as far as a row prints it. */
export interface PrintedPlan {
  tensorParallel?: number;
  sequenceParallel?: boolean;
  contextParallel?: number;
  pipelineParallel?: number;
  interleaving?: number;
  schedule?: Plan["schedule"];
  dataParallel?: number;
  expertParallel?: number;
  expertTensorParallel?: number;
  expertDispatch?: Plan["expertDispatch"];
  routing?: Plan["routing"];
  sharding?: Plan["sharding"];
  shardingRanks?: number;
  microbatchSize?: number;
  globalBatchSize?: number;
  recomputation?: Recomputation;
  /** Share of the layers that are recomputed whole, where it is not all of them. */
  recomputedShare?: number;
  /** 1 where what is kept waits in the host's memory ("minimal_offloaded"). */
  offloadedShare?: number;
  precision?: Precision;
  gradientBytes?: Plan["gradientBytes"];
  overlap?: Partial<Plan["overlap"]>;
}

/** The fields of a row's `plan`, whatever words the source has for them. */
export function readPrintedPlan(fields: FieldReader): PrintedPlan {
  const [zero, fsdp] = [fields.text("zero"), fields.text("fsdp")];
  const ranks = Number(/groups of (\d+)/i.exec(zero ?? "")?.[1] ?? fsdp);
  const tensorParallel = fields.whole("tp");
  const accumulation = fields.whole("ga");
  const microbatchSize = fields.whole("mbs");
  const dataParallel = fields.whole("dp");
  const batch = fields.whole("gbs");
  return {
    tensorParallel,
    sequenceParallel: fields.flag("sp"),
    contextParallel: fields.whole("cp"),
    pipelineParallel: fields.whole("pp"),
    interleaving: fields.whole("vpp"),
    schedule: readSchedule(fields.text("schedule")),
    dataParallel,
    expertParallel: fields.whole("ep"),
    expertTensorParallel: fields.whole("etp"),
    expertDispatch: readDispatch(fields.text("dispatcher", "moe_dispatcher")),
    routing: readRouting(fields.text("routing")),
    sharding: readSharding(zero, fsdp),
    shardingRanks: Number.isSafeInteger(ranks) && ranks > 1 ? ranks : undefined,
    microbatchSize: microbatchSize ?? (batch && dataParallel && accumulation ? wholeRatio(batch, dataParallel * accumulation) : undefined),
    globalBatchSize: batch ?? (microbatchSize && dataParallel && accumulation ? microbatchSize * dataParallel * accumulation : undefined),
    ...readRecomputation(fields.text("recompute")),
    precision: readPrecision(fields),
    gradientBytes: readGradientBytes(fields.text("gradients")),
    overlap: readOverlap(fields.text("overlap")),
  };
}

function wholeRatio(amount: number, by: number): number | undefined {
  return amount % by === 0 ? amount / by : undefined;
}

function readSharding(zero: string | undefined, fsdp: string | undefined): Plan["sharding"] | undefined {
  if (fsdp !== undefined && !/^(0|1|false|no|off|none)$/i.test(fsdp)) return /grad/i.test(fsdp) ? 2 : 3;
  const stage = /[0-3]/.exec(zero ?? "")?.[0];
  if (stage !== undefined) return Number(stage) as Plan["sharding"];
  return /^(on|true|yes|optimizer)/i.test(zero ?? "") ? 1 : undefined;
}

/** "DeepEP", "HybridEP" and the like are fused; "A2A", "alltoall" plain. */
export function readDispatch(words: string | undefined): Plan["expertDispatch"] | undefined {
  if (words === undefined) return undefined;
  return /deep ?ep|hybrid ?ep|fused/i.test(words) ? "fused" : /a2a|all-?to-?all|all-?gather/i.test(words) ? "plain" : undefined;
}

/** "forced", "even" and "balanced" are dealt out by force; "learned", "natural" and "real" as the router has learned. */
function readRouting(words: string | undefined): Plan["routing"] {
  if (words === undefined) return undefined;
  return /learned|natural|real|unforced|uneven|unbalanced/i.test(words)
    ? "learned"
    : /force|even|balanced|uniform/i.test(words)
      ? "even"
      : undefined;
}

/** A schedule that is said to interleave leaves open by how much. */
function readSchedule(words: string | undefined): Plan["schedule"] | undefined {
  if (words === undefined || /interleav/i.test(words)) return undefined;
  return /dual/i.test(words) ? "dualPipe" : /zero|zb/i.test(words) ? "zeroBubble" : "oneForwardOneBackward";
}

/**
 * "full" and "none" are themselves, "selective layer", "every 3rd layer" and "full on 25 %" are full for a share of the layers; any other list of
 * what is recomputed counts as selective.
 */
function readRecomputation(words: string | undefined): Pick<PrintedPlan, "recomputation" | "recomputedShare" | "offloadedShare"> {
  if (words === undefined || /not printed|unknown/i.test(words)) return {};
  if (/^(none|no|false|off|0)$/i.test(words)) return { recomputation: "none" };
  const percent = /full on (\d+(?:\.\d+)?) ?%/i.exec(words)?.[1];
  if (percent !== undefined) return { recomputation: "full", recomputedShare: Math.min(Number(percent) / 100, 1) };
  // torchtitan's "selective layer" is every second one unless it says otherwise
  const every = /every (other|second|\d+)\S* layer/i.exec(words)?.[1] ?? (/^selective[ :_-]*layers?$/i.test(words) ? "other" : undefined);
  if (every !== undefined) return { recomputation: "full", recomputedShare: 1 / (Number(every) || 2) };
  if (/^(full|true|yes|on|block|uniform)/i.test(words)) return { recomputation: "full" };
  return { recomputation: "selective", ...(/offload/i.test(words) && { offloadedShare: 1 }) };
}

/** The format of the matrix products: "amp_bf16", "fp8-cs (fp8-mx)", "nvfp4" and the like. */
function readPrecision(fields: FieldReader): Precision | undefined {
  const words = fields.text("precision", "dtype");
  if (words === undefined) return undefined;
  const first = words.toLowerCase().replace(/\(.*/, "");
  if (/fp4/.test(first)) return "fp4";
  if (/mx-?fp8|fp8-?mx/.test(first)) return "mxfp8";
  if (/fp8|float8/.test(first)) return "fp8";
  if (/bf16|bfloat16/.test(first)) return "bf16";
  if (/fp16|float16|half/.test(first)) return "fp16";
  fields.tell("unknownPrecision", "precision", { given: words, nearest: "bf16, fp16, fp8, mxfp8, fp4" });
  return undefined;
}

/** The format in which gradients are added up: "fp32", "bf16", "fp16". */
function readGradientBytes(words: string | undefined): Plan["gradientBytes"] {
  if (words === undefined) return undefined;
  return /32|float$|single/i.test(words) ? 4 : /16|half/i.test(words) ? 2 : undefined;
}

function readOverlap(words: string | undefined): Partial<Plan["overlap"]> | undefined {
  if (words === undefined) return undefined;
  if (/^(none|off|false|no)$/i.test(words)) return { tensor: false, pipeline: false, data: false, expert: false };
  const named = (pattern: RegExp): { on: boolean } | undefined => (pattern.test(words) ? { on: true } : undefined);
  return {
    ...(named(/\b(async[- ]?)?tp\b|tensor|fused matmul|userbuffer/i) && { tensor: true }),
    ...(named(/\bpp\b|pipeline|p2p/i) && { pipeline: true }),
    ...(named(/\bdp\b|data|grad|param/i) && { data: true }),
    ...(named(/\bep\b|expert|all-?to-?all|a2a/i) && { expert: true }),
  };
}
