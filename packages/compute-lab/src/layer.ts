import type { AiModel } from "./ai-model.ts";
import type { Calibration } from "./calibration.ts";
import { headWidths, secondProductShare } from "./flops.ts";
import { allReduceSeconds, gatherSeconds, log2, membersInside } from "./links.ts";
import { layerProduct, matrixSeconds } from "./matrix.ts";
import type { KeptProduct } from "./plan.ts";
import type { Run } from "./run.ts";

/** Seconds of one layer for one microbatch on one chip, forward and backward. */
export interface LayerSeconds {
  matrix: number;
  attention: number;
  memoryBound: number;
  recomputation: number;
  tensor: number;
  context: number;
  expert: number;
  overhead: number;
  total: number;
}

interface Both {
  forward: number;
  backward: number;
}

/** A layer with dense feed-forward block, or with experts. */
export function layerSeconds(run: Run, withExperts: boolean): LayerSeconds {
  const { model, plan } = run;
  const tokens = (model.sequenceLength * plan.microbatchSize) / plan.contextParallel;
  const linear = attentionProducts(run, tokens);
  const feedForward = withExperts ? expertProducts(run, tokens) : denseProducts(run, tokens, model.feedForward);
  const matrix = { forward: linear.forward + feedForward.forward, backward: linear.backward + feedForward.backward };
  const core = attentionCore(run, tokens);
  const memory = elementWise(run, tokens, withExperts);
  const tensor = tensorExchange(run, tokens, withExperts);
  const context = contextExchange(run, tokens, core);
  const expert = withExperts ? expertExchange(run, tokens) : 0;
  const needless = withExperts ? 0 : needlessProduct(run, tokens);
  const recomputation = plan.keptProducts
    ? recomputedByName(run, linear.forward, feedForward.forward - needless + expert, core.forward, memory.forward, tensor)
    : recomputed(run, { ...matrix, forward: matrix.forward - needless }, core, memory, tensor, expert);
  const busy = matrix.forward + matrix.backward + core.forward + core.backward + memory.forward + memory.backward;
  const gpu = busy + recomputation + 2 * tensor + context + 2 * expert;
  const host = launchSeconds(run) * (plan.recomputation === "full" ? 1.33 : 1) + (withExperts ? routingHost(run) : 0);
  const overhead = smoothExcess(gpu, host);
  return {
    matrix: matrix.forward + matrix.backward,
    attention: core.forward + core.backward,
    memoryBound: memory.forward + memory.backward,
    recomputation,
    tensor: 2 * tensor,
    context,
    expert: 2 * expert,
    overhead,
    total: gpu + overhead,
  };
}

function attentionProducts(run: Run, tokens: number): Both {
  const { model, plan, narrow, k } = run;
  const { hidden, heads, keyValueHeads, headDimension, latentAttention: latent } = model;
  const own = heads / plan.tensorParallel;
  if (!latent) {
    const columns = (own + 2 * Math.max(keyValueHeads / plan.tensorParallel, 1)) * headDimension;
    return sum(layerProduct(tokens, columns, hidden, narrow, k), layerProduct(tokens, hidden, own * headDimension, narrow, k));
  }
  const head = latent.headWithoutPosition + latent.headWithPosition;
  const query =
    latent.queryRank > 0
      ? sum(layerProduct(tokens, latent.queryRank, hidden, narrow, k), layerProduct(tokens, own * head, latent.queryRank, narrow, k))
      : layerProduct(tokens, own * head, hidden, narrow, k);
  const down = layerProduct(tokens, latent.keyValueRank + latent.headWithPosition, hidden, narrow, k);
  const up = layerProduct(tokens, own * (latent.headWithoutPosition + latent.valueHead), latent.keyValueRank, narrow, k);
  return sum(sum(query, down), sum(up, layerProduct(tokens, hidden, own * latent.valueHead, narrow, k)));
}

function denseProducts(run: Run, tokens: number, width: number): Both {
  const { model, plan, narrow, k } = run;
  const own = width / plan.tensorParallel;
  return sum(
    layerProduct(tokens, model.gatedFeedForward ? 2 * own : own, model.hidden, narrow, k),
    layerProduct(tokens, model.hidden, own, narrow, k),
  );
}

