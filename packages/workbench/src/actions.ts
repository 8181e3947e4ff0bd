import type { Action, Estimate, Text, Workspace } from "@watershed/domain";
import {
  canAsk,
  evsi,
  halved,
  inquiredCompany,
  inquiryWorth,
  ledgerOf,
  pairOfInquiries,
  resultTable,
  withoutInformation,
} from "@watershed/decision";
import type { AnswerGrid, Evsi, InquiryWorth, Inquiry, Later, PlanWorth, Reading, ServedCompany } from "@watershed/decision";
import { power } from "@watershed/probability";
import { actionCostName } from "./action-definitions.ts";
import { readingOf } from "./action-readings.ts";
import type { ToldReading, ToldResult, Unreadable } from "./action-readings.ts";
import type { Appraisal } from "./appraise-case.ts";
import { soundDay } from "./definitions.ts";
import { dummiesOf } from "./scenario-run.ts";
import type { ScenarioRun } from "./scenario-run.ts";
import { weighed } from "./risk.ts";
import { runCompanies } from "./run-companies.ts";
import type { CompanyRunOptions } from "./run-companies.ts";
import { estimate } from "./run-key.ts";

/** One result of an action: what it says of every question it is about. */
export type ActionResult = ToldResult[];

/** A stretch of results after which a company decides otherwise than today. */
export interface ActionChange {
  company: string;
  results: ActionResult;
  best: string;
  instead: string;
  probability: number;
  gain: number; // over today's best alternative, given these results
}

/** What doing one thing before deciding is worth, over all companies it serves. */
export interface ActionReview {
  action: string;
  name: Text;
  kind: Action["kind"];
  owner?: string; // person
  status: NonNullable<Action["status"]>;
  questions: string[];
  cost: number;
  delayDays: number;
  evsi: Estimate; // of a result at once
  floor: number;
  distinguishable: boolean;
  delayCost: Estimate;
  net: Estimate; // evsi - delay cost - cost
  probabilityChanges: number; // that some company is then decided otherwise
  changes: ActionChange[]; // largest part of the worth first
  companies: string[]; // that depend on its questions
  waiting: string[]; // of these, those that wait for the result
  tooLate: string[]; // and those it would serve if it came sooner
}

/** First one action, then another one where the first result says so; chosen on one half of the scenarios, valued on the other. */
export interface SequenceReview {
  first: string;
  second: string;
  net: Estimate;
  goesOn: ActionResult[]; // results of the first after which the second is done
  stops: ActionResult[];
  probabilityGoesOn: number;
  firstAlone: Estimate;
  secondAlone: Estimate;
  together: Estimate; // both asked for today
}

export interface ActionsReview {
  actions: ActionReview[]; // largest net worth first
  sequences: SequenceReview[]; // largest net worth first
  notAppraised: { action: string; reason: Unreadable | "nothingDepends" | "past" | "done" | "dropped" }[];
}

/** An action that can be appraised in this run. */
interface AskedAction {
  action: Action;
  told: ToldReading[];
  inquiry: Inquiry;
  cost: number;
  delayDays: number;
  companies: string[];
}

type Run = Pick<ScenarioRun, "compiled" | "draws" | "key">;

const mostInSequences = 8;

/** The actions of a workspace over the scenarios of its review; nothing where there is none, or nothing to compute. */
export function actionsOf(whole: Workspace, options: CompanyRunOptions = {}): ActionsReview {
  const nothing = { actions: [], sequences: [], notAppraised: [] };
  if (whole.actions.length === 0) return nothing;
  const { run, appraisals } = runCompanies(whole, options);
  return run ? appraiseActions(run, appraisals) : nothing;
}

