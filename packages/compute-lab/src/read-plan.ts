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
  capacityFactor?: number;
  sharding?: Plan["sharding"];
  shardingRanks?: number;
  microbatchSize?: number;
  globalBatchSize?: number;
  recomputation?: Recomputation;
  /** Share of the layers that are recomputed whole, where it is not all of them. */
  recomputedShare?: number;
  keptProducts?: Plan["keptProducts"];
  /** 1 where what is kept waits in the host's memory ("minimal_offloaded"). */
  offloadedShare?: number;
  precision?: Precision;
  gradientBytes?: Plan["gradientBytes"];
  optimizerBytes?: number;
  overlap?: Partial<Plan["overlap"]>;
}

/** What a plan takes as it is printed, without a habit or a choice in its place. */
export type TakenOver = Pick<Plan, "routing" | "capacityFactor" | "gradientBytes" | "optimizerBytes" | "offloadedShare" | "keptProducts">;

export function takenOver(printed: PrintedPlan): TakenOver {
  const { routing, capacityFactor, gradientBytes, optimizerBytes, offloadedShare, keptProducts } = printed;
  return { routing, capacityFactor, gradientBytes, optimizerBytes, offloadedShare, keptProducts };
}

/** The fields of a row's `plan`, whatever words the source has for them. */
export function readPrintedPlan(fields: FieldReader): PrintedPlan {
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
    schedule: readSchedule(fields),
    dataParallel,
    expertParallel: fields.whole("ep"),
    expertTensorParallel: fields.whole("etp"),
    expertDispatch: fields.words(["dispatcher", "moe_dispatcher"], "deepep, hybridep, fused, a2a, allgather", readDispatch),
    routing: fields.words("routing", "even, learned", readRouting),
    capacityFactor: capacityIn(fields),
    ...readSharding(fields),
    microbatchSize: microbatchSize ?? (batch && dataParallel && accumulation ? wholeRatio(batch, dataParallel * accumulation) : undefined),
    globalBatchSize: batch ?? (microbatchSize && dataParallel && accumulation ? microbatchSize * dataParallel * accumulation : undefined),
    ...fields.words("recompute", "none, selective, full, selective layer, every 3rd layer, full on 25 %", readRecomputation),
    precision: readPrecision(fields),
    gradientBytes: fields.words("gradients", "fp32, bf16, fp16", readGradientBytes),
    optimizerBytes: fields.words(
      "optimizer",
      "adamw, adamw in bf16, adamw with bf16 moments, 8-bit adamw, adafactor, muon, lion, sgd, 12",
      readOptimizer,
    ),
    overlap: fields.words("overlap", "none, all, tp, pp, dp, ep", readOverlap),
  };
}

function wholeRatio(amount: number, by: number): number | undefined {
  return amount % by === 0 ? amount / by : undefined;
}

/** A capacity of experts; -1, 0 and "none" are those of stacks that drop no token. */
function capacityIn(fields: FieldReader): number | undefined {
  const words = fields.text("capacity_factor") ?? "";
  return /^(-\d|0$|none|no|off|false|dropless)/i.test(words) ? undefined : fields.positive("capacity_factor");
}

/** How weights, gradients and the optimiser's state are shared out, and among how many ranks where those are not all. */
function readSharding(fields: FieldReader): Pick<PrintedPlan, "sharding" | "shardingRanks"> {
  const stage = fields.words("zero", "0, 1, 2, 3, on, off, 1 in groups of 8", readStage);
  const shards = fields.words("fsdp", "true, false, FULL_SHARD, SHARD_GRAD_OP, or the ranks of a group", readShards);
  const grouped = /groups? of (\d+)/i;
  const ranks = Number((grouped.exec(fields.text("zero") ?? "") ?? grouped.exec(fields.text("fsdp") ?? ""))?.[1] ?? fields.text("fsdp"));
  return {
    sharding: shards === undefined || shards === "no" ? stage : shards,
    shardingRanks: Number.isSafeInteger(ranks) && ranks > 1 ? ranks : undefined,
  };
}

