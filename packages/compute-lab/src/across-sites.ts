import { exp } from "@watershed/probability";
import { layoutsOf } from "./across-sites-layouts.ts";
import type { Layout, SitePart, SitesDrawn, SiteScheme } from "./across-sites-layouts.ts";
import type { AcrossSitesQuestion, SiteLink } from "./across-sites-question.ts";
import type { SiteWork } from "./across-sites-work.ts";
import type { Banded, Uncertain } from "./band.ts";
import { bandOf, columnsOf } from "./band.ts";
import { goodput } from "./checkpoint.ts";
import type { CitationKey } from "./citations.ts";
import type { Estimate } from "./complete-plan.ts";
import { componentShares, unseenFleetRate } from "./failures-rates.ts";
import { meanTimeBetweenFailuresSeconds, usualCheckpointSeconds, usualRestartSeconds } from "./failures.ts";
import { parametersOf } from "./flops.ts";
import type { Plan } from "./plan.ts";
import type { LabProblem } from "./problem.ts";
import { besirogluLaw } from "./scaling-published.ts";
import { likeness, measuredRun, siteCorrection } from "./site.ts";
import { computeForSameLoss, lossChange } from "./sites-loss.ts";
import { usualLinkShare, usualOverlap } from "./sites.ts";
import { wholeRunOverhead } from "./training-days.ts";
import { batchProblems } from "./usual-batch.ts";

/** What one site does under a scheme. */
export interface SiteDoes {
  name: string;
  chip: string;
  chips: number; // that train; what splits badly is spare
  sequences: number; // of a step
  layers: number;
  seconds: number; // of a step, without waiting
  plan: Plan;
}

/** What a scheme takes in time, and in loss. */
export interface SchemeAcross {
  scheme: SiteScheme;
  localSteps: number;
  globalBatchSize: number;
  sites: SiteDoes[];
  stepSeconds: Banded; // waiting for links included
  tokensPerSecond: Banded;
  share: Banded; // of the time in which the sites compute
  waits: { link: number; fill: number; balance: number }; // shares of a step's time, in the middle
  link?: { between: [string, string]; gigabitsPerSecond: number; gigabitsForNinetyFive: Banded }; // the one that holds back
  goodput: Banded;
  lossChange: Banded; // relative, against a synchronisation every step
  computeForSameLoss: Banded; // factor
  days: Banded; // steps, links and failures
  calendarDays: Banded; // and what whole trainings take beyond that: halts, runs given up, evaluation
  daysForSameLoss: Banded; // and the compute that makes up for a higher loss; a lower one is not counted as a gain
  chanceBest: number; // that no other scheme takes fewer days for the same loss
}

export interface AcrossSitesForecast {
  best: SiteScheme;
  tokens: number;
  schemes: SchemeAcross[]; // that can be run, fewest days for the same loss first
  without: { name: string; times: number; best: SiteScheme | null }[]; // days for the same loss without each site, over those with all
  equalSplit: number; // how many times as long a step takes where every chip gets the same share
  problems: LabProblem[];
}

const timeSources: Record<SiteScheme, CitationKey[]> = {
  oneSite: ["measuredRuns"],
  everyStep: ["measuredRuns", "assumption"],
  localSteps: ["measuredRuns", "diloco", "assumption"],
  streaming: ["measuredRuns", "streamingDiloco", "assumption"],
  pipeline: ["measuredRuns", "assumption"],
};

/**
 * One AI model on sites of unequal size and chip: the best site alone, gradients every step, weights every H steps or streamed, data shared out by speed, and
 * a pipeline whose stages lie on different sites. Every site runs the fastest plan for its share. A step's band is that of the sites' predictions, which
 * err together as far as they are alike, and of the links; where a site proves slower than predicted, shares follow.
 */
