import type { Evppi } from "@watershed/decision";
import type { Question, Workspace } from "@watershed/domain";
import { expectation, flips, leader, rankDummies, sumOfEvppi } from "@watershed/decision";
import { columnOf } from "@watershed/engine";
import type { Draws } from "@watershed/engine";
import { appraiseCase, columnsOfCase, openQuestions } from "./appraise-case.ts";
import type { Appraisal } from "./appraise-case.ts";
import { poolBeliefs } from "./beliefs.ts";
import { compileWorkspace, withinWritten } from "./compile-workspace.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { confirmationName, soundDay, triggerName, waitScope } from "./definitions.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { reviewCompany } from "./review-company.ts";
import type { AppraisedCompany, ReviewRun } from "./review-company.ts";
import type { AgendaItem, NotAppraised, ThesisStanding, TriggerWatch, WorkspaceReview } from "./review.ts";
import { estimate, runKey } from "./run-key.ts";
import { simulateWorkspace } from "./simulate-workspace.ts";
import type { RunOptions } from "./simulate-workspace.ts";

export interface ReviewOptions extends RunOptions {
  company?: string; // one company instead of all
  asOf?: string; // instead of the workspace's own day
  theses?: boolean; // also how the theses stand
}

/** A review and what stood in its way; the review is missing where an error leaves nothing to compute. */
export interface ReviewResult {
  review?: Omit<WorkspaceReview, "problems">;
  run?: ReviewRun;
  appraisals?: Appraisal[]; // of the reviewed companies, in their order
  newStreams: string[];
  problems: WorkspaceProblem[];
}

type Case = Workspace["cases"][number];

/** The main job: beliefs in, decisions out, for every company of a workspace as of a day. */
export function reviewWorkspace(whole: Workspace, options: ReviewOptions = {}): ReviewResult {
  const compiled = compileWorkspace(whole, options.asOf);
  const { workspace, newStreams } = compiled;
  if (compiled.problems.some((problem) => problem.severity === "error")) return { newStreams, problems: compiled.problems };
  const cases = workspace.cases.filter((investmentCase) => options.company === undefined || investmentCase.company === options.company);
  const { run, sound, problems } = runCases(compiled, cases, stage(options, 0, 0.4));
  const appraised = sound.map((investmentCase, index) => {
    options.onProgress?.(0.4 + (0.4 * index) / sound.length);
    return reviewCompany(run, appraiseCase(compiled, run.draws, investmentCase));
  });
  addDissent(run, sound, appraised, stage(options, 0.8, 1));
  const { draws, key } = run;
  return {
    newStreams,
    run,
    appraisals: appraised.map(({ appraisal }) => appraisal),
    problems: [...compiled.problems, ...problems],
    review: {
      name: workspace.settings.name,
      asOf: workspace.settings.asOf,
      currency: workspace.settings.currency,
      draws: draws.shards * draws.shardSize,
      shards: draws.shards,
      seed: draws.seed,
      key,
      companies: appraised.map(({ review }) => review),
      notAppraised: notAppraised(compiled, cases, sound, options.company),
      agenda: agendaOf(run, appraised),
      triggers: triggersOf(run, appraised),
      theses: options.theses ? thesesOf(compiled, draws, key) : [],
    },
  };
}

/** The options of a part of the work whose progress runs from one share of the whole to another. */
function stage(options: ReviewOptions, from: number, to: number): ReviewOptions {
  return { ...options, onProgress: options.onProgress && ((share) => options.onProgress!(from + (to - from) * share)) };
}

/** Draws the scenarios of some cases; the cases whose draws are all sound, and a problem for each that is not. */
export function runCases(
  compiled: CompiledWorkspace,
  cases: Case[],
  options: RunOptions,
): { run: ReviewRun; sound: Case[]; problems: WorkspaceProblem[] } {
  const triggers = compiled.workspace.triggers
    .map((trigger) => triggerName(trigger.id))
    .filter((name) => compiled.program.columns[name] !== undefined && unbelieved(compiled, [name]).length === 0);
  const believed = cases.filter(
    (investmentCase) => isComplete(compiled, investmentCase) && unbelieved(compiled, columnsOfCase(compiled, investmentCase)).length === 0,
  );
  const names = [...new Set([...believed.flatMap((investmentCase) => columnsOfCase(compiled, investmentCase)), ...triggers])];
  const draws = simulateWorkspace(compiled, names, options);
  const unsound = new Map(unsoundColumns(compiled, draws).map((found) => [found.column, found]));
  const sound = believed.filter((investmentCase) => !columnsOfCase(compiled, investmentCase).some((name) => unsound.has(name)));
  const run: ReviewRun = {
    compiled,
    draws,
    key: runKey(compiled, draws),
    binnings: new Map(),
    events: new Map(),
    dummies: rankDummies(draws.dummies),
  };
  return { run, sound, problems: [...unsound.values()].map(({ problem }) => problem) };
}

