import type { AiModel } from "./ai-model.ts";
import type { Calibration } from "./calibration.ts";
import { chipRates } from "./chip-rates.ts";
import type { ChipRates } from "./chip-rates.ts";
import type { Cluster } from "./cluster.ts";
import { linksOf } from "./links.ts";
import type { Links } from "./links.ts";
import type { Plan } from "./plan.ts";
import { generationOf } from "./software-generation.ts";
import type { Generation } from "./software-generation.ts";
import type { Software } from "./software.ts";

/** What a prediction is asked for. */
export interface RunDescription {
  aiModel: AiModel;
  cluster: Cluster;
  plan: Plan;
  software: Software;
}

export interface ProductRates {
  flops: number;
  ridge: number;
  /** Elements whose multiples the lengths of a product should be. */
  alignment: number;
  memoryBytesPerSecond: number;
}

/** A run with everything that its formulas share. */
export interface Run {
  model: AiModel;
  cluster: Cluster;
  plan: Plan;
  generation: Generation;
  links: Links;
  rates: ChipRates;
  /** Products in the run's own format, and in BF16. */
  narrow: ProductRates;
  wide: ProductRates;
  k: Calibration;
}

/** Bytes per parameter that the optimizer keeps: as the plan tells, else by the stack's habit. */
export function optimizerBytesOf({ plan, generation }: Pick<Run, "plan" | "generation">): number {
  return plan.optimizerBytes ?? generation.optimizerBytes;
}

/** Prepares a described run. */
export function runOf({ aiModel, cluster, plan, software }: RunDescription, k: Calibration): Run {
  const generation = generationOf(software, cluster.accelerator, plan.sharding);
  const rates = chipRates(cluster.accelerator, plan.precision, k, generation);
  const { memoryBytesPerSecond } = rates;
  return {
    model: aiModel,
    cluster,
    plan,
    generation,
    links: linksOf(cluster, k),
    rates,
    narrow: { flops: rates.narrowFlops, ridge: rates.ridge, alignment: rates.alignment, memoryBytesPerSecond },
    wide: { flops: rates.wideFlops, ridge: rates.wideRidge, alignment: rates.alignment, memoryBytesPerSecond },
    k,
  };
}