/** Router, shared block and the grouped products of a chip's own experts, each with its few tokens. */
function expertProducts(run: Run, tokens: number): Both {
  const { model, plan, narrow, wide, k } = run;
  const experts = model.experts!;
  const own = experts.count / plan.expertParallel;
  const routed = (unevenness(run) * tokens * experts.perToken * plan.expertTensorParallel) / plan.tensorParallel;
  // what casts to eight bits by kernels of their own gain in the products of small experts they lose again, until a recipe fuses them
  const grouped = run.generation.trainer ? wide : narrow;
  const rows = Math.max(routed / own, 1);
  const width = experts.feedForward / plan.expertTensorParallel;
  const one = sum(
    layerProduct(rows, model.gatedFeedForward ? 2 * width : width, model.hidden, grouped, k),
    layerProduct(rows, model.hidden, width, grouped, k),
  );
  const router = layerProduct(tokens / plan.tensorParallel, experts.count, model.hidden, wide, k);
  const shared = experts.sharedFeedForward > 0 ? denseProducts(run, tokens, experts.sharedFeedForward) : { forward: 0, backward: 0 };
  return { forward: one.forward * own + router.forward + shared.forward, backward: one.backward * own + router.backward + shared.backward };
}

/**
 * How many times its even share the fullest chip of a group of experts gets, for which the others wait. Routers as learned: the whole step 8 to 20% longer
 * (Megatron's release notes), 39% in prime-rl's test on B300, which is half as much again of all that experts do.
 */
const unevenRouting = 1.25;

function unevenness({ plan }: Run): number {
  return plan.capacityFactor ?? (routesUnevenly(plan) ? unevenRouting : 1);
}

/** Whether chips wait for the one to which a router as learned sends most. */
export function routesUnevenly({ routing, capacityFactor, expertParallel }: Run["plan"]): boolean {
  return routing === "learned" && capacityFactor === undefined && expertParallel > 1;
}

/** Scores, softmax and sum over values: in one kernel, or with the square of scores through memory. */
function attentionCore(run: Run, tokens: number): Both {
  const { model, plan, rates, wide, k, generation } = run;
  const seen = attentionSpan(model, k);
  const own = model.heads / plan.tensorParallel;
  const flops = 2 * tokens * seen * own * headWidths(model);
  if (generation.fusedAttention) {
    const forward = flops / 2 / (rates.attentionFlops * headShare(model, rates));
    return { forward, backward: forward * k.flashBackward };
  }
  const products =
    (flops / wide.flops) * (1 + k.halfReduction / model.headDimension / 4) * (model.headDimension % 8 === 0 ? 1 : crookedHead);
  const memory = (k.unfusedSoftmaxPasses / 2) * ((2 * own * tokens * seen) / rates.memoryBytesPerSecond);
  return { forward: products + memory, backward: 2 * products + memory };
}

/** By how much products of heads whose width is no multiple of eight are slower: they miss the tensor cores (BigScience 2022, heads of 108). */
const crookedHead = 8;

/** Small heads keep the matrix units less busy. */
function headShare(model: AiModel, { smallHead }: Run["rates"]): number {
  const width = headWidths(model) / 2;
  return width >= 128 ? 1 : 1 - ((1 - smallHead) * (128 - width)) / 64;
}

/** Scores per token that kernels work through: the window's, and those outside it that they do not skip. */
function attentionSpan({ sequenceLength, slidingWindow: window }: AiModel, k: Calibration): number {
  if (!window) return sequenceLength;
  const inside = Math.min(sequenceLength, 2 * window.tokens);
  const skipped = window.tokens >= wideWindow ? 1 : k.windowSkipped;
  return sequenceLength - window.share * (sequenceLength - inside) * skipped;
}

/** Tokens of a window from which kernels, which work in blocks of a hundred and more, skip all that lies outside. */
const wideWindow = 1024;

