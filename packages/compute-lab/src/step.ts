import { exp } from "@watershed/probability";
import { architectureOf } from "./chip-rates.ts";
import { modelFlopsPerSequence, parametersOf } from "./flops.ts";
import { launchSeconds, layerSeconds, smoothExcess } from "./layer.ts";
import type { LayerSeconds } from "./layer.ts";
import { allReduceSeconds, gatherSeconds, log2 } from "./links.ts";
import { layerProduct } from "./matrix.ts";
import type { StepParts } from "./prediction.ts";
import { optimizerBytesOf } from "./run.ts";
import type { Run } from "./run.ts";

/** What one microbatch takes whatever the pipeline and the data parallelism: a layer of each kind, the logits, the encoders on one chip. */
export interface MicrobatchSeconds {
  dense: LayerSeconds;
  expert: LayerSeconds;
  logits: number;
  /** What starting the kernels of embedding and logits adds, as a layer's does. */
  logitsOverhead: number;
  encoder: number;
}

/** Times the pieces of one microbatch. */
export function microbatchSeconds(run: Run): MicrobatchSeconds {
  const { experts, layers } = run.model;
  const logits = headSeconds(run);
  return {
    dense: (experts?.layers ?? 0) < layers ? layerSeconds(run, false) : none,
    expert: experts ? layerSeconds(run, true) : none,
    logits,
    logitsOverhead: smoothExcess(logits, launchSeconds(run)),
    encoder: encoderSeconds(run),
  };
}

/** Microbatches that every data-parallel rank works through in a step. */
export function microbatchCount({ plan }: Pick<Run, "plan">): number {
  return Math.max(1, plan.globalBatchSize / (plan.dataParallel * plan.microbatchSize));
}

/** What the age of the software and the number of chips multiply every second with. */
export function paceOf({ k, generation, cluster }: Pick<Run, "k" | "generation" | "cluster">): number {
  const hosts = cluster.chips / 8;
  const slowHost = 1 - exp(-hosts / 200);
  const fork = generation.earlyFork ? k.earlyFork : generation.ownTrainer ? switchesLeftOff : 1;
  return fork * exp(-k.maturing * generation.maturityYears) * (1 + 0.1 * k.stragglersKept * slowHost);
}

/** Megatron-LM's own trainer as teams other than its makers run it: seven sources that no constant has seen measure 4 to 18% more than its parts add up to, NVIDIA's own Nemotron-4 4%. */
const switchesLeftOff = 1.06;

/** No step of a plan is shorter than this: its microbatches on a middle stage, one after the other. */
export function leastSeconds(run: Run, { dense, expert }: MicrobatchSeconds): number {
  return microbatchCount(run) * layersOfStage(run) * meanLayer(run, dense.total, expert.total) * paceOf(run);
}

/** Layers of a middle stage. */
function layersOfStage({ model, plan }: Run): number {
  return Math.ceil(model.layers / plan.pipelineParallel);
}

function meanLayer({ model }: Run, dense: number, expert: number): number {
  const expertShare = (model.experts?.layers ?? 0) / model.layers;
  return dense * (1 - expertShare) + expert * expertShare;
}

/** Seconds of one step by part, as physics and the calibration have it, before any site's own level. */
export function stepParts(run: Run, pieces: MicrobatchSeconds = microbatchSeconds(run)): StepParts {
  const { plan, k } = run;
  const { dense, expert, logits, logitsOverhead } = pieces;
  const microbatches = microbatchCount(run);
  const stage = slowestStage(run, dense.total, expert.total, logits + logitsOverhead);
  const of = (part: keyof LayerSeconds): number => dense[part] * stage.denseLayers + expert[part] * stage.expertLayers;
  const head = logits * stage.heads;
  const headOverhead = logitsOverhead * stage.heads;
  const encoder = pieces.encoder / plan.pipelineParallel;
  const transfer = pipelineTransfer(run);
  const perMicrobatch = of("total") + head + headOverhead + encoder + transfer;
  // while a last stage with much vocabulary sets the pace, the others still have their own layers to fill and drain with
  const middle = plan.pipelineParallel === 1 ? 0 : layersOfStage(run) * meanLayer(run, dense.total, expert.total);
  const bubble = idleShare(run, microbatches) * (Math.max(of("total"), middle) + encoder);
  const perMicrobatchShards = gathersPerMicrobatch(plan);
  const sharded = perMicrobatchShards ? shardedExchange(run, perMicrobatch) : 0;
  const scale = paceOf(run);
  const each = microbatches * scale;
  return {
    matrixSeconds: (of("matrix") + head) * each,
    attentionSeconds: of("attention") * each,
    memoryBoundSeconds: of("memoryBound") * each,
    recomputationSeconds: of("recomputation") * each,
    tensorCommunicationSeconds: of("tensor") * each,
    contextCommunicationSeconds: of("context") * each,
    expertCommunicationSeconds: of("expert") * each,
    pipelineBubbleSeconds: bubble * scale,
    pipelineCommunicationSeconds: transfer * each,
    dataCommunicationSeconds:
      (perMicrobatchShards ? sharded * microbatches + groupExchange(run, perMicrobatch) : gradientExchange(run, perMicrobatch)) * scale,
    optimizerSeconds: optimizerSeconds(run) * scale,
    encoderSeconds: encoder * each,
    overheadSeconds: (of("overhead") + headOverhead) * each + k.stepSeconds * (1 + log2(run.cluster.chips)),
  };
}

