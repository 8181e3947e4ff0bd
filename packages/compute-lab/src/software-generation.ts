import type { Accelerator } from "./accelerator.ts";
import { architectureOf, hasWideUnits } from "./chip-rates.ts";
import type { Plan } from "./plan.ts";
import type { AttentionKernels, Software, Stack } from "./software.ts";

/** What a stack of that name and date is known to do; each rule stands on release notes or papers named in SPEC.md. */
export interface Generation {
  stack: Stack;
  /** Megatron-LM as it is, without a recipe of NVIDIA's, or a stack that nobody knows and that works like it. */
  trainer: boolean;
  date: number;
  dateKnown: boolean;
  /** Attention without the square of scores in memory (flash, cuDNN, splash). */
  fusedAttention: boolean;
  /** Attention kernels of the second kind, which split the work better (FlashAttention-2, July 2023). */
  secondFlash: boolean;
  /** Attention kernels written for Hopper and later (cuDNN 9, FlashAttention-3). */
  hopperKernels: boolean;
  /** Dispatch of tokens by kernels that send one copy per host. */
  fusedDispatch: boolean;
  /** Dispatch, permutation and return of tokens to experts in fused kernels. */
  fusedRouting: boolean;
  /** The first sharding of PyTorch, which hides less of the weights' travel. */
  earlySharding: boolean;
  /** Megatron-DeepSpeed before 2023. */
  earlyFork: boolean;
  /** Megatron-LM's own trainer by name. */
  ownTrainer: boolean;
  /** Years since the chip's design came out, less two, from -2 to 2; 0 for stacks from before fused attention, which stand still. */
  maturityYears: number;
  /** Layers in PyTorch's own operators, which write and keep what fused kernels do not. */
  plainOperators: boolean;
  /** How those operators go through memory: one after the other, fused by PyTorch's compiler, or in kernels of the stack's own; null where untold. */
  operators: "eager" | "compiled" | "ownKernels" | null;
  /** Dropout in every layer, as before 2023. */
  dropout: boolean;
  overlap: Plan["overlap"];
  gradientBytes: 2 | 4;
  /** Bytes per parameter that the optimizer keeps unless a plan tells. */
  optimizerBytes: number;
  /** The loss is one kernel that never writes most of its tensors: LLM Foundry's by default, torchtitan's compiled since its pull request 1033. */
  fusedLoss: boolean;
  /** Sharded weights travelled over one adapter per host (before hierarchical rings). */
  oneAdapterSharding: boolean;
}

const fusedSince: Record<Stack, number> = {
  megatron: 2023.3,
  megatronDeepSpeed: 2023.8,
  deepSpeed: 2023.5,
  fsdp: 2022.8,
  maxText: 2023.5,
  mindSpeed: 2023.3,
  inHouse: 2023,
  unknown: 2023,
};

/** PyTorch's own attention takes Hopper's kernels for no chip before Blackwell (torchtitan, models/attention.py). */
const hopperSince: Partial<Record<Stack, number>> = { megatron: 2023.9, inHouse: 2023.9, fsdp: Infinity };

/**
 * Megatron-LM's own trainer does less than NVIDIA's recipes for it (NeMo, Bridge, MLPerf): it can exchange gradients beside the backward pass
 * since September 2023 (its issue 391), takes Transformer Engine's kernels by default since March 2024, and hides tensor parallelism with a
 * switch only.
 */
const trainerSince = { dataOverlap: 2023.75, tunedKernels: 2024.2 };

/** FlashAttention of a kind that is named; where it is not the year tells. */
const flashKinds: Partial<Record<AttentionKernels, number>> = { flash1: 1, flash2: 2, flash3: 3 };

/** Before that DeepSpeed's runs in print are of Megatron's layers. */
const huggingFaceSince = 2022.5;

/** PyTorch could share out weights since March 2022; the runs that tell of it are of the years after. */
const usualSince: Partial<Record<Stack, number>> = { fsdp: 2023.5 };