/** Norms, residuals and dropout (split by sequence parallelism), activations, conversions and, with experts, moving tokens about. */
function elementWise(run: Run, tokens: number, withExperts: boolean): Both {
  const { model, plan, rates, k, generation } = run;
  const split = plan.sequenceParallel ? plan.tensorParallel : 1;
  const matrices = model.gatedFeedForward ? 3 : 2;
  const { experts } = model;
  const uneven = unevenness(run);
  const inner =
    withExperts && experts
      ? (uneven * experts.perToken * experts.feedForward) / plan.tensorParallel + experts.sharedFeedForward / plan.tensorParallel
      : model.feedForward / plan.tensorParallel;
  const own = (model.heads * model.headDimension) / plan.tensorParallel;
  const fused = generation.fusedRouting && plan.expertDispatch === "fused" ? k.fusedRouting : 1;
  const passes = k.permutePasses * fused;
  const moved = withExperts && experts ? (uneven * passes * experts.perToken * model.hidden) / plan.tensorParallel : 0;
  const elements = (k.normPasses * model.hidden) / split + (k.activationPasses * matrices * inner) / 2 + moved + 3 * own;
  const forward = (2 * tokens * elements * operatorTraffic(run)) / rates.memoryBytesPerSecond;
  const casts = generation.plainOperators && plan.precision === "fp8" ? castSeconds(run, tokens, inner) : 0;
  return { forward: forward + casts, backward: forward * k.backwardPasses + casts };
}

/**
 * Traffic of PyTorch's own operators beside that of fused kernels, in AI models of Llama's kind: RMSNorm, rotary positions and SwiGLU one operator
 * after the other read and write eight bytes where a value has two, compiled together each value once. Counted, 2.0 and 0.6 times; torchtitan's
 * Table 1 of 2024-12, with and without its compiler, says 1.7 and 0.6. Eight bits are never run without the compiler.
 */
function operatorTraffic({ model, plan, generation }: Run): number {
  if (!generation.plainOperators || !model.gatedFeedForward || generation.operators === "ownKernels") return 1;
  const wide = plan.precision === "bf16" || plan.precision === "fp16";
  return (generation.operators ?? (wide ? "eager" : "compiled")) === "eager" ? 1.7 : 0.6;
}

/** Whether that traffic had to be guessed. */
export function operatorsUntold({ model, generation }: Run): boolean {
  return generation.plainOperators && model.gatedFeedForward && generation.operators === null;
}

/**
 * Operands turned into eight bits by operators of their own (torchao's dynamic scales): read once their largest is known, and written, three bytes
 * each, inputs and weights forward, gradients and weights backward. Transformer Engine does it on the way through other kernels.
 */
function castSeconds({ model, plan, rates }: Run, tokens: number, inner: number): number {
  const own = (model.heads * model.headDimension) / plan.tensorParallel;
  const matrices = model.gatedFeedForward ? 3 : 2;
  const weights = 4 * model.hidden * own + matrices * model.hidden * inner;
  return (3 * (tokens * (3 * model.hidden + inner) + weights)) / rates.memoryBytesPerSecond;
}

/** Tensor-parallel all-reduces of one direction that computation does not hide. */
function tensorExchange(run: Run, tokens: number, withExperts: boolean): number {
  const { model, plan, links, k } = run;
  if (plan.tensorParallel === 1) return 0;
  const bytes = 2 * tokens * model.hidden;
  const one = allReduceSeconds(links, bytes, plan.tensorParallel, 1);
  const again = plan.sequenceParallel ? gatherSeconds(links, bytes, plan.tensorParallel, 1) / 2 : 0;
  const blocks = model.parallelBlock || (withExperts && plan.expertTensorParallel === 1 && !model.experts?.sharedFeedForward) ? 1 : 2;
  return blocks * (one + again) * (plan.overlap.tensor ? k.exposedTensor : 1);
}

/** Keys and values going round the context-parallel ring beside attention, forward and backward. */
function contextExchange(run: Run, tokens: number, core: Both): number {
  const { model, plan, links, k } = run;
  const members = plan.contextParallel;
  if (members === 1) return 0;
  const heads = model.latentAttention ? model.heads : model.keyValueHeads;
  const bytes = 4 * Math.max(heads / plan.tensorParallel, 1) * model.headDimension * tokens * members;
  const once = gatherSeconds(links, bytes, members, plan.tensorParallel);
  const hidden = core.forward + core.backward;
  return Math.max(3 * once - hidden, 0) + k.exposedContext * Math.min(3 * once, hidden);
}

