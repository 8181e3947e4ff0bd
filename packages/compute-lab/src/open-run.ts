import type { AiModel } from "./ai-model.ts";
import type { Cluster } from "./cluster.ts";
import type { PrintedPlan } from "./read-plan.ts";
import { generationOf } from "./software-generation.ts";
import type { Software } from "./software.ts";

/** A run whose plan may have gaps. */
export interface OpenRun {
  aiModel: AiModel;
  cluster: Cluster;
  printed: PrintedPlan;
  software: Software;
}

/** Whether a row says nothing of how the run is split: what it may still give is the batch, formats, the recomputation, and what is hidden. */
export function isWhollyOpen(printed: PrintedPlan): boolean {
  for (const name in printed) if (printed[name as keyof PrintedPlan] !== undefined && !apartFromSplit.has(name)) return false;
  return true;
}

const apartFromSplit = new Set<string>([
  "globalBatchSize",
  "precision",
  "recomputation",
  "recomputedShare",
  "offloadedShare",
  "gradientBytes",
  "optimizerBytes",
  "expertDispatch",
  "routing",
  "capacityFactor",
  "keptProducts",
  "overlap",
]);

/** Every published run before May 2022, when Korthikanti made it needless, computes every layer again. */
const recomputesAllUntil = 2022.35;

/**
 * A run with the gaps filled as users of its stack would, rather than as a search might: early stacks compute every layer again, and where
 * nothing is told of the split, stacks of PyTorch's sharding and of JAX share out the weights without a pipeline (MosaicML's split no layer either).
 */
export function withHabits(open: OpenRun): OpenRun {
  const { cluster, printed, software } = open;
  const untold = isWhollyOpen(printed);
  if (!untold && printed.recomputation !== undefined) return open;
  const { stack, date, dateKnown } = generationOf(software, cluster.accelerator, printed.sharding);
  const shards = untold && (stack === "fsdp" || stack === "maxText");
  const recomputes = printed.recomputation === undefined && dateKnown && date < recomputesAllUntil;
  const habits: PrintedPlan = {
    ...(shards && { sharding: 3, pipelineParallel: 1 }),
    ...(shards && software.mosaic && { tensorParallel: 1 }),
    ...(recomputes && { recomputation: "full" }),
  };
  return { ...open, printed: { ...printed, ...habits } };
}
