import { normalCdf, normalQuantile } from "@watershed/probability";
import { assert } from "./assert.ts";

/** How often an expert says yes given each answer of a yes/no question. */
export interface ExpertQuality {
  /** P(says yes | yes). */
  sensitivity: number;
  /** P(says no | no). */
  specificity: number;
}

/** The votes of a panel that mean the same, with their probability given each answer. */
export interface PanelResult {
  /** Smallest and largest number of experts that say yes. */
  yesFrom: number;
  yesTo: number;
  ifYes: number;
  ifNo: number;
}

/**
 * What a panel on a yes/no question may say, from what speaks most for no to what speaks most for yes. Given the answer, the
 * experts err independently (exact binomial probabilities) or through one common factor of a Gaussian copula with the stated
 * correlation. Experts of one quality are told by their count; of several qualities, votes with the same likelihood ratio are one.
 */
export function panelResults(experts: ExpertQuality[], correlation = 0): PanelResult[] {
  assert(experts.length > 0 && correlation >= 0 && correlation < 1, "A panel has experts, and a correlation from 0 to below 1.");
  const alike = experts.every(
    ({ sensitivity, specificity }) => sensitivity === experts[0].sensitivity && specificity === experts[0].specificity,
  );
  assert(alike || experts.length <= mostDifferentExperts, `At most ${mostDifferentExperts} experts may differ in quality.`);
  const votes = alike ? countedVotes(experts.length) : everyVote(experts.length);
  const ifYes = voteProbabilities(
    votes,
    experts.map(({ sensitivity }) => sensitivity),
    correlation,
  );
  const ifNo = voteProbabilities(
    votes,
    experts.map(({ specificity }) => 1 - specificity),
    correlation,
  );
  const merged = new Map<string, PanelResult>();
  votes.forEach(({ yes }, place) => {
    const result = { yesFrom: yes, yesTo: yes, ifYes: ifYes[place], ifNo: ifNo[place] };
    const key = alike ? String(yes) : shareOfYes(result).toPrecision(10);
    const known = merged.get(key);
    if (known === undefined) return void merged.set(key, result);
    known.yesFrom = Math.min(known.yesFrom, yes);
    known.yesTo = Math.max(known.yesTo, yes);
    known.ifYes += result.ifYes;
    known.ifNo += result.ifNo;
  });
  return [...merged.values()].sort((one, other) => (alike ? one.yesFrom - other.yesFrom : shareOfYes(one) - shareOfYes(other)));
}

function shareOfYes({ ifYes, ifNo }: PanelResult): number {
  return ifYes + ifNo === 0 ? 0.5 : ifYes / (ifYes + ifNo);
}

/** The most experts whose qualities may differ: every one doubles the votes that can be told apart. */
export const mostDifferentExperts = 6;

/** One way to vote, and in how many ways experts of one quality can vote like it. */
interface Vote {
  saysYes: boolean[]; // [expert]
  yes: number;
  ways: number;
}

function countedVotes(size: number): Vote[] {
  return Array.from({ length: size + 1 }, (_, yes) => ({
    saysYes: Array.from({ length: size }, (__, expert) => expert < yes),
    yes,
    ways: binomial(size, yes),
  }));
}

function everyVote(size: number): Vote[] {
  return Array.from({ length: 2 ** size }, (_, mask) => {
    const saysYes = Array.from({ length: size }, (__, expert) => ((mask >> expert) & 1) === 1);
    return { saysYes, yes: saysYes.filter(Boolean).length, ways: 1 };
  });
}

/** Probability of every vote when expert i says yes with chance[i]. Returns number[] // [vote]. */
function voteProbabilities(votes: Vote[], chances: number[], correlation: number): number[] {
  const points = conditionalChances(chances, correlation);
  return votes.map(({ saysYes, ways }) => {
    let probability = 0;
    for (const { weight, given } of points) {
      let product = weight * ways;
      for (let expert = 0; expert < given.length; expert++) product *= saysYes[expert] ? given[expert] : 1 - given[expert];
      probability += product;
    }
    return probability;
  });
}

const factorPoints = 400;

/** The chances given the common factor, over midpoints of its distribution; the chances themselves where nothing is shared. */
function conditionalChances(chances: number[], correlation: number): { weight: number; given: number[] }[] {
  if (correlation === 0) return [{ weight: 1, given: chances }];
  const thresholds = chances.map((chance) => (chance <= 0 ? -Infinity : chance >= 1 ? Infinity : normalQuantile(chance)));
  return Array.from({ length: factorPoints }, (_, point) => {
    const factor = normalQuantile((point + 0.5) / factorPoints);
    const given = thresholds.map((threshold) => normalCdf((threshold + Math.sqrt(correlation) * factor) / Math.sqrt(1 - correlation)));
    return { weight: 1 / factorPoints, given };
  });
}

function binomial(size: number, chosen: number): number {
  let ways = 1;
  for (let step = 1; step <= chosen; step++) ways = (ways * (size - chosen + step)) / step;
  return Math.round(ways);
}
