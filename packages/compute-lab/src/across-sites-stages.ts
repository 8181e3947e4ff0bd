import { pathOf, SECONDS_PER_KILOMETRE } from "./across-sites-links.ts";
import type { SiteLink, TrainingSite } from "./across-sites-question.ts";
import { speedOf } from "./across-sites-shares.ts";
import { estimateOf, worksOf } from "./across-sites-work.ts";
import type { SiteWork } from "./across-sites-work.ts";
import type { AiModel } from "./ai-model.ts";
import type { Estimate } from "./complete-plan.ts";
import { memoryPrediction } from "./memory.ts";
import { shareUnits } from "./mixed.ts";
import type { Software } from "./software.ts";

/** The layers of one site in a pipeline over sites. */
export interface SiteStage {
  site: number;
  layers: number;
  seconds: number; // for all sequences of a step, its own bubble included
  fillSeconds: number; // until its first sequences are through, forward and backward
  estimate: Estimate;
}

/** A pipeline whose stages lie on several sites, in the order of the layers. */
export interface SitePipeline {
  stages: SiteStage[];
  links: SiteLink[]; // from each site to the next
  bytesPerStep: number; // activations over each link one way, as many bytes of gradients back
  latencySeconds: number; // of all links, there and back
}

export interface PipelineQuestion {
  sites: { site: number; of: TrainingSite }[];
  links: SiteLink[];
  aiModel: AiModel;
  software: Software;
  sequences: number;
}

const ACTIVATION_BYTES = 2;
const mostMoves = 8;

/**
 * Layers over sites by their speed, in this order of sites: the slowest gives a layer to the fastest until that helps no more. Every site runs its layers
 * by the fastest plan whose memory also holds what is under way on later sites and links. Undefined where a link is missing or nothing fits.
 */
export function pipelineOver(question: PipelineQuestion, remembered = new Map<string, SiteWork[]>()): SitePipeline | undefined {
  const { sites, links, aiModel, sequences } = question;
  const path = pathOf(
    links,
    sites.map(({ site }) => site),
  );
  if (!path || aiModel.layers < sites.length) return undefined;
  const stagesOf = (layers: number[]): SiteStage[] | undefined => fitting(question, layers, path, remembered);
  const stages = balanced(question, stagesOf);
  const latencySeconds = 2 * path.reduce((sum, { kilometres }) => sum + kilometres, 0) * SECONDS_PER_KILOMETRE;
  const bytesPerStep = ACTIVATION_BYTES * sequences * aiModel.sequenceLength * aiModel.hidden;
  return stages && { stages, links: path, bytesPerStep, latencySeconds };
}

/** Layers by peak, then by predicted speed, then moved one by one. */
function balanced({ sites, aiModel }: PipelineQuestion, stagesOf: (layers: number[]) => SiteStage[] | undefined): SiteStage[] | undefined {
  const shared = (speeds: number[]): number[] => atLeastOne(shareUnits(aiModel.layers, speeds).counts);
  const byPeak = stagesOf(shared(sites.map(({ of }) => speedOf(of))));
  if (!byPeak) return undefined;
  let best = better(byPeak, stagesOf(shared(byPeak.map(({ seconds, layers }) => layers / seconds))));
  for (let move = 0; move < mostMoves; move++) {
    const counts = best.map((stage) => stage.layers);
    const [slow, fast] = extremes(best);
    if (slow === fast || counts[slow] === 1) break;
    const moved = better(best, stagesOf(counts.map((count, place) => count + (place === fast ? 1 : place === slow ? -1 : 0))));
    if (moved === best) break;
    best = moved;
  }
  return best;
}