/** Whether every formula of a case could be compiled; on an earlier day some may rest on questions that nobody had asked. */
function isComplete({ program }: CompiledWorkspace, investmentCase: Case): boolean {
  const terms = ["exitValue", "exitDate", "retention", ...(investmentCase.now ? ["ticket", "preMoney"] : [])].map(
    (name) => `${investmentCase.id}.${name}`,
  );
  const waits = (investmentCase.wait ?? []).flatMap((wait) =>
    ["triggerDate", "preMoneyThen", "access"].map((name) => `${waitScope(investmentCase.id, wait.trigger)}.${name}`),
  );
  return [...terms, ...waits].every((name) => program.columns[name] !== undefined);
}

/** The questions some columns depend on of which nobody has said anything yet. */
function unbelieved(compiled: CompiledWorkspace, names: string[]): string[] {
  return openQuestions(compiled, names).filter((question) => {
    const node = compiled.program.nodes[compiled.program.columns[question]];
    return node?.op === "question" && compiled.pooled.beliefs[question] === undefined;
  });
}

interface UnsoundColumn {
  column: string;
  problem: WorkspaceProblem;
}

/** Columns with draws that could not be computed. Prices of the day of a trigger count only where it fires: elsewhere nobody reads them. */
function unsoundColumns(compiled: CompiledWorkspace, draws: Draws): UnsoundColumn[] {
  const total = draws.shards * draws.shardSize;
  return [...draws.columns].flatMap(([column, amounts]): UnsoundColumn[] => {
    const kind = compiled.program.kinds[column]?.kind;
    const scope = column.slice(0, column.lastIndexOf("."));
    const fires = column.endsWith("Then") ? columnOf(draws, `${scope}.triggerDate`) : undefined;
    const timeless = kind === "date" || kind === "duration";
    let count = 0;
    for (let draw = 0; draw < total; draw++)
      if ((timeless ? Number.isNaN(amounts[draw]) : !Number.isFinite(amounts[draw])) && (fires?.[draw] ?? 0) < Infinity) count++;
    if (count === 0) return [];
    const origin = draws.undefinedDraws.find((candidate) => candidate.column === column);
    const definition = compiled.definitions.get(origin?.at.definition ?? column);
    const place = definition?.place ?? compiled.definitions.get(column)?.place;
    if (!place) return [];
    if (!origin)
      return [{ column, problem: { code: "notFinite", severity: "error", place, params: { what: column, count, draws: total } } }];
    const within = definition && withinWritten(origin.at, definition);
    const params = { column, count, draws: total, operator: origin.operator };
    return [{ column, problem: { code: "undefinedDraws", severity: "error", place, within, params } }];
  });
}

/** The decision under each partner's own beliefs, on an eighth of every shard's points. */
function addDissent(run: ReviewRun, cases: Case[], appraised: AppraisedCompany[], options: RunOptions): void {
  const { compiled, key } = run;
  const { currency } = compiled.workspace.settings;
  const people = compiled.workspace.people.filter((person) => compiled.workspace.forecasts.some((forecast) => forecast.by === person.id));
  for (const [place, person] of people.entries()) {
    options.onProgress?.(place / people.length);
    const { beliefs } = poolBeliefs(compiled.workspace, compiled.program, person.id);
    const names = [...new Set(cases.flatMap((investmentCase) => columnsOfCase(compiled, investmentCase)))];
    const draws = simulateWorkspace(
      compiled,
      names,
      { seed: run.draws.seed, draws: (run.draws.shards * run.draws.shardSize) / 8 },
      beliefs,
    );
    cases.forEach((investmentCase, index) => {
      const own = leader(appraiseCase(compiled, draws, investmentCase).alternatives, draws);
      const { unanimous } = flips([{ partner: person.id, recommendation: own }], appraised[index].recommendation);
      appraised[index].review.dissent.push({
        person: person.id,
        best: own.best,
        worth: estimate(own.worth, currency, key),
        ...(own.lead ? { lead: estimate(own.lead, currency, key) } : {}),
        clear: own.clear,
        flips: !unanimous,
      });
    });
  }
}

