import { calibrated } from "./calibration.ts";
import type { Calibration } from "./calibration.ts";
import type { AiModel } from "./ai-model.ts";
import type { Cluster } from "./cluster.ts";
import { secondsOf, splitsSequences, usualShardingRanks } from "./complete-plan.ts";
import { memoryPrediction } from "./memory.ts";
import type { Plan } from "./plan.ts";
import type { PlanSpace } from "./plan-space.ts";
import { runOf } from "./run.ts";
import type { Run } from "./run.ts";
import type { Software } from "./software.ts";
import { leastSeconds, microbatchSeconds, paceOf, stepParts } from "./step.ts";
import type { MicrobatchSeconds } from "./step.ts";

export interface SearchQuestion {
  aiModel: AiModel;
  cluster: Cluster;
  software: Software;
  space: PlanSpace;
}

export interface SearchOptions {
  /** How many of the best plans to keep; 10 unless given. */
  keep?: number;
  /** Without pruning every plan is timed: for tests that pruning loses nothing. */
  prune?: boolean;
  /** Only plans faster than this matter; without it, all. */
  withinSeconds?: number;
  /** Leaves what is surely slower uncounted: the same plans, sooner. */
  quick?: boolean;
  calibration?: Calibration;
  onProgress?: (share: number) => void;
}

export interface FoundPlan {
  plan: Plan;
  seconds: number;
  memoryBytes: number;
}

export interface SearchResult {
  /** The fastest plans that fit, fastest first. */
  plans: FoundPlan[];
  /** Plans of the space that divide chips, layers, heads, experts and batch. */
  considered: number;
  /** Of these: timed in full; passed over because even without bubbles and exchange they are slower; too large for memory. */
  timed: number;
  pruned: number;
  tooLarge: number;
}

/**
 * The fastest plans of a space. What a microbatch costs is worked out once per split of a layer; a plan is passed over only where its
 * microbatches alone take longer than the slowest plan kept, which no bubble or exchange could make up for.
 */
export function searchPlans(question: SearchQuestion, options: SearchOptions = {}): SearchResult {
  const { space } = question;
  const found: SearchResult = { plans: [], considered: 0, timed: 0, pruned: 0, tooLarge: 0 };
  const splits = splitsOf(question, options.calibration ?? calibrated);
  for (const [index, split] of splits.entries()) {
    // the rest of them are slower still
    if (options.quick && slowestUseful(found, options) < leastOfSplit(question, split)) break;
    for (const pipelineParallel of space.pipelineParallel) {
      const shape = shapeOf(question, split, pipelineParallel);
      if (shape) tryShape(question, split, shape, found, options);
    }
    options.onProgress?.((index + 1) / splits.length);
  }
  return found;
}

/** One way to split a layer, with what its microbatch takes. */
interface Split {
  run: Run;
  pieces: MicrobatchSeconds;
  /** Chip-seconds of a layer per sequence. */
  perSequence: number;
  shardings: Plan["sharding"][];
}

let remembered: { key: string; splits: Split[] } | undefined;

/** Splits of a layer do not depend on how many chips and sequences share the work: a search at the next number of chips takes them over. */
function splitsOf(question: SearchQuestion, k: Calibration): Split[] {
  const { space, cluster } = question;
  const key = JSON.stringify([
    question.aiModel,
    { ...cluster, chips: 0 },
    question.software,
    { ...space, globalBatchSize: 0, pipelineParallel: [] },
    k,
  ]);
  if (remembered?.key !== key) remembered = { key, splits: timedSplits(question, k) };
  return remembered.splits;
}

/** Splits of a layer, the ones that promise the shortest step first so that the others are passed over early. */
function timedSplits({ aiModel, cluster, software, space }: SearchQuestion, k: Calibration): Split[] {
  return shardingsAlike(software, space)
    .flatMap((shardings) => {
      const base = runOf({ aiModel, cluster, software, plan: { ...startingPlan(space), sharding: shardings[0] } }, k);
      return splitsFrom(base, space).map((split) => ({ ...split, shardings }));
    })
    .sort((one, other) => one.perSequence - other.perSequence);
}

