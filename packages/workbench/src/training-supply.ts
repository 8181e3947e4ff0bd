import { acceleratorOf, aiModelNamed, nearestAccelerators, nearestAiModels, trainingDays } from "@watershed/compute-lab";
import type { LabProblem, TrainingRun } from "@watershed/compute-lab";
import type { Workspace } from "@watershed/domain";
import type { FormulaContext, TrainingDays } from "@watershed/formula";
import type { WorkspaceProblem } from "./problem.ts";

type Lab = Workspace["labs"][number];
type AiModel = Workspace["aiModels"][number];

/** What `trainingDays(lab, aiModel, tokens)` amounts to in a workspace: the compute lab's forecast for the clusters and AI models it describes. */
export function trainingSupply({ labs, aiModels }: Pick<Workspace, "labs" | "aiModels">): NonNullable<FormulaContext["trainingDays"]> {
  return ({ lab, aiModel, tokens }) => {
    const cluster = labs.find(({ id }) => id === lab);
    if (!cluster) return { missing: "lab", known: labs.map(({ id }) => id) };
    const described = aiModels.find(({ id }) => id === aiModel);
    if (!described) return { missing: "aiModel", known: aiModels.map(({ id }) => id) };
    return forecast(cluster, described, aiModels, tokens);
  };
}

// One forecast takes a tenth of a second and a review is compiled again at every change of a belief.
const remembered = new Map<string, TrainingDays>();
const mostRemembered = 200;

function forecast(lab: Lab, aiModel: AiModel, aiModels: AiModel[], tokens: number): TrainingDays {
  const run = runOf(lab, aiModel, aiModels, tokens);
  const key = JSON.stringify(run);
  const known = remembered.get(key);
  if (known) return known;
  const found = trainingDays(run);
  const answer: TrainingDays = found.forecast ? { distribution: found.forecast.distribution } : unpredicted(found.problems);
  if (remembered.size >= mostRemembered) remembered.delete(remembered.keys().next().value!);
  remembered.set(key, answer);
  return answer;
}

/** The training of an AI model on a lab's cluster as a workspace describes both, in full; undefined where one of them is not described. */
export function describedTraining(
  { labs, aiModels }: Pick<Workspace, "labs" | "aiModels">,
  run: { lab: string; aiModel: string; tokens: number },
): ReturnType<typeof trainingDays> | undefined {
  const [lab, aiModel] = [labs.find(({ id }) => id === run.lab), aiModels.find(({ id }) => id === run.aiModel)];
  return lab && aiModel && trainingDays(runOf(lab, aiModel, aiModels, run.tokens));
}

function runOf(lab: Lab, aiModel: AiModel, aiModels: AiModel[], tokens: number): TrainingRun {
  const { chipHoursPerInterruption, restart, sites } = lab;
  const measured = (lab.measured ?? []).flatMap((step) => {
    const trained = aiModels.find(({ id }) => id === step.aiModel);
    if (!trained) return [];
    const row = rowOf({ ...lab, count: step.count ?? lab.count }, { ...trained, globalBatch: step.globalBatch });
    return [{ ...row, measured: { step_s: step.stepSeconds } }];
  });
  return { row: rowOf(lab, aiModel), tokens, measured, chipHoursPerInterruption, restart, sites };
}

function unpredicted(problems: LabProblem[]): TrainingDays {
  const { code, at, params } = problems.find(({ severity }) => severity === "error")!;
  return { reason: code, details: [at, ...Object.values(params).map(String)] };
}

/** A lab and an AI model as one row in the format of the published runs. */
function rowOf(lab: Lab, aiModel: AiModel): Record<string, unknown> {
  const { plan = {} } = lab;
  return {
    id: `${lab.id}/${aiModel.id}`,
    model: modelRow(aiModel),
    chips: { name: lab.chips, count: lab.count, ...(lab.networkGigabits === undefined ? {} : { network_gbit_s: lab.networkGigabits }) },
    plan: {
      precision: lab.precision ?? "bf16",
      tp: plan.tensorParallel,
      pp: plan.pipelineParallel,
      ep: plan.expertParallel,
      cp: plan.contextParallel,
      mbs: plan.microbatch,
      schedule: plan.schedule,
      recompute: plan.recomputation,
      gbs: aiModel.globalBatch,
    },
    software: lab.software,
  };
}

function modelRow({ like, experts, ...own }: AiModel): Record<string, unknown> {
  return {
    name: like ?? own.id,
    layers: own.layers,
    hidden: own.hidden,
    heads: own.heads,
    kv_heads: own.keyValueHeads,
    head_dim: own.headDimension,
    ffn: own.feedForward,
    gated_ffn: own.gated,
    vocab: own.vocabulary,
    seq: own.sequence,
    ...(experts
      ? {
          experts: experts.count,
          topk: experts.perToken,
          moe_ffn: experts.feedForward,
          shared_ffn: experts.sharedFeedForward,
          moe_layers: experts.layers,
        }
      : {}),
  };
}

/** What is wrong with the labs and AI models themselves, whether a formula asks for them or not. */
export function labProblems({ labs, aiModels }: Workspace): WorkspaceProblem[] {
  return [
    ...labs.flatMap((lab, index) =>
      ofLab(lab).map((problem) => ({ ...problem, place: { kind: "labs", index, path: problem.path } }) as const),
    ),
    ...aiModels.flatMap((aiModel, index) =>
      ofAiModel(aiModel).map((problem) => ({ ...problem, place: { kind: "aiModels", index, path: problem.path } }) as const),
    ),
  ].map(({ code, params, place }) => ({ code, severity: "error", place, params }));
}

interface LabFault {
  code: "unknownChip" | "unknownAiModel" | "dimensionsMissing" | "formatNotOnChip";
  path: string[];
  params: Record<string, string | string[]>;
}

function ofLab({ chips, precision }: Lab): LabFault[] {
  const chip = acceleratorOf(chips);
  if (!chip) return [{ code: "unknownChip", path: ["chips"], params: { found: chips, nearest: nearestAccelerators(chips) } }];
  const needs = precision === "mxfp8" ? "fp8" : precision;
  if (needs === undefined || chip.peakFlops[needs] !== undefined) return [];
  return [
    {
      code: "formatNotOnChip",
      path: ["precision"],
      params: { chip: chip.id, found: needs, formats: Object.keys(chip.peakFlops) },
    },
  ];
}

function ofAiModel({ like, layers, hidden }: AiModel): LabFault[] {
  if (like !== undefined && !aiModelNamed(like) && (layers === undefined || hidden === undefined))
    return [{ code: "unknownAiModel", path: ["like"], params: { found: like, nearest: nearestAiModels(like) } }];
  if (like === undefined && (layers === undefined || hidden === undefined))
    return [{ code: "dimensionsMissing", path: ["id"], params: {} }];
  return [];
}