const none: LayerSeconds = {
  matrix: 0,
  attention: 0,
  memoryBound: 0,
  recomputation: 0,
  tensor: 0,
  context: 0,
  expert: 0,
  overhead: 0,
  total: 0,
};

interface Stage {
  denseLayers: number;
  expertLayers: number;
  heads: number;
}

/** The stage that takes longest: a middle one, or the last with its share of layers and the logits. */
function slowestStage({ model, plan }: Run, dense: number, expert: number, head: number): Stage {
  const stages = plan.pipelineParallel;
  const expertShare = (model.experts?.layers ?? 0) / model.layers;
  const further = model.multiTokenLayers;
  if (stages === 1) return split(model.layers + further, expertShare, 1 + further);
  const each = Math.ceil(model.layers / stages);
  const last = Math.max(0, model.layers - each * (stages - 1)) + further;
  const layer = dense * (1 - expertShare) + expert * expertShare;
  return last * layer + head * (1 + further) > each * layer ? split(last, expertShare, 1 + further) : split(each, expertShare, 0);
}

function split(layers: number, expertShare: number, heads: number): Stage {
  return { denseLayers: layers * (1 - expertShare), expertLayers: layers * expertShare, heads };
}

/** Logits of one microbatch, forward and backward, and the loss over them in memory. */
function headSeconds({ model, plan, wide, rates, generation, k }: Run): number {
  const tokens = (model.sequenceLength * plan.microbatchSize) / plan.contextParallel;
  const columns = model.vocabulary / plan.tensorParallel;
  const aligned = Math.ceil(columns / wide.alignment) * wide.alignment; // vocabularies are padded
  const { forward, backward } = layerProduct(tokens, aligned, model.hidden, wide, k);
  return forward + backward + (4 * (generation.fusedAttention ? 5 : 12) * tokens * columns) / rates.memoryBytesPerSecond;
}

function encoderSeconds({ model, plan, wide }: Run): number {
  if (model.encoders.length === 0) return 0;
  const { encoders } = model;
  const alone =
    modelFlopsPerSequence({ ...model, encoders }).causalAttention - modelFlopsPerSequence({ ...model, encoders: [] }).causalAttention;
  const recomputed = plan.recomputation === "full" ? 4 / 3 : 1;
  const busy = (alone * plan.microbatchSize * recomputed) / (0.6 * wide.flops);
  return busy / (plan.tensorParallel * plan.contextParallel);
}

/** Share of one microbatch's time on a stage that filling and draining the pipeline cost, times the stages that wait. */
function idleShare({ plan }: Run, microbatches: number): number {
  const waiting = plan.pipelineParallel - 1;
  if (waiting === 0) return 0;
  if (plan.schedule === "zeroBubble") return waiting / 3;
  if (plan.schedule === "dualPipe") return Math.max(0, plan.pipelineParallel / 2 - 1) * 0.6;
  return waiting / chunksInTurn(plan, microbatches);
}

/** Chunks that a stage works on in turn: interleaving wants microbatches in rounds of as many as there are stages. */
function chunksInTurn({ pipelineParallel, interleaving }: Run["plan"], microbatches: number): number {
  return microbatches >= pipelineParallel ? interleaving : 1;
}

/** Activations to the next stage and gradients back, of one microbatch, as far as they are exposed. */
function pipelineTransfer({ model, plan, links, k, cluster }: Run): number {
  if (plan.pipelineParallel === 1) return 0;
  const tokens = (model.sequenceLength * plan.microbatchSize) / plan.contextParallel;
  const bytes = (2 * tokens * model.hidden) / plan.tensorParallel;
  const stride = cluster.chips / plan.pipelineParallel;
  const rate = stride * plan.pipelineParallel <= links.domain ? links.fast : links.network;
  const once = bytes / rate + links.latencySeconds;
  return 2 * once * plan.interleaving * (plan.overlap.pipeline ? k.exposedPipeline : 1);
}

/** Sharded weights travel for every microbatch; with a pipeline they are gathered once per step and kept (Llama 3 report, section 3.3.2). */
export function gathersPerMicrobatch(plan: Run["plan"]): boolean {
  return plan.sharding >= 2 && plan.pipelineParallel === 1;
}

interface OwnWeights {
  dense: number;
  expert: number;
}

/** Parameters that one chip of a middle stage holds: those all data-parallel ranks share, and its own experts'. */
export function ownWeights({ model, plan }: Pick<Run, "model" | "plan">): OwnWeights {
  const counts = parametersOf(model);
  const experts = model.experts;
  const allExperts = experts ? counts.expert * experts.count * (experts.layers + model.multiTokenLayers) : 0;
  const embeddings = counts.embedding * (model.tiedEmbeddings ? 1 : 2);
  const layers = counts.total - allExperts - embeddings;
  const stages = plan.pipelineParallel;
  return {
    dense: (layers / stages + (stages > 1 ? counts.embedding : embeddings)) / plan.tensorParallel,
    expert: allExperts / (stages * plan.expertParallel * plan.expertTensorParallel),
  };
}

