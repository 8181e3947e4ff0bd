import type { Plan } from "./plan.ts";

/** The training stack of a run: its name and date in the source's own words, and what they tell. */
export interface Software {
  text: string;
  stack: Stack;
  /** Year and fraction, 2024.58 for NeMo 24.07; null where no date is given. */
  date: number | null;
  /** PyTorch's operators fused by its compiler; null where the source does not tell. */
  compiled: boolean | null;
  /** Megatron-LM's own trainer is named, MosaicML's stack is, or one that brings norms and rotations as kernels of its own. */
  trainer: boolean;
  mosaic: boolean;
  ownKernels: boolean;
  /** Attention's kernels where they are named: scores through memory, or FlashAttention of the first, second or third kind; null where untold. */
  attention: AttentionKernels | null;
  /** Transformer Engine's layers under a stack that otherwise has PyTorch's own. */
  tunedLayers: boolean;
  /** What its name says data-parallel ranks share out: "PyTorch FSDP", "DeepSpeed ZeRO-3", "DDP"; null where it says nothing. */
  sharding: Plan["sharding"] | null;
  /** Weights and Adam's moments in BF16 alone, as NeMo AutoModel's recipes keep them (its page on mixed precision). */
  narrowStates: boolean;
  /** It has a name, but of a stack that nobody knows here. */
  stranger: boolean;
  /** Its date is told, and which stack it is or nothing besides. */
  known: boolean;
  /** No stack is older than its name: the year of its first public release, or the one its paper tells of; 0 where that tells nothing. */
  firstSeen: number;
}

export type AttentionKernels = "unfused" | "flash" | "flash1" | "flash2" | "flash3";

export type Stack = "megatron" | "megatronDeepSpeed" | "deepSpeed" | "fsdp" | "maxText" | "mindSpeed" | "inHouse" | "unknown";

/** Megatron-LM's own trainer, and forks that add AI models to it and leave what it does. */
const plainTrainer = /megatron[- ]?lm|megatron[- ]?patch|flag-?scale/i;

const autoModel = /auto[- ]?model/i;

/** Words by which a source's text names a stack; the first that is found counts. */
const stackWords: [RegExp, Stack][] = [
  [/neuron/i, "unknown"], // Megatron's name on Trainium, but not NVIDIA's kernels
  [autoModel, "fsdp"],
  [/metaseq|fairscale/i, "fsdp"], // Megatron's layers under FairScale's sharding
  [/megatron[- ]?deepspeed|gpt-?neox/i, "megatronDeepSpeed"],
  [/deepspeed|zero\b(?![- ]?bubble)/i, "deepSpeed"],
  [/maxtext|pax|t5x|tpu|jax|axlearn|levanter|easylm/i, "maxText"],
  [/mindspeed|modellink|mindspore|ascend/i, "mindSpeed"],
  [/megatron|nemo|mcore|primus|bridge|mlperf|flag-?scale/i, "megatron"],
  [/fsdp|llm[- ]?foundry|composer|mosaic|torchtitan|titan|nanotron|picotron|pytorch|torchtune|lit-gpt|litgpt|fairseq/i, "fsdp"],
  [/in[- ]?house|自研|\bhai\b|megascale|vescale/i, "inHouse"],
];

/** In-house stacks that published what they do; "in-house" alone says as little as no name. */
const namedInHouse = /\bhai\b|megascale|vescale/i;

const nameSince: [RegExp, number][] = [
  [autoModel, 2025.4],
  [/megatron[- ]?bridge|primus/i, 2025.3],
  [/torchtitan|titan/i, 2024.3],
  [/nanotron|picotron/i, 2023.9],
  [/megascale|vescale|hai-?llm|maxtext|foundry|mcore|megatron[- ]?core/i, 2023.4],
];

/** Reads a stack's name and date in a source's own words: "NeMo 24.09", "2022-02 Megatron-DeepSpeed", "MaxText 2024-2025". */
export function softwareOf(text: string | null | undefined): Software {
  const words = (text ?? "").trim();
  const stack = stackWords.find(([pattern]) => pattern.test(words))?.[1] ?? "unknown";
  const mosaic = /foundry|composer|mosaic/i.test(words);
  const date = dateOf(words);
  const stranger = stack === "unknown" && namesSomething(words);
  return {
    text: words,
    stack,
    date,
    stranger,
    known: date !== null && !stranger && !(stack === "inHouse" && !namedInHouse.test(words)),
    compiled: compiledIn(words),
    trainer: stack === "megatron" && plainTrainer.test(words) && !/nemo|mlperf|core|bridge/i.test(words),
    mosaic,
    ownKernels: mosaic || /nanotron|picotron/i.test(words),
    attention: attentionIn(words),
    sharding: shardingIn(words),
    narrowStates: autoModel.test(words),
    tunedLayers: autoModel.test(words) || /transformer[- ]?engine|\bTE\b/i.test(words),
    firstSeen: nameSince.find(([name]) => name.test(words))?.[1] ?? 0,
  };
}

