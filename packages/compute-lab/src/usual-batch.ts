import { power } from "@watershed/probability";
import type { LabProblem } from "./problem.ts";

const tokensPerChip = 8192;
const leastTokens = 1e6;
/** Between the batches of two published whole trainings: 16 million tokens on 16,384 H100 (Llama 3 405B) and 63 million on 2,048 H800 (DeepSeek-V3). */
const mostTokens = { upTo: 16_384, tokens: 32e6 };
/** How the best batch grows with a run's compute, which grows with the chips: DeepSeek LLM 2024, section 3.2 (recalled). */
const growth = 0.3271;
/** The largest batch of a whole training in print: DeepSeek-V3, 15,360 sequences of 4,096. */
const largestPublishedTokens = 62.9e6;

/** The most tokens of a step that are taken unasked on so many chips. */
export function mostUsualTokens(chips: number): number {
  return mostTokens.tokens * Math.max(1, power(chips / mostTokens.upTo, growth));
}

/**
 * Tokens of a step where no batch is given: about eight thousand per chip, a million at the least, and no more than `mostUsualTokens`. Published trainings
 * took from half of it (Llama 3 405B) to nearly four times as many (DeepSeek-V3).
 */
export function usualTokens(chips: number, least = leastTokens): number {
  return Math.min(Math.max(tokensPerChip * chips, least), mostUsualTokens(chips));
}

/** A note that the batch taken is the most that is taken unasked, so that every chip has less to do than on a smaller cluster. */
export function batchProblems(
  given: number | undefined,
  { sequences, sequenceLength, chips }: { sequences: number; sequenceLength: number; chips: number },
): LabProblem[] {
  if (given !== undefined || tokensPerChip * chips <= mostUsualTokens(chips)) return [];
  const tokens = sequences * sequenceLength;
  const params = { taken: sequences, tokens, chips, perChip: Math.round(tokens / chips), largest: largestPublishedTokens };
  return [{ code: "batchCapped", severity: "note", at: "plan.gbs", params }];
}