/** Every diligence action of the workspace by what it nets, and the best sequences of two, over the companies of a review. */
export function appraiseActions(run: Run, appraised: Appraisal[]): ActionsReview {
  const { compiled, draws } = run;
  const appraisals = appraised.map((one) => ({ ...one, alternatives: weighed(compiled, one.alternatives, draws) }));
  const { asked, notAppraised } = askedActions(run, appraisals);
  const found = new Map(asked.map(({ action }) => [action.id, [] as { company: string; evsi: Evsi }[]]));
  // One company at a time: a ledger holds as many columns as the company has alternatives.
  for (const appraisal of appraisals) {
    const { company } = appraisal.investmentCase;
    const serving = asked.filter(({ companies }) => companies.includes(company));
    if (serving.length === 0) continue;
    const prepared = inquiredCompany(company, ledgerOf(appraisal.alternatives, run.draws), dummiesOf(run));
    for (const { action, inquiry, delayDays } of serving)
      found.get(action.id)!.push({ company, evsi: evsi(prepared, inquiry, laterOf(run, appraisal, delayDays)) });
  }
  const actions = asked
    .map((one) => actionReview(run, appraisals, one, found.get(one.action.id)!))
    .sort((one, other) => other.net.amount - one.net.amount);
  const strongest = asked.toSorted((one, other) => evsiIn(actions, other) - evsiIn(actions, one)).slice(0, mostInSequences);
  return { actions, sequences: sequencesOf(run, appraisals, strongest), notAppraised };
}

function evsiIn(actions: ActionReview[], { action }: AskedAction): number {
  return actions.find((review) => review.action === action.id)!.evsi.amount;
}

function askedActions(run: Run, appraisals: Appraisal[]): { asked: AskedAction[]; notAppraised: ActionsReview["notAppraised"] } {
  const grids = new Map<string, AnswerGrid>();
  const asked: AskedAction[] = [];
  const notAppraised: ActionsReview["notAppraised"] = [];
  for (const action of run.compiled.workspace.actions) {
    const found = askedAction(run, appraisals, action, grids);
    if (typeof found === "string") notAppraised.push({ action: action.id, reason: found });
    else asked.push(found);
  }
  return { asked, notAppraised };
}

function askedAction(
  run: Run,
  appraisals: Appraisal[],
  action: Action,
  grids: Map<string, AnswerGrid>,
): AskedAction | ActionsReview["notAppraised"][number]["reason"] {
  const { compiled, draws } = run;
  if (action.status === "done" || action.status === "dropped") return action.status;
  const delayDays = action.on === undefined ? (action.delayDays ?? 0) : soundDay(action.on) - compiled.today;
  if (delayDays < 0) return "past";
  const about = new Set(action.about.map(({ question }) => question));
  const serving = appraisals.filter(
    ({ investmentCase, questions }) => serves(action, investmentCase.company) && questions.some((id) => about.has(id)),
  );
  if (serving.length === 0) return "nothingDepends";
  const relevant = new Set(serving.flatMap(({ questions }) => questions));
  const told: ToldReading[] = [];
  for (const [place, { question }] of action.about.entries()) {
    const reading = relevant.has(question) ? readingOf(compiled, draws, action, place, grids) : undefined;
    if (typeof reading === "string") return reading;
    if (reading) told.push(reading);
  }
  const inquiry = { name: action.id, readings: told.map(({ reading }) => reading) };
  if (!canAsk([inquiry])) return "tooFine";
  const companies = serving.map(({ investmentCase }) => investmentCase.company);
  return { action, told, inquiry, cost: costOf(run, action), delayDays, companies };
}

function serves(action: Action, company: string): boolean {
  return action.company === undefined || action.company === company;
}

function costOf({ compiled }: Run, action: Action): number {
  const node = compiled.program.nodes[compiled.program.columns[actionCostName(action.id)]];
  if (node?.op !== "constant") throw new Error(`the cost of ${action.id} passed its checks and is no fixed amount`);
  return node.amount;
}

const daysPerYear = 365.25;

/**
 * What is left of every alternative when the team decides some days later. Passing is still nothing, and a wait comes when its
 * trigger comes. Investing then nets what it nets today, discounted at the company's rate over the delay: the terms of that day
 * are not known, so those of today stand; where the round closes before the result, it is gone.
 */
