import { answerGrid, distanceApart, isClear, ledgerOf, meansUnder, measured, settlingWorth, shardMeans } from "@watershed/decision";
import type { AnswerGrid, Ledger, Measured, PartnerMeans, Settling, SureMoney } from "@watershed/decision";
import { standingForecasts } from "@watershed/domain";
import type { Estimate, Question, Text, Workspace } from "@watershed/domain";
import { columnOf } from "@watershed/engine";
import type { Appraisal } from "./appraise-case.ts";
import { beliefsOf, cellBoundaries, chanceColumns, forecastCells } from "./forecast-cells.ts";
import type { ForecastCells, ForecastFigures } from "./forecast-cells.ts";
import { decisionsByPartner } from "./partner-decisions.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { binningOf } from "./scenario-run.ts";
import type { ScenarioRun } from "./scenario-run.ts";
import { moneyFor, weighed } from "./risk.ts";
import { headingOf, runCompanies } from "./run-companies.ts";
import type { CompanyRunOptions, RunHeading } from "./run-companies.ts";
import { estimate } from "./run-key.ts";

/** What one partner would do, if right. */
export interface PartnerDecision {
  person: string;
  weight: number; // probability of being the one who is right
  best: string;
  worth: Estimate; // of that alternative, under the partner's belief
}

/** Who is right, as a question of its own. */
export interface SettlingReview {
  worth: Estimate; // of learning who is right before deciding
  clear: boolean; // beyond two standard errors
  unsettled: string; // best without knowing who is right
  partners: PartnerDecision[];
}

/** A question on which partners differ, for one company. */
export interface QuestionSettling extends SettlingReview {
  question: string;
}

export interface CompanyDisagreement {
  company: string;
  name: Text;
  everything?: SettlingReview; // each partner right about all questions at once; where two have a say
  questions: QuestionSettling[]; // most worth settling first
}

/** A question on which partners differ: how far, and what settling it is worth over all companies. */
export interface DisputedQuestion {
  question: Question;
  spread: number; // largest difference in the probability of any set of answers, 0 to 1
  forecasts: ({ person: string } & ForecastFigures)[];
  worth: Estimate;
  clear: boolean;
  companies: string[]; // where it would change a decision
}

export interface Disagreement extends RunHeading {
  questions: DisputedQuestion[]; // most worth settling first
  companies: CompanyDisagreement[];
}

type Forecasts = { question: Question; grid: AnswerGrid; views: { person: Workspace["people"][number]; cells: ForecastCells }[] };

/** Where partners differ, and what it would be worth to learn who is right, question by question and over all. */
export function disagreementOf(
  whole: Workspace,
  options: CompanyRunOptions = {},
): { disagreement?: Disagreement; problems: WorkspaceProblem[] } {
  const { run, appraisals, problems } = runCompanies(whole, options, chanceColumns);
  if (!run) return { problems };
  const disputed = disputedQuestions(run, appraisals);
  const companies: CompanyDisagreement[] = [];
  const perQuestion = new Map(disputed.map(({ question }) => [question.id, new Map<string, Settling>()]));
  for (const appraisal of appraisals) {
    const ledger = ledgerOf(weighed(run.compiled, appraisal.alternatives, run.draws), run.draws);
    const money = moneyFor(run.compiled, appraisal.alternatives, run.draws);
    const { company: id } = appraisal.investmentCase;
    for (const one of disputed)
      if (appraisal.questions.includes(one.question.id)) perQuestion.get(one.question.id)!.set(id, settlingOf(run, { ledger, money }, one));
    companies.push(companyDisagreement(run, appraisal, perQuestion));
  }
  addEverything(run, appraisals, companies, options);
  const questions = disputed
    .map((one) => disputedQuestion(run, one, perQuestion.get(one.question.id)!))
    .sort((one, other) => other.worth.amount - one.worth.amount || other.spread - one.spread);
  return { disagreement: { ...headingOf(run), questions, companies }, problems };
}

/** The questions that some company depends on and that two people have forecast, not alike. */
function disputedQuestions(run: ScenarioRun, appraisals: Appraisal[]): Forecasts[] {
  const { compiled, draws } = run;
  const { workspace } = compiled;
  const standing = Map.groupBy(standingForecasts(workspace, workspace.settings.asOf), (forecast) => forecast.question);
  const beliefs = new Map(workspace.people.map((person) => [person.id, beliefsOf(compiled, person.id)]));
  const open = new Set(appraisals.flatMap(({ questions }) => questions));
  return workspace.questions.flatMap((question): Forecasts[] => {
    const by = new Set((standing.get(question.id) ?? []).map((forecast) => forecast.by));
    if (!open.has(question.id) || by.size < 2) return [];
    const column = columnOf(draws, question.id);
    const grid = answerGrid(column, binningOf(run, question));
    const answers = { grid, boundaries: cellBoundaries(column, grid) };
    const views = workspace.people.flatMap((person) => {
      const cells = by.has(person.id) ? forecastCells(run, question, person, beliefs.get(person.id)![question.id], answers) : undefined;
      return cells ? [{ person, cells }] : [];
    });
    return views.length >= 2 && spreadOf({ question, grid, views }) > 1e-9 ? [{ question, grid, views }] : [];
  });
}

