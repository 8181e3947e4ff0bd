import type { Estimate, Question, Text, Workspace } from "@watershed/domain";
import {
  answerTilt,
  beliefLine,
  exposureFromSums,
  expectation,
  impliedFromMeans,
  impliedTilt,
  priceCurve,
  quantileOf,
  tiltCurve,
  tiltedChance,
} from "@watershed/decision";
import type { Alternative, Measured, Tilt } from "@watershed/decision";
import { columnOf } from "@watershed/engine";
import { answerPlace } from "./answer-place.ts";
import type { AnswerPlace } from "./answer-place.ts";
import type { Appraisal } from "./appraise-case.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { impliedThesis, thesisColumns, thesisTilt } from "./price-thesis.ts";
import type { ImpliedThesis } from "./price-thesis.ts";
import { askedOf, walkAwayOf } from "./review-company.ts";
import { eventsOf, isDiscrete } from "./scenario-run.ts";
import type { ScenarioRun } from "./scenario-run.ts";
import type { CompanyReview, Reached } from "./review.ts";
import { headingOf, runCompanies } from "./run-companies.ts";
import type { CompanyRunOptions, RunHeading } from "./run-companies.ts";
import { recommendFor } from "./risk.ts";
import { estimate } from "./run-key.ts";
import { answeredColumn, answeredEvents, sumByAnswers } from "./run-sums.ts";
import type { AnsweredEvent, ReviewRun } from "./run-sums.ts";

/** A belief at which the asked price is fair, or on which side of fair the price stays. */
export type ImpliedAnswer = { question: string; effect: Estimate } & (
  | {
      kind: "event";
      event: string; // yes, an option, "by 2024-12-31"
      belief: number;
      implied: Reached; // a probability
      edge?: Estimate; // belief - implied
      favourable?: boolean; // whether the team's belief makes the price cheap
    }
  | {
      kind: "median";
      belief: AnswerPlace; // median of the team's belief
      shift: Reached; // of the log-odds of exceeding any threshold
      implied?: { at: AnswerPlace; from: AnswerPlace; to: AnswerPlace }; // the fair median, and a standard error to either side
      favourable?: boolean;
      effectiveDraws?: number;
      looked?: { from: AnswerPlace; to: AnswerPlace }; // medians between which no fair one was found
    }
);

/** netValue of every alternative at one place of a curve. */
export interface CurvePoint {
  netValues: { alternative: string; netValue: Estimate }[];
}

export interface PriceCurvePoint extends CurvePoint {
  preMoney: number;
  ahead: Estimate; // now minus the best other alternative
  mark?: "asked" | "walkAway" | "nowOrNever";
}

export interface BeliefCurvePoint extends CurvePoint {
  at: number; // probability, or shift of log-odds
  median?: AnswerPlace;
  chance?: number; // that the whole thesis is confirmed
  mark?: "belief" | "implied";
}

/** A curve against one belief: a probability, or a shift of log-odds. */
export type BeliefCurve = ({ question: string; event?: string } | { thesis: string; statement: Text }) & {
  against: "probability" | "shift";
  points: BeliefCurvePoint[];
};

/** What a price means: where to walk away, what it makes the market believe, and how worth moves with it. */
export interface CompanyPrice extends RunHeading {
  company: Workspace["companies"][number];
  best: { alternative: string; worth: Estimate };
  asked: NonNullable<CompanyReview["asked"]>;
  reservationPrice: NonNullable<CompanyReview["reservationPrice"]>;
  implied: ImpliedAnswer[]; // most moving question first
  theses: ImpliedThesis[];
  against: string; // the other alternative of the price curve
  priceCurve: PriceCurvePoint[];
  beliefCurve?: BeliefCurve;
}

export interface PriceOptions extends Omit<CompanyRunOptions, "company"> {
  question?: string; // the belief curve's question
  thesis?: string; // or its thesis
}

export interface PriceResult {
  price?: CompanyPrice;
  missing?: "noCase" | "nothingOnOffer";
  problems: WorkspaceProblem[];
}

/** Everything about one company's asked price. */
export function priceCompany(whole: Workspace, company: string, options: PriceOptions = {}): PriceResult {
  const { run, appraisals, problems } = runCompanies(whole, { ...options, company }, (compiled) => thesisColumns(compiled));
  const [appraisal] = appraisals;
  if (!run || !appraisal) return { missing: "noCase", problems };
  if (!appraisal.now) return { missing: "nothingOnOffer", problems };
  return { price: priceOf({ ...run, sums: sumByAnswers(run, [appraisal]) }, appraisal, options), problems };
}

