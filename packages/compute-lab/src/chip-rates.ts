import { power } from "@watershed/probability";
import { accelerators } from "./accelerator.ts";
import type { Accelerator, MatrixFormat } from "./accelerator.ts";
import type { Calibration } from "./calibration.ts";
import type { Precision } from "./plan.ts";

/** The speeds a run finds on a chip. */
export interface ChipRates {
  /** Large matrix products in BF16 or FP16, and in the run's own format, FLOP/s. */
  wideFlops: number;
  narrowFlops: number;
  attentionFlops: number;
  /** Of that, what heads of 64 reach: all on Ampere, whose kernels wait for nothing else (MosaicML's and FlashAttention's tables). */
  smallHead: number;
  memoryBytesPerSecond: number;
  /** FLOP per byte at which products in the run's format stop being memory-bound. */
  ridge: number;
  wideRidge: number;
  /** Elements whose multiples the lengths of a product should be: lines of 128 bytes on Ampere (NVIDIA's guide to matrix products), else 16 bytes. */
  alignment: number;
}

/** The share of its peak that a chip without a measurement reaches, by maker: the medians of those that have one. */
const usualShare: Record<string, number> = { NVIDIA: 0.79, AMD: 0.5, Google: 0.85, Huawei: 0.85, AWS: 0.5 };

/** What the age of a stack tells of its attention kernels. */
interface Kernels {
  secondFlash: boolean;
  hopperKernels: boolean;
}

const latest: Kernels = { secondFlash: true, hopperKernels: true };

/** The speeds of a chip for a precision. */
export function chipRates(chip: Accelerator, precision: Precision, k: Calibration, generation: Kernels = latest): ChipRates {
  const powered = poweredShare(chip, k);
  const wide = powered * matrixRate(chip, chip.peakFlops.bf16 === undefined ? "fp16" : "bf16");
  const eight = powered * matrixRate(chip, "fp8");
  // four-bit products move half the bits of eight-bit ones and run at most twice as fast
  const four = Math.min(powered * matrixRate(chip, "fp4"), 2 * eight);
  const narrow = precision === "bf16" || precision === "fp16" ? wide : precision === "fp4" ? four : eight;
  const memory = (chip.memoryBytesPerSecond ?? wide / 200) * 1;
  return {
    wideFlops: wide * k.matrixShare,
    narrowFlops: narrow * k.matrixShare,
    attentionFlops: (chip.peakFlops.bf16 ?? chip.peakFlops.fp16 ?? wide) * flashShare(chip, k, generation),
    smallHead: architectureOf(chip) === "ampere" ? 1 : k.smallHead,
    memoryBytesPerSecond: memory * k.memoryShare,
    ridge: narrow / memory,
    wideRidge: wide / memory,
    alignment: architectureOf(chip) === "ampere" ? 64 : 8,
  };
}

/** The fastest product anybody measured in a format, else what chips like it reach. */
function matrixRate(chip: Accelerator, format: MatrixFormat): number {
  const peak = chip.peakFlops[format] ?? chip.peakFlops.bf16 ?? chip.peakFlops.fp16 ?? 0;
  return chip.measuredMatmulFlops[format] ?? peak * shareOfPeak(chip);
}

const shares = new Map<string, number>();

function shareOfPeak(chip: Accelerator): number {
  const known = shares.get(chip.id);
  if (known !== undefined) return known;
  const own = chip.measuredMatmulFlops.bf16;
  const share = own !== undefined && chip.peakFlops.bf16 ? own / chip.peakFlops.bf16 : siblingShare(chip);
  shares.set(chip.id, share);
  return share;
}

/** A chip with the same peak as a measured one of its maker reaches the same share. */
function siblingShare(chip: Accelerator): number {
  const sibling = measuredSibling(chip);
  return sibling ? sibling.measuredMatmulFlops.bf16! / sibling.peakFlops.bf16! : (usualShare[chip.vendor] ?? 0.7);
}

/** How much faster or slower than its measured sibling a chip runs for the power it may draw. */
function poweredShare(chip: Accelerator, k: Calibration): number {
  if (chip.measuredMatmulFlops.bf16 !== undefined) return 1;
  const sibling = measuredSibling(chip);
  return sibling?.powerWatts && chip.powerWatts ? power(chip.powerWatts / sibling.powerWatts, k.powerExponent) : 1;
}

function measuredSibling(chip: Accelerator): Accelerator | undefined {
  return accelerators.find(
    ({ vendor, peakFlops, measuredMatmulFlops }) =>
      vendor === chip.vendor && peakFlops.bf16 === chip.peakFlops.bf16 && measuredMatmulFlops.bf16 !== undefined,
  );
}

/** Architectures on which flash attention reaches a share of its own. */
export function architectureOf({ id, vendor }: Accelerator): "ampere" | "hopper" | "blackwell" | "tpu" | "other" {
  if (vendor === "Google") return "tpu";
  if (vendor !== "NVIDIA") return "other";
  if (/^A\d/.test(id)) return "ampere";
  if (/^G?H\d/.test(id)) return "hopper";
  return /^(G?B\d|Rubin)/.test(id) ? "blackwell" : "other";
}

/** Whether no run on chips of that design, or none of Google's units of 128 by 128 since PaLM, has a part in the constants. */
export function isUnseen(accelerator: Accelerator): boolean {
  const architecture = architectureOf(accelerator);
  return architecture === "other" || (architecture === "tpu" && !hasWideUnits(accelerator));
}

/** TPUs multiply in units of 256 by 256 since Trillium, before it, from the second generation on, in units of 128 by 128. */
export function hasWideUnits({ year }: Accelerator): boolean {
  return year >= 2024;
}

function flashShare(chip: Accelerator, k: Calibration, { secondFlash, hopperKernels }: Kernels): number {
  const ampere = secondFlash ? k.flashAmpere : k.flashAmpereEarly;
  const hopper = hopperKernels ? k.flashHopper : k.flashHopperEarly;
  const blackwell = k.flashBlackwell;
  const of = { ampere, hopper, blackwell, tpu: k.flashTpu, other: k.flashTpu };
  return of[architectureOf(chip)];
}
