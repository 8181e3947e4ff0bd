import type { TrainingSite } from "./across-sites-question.ts";
import { estimateOf, worksOf } from "./across-sites-work.ts";
import type { SiteWork } from "./across-sites-work.ts";
import type { AiModel } from "./ai-model.ts";
import type { Estimate } from "./complete-plan.ts";
import type { Software } from "./software.ts";

/** What one site does of a step. */
export interface SiteShare {
  site: number;
  sequences: number;
  seconds: number; // of its work, links between sites left out
  estimate: Estimate;
}

/** A step's sequences over sites by their speed, and how long the last of them takes. */
export interface DataSplit {
  shares: SiteShare[];
  sequences: number; // what the whole rounds of all sites come to: the wished batch or a little more
  seconds: number;
}

/**
 * Shares out about so many sequences so that all sites end together: every site does as many whole rounds of microbatches as fit into a common time,
 * by whichever of its plans does most in that time. Sites that cannot hold the AI model have no part; undefined where none can.
 */
export function splitData(
  sites: { site: number; of: TrainingSite }[],
  aiModel: AiModel,
  software: Software,
  wished: number,
): DataSplit | undefined {
  const peaks = sites.map(({ of }) => speedOf(of));
  let works = worksFor(peaks);
  if (works.every((one) => one.length === 0)) return undefined;
  // once more with the shares that the first split found: plans depend on them
  works = worksFor(sharesIn(works, wished).map(({ sequences }) => sequences));
  const found = sharesIn(works, wished).flatMap(({ work, rounds }, place): SiteShare[] => {
    if (!work || rounds === 0) return [];
    const estimate = estimateOf(work, rounds);
    return [{ site: sites[place].site, sequences: rounds * work.sequencesPerRound, seconds: estimate.seconds, estimate }];
  });
  const sequences = found.reduce((sum, share) => sum + share.sequences, 0);
  return { shares: found, sequences, seconds: Math.max(...found.map(({ seconds }) => seconds)) };

  function worksFor(weights: number[]): SiteWork[][] {
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    return sites.map(({ of }, place) =>
      weights[place] === 0 ? [] : worksOf(of, aiModel, software, Math.max(1, (wished * weights[place]) / all)),
    );
  }
}

/** A site's chips times their peak: where a search for shares may start. */
export function speedOf({ cluster: { accelerator, chips } }: TrainingSite): number {
  return chips * (accelerator.peakFlops.bf16 ?? accelerator.peakFlops.fp16 ?? 1);
}

interface Part {
  work?: SiteWork;
  rounds: number;
  sequences: number;
}

/** The least common time in which all sites do the wished sequences, by halving; what is over by whole rounds is taken off the latest. */
function sharesIn(works: SiteWork[][], wished: number): Part[] {
  const doneIn = (seconds: number): Part[] => works.map((of) => mostIn(of, seconds));
  const sum = (parts: Part[]): number => parts.reduce((total, { sequences }) => total + sequences, 0);
  let [low, high] = [0, 1];
  while (sum(doneIn(high)) < wished) [low, high] = [high, 2 * high];
  while (high - low > 1e-6 * high) {
    const middle = (low + high) / 2;
    if (sum(doneIn(middle)) < wished) low = middle;
    else high = middle;
  }
  const parts = doneIn(high);
  for (;;) {
    const latest = parts.reduce((one, other) => (secondsFor(other) > secondsFor(one) ? other : one));
    const { work, rounds } = latest;
    if (!work || rounds <= work.leastRounds || work.sequencesPerRound > sum(parts) - wished) return parts;
    latest.rounds--;
    latest.sequences -= work.sequencesPerRound;
  }
}

function secondsFor({ work, rounds }: Part): number {
  return work ? work.fixedSeconds + rounds * work.secondsPerRound : 0;
}

function mostIn(works: SiteWork[], seconds: number): Part {
  let most: Part = { rounds: 0, sequences: 0 };
  for (const work of works) {
    const rounds = Math.floor((seconds - work.fixedSeconds) / work.secondsPerRound + 1e-9);
    if (rounds < work.leastRounds) continue;
    const sequences = rounds * work.sequencesPerRound;
    if (sequences > most.sequences) most = { work, rounds, sequences };
  }
  return most;
}