/** "1", "ZeRO-3", "on", "distributed optimizer", "1 in groups of 8". */
function readStage(words: string): Plan["sharding"] | undefined {
  const stage = /(?:^|(?:zero|stage)[ _-]*)([0-3])(?![\d.])/i.exec(words)?.[1];
  if (stage !== undefined) return Number(stage) as Plan["sharding"];
  if (/^(off|no|none|false)$/i.test(words)) return 0;
  return /^(on|true|yes|(dist\w*[ _-]?)?optimi[sz]er)/i.test(words) ? 1 : undefined;
}

/** The words of PyTorch's sharding, or the ranks of a group; "no" leaves the field `zero` to tell. */
function readShards(words: string): Plan["sharding"] | "no" | undefined {
  if (/^(zero[- ]?|stage )?[0-3] in groups? of \d/i.test(words)) return readStage(words);
  if (/^(0|1|false|no|off|none|no_shard)$/i.test(words)) return "no";
  if (/grad/i.test(words)) return 2;
  return /^(\d+|true|yes|on)$|shard|fsdp|hsdp|zero|full|hybrid|groups? of \d/i.test(words) ? 3 : undefined;
}

/** "DeepEP", "HybridEP" and the like are fused; "A2A", "alltoall" plain. */
export function readDispatch(words: string | undefined): Plan["expertDispatch"] | undefined {
  if (words === undefined) return undefined;
  return /deep ?ep|hybrid ?ep|fused/i.test(words) ? "fused" : /a2a|all-?to-?all|all-?gather/i.test(words) ? "plain" : undefined;
}

/** "forced", "even" and "balanced" are dealt out by force; "learned", "natural" and "real" as the router has learned. */
function readRouting(words: string): Plan["routing"] {
  return /learned|natural|real|unforced|uneven|unbalanced/i.test(words)
    ? "learned"
    : /force|even|balanced|uniform/i.test(words)
      ? "even"
      : undefined;
}

/** A schedule that is said to interleave leaves open by how much. */
function readSchedule(fields: FieldReader): Plan["schedule"] | undefined {
  const found = fields.words("schedule", "1f1b, interleaved, zero-bubble, dualpipe", (words) => {
    if (/interleav/i.test(words)) return "open";
    if (/dual/i.test(words)) return "dualPipe";
    if (/zero|zb/i.test(words)) return "zeroBubble";
    return /1f-?1b|one ?forward|gpipe|afab|dapple|pipedream|^(none|no|false|off)$/i.test(words) ? "oneForwardOneBackward" : undefined;
  });
  return found === "open" ? undefined : found;
}

/**
 * "full" and "none" are themselves, "selective layer", "every 3rd layer" and "full on 25 %" are full for a share of the layers; any other list of
 * what is recomputed counts as selective; undefined where nothing in it is known.
 */
function readRecomputation(
  words: string,
): Pick<PrintedPlan, "recomputation" | "recomputedShare" | "offloadedShare" | "keptProducts"> | undefined {
  if (/^(none|no|false|off|0)$/i.test(words)) return { recomputation: "none" };
  const percent = /full on (\d+(?:\.\d+)?) ?%/i.exec(words)?.[1];
  if (percent !== undefined) return { recomputation: "full", recomputedShare: Math.min(Number(percent) / 100, 1) };
  // torchtitan's "selective layer" is every second one unless it says otherwise
  const every = /every (other|second|\d+)\S* layer/i.exec(words)?.[1] ?? (/^selective[ :_-]*layers?$/i.test(words) ? "other" : undefined);
  if (every !== undefined) return { recomputation: "full", recomputedShare: 1 / (Number(every) || 2) };
  if (/^(full|true|yes|on|block|uniform)/i.test(words)) return { recomputation: "full" };
  if (!recomputable.test(words)) return undefined;
  const keptProducts = keptIn(words);
  return { recomputation: "selective", ...(/offload/i.test(words) && { offloadedShare: 1 }), ...(keptProducts && { keptProducts }) };
}