export function acrossSites(question: AcrossSitesQuestion): { forecast?: AcrossSitesForecast; problems: LabProblem[] } {
  const remembered = new Map<string, SiteWork[]>();
  const layouts = layoutsOf(question, remembered);
  const problems: LabProblem[] = question.sites.flatMap(({ name }, site): LabProblem[] =>
    layouts.some(({ scheme, parts }) => scheme === "everyStep" && parts.some((part) => part.site === site))
      ? []
      : [{ code: "noSiteFits", severity: "warning", at: `sites[${site}]`, params: { given: name } }],
  );
  if (layouts.length === 0) return { problems: problems.map((one) => ({ ...one, severity: "error" })) };
  problems.push(...batchNotes(question, layouts));
  const { total, active } = parametersOf(question.aiModel);
  const tokens = question.tokens ?? 20 * active;
  const columns = drawnColumns(question, layouts, { parameters: total, active, tokens });
  const schemes = layouts.map((layout) => schemeOf(question, layout, columns)).toSorted(byDays);
  const all = nominalDays(question, layouts, { parameters: total, active, tokens });
  return {
    forecast: {
      best: schemes[0].scheme,
      tokens,
      schemes,
      without: question.sites.map(({ name }, site) => {
        const rest = nominalDays(question, layoutsOf(withoutSite(question, site), remembered), { parameters: total, active, tokens });
        return { name, times: rest.days / all.days, best: rest.best };
      }),
      equalSplit: equalSplitOf(layouts),
      problems,
    },
    problems,
  };
}

function batchNotes({ globalBatchSize, aiModel, sites }: AcrossSitesQuestion, [{ sequences }]: Layout[]): LabProblem[] {
  const chips = sites.reduce((sum, { cluster }) => sum + cluster.chips, 0);
  return batchProblems(globalBatchSize, { sequences, sequenceLength: aiModel.sequenceLength, chips });
}

function byDays(one: SchemeAcross, other: SchemeAcross): number {
  return one.daysForSameLoss.amount - other.daysForSameLoss.amount;
}

interface Sizes {
  parameters: number;
  active: number;
  tokens: number;
}

type Columns = Record<string, Float64Array>;

/** All schemes over the same draws: their figures as `[draw]` columns named `figure scheme`. */
function drawnColumns(question: AcrossSitesQuestion, layouts: Layout[], { parameters, active, tokens }: Sizes): Columns {
  const { sites, software, aiModel } = question;
  const known = software.known;
  const estimates = estimatesOf(layouts, sites.length);
  const errors = estimates.map((estimate) =>
    estimate ? siteCorrection(question.measured ?? [], estimate, known) : { shift: 0, spread: 0 },
  );
  const common = commonShare(estimates, known);
  const own = Math.sqrt(1 - common * common);
  const error: Uncertain = { kind: "student", degreesOfFreedom: 4, location: 0, scale: 1 };
  const replicas = layouts.find(({ scheme }) => scheme === "localSteps")?.parts.length ?? 2;
  const localSteps = question.localSteps ?? 100;
  const inputs: Record<string, Uncertain> = {
    common: error,
    overlap: usualOverlap,
    linkShare: usualLinkShare,
    change: lossChange({ parameters, replicas, localSteps }),
    rate:
      question.chipHoursPerInterruption === undefined ? unseenFleetRate().perChipHour : 1 / question.chipHoursPerInterruption / hostFactor,
    checkpointSeconds: usualCheckpointSeconds,
    restartSeconds: usualRestartSeconds[question.restart ?? "automatic"],
    overhead: wholeRunOverhead,
    ...Object.fromEntries(sites.map((_, site) => [`own${site}`, error])),
  };
  return columnsOf(inputs, (drawn) => {
    const slower = errors.map(({ shift, spread }, site) => exp(shift + spread * (common * drawn.common + own * drawn[`own${site}`])));
    const figures: Record<string, number> = {};
    let [best, least] = ["", Infinity];
    for (const layout of layouts) {
      const { scheme, sequences } = layout;
      const conditions: SitesDrawn = { slower, overlap: drawn.overlap, linkShare: drawn.linkShare };
      const { seconds, computing } = layout.time(conditions);
      const change = meetsLess(scheme) ? drawn.change : 0;
      const tokensPerSecond = (sequences * aiModel.sequenceLength) / seconds;
      const useful = usefulShare(layout, (chips) => ({
        meanTimeBetweenFailuresSeconds: meanTimeBetweenFailuresSeconds(chips, drawn.rate * hostFactor),
        checkpointSeconds: drawn.checkpointSeconds,
        restartSeconds: drawn.restartSeconds,
      }));
      const compute = computeForSameLoss(change, besirogluLaw, { parameters: active, tokens });
      const days = tokens / tokensPerSecond / useful / 86_400;
      const same = days * Math.max(1, compute);
      if (same < least) [best, least] = [scheme, same];
      const gigabits = layout.gigabitsForNinetyFive?.(conditions) ?? 0;
      const of = namesOf[scheme];
      [figures[of[0]], figures[of[1]], figures[of[2]]] = [seconds, computing, change];
      [figures[of[3]], figures[of[4]], figures[of[5]]] = [tokensPerSecond, useful, compute];
      [figures[of[6]], figures[of[7]], figures[of[8]], figures[of[9]]] = [days, same, gigabits, days * drawn.overhead];
    }
    for (const { scheme } of layouts) figures[`first ${scheme}`] = scheme === best ? 1 : 0;
    return figures;
  });
}

