import type { Banded, Uncertain } from "./band.ts";
import { bandOf, between, columnsOf } from "./band.ts";
import type { CitationKey } from "./citations.ts";
import { failures } from "./failures.ts";
import type { LabProblem } from "./problem.ts";
import { besirogluLaw } from "./scaling-published.ts";
import { computeForSameLoss, lossChange } from "./sites-loss.ts";
import { siteProblems } from "./sites-question.ts";
import type { SiteQuestion } from "./sites-question.ts";
import { bandwidthFor, synchronisationBytes, utilisation } from "./sites-utilisation.ts";
import type { Synchronisation } from "./sites-utilisation.ts";

/** How sites keep their weights equal. */
export type Scheme = "everyStep" | "localSteps" | "streaming";

export interface SchemeAnswer {
  scheme: Scheme;
  localSteps: number;
  utilisation: { gigabitsPerSecond: number; share: Banded }[]; // against one site with as many chips
  gigabitsForNinetyFive: Banded; // link rate at which 95 % of the time computes
  goodput?: Banded; // with `chips`: failures, where a site's failure stops all or only itself
  lossChange: Banded; // relative, against a synchronisation every step
  computeForSameLoss: Banded; // factor
}

export interface SiteForecast {
  stepSeconds: Banded;
  schemes: SchemeAnswer[];
  problems: LabProblem[];
}

const SECONDS_PER_KILOMETRE = 1e-5; // 10 ms per 1,000 km and direction: fibre at two thirds of light, on a route half as long again
const BITS = 8;
const schemes: Scheme[] = ["everyStep", "localSteps", "streaming"];

// What of a step's backward pass can hide a gradient transfer: two thirds is all of it, frameworks leave gaps.
export const usualOverlap = between(0.5, 0.75);
// What a long link delivers of its rate: assumption.
export const usualLinkShare = between(0.7, 0.98);

/**
 * What it costs in time and in loss to train one AI model on several equal sites: gradients every step, weights every H local steps (DiLoCo),
 * or those spread over the interval (streaming). Everything but the data-parallel exchange stays inside a site.
 */
export function sites(question: SiteQuestion): SiteForecast {
  const problems = siteProblems(question);
  const none = { amount: 0, low: 0, high: 0, unit: "seconds", sources: [] };
  if (problems.some(({ severity }) => severity === "error")) return { stepSeconds: none, schemes: [], problems };
  const { stepSeconds } = columnsOf({ flops: sustainedOf(question) }, ({ flops }) => ({ stepSeconds: secondsOfStep(question, flops) }));
  return {
    stepSeconds: bandOf(stepSeconds, "seconds", []),
    schemes: schemes.map((scheme) => schemeAnswer(question, scheme)),
    problems,
  };
}

/** Seconds of one step at a sustained rate: six FLOP per active parameter and token. */
function secondsOfStep(
  { parameters, activeParameters = parameters, tokensPerStep, stepSeconds }: SiteQuestion,
  flopsPerSecond: number,
): number {
  return typeof stepSeconds === "number" ? stepSeconds : (6 * activeParameters * tokensPerStep) / flopsPerSecond;
}

function sustainedOf({ flopsPerSecond, stepSeconds }: SiteQuestion): Uncertain {
  return stepSeconds === undefined ? flopsPerSecond! : 1;
}

function schemeAnswer(question: SiteQuestion, scheme: Scheme): SchemeAnswer {
  const { sites: count = 2, gigabitsPerSecond, chips, parameters } = question;
  const { activeParameters = parameters, tokens = 20 * parameters } = question;
  const localSteps = scheme === "everyStep" ? 1 : (question.localSteps ?? 100);
  const inputs = {
    flops: sustainedOf(question),
    overlap: question.overlap ?? usualOverlap,
    linkShare: question.linkShare ?? usualLinkShare,
    change: scheme === "everyStep" ? 0 : lossChange({ parameters, replicas: count, localSteps }),
  };
  const exchange = (drawn: { flops: number; overlap: number; linkShare: number }) => exchangeOf(question, scheme, localSteps, drawn);
  const shares = gigabitsPerSecond.map((rate) => {
    const { share } = columnsOf(inputs, (drawn) => ({
      share: utilisation({ ...exchange(drawn), bytesPerSecond: (rate * drawn.linkShare * 1e9) / BITS }),
    }));
    return { gigabitsPerSecond: rate, share: bandOf(share, "share", timeSources(scheme)) };
  });
  const columns = columnsOf(inputs, (drawn) => ({
    gigabits: (bandwidthFor(0.95, exchange(drawn)) * BITS) / 1e9 / drawn.linkShare,
    change: drawn.change,
    // what a token visits is what the law's parameters stand for in an AI model with experts
    compute: computeForSameLoss(drawn.change, besirogluLaw, { parameters: activeParameters, tokens }),
  }));
  const lossSources: CitationKey[] = scheme === "everyStep" ? ["palm"] : ["diloco", "assumption"];
  return {
    scheme,
    localSteps,
    utilisation: shares,
    gigabitsForNinetyFive: bandOf(columns.gigabits, "Gb/s", timeSources(scheme)),
    ...(chips === undefined ? {} : { goodput: goodputOf(chips, scheme === "everyStep" ? 1 : count) }),
    lossChange: bandOf(columns.change, "share", lossSources),
    computeForSameLoss: bandOf(columns.compute, "factor", [...lossSources, "besiroglu"]),
  };
}

/** With local steps the other sites go on while one restarts, so its failures cost only its own share. */
function goodputOf(chips: number, parts: number): Banded {
  return failures({ chips: [Math.max(1, Math.round(chips / parts))] }).rows[0].goodput;
}

/** What one synchronisation of a scheme sends, waits and hides. */
export function exchangeOf(
  question: SiteQuestion,
  scheme: Scheme,
  localSteps: number,
  { flops, overlap }: { flops: number; overlap: number },
): Omit<Synchronisation, "bytesPerSecond"> {
  const { parameters, sites: count = 2, kilometres = 0 } = question;
  const stepSeconds = secondsOfStep(question, flops);
  const bytesPerNumber = scheme === "everyStep" ? 2 : (question.bytesPerNumber ?? 1);
  const hidden = { everyStep: overlap * stepSeconds, localSteps: 0, streaming: localSteps * stepSeconds };
  return {
    stepSeconds,
    bytes: synchronisationBytes(parameters, bytesPerNumber, count),
    latencySeconds: 2 * (count - 1) * kilometres * SECONDS_PER_KILOMETRE, // a ring has 2 (n - 1) rounds
    localSteps,
    hiddenSeconds: hidden[scheme],
  };
}

function timeSources(scheme: Scheme): CitationKey[] {
  if (scheme === "streaming") return ["streamingDiloco", "assumption"];
  return scheme === "everyStep" ? ["assumption"] : ["diloco", "assumption"];
}