/** The stages of sharding that a stack runs alike: software without a name is another stack where weights or gradients are shared out. */
function shardingsAlike({ stack }: Software, { sharding }: PlanSpace): Plan["sharding"][][] {
  if (stack !== "unknown") return [sharding];
  return [sharding.filter((stage) => stage < 2), sharding.filter((stage) => stage >= 2)].filter((stages) => stages.length > 0);
}

function splitsFrom(base: Run, space: PlanSpace): Omit<Split, "shardings">[] {
  const splits: Omit<Split, "shardings">[] = [];
  for (const tensorParallel of space.tensorParallel)
    for (const contextParallel of space.contextParallel)
      for (const expertParallel of space.expertParallel)
        for (const microbatchSize of space.microbatchSize)
          for (const recomputation of space.recomputation) {
            const recomputedShare = recomputation === "full" ? space.recomputedShare : 0;
            const sequenceParallel = splitsSequences(base.generation, tensorParallel);
            const split = { tensorParallel, sequenceParallel, contextParallel, expertParallel, microbatchSize };
            splits.push(...scheduledSplits({ ...base, plan: { ...base.plan, ...split, recomputation, recomputedShare } }, space));
          }
  return splits;
}

/** A split under every schedule; what a microbatch takes differs only where a schedule hides the experts' exchange. */
function scheduledSplits(run: Run, { schedule: schedules, told }: PlanSpace): Omit<Split, "shardings">[] {
  let plain: MicrobatchSeconds | undefined;
  return schedules.map((schedule) => {
    const hides = schedule === "dualPipe";
    const overlap = { ...run.generation.overlap, ...(hides && { expert: true }), ...told.overlap };
    const scheduled = { ...run, plan: { ...run.plan, schedule, overlap } };
    const pieces = hides ? microbatchSeconds(scheduled) : (plain ??= microbatchSeconds(scheduled));
    return { run: scheduled, pieces, perSequence: perSequence(scheduled, pieces) };
  });
}

function startingPlan({ precision, globalBatchSize, told }: PlanSpace): Plan {
  return {
    tensorParallel: 1,
    sequenceParallel: false,
    contextParallel: 1,
    pipelineParallel: 1,
    interleaving: 1,
    schedule: "oneForwardOneBackward",
    dataParallel: 1,
    expertParallel: 1,
    ...told,
    expertTensorParallel: told.expertTensorParallel ?? 1,
    expertDispatch: told.expertDispatch ?? "fused",
    sharding: 1,
    shardingRanks: 1,
    microbatchSize: 1,
    globalBatchSize,
    recomputation: "none",
    recomputedShare: 0,
    precision,
    overlap: { tensor: true, pipeline: true, data: true, expert: false },
  };
}

/** The split with so many stages, where all divides. */
function shapeOf({ cluster, aiModel, space }: SearchQuestion, { run }: Split, pipelineParallel: number): Run | undefined {
  const { tensorParallel, contextParallel, microbatchSize, expertParallel, expertTensorParallel, schedule } = run.plan;
  const { globalBatchSize } = space;
  const dataParallel = cluster.chips / (tensorParallel * contextParallel * pipelineParallel);
  if (!Number.isInteger(dataParallel) || globalBatchSize % (dataParallel * microbatchSize) !== 0) return undefined;
  if (dataParallel !== (space.dataParallel ?? dataParallel)) return undefined;
  if ((dataParallel * contextParallel * tensorParallel) % (expertParallel * expertTensorParallel) !== 0) return undefined;
  if (!runs(schedule, pipelineParallel, globalBatchSize / (dataParallel * microbatchSize))) return undefined;
  const shardingRanks = usualShardingRanks(aiModel, cluster, { tensorParallel, contextParallel, dataParallel }, run.generation.stack);
  return { ...run, cluster, plan: { ...run.plan, pipelineParallel, dataParallel, globalBatchSize, shardingRanks } };
}

