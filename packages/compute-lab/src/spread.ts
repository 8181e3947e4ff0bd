import values from "../data/spread.json" with { type: "json" };
import { log, square } from "@watershed/probability";
import { isUnseen } from "./chip-rates.ts";
import { routesUnevenly } from "./layer.ts";
import { log2 } from "./links.ts";
import type { Estimate } from "./complete-plan.ts";
import { operatorsUntold } from "./layer.ts";
import type { StepParts } from "./prediction.ts";
import { paperOf } from "./published-runs.ts";

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
  /** Where nothing is told of the split: teams seldom run the plan that a search finds fastest. */
  planOpen: number;
  /** Where it is not told among how many chips the experts are shared out. */
  expertParallelChosen: number;
  /** Per ten doublings of the chips beyond eight: production runs of thousands of chips are slower than benchmarks by amounts that vary. */
  scale: number;
  /** Per doubling of the chips beyond the largest run calibrated: strong scaling loses 2 to 6% a doubling in print (MegaScale, TeleChat2). */
  beyond: number;
  /** Where the stack is not one whose releases were calibrated: another's fork, an in-house one, one not named. */
  otherStack: number;
  /** On a chip design that has just come out, falling to nothing in its second year, and on products in four bits, in units of their share. */
  youngDesign: number;
  fourBits: number;
  /** Share of the difference that interleaving makes, where it had to be chosen. */
  interleavingChosen: number;
  /** Share of the step that is computed anew, where whether it is had to be chosen. */
  recomputationChosen: number;
  /** Where the software is not named, and where no run on chips of that design was seen. */
  softwareUnknown: number;
  designUnseen: number;
  /** Share of a run's variance whose sources all runs of a site have in common, dense and with experts. */
  siteShare: number;
  siteShareExperts: number;
  /** Share of the rest that runs of one plan have in common. */
  likeShare: number;
  likeShareExperts: number;
  /** What of that is left between chips, stacks, or dense and experts. */
  otherKindShare: number;
  /** How far two plans may differ before that fades: doublings, years of release, steps of a kind. */
  lengths: Record<Likeness, number>;
}

/** In what plans may be alike. */
export const likenesses = [
  "release",
  "hidden",
  "layers",
  "sequence",
  "chips",
  "tokens",
  "tensorParallel",
  "pipelineParallel",
  "expertParallel",
  "contextParallel",
  "microbatches",
  "precision",
  "recomputation",
  "sharding",
] as const;
export type Likeness = (typeof likenesses)[number];

/** Learned from all papers. */
export const spreadConstants: SpreadConstants = values.all;

/** Learned without one group's paper: what an honest test of the band on that group must use. */
export function spreadWithout(group: string): SpreadConstants {
  return (values.without as Record<string, SpreadConstants>)[paperOf(group)] ?? spreadConstants;
}

/** Chips of the largest run among the published ones. */
const largestRun = 6144;

const calibratedStacks = new Set(["megatron", "maxText"]);

/** Degrees of freedom of Student's t, which errors of runs follow: heavier tails than the normal law. */
export const bandFreedom = 4;

/** Half of its middle 80%. */
export const bandFactor = 1.533;

/** Standard deviation of the logarithm of a run's step time before any row of its site is known. */
export function logSpread(estimate: Estimate, softwareKnown: boolean, s: SpreadConstants = spreadConstants): number {
  return Math.sqrt(errorSources(estimate, softwareKnown, s).reduce((sum, source) => sum + square(source), 0));
}

/** What each source of error adds to the logarithm of a run's step time, one standard deviation of it: runs that lean on the same sources err alike. */
export function errorSources(
  { parts, seconds, run, chosen, open, plainSeconds }: Estimate,
  softwareKnown: boolean,
  s: SpreadConstants = spreadConstants,
): number[] {
  const communication =
    parts.tensorCommunicationSeconds +
    parts.contextCommunicationSeconds +
    parts.pipelineCommunicationSeconds +
    parts.dataCommunicationSeconds;
  const when = (holds: boolean, deviation: number): number => (holds ? deviation : 0);
  return [
    s.base,
    when(run.model.experts !== null, s.experts),
    (parts.attentionSeconds / seconds) * s.attention,
    (parts.memoryBoundSeconds / seconds) * s.memoryBound,
    (parts.recomputationSeconds / seconds) * s.recomputation,
    (communication / seconds) * s.communication,
    (parts.expertCommunicationSeconds / seconds) * s.expertCommunication,
    (parts.pipelineBubbleSeconds / seconds) * s.bubble,
    (parts.overheadSeconds / seconds) * s.overhead,
    when(chosen.includes("microbatchSize"), s.microbatchChosen),
    when(chosen.includes("recomputation") || chosen.includes("interleaving"), s.planChosen),
    when(chosen.includes("tensorParallel") || chosen.includes("pipelineParallel"), s.planChosen),
    when(open, s.planOpen),
    when(chosen.includes("expertParallel"), s.expertParallelChosen),
    (s.scale * log2(Math.max(1, run.cluster.chips / 8))) / 10,
    s.beyond * log2(Math.max(1, run.cluster.chips / largestRun)),
    when(!calibratedStacks.has(run.generation.stack) || run.generation.trainer, s.otherStack),
    s.interleavingChosen * log(plainSeconds / seconds),
    when(chosen.includes("recomputation"), (parts.recomputationSeconds / seconds) * s.recomputationChosen),
    (s.youngDesign * Math.max(0, -run.generation.maturityYears)) / 2,
    when(run.plan.precision === "fp4", (parts.matrixSeconds / seconds) * s.fourBits),
    when(run.generation.trainer, untoldSwitches),
    when(operatorsUntold(run), (parts.memoryBoundSeconds / seconds) * untoldOperators),
    when(routesUnevenly(run.plan), learnedRouting),
    when(run.model.experts !== null && run.generation.trainer && run.plan.routing !== "even", learnedRouting),
    when(!softwareKnown, s.softwareUnknown),
    when(isUnseen(run.cluster.accelerator), s.designUnseen),
  ];
}

/** What the switches of Megatron-LM's own trainer are worth together, attention's and the overlaps', which hardly any source tells. */
const untoldSwitches = 0.07;

/** What routers as learned cost a step: 8 to 40% in print; and whether they are, which a plain trainer's runs seldom tell. */
const learnedRouting = 0.1;

/** Traffic of 1.7 where it may be 0.6, or the other way round: a standard deviation of its logarithm, if one guess in six is wrong. */
const untoldOperators = 0.4;

/** Parts of a step whose kind errs by itself. */
const partSources = {
  attentionSeconds: "attention",
  memoryBoundSeconds: "memoryBound",
  recomputationSeconds: "recomputation",
  tensorCommunicationSeconds: "communication",
  contextCommunicationSeconds: "communication",
  pipelineCommunicationSeconds: "communication",
  dataCommunicationSeconds: "communication",
  expertCommunicationSeconds: "expertCommunication",
  pipelineBubbleSeconds: "bubble",
  overheadSeconds: "overhead",
} as const satisfies Partial<Record<keyof StepParts, keyof SpreadConstants>>;

/** By how much predictions of a part's time err beyond what they err of the step's, a standard deviation of its logarithm. */
export function partDeviation(part: keyof StepParts, s: SpreadConstants = spreadConstants): number {
  return part in partSources ? s[partSources[part as keyof typeof partSources]] : 0;
}
