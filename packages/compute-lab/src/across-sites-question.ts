import type { AiModel } from "./ai-model.ts";
import type { Cluster } from "./cluster.ts";
import { fieldProblems } from "./known-fields.ts";
import { planProblems, readCluster, readPlanAndSoftware } from "./read-run.ts";
import type { LabProblem } from "./problem.ts";
import { readAiModel } from "./read-ai-model.ts";
import { FieldReader } from "./read-fields.ts";
import { readPrintedPlan } from "./read-plan.ts";
import type { PrintedPlan } from "./read-plan.ts";
import type { MeasuredRun } from "./site.ts";
import type { Software } from "./software.ts";

/** One of several sites: its chips are alike among themselves, not like those of other sites. */
export interface TrainingSite {
  name: string;
  cluster: Cluster;
  /** What the plan fixes here: the common fields, and the site's own number format. */
  printed: PrintedPlan;
}

/** A wide-area link between two sites, by their places in the list; the rate is per direction. */
export interface SiteLink {
  between: [number, number];
  gigabitsPerSecond: number;
  kilometres: number;
}

/** One AI model trained on sites of any size and chip. */
export interface AcrossSitesQuestion {
  aiModel: AiModel;
  software: Software;
  globalBatchSize?: number; // sequences per step over all sites
  tokens?: number; // of the whole run, 20 per active parameter unless given
  localSteps?: number; // between synchronisations of the weights, 100 unless given
  measured?: MeasuredRun[]; // of the same team: they move the sites' steps as far as they are alike
  restart?: "automatic" | "manual"; // automatic unless given
  chipHoursPerInterruption?: number; // the team's own record instead of published fleets
  sites: TrainingSite[];
  links: SiteLink[];
}

export const mostSites = 8;

/**
 * Reads a description of a run over several sites: `model`, `plan` and `software` as rows of published runs have them, `sites` (`name`, `chip`,
 * `count`, and its own `precision` or `network_gbit_s`), `links` (`between` two names, `gigabits`, `kilometres`; without `between` for every pair
 * that no other names). What is wrong is told by field, rule and nearest choice.
 */
export function readAcrossSites(described: unknown): { question?: AcrossSitesQuestion; problems: LabProblem[] } {
  const fields = new FieldReader(described, "");
  const { aiModel, problems: ofModel } = readAiModel(fields.raw("model", "aiModel") ?? {});
  const { printed, software, problems: ofPlan } = readPlanAndSoftware(fields);
  const listed = listOf(fields, "sites");
  const sites = listed.map((row, place) => readSiteRow(row, place, printed, aiModel));
  if (listed.length < 2 || listed.length > mostSites)
    fields.tell("outOfRange", "sites", { given: listed.length, low: 2, high: mostSites, nearest: listed.length < 2 ? 2 : mostSites });
  const names = sites.map(({ name }) => name);
  names.forEach((name, place) => {
    if (names.indexOf(name) < place) fields.tell("sameName", `sites[${place}].name`, { given: name, nearest: `${name} ${place + 1}` });
  });
  const links = readLinks(listOf(fields, "links"), names);
  const localSteps = fields.whole("local_steps", "localSteps");
  const tokens = fields.positive("tokens");
  const unread = fieldProblems({ model: fields.raw("model", "aiModel"), plan: fields.raw("plan") });
  const problems = distinct([
    ...fields.problems,
    ...unread,
    ...ofModel,
    ...ofPlan,
    ...sites.flatMap((site) => site.problems),
    ...links.problems,
  ]);
  if (!aiModel || problems.some(({ severity }) => severity === "error")) return { problems };
  const { globalBatchSize } = printed;
  const read = sites.map(({ name, cluster, printed: own }) => ({ name, cluster: cluster!, printed: own }));
  return { question: { aiModel, software, globalBatchSize, tokens, localSteps, sites: read, links: links.links }, problems };
}

/** What every site says of the common plan is told once. */
function distinct(problems: LabProblem[]): LabProblem[] {
  return problems.filter(({ at, code }, place) => problems.findIndex((one) => one.at === at && one.code === code) === place);
}

function listOf(fields: FieldReader, name: string): unknown[] {
  const given = fields.raw(name);
  if (Array.isArray(given)) return given as unknown[];
  fields.tell("missing", name);
  return [];
}

interface ReadSiteRow {
  name: string;
  cluster?: Cluster;
  printed: PrintedPlan;
  problems: LabProblem[];
}

