import type { Reached, StepUp, WaitReview } from "@watershed/workbench";
import { percent } from "./figures.ts";
import type { Wording } from "./wording/en.ts";

/** What a wait, or the right to follow on, can bear: the least chance of getting in, and the dearest price of the day. */
export function breakEvenText(
  text: Wording,
  words: Wording["waited"],
  { breakEvenAccess }: WaitReview,
  stepUp: Pick<StepUp, "at" | "side"> | undefined,
): string {
  const prices: Record<string, string> = {
    alwaysAhead: words.stepUpAlways,
    alwaysBehind: words.stepUpNever,
    ...(breakEvenAccess.reachable || breakEvenAccess.side === "alwaysAhead" ? { waitingCostsNothing: text.costsNothing } : {}),
  };
  const price = stepUp?.at ? words.stepUp(times(stepUp.at)) : prices[stepUp?.side ?? ""];
  return [accessText(words, breakEvenAccess), ...(price === undefined ? [] : [price])].join(text.clause);
}

/** A multiple with as many digits as its error has a say in. */
function times({ amount, standardError }: { amount: number; standardError: number }): string {
  const digits = standardError > 0 && standardError < 0.005 ? 3 : 2;
  return `${amount.toFixed(digits)} ± ${standardError.toFixed(digits)}`;
}

function accessText(words: Wording["waited"], access: Reached): string {
  if (access.reachable) return words.access(percent(access.at));
  return access.side === "alwaysAhead" ? words.accessAlways : words.accessNever;
}

/** A limit as a step-up. */
export function stepUpOfReached(place: Reached | undefined): Pick<StepUp, "at" | "side"> | undefined {
  if (!place) return undefined;
  return place.reachable ? { at: { amount: place.at.amount, standardError: place.at.standardError } } : { side: place.side };
}
