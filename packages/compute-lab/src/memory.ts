import type { AiModel } from "./ai-model.ts";
import { parametersOf } from "./flops.ts";
import type { MemoryParts, MemoryPrediction } from "./prediction.ts";
import { optimizerBytesOf } from "./run.ts";
import type { Run } from "./run.ts";
import { copies, gathersPerMicrobatch, ownWeights } from "./step.ts";

/** Drivers and communication buffers, bytes; what fragments cost, as a share of the tensors. */
const reserve = { bytes: 3e9, share: 0.04 };

/** What is left to programs, as PyTorch tells it: 79.18 GiB of H100's 80, 94.98 of 96, 31.74 of V100's 32, 47.48 of A6000's 48. */
const usableShare = 0.99;

/** DeepSpeed's two buckets for reducing and gathering, 5e8 elements of two bytes each unless configured otherwise. */
const deepSpeedBuckets = 2e9;

/** How far the prediction of memory may be off either way; [LAB27] counts how many published totals that holds. */
export const memoryError = 0.15;

/** What fills a chip's memory on the fullest stage, and whether it fits. */
export function memoryPrediction(run: Run): MemoryPrediction {
  const tensors = tensorParts(run);
  const allocatedBytes =
    tensors.weightBytes + tensors.gradientBytes + tensors.optimizerBytes + tensors.activationBytes + tensors.logitBytes;
  const reservedBytes = allocatedBytes * (1 + reserve.share);
  const totalBytes = reservedBytes + reserve.bytes;
  // memory is built in powers of two: a chip of "80 GB" holds 80 x 2^30 bytes, and keeps a hundredth to itself
  const capacityBytes = (run.cluster.accelerator.memoryBytes / 1e9) * 1_073_741_824 * usableShare;
  const fits = totalBytes <= capacityBytes * (1 + 1e-9);
  return {
    parts: { ...tensors, reserveBytes: totalBytes - allocatedBytes },
    allocatedBytes,
    reservedBytes,
    totalBytes,
    capacityBytes,
    marginBytes: fits ? Math.max(0, capacityBytes - totalBytes) : capacityBytes - totalBytes,
    fits,
    bytesShort: fits ? 0 : totalBytes - capacityBytes,
  };
}

function tensorParts(run: Run): Omit<MemoryParts, "reserveBytes"> {
  const { plan, model } = run;
  const { dense, expert } = ownWeights(run);
  const ranks = copies(plan);
  const shared = (copiesOf: number): number => Math.min(copiesOf, plan.shardingRanks);
  const held = (bytes: number, from: number): number =>
    bytes * (dense / (plan.sharding >= from ? shared(ranks.dense) : 1) + expert / (plan.sharding >= from ? shared(ranks.expert) : 1));
  const keepsWhole = plan.sharding === 3 && !gathersPerMicrobatch(plan);
  // sharded weights are gathered for the layer at work and the next one
  const gathered = plan.sharding === 3 ? (4 * (dense + expert)) / Math.max(1, model.layers / plan.pipelineParallel) : 0;
  const weightBytes = held(2, 3) + Math.max(gathered, keepsWhole ? 2 * (dense + expert) : 0);
  const { sum, whole, bucketBytes } = gradientFormat(run);
  // PyTorch's pipelines add up whole gradients and share them out with the last microbatch
  const unshared = plan.sharding >= 2 && !gathersPerMicrobatch(plan) && run.generation.stack === "fsdp" ? 4 * (dense + expert) : 0;
  const gradientBytes = held(sum, 2) + whole * (dense + expert) + unshared + bucketBytes;
  const logits = logitBytes(run);
  const layers = (stage: number, inFlight: number): { activationBytes: number; logitBytes: number } => {
    const { kept, working } = activationsInFlight(run, stage, inFlight);
    // the layer at work in the backward pass needs room when that of the logits is free again
    const last = stage === plan.pipelineParallel - 1 && logits > working;
    return { activationBytes: kept + (last ? 0 : working), logitBytes: last ? logits : 0 };
  };
  const sumOf = (of: { activationBytes: number; logitBytes: number }): number => of.activationBytes + of.logitBytes;
  const [first, last] = [layers(0, plan.pipelineParallel), layers(plan.pipelineParallel - 1, 1)];
  const fuller = sumOf(last) > sumOf(first) ? last : first;
  // the optimizer's copy of its share of the gradients comes when activations are gone
  const kept = optimizerBytesOf(run);
  const step = sum === 2 && kept >= 8 ? held(4, 1) : 0;
  return { weightBytes, gradientBytes, optimizerBytes: held(kept, 1) + Math.max(0, step - sumOf(fuller)), ...fuller };
}

