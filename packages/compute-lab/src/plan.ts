/** Number format of the matrix products of a run; `mxfp8` has a scale per 32 numbers, `fp4` one per 16. */
export type Precision = "fp16" | "bf16" | "fp8" | "mxfp8" | "fp4";

/** none: keep everything; selective: the attention core again; full: every layer's forward pass again. */
export type Recomputation = "none" | "selective" | "full";

/** Products of a layer by what they give: queries, keys and values; attention's context; its output; those of the feed-forward block. */
export type KeptProduct = "qkv" | "context" | "out" | "feedForward";

/** How a run is spread over chips. tensor x context x pipeline x data = chips. */
export interface Plan {
  tensorParallel: number;
  sequenceParallel: boolean;
  contextParallel: number;
  pipelineParallel: number;
  /** Chunks of layers per stage (virtual pipeline), 1 without interleaving. */
  interleaving: number;
  schedule: "oneForwardOneBackward" | "zeroBubble" | "dualPipe";
  dataParallel: number;
  expertParallel: number;
  expertTensorParallel: number;
  /** How tokens reach experts: kernels that send one copy per host and permute on the way (DeepEP), or plain all-to-all. */
  expertDispatch: "fused" | "plain";
  /** Whether tokens are dealt out to experts evenly by force, as benchmarks do, or as the router has learned; undefined where not told. */
  routing?: "even" | "learned";
  /** Places that every expert keeps for tokens, as a multiple of its even share: all are computed and sent, tokens beyond are dropped. */
  capacityFactor?: number;
  /** What data-parallel ranks share out: 0 nothing, 1 optimizer, 2 and gradients, 3 and weights (FSDP). */
  sharding: 0 | 1 | 2 | 3;
  /** Ranks among which it is shared out; dataParallel x contextParallel unless a hybrid plan shards in smaller groups. */
  shardingRanks: number;
  microbatchSize: number;
  globalBatchSize: number;
  recomputation: Recomputation;
  /** Share of the layers that a full recomputation covers; the others follow the selective rule. */
  recomputedShare: number;
  /** What a policy of MaxText's that names products keeps of them; all but the last where none is named. */
  keptProducts?: KeptProduct[];
  /** Share of the layers whose activations wait in the host's memory for the backward pass; 0 where not told. */
  offloadedShare?: number;
  precision: Precision;
  /** Bytes in which a rank adds up a gradient; by the stack's habit where not told. */
  gradientBytes?: 2 | 4;
  /** Bytes per parameter of what the optimizer keeps, its own copy of the weights included; where not told the stack's habit, 12: Adam in FP32. */
  optimizerBytes?: number;
  /** Which communication runs beside computation. */
  overlap: { tensor: boolean; pipeline: boolean; data: boolean; expert: boolean };
}

/** Names of the plan's fields that a reader of a row had to choose. */
export type PlanField = keyof Plan;