const hostFactor = componentShares(8).rateFactor;

const schemeFigures = ["seconds", "computing", "change", "tokensPerSecond", "useful", "compute", "days", "same", "gigabits", "calendar"];
const schemeNames: SiteScheme[] = ["oneSite", "everyStep", "localSteps", "streaming", "pipeline"];
const namesOf = Object.fromEntries(schemeNames.map((scheme) => [scheme, schemeFigures.map((name) => `${name} ${scheme}`)])) as Record<
  SiteScheme,
  string[]
>;

function meetsLess(scheme: SiteScheme): boolean {
  return scheme === "localSteps" || scheme === "streaming";
}

type Regime = Parameters<typeof goodput>[0];

/** With local steps the other sites go on while one restarts, so its failures cost only its own share. */
function usefulShare({ scheme, parts }: Layout, regimeOf: (chips: number) => Regime): number {
  const chipsOf = ({ estimate }: SitePart): number => estimate.run.cluster.chips;
  if (!meetsLess(scheme)) return goodput(regimeOf(parts.reduce((sum, part) => sum + chipsOf(part), 0)));
  return parts.reduce((sum, part) => sum + part.work * goodput(regimeOf(chipsOf(part))), 0);
}

/** A prediction of each site, from whichever layout uses it. */
function estimatesOf(layouts: Layout[], sites: number): (Estimate | undefined)[] {
  const parts = layouts.toReversed().flatMap((layout) => layout.parts);
  return Array.from({ length: sites }, (_, site) => parts.find((part) => part.site === site)?.estimate);
}

/** The correlation of each site's error with what all have in common, so that pairs of them share what their likeness says on average. */
function commonShare(estimates: (Estimate | undefined)[], softwareKnown: boolean): number {
  const runs = estimates.flatMap((estimate) => (estimate ? [measuredRun(estimate, softwareKnown, estimate.seconds)] : []));
  const pairs = runs.flatMap((one, place) => runs.slice(place + 1).map((other) => likeness(one, other)));
  if (pairs.length === 0) return 1;
  return Math.sqrt(Math.min(1, pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length));
}

const middle = { overlap: 0.61, linkShare: 0.83 }; // medians of the usual ranges

