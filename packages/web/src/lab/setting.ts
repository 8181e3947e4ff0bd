/** An AI model of one's own; what is left out is taken from the published model that it is like. */
export const ownFields = [
  "layers",
  "hidden",
  "heads",
  "kv_heads",
  "head_dim",
  "ffn",
  "seq",
  "vocab",
  "experts",
  "topk",
  "moe_ffn",
  "shared_ffn",
  "moe_layers",
] as const;
/** Dimensions that a setting carries: the shown ones, and 1 where feed-forward blocks are gated. */
const carriedFields = [...ownFields, "gated_ffn"] as const;
export type OwnField = (typeof carriedFields)[number];

export const planFields = ["tp", "pp", "cp", "ep", "mbs", "gbs"] as const;
export type PlanFieldName = (typeof planFields)[number];

export interface ReportedStep {
  seconds: number;
  chips: number;
}

/** All that the page asks the compute lab about: what the reader chose. */
export interface LabSetting {
  aiModel: string;
  own: Partial<Record<OwnField, number>>; // empty: the published model as it is
  chip: string;
  chips: number;
  networkGigabits: number; // per chip and direction; 0: usual for the chip
  software: string;
  precision: string;
  tokens: number;
  plan: Partial<Record<PlanFieldName, number>>; // empty: chosen
  recomputation: string; // empty: chosen
  schedule: string;
  sites: number;
  gigabits: number; // between sites, per site and direction
  kilometres: number;
  localSteps: number; // 1: every step
  restart: "automatic" | "manual";
  chipHoursPerInterruption: number; // the team's own record; 0: published fleets
  reported: ReportedStep[];
}

export type ChangeSetting = (change: Partial<LabSetting>) => void;

export const chipLimits = { least: 1024, most: 100_352 }; // 98 racks of 1,024

export const firstSetting: LabSetting = {
  aiModel: "Llama 3.1 405B",
  own: {},
  chip: "H100-SXM",
  chips: 16_384,
  networkGigabits: 0,
  software: "2024-06 megatron",
  precision: "bf16",
  tokens: 15e12,
  plan: {},
  recomputation: "",
  schedule: "",
  sites: 1,
  gigabits: 800,
  kilometres: 100,
  localSteps: 1,
  restart: "automatic",
  chipHoursPerInterruption: 0,
  reported: [],
};

const stops = 400;
export const sliderStops = stops;

/** The number of chips at a stop of the slider: even steps of the logarithm, in whole groups of 128, above 16,384 of 1,024. */
export function chipsAt(stop: number): number {
  const { least, most } = chipLimits;
  const plain = least * (most / least) ** (stop / stops);
  const group = plain > 16_384 ? 1024 : 128;
  return Math.min(most, Math.max(least, group * Math.round(plain / group)));
}

/** The stop nearest to a number of chips. */
export function stopOf(chips: number): number {
  const { least, most } = chipLimits;
  return Math.round((stops * Math.log(Math.min(most, Math.max(least, chips)) / least)) / Math.log(most / least));
}

/** A setting as a row in the format of the published runs, which is what the compute lab reads. */
export function rowOf({ aiModel, own, chip, chips, networkGigabits, software, precision, plan, ...words }: LabSetting): object {
  const network = networkGigabits > 0 ? { network_gbit_s: networkGigabits } : {};
  const { recomputation: recompute, schedule } = words;
  return {
    model: { name: aiModel, ...own },
    chips: { name: chip, count: chips, ...network },
    plan: { precision, ...plan, ...(recompute && { recompute }), ...(schedule && { schedule }) },
    software,
  };
}

/** The steps that the team reports, as measured rows of the same site. */
export function measuredRows(setting: LabSetting): object[] {
  return setting.reported.map(({ seconds, chips }) => ({ ...rowOf({ ...setting, chips }), measured: { step_s: seconds } }));
}

const plainFields = [
  "aiModel",
  "chip",
  "chips",
  "networkGigabits",
  "software",
  "precision",
  "tokens",
  "sites",
  "gigabits",
  "kilometres",
  "localSteps",
  "restart",
  "chipHoursPerInterruption",
  "recomputation",
  "schedule",
] as const;

/** A setting as the search part of an address: only what differs from the first one. */
export function searchOf(setting: LabSetting): Record<string, string | number> {
  const search: Record<string, string | number> = {};
  for (const field of plainFields) if (setting[field] !== firstSetting[field]) search[field] = setting[field];
  for (const field of planFields) if (setting.plan[field] !== undefined) search[field] = setting.plan[field];
  for (const field of carriedFields) if (setting.own[field] !== undefined) search[`own_${field}`] = setting.own[field];
  if (setting.reported.length > 0) search.reported = setting.reported.map(({ seconds, chips }) => `${seconds}s@${chips}`).join("_");
  return search;
}

/** The setting of an address; what it does not say, or says in a way that cannot be, is as at first. */
export function settingOf(search: Record<string, unknown>): LabSetting {
  const setting: LabSetting = { ...firstSetting, plan: {}, own: {}, reported: [] };
  for (const field of plainFields) {
    const given = search[field];
    if (typeof firstSetting[field] === "number") {
      if (isCount(given)) Object.assign(setting, { [field]: given });
    } else if (given !== undefined && given !== "") Object.assign(setting, { [field]: String(given) });
  }
  if (setting.restart !== "manual") setting.restart = "automatic";
  setting.sites = Math.min(8, Math.max(1, Math.round(setting.sites)));
  for (const field of planFields) if (isCount(search[field])) setting.plan[field] = search[field];
  for (const field of carriedFields) if (isCount(search[`own_${field}`])) setting.own[field] = search[`own_${field}`] as number;
  for (const [, seconds, chips] of String(search.reported ?? "").matchAll(/([\d.]+)s@(\d+)/g))
    if (Number(seconds) > 0 && Number(chips) > 0) setting.reported.push({ seconds: Number(seconds), chips: Number(chips) });
  return setting;
}

function isCount(given: unknown): given is number {
  return typeof given === "number" && Number.isFinite(given) && given > 0;
}
