import { dayText, say } from "@watershed/domain";
import type { Estimate, Text } from "@watershed/domain";
import {
  breakEvenCommonAccess,
  breakEvenStepUp,
  breakEvenStepUpOfWait,
  expectedNetValue,
  laterNetValue,
  meansOfAlternative,
  waitFor,
  withMeans,
} from "@watershed/decision";
import type { Alternative, Measured, WaitingSequence } from "@watershed/decision";
import type { Draws } from "@watershed/engine";
import type { Appraisal, AppraisedStage, AppraisedWait } from "./appraise-case.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import type { DayRange, Reached, StageReview, TriggerReview, WaitReview } from "./review.ts";
import { estimate, reached } from "./run-key.ts";

/** What waits are read from: the run and its key. */
export interface WaitRun {
  compiled: CompiledWorkspace;
  draws: Draws;
  key: string;
}

/** What there is to say about every alternative that waits. */
export function waitsOf(run: WaitRun, { waits, alternatives, now }: Appraisal): WaitReview[] {
  const other = bestWithoutWaiting(alternatives, run.draws);
  return waits.map((wait) => {
    const stepUp = quickStepUp(run, now?.terms.preMoney as number | undefined, wait, other);
    return { ...waitReview(run, wait, other), ...(stepUp ? { breakEvenStepUp: stepUp } : {}) };
  });
}

/** What there is to say about the small ticket with a right to follow on. */
export function stageReview(run: WaitRun, { alternatives }: Appraisal, { terms, worth, followOn }: AppraisedStage): StageReview {
  const money = inUnit(run.compiled.workspace.settings.currency, run.key);
  return {
    ticket: terms.ticket,
    unit: run.compiled.workspace.settings.currency,
    worth: money(worth.worth),
    withoutRight: money(worth.withoutRight),
    worthOfRight: money(worth.worthOfRight),
    probabilityFollowsOn: estimate(worth.probabilityFollowsOn, "probability", run.key),
    expectedMoney: money(worth.expectedMoney!),
    followOn: waitReview(run, followOn, toBeBeaten(run.draws, alternatives, worth.netValue, followOn.worth.netValue)),
  };
}

/** What the right must bring for staging to be no worse than the best other alternative: its netValue less the small ticket's. */
export function toBeBeaten(draws: Draws, alternatives: Alternative[], staged: Float64Array, right: Float64Array): Alternative {
  const others = alternatives.filter(({ netValue }) => netValue !== staged);
  const { name, netValue } = bestOf(others, draws);
  return withMeans({ name, netValue: netValue.map((amount, draw) => amount - (staged[draw] - right[draw])) }, draws);
}

function waitReview(run: WaitRun, { trigger, waiting, worth }: AppraisedWait, other: Alternative): WaitReview {
  const share = inUnit("probability", run.key);
  const triggers = waiting.occasions.map((occasion, place): TriggerReview => {
    const { probabilityFirst, probabilityInvests } = worth.occasions[place];
    const { name, deadline } = run.compiled.workspace.triggers.find((candidate) => candidate.id === occasion.trigger)!;
    return {
      trigger: occasion.trigger,
      name,
      deadline,
      probabilityFirst: share(probabilityFirst),
      probabilityInvests: share(probabilityInvests),
    };
  });
  return {
    trigger,
    name: namesOf(triggers.map(({ name }) => name)),
    deadline: triggers
      .map(({ deadline }) => deadline)
      .sort()
      .at(-1)!,
    triggers,
    probabilityTriggers: share(worth.probabilityTriggers),
    probabilityInvests: share(worth.probabilityInvests),
    ...daysOf(waiting, worth.chosen),
    breakEvenAccess: reached(
      breakEvenCommonAccess({ attempts: worth.attempts, other: meansOfAlternative(other, run.draws) }),
      "probability",
      run.key,
    ),
    policy: worth.method,
  };
}

/** Several triggers in one breath. */
function namesOf(names: Text[]): Text {
  if (names.length === 1) return names[0];
  return { en: names.map((name) => say(name, "en")).join(", or "), zh: names.map((name) => say(name, "zh")).join("，或") };
}

