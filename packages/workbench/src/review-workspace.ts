import type { Workspace } from "@watershed/domain";
import { expectation } from "@watershed/decision";
import { columnsOfCase } from "./appraise-case.ts";
import type { Appraisal } from "./appraise-case.ts";
import { agendaOf } from "./agenda.ts";
import { compileWorkspace } from "./compile-workspace.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { confirmationName } from "./definitions.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { reviewCompanies, reviewWithRun } from "./review-companies.ts";
import type { CompaniesOptions, CompaniesPart } from "./review-companies.ts";
import type { ReviewRun } from "./run-sums.ts";
import type { CompanyReview, NotAppraised, ThesisStanding, TriggerWatch, WorkspaceReview } from "./review.ts";
import { casesOf, isBroken, isComplete, unbelieved } from "./run-cases.ts";
import type { Case } from "./run-cases.ts";
import { estimate } from "./run-key.ts";
import { simulateWorkspace } from "./simulate-workspace.ts";
import type { RunOptions } from "./simulate-workspace.ts";
import { hasLapsed } from "./waits.ts";

export interface ReviewOptions extends RunOptions {
  company?: string; // one company instead of all
  asOf?: string; // instead of the workspace's own day
  theses?: boolean; // also how the theses stand
  keepsRun?: boolean; // also the run and the appraisals that the figures are from
}

/** A review and what stood in its way; the review is missing where an error leaves nothing to compute. */
export interface ReviewResult {
  review?: Omit<WorkspaceReview, "problems">;
  run?: ReviewRun; // with `keepsRun`
  appraisals?: Appraisal[]; // the same; of the reviewed companies, in their order
  newStreams: string[];
  problems: WorkspaceProblem[];
}

/** Reviews some cases elsewhere: in a worker, or here. */
export type ReviewPart = (compiled: CompiledWorkspace, caseIds: string[], options: PartOptions) => Promise<CompaniesPart>;

/** `place` counts the parts from 0. */
export type PartOptions = CompaniesOptions & { place: number };

/** The main job: beliefs in, decisions out, for every company of a workspace as of a day. */
export function reviewWorkspace(whole: Workspace, options: ReviewOptions = {}): ReviewResult {
  const compiled = compileWorkspace(whole, options.asOf);
  const { newStreams } = compiled;
  if (isBroken(compiled)) return { newStreams, problems: compiled.problems };
  const cases = casesOf(compiled, options.company);
  const asked = { ...options, triggers: true };
  if (!options.keepsRun) return { newStreams, ...assembled(compiled, cases, [reviewCompanies(compiled, cases, asked)], options) };
  const { part, run, appraisals } = reviewWithRun(compiled, cases, asked);
  return { newStreams, run, appraisals, ...assembled(compiled, cases, [part], options) };
}

/** The same review with the companies shared out among `parts` calls of `reviewPart`: same figures, however many there are. */
export async function reviewInParts(
  whole: Workspace,
  options: ReviewOptions,
  parts: number,
  reviewPart: ReviewPart,
): Promise<ReviewResult> {
  const compiled = compileWorkspace(whole, options.asOf);
  const { newStreams } = compiled;
  if (isBroken(compiled)) return { newStreams, problems: compiled.problems };
  const cases = casesOf(compiled, options.company);
  const shares = sharedOut(cases, parts);
  const progress = shares.map(() => 0);
  const found = await Promise.all(
    shares.map(async (share, place) => {
      const onProgress = (done: number): void => {
        progress[place] = done;
        options.onProgress?.(progress.reduce((sum, part) => sum + part, 0) / shares.length);
      };
      const ids = share.map(({ id }) => id);
      const part = await reviewPart(compiled, ids, { seed: options.seed, draws: options.draws, triggers: place === 0, place, onProgress });
      onProgress(1);
      return part;
    }),
  );
  return { newStreams, ...assembled(compiled, cases, found, options) };
}

/** Cases dealt out so that every share has about as many alternatives, the last one a few more: it is done here, where nothing has to be loaded first. */
function sharedOut(cases: Case[], parts: number): Case[][] {
  const workOf = ({ wait }: Case): number => 1 + 2 * (wait?.length ?? 0);
  const loading = 0.06 * cases.reduce((sum, investmentCase) => sum + workOf(investmentCase), 0);
  const shares = Array.from({ length: parts }, (_, place): { cases: Case[]; work: number } => {
    return { cases: [], work: place === parts - 1 ? 0 : loading };
  });
  for (const investmentCase of cases) {
    const least = shares.reduce((one, other) => (other.work < one.work ? other : one));
    least.cases.push(investmentCase);
    least.work += workOf(investmentCase);
  }
  return shares.map((share) => share.cases);
}

