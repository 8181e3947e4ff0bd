import type { AiModel } from "./ai-model.ts";
import { parametersOf } from "./flops.ts";
import type { MemoryParts, MemoryPrediction } from "./prediction.ts";
import type { Run } from "./run.ts";
import { copies, gathersPerMicrobatch, ownWeights } from "./step.ts";

/** Drivers, communication buffers and what fragments cost: bytes, and a share of the rest. */
const reserve = { bytes: 3e9, share: 0.04 };

/** How far the prediction of memory itself may be off. */
export const memoryError = 0.1;

/** What fills a chip's memory on the fullest stage, and whether it fits. */
export function memoryPrediction(run: Run): MemoryPrediction {
  const parts = memoryParts(run);
  const totalBytes =
    parts.weightBytes + parts.gradientBytes + parts.optimizerBytes + parts.activationBytes + parts.logitBytes + parts.reserveBytes;
  // memory is built in powers of two: a chip of "80 GB" holds 80 x 2^30 bytes
  const capacityBytes = (run.cluster.accelerator.memoryBytes / 1e9) * 1_073_741_824;
  return {
    parts,
    totalBytes,
    capacityBytes,
    marginBytes: capacityBytes - totalBytes,
    fits: totalBytes <= capacityBytes * (1 + 1e-9),
    bytesShort: Math.max(0, totalBytes - capacityBytes),
  };
}

function memoryParts(run: Run): MemoryParts {
  const { plan, model } = run;
  const { dense, expert } = ownWeights(run);
  const ranks = copies(plan);
  const shared = (copiesOf: number): number => Math.min(copiesOf, plan.shardingRanks);
  const held = (bytes: number, from: number): number =>
    bytes * (dense / (plan.sharding >= from ? shared(ranks.dense) : 1) + expert / (plan.sharding >= from ? shared(ranks.expert) : 1));
  // sharded weights are gathered for the layer at work and the next one
  const kept = plan.sharding === 3 && !gathersPerMicrobatch(plan) ? 2 * (dense + expert) : 0;
  const gathered = plan.sharding === 3 ? (4 * (dense + expert)) / Math.max(1, model.layers / plan.pipelineParallel) : 0;
  const weightBytes = held(2, 3) + Math.max(gathered, kept);
  const gradientBytes = held(run.generation.gradientBytes === 2 && run.generation.stack === "megatron" ? 2 : 4, 2);
  const optimizerBytes = held(12, 1);
  const first = activationsInFlight(run, 0);
  const last = activationsInFlight(run, plan.pipelineParallel - 1);
  const logits = logitBytes(run);
  const lastIsFuller = last + logits > first;
  const activationBytes = lastIsFuller ? last : first;
  const rest = weightBytes + gradientBytes + optimizerBytes + activationBytes + (lastIsFuller ? logits : 0);
  return {
    weightBytes,
    gradientBytes,
    optimizerBytes,
    activationBytes,
    logitBytes: lastIsFuller ? logits : 0,
    reserveBytes: reserve.bytes + reserve.share * rest,
  };
}

/** Activations that a stage keeps until their backward passes. */
function activationsInFlight(run: Run, stage: number): number {
  const { model, plan } = run;
  const stages = plan.pipelineParallel;
  const microbatches = Math.max(1, plan.globalBatchSize / (plan.dataParallel * plan.microbatchSize));
  const interleaved = plan.interleaving > 1 ? 1 + (stages - 1) / (stages * plan.interleaving) : 1;
  const waiting = plan.schedule === "dualPipe" ? stages + 1 : stages - stage;
  const kept = Math.min(microbatches, stage === 0 ? waiting * interleaved : waiting);
  const layers = model.layers / stages;
  const expertShare = (model.experts?.layers ?? 0) / model.layers;
  const per = (withExperts: boolean): number => layerActivationBytes(run, withExperts);
  const layer = (expertShare > 0 ? per(true) * expertShare : 0) + (expertShare < 1 ? per(false) * (1 - expertShare) : 0);
  const working = plan.recomputedShare > 0 ? layerActivationBytes(run, expertShare > 0, 0) : 0;
  return kept * layers * layer * (1 - (plan.offloadedShare ?? 0)) + working + encoderActivationBytes(run);
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
  const narrow = plan.precision === "bf16" || plan.precision === "fp16" ? 2 : 1; // saved inputs of products
  const norms = ((lean ? 2 : 4) + 2 * narrow + (generation.dropout ? 2 : 0)) * model.hidden;
  const attention = 2 * attentionWidth(model, lean) + (narrow - 2) * 0.5 * model.heads * model.headDimension;
  const perWidth = (model.gatedFeedForward ? 4 : 2) + (lean ? 0 : narrow);
  const experts = withExperts ? model.experts : null;
  const inner = experts
    ? perWidth * (experts.perToken * experts.feedForward + experts.sharedFeedForward) + 2 * narrow * experts.perToken * model.hidden
    : perWidth * model.feedForward;
  const scores = fused || recomputation === "selective" ? 0 : 5 * model.heads * model.sequenceLength;
  const kept = tokens * (norms / split + (attention + inner + scores) / tensor);
  return share * ((2 * tokens * model.hidden) / split) + (1 - share) * kept;
}

/** Elements of query, key, value and attention's output per token. */
function attentionWidth(model: AiModel, lean: boolean): number {
  const { latentAttention: latent, heads, keyValueHeads, headDimension } = model;
  if (!latent) return (2 * heads + 2 * keyValueHeads) * headDimension;
  if (lean) return latent.queryRank + latent.keyValueRank + heads * latent.valueHead;
  const head = latent.headWithoutPosition + latent.headWithPosition;
  return heads * (2 * head + 2 * latent.valueHead) + latent.queryRank + latent.keyValueRank;
}

function logitBytes({ model, plan }: Run): number {
  const tokens = (model.sequenceLength * plan.microbatchSize) / plan.contextParallel;
  return (8 * tokens * model.vocabulary) / plan.tensorParallel;
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