function priceOf(run: ReviewRun, appraisal: Appraisal, options: PriceOptions): CompanyPrice {
  const { alternatives, investmentCase, now } = appraisal;
  const { workspace } = run.compiled;
  const money = inMoney(run);
  const { best, alternatives: summaries } = recommendFor(run.compiled, alternatives, run.draws);
  const reservationPrice = walkAwayOf(run, appraisal)!;
  const theses = workspace.theses.flatMap((thesis) => impliedThesis(run, appraisal, thesis));
  const implied = impliedAnswers(run, appraisal);
  const asked = askedOf(run, appraisal, now!.terms)!;
  return {
    ...headingOf(run),
    company: workspace.companies.find(({ id }) => id === investmentCase.company)!,
    best: { alternative: best, worth: money(summaries.find(({ name }) => name === best)!.netValue) },
    asked,
    reservationPrice,
    implied,
    theses: theses.sort((one, other) => Math.abs(other.effect.amount) - Math.abs(one.effect.amount)),
    against: reservationPrice.bestOther,
    priceCurve: pricePoints(run, appraisal, asked.preMoney, reservationPrice),
    beliefCurve: beliefCurveOf(run, appraisal, implied, options),
  };
}

function inMoney({ compiled, key }: ScenarioRun): (measured: Measured) => Estimate {
  return (measured) => estimate(measured, compiled.workspace.settings.currency, key);
}

/** What the price believes along every open question that the company depends on, most moving first. */
function impliedAnswers(run: ReviewRun, { alternatives, questions: open, investmentCase }: Appraisal): ImpliedAnswer[] {
  const now = alternatives.find(({ name }) => name === "now")!;
  const questions = run.compiled.workspace.questions.filter(({ id }) => open.includes(id));
  const rows = questions.flatMap((question): ImpliedAnswer[] => {
    const answered = run.sums.answered.get(question.id)!;
    const column = answeredColumn(run, investmentCase.id, now, answered);
    if (!column) return [];
    const effect = inMoney(run)(exposureFromSums(column, answered.grouping).difference);
    const events = answeredEvents(run, investmentCase.id, now, question).map((event) => impliedEvent(run, question, event, effect));
    if (isDiscrete(question)) return events;
    return [...events, impliedMedian(run, now.netValue, question, effect)];
  });
  return rows.sort((one, other) => Math.abs(other.effect.amount) - Math.abs(one.effect.amount));
}

function impliedEvent(run: ReviewRun, question: Question, { name, belief, means }: AnsweredEvent, effect: Estimate): ImpliedAnswer {
  const answer = impliedFromMeans(means, belief);
  const row = { kind: "event" as const, question: question.id, effect, event: name, belief };
  if (!answer.reachable) return { ...row, implied: { reachable: false, side: answer.side } };
  return {
    ...row,
    implied: { reachable: true, at: estimate(answer.probability, "probability", run.key) },
    edge: estimate(answer.edge, "probability", run.key),
    favourable: answer.yesHelps === answer.edge.amount > 0,
  };
}

/** The median of a number or date at which the price is fair, all other quantiles moved along by the same log-odds. */
function impliedMedian(run: ScenarioRun, netValue: Float64Array, question: Question, effect: Estimate): ImpliedAnswer {
  const column = columnOf(run.draws, question.id);
  const answer = impliedTilt(netValue, answerTilt(column), run.draws);
  const medianAt = (shift: number): AnswerPlace =>
    answerPlace(question.kind, quantileOf(column, tiltedChance(0.5, shift), run.draws).amount);
  const row = { kind: "median" as const, question: question.id, effect, belief: medianAt(0) };
  if (!answer.reachable)
    return {
      ...row,
      shift: { reachable: false, side: answer.side },
      looked: { from: medianAt(answer.low.shift), to: medianAt(answer.high.shift) },
    };
  const { amount, standardError } = answer.shift;
  const error = Number.isFinite(standardError) ? standardError : 0;
  return {
    ...row,
    shift: { reachable: true, at: estimate(answer.shift, "log-odds", run.key) },
    implied: { at: medianAt(amount), from: medianAt(amount - error), to: medianAt(amount + error) },
    favourable: answer.upHelps === amount < 0,
    effectiveDraws: Math.round(answer.effectiveDraws),
  };
}

/** Pre-money from a quarter of the asked price to three times, with the price asked and both prices to walk away at. */
function pricePoints(
  run: ScenarioRun,
  { alternatives, now }: Appraisal,
  asked: number,
  { againstBest, nowOrNever, bestOther }: CompanyPrice["reservationPrice"],
): PriceCurvePoint[] {
  const money = inMoney(run);
  const marks = new Map<number, PriceCurvePoint["mark"]>([[asked, "asked"]]);
  if (nowOrNever.reachable) marks.set(nowOrNever.at.amount, "nowOrNever");
  if (againstBest.reachable) marks.set(againstBest.at.amount, "walkAway");
  const grid = [0.25, 0.5, 0.75, 1.25, 1.5, 2, 3].map((times) => times * asked);
  const prices = [...new Set([...grid, ...marks.keys()])].sort((one, other) => one - other);
  const other = alternatives.find(({ name }) => name === bestOther)!;
  const others = alternatives
    .filter(({ name }) => name !== "now")
    .map(({ name, netValue }) => ({ alternative: name, netValue: money(expectation(netValue, run.draws)) }));
  return priceCurve(now!.terms, other, prices, run.draws).map(({ preMoney, netValue, aheadOfOther }) => ({
    preMoney,
    ahead: money(aheadOfOther),
    netValues: [{ alternative: "now", netValue: money(netValue) }, ...others],
    ...(marks.has(preMoney) ? { mark: marks.get(preMoney) } : {}),
  }));
}