/** Whether so many stages and microbatches can run a schedule: two-way pipelines want pairs of both, at least one microbatch per stage. */
function runs(schedule: Plan["schedule"], stages: number, microbatches: number): boolean {
  if (schedule === "oneForwardOneBackward") return true;
  return stages > 1 && microbatches >= stages && (schedule === "zeroBubble" || (stages % 2 === 0 && microbatches % 2 === 0));
}

/** Every sharding and interleaving of a shape. */
function tryShape(
  { space, aiModel }: SearchQuestion,
  { pieces, shardings: alike }: Split,
  shape: Run,
  found: SearchResult,
  options: SearchOptions,
): void {
  const { pipelineParallel, globalBatchSize, dataParallel, microbatchSize, schedule } = shape.plan;
  const layers = Math.ceil(aiModel.layers / pipelineParallel);
  const rounds = globalBatchSize / (dataParallel * microbatchSize);
  const interleavings =
    pipelineParallel === 1 || rounds < pipelineParallel || schedule !== "oneForwardOneBackward"
      ? space.interleaving.slice(0, 1).map(() => 1)
      : space.interleaving.filter((chunks) => layers % chunks === 0 && pipelineParallel * chunks <= aiModel.layers + 2);
  // weights that travel for every microbatch of every stage are no plan that anybody runs
  const shardings = pipelineParallel === 1 ? alike : alike.filter((stage) => stage < 2);
  const count = interleavings.length * shardings.length;
  found.considered += count;
  const keep = options.keep ?? 10;
  const worst = slowestUseful(found, options);
  if ((options.prune ?? true) && leastSeconds(shape, pieces) > worst) {
    found.pruned += count;
    return;
  }
  for (const sharding of shardings)
    for (const interleaving of interleavings) {
      const run = { ...shape, plan: { ...shape.plan, sharding, interleaving } };
      const memory = memoryPrediction(run);
      if (!memory.fits) {
        found.tooLarge++;
        continue;
      }
      found.timed++;
      insert(found.plans, { plan: run.plan, seconds: secondsOf(stepParts(run, pieces)), memoryBytes: memory.totalBytes }, keep);
    }
}

/** A plan slower than this is of no use any more. */
function slowestUseful({ plans }: SearchResult, { keep = 10, withinSeconds = Infinity }: SearchOptions): number {
  return Math.min(withinSeconds, plans.length < keep ? Infinity : plans[keep - 1].seconds);
}

function perSequence({ model, plan }: Run, { dense, expert }: MicrobatchSeconds): number {
  const expertShare = (model.experts?.layers ?? 0) / model.layers;
  const layer = dense.total * (1 - expertShare) + expert.total * expertShare;
  return (layer * plan.tensorParallel * plan.contextParallel) / plan.microbatchSize;
}

/** No plan of a split is faster, whatever its stages: all its layers for all sequences, shared out over all chips without loss. */
function leastOfSplit({ aiModel, cluster, space }: SearchQuestion, { run, perSequence: each }: Split): number {
  return ((aiModel.layers * each * space.globalBatchSize) / cluster.chips) * paceOf({ ...run, cluster });
}

function insert(plans: FoundPlan[], candidate: FoundPlan, keep: number): void {
  if (plans.length === keep && candidate.seconds >= plans[keep - 1].seconds) return;
  const place = plans.findIndex(({ seconds }) => candidate.seconds < seconds);
  plans.splice(place === -1 ? plans.length : place, 0, candidate);
  if (plans.length > keep) plans.pop();
}

/** The fastest plan at several numbers of chips: time against chips. A number on which nothing fits has no plan. */
export function frontier(
  question: Omit<SearchQuestion, "space">,
  spaceOf: (cluster: Cluster) => PlanSpace,
  chips: number[],
  options: SearchOptions = {},
): { chips: number; best: FoundPlan | null; result: SearchResult }[] {
  return chips.map((count) => {
    const cluster = { ...question.cluster, chips: count };
    const result = searchPlans({ ...question, cluster, space: spaceOf(cluster) }, { ...options, keep: 1 });
    return { chips: count, best: result.plans[0] ?? null, result };
  });
}
