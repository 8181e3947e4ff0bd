import values from "../data/spread.json" with { type: "json" };
import { log, square } from "@watershed/probability";
import { architectureOf } from "./chip-rates.ts";
import { log2 } from "./links.ts";
import type { Estimate } from "./complete-plan.ts";

/** How far a prediction may be off: standard deviations of the logarithm of step time, learned from papers the constants never saw. */
export interface SpreadConstants {
  /** Of any run, and of one with experts besides. */
  base: number;
  experts: number;
  /** Of the time of each part, in units of its share of the step. */
  attention: number;
  memoryBound: number;
  recomputation: number;
  communication: number;
  expertCommunication: number;
  bubble: number;
  overhead: number;
  /** Where the source leaves the microbatch, or the recomputation and the interleaving, to be chosen. */
  microbatchChosen: number;
  planChosen: number;
  /** Per ten doublings of the chips beyond eight: production runs of thousands of chips are slower than benchmarks by amounts that vary. */
  scale: number;
  /** Per doubling of the chips beyond the largest run calibrated: strong scaling loses 2 to 6% a doubling in print (MegaScale, TeleChat2). */
  beyond: number;
  /** Where the stack is not one whose releases were calibrated: another's fork, an in-house one, one not named. */
  otherStack: number;
  /** Share of the difference that interleaving makes, where it had to be chosen. */
  interleavingChosen: number;
  /** Where the software is not named, and where no run on chips of that design was seen. */
  softwareUnknown: number;
  designUnseen: number;
  /** Shares of a run's variance that all runs of a site have in common, and that like plans of it have. */
  siteShare: number;
  siteShareExperts: number;
  likeShare: number;
  likeShareExperts: number;
  /** How fast likeness fades with the difference between two plans. */
  distanceScale: number;
}

export const spreadConstants: SpreadConstants = values;

/** Chips of the largest run among the published ones. */
const largestRun = 6144;

const calibratedStacks = new Set(["megatron", "maxText"]);

/** Half of the middle 80% of Student's t with four degrees of freedom: errors of runs have heavier tails than the normal law. */
export const bandFactor = 1.533;

/** Standard deviation of the logarithm of a run's step time before any row of its site is known. */
export function logSpread(
  { parts, seconds, run, chosen, plainSeconds }: Estimate,
  softwareKnown: boolean,
  s: SpreadConstants = spreadConstants,
): number {
  const part = (sum: number, deviation: number): number => square((sum / seconds) * deviation);
  const communication =
    parts.tensorCommunicationSeconds +
    parts.contextCommunicationSeconds +
    parts.pipelineCommunicationSeconds +
    parts.dataCommunicationSeconds;
  const planChosen = chosen.includes("recomputation") || chosen.includes("interleaving");
  const variance =
    square(s.base) +
    (run.model.experts ? square(s.experts) : 0) +
    part(parts.attentionSeconds, s.attention) +
    part(parts.memoryBoundSeconds, s.memoryBound) +
    part(parts.recomputationSeconds, s.recomputation) +
    part(communication, s.communication) +
    part(parts.expertCommunicationSeconds, s.expertCommunication) +
    part(parts.pipelineBubbleSeconds, s.bubble) +
    part(parts.overheadSeconds, s.overhead) +
    (chosen.includes("microbatchSize") ? square(s.microbatchChosen) : 0) +
    (planChosen ? square(s.planChosen) : 0) +
    (chosen.includes("tensorParallel") || chosen.includes("pipelineParallel") ? square(s.planChosen) : 0) +
    square((s.scale * log2(Math.max(1, run.cluster.chips / 8))) / 10) +
    square(s.beyond * log2(Math.max(1, run.cluster.chips / largestRun))) +
    (calibratedStacks.has(run.generation.stack) ? 0 : square(s.otherStack)) +
    square(s.interleavingChosen * log(plainSeconds / seconds)) +
    (softwareKnown ? 0 : square(s.softwareUnknown)) +
    (architectureOf(run.cluster.accelerator) === "other" ? square(s.designUnseen) : 0);
  return Math.sqrt(variance);
}
