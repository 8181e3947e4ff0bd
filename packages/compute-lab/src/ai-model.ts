/** A transformer as its report describes it. */
export interface AiModel {
  name: string;
  layers: number;
  hidden: number;
  heads: number;
  keyValueHeads: number;
  headDimension: number;
  /** Inner width of a dense layer's feed-forward block; gated (SwiGLU, GeGLU) has three matrices, else two. */
  feedForward: number;
  gatedFeedForward: boolean;
  vocabulary: number;
  sequenceLength: number;
  tiedEmbeddings: boolean;
  /** Attention and feed-forward side by side (PaLM): one all-reduce where others have two. */
  parallelBlock: boolean;
  experts: Experts | null;
  latentAttention: LatentAttention | null;
  /** Tokens that layers with a sliding window look back, and the share of layers that have one. */
  slidingWindow: { tokens: number; share: number } | null;
  /** Extra layers that predict further tokens (DeepSeek-V3: 1). */
  multiTokenLayers: number;
  encoders: Encoder[];
}

/** Routed experts, of which every token visits a few, and one shared block that every token visits. */
export interface Experts {
  count: number;
  perToken: number;
  feedForward: number;
  sharedFeedForward: number; // 0: none
  layers: number; // layers that have experts; the others are dense
}

/** Multi-head latent attention (DeepSeek-V2): ranks of the compressed query and key-value, and head widths. */
export interface LatentAttention {
  queryRank: number; // 0: not compressed
  keyValueRank: number;
  headWithoutPosition: number;
  headWithPosition: number;
  valueHead: number;
}

/** A vision or audio encoder in front of the decoder, with its share of the data. */
export interface Encoder {
  name: string;
  layers: number;
  hidden: number;
  heads: number;
  feedForward: number;
  gatedFeedForward: boolean;
  /** Patches or frames the encoder reads per item, and tokens it hands to the decoder. */
  tokensIn: number;
  tokensOut: number;
  /** Items (images, clips) in one training sequence, on average. */
  itemsPerSequence: number;
  /** A frozen encoder runs forward only. */
  trained: boolean;
}