const probabilities = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const shifts = [-3, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3];

/** The curve against the belief asked for, else against the question that moves the company most. */
function beliefCurveOf(run: ScenarioRun, appraisal: Appraisal, implied: ImpliedAnswer[], options: PriceOptions): BeliefCurve | undefined {
  const { workspace } = run.compiled;
  const thesis = workspace.theses.find(({ id }) => id === options.thesis);
  if (thesis) return thesisCurve(run, appraisal, thesis);
  const row = implied.find(({ question }) => options.question === undefined || question === options.question);
  const question = workspace.questions.find(({ id }) => id === row?.question);
  if (!row || !question) return undefined;
  return row.kind === "event" && question.kind !== "date"
    ? eventCurve(run, appraisal, question, row)
    : medianCurve(run, appraisal, question);
}

function eventCurve(
  run: ScenarioRun,
  { alternatives }: Appraisal,
  question: Question,
  row: ImpliedAnswer & { kind: "event" },
): BeliefCurve {
  const event = eventsOf(run, question).find(({ name }) => name === row.event)!;
  const marks = new Map<number, BeliefCurvePoint["mark"]>([[row.belief, "belief"]]);
  if (row.implied.reachable) marks.set(row.implied.at.amount, "implied");
  const places = [...new Set([...probabilities, ...marks.keys()])].sort((one, other) => one - other);
  const lines = alternatives.map(({ name, netValue }) => ({ name, line: beliefLine(netValue, event.event, places, run.draws) }));
  const points = places.map((at, index): BeliefCurvePoint => ({ at, ...netValuesAt(run, lines, index), ...markAt(marks, at) }));
  return { question: question.id, event: row.event, against: "probability", points: lines[0].line.length === 0 ? [] : points };
}

function medianCurve(run: ScenarioRun, appraisal: Appraisal, question: Question): BeliefCurve {
  const column = columnOf(run.draws, question.id);
  const medianAt = (shift: number): AnswerPlace =>
    answerPlace(question.kind, quantileOf(column, tiltedChance(0.5, shift), run.draws).amount);
  const points = shiftPoints(run, appraisal, answerTilt(column)).map((point) => ({ ...point, median: medianAt(point.at) }));
  return { question: question.id, against: "shift", points };
}

function thesisCurve(run: ScenarioRun, appraisal: Appraisal, thesis: Workspace["theses"][number]): BeliefCurve | undefined {
  const found = thesisTilt(run, thesis);
  if (!found) return undefined;
  const points = shiftPoints(run, appraisal, found.tilt).map((point) => ({ ...point, chance: found.chanceAt(point.at) }));
  return { thesis: thesis.id, statement: thesis.statement, against: "shift", points };
}

/** netValue of every alternative against a shift of log-odds, with today's belief and the implied one among the points. */
function shiftPoints(run: ScenarioRun, { alternatives }: Appraisal, tilt: Tilt): BeliefCurvePoint[] {
  const answer = impliedTilt(alternatives.find(({ name }) => name === "now")!.netValue, tilt, run.draws);
  const marks = new Map<number, BeliefCurvePoint["mark"]>([[0, "belief"]]);
  if (answer.reachable) marks.set(answer.shift.amount, "implied");
  const places = [...new Set([...shifts, ...marks.keys()])].sort((one, other) => one - other);
  const lines = alternatives.map(({ name, netValue }) => ({ name, line: tiltCurve(netValue, tilt, places, run.draws) }));
  return lines[0].line.map(({ at }, index) => ({ at, ...netValuesAt(run, lines, index), ...markAt(marks, at) }));
}

type Line = { name: Alternative["name"]; line: { netValue: Measured }[] };

function netValuesAt(run: ScenarioRun, lines: Line[], index: number): CurvePoint {
  const money = inMoney(run);
  return {
    netValues: lines.flatMap(({ name, line }) => (line[index] ? [{ alternative: name, netValue: money(line[index].netValue) }] : [])),
  };
}

function markAt(marks: Map<number, BeliefCurvePoint["mark"]>, at: number): Pick<BeliefCurvePoint, "mark"> {
  return marks.has(at) ? { mark: marks.get(at) } : {};
}
