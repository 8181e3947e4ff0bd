import { expectation, flips, withSpareColumns } from "@watershed/decision";
import type { Evppi, Leader, Recommendation } from "@watershed/decision";
import type { Estimate } from "@watershed/domain";
import { columnOf } from "@watershed/engine";
import { appraiseCase } from "./appraise-case.ts";
import type { Appraisal } from "./appraise-case.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { soundDay, triggerName } from "./definitions.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { decisionsByPartner } from "./partner-decisions.ts";
import { reviewCompany } from "./review-company.ts";
import type { AppraisedCompany } from "./review-company.ts";
import type { ReviewRun } from "./run-sums.ts";
import type { CompanyReview, PartnerView } from "./review.ts";
import { runCases, unbelieved } from "./run-cases.ts";
import type { Case, DrawnCases } from "./run-cases.ts";
import { leaderFor } from "./risk.ts";
import { estimate } from "./run-key.ts";
import { sumByAnswers } from "./run-sums.ts";
import type { ScenarioRun } from "./scenario-run.ts";
import type { RunOptions } from "./simulate-workspace.ts";

/** One company's part of a review, with what the agenda adds up over companies. */
export interface ReviewedCompany {
  review: CompanyReview;
  evppis: Map<string, Evppi>; // question -> evppi
}

/** What a review finds out about some of the companies: plain data, which a worker can send. */
export interface CompaniesPart {
  key: string;
  draws: { seed: number; shards: number; shardSize: number };
  sound: string[]; // ids of the cases whose draws are all sound
  reviewed: ReviewedCompany[]; // in their order
  triggers: Record<string, Estimate>; // chance that each fires, where asked for
  problems: WorkspaceProblem[];
}

export interface CompaniesOptions extends RunOptions {
  triggers?: boolean; // also how likely every trigger is
}

/**
 * Draws, appraises and reviews some cases, a few at a time: the columns of a sitting are written again by the next. Their figures
 * do not depend on which others are reviewed beside them.
 */
export function reviewCompanies(compiled: CompiledWorkspace, cases: Case[], options: CompaniesOptions): CompaniesPart {
  const seen: Seen[] = [];
  const sittings = inSittings(cases);
  withSpareColumns((giveBack) => {
    for (const [place, sitting] of sittings.entries()) {
      const during = stage(options, (0.8 * place) / sittings.length, (0.8 * (place + 1)) / sittings.length);
      const drawn = drawnFor(compiled, sitting, { ...during, triggers: options.triggers && place === 0 }, seen[0]?.run);
      const { appraisals, seen: found } = sitTogether(drawn, during);
      seen.push(found);
      giveBack([...drawn.run.draws.columns.values(), ...appraisals.flatMap(columnsMade)]);
    }
  });
  return partOf(seen, options);
}

/** The same in one sitting, with the run and the appraisals that the figures are from. */
export function reviewWithRun(
  compiled: CompiledWorkspace,
  cases: Case[],
  options: CompaniesOptions,
): { part: CompaniesPart; run: ReviewRun; appraisals: Appraisal[] } {
  const during = stage(options, 0, 0.8);
  const { run, appraisals, seen } = sitTogether(drawnFor(compiled, cases, during), during);
  return { part: partOf([seen], options), run, appraisals };
}

/** Cases drawn and appraised together: their columns are in memory at the same time, the columns that they share are drawn once. */
const casesAtOnce = 4;

/** At least one, which may be empty: without cases there are still the triggers. */
function inSittings(cases: Case[]): Case[][] {
  const count = Math.max(1, Math.ceil(cases.length / casesAtOnce));
  return Array.from({ length: count }, (_, place) => cases.slice(place * casesAtOnce, (place + 1) * casesAtOnce));
}

type DrawnSitting = DrawnCases & Pick<CompaniesPart, "triggers">;

/** The scenarios of a sitting: a run of their own, or over further columns of an earlier sitting's. */
function drawnFor(compiled: CompiledWorkspace, cases: Case[], options: CompaniesOptions, earlier?: ScenarioRun): DrawnSitting {
  const besides = options.triggers ? believedTriggers(compiled) : [];
  const drawn = runCases(compiled, cases, stage(options, 0, 0.3), besides, earlier);
  return { ...drawn, triggers: options.triggers ? chancesOfTriggers(drawn.run) : {} };
}

/** What remains of a company once its columns are gone. */
type SatCompany = Omit<AppraisedCompany, "appraisal"> & { investmentCase: Case; questions: string[]; leader: Leader };

/** What remains of a sitting. */
interface Seen extends DrawnSitting {
  companies: SatCompany[];
}