/** Bytes per parameter in which gradients are added up, those kept besides that no sharding divides, and buckets they travel in. */
function gradientFormat(run: Run): { sum: 2 | 4; whole: number; bucketBytes: number } {
  const { plan, generation } = run;
  const { stack } = generation;
  const deepSpeed = stack === "megatronDeepSpeed" || stack === "deepSpeed";
  // DeepSpeed adds up in the weights' own format where it shares anything out (engine.py, get_data_types)
  const narrow =
    (stack === "megatron" && generation.gradientBytes === 2) ||
    (stack === "megatronDeepSpeed" && plan.precision === "fp16") ||
    (stack === "deepSpeed" && plan.sharding > 0);
  const habit = narrow ? 2 : 4;
  // an optimizer without weights in FP32 takes gradients as they come
  const sum = plan.gradientBytes ?? (optimizerBytesOf(run) < 6 ? 2 : habit);
  // its optimizer for BF16 adds up in FP32 beside the gradients of the backward pass (BigScience 2022)
  const whole = stack === "megatronDeepSpeed" && sum === 4 ? 2 : 0;
  return { sum, whole, bucketBytes: deepSpeed && sum === 2 ? deepSpeedBuckets : 0 };
}

/** Activations that a stage keeps until their backward passes, and those of the layer that is computed again and run backward. */
function activationsInFlight(run: Run, stage: number, waitingStages: number): { kept: number; working: number } {
  const { model, plan, generation } = run;
  const stages = plan.pipelineParallel;
  const microbatches = Math.max(1, plan.globalBatchSize / (plan.dataParallel * plan.microbatchSize));
  const interleaved = plan.interleaving > 1 ? 1 + (stages - 1) / (stages * plan.interleaving) : 1;
  const waiting = plan.schedule === "dualPipe" ? stages + 1 : waitingStages;
  const inFlight = Math.min(microbatches, stage === 0 ? waiting * interleaved : waiting);
  const layers = model.layers / stages;
  const expertShare = (model.experts?.layers ?? 0) / model.layers;
  const per = (withExperts: boolean): number => layerActivationBytes(run, withExperts);
  const layer = (expertShare > 0 ? per(true) * expertShare : 0) + (expertShare < 1 ? per(false) * (1 - expertShare) : 0);
  // DeepSpeed's pipeline holds on to what a stage sent; Megatron lets go of it
  const sent = stages > 1 && generation.stack === "megatronDeepSpeed" ? boundaryBytes(run) : 0;
  // what is computed again, and as much of its gradients; those of scores come when the feed-forward block's are free again
  const again = plan.keptProducts ? { ...run, plan: { ...plan, recomputation: "none" as const, keptProducts: undefined } } : run;
  const computedAgain = plan.recomputedShare > 0 || plan.keptProducts !== undefined;
  const working = computedAgain ? 2 * layerActivationBytes(again, expertShare > 0, 0) - scoreBytes(again) : 0;
  const away = plan.offloadedShare ?? 0;
  // XLA sends the products' outputs to the host; what goes from layer to layer stays
  const staying = generation.stack === "maxText" ? away * boundaryBytes(run) : 0;
  const kept = inFlight * (layers * (layer * (1 - away) + staying) + sent) + encoderActivationBytes(run);
  return { kept, working };
}

/** A microbatch's hidden state as it goes from layer to layer, two bytes a number. */
function boundaryBytes({ model, plan }: Run): number {
  const tokens = (model.sequenceLength * plan.microbatchSize) / plan.contextParallel;
  return (2 * tokens * model.hidden) / (plan.sequenceParallel ? plan.tensorParallel : 1);
}

/** Bytes a layer keeps for one microbatch (Korthikanti 2022, section 4, with gated blocks, few key-value heads and experts). */
export function layerActivationBytes(run: Run, withExperts: boolean, share = run.plan.recomputedShare): number {
  const { model, plan, generation } = run;
  const { recomputation } = plan;
  const tensor = plan.tensorParallel;
  const tokens = (model.sequenceLength * plan.microbatchSize) / plan.contextParallel;
  const split = plan.sequenceParallel ? tensor : 1;
  const fused = generation.fusedAttention;
  const lean = recomputation === "selective" && fused;
  const narrow = keepsNarrow(run) ? 1 : 2; // bytes of a product's saved input
  const norms = ((lean ? 2 : 4) + (generation.dropout ? 2 : 0)) * model.hidden;
  const inputs = 2 * narrow * model.hidden; // of the two products that follow a norm
  const attention = 2 * attentionWidth(model, lean) + (narrow - 2) * 0.5 * model.heads * model.headDimension;
  const perWidth = (model.gatedFeedForward ? (keepsGate(run) ? 6 : 4) : 2) + (lean ? 0 : narrow);
  const experts = withExperts ? model.experts : null;
  const places = (experts?.perToken ?? 0) * (plan.capacityFactor ?? 1);
  const inner = experts
    ? perWidth * (places * experts.feedForward + experts.sharedFeedForward) + 2 * narrow * places * model.hidden
    : perWidth * model.feedForward;
  const byProducts =
    plan.keptProducts !== undefined ||
    (recomputation === "selective" && !experts && (generation.plainOperators || generation.stack === "maxText"));
  const kept = byProducts
    ? keptProductBytes(run)
    : tokens * (norms / split + inputs / (generation.plainOperators ? 1 : split) + (attention + inner) / tensor) + scoreBytes(run);
  return share * boundaryBytes(run) + (1 - share) * kept;
}

