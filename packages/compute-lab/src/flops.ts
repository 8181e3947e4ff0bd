import type { AiModel } from "./ai-model.ts";

/** Weights of one layer's parts and of the embeddings, in parameters. */
export interface ParameterCounts {
  attention: number; // per layer
  denseFeedForward: number; // per dense layer
  expert: number; // one expert
  sharedExpert: number;
  router: number;
  embedding: number; // one table
  total: number;
  active: number; // that a token touches
}

/** Counts a model's parameters from its dimensions; norms and biases, under 0.1%, are left out. */
export function parametersOf(model: AiModel): ParameterCounts {
  const known = remembered.get(model) ?? countedParameters(model);
  remembered.set(model, known);
  return known;
}

const remembered = new WeakMap<AiModel, ParameterCounts>();

function countedParameters(model: AiModel): ParameterCounts {
  const { hidden, experts, layers } = model;
  const matrices = model.gatedFeedForward ? 3 : 2;
  const attention = attentionParameters(model);
  const denseFeedForward = matrices * hidden * model.feedForward;
  const expert = experts ? matrices * hidden * experts.feedForward : 0;
  const sharedExpert = experts ? matrices * hidden * experts.sharedFeedForward : 0;
  const router = experts ? hidden * experts.count : 0;
  const embedding = hidden * model.vocabulary;
  const expertLayers = experts?.layers ?? 0;
  const encoders = model.encoders.reduce((sum, encoder) => sum + encoderParameters(encoder), 0);
  const further = model.multiTokenLayers;
  const common =
    attention * (layers + further) + denseFeedForward * (layers - expertLayers) + (sharedExpert + router) * (expertLayers + further);
  const rest = common + (experts ? 0 : denseFeedForward * further) + embedding * (model.tiedEmbeddings ? 1 : 2) + encoders;
  return {
    attention,
    denseFeedForward,
    expert,
    sharedExpert,
    router,
    embedding,
    total: rest + expert * (experts?.count ?? 0) * (expertLayers + (experts ? further : 0)),
    active: rest + expert * (experts?.perToken ?? 0) * (expertLayers + (experts ? further : 0)),
  };
}

function attentionParameters(model: AiModel): number {
  const { hidden, heads, keyValueHeads, headDimension, latentAttention: latent } = model;
  if (!latent) return hidden * headDimension * (2 * heads + 2 * keyValueHeads);
  const head = latent.headWithoutPosition + latent.headWithPosition;
  const query = latent.queryRank > 0 ? hidden * latent.queryRank + latent.queryRank * heads * head : hidden * heads * head;
  const down = hidden * (latent.keyValueRank + latent.headWithPosition);
  const up = latent.keyValueRank * heads * (latent.headWithoutPosition + latent.valueHead);
  return query + down + up + heads * latent.valueHead * hidden;
}

function encoderParameters({ layers, hidden, feedForward, gatedFeedForward }: AiModel["encoders"][number]): number {
  return layers * (4 * hidden * hidden + (gatedFeedForward ? 3 : 2) * hidden * feedForward);
}

/** FLOPs of forward and backward pass for one sequence, without recomputation: attention counted whole, and by half as causal masks allow. */
export function modelFlopsPerSequence(model: AiModel): { fullAttention: number; causalAttention: number } {
  const { layers, sequenceLength: length, experts, multiTokenLayers: further, hidden } = model;
  const { attention, denseFeedForward, expert, sharedExpert, router } = parametersOf(model);
  const expertLayers = experts?.layers ?? 0;
  const expertLayer = sharedExpert + router + expert * (experts?.perToken ?? 0);
  const weights =
    attention * (layers + further) +
    denseFeedForward * (layers - expertLayers) +
    expertLayer * (expertLayers + (experts ? further : 0)) +
    (experts ? 0 : denseFeedForward * further) +
    hidden * model.vocabulary * (1 + further);
  const scores = attentionFlops(model) * ((layers + further) / layers);
  const encoders = model.encoders.reduce((sum, encoder) => sum + encoderFlops(encoder), 0);
  const linear = 6 * weights * length + encoders;
  return { fullAttention: linear + 3 * scores, causalAttention: linear + 1.5 * scores };
}

/** Forward FLOPs of all layers' scores and sums over values for one sequence, attention counted whole. */
export function attentionFlops(model: AiModel): number {
  const { layers, heads, sequenceLength: length, slidingWindow: window } = model;
  const seen = window ? (1 - window.share) * length + window.share * Math.min(length, 2 * window.tokens) : length;
  return 2 * layers * length * seen * heads * headWidths(model);
}

/** Width of a head's query and of its output together. */
export function headWidths({ latentAttention: latent, headDimension }: AiModel): number {
  return latent ? latent.headWithoutPosition + latent.headWithPosition + latent.valueHead : 2 * headDimension;
}

function encoderFlops(encoder: AiModel["encoders"][number]): number {
  const { layers, hidden, tokensIn, itemsPerSequence, trained } = encoder;
  const forward = 2 * encoderParameters(encoder) * tokensIn + 4 * layers * tokensIn * tokensIn * hidden;
  return itemsPerSequence * forward * (trained ? 3 : 1);
}

/** Share of a layer's products that is computed again where query, value, first product and, if gated, the last one are kept. */
export function secondProductShare({ heads, keyValueHeads, headDimension, feedForward, experts, gatedFeedForward }: AiModel): number {
  const [query, key] = [heads * headDimension, keyValueHeads * headDimension];
  const inner = experts ? experts.perToken * experts.feedForward + experts.sharedFeedForward : feedForward;
  return (key + query + inner) / (2 * query + 2 * key + (gatedFeedForward ? 3 : 2) * inner);
}