/** One review from the parts in which its companies were looked at. */
function assembled(
  compiled: CompiledWorkspace,
  cases: Case[],
  parts: CompaniesPart[],
  options: ReviewOptions,
): Pick<ReviewResult, "review" | "problems"> {
  const { workspace } = compiled;
  const { key, draws } = parts[0];
  const place = new Map(cases.map((investmentCase, index) => [investmentCase.id, index]));
  const reviewed = parts
    .flatMap((part) => part.reviewed)
    .sort((one, other) => place.get(one.review.caseId)! - place.get(other.review.caseId)!);
  const sound = new Set(parts.flatMap((part) => part.sound));
  return {
    problems: [...compiled.problems, ...once(parts.flatMap((part) => part.problems))],
    review: {
      name: workspace.settings.name,
      asOf: workspace.settings.asOf,
      currency: workspace.settings.currency,
      draws: draws.shards * draws.shardSize,
      shards: draws.shards,
      seed: draws.seed,
      key,
      companies: reviewed.map(({ review }) => review),
      notAppraised: notAppraised(compiled, cases, sound, options.company),
      agenda: agendaOf(workspace, key, reviewed),
      triggers: watchesOf(compiled, parts),
      theses: options.theses ? thesesOf(compiled, draws, key) : [],
    },
  };
}

/** A column that several parts draw is told once; in the order of their places, however the parts were cut. */
function once(problems: WorkspaceProblem[]): WorkspaceProblem[] {
  const told = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...told].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, problem]) => problem);
}

/** Chances need few scenarios: an eighth of those of the review, and only the questions that theses name. */
function thesesOf(compiled: CompiledWorkspace, { seed, shards, shardSize }: CompaniesPart["draws"], key: string): ThesisStanding[] {
  const { theses } = compiled.workspace;
  const names = theses.flatMap((thesis) => thesis.questions.map((_, place) => confirmationName(thesis.id, place)));
  const known = names.filter((name) => compiled.program.columns[name] !== undefined && unbelieved(compiled, [name]).length === 0);
  const draws = simulateWorkspace(compiled, known, { seed, draws: (shards * shardSize) / 8 });
  return theses.map((thesis) => ({
    thesis: thesis.id,
    statement: thesis.statement,
    confirmations: thesis.questions.flatMap(({ question, confirmedBy }, place) => {
      const column = draws.columns.get(confirmationName(thesis.id, place));
      return column
        ? [{ question, confirmedBy: String(confirmedBy), probability: estimate(expectation(column, draws), "probability", key) }]
        : [];
    }),
  }));
}

/** Triggers that can still fire, or have: nobody watches for what came too late to wait for. */
function watchesOf({ workspace }: CompiledWorkspace, parts: CompaniesPart[]): TriggerWatch[] {
  const chances: CompaniesPart["triggers"] = Object.assign({}, ...parts.map((part) => part.triggers));
  const reviewed = parts.flatMap((part) => part.reviewed);
  return workspace.triggers
    .filter((trigger) => chances[trigger.id] !== undefined && !hasLapsed(trigger, workspace.settings))
    .map((trigger) => ({
      trigger: trigger.id,
      name: trigger.name,
      asStated: trigger.asStated,
      deadline: trigger.deadline,
      probability: chances[trigger.id],
      companies: reviewed.filter(({ review }) => isWaitedFor(review, trigger.id)).map(({ review }) => review.company.id),
    }));
}

function notAppraised(compiled: CompiledWorkspace, cases: Case[], sound: Set<string>, only?: string): NotAppraised[] {
  return compiled.workspace.companies
    .filter((company) => only === undefined || company.id === only)
    .filter((company) => !cases.some((investmentCase) => investmentCase.company === company.id && sound.has(investmentCase.id)))
    .map((company) => {
      const investmentCase = cases.find((candidate) => candidate.company === company.id);
      if (!investmentCase) return { company, reason: "noCase" };
      const questions = unbelieved(compiled, columnsOfCase(compiled, investmentCase));
      return questions.length > 0 || !isComplete(compiled, investmentCase)
        ? { company, reason: "noBelief", questions }
        : { company, reason: "undefined" };
    });
}

/** Whether the best alternative waits for a trigger, alone or as one of several. */
function isWaitedFor({ best, waits }: CompanyReview, trigger: string): boolean {
  const wait = waits.find((one) => best.alternative === `wait:${one.trigger}`);
  return wait?.triggers.some((one) => one.trigger === trigger) ?? false;
}