/** Dispatch and return of one direction: inside the fast domain and over the network, what no schedule hides. */
function expertExchange(run: Run, tokens: number): number {
  const { model, plan, links, k } = run;
  const members = plan.expertParallel * plan.expertTensorParallel;
  if (members === 1) return 0;
  const bytes = (2 * unevenness(run) * tokens * model.experts!.perToken * model.hidden * plan.expertTensorParallel) / plan.tensorParallel;
  const inside = membersInside(links, members, 1);
  const domains = members / inside;
  const copies =
    plan.expertDispatch === "fused" && (run.generation.fusedDispatch || plan.schedule === "dualPipe")
      ? domainCopies(model.experts!.perToken, domains)
      : 1 - 1 / domains;
  const once = (bytes * (1 - 1 / members)) / links.fast + (bytes * copies) / links.network + 2 * links.latencySeconds * 4;
  return 2 * once * k.exposedExpert * (plan.overlap.expert ? 0.35 : 1);
}

/** Copies that leave a domain, as a share of all, when a domain gets one copy for all its experts (DeepEP). */
function domainCopies(perToken: number, domains: number): number {
  if (domains <= 1) return 0;
  let missed = 1;
  for (let expert = 0; expert < perToken; expert++) missed *= 1 - 1 / domains;
  return ((domains - 1) * (1 - missed)) / perToken;
}

/** Host time to start a layer's kernels; ranks of one tensor group wait for the slowest of their hosts. */
export function launchSeconds({ k, plan, generation }: Run): number {
  return k.launchSeconds * (generation.fusedAttention ? k.fusedLaunches : 1) * (1 + k.hostWaiting * log2(plan.tensorParallel));
}

function routingHost({ k, cluster, plan }: Run): number {
  return k.routingSeconds * (plan.expertDispatch === "plain" ? k.plainRouting : 1) * (cluster.scaleUpChips > 16 ? k.graphShare : 1);
}

/** XLA drops from a recomputation what no gradient asks for: the last product of a feed-forward block, which is only added to what went in. */
function needlessProduct(run: Run, tokens: number): number {
  const { model, plan, narrow, k, generation } = run;
  if (generation.stack !== "maxText") return 0;
  return matrixSeconds(tokens, model.hidden, model.feedForward / plan.tensorParallel, narrow, k);
}

function recomputed(run: Run, matrix: Both, core: Both, memory: Both, tensor: number, expert: number): number {
  const { plan, k, generation } = run;
  const whole = matrix.forward + core.forward + memory.forward + tensor + expert;
  const selective = generation.plainOperators
    ? secondProductShare(run.model) * matrix.forward + memory.forward + tensor / 2 // PyTorch's own keeps every second product, and what was scattered
    : generation.fusedAttention
      ? k.partialRecomputation * (matrix.forward + core.forward + memory.forward)
      : core.forward;
  return plan.recomputedShare * whole + (1 - plan.recomputedShare) * (plan.recomputation === "selective" ? selective : 0);
}

/** The forward pass again but for the products that a policy keeps by their names: what comes between them is always computed anew. */
function recomputedByName({ model, plan }: Run, linear: number, feedForward: number, core: number, memory: number, tensor: number): number {
  const keeps = (product: KeptProduct): boolean => plan.keptProducts!.includes(product);
  const queries = (model.heads + 2 * model.keyValueHeads) / (2 * model.heads + 2 * model.keyValueHeads);
  const attention = (keeps("qkv") ? 0 : queries * linear) + (keeps("out") ? 0 : (1 - queries) * linear);
  return attention + (keeps("feedForward") ? 0 : feedForward) + (keeps("context") ? 0 : core) + memory + tensor;
}

/** What a host that needs `host` seconds adds to work of `busy` seconds: nothing while it is well ahead, all of the rest when it is behind. */
export function smoothExcess(busy: number, host: number): number {
  const ratio = host / busy;
  const fourth = ratio * ratio * ratio * ratio;
  return busy * (Math.sqrt(Math.sqrt(1 + fourth)) - 1);
}

function sum(one: Both, other: Both): Both {
  return { forward: one.forward + other.forward, backward: one.backward + other.backward };
}