function laterOf({ compiled }: Run, { investmentCase, alternatives }: Appraisal, delayDays: number): Later {
  const rate = investmentCase.discountRate ?? compiled.workspace.settings.discountRate;
  const closes = investmentCase.now?.closes;
  const gone = closes !== undefined && compiled.today + delayDays > soundDay(closes);
  const factor = power(1 + rate, -delayDays / daysPerYear);
  return alternatives.map(({ name }) => (name === "pass" || name.startsWith("wait:") ? 1 : gone ? undefined : factor));
}

function actionReview(
  run: Run,
  appraisals: Appraisal[],
  { action, told, cost, delayDays, companies }: AskedAction,
  found: { company: string; evsi: Evsi }[],
): ActionReview {
  const { currency } = run.compiled.workspace.settings;
  const worth: InquiryWorth = inquiryWorth(found, cost);
  const money = (figure: { amount: number; standardError: number }): Estimate => estimate(figure, currency, run.key);
  const changes = found
    .filter(({ company }) => worth.waiting.includes(company))
    .flatMap(({ company, evsi: one }) =>
      changesOf(told, one).map((change) => ({ ...change, company, instead: todaysBest(appraisals, company, one) })),
    )
    .sort((one, other) => other.probability * other.gain - one.probability * one.gain);
  return {
    action: action.id,
    name: action.name,
    kind: action.kind,
    ...(action.owner === undefined ? {} : { owner: action.owner }),
    status: action.status ?? "planned",
    questions: told.map(({ reading }) => reading.question),
    cost,
    delayDays,
    evsi: money(worth.evsi),
    floor: worth.floor,
    distinguishable: worth.distinguishable,
    delayCost: money(worth.delayCost),
    net: money(worth.net),
    probabilityChanges: worth.probabilityChanges,
    changes: changes.filter(({ probability, gain }) => probability * gain >= 0.02 * worth.evsi.amount),
    companies,
    waiting: worth.waiting,
    tooLate: worth.tooLate,
  };
}

function todaysBest(appraisals: Appraisal[], company: string, { today }: Evsi): string {
  return appraisals.find(({ investmentCase }) => investmentCase.company === company)!.alternatives[today].name;
}

/** Results that change a decision; neighbouring ones of one ordered question with the same best alternative are one stretch. */
function changesOf(told: ToldReading[], { changes }: Evsi): Omit<ActionChange, "company" | "instead">[] {
  const stretches: (Omit<ActionChange, "company" | "instead"> & { last: number })[] = [];
  for (const { result, probability, best, gain } of changes) {
    const results = resultAt(told, result);
    const before = stretches.at(-1);
    if (before && before.last === result - 1 && before.best === best && joins(told)) {
      const total = before.probability + probability;
      before.gain = (before.probability * before.gain + probability * gain) / total;
      before.results = [{ ...before.results[0], to: results[0].to }];
      before.probability = total;
      before.last = result;
    } else stretches.push({ results, best, probability, gain, last: result });
  }
  return stretches.map(({ results, best, probability, gain }) => ({ results, best, probability, gain }));
}

/** Results of a single question in rising order: votes, and stretches of a number or a date. */
function joins(told: ToldReading[]): boolean {
  const [{ reading, told: results }] = told;
  return told.length === 1 && (results[0].says === "votes" || results[0].says === "report" || !reading.grid.binning.discrete);
}

function resultAt(told: ToldReading[], result: number): ActionResult {
  let rest = result;
  return told
    .toReversed()
    .map(({ told: results }) => {
      const own = results[rest % results.length];
      rest = Math.floor(rest / results.length);
      return own;
    })
    .reverse();
}

/** The results of an action that fulfil something, joined where they neighbour each other. */
function resultsWhere(told: ToldReading[], holds: boolean[]): ActionResult[] {
  const found: { results: ActionResult; last: number }[] = [];
  holds.forEach((held, result) => {
    const before = found.at(-1);
    if (!held) return;
    if (before && before.last === result - 1 && joins(told)) {
      before.results = [{ ...before.results[0], to: resultAt(told, result)[0].to }];
      before.last = result;
    } else found.push({ results: resultAt(told, result), last: result });
  });
  return found.map(({ results }) => results);
}