/** Whether a gate is kept before and after its activation, as separate operators do. */
function keepsGate({ generation }: Run): boolean {
  return generation.plainOperators && (generation.operators === "eager" || generation.operators === "ownKernels");
}

/** Whether inputs of products are kept in eight bits; PyTorch's own (torchao) keep what they are given and cast it again. */
function keepsNarrow({ plan, generation }: Run): boolean {
  return plan.precision !== "bf16" && plan.precision !== "fp16" && !generation.plainOperators;
}

/** Attention's square of scores, its softmax and dropout, where they are written to memory and kept. */
function scoreBytes({ model, plan, generation }: Run): number {
  if (generation.fusedAttention || plan.recomputation === "selective") return 0;
  const tokens = (model.sequenceLength * plan.microbatchSize) / plan.contextParallel;
  return (5 * model.heads * model.sequenceLength * tokens) / plan.tensorParallel;
}

/**
 * Selective recomputation by products keeps a layer's input, and PyTorch's own attention's output and that of every other product (query, value,
 * gate, down), MaxText's `minimal` that of every product but the last, which only a sum reads.
 */
function keptProductBytes(run: Run): number {
  const { model, plan, generation } = run;
  const tokens = (model.sequenceLength * plan.microbatchSize) / plan.contextParallel;
  if (plan.keptProducts) {
    const { heads, keyValueHeads, headDimension, hidden, feedForward } = model;
    const widths = {
      qkv: (heads + 2 * keyValueHeads) * headDimension,
      context: heads * headDimension,
      out: hidden,
      feedForward: 2 * feedForward + hidden,
    };
    const width = plan.keptProducts.reduce((sum, product) => sum + widths[product], 0);
    return (2 * tokens * width) / plan.tensorParallel + boundaryBytes(run);
  }
  const [queries, keys] = generation.plainOperators ? [2 * model.heads, model.keyValueHeads] : [model.heads, 2 * model.keyValueHeads];
  const inner = (generation.plainOperators || !model.gatedFeedForward ? 1 : 2) * model.feedForward;
  return (2 * tokens * ((queries + keys) * model.headDimension + inner)) / plan.tensorParallel + 2 * boundaryBytes(run);
}

/** Elements of query, key, value and attention's output per token. */
function attentionWidth(model: AiModel, lean: boolean): number {
  const { latentAttention: latent, heads, keyValueHeads, headDimension } = model;
  if (!latent) return (2 * heads + 2 * keyValueHeads) * headDimension;
  if (lean) return latent.queryRank + latent.keyValueRank + heads * latent.valueHead;
  const head = latent.headWithoutPosition + latent.headWithPosition;
  return heads * (2 * head + 2 * latent.valueHead) + latent.queryRank + latent.keyValueRank;
}

/**
 * Logits and what the loss makes of them. Megatron: BF16, FP32 in place, a BF16 gradient. PyTorch: BF16, then a copy, its logarithm of softmax
 * and a gradient in FP32; with a fused loss BF16 and one FP32 tensor.
 */
function logitBytes({ model, plan, generation }: Run): number {
  const tokens = (model.sequenceLength * plan.microbatchSize) / plan.contextParallel;
  const perLogit = !generation.plainOperators ? 8 : generation.fusedLoss ? 6 : 14;
  return (perLogit * tokens * model.vocabulary) / plan.tensorParallel;
}

function encoderActivationBytes({ model, plan }: Run): number {
  return model.encoders.reduce((sum, encoder) => {
    const kept = encoder.trained ? 34 * encoder.layers : 34;
    return sum + (kept * encoder.hidden * encoder.tokensIn * encoder.itemsPerSequence * plan.microbatchSize) / plan.tensorParallel;
  }, 0);
}

/** All weights, gradients and optimizer state of an AI model, bytes: what a cluster must hold at the least. */
export function leastStateBytes(model: AiModel): number {
  return 16 * parametersOf(model).total;
}
