import { bestExchange, narrowestOf, ordersOf, pathOf } from "./across-sites-links.ts";
import type { AcrossSitesQuestion, SiteLink, TrainingSite } from "./across-sites-question.ts";
import { speedOf, splitData } from "./across-sites-shares.ts";
import type { DataSplit } from "./across-sites-shares.ts";
import { pipelineOver } from "./across-sites-stages.ts";
import type { SitePipeline } from "./across-sites-stages.ts";
import type { SiteWork } from "./across-sites-work.ts";
import type { Estimate } from "./complete-plan.ts";
import { parametersOf } from "./flops.ts";
import { bandwidthFor } from "./sites-utilisation.ts";
import { usualTokens } from "./usual-batch.ts";

/** One site alone, or one of four ways to train on several together. */
export type SiteScheme = "oneSite" | "everyStep" | "localSteps" | "streaming" | "pipeline";

/** What a site does under a scheme. */
export interface SitePart {
  site: number;
  sequences: number; // of a step; in a pipeline every site sees all of them
  layers: number;
  seconds: number; // of a step, without waiting for others
  work: number; // its share of a step's work, by time times speed
  estimate: Estimate;
}

/** What differs from draw to draw: how much faster or slower every site is than predicted, and what the links do. */
export interface SitesDrawn {
  slower: number[]; // [site] factor on its time
  overlap: number;
  linkShare: number;
}

export interface SitesTime {
  seconds: number; // of a step, waiting for links included
  computing: number; // share of it in which the sites compute, on average
}

/** One scheme laid out over the sites: who does what, and how long a step takes. */
export interface Layout {
  scheme: SiteScheme;
  localSteps: number;
  sequences: number;
  parts: SitePart[];
  link?: SiteLink; // the one that holds back most
  time: (drawn: SitesDrawn) => SitesTime;
  gigabitsForNinetyFive?: (drawn: SitesDrawn) => number; // of that link, where it lets 95 % of the time compute
  waits: (drawn: SitesDrawn) => { link: number; fill: number; balance: number }; // seconds of a step
}

const BITS = 8;
const mostOrders = 6;

/** Every scheme that the sites, their memory and their links allow, the best single site first. */
export function layoutsOf(question: AcrossSitesQuestion, remembered?: Map<string, SiteWork[]>): Layout[] {
  const { aiModel, software } = question;
  const sites = question.sites.map((of, site) => ({ site, of }));
  const wished = question.globalBatchSize ?? batchOf(question);
  const alone = sites.flatMap((one) => splitData([one], aiModel, software, wished) ?? []);
  const best = alone.length === 0 ? undefined : alone.reduce((one, other) => (rateOf(other) > rateOf(one) ? other : one));
  const joined = isJoined(question.links, alone.map(({ shares }) => shares[0].site)); // prettier-ignore
  const holders = alone.map(({ shares }) => sites[shares[0].site]);
  const together = alone.length > 1 && joined ? splitData(holders, aiModel, software, wished) : undefined;
  const pipeline = sites.length > 1 ? bestPipeline(question, sites, wished, remembered) : undefined;
  return [
    ...(best ? [aloneLayout(best)] : []),
    ...(together && together.shares.length > 1
      ? (["everyStep", "localSteps", "streaming"] as const).map((scheme) => dataLayout(question, scheme, together))
      : []),
    ...(pipeline ? [pipelineLayout(pipeline, wished)] : []),
  ];
}

/** Sequences of a step where none are given: what all chips together usually take. */
export function batchOf({ aiModel, sites }: Pick<AcrossSitesQuestion, "aiModel" | "sites">): number {
  const chips = sites.reduce((sum, { cluster }) => sum + cluster.chips, 0);
  return Math.max(1, Math.round(usualTokens(chips) / aiModel.sequenceLength));
}

function rateOf({ sequences, seconds }: DataSplit): number {
  return sequences / seconds;
}

function isJoined(links: SiteLink[], sites: number[]): boolean {
  const reached = new Set(sites.slice(0, 1));
  for (let round = 0; round < sites.length; round++)
    for (const { between } of links)
      if (between.every((site) => sites.includes(site)) && between.some((site) => reached.has(site)))
        for (const site of between) reached.add(site);
  return reached.size === sites.length;
}

/** How much longer the whole takes when its parts are slower or faster than predicted and the work is shared out anew. */
function paceOf(parts: SitePart[], slower: number[]): number {
  return 1 / parts.reduce((sum, { site, work }) => sum + work / slower[site], 0);
}

function partsOf({ shares, sequences }: DataSplit): SitePart[] {
  return shares.map((share) => ({ ...share, layers: share.estimate.run.model.layers, work: share.sequences / sequences }));
}

/** Seconds of a step in which the sites wait for the last of them. */
function balanceOf(parts: SitePart[]): number {
  const longest = Math.max(...parts.map(({ seconds }) => seconds));
  return longest - parts.reduce((sum, { seconds, work }) => sum + seconds * work, 0);
}

function aloneLayout(split: DataSplit): Layout {
  const parts = partsOf(split);
  return {
    scheme: "oneSite",
    localSteps: 1,
    sequences: split.sequences,
    parts,
    time: ({ slower }) => ({ seconds: split.seconds * paceOf(parts, slower), computing: 1 }),
    waits: () => ({ link: 0, fill: 0, balance: 0 }),
  };
}