/** The generation of a run's software; without a name the chip and the plan tell the likely stack, without a date two years after the chip. */
export function generationOf(software: Software, accelerator: Accelerator, sharding: number | undefined): Generation {
  const stack = software.stack === "unknown" ? likelyStack(accelerator, sharding, software.date) : software.stack;
  const date = software.date ?? Math.max(accelerator.year + 2, software.firstSeen, usualSince[stack] ?? 0);
  const modern = date >= 2023.4;
  // A stack that nobody knows is no recipe of NVIDIA's: it does what the plain trainer did a year before.
  const trainer = software.trainer || (software.stranger && stack === "megatron");
  const level = software.stranger ? date - 1 : date;
  const { attention } = software;
  const kind = attention ? flashKinds[attention] : undefined;
  const fused = attention ? attention !== "unfused" : date >= fusedSince[stack];
  // PyTorch's compiler has its own operators to fuse, not Transformer Engine's
  const tuned = software.tunedLayers && software.compiled !== true;
  // DeepSpeed trains the AI model that it is given, which is Hugging Face's since that is what people have
  const huggingFace = stack === "deepSpeed" && date >= huggingFaceSince;
  return {
    stack,
    trainer,
    date,
    dateKnown: software.date !== null,
    fusedAttention: fused,
    secondFlash: kind === undefined ? date >= 2023.6 : kind >= 2,
    hopperKernels: kind === undefined ? date >= (hopperSince[tuned ? "megatron" : stack] ?? 2024.9) : kind === 3,
    fusedDispatch: date >= 2025.2 || stack === "maxText" || stack === "inHouse",
    fusedRouting: (stack === "megatron" && date >= 2026.4) || (stack === "fsdp" && tuned),
    earlySharding: (stack === "fsdp" || huggingFace) && date < 2024.5,
    ownTrainer: software.trainer,
    earlyFork: stack === "megatronDeepSpeed" && date < 2023,
    maturityYears:
      fused && !(trainer && level < trainerSince.tunedKernels) ? Math.min(Math.max(date - designYear(accelerator), 0), 4) - 2 : 0,
    plainOperators: (stack === "fsdp" && !tuned) || huggingFace,
    operators: operatorsOf(software),
    dropout: date < 2023.3,
    overlap: {
      tensor: stack === "megatron" && modern && !trainer,
      pipeline: modern,
      data: stack === "fsdp" || (stack !== "megatronDeepSpeed" && (trainer ? level >= trainerSince.dataOverlap : modern)),
      expert: false,
    },
    gradientBytes: modern ? 2 : 4,
    optimizerBytes: software.narrowStates ? 4 : 12,
    fusedLoss: stack === "fsdp" && (date >= 2025.25 || software.mosaic),
    oneAdapterSharding: date < 2022.3 && stack !== "maxText",
  };
}

/** Nanotron and LLM Foundry bring norms and rotations as kernels of their own. */
function operatorsOf({ compiled, ownKernels }: Software): Generation["operators"] {
  if (compiled) return "compiled";
  if (ownKernels) return "ownKernels";
  return compiled === false ? "eager" : null;
}

/** When the first chip of a design was sold; later ones of the same design run the same kernels, TPUs with the same units too. */
function designYear(accelerator: Accelerator): number {
  const tpu = hasWideUnits(accelerator) ? undefined : 2017.5;
  const first = { ampere: 2020.5, hopper: 2022.7, blackwell: 2024.7, tpu, other: undefined };
  return first[architectureOf(accelerator)] ?? accelerator.year + 0.5;
}

function likelyStack({ vendor }: Accelerator, sharding: number | undefined, date: number | null): Stack {
  if (/google/i.test(vendor)) return "maxText";
  if (/huawei/i.test(vendor)) return "mindSpeed";
  if (sharding === undefined || sharding < 2) return "megatron";
  return date !== null && date < 2022.2 ? "deepSpeed" : "fsdp"; // PyTorch has sharded since its release 1.11
}
