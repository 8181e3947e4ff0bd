import type { Calibration } from "./calibration.ts";
import { estimatePlan, estimateStep } from "./complete-plan.ts";
import type { Estimate } from "./complete-plan.ts";
import { fastestUse } from "./fastest-use.ts";
import type { OpenRun } from "./open-run.ts";

/** A run's estimate as if nothing were told of its split: by the plan that a search finds. */
export function withoutSplit(told: OpenRun, k: Calibration): Estimate {
  const { globalBatchSize } = estimateStep(told, k).plan;
  const open = { ...told, printed: { globalBatchSize, precision: told.printed.precision } };
  const { prediction, chips } = fastestUse(open, []);
  return estimatePlan({ ...open, cluster: { ...told.cluster, chips } }, prediction.plan, k);
}
