import { beliefFlips, logOddsApart, shiftFlips } from "@watershed/decision";
import type { Measured, ProbabilityFlip, ShiftFlip } from "@watershed/decision";
import type { Estimate, Question, Workspace } from "@watershed/domain";
import { columnOf } from "@watershed/engine";
import { answerPlace } from "./answer-place.ts";
import type { AnswerPlace } from "./answer-place.ts";
import type { Appraisal } from "./appraise-case.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { eventsOf, isDiscrete } from "./scenario-run.ts";
import type { ScenarioRun } from "./scenario-run.ts";
import { leaderFor, weighed } from "./risk.ts";
import { headingOf, runCompanies } from "./run-companies.ts";
import type { CompanyRunOptions, RunHeading } from "./run-companies.ts";
import { estimate } from "./run-key.ts";

/** The nearest belief on one side at which the decision changes. */
export interface EventFlip {
  probability: Estimate;
  change: Estimate; // probability - today's belief
  best: string; // beyond it
}

/** The nearest shift of a number's or date's belief at which the decision changes. */
export interface MedianFlip {
  median: AnswerPlace;
  medianError: number | "infinity"; // in the question's unit, days for a date
  change?: number; // median - today's median, in the unit or days; left out where one of them is never
  best: string;
}

/** How far one belief may move before the decision changes, and what to draw it with. */
export type QuestionThresholds = {
  question: string;
  /** Shift in log-odds to the nearest flip; left out where no belief changes the decision. */
  nearest?: number;
} & (
  | {
      kind: "event";
      event: string; // yes, an option, "by 2024-12-31"
      belief: number;
      up?: EventFlip;
      down?: EventFlip;
      lines: { alternative: string; ifNo: Estimate; ifYes: Estimate }[]; // netValue at a belief of 0 and of 1
    }
  | {
      kind: "shift";
      median: AnswerPlace;
      up?: MedianFlip;
      down?: MedianFlip;
      curve: { median: AnswerPlace; shift: number; netValues: { alternative: string; netValue: Estimate }[] }[];
    }
);

export interface CompanyThresholds extends RunHeading {
  company: Workspace["companies"][number];
  best: { alternative: string; worth: Estimate; clear: boolean };
  thresholds: QuestionThresholds[]; // nearest flip first
}

/** The smallest change of every belief that changes what to do about a company, each belief moved alone. */
export function thresholdsOf(
  whole: Workspace,
  company: string,
  options: Omit<CompanyRunOptions, "company"> = {},
): { thresholds?: CompanyThresholds; problems: WorkspaceProblem[] } {
  const { run, appraisals, problems } = runCompanies(whole, { ...options, company });
  const [appraised] = appraisals;
  if (!run || !appraised) return { problems };
  const appraisal = { ...appraised, alternatives: weighed(run.compiled, appraised.alternatives, run.draws) };
  const { workspace } = run.compiled;
  const { best, worth, clear } = leaderFor(run.compiled, appraised.alternatives, run.draws);
  const open = workspace.questions.filter((question) => appraisal.questions.includes(question.id));
  const thresholds = open
    .flatMap((question, place) => {
      options.onProgress?.(place / open.length);
      return [...eventThresholds(run, appraisal, question), ...shiftThresholds(run, appraisal, question)];
    })
    .sort((one, other) => (one.nearest ?? Infinity) - (other.nearest ?? Infinity) || one.question.localeCompare(other.question));
  return {
    problems,
    thresholds: {
      ...headingOf(run),
      company: workspace.companies.find((candidate) => candidate.id === company)!,
      best: { alternative: best, worth: estimate(worth, workspace.settings.currency, run.key), clear },
      thresholds,
    },
  };
}

function eventThresholds(run: ScenarioRun, { alternatives }: Appraisal, question: Question): QuestionThresholds[] {
  const money = (figure: Measured): Estimate => estimate(figure, run.compiled.workspace.settings.currency, run.key);
  const flipOf = ({ probability, change, best }: ProbabilityFlip): EventFlip => ({
    probability: estimate(probability, "probability", run.key),
    change: estimate(change, "probability", run.key),
    best,
  });
  return eventsOf(run, question).flatMap(({ name, event, belief }): QuestionThresholds[] => {
    const flips = beliefFlips(alternatives, { name: question.id, event, belief }, run.draws);
    if (!flips) return [];
    const { up, down, lines } = flips;
    const distances = [up, down].flatMap((flip) => (flip ? [logOddsApart(belief, flip.probability.amount)] : []));
    return [
      {
        kind: "event",
        question: question.id,
        event: name,
        belief,
        ...(distances.length > 0 ? { nearest: Math.min(...distances) } : {}),
        ...(up ? { up: flipOf(up) } : {}),
        ...(down ? { down: flipOf(down) } : {}),
        lines: lines.map(({ alternative, ifNo, ifYes }) => ({ alternative, ifNo: money(ifNo), ifYes: money(ifYes) })),
      },
    ];
  });
}

function shiftThresholds(run: ScenarioRun, { alternatives }: Appraisal, question: Question): QuestionThresholds[] {
  if (isDiscrete(question)) return [];
  const money = (figure: Measured): Estimate => estimate(figure, run.compiled.workspace.settings.currency, run.key);
  const { median, up, down, curve } = shiftFlips(alternatives, columnOf(run.draws, question.id), run.draws);
  const flipOf = (flip: ShiftFlip): MedianFlip => ({
    median: answerPlace(question.kind, flip.median),
    medianError: Number.isFinite(flip.medianError) ? flip.medianError : "infinity",
    ...(Number.isFinite(flip.median - median) ? { change: flip.median - median } : {}),
    best: flip.best,
  });
  const distances = [up, down].flatMap((flip) => (flip ? [Math.abs(flip.shift.amount)] : []));
  return [
    {
      kind: "shift",
      question: question.id,
      median: answerPlace(question.kind, median),
      ...(distances.length > 0 ? { nearest: Math.min(...distances) } : {}),
      ...(up ? { up: flipOf(up) } : {}),
      ...(down ? { down: flipOf(down) } : {}),
      curve: curve.map((point) => ({
        median: answerPlace(question.kind, point.median),
        shift: point.shift,
        netValues: point.netValues.map((netValue, place) => ({ alternative: alternatives[place].name, netValue: money(netValue) })),
      })),
    },
  ];
}