function spreadOf({ views }: Forecasts): number {
  return Math.max(
    ...views.flatMap(({ cells: one }, place) =>
      views.slice(place + 1).map(({ cells: other }) => distanceApart(one.probabilities, other.probabilities)),
    ),
  );
}

function settlingOf(run: ScenarioRun, { ledger, money }: { ledger: Ledger; money: SureMoney }, { grid, views }: Forecasts): Settling {
  const partners = views.map(({ person, cells }) => ({
    partner: person.id,
    weight: person.weight ?? 1,
    probabilities: cells.probabilities,
  }));
  return settlingWorth(ledger.names, meansUnder(ledger, grid, partners), run.draws, money);
}

function companyDisagreement(
  run: ScenarioRun,
  { investmentCase }: Appraisal,
  perQuestion: Map<string, Map<string, Settling>>,
): CompanyDisagreement {
  const company = run.compiled.workspace.companies.find((candidate) => candidate.id === investmentCase.company)!;
  const questions = [...perQuestion]
    .flatMap(([question, found]) => {
      const settling = found.get(company.id);
      return settling ? [{ question, ...settlingReview(run, settling) }] : [];
    })
    .sort((one, other) => other.worth.amount - one.worth.amount);
  return { company: company.id, name: company.name, questions };
}

function settlingReview(run: ScenarioRun, { worth, unsettled, partners }: Settling): SettlingReview {
  const money = (figure: Measured): Estimate => estimate(figure, run.compiled.workspace.settings.currency, run.key);
  return {
    worth: money(worth),
    clear: worth.amount > 0 && isClear(worth),
    unsettled,
    partners: partners.map(({ partner, weight, best, netValue }) => ({ person: partner, weight, best, worth: money(netValue) })),
  };
}

/** Each partner right about everything at once: the decisions of dissent, weighed against each other by the team's attitude to risk. */
function addEverything(run: ScenarioRun, appraisals: Appraisal[], companies: CompanyDisagreement[], options: CompanyRunOptions): void {
  const weights = new Map(run.compiled.workspace.people.map(({ id, weight }) => [id, weight ?? 1]));
  const means = appraisals.map((): PartnerMeans[] => []);
  // What the team admits and how it weighs risk, company by company, as it sees things today.
  const money = appraisals.map(({ alternatives }) => moneyFor(run.compiled, alternatives, run.draws));
  const shardings = appraisals.map(() => ({ shards: run.draws.shards, shardSize: run.draws.shardSize }));
  for (const { person, draws, appraise } of decisionsByPartner(run, appraisals, options.onProgress))
    appraisals.forEach((appraisal, place) => {
      const own = appraise(appraisal);
      if (!own) return;
      shardings[place] = { shards: draws.shards, shardSize: draws.shardSize };
      means[place].push({
        partner: person,
        weight: weights.get(person)!,
        means: money[place].names.map((name) => {
          const { netValue } = own.alternatives.find((one) => one.name === name)!;
          return shardMeans(netValue.map(money[place].inMoney), draws, name);
        }),
      });
    });
  companies.forEach((company, place) => {
    if (means[place].length < 2) return;
    company.everything = settlingReview(run, settlingWorth(money[place].names, means[place], shardings[place], money[place]));
  });
}

function disputedQuestion(run: ScenarioRun, one: Forecasts, found: Map<string, Settling>): DisputedQuestion {
  const perShard = new Float64Array(run.draws.shards);
  for (const settling of found.values()) settling.perShard.forEach((share, shard) => (perShard[shard] += share));
  const worth = measured(perShard);
  return {
    question: one.question,
    spread: spreadOf(one),
    forecasts: one.views.map(({ person, cells }) => ({ person: person.id, ...cells.figures })),
    worth: estimate(worth, run.compiled.workspace.settings.currency, run.key),
    clear: worth.amount > 0 && isClear(worth),
    companies: [...found].filter(([, settling]) => settling.worth.amount > 0).map(([company]) => company),
  };
}