function schemeOf(question: AcrossSitesQuestion, layout: Layout, columns: Columns): SchemeAcross {
  const { scheme, sequences, parts, link, localSteps } = layout;
  const sources = timeSources[scheme];
  const lossSources: CitationKey[] = meetsLess(scheme) ? ["diloco", "assumption"] : [];
  const band = (name: string, unit: string, of: CitationKey[]): Banded => bandOf(columns[`${name} ${scheme}`], unit, of);
  const conditions = { slower: question.sites.map(() => 1), ...middle };
  const { seconds } = layout.time(conditions);
  const { link: linkWait, fill, balance } = layout.waits(conditions);
  const first = columns[`first ${scheme}`];
  return {
    scheme,
    localSteps,
    globalBatchSize: sequences,
    sites: parts.map((part) => doesOf(question, part)),
    stepSeconds: band("seconds", "seconds", sources),
    tokensPerSecond: band("tokensPerSecond", "tokens per second", sources),
    share: band("computing", "share", sources),
    waits: { link: linkWait / seconds, fill: fill / seconds, balance: balance / seconds },
    ...(link && { link: linkOf(question, link, band("gigabits", "Gb/s", sources)) }),
    goodput: band("useful", "share", [...unseenFleetRate().sources, "daly"]),
    lossChange: band("change", "share", lossSources),
    computeForSameLoss: band("compute", "factor", [...lossSources, "besiroglu"]),
    days: band("days", "days", sources),
    calendarDays: band("calendar", "days", [...sources, "wholeRuns"]),
    daysForSameLoss: band("same", "days", [...sources, ...lossSources]),
    chanceBest: first.reduce((sum, one) => sum + one, 0) / first.length,
  };
}

function doesOf({ sites }: AcrossSitesQuestion, { site, sequences, layers, seconds, estimate }: SitePart): SiteDoes {
  const { cluster } = estimate.run;
  return { name: sites[site].name, chip: cluster.accelerator.id, chips: cluster.chips, sequences, layers, seconds, plan: estimate.plan };
}

function linkOf({ sites }: AcrossSitesQuestion, { between: [one, other], gigabitsPerSecond }: SiteLink, gigabitsForNinetyFive: Banded) {
  return { between: [sites[one].name, sites[other].name] as [string, string], gigabitsPerSecond, gigabitsForNinetyFive };
}

/** The question with one site taken away. */
function withoutSite(question: AcrossSitesQuestion, gone: number): AcrossSitesQuestion {
  const place = (site: number): number => (site > gone ? site - 1 : site);
  return {
    ...question,
    sites: question.sites.filter((_, site) => site !== gone),
    links: question.links
      .filter(({ between }) => !between.includes(gone))
      .map((link) => ({ ...link, between: [place(link.between[0]), place(link.between[1])] })),
  };
}

/** Days for the same loss of the best scheme with everything in the middle of its range, failures included. */
function nominalDays(
  question: AcrossSitesQuestion,
  layouts: Layout[],
  { parameters, active, tokens }: Sizes,
): { days: number; best: SiteScheme | null } {
  let [days, best]: [number, SiteScheme | null] = [Infinity, null];
  for (const layout of layouts) {
    const { scheme, parts, sequences, localSteps } = layout;
    const { seconds } = layout.time({ slower: question.sites.map(() => 1), ...middle });
    const change = meetsLess(scheme) ? lossChange({ parameters, replicas: parts.length, localSteps }) : undefined;
    const compute = change?.kind === "normal" ? computeForSameLoss(change.mean, besirogluLaw, { parameters: active, tokens }) : 1;
    const useful = usefulShare(layout, (chips) => ({
      meanTimeBetweenFailuresSeconds: meanTimeBetweenFailuresSeconds(chips, nominalRate * hostFactor),
      checkpointSeconds: 11,
      restartSeconds: 400,
    }));
    const own = ((tokens / (sequences * question.aiModel.sequenceLength)) * seconds * Math.max(1, compute)) / useful / 86_400;
    if (own < days) [days, best] = [own, scheme];
  }
  return { days, best };
}

const nominalRate = 1 / 50_676; // interruptions per chip-hour of one published fleet; it only weighs sites against each other

/** How many times as long a step takes where every chip gets the same share of the data and all wait for the slowest. */
function equalSplitOf(layouts: Layout[]): number {
  const data = layouts.find(({ scheme }) => scheme === "everyStep");
  if (!data) return 1;
  const rates = data.parts.map(({ sequences, seconds, estimate }) => ({ rate: sequences / seconds, chips: estimate.run.cluster.chips }));
  const chips = rates.reduce((sum, one) => sum + one.chips, 0);
  const all = rates.reduce((sum, { rate }) => sum + rate, 0);
  return all / (chips * Math.min(...rates.map((one) => one.rate / one.chips)));
}