/** Open questions by what answering them is worth over all companies, and what each answer would change. */
function agendaOf(run: ReviewRun, appraised: AppraisedCompany[]): AgendaItem[] {
  const { workspace } = run.compiled;
  const items = workspace.questions.flatMap((question): AgendaItem[] => {
    const parts = appraised.flatMap(({ review, evppis }) => {
      const evppi = evppis.get(question.id);
      return evppi ? [{ company: review.company.id, evppi, today: review.best.alternative }] : [];
    });
    if (parts.length === 0) return [];
    const { amount, standardError, floor, distinguishable } = sumOfEvppi(parts);
    const changes = parts
      .flatMap(({ company, evppi, today }) => changesOf(question, evppi, today).map((change) => ({ ...change, company, instead: today })))
      .filter(({ probability, gain }) => probability * gain >= 0.02 * amount)
      .sort((one, other) => other.probability * other.gain - one.probability * one.gain);
    return [
      {
        question,
        worth: estimate({ amount, standardError }, workspace.settings.currency, run.key),
        floor,
        distinguishable,
        changes,
        companies: parts.map((part) => part.company),
      },
    ];
  });
  return items.sort((one, other) => Number(other.distinguishable) - Number(one.distinguishable) || other.worth.amount - one.worth.amount);
}

/** Chances need few scenarios: an eighth of those of the review, and only the questions that theses name. */
function thesesOf(compiled: CompiledWorkspace, { seed, shards, shardSize }: Draws, key: string): ThesisStanding[] {
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

interface Change {
  from: number;
  to: number;
  best: string;
  probability: number;
  gain: number;
}

/**
 * The answers after which a company's best alternative is another one than today's; the outermost stretches of a number or
 * a date are open. Neighbouring stretches that both leave today's alternative are one, named by what gains most in them:
 * where two others nearly tie, which of them leads in a narrow stretch is noise.
 */
function changesOf(question: Question, evppi: Evppi, today: string): Change[] {
  if (!evppi.distinguishable) return [];
  const open = question.kind === "number" || question.kind === "date";
  const changes: Change[] = [];
  evppi.answers.forEach((answer, index) => {
    if (answer.best === today) return;
    const from = open && index === 0 && answer.to < Infinity ? -Infinity : answer.from;
    const to = open && index === evppi.answers.length - 1 ? Infinity : answer.to;
    const follows = open && index > 0 && evppi.answers[index - 1].best !== today && answer.from < Infinity;
    if (follows) changes.push(joined(changes.pop()!, { ...answer, from, to }));
    else changes.push({ ...answer, from, to });
  });
  return changes;
}

function joined(before: Change, after: Change): Change {
  const [one, other] = [before.probability * before.gain, after.probability * after.gain];
  const probability = before.probability + after.probability;
  return { from: before.from, to: after.to, best: one >= other ? before.best : after.best, probability, gain: (one + other) / probability };
}

function triggersOf(run: ReviewRun, appraised: AppraisedCompany[]): TriggerWatch[] {
  const { compiled, draws, key } = run;
  return compiled.workspace.triggers
    .filter((trigger) => draws.columns.has(triggerName(trigger.id)))
    .map((trigger) => {
      const column = columnOf(draws, triggerName(trigger.id));
      const isDate = compiled.program.kinds[triggerName(trigger.id)]?.kind === "date";
      const deadline = soundDay(trigger.deadline);
      const fires = isDate ? column.map((day) => (day <= deadline ? 1 : 0)) : column;
      return {
        trigger: trigger.id,
        name: trigger.name,
        asStated: trigger.asStated,
        deadline: trigger.deadline,
        probability: estimate(expectation(fires, draws), "probability", key),
        companies: appraised
          .filter(({ review }) => review.best.alternative === `wait:${trigger.id}`)
          .map(({ review }) => review.company.id),
      };
    });
}

function notAppraised(compiled: CompiledWorkspace, cases: Case[], sound: Case[], only?: string): NotAppraised[] {
  return compiled.workspace.companies
    .filter((company) => only === undefined || company.id === only)
    .filter((company) => !sound.some((investmentCase) => investmentCase.company === company.id))
    .map((company) => {
      const investmentCase = cases.find((candidate) => candidate.company === company.id);
      if (!investmentCase) return { company, reason: "noCase" };
      const questions = unbelieved(compiled, columnsOfCase(compiled, investmentCase));
      return questions.length > 0 || !isComplete(compiled, investmentCase)
        ? { company, reason: "noBelief", questions }
        : { company, reason: "undefined" };
    });
}