function readSiteRow(row: unknown, place: number, common: PrintedPlan, aiModel: AiModel | undefined): ReadSiteRow {
  const at = `sites[${place}]`;
  const own = (typeof row === "object" && row !== null ? row : {}) as Record<string, unknown>;
  const { cluster, problems } = readCluster({ ...own, name: own.chip }, at, "chip");
  const planFields = new FieldReader({ precision: own.precision }, at);
  const { precision } = readPrintedPlan(planFields);
  // the whole batch and its ranks are those of all sites together
  const { globalBatchSize: _, dataParallel: __, ...shared } = common;
  const printed = { ...shared, ...(precision && { precision }) };
  const found = [...problems, ...planFields.problems];
  if (cluster && aiModel) {
    const where = precision ? `${at}.precision` : "plan.precision";
    found.push(
      ...planProblems(printed, aiModel, cluster).flatMap((one) =>
        one.code === "precisionNotOnChip"
          ? [{ ...one, at: where, params: { ...one.params, site: nameOf(own, place) } }]
          : one.code === "productNotChips" || one.severity !== "error"
            ? []
            : [one],
      ),
    );
  }
  return { name: nameOf(own, place), cluster, printed, problems: found };
}

function nameOf(own: Record<string, unknown>, place: number): string {
  return typeof own.name === "string" && own.name !== "" ? own.name : String(place + 1);
}

/** Links of named pairs, those of every other pair where a row names none, and what keeps the sites from being joined. */
function readLinks(rows: unknown[], names: string[]): { links: SiteLink[]; problems: LabProblem[] } {
  const problems: LabProblem[] = [];
  const named = new Map<string, SiteLink>();
  let usual: Omit<SiteLink, "between"> | undefined;
  rows.forEach((row, place) => {
    const fields = new FieldReader(row, `links[${place}]`);
    const gigabitsPerSecond = fields.positive("gigabits", "gigabits_per_second");
    if (fields.raw("gigabits", "gigabits_per_second") === undefined) fields.tell("missing", "gigabits");
    const kilometres = Number(fields.raw("kilometres") ?? 0);
    if (!(kilometres >= 0 && kilometres <= 40_000))
      fields.tell("outOfRange", "kilometres", { given: String(fields.raw("kilometres")), low: 0, high: 40_000, nearest: 0 });
    const between = readPair(fields, names);
    problems.push(...fields.problems);
    if (gigabitsPerSecond === undefined || fields.problems.length > 0) return;
    if (between === undefined) usual = { gigabitsPerSecond, kilometres };
    else named.set(between.join(), { between, gigabitsPerSecond, kilometres });
  });
  const pairs = names.flatMap((_, one) => names.slice(one + 1).map((__, step): [number, number] => [one, one + 1 + step]));
  const links = pairs.flatMap((between) => named.get(between.join()) ?? (usual ? [{ ...usual, between }] : []));
  if (problems.length === 0 && names.length > 1) problems.push(...unreached(links, names));
  return { links, problems };
}

/** The two sites that a link names, the one listed first before the other; undefined for a link of every pair. */
function readPair(fields: FieldReader, names: string[]): [number, number] | undefined {
  const given = fields.raw("between");
  if (given === undefined) return undefined;
  const pair = (Array.isArray(given) ? given : String(given).split(/\s*(?:-|–|↔|~)\s*/)).map(String);
  const places = pair.map((name) => names.indexOf(name));
  pair.forEach((name, at) => {
    if (places[at] === -1) fields.tell("unknownSite", "between", { given: name, nearest: names.join(", ") });
  });
  if (pair.length !== 2 || pair[0] === pair[1])
    fields.tell("unknownSite", "between", { given: pair.join("–"), nearest: names.slice(0, 2).join("–") });
  return places[0] < places[1] ? [places[0], places[1]] : [places[1], places[0]];
}

/** Sites that no link joins to the first, each with the link that would. */
function unreached(links: SiteLink[], names: string[]): LabProblem[] {
  const reached = new Set([0]);
  for (let round = 0; round < names.length; round++)
    for (const { between } of links) if (between.some((site) => reached.has(site))) for (const site of between) reached.add(site);
  return names.flatMap((name, site): LabProblem[] =>
    reached.has(site) ? [] : [{ code: "noLink", severity: "error", at: "links", params: { given: name, nearest: `${names[0]}–${name}` } }],
  );
}