/** The days between which nine in ten of the dates lie on which the first trigger fires, and of those on which we then want in. */
function daysOf({ occasions, today }: WaitingSequence, chosen: Int8Array): Pick<WaitReview, "fires" | "invests"> {
  const last = Math.max(...occasions.map(({ deadline }) => deadline));
  const fired = new Uint32Array(Math.max(1, Math.floor(last - today) + 1));
  const invested = new Uint32Array(fired.length);
  const [{ triggerDate: first, deadline }, ...others] = occasions;
  for (let draw = 0; draw < chosen.length; draw++) {
    let date = first[draw] <= deadline ? first[draw] : Infinity;
    for (let place = 0; place < others.length; place++) {
      const later = others[place].triggerDate[draw];
      if (later < date && later <= others[place].deadline) date = later;
    }
    if (date === Infinity) continue;
    const choice = chosen[draw];
    fired[dayBetween(today, date)]++;
    if (choice >= 0) invested[dayBetween(today, choice === 0 ? first[draw] : others[choice - 1].triggerDate[draw])]++;
  }
  return { fires: rangeOfDays(fired, today), invests: rangeOfDays(invested, today) };
}

function dayBetween(today: number, date: number): number {
  return date > today ? (date - today) | 0 : 0;
}

function rangeOfDays(perDay: Uint32Array, today: number): DayRange | undefined {
  const total = perDay.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const at = (share: number): string => {
    let [day, below] = [0, perDay[0]];
    while (below < share * total) below += perDay[++day];
    return dayText(today + day);
  };
  return { from: at(0.05), to: at(0.95) };
}

/** The best alternative that does not wait: investing now, by stages, or passing. */
export function bestWithoutWaiting(alternatives: Alternative[], draws: Draws): Alternative {
  return bestOf(
    alternatives.filter((alternative) => !alternative.name.startsWith("wait:")),
    draws,
  );
}

function bestOf(alternatives: Alternative[], draws: Draws): Alternative {
  const worths = alternatives.map((alternative) => expectedNetValue(alternative, draws).amount);
  return alternatives[worths.indexOf(Math.max(...worths))];
}

/** How many times today's price the round after a trigger may cost before waiting is no better than the best other alternative. */
export function stepUpOf(run: WaitRun, today: number | undefined, wait: AppraisedWait, other: Alternative): Reached {
  const quick = quickStepUp(run, today, wait, other);
  if (quick || today === undefined) return quick ?? { reachable: false, side: "nothingOnOffer" };
  const { waiting, triggers } = wait;
  const waitAt = (stepUp: number): Float64Array => {
    const occasions = waiting.occasions.map((occasion, place) => ({
      ...occasion,
      netValueThen: laterNetValue({ ...triggers[place].investing, preMoney: today * stepUp }),
    }));
    return waitFor({ ...waiting, occasions, keepsExpected: false, withoutReplicas: true }, run.draws).netValue;
  };
  return reached(breakEvenStepUp({ waitAt, other: other.netValue, ...stepUps, precision: 1e-4 }, run.draws), "multiple", run.key);
}

const stepUps = { low: 0.05, high: 20 };

/** The same where a pass over the draws or less finds it; undefined where the policy has to be learned anew at every price. */
function quickStepUp(run: WaitRun, today: number | undefined, wait: AppraisedWait, other: Alternative): Reached | undefined {
  if (today === undefined) return { reachable: false, side: "nothingOnOffer" };
  if (expectedNetValue(other, run.draws).amount <= 0) return { reachable: false, side: "waitingCostsNothing" };
  const { waiting, triggers, worth } = wait;
  if (!worth.expected) return undefined;
  const [{ netValueThen, access }] = waiting.occasions;
  const question = {
    worth,
    terms: triggers[0].investing,
    netValueThen,
    access,
    priceToday: today,
    other: meansOfAlternative(other, run.draws),
    ...stepUps,
  };
  const found = breakEvenStepUpOfWait(question, run.draws);
  return found && reached(found, "multiple", run.key);
}

export function inUnit(unit: string, key: string): (measured: Measured) => Estimate {
  return (measured) => estimate(measured, unit, key);
}