function dataLayout(question: AcrossSitesQuestion, scheme: "everyStep" | "localSteps" | "streaming", split: DataSplit): Layout {
  const localSteps = scheme === "everyStep" ? 1 : (question.localSteps ?? 100);
  const parts = partsOf(split);
  const exchange = bestExchange(question.links, parts.map(({ site }) => site)); // prettier-ignore
  const { narrowest: link, latencySeconds } = exchange;
  const bytesPerNumber = scheme === "everyStep" ? 2 : 1;
  const bytes = exchange.times * bytesPerNumber * parametersOf(question.aiModel).total;
  const balance = balanceOf(parts);
  const syncOf = ({ slower, overlap }: SitesDrawn) => {
    const stepSeconds = split.seconds * paceOf(parts, slower);
    const hidden = { everyStep: overlap * stepSeconds, localSteps: 0, streaming: localSteps * stepSeconds };
    return { stepSeconds, bytes, latencySeconds, localSteps, hiddenSeconds: hidden[scheme] };
  };
  const exposed = (drawn: SitesDrawn): number => {
    const { hiddenSeconds } = syncOf(drawn);
    const transfer = (bytes * BITS) / (link.gigabitsPerSecond * drawn.linkShare * 1e9);
    return Math.max(0, transfer + latencySeconds - hiddenSeconds) / localSteps;
  };
  return {
    scheme,
    localSteps,
    sequences: split.sequences,
    parts,
    link,
    time: (drawn) => {
      const { stepSeconds } = syncOf(drawn);
      const seconds = stepSeconds + exposed(drawn);
      return { seconds, computing: (stepSeconds * (1 - balance / split.seconds)) / seconds };
    },
    gigabitsForNinetyFive: (drawn) => (bandwidthFor(0.95, syncOf(drawn)) * BITS) / 1e9 / drawn.linkShare,
    waits: (drawn) => ({ link: exposed(drawn), fill: 0, balance }),
  };
}

/** The fastest order of sites in a pipeline; of very many orders those with the widest links are tried. */
function bestPipeline(
  { links, aiModel, software }: AcrossSitesQuestion,
  sites: { site: number; of: TrainingSite }[],
  sequences: number,
  remembered = new Map<string, SiteWork[]>(),
): SitePipeline | undefined {
  const orders = ordersOf(sites.map(({ site }) => site))
    .flatMap((order) => {
      const path = pathOf(links, order);
      return path ? [{ order, narrowest: narrowestOf(path).gigabitsPerSecond }] : [];
    })
    .toSorted((one, other) => other.narrowest - one.narrowest)
    .slice(0, mostOrders);
  const found = orders.flatMap(({ order }) => {
    const ordered = order.map((site) => sites[site]);
    return pipelineOver({ sites: ordered, links, aiModel, software, sequences }, remembered) ?? [];
  });
  const middle = { slower: sites.map(() => 1), overlap: 0.6, linkShare: 0.85 };
  const secondsOf = (pipeline: SitePipeline): number => pipelineLayout(pipeline, sequences).time(middle).seconds;
  return found.length === 0 ? undefined : found.reduce((one, other) => (secondsOf(other) < secondsOf(one) ? other : one));
}

function pipelineLayout({ stages, links, bytesPerStep, latencySeconds }: SitePipeline, sequences: number): Layout {
  const longest = Math.max(...stages.map(({ seconds }) => seconds));
  const speeds = stages.map(({ estimate, seconds }) => seconds * speedOf({ name: "", cluster: estimate.run.cluster, printed: {} }));
  const speed = speeds.reduce((sum, one) => sum + one, 0);
  const layers = stages.reduce((sum, stage) => sum + stage.layers, 0);
  const parts = stages.map((stage): SitePart => ({ ...stage, sequences, work: stage.layers / layers }));
  const slowest = stages.find(({ seconds }) => seconds === longest)!;
  const fill = stages.reduce((sum, stage) => sum + (stage === slowest ? 0 : stage.fillSeconds), 0);
  const link = narrowestOf(links);
  const transfer = (linkShare: number): number => (bytesPerStep * BITS) / (link.gigabitsPerSecond * linkShare * 1e9);
  const busy = stages.reduce((sum, { seconds }, place) => sum + (seconds * speeds[place]) / speed, 0);
  const waits = ({ slower, linkShare }: SitesDrawn) => {
    const pace = paceOf(parts, slower);
    return {
      link: Math.max(0, transfer(linkShare) - longest * pace) + latencySeconds,
      fill: fill * pace,
      balance: (longest - busy) * pace,
    };
  };
  return {
    scheme: "pipeline",
    localSteps: 1,
    sequences,
    parts,
    link,
    time: (drawn) => {
      const pace = paceOf(parts, drawn.slower);
      const { link: exposed, fill: filling } = waits(drawn);
      const seconds = longest * pace + exposed + filling;
      return { seconds, computing: (busy * pace) / seconds };
    },
    gigabitsForNinetyFive: (drawn) => (bytesPerStep * BITS) / 1e9 / drawn.linkShare / (longest * paceOf(parts, drawn.slower)),
    waits,
  };
}