function sitTogether(drawn: DrawnSitting, options: RunOptions): { run: ReviewRun; appraisals: Appraisal[]; seen: Seen } {
  const { compiled, draws } = drawn.run;
  const { sound } = drawn;
  const appraisals = sound.map((investmentCase, index) => {
    options.onProgress?.(0.3 + (0.35 * index) / sound.length);
    return appraiseCase(compiled, draws, investmentCase);
  });
  const run: ReviewRun = { ...drawn.run, sums: sumByAnswers(drawn.run, appraisals) };
  const companies = appraisals.map((whole, index): SatCompany => {
    options.onProgress?.(0.65 + (0.35 * index) / sound.length);
    const { appraisal, ...reviewed } = reviewCompany(run, whole);
    const { investmentCase, questions, alternatives } = appraisal;
    return { ...reviewed, investmentCase, questions, leader: leaderFor(compiled, alternatives, draws) };
  });
  return { run, appraisals, seen: { ...drawn, companies } };
}

/** The columns that an appraisal made itself, none of them drawn. */
function columnsMade({ now, alternatives, stage: staged, waits }: Appraisal): Float64Array[] {
  return [
    ...(now ? [now.proceeds] : []),
    ...alternatives.flatMap(({ netValue, constant }) => (constant ? [] : [netValue])),
    ...[...waits, ...(staged ? [staged.followOn] : [])].flatMap(({ waiting, worth }) => [
      worth.netValue,
      ...(worth.expected ? [worth.expected] : []),
      ...waiting.occasions.map(({ netValueThen }) => netValueThen),
    ]),
  ];
}

function partOf(seen: Seen[], options: CompaniesOptions): CompaniesPart {
  const [{ run, triggers }] = seen;
  const companies = seen.flatMap((sitting) => sitting.companies);
  const views = dissentOf(run, companies, stage(options, 0.8, 1));
  const { seed, shards, shardSize } = run.draws;
  return {
    key: run.key,
    draws: { seed, shards, shardSize },
    sound: seen.flatMap(({ sound }) => sound.map(({ id }) => id)),
    reviewed: companies.map(({ review, evppis }, index) => ({ review: { ...review, dissent: views[index] }, evppis })),
    triggers,
    problems: seen.flatMap(({ problems }) => problems),
  };
}

/** The options of a part of the work whose progress runs from one share of the whole to another. */
export function stage<Options extends RunOptions>(options: Options, from: number, to: number): Options {
  return { ...options, onProgress: options.onProgress && ((share: number) => options.onProgress!(from + (to - from) * share)) };
}

function believedTriggers(compiled: CompiledWorkspace): string[] {
  return compiled.workspace.triggers
    .map((trigger) => triggerName(trigger.id))
    .filter((name) => compiled.program.columns[name] !== undefined && unbelieved(compiled, [name]).length === 0);
}

function chancesOfTriggers({ compiled, draws, key }: ScenarioRun): Record<string, Estimate> {
  const unsound = new Set(draws.undefinedDraws.map(({ column }) => column));
  const drawn = compiled.workspace.triggers.filter(
    (trigger) => draws.columns.has(triggerName(trigger.id)) && !unsound.has(triggerName(trigger.id)),
  );
  return Object.fromEntries(
    drawn.map((trigger) => {
      const column = columnOf(draws, triggerName(trigger.id));
      const isDate = compiled.program.kinds[triggerName(trigger.id)]?.kind === "date";
      const deadline = soundDay(trigger.deadline);
      const fires = isDate ? column.map((day) => (day <= deadline ? 1 : 0)) : column;
      return [trigger.id, estimate(expectation(fires, draws), "probability", key)];
    }),
  );
}

/** The decision on every case under each partner's own beliefs, per case in the order of the people. */
function dissentOf(run: ScenarioRun, companies: SatCompany[], options: RunOptions): PartnerView[][] {
  const views = companies.map((): PartnerView[] => []);
  withSpareColumns((giveBack) => {
    for (const { person, draws, appraise } of decisionsByPartner(run, companies, options.onProgress))
      companies.forEach((company, index) => {
        const own = appraise(company);
        const leads = own ? leaderFor(run.compiled, own.alternatives, draws) : company.leader;
        views[index].push(viewOf(run, person, leads, company.recommendation));
        if (own) giveBack(columnsMade(own));
      });
  });
  return views;
}

function viewOf({ compiled, key }: ScenarioRun, person: string, own: Leader, team: Recommendation): PartnerView {
  const { currency } = compiled.workspace.settings;
  const { unanimous } = flips([{ partner: person, recommendation: own }], team);
  return {
    person,
    best: own.best,
    worth: estimate(own.worth, currency, key),
    ...(own.lead ? { lead: estimate(own.lead, currency, key) } : {}),
    clear: own.clear,
    flips: !unanimous,
  };
}