/** Ranks that hold copies of the same weights: of the dense part, and of an expert. */
export function copies(plan: Run["plan"]): { dense: number; expert: number } {
  const dense = plan.dataParallel * plan.contextParallel;
  return { dense, expert: Math.max(1, (dense * plan.tensorParallel) / (plan.expertParallel * plan.expertTensorParallel)) };
}

/** Gradients added up and weights spread once per step, less what the last microbatch's backward pass hides. */
function gradientExchange(run: Run, perMicrobatch: number): number {
  const { plan, links, k, generation } = run;
  const { dense, expert } = ownWeights(run);
  const ranks = copies(plan);
  const bytes = plan.sharding === 0 ? 2 * generation.gradientBytes : generation.gradientBytes + 2;
  const stride = plan.tensorParallel;
  const whole =
    gatherSeconds(links, bytes * dense, ranks.dense, stride) +
    gatherSeconds(links, bytes * expert, ranks.expert, plan.expertParallel * plan.expertTensorParallel);
  return besideBackward(run, whole, k.exposedData, perMicrobatch);
}

/**
 * What shows of an exchange once per step where backward passes may hide all but a share of it: those of the last microbatch, and where stages
 * are dealt out in chunks those of the last round, during which one chunk after the other is done with its gradients.
 */
function besideBackward({ plan }: Run, whole: number, exposed: number, perMicrobatch: number): number {
  if (!plan.overlap.data) return whole;
  const chunks = chunksInTurn(plan, microbatchCount({ plan }));
  const round = 1 + ((plan.pipelineParallel - 1) * (chunks - 1)) / chunks;
  return exposed * whole + Math.max(0, (1 - exposed) * whole - round * perMicrobatch);
}

/** What one adapter carried when there were rings over one alone: 100 Gb/s. */
const adapterBytesPerSecond = 12.5e9;

/** Weights gathered for every microbatch and gradients scattered, beside computation as far as that lasts. */
function shardedExchange(run: Run, perMicrobatch: number): number {
  const { plan, links, k, generation } = run;
  const { dense, expert } = ownWeights(run);
  const ranks = copies(plan);
  const passes = (plan.sharding === 3 ? 4 : 2) + 2;
  // an adapter that a host's chips share is no slower for being the only one
  const rings = generation.oneAdapterSharding
    ? { ...links, domain: 1, network: Math.max(links.network, k.networkShare * adapterBytesPerSecond) }
    : links;
  const whole =
    gatherSeconds(rings, passes * dense, Math.min(ranks.dense, plan.shardingRanks), plan.tensorParallel) +
    gatherSeconds(rings, passes * expert, Math.min(ranks.expert, plan.shardingRanks), plan.expertParallel * plan.expertTensorParallel);
  if (gathersLate(run)) return exposedLate * whole;
  return (
    (generation.earlySharding ? k.exposedShardsEarly : k.exposedShards) * Math.min(whole, perMicrobatch) +
    Math.max(0, whole - perMicrobatch)
  );
}

/** What shows of an exchange that starts late, whatever the batch; six measured steps of DeepSeek-V3 by MaxText on 64 MI355X lie within a tenth. */
const exposedLate = 0.8;

/** On GPUs XLA starts to gather experts when it needs them: measured steps grow by the same seconds with every sequence, from the first on. */
function gathersLate({ generation, model, cluster }: Run): boolean {
  return generation.stack === "maxText" && model.experts !== null && architectureOf(cluster.accelerator) !== "tpu";
}

/** Where weights are shared out within groups of ranks alone, gradients are added up over the groups once per step, beside the last backward pass. */
function groupExchange(run: Run, perMicrobatch: number): number {
  const { plan, links, k, generation } = run;
  const { dense, expert } = ownWeights(run);
  const ranks = copies(plan);
  const over = (weights: number, all: number, stride: number): number => {
    const within = Math.min(all, plan.shardingRanks);
    return allReduceSeconds(links, (generation.gradientBytes * weights) / within, all / within, within * stride);
  };
  const whole = over(dense, ranks.dense, plan.tensorParallel) + over(expert, ranks.expert, plan.expertParallel * plan.expertTensorParallel);
  return besideBackward(run, whole, generation.earlySharding ? k.exposedShardsEarly : k.exposedData, perMicrobatch);
}

/** The optimizer over the chip's share: what it keeps read and written, the gradient read, the weight written; Adam in FP32 30 bytes a parameter. */
function optimizerSeconds(run: Run): number {
  const { plan, rates } = run;
  const { dense, expert } = ownWeights(run);
  const ranks = copies(plan);
  const shared = plan.sharding > 0;
  const bytes = 2 * optimizerBytesOf(run) + 6;
  return (bytes * (dense / (shared ? ranks.dense : 1) + expert / (shared ? ranks.expert : 1))) / rates.memoryBytesPerSecond;
}