/** What MaxText's policies that name products keep: "save_qkv_proj", "save_out_proj", "save_dot_except_mlp", with or without attention's context. */
function keptIn(words: string): Plan["keptProducts"] {
  const policy = words.toLowerCase().replace(/[ -]/g, "_");
  const context = /with_context/.test(policy) ? (["context"] as const) : [];
  if (/minimal_(with_context|flash)/.test(policy)) return ["qkv", "context", "out", "feedForward"];
  if (/save_dot\w*except_mlp/.test(policy)) return ["qkv", "out", ...context];
  if (/qkv_proj/.test(policy)) return ["qkv"];
  return /save_out_proj/.test(policy) ? ["out"] : undefined;
}

/** Names of policies, and of what stacks recompute. */
const recomputable =
  /select|partial|minimal|custom|polic|offload|remat|recomput|checkpoint|save|auto|half|some|layer|block|norm|act|attn|attention|mla|moe|mlp|ffn|feed|expert|router|shared|up.?proj|proj|qkv|query|key|value|\b[qkvo]\b|out|core|softmax|dropout|rope|rotary|embed|logit|loss|linear|fc|matmul|dot|gemm|[gs]elu|silu|swiglu|\bops?\b/i;

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
function readGradientBytes(words: string): Plan["gradientBytes"] {
  return /32|float$|single/i.test(words) ? 4 : /16|half/i.test(words) ? 2 : undefined;
}

/** Moments that an optimizer keeps per parameter; the first name that is found counts. */
const momentsOf: [RegExp, number][] = [
  [/adafactor/i, 0],
  [/muon|lion|momentum/i, 1],
  [/sgd/i, 0],
  [/adam|lamb/i, 2],
];

/**
 * Bytes per parameter that an optimizer keeps: its own copy of the weights in FP32, which "in BF16" has not, and its moments: Adam's two, one of Muon,
 * Lion and SGD with momentum, next to none of Adafactor and plain SGD. A number is those bytes themselves.
 */
function readOptimizer(words: string): number | undefined {
  if (/^\d+(\.\d+)?( ?(b|bytes).*)?$/i.test(words)) return Number.parseFloat(words);
  const moments = momentsOf.find(([name]) => name.test(words))?.[1];
  if (moments === undefined) return undefined;
  const narrow = /bf16|bfloat16|fp16|16[- ]?bit|half/i.test(words);
  const each = /8[- ]?bit|fp8|int8/i.test(words) ? 1 : narrow ? 2 : 4;
  const copy = narrow && !/moment|exp_?avg|precision[- ]?aware|master|fp32/i.test(words) ? 0 : 4;
  return copy + moments * each;
}

/** What is hidden behind computation. Where only a compiler is named, nothing of it is told. */
function readOverlap(words: string): Partial<Plan["overlap"]> | undefined {
  if (/^(none|off|false|no|0)$/i.test(words)) return { tensor: false, pipeline: false, data: false, expert: false };
  if (/^(all|on|true|yes)$/i.test(words)) return { tensor: true, pipeline: true, data: true, expert: true };
  const found = {
    ...(/\b(async[- ]?)?tp\b|tensor|fused matmul|userbuffer|\bmc2\b/i.test(words) && { tensor: true }),
    ...(/\bpp\b|pipeline|p2p/i.test(words) && { pipeline: true }),
    ...(/\bdp\b|data|grad|param/i.test(words) && { data: true }),
    ...(/\bep\b|expert|all-?to-?all|a2a/i.test(words) && { expert: true }),
  };
  return Object.keys(found).length > 0 || /compile/i.test(words) ? found : undefined;
}
