import values from "../data/calibration.json" with { type: "json" };
import { paperOf } from "./published-runs.ts";

/** A number that physics alone does not give: what it means, how far it may go, and where its first guess came from. */
export interface Constant {
  start: number;
  low: number;
  high: number;
  unit: string;
  meaning: string;
  source: string;
  /** The value at which its effect is gone. */
  without: number;
}

/** The constants of the prediction; `bench/compute-lab-calibration.ts` finds their values in `data/calibration.json`. */
export const constants = {
  matrixShare: c(
    0.93,
    0.8,
    1.05,
    1,
    "1",
    "large matrix products reach this share of the fastest that anybody measured",
    "measured rates: stas00/ml-engineering",
  ),
  halfReduction: c(
    200,
    20,
    1200,
    0,
    "elements",
    "reduction length at which a product takes half as long again",
    "Megatron-2021 and vTrain rows",
  ),
  halfColumns: c(0.3, 0.02, 3, 0, "elements per FLOP/byte of ridge", "output width at which it does", "Megatron-2021 and vTrain rows"),
  halfRows: c(0.8, 0.02, 3, 0, "elements per FLOP/byte of ridge", "tokens at which it does", "Megatron-2021 and vTrain rows"),
  memoryShare: c(0.6, 0.4, 0.95, 1, "1", "element-wise kernels reach this share of the memory's rate", "STREAM-like kernels: 0.8-0.9"),
  normPasses: c(
    10,
    5,
    40,
    0,
    "passes",
    "times a layer's forward pass moves its hidden state (norms, residuals, dropout)",
    "count of kernels: 6-18",
  ),
  activationPasses: c(3, 1, 8, 0, "passes", "times it moves the feed-forward activations", "count of kernels: 2-5"),
  backwardPasses: c(1.7, 1, 3, 1, "1", "the backward pass moves so many times what the forward pass moves", "count of kernels: 1.5-2"),
  unfusedSoftmaxPasses: c(
    7,
    3,
    14,
    0,
    "passes",
    "times attention without flash kernels moves its square of scores",
    "count of kernels: 5-9",
  ),
  flashAmpere: c(0.5, 0.25, 0.75, 1, "1", "flash attention's share of the BF16 peak, Ampere", "arXiv 2307.08691: 0.5-0.73"),
  flashAmpereEarly: c(0.33, 0.2, 0.5, 1, "1", "the same, Ampere with the first flash kernels", "arXiv 2307.08691: 0.25-0.40"),
  exposedContext: c(0.3, 0, 1, 1, "1", "share of context-parallel exchange left exposed", "NeMo rows"),
  flashHopperEarly: c(0.3, 0.15, 0.6, 1, "1", "the same, Hopper with kernels written for Ampere", "arXiv 2407.08608: 0.35"),
  flashHopper: c(0.45, 0.2, 0.75, 1, "1", "the same, Hopper with its own kernels", "arXiv 2407.08608: 0.75 at best"),
  flashBlackwell: c(0.5, 0.2, 0.8, 1, "1", "the same, Blackwell", "arXiv 2407.08608, by analogy"),
  flashTpu: c(0.4, 0.15, 0.8, 1, "1", "the same, TPUs and chips not named here", "MaxText recipes"),
  smallHead: c(0.7, 0.45, 1, 1, "1", "attention with heads of 64 reaches this share of what it reaches with 128", "arXiv 2407.08608: 0.75"),
  windowSkipped: c(0.5, 0, 1, 1, "1", "share of the scores outside a sliding window that kernels skip", "gpt-oss rows"),
  flashBackward: c(3, 2.5, 4.5, 2.5, "1", "backward over forward time of flash attention (2.5 by FLOPs)", "arXiv 2307.08691"),
  partialRecomputation: c(
    0.25,
    0,
    0.8,
    0,
    "1",
    "share of a full recomputation that a selective policy costs where attention is fused",
    "recipes that recompute norms and activations",
  ),
  launchSeconds: c(
    2e-3,
    20e-6,
    6e-3,
    0,
    "s",
    "host time to start one layer's kernels one by one, forward and backward",
    "vTrain: 3.3 ms with recomputation, whatever the size",
  ),
  fusedLaunches: c(
    0.3,
    0.02,
    1,
    1,
    "1",
    "share of it that remains with fused attention and layers",
    "count of kernels: a quarter to a half",
  ),
  hostWaiting: c(
    0.1,
    0,
    0.4,
    0,
    "1",
    "so much longer it gets with every doubling of the tensor group, whose hosts wait for each other",
    "vTrain, one node: 3.0 ms alone, 3.3 in pairs, 3.5 in fours, 4 to 5 in eights",
  ),
  routingSeconds: c(
    3e-3,
    50e-6,
    15e-3,
    0,
    "s",
    "host time of a layer with experts for one microbatch, forward and backward",
    "published rows never go below 9 ms on eight-chip hosts",
  ),
  graphShare: c(
    0.5,
    0.05,
    1,
    0,
    "1",
    "share of that host time where layers run as captured graphs (racks of one domain)",
    "release notes of Megatron Core",
  ),
  permutePasses: c(8, 2, 40, 0, "passes", "times dispatch and return of tokens to experts move their copies", "count of kernels: 4-8"),
  plainRouting: c(
    1.9,
    1,
    3,
    1,
    "1",
    "so many times that host time with plain all-to-all dispatch, which waits for counts, where a source says that it is used",
    "published rows of 16.5 ms against 9 ms",
  ),
  fusedRouting: c(
    0.5,
    0.15,
    1,
    1,
    "1",
    "share of these moves that remains with fused kernels (Megatron since 2026-04)",
    "published releases, same plan",
  ),
  exposedExpert: c(
    0.6,
    0.1,
    1.2,
    0,
    "1",
    "share of the experts' exchange left exposed without a schedule that hides it",
    "moe-zoo rows with and without",
  ),
  fastLinkShare: c(0.8, 0.4, 0.98, 1, "1", "collectives reach this share of the fast domain's rate", "NCCL tests: 0.8-0.9"),
  networkShare: c(0.75, 0.3, 0.98, 1, "1", "collectives reach this share of the network's rate", "NCCL tests: 0.7-0.95"),
  linkLatencySeconds: c(12e-6, 2e-6, 60e-6, 0, "s", "latency of a collective per doubling of its members", "NCCL tests: 5-20 us"),
  exposedTensor: c(0.5, 0.1, 1, 1, "1", "share of tensor-parallel communication left exposed with overlap on", "NeMo rows"),
  exposedPipeline: c(0.3, 0.02, 1, 1, "1", "share of pipeline transfers left exposed with overlap on", "NeMo rows"),
  exposedData: c(
    0.2,
    0,
    0.6,
    1,
    "1",
    "share of overlapped gradient and weight exchange that still costs time",
    "Korthikanti 2022, table 5 and NeMo rows",
  ),
  exposedShardsEarly: c(0.6, 0, 1, 1, "1", "the same in PyTorch's first FSDP (before mid-2024)", "llm-foundry rows"),
  maturing: c(
    0.03,
    0,
    0.12,
    0,
    "1/year",
    "software makes a chip design faster at this rate, from its first year to its fourth",
    "published releases, same plan",
  ),
  exposedShards: c(
    0.2,
    0,
    0.6,
    1,
    "1",
    "share of the sharded weights' travel beside computation that still costs time",
    "llm-foundry rows",
  ),
  stepSeconds: c(3e-3, 0, 0.03, 0, "s", "fixed time per step and doubling of the chips, from one", "small steps of NeMo rows"),
  stragglersKept: c(
    0.5,
    0,
    1,
    0,
    "1",
    "share of slow hosts that a run keeps: one host in 200 is 10% slow, and the slowest sets the pace",
    "arXiv 2402.15627, section 6.3",
  ),
  earlyFork: c(
    1.15,
    1,
    1.4,
    1,
    "1",
    "Megatron-DeepSpeed before 2023 takes so many times what Megatron-LM takes",
    "MT-NLG on 2,240 A100 against Megatron-LM on the same cluster: 1.27",
  ),
  powerExponent: c(
    0.5,
    0.333,
    1,
    0,
    "1",
    "matrix speed grows with this power of the power limit among equal designs",
    "dynamic power grows with the cube of the clock: 1/3; at fixed voltage: 1",
  ),
} satisfies Record<string, Constant>;

export type ConstantName = keyof typeof constants;
export type Calibration = Record<ConstantName, number>;

/** The values that all published runs together give. */
export const calibrated: Calibration = values.all;

/** The values that the published runs give without one group of them: what an honest test on that group must use. */
export function calibratedWithout(group: string): Calibration {
  return (values.without as Record<string, Calibration>)[paperOf(group)] ?? calibrated;
}

/** The values before any calibration. */
export const uncalibrated = Object.fromEntries(Object.entries(constants).map(([name, { start }]) => [name, start])) as Calibration;

function c(start: number, low: number, high: number, without: number, unit: string, meaning: string, source: string): Constant {
  return { start, low, high, unit, meaning, source, without };
}
