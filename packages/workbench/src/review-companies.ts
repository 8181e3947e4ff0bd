import { expectation, flips } from "@watershed/decision";
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
import type { Case } from "./run-cases.ts";
import { leaderFor } from "./risk.ts";
import { estimate } from "./run-key.ts";
import { sumByAnswers } from "./run-sums.ts";
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

/** Draws, appraises and reviews some cases. Their figures do not depend on which others are reviewed beside them. */
export function reviewCompanies(
  compiled: CompiledWorkspace,
  cases: Case[],
  options: CompaniesOptions,
): { part: CompaniesPart; run: ReviewRun; appraisals: Appraisal[] } {
  const besides = options.triggers ? believedTriggers(compiled) : [];
  const { run: drawn, sound, problems } = runCases(compiled, cases, stage(options, 0, 0.3), besides);
  const appraisals = sound.map((investmentCase, index) => {
    options.onProgress?.(0.3 + (0.3 * index) / sound.length);
    return appraiseCase(compiled, drawn.draws, investmentCase);
  });
  const run: ReviewRun = { ...drawn, sums: sumByAnswers(drawn, appraisals) };
  const appraised = appraisals.map((appraisal, index) => {
    options.onProgress?.(0.6 + (0.2 * index) / sound.length);
    return reviewCompany(run, appraisal);
  });
  const views = dissentOf(run, appraised, stage(options, 0.8, 1));
  const { seed, shards, shardSize } = run.draws;
  return {
    run,
    appraisals,
    part: {
      key: run.key,
      draws: { seed, shards, shardSize },
      sound: sound.map(({ id }) => id),
      reviewed: appraised.map(({ review, evppis }, index) => ({ review: { ...review, dissent: views[index] }, evppis })),
      triggers: options.triggers ? chancesOfTriggers(run) : {},
      problems,
    },
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

function chancesOfTriggers({ compiled, draws, key }: ReviewRun): Record<string, Estimate> {
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
function dissentOf(run: ReviewRun, appraised: AppraisedCompany[], options: RunOptions): PartnerView[][] {
  const views = appraised.map((): PartnerView[] => []);
  const appraisals = appraised.map(({ appraisal }) => appraisal);
  for (const { person, decided } of decisionsByPartner(run, appraisals, options.onProgress))
    appraised.forEach(({ recommendation }, index) => {
      const { alternatives, draws } = decided[index];
      views[index].push(viewOf(run, person, leaderFor(run.compiled, alternatives, draws), recommendation));
    });
  return views;
}

function viewOf({ compiled, key }: ReviewRun, person: string, own: Leader, team: Recommendation): PartnerView {
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
