import type { AiModel, Lab } from "@watershed/domain";
import type { LabSetting, OwnField } from "./setting.ts";

/** An AI model of the workspace as the page asks for it: a published one, with what it has of its own. */
export function aiModelSetting({ like, experts, ...own }: AiModel): Pick<LabSetting, "aiModel" | "own"> {
  const fields: Record<OwnField, number | undefined> = {
    layers: own.layers,
    hidden: own.hidden,
    heads: own.heads,
    kv_heads: own.keyValueHeads,
    head_dim: own.headDimension,
    ffn: own.feedForward,
    seq: own.sequence,
    vocab: own.vocabulary,
    experts: experts?.count,
    topk: experts?.perToken,
    moe_ffn: experts?.feedForward,
    shared_ffn: experts?.sharedFeedForward,
    moe_layers: experts?.layers,
    gated_ffn: own.gated ? 1 : undefined,
  };
  return { aiModel: like ?? own.id, own: withoutGaps(fields) };
}

/** A cluster of the workspace as the page asks for it, with the steps that its team measured on the AI model chosen. */
export function clusterSetting(lab: Lab, aiModels: AiModel[], setting: LabSetting): Partial<LabSetting> {
  const { plan = {}, sites } = lab;
  const trained = new Set(aiModels.filter((one) => isChosen(one, setting)).map(({ id }) => id));
  const measured = (lab.measured ?? []).filter(({ aiModel }) => trained.has(aiModel));
  const batch = measured[0]?.globalBatch ?? aiModels.find((one) => isChosen(one, setting))?.globalBatch;
  return {
    chip: lab.chips,
    chips: lab.count,
    networkGigabits: lab.networkGigabits ?? 0,
    software: lab.software ?? "",
    precision: lab.precision ?? "bf16",
    plan: withoutGaps({
      tp: plan.tensorParallel,
      pp: plan.pipelineParallel,
      cp: plan.contextParallel,
      ep: plan.expertParallel,
      mbs: plan.microbatch,
      gbs: batch,
    }),
    recomputation: plan.recomputation ?? "",
    schedule: plan.schedule ?? "",
    sites: sites?.count ?? 1,
    others: [],
    ...(sites && { gigabits: sites.gigabits, kilometres: Math.max(1, sites.kilometres ?? 1), localSteps: sites.localSteps ?? 1 }),
    restart: lab.restart ?? "automatic",
    chipHoursPerInterruption: lab.chipHoursPerInterruption ?? 0,
    reported: measured
      .filter(({ globalBatch }) => globalBatch === batch)
      .slice(0, 3)
      .map(({ stepSeconds, count }) => ({ seconds: stepSeconds, chips: count ?? lab.count })),
  };
}

/** Whether a setting stands on this AI model of the workspace. */
export function isChosen(aiModel: AiModel, setting: Pick<LabSetting, "aiModel" | "own">): boolean {
  return sameParts(aiModelSetting(aiModel), setting);
}

/** Whether a setting has all that a part of one says. */
export function sameParts(part: Partial<LabSetting>, setting: Partial<LabSetting>): boolean {
  return (Object.keys(part) as (keyof LabSetting)[]).every((field) => ordered(part[field]) === ordered(setting[field]));
}

function ordered(given: unknown): string {
  return JSON.stringify(given, (_, held: unknown) =>
    held && typeof held === "object" && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : held,
  );
}

function withoutGaps<Name extends string>(fields: Record<Name, number | undefined>): Partial<Record<Name, number>> {
  return Object.fromEntries(Object.entries(fields).filter(([, amount]) => amount !== undefined && amount !== 0)) as Partial<
    Record<Name, number>
  >;
}