/** The fastest work of every site that holds what is under way behind it. */
function fitting(
  question: PipelineQuestion,
  counts: number[],
  path: SiteLink[],
  remembered: Map<string, SiteWork[]>,
): SiteStage[] | undefined {
  const { sites, sequences } = question;
  const stages: SiteStage[] = [];
  let underWay = 0; // sequences on later sites and on the links to them
  for (let place = sites.length - 1; place >= 0; place--) {
    const stage = [false, true]
      .flatMap((lean) => worksOfStage(question, place, counts[place], lean, remembered))
      .map((work) => ({ work, rounds: Math.ceil(sequences / work.sequencesPerRound) }))
      .toSorted((one, other) => secondsOf(one) - secondsOf(other))
      .find(({ work, rounds }) => holds(work, rounds, underWay));
    if (!stage) return undefined;
    const { work, rounds } = stage;
    const estimate = estimateOf(work, rounds);
    const fillSeconds = work.plan.pipelineParallel * work.secondsPerRound;
    stages.unshift({ site: sites[place].site, layers: counts[place], seconds: estimate.seconds, fillSeconds, estimate });
    underWay += work.plan.pipelineParallel * work.sequencesPerRound;
    if (place > 0) underWay += (2 * path[place - 1].kilometres * SECONDS_PER_KILOMETRE * sequences) / estimate.seconds;
  }
  return stages;
}

/** The fastest plans of a site's layers, or some that keep little: a site may have to hold much of what is under way. */
function worksOfStage(
  { sites, aiModel, software, sequences }: PipelineQuestion,
  place: number,
  count: number,
  lean: boolean,
  remembered: Map<string, SiteWork[]>,
): SiteWork[] {
  const { of } = sites[place];
  if (lean && of.printed.recomputation !== undefined) return [];
  const role = place === 0 ? "first" : place === sites.length - 1 ? "last" : "middle";
  const key = `${of.name} ${count} ${role} ${lean} ${sequences}`;
  const printed = lean ? { ...of.printed, recomputation: "full" as const } : of.printed;
  const works = remembered.get(key) ?? worksOf({ ...of, printed }, partOf(aiModel, count, role), software, sequences, lean ? 2 : 8);
  remembered.set(key, works);
  return works;
}

/** Seconds of all rounds, and of what the other sites wait until the first is through. */
function secondsOf({ work, rounds }: { work: SiteWork; rounds: number }): number {
  return work.fixedSeconds + (rounds + work.plan.pipelineParallel) * work.secondsPerRound;
}

/** Whether a site's first stage also holds the activations of so many sequences that are on later sites. */
function holds(work: SiteWork, rounds: number, underWay: number): boolean {
  const { run, plan } = estimateOf(work, rounds);
  const { parts, capacityBytes, totalBytes } = memoryPrediction(run);
  const own = Math.min(rounds, plan.pipelineParallel);
  const more = Math.min(rounds, own + underWay / work.sequencesPerRound) - own;
  return totalBytes + (more / own) * parts.activationBytes <= capacityBytes;
}

/** So many layers of an AI model as a site of the pipeline has them: logits and further predictions on the last, encoders on the first. */
function partOf(aiModel: AiModel, layers: number, role: "first" | "middle" | "last"): AiModel {
  const { experts, layers: all, vocabulary, multiTokenLayers, encoders } = aiModel;
  return {
    ...aiModel,
    layers,
    experts: experts && { ...experts, layers: (experts.layers * layers) / all },
    vocabulary: role === "last" ? vocabulary : 8,
    multiTokenLayers: role === "last" ? multiTokenLayers : 0,
    encoders: role === "first" ? encoders : [],
  };
}

function atLeastOne(counts: number[]): number[] {
  const most = counts.indexOf(Math.max(...counts));
  const lacking = counts.filter((count) => count === 0).length;
  return counts.map((count, place) => (place === most ? count - lacking : Math.max(1, count)));
}

function better(one: SiteStage[], other: SiteStage[] | undefined): SiteStage[] {
  if (!other) return one;
  const slowest = (stages: SiteStage[]): number => Math.max(...stages.map(({ seconds }) => seconds));
  return slowest(other) < slowest(one) ? other : one;
}

function extremes(stages: SiteStage[]): [slowest: number, fastest: number] {
  const seconds = stages.map((stage) => stage.seconds);
  return [seconds.indexOf(Math.max(...seconds)), seconds.indexOf(Math.min(...seconds))];
}
