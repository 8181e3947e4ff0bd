import type { AiModel } from "./ai-model.ts";
import type { Cluster } from "./cluster.ts";
import type { Plan, Precision, Recomputation } from "./plan.ts";
import { takenOver } from "./read-plan.ts";
import type { PrintedPlan, TakenOver } from "./read-plan.ts";
import type { Software } from "./software.ts";

/** What a search may vary: every list is tried against every other, as far as they divide. */
export interface PlanSpace {
  tensorParallel: number[];
  contextParallel: number[];
  pipelineParallel: number[];
  expertParallel: number[];
  microbatchSize: number[];
  interleaving: number[];
  recomputation: Recomputation[];
  /** Of the layers, where recomputation is full. */
  recomputedShare: number;
  sharding: Plan["sharding"][];
  schedule: Plan["schedule"][];
  precision: Precision;
  globalBatchSize: number;
  /** Copies of the AI model side by side, where that is fixed. */
  dataParallel?: number;
  /** What is fixed of a plan and never varied. */
  told: Told;
}

/** What a search never varies and a description tells, beside what every plan takes as it is told. */
export type Told = Pick<PrintedPlan, "expertTensorParallel" | "expertDispatch" | "overlap"> & TakenOver;

const powers = [1, 2, 4, 8, 16, 32, 64, 128];

/** The whole space of a cluster and an AI model; a field that is fixed has that one choice. Without a stack, one schedule: that which all can run. */
export function planSpace(
  model: AiModel,
  cluster: Cluster,
  globalBatchSize: number,
  fixed: PrintedPlan = {},
  software?: Software,
): PlanSpace {
  const { chips } = cluster;
  const stages = Array.from({ length: Math.min(model.layers, chips, 128) }, (_, index) => index + 1);
  const one = <Choice>(given: Choice | undefined, all: Choice[]): Choice[] => (given === undefined ? all : [given]);
  return {
    tensorParallel: one(fixed.tensorParallel, tensorDegrees(model, cluster, globalBatchSize, fixed)),
    contextParallel: one(
      fixed.contextParallel,
      powers.filter((degree) => degree === 1 || model.sequenceLength / degree >= 4096),
    ),
    pipelineParallel: one(
      fixed.pipelineParallel,
      stages.filter((degree) => chips % degree === 0),
    ),
    expertParallel: one(fixed.expertParallel, model.experts ? powers.filter((degree) => model.experts!.count % degree === 0) : [1]),
    microbatchSize: one(
      fixed.microbatchSize,
      powers.filter((size) => size <= 16),
    ),
    interleaving: one(fixed.interleaving, [1, 2, 3, 4, 5, 6, 8, 10, 12]),
    recomputation: one(fixed.recomputation, ["none", "selective", "full"]),
    recomputedShare: fixed.recomputedShare ?? 1,
    sharding: one(fixed.sharding, software ? shardingsOf(software) : [1, 2, 3]),
    schedule: one(fixed.schedule, software ? schedulesOf(software) : ["oneForwardOneBackward"]),
    precision: fixed.precision ?? "bf16",
    globalBatchSize,
    dataParallel: fixed.dataParallel,
    told: {
      ...takenOver(fixed),
      expertTensorParallel: fixed.expertTensorParallel,
      expertDispatch: fixed.expertDispatch,
      overlap: fixed.overlap,
    },
  };
}

/** What a stack can share out: the optimizer since Megatron's third release of 2022, gradients and weights since FSDP came to its core in March 2025. */
function shardingsOf({ stack, date }: Software): Plan["sharding"][] {
  if (stack !== "megatron" || date === null || date >= 2025.2) return [1, 2, 3];
  return date < 2022.4 ? [0] : [1];
}

/** Powers of two; where without a pipeline none of them leaves a batch that its ranks can share out, as on 6,144 TPUs, also three times those. */
function tensorDegrees({ heads }: AiModel, { chips, scaleUpChips }: Cluster, batch: number, fixed: PrintedPlan): number[] {
  const most = Math.min(scaleUpChips, chips, 64);
  const whole = (degrees: number[]): number[] => degrees.filter((degree) => degree <= most && heads % degree === 0);
  const deals = (degree: number): boolean => chips % degree === 0 && batch % (chips / degree) === 0;
  const usual = whole(powers);
  if (fixed.pipelineParallel !== 1 || usual.some(deals)) return usual;
  return [...usual, ...whole(powers.map((degree) => 3 * degree)).filter(deals)];
}

/** Schedules that a stack can run: teams with a stack of their own wrote both of the later ones themselves (DeepSeek-V3 report, section 3.2). */
function schedulesOf({ stack, date }: Software): Plan["schedule"][] {
  return stack === "inHouse" && (date ?? 0) >= 2024 ? ["oneForwardOneBackward", "zeroBubble", "dualPipe"] : ["oneForwardOneBackward"];
}
