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

/** A site beside the first that is not like it; 0 for its links: as between the others. */
export interface OtherSite {
  chip: string;
  chips: number;
  gigabits: number;
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
  others: OtherSite[]; // empty: the chips are shared out over equal sites; else `chips` are those of the first site
  restart: "automatic" | "manual";
  chipHoursPerInterruption: number; // the team's own record; 0: published fleets
  reported: ReportedStep[];
}

export type ChangeSetting = (change: Partial<LabSetting> | ((before: LabSetting) => Partial<LabSetting>)) => void;

/** A setting with so many sites: those that are not alike keep what they are, further ones are as the last. */
export function withSites({ others, chip, chips }: LabSetting, sites: number): Partial<LabSetting> {
  if (others.length === 0 || sites === 1) return { sites, others: [] };
  const last = others.at(-1) ?? { chip, chips, gigabits: 0 };
  return { sites, others: Array.from({ length: sites - 1 }, (_, place) => others[place] ?? last) };
}

/** Equal sites described one by one, each with its share of the chips, or told as one again. */
export function withUnlikeSites({ others, chip, chips, sites }: LabSetting, unlike: boolean): Partial<LabSetting> {
  if (!unlike) return { others: [], chips: others.reduce((sum, one) => sum + one.chips, chips) };
  const each = Math.max(1, Math.round(chips / sites));
  return { chips: each, others: Array.from({ length: sites - 1 }, () => ({ chip, chips: each, gigabits: 0 })) };
}

export const mostSites = 8;
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
  others: [],
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

/** The sites of a setting and the links between them, as the compute lab reads them; undefined where all sites are alike. */
export function acrossOf(setting: LabSetting): object | undefined {
  const { others, chip, chips, networkGigabits, aiModel, gigabits, kilometres, localSteps, tokens } = setting;
  if (others.length === 0) return undefined;
  const sites = [{ chip, chips, gigabits: 0 }, ...others];
  const named = sites.map((one, place) => ({
    name: String(place + 1),
    chip: one.chip,
    count: one.chips,
    ...(networkGigabits > 0 && one.chip === chip && { network_gbit_s: networkGigabits }),
  }));
  const links = sites.flatMap((one, first) =>
    sites.slice(first + 1).map((other, step) => ({
      between: [String(first + 1), String(first + 2 + step)],
      gigabits: Math.min(one.gigabits || gigabits, other.gigabits || gigabits),
      kilometres,
    })),
  );
  const { model, plan, software } = rowOf(setting) as { model: object; plan: object; software: string };
  return {
    model: { ...model, name: aiModel },
    plan,
    software,
    tokens,
    local_steps: localSteps > 1 ? localSteps : 100,
    sites: named,
    links,
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
  if (setting.others.length > 0) search.others = setting.others.map(writtenSite).join("_");
  return search;
}

/** The address that opens this setting, whatever the address bar says yet. */
export function addressOf(setting: LabSetting, { origin, pathname }: Pick<Location, "origin" | "pathname">): string {
  const search = new URLSearchParams(Object.entries(searchOf(setting)).map(([name, given]) => [name, String(given)]));
  return `${origin}${pathname}${search.size > 0 ? `?${search.toString()}` : ""}`;
}

function writtenSite({ chip, chips, gigabits }: OtherSite): string {
  return `${chips}x${chip}${gigabits > 0 ? `@${gigabits}` : ""}`;
}

/** The setting of an address; what it does not say, or says in a way that cannot be, is as at first. */
export function settingOf(search: Record<string, unknown>): LabSetting {
  const setting: LabSetting = { ...firstSetting, plan: {}, own: {}, others: [], reported: [] };
  for (const field of plainFields) {
    const given = search[field];
    if (typeof firstSetting[field] === "number") {
      if (isCount(given)) Object.assign(setting, { [field]: given });
    } else if (given !== undefined && given !== "") Object.assign(setting, { [field]: String(given) });
  }
  if (setting.restart !== "manual") setting.restart = "automatic";
  setting.sites = Math.min(mostSites, Math.max(1, Math.round(setting.sites)));
  for (const field of planFields) if (isCount(search[field])) setting.plan[field] = search[field];
  for (const field of carriedFields) if (isCount(search[`own_${field}`])) setting.own[field] = search[`own_${field}`] as number;
  for (const [, seconds, chips] of String(search.reported ?? "").matchAll(/([\d.]+)s@(\d+)/g))
    if (Number(seconds) > 0 && Number(chips) > 0) setting.reported.push({ seconds: Number(seconds), chips: Number(chips) });
  for (const [, chips, chip, gigabits] of String(search.others ?? "").matchAll(/(\d+)x([^_@]+)(?:@([\d.]+))?/g))
    if (setting.others.length < mostSites - 1) setting.others.push({ chip, chips: Number(chips), gigabits: Number(gigabits ?? 0) });
  if (setting.others.length > 0) setting.sites = 1 + setting.others.length;
  return setting;
}

function isCount(given: unknown): given is number {
  return typeof given === "number" && Number.isFinite(given) && given > 0;
}