/** Every ordered pair of actions that serve a common company, by what the best plan with both nets. */
function sequencesOf(run: Run, appraisals: Appraisal[], asked: AskedAction[]): SequenceReview[] {
  const coarse = asked.map(coarsened);
  const pairs = coarse.flatMap((one, place) =>
    coarse
      .slice(place + 1)
      .filter((other) => canAsk([one.inquiry, other.inquiry]))
      .map((other) => ({ one, other, served: [] as ServedCompany[] })),
  );
  for (const appraisal of appraisals) {
    const { company } = appraisal.investmentCase;
    const serving = pairs.filter(({ one, other }) => one.companies.includes(company) || other.companies.includes(company));
    if (serving.length === 0) continue;
    const ledger = ledgerOf(appraisal.alternatives, run.draws);
    for (const { one, other, served } of serving)
      served.push({
        table: resultTable(company, ledger, heardBy(company, one), heardBy(company, other)),
        later: delaysOf(run, appraisal, one, other),
      });
  }
  return pairs
    .flatMap(({ one, other, served }) => {
      const { alone, together, inSequence } = pairOfInquiries(served, one, other);
      return [
        sequenceReview(run, [one, other], inSequence[0], [alone[0], alone[1]], together),
        sequenceReview(run, [other, one], inSequence[1], [alone[1], alone[0]], together),
      ];
    })
    .sort((one, other) => other.net.amount - one.net.amount);
}

/** What an action tells a company: nothing where it serves another one. */
function heardBy(company: string, { inquiry, companies }: AskedAction): Inquiry {
  return companies.includes(company) ? inquiry : { ...inquiry, readings: inquiry.readings.map(withoutInformation) };
}

function sequenceReview(
  run: Run,
  [first, second]: [AskedAction, AskedAction],
  plan: PlanWorth,
  alone: [PlanWorth, PlanWorth],
  together: PlanWorth,
): SequenceReview {
  const money = ({ worth }: PlanWorth): Estimate => estimate(worth, run.compiled.workspace.settings.currency, run.key);
  return {
    first: first.action.id,
    second: second.action.id,
    net: money(plan),
    goesOn: resultsWhere(first.told, plan.goesOn),
    stops: resultsWhere(
      first.told,
      plan.goesOn.map((goes) => !goes),
    ),
    probabilityGoesOn: plan.probabilityGoesOn,
    firstAlone: money(alone[0]),
    secondAlone: money(alone[1]),
    together: money(together),
  };
}

function delaysOf(run: Run, appraisal: Appraisal, one: AskedAction, other: AskedAction): ServedCompany["later"] {
  const later = (days: number): Later => laterOf(run, appraisal, days);
  // A result with a day of its own comes on that day whenever it is asked for, but not before the first one is known.
  const after = (first: AskedAction, second: AskedAction): number =>
    second.action.on === undefined ? first.delayDays + second.delayDays : Math.max(first.delayDays, second.delayDays);
  return {
    afterOne: [later(one.delayDays), later(other.delayDays)],
    afterBoth: [later(after(one, other)), later(after(other, one))],
    atOnce: later(Math.max(one.delayDays, other.delayDays)),
  };
}

const mostResultsInSequence = 16;

/** The action with at most 16 results for a number or a date, so that pairs of results stay few enough to hold. */
function coarsened(asked: AskedAction): AskedAction {
  const told = asked.told.map(({ reading, told: results }): ToldReading => {
    let [coarse, step] = [reading, 1] as [Reading, number];
    while (!coarse.grid.binning.discrete && coarse.results > mostResultsInSequence) {
      coarse = halved(coarse);
      step *= 2;
    }
    if (step === 1) return { reading, told: results };
    const joined = Array.from({ length: coarse.results }, (_, at) => ({
      ...results[at * step],
      to: results[Math.min((at + 1) * step, results.length) - 1].to,
    }));
    return { reading: coarse, told: joined };
  });
  return { ...asked, told, inquiry: { name: asked.action.id, readings: told.map(({ reading }) => reading) } };
}