/** What words tell of PyTorch's compiler: "FSDP + torch.compile", "eager", "without compile". */
export function compiledIn(words: string): boolean | null {
  if (/eager|(without|no|not|un)[- ]?(torch\.)?compil/i.test(words)) return false;
  return /compil|inductor/i.test(words) ? true : null;
}

/** What words tell of sharding: "FSDP2", "ZeRO stage 2", "DDP"; stacks that are made for it share out everything. */
function shardingIn(words: string): Plan["sharding"] | null {
  const stage = /zero[-+ ]*(?:stage[- ]*)?([0-3])\b/i.exec(words)?.[1];
  if (stage !== undefined) return Number(stage) as Plan["sharding"];
  if (/[fh]sdp|fully[- ]sharded|torch-?titan|foundry|metaseq/i.test(words)) return 3;
  return /\bddp\b/i.test(words) ? 0 : null;
}

const flashNames = /flash[- _]?att[a-z]*(?:[- _]?v?([1-4])\b)?|\bFA[- ]?v?([1-4])\b/gi;

/** What words tell of attention's kernels: "FlashAttention-2", "FA3", "without flash attention", "attn_impl: torch". */
export function attentionIn(words: string): AttentionKernels | null {
  if (
    /(without|no|not|non|不用|不带|没有|未用|关闭|无)[- ]?(flash|fused[- ]att)|unfused[- ]att|attn_impl\W+torch|(naive|plain|standard|eager|torch)[- ]attention/i.test(
      words,
    )
  )
    return "unfused";
  const kinds = [...words.matchAll(flashNames)].map(([, long, short]) => Number(long ?? short ?? 0));
  if (kinds.length === 0) return /splash|fused[- ]attention/i.test(words) ? "flash" : null;
  return (["flash", "flash1", "flash2", "flash3"] as const)[Math.min(3, Math.max(...kinds))];
}

/** Whether words hold more than a date and what says that nothing is told. */
function namesSomething(words: string): boolean {
  return /\p{L}{2}/u.test(
    words
      .replace(months, "")
      .replace(attentionWords, "")
      .replace(
        /\b(?:20\d\d)?-?[HQ][1-4]\b|\b(?:unknown|untold|unnamed|various|software|stack|release|version|not|told|printed|date)\b|未知|不详/giu,
        "",
      ),
  );
}

const attentionWords = /(?:with(?:out)? |and |\+ ?|不用|不带|没有|未用|关闭|无)?(?:flash[- _]?att\w*|\bFA)[- _]?v?[1-4]?\b/gi;

const months = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (20[12]\d)\b/i;
const monthNames = "janfebmaraprmayjunjulaugsepoctnovdec";

/** MLPerf Training asks for results in spring and in autumn: v3.1 is of November 2023. */
const mlperf = /mlperf\D*([1-9])\.([01])\b/i;

function dateOf(words: string): number | null {
  const range = /\b(20[12]\d)\s*[-–]\s*(20[12]\d)\b/.exec(words);
  if (range) return (Number(range[1]) + Number(range[2]) + 1) / 2;
  const half = /\b(20[12]\d)[- ]?H([12])\b/i.exec(words);
  if (half) return Number(half[1]) + (half[2] === "1" ? 0.25 : 0.75);
  const quarter = /\b(?:(20[12]\d)[- ]?)?Q([1-4])(?:[- ]?(20[12]\d))?\b/i.exec(words);
  const quarterYear = quarter?.[1] ?? quarter?.[3];
  if (quarter && quarterYear) return Number(quarterYear) + (Number(quarter[2]) - 0.5) / 4;
  const month = /\b(20[12]\d)(?:[-./]|年)(0?[1-9]|1[0-2])(?!\d)/.exec(words);
  if (month) return monthDate(Number(month[1]), Number(month[2]));
  const named = months.exec(words);
  if (named) return monthDate(Number(named[2]), monthNames.indexOf(named[1].toLowerCase()) / 3 + 1);
  const round = mlperf.exec(words);
  if (round) return monthDate(2020 + Number(round[1]), round[2] === "0" ? 6 : 11);
  const release = /(?:\b|v)(2[1-9])\.(0?[1-9]|1[0-2])(?!\d)/.exec(words);
  if (release) return monthDate(2000 + Number(release[1]), Number(release[2]));
  const year = /\b(20[12]\d)(?!\d)/.exec(words);
  return year ? Number(year[1]) + 0.5 : null;
}

function monthDate(year: number, month: number): number {
  return year + (month - 0.5) / 12;
}
