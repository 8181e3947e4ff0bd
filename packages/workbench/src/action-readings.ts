import type { Action, Observation, Question } from "@watershed/domain";
import { answerGrid, binning, panelResults, perfectReading, pooledError, reportReading, testReading } from "@watershed/decision";
import { log1p } from "@watershed/probability";
import type { AnswerGrid, Reading } from "@watershed/decision";
import { columnOf } from "@watershed/engine";
import type { Draws } from "@watershed/engine";
import { qualityName } from "./action-definitions.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { soundDay } from "./definitions.ts";
import { isDiscrete } from "./scenario-run.ts";

/** What one result of an action says about one question. */
export interface ToldResult {
  question: string;
  /** The answer itself, a report that may be off, the option named, yes votes of a panel, or how many named each option. */
  says: "answer" | "report" | "names" | "votes" | "counts";
  from: number; // stretch of answers, place of an option, or number of yes votes
  to: number;
  of?: number; // experts
  counts?: number[]; // [option]
}

/** A reading with its results in words' raw form. */
export interface ToldReading {
  reading: Reading;
  told: ToldResult[]; // [result]
}

/** Why an observation cannot be read in this run. */
export type Unreadable = "notDrawn" | "tooFine" | "negativeAnswers";

const mostResults = 512;

/** Turns what an action says of one question into probabilities of its results given the answers. */
export function readingOf(
  compiled: CompiledWorkspace,
  draws: Draws,
  action: Action,
  place: number,
  grids: Map<string, AnswerGrid>,
): ToldReading | Unreadable {
  const observation = action.about[place];
  const question = compiled.workspace.questions.find((candidate) => candidate.id === observation.question);
  if (!question || !draws.columns.has(question.id)) return "notDrawn";
  const grid = gridOf(draws, question, grids);
  const amount = (...path: (string | number)[]): number => amountOf(compiled, qualityName(action.id, place, ...path));
  if (isSilent(observation)) return answerItself(question, grid);
  switch (question.kind) {
    case "yesNo":
      return votesOf(observation, question, grid, amount);
    case "oneOf":
      return namesOf(observation, question, grid, amount);
    case "number":
    case "date":
      return reportOf(observation, question, columnOf(draws, question.id), grid, amount);
  }
}

type Amount = (...path: (string | number)[]) => number;

function amountOf(compiled: CompiledWorkspace, name: string): number {
  const node = compiled.program.nodes[compiled.program.columns[name]];
  if (node?.op !== "constant") throw new Error(`${name} passed its checks and is no fixed amount`);
  return node.amount;
}

function isSilent({ sensitivity, specificity, hitRate, confusion, noise, relativeNoise, panel }: Observation): boolean {
  return [sensitivity, specificity, hitRate, confusion, noise, relativeNoise, panel].every((field) => field === undefined);
}

function gridOf(draws: Draws, question: Question, grids: Map<string, AnswerGrid>): AnswerGrid {
  const known = grids.get(question.id);
  if (known) return known;
  const column = columnOf(draws, question.id);
  const made = answerGrid(column, binning(column, { discrete: isDiscrete(question) }));
  grids.set(question.id, made);
  return made;
}

function answerItself({ id }: Question, { binning: sorted }: AnswerGrid): ToldReading {
  const reading = perfectReading(id, sorted);
  const told = Array.from(reading.from!, (from, result): ToldResult => ({ question: id, says: "answer", from, to: reading.to![result] }));
  return { reading, told };
}

function votesOf(observation: Observation, { id }: Question, { binning: sorted }: AnswerGrid, amount: Amount): ToldReading {
  const { panel, experts = 1, correlation } = observation;
  const quality = (...path: (string | number)[]) => ({
    sensitivity: amount(...path, "sensitivity"),
    specificity: amount(...path, "specificity"),
  });
  const voters = panel ? panel.map((_, expert) => quality("panel", expert)) : Array.from({ length: experts }, () => quality());
  const results = panelResults(voters, correlation);
  const [ifNo, ifYes] = [results.map((result) => result.ifNo), results.map((result) => result.ifYes)];
  return {
    reading: testReading(id, sorted, results.length, (answer) => (answer === 1 ? ifYes : ifNo)),
    told: results.map(({ yesFrom, yesTo }) => ({ question: id, says: "votes", from: yesFrom, to: yesTo, of: voters.length })),
  };
}

function namesOf(observation: Observation, question: Question, { binning: sorted }: AnswerGrid, amount: Amount): ToldReading | Unreadable {
  const options = question.options!.map((option) => option.id);
  const { experts = 1, correlation = 0, confusion } = observation;
  const rows = options.map((truth, at) =>
    options.map((named, place) => {
      if (confusion) return confusion[truth]?.[named] === undefined ? 0 : amount("confusion", truth, named);
      return place === at ? amount("hitRate") : (1 - amount("hitRate")) / (options.length - 1);
    }),
  );
  const counts = compositions(experts, options.length, mostResults);
  if (!counts) return "tooFine";
  const given = rows.map((row) => counts.map((count) => probabilityOfCounts(count, row, correlation)));
  return {
    reading: testReading(question.id, sorted, counts.length, (answer) => given[answer]),
    told: counts.map((count): ToldResult => {
      const named = count.indexOf(experts);
      return experts === 1
        ? { question: question.id, says: "names", from: named, to: named }
        : { question: question.id, says: "counts", from: named, to: named, of: experts, counts: count };
    }),
  };
}

/** Every way to share out `total` votes over `options`, undefined where there are more than `most`. */
function compositions(total: number, options: number, most: number): number[][] | undefined {
  if (options === 1) return [[total]];
  const found: number[][] = [];
  for (let first = total; first >= 0; first--) {
    const rest = compositions(total - first, options - 1, most);
    if (!rest || found.length + rest.length > most) return undefined;
    for (const one of rest) found.push([first, ...one]);
  }
  return found;
}

/** With the chance of the correlation all repeat one report, else each names an option for itself: any two agree in the stated measure. */
function probabilityOfCounts(counts: number[], chances: number[], correlation: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let apart = 1;
  let placed = 0;
  counts.forEach((count, option) => {
    for (let step = 1; step <= count; step++) apart *= ((placed + step) / step) * chances[option];
    placed += count;
  });
  const repeated = counts.indexOf(total);
  return (1 - correlation) * apart + (repeated < 0 ? 0 : correlation * chances[repeated]);
}

function reportOf(
  observation: Observation,
  question: Question,
  column: Float64Array,
  grid: AnswerGrid,
  amount: Amount,
): ToldReading | Unreadable {
  const { panel, experts = 1, correlation } = observation;
  const first = panel ? panel[0] : observation;
  const logarithmic = first.relativeNoise !== undefined;
  if (logarithmic && column.some((answer) => !(answer > 0))) return "negativeAnswers";
  const field = logarithmic ? "relativeNoise" : "noise";
  // A relative error is a coefficient of variation: the log error of a lognormal that has it.
  const own = (stated: number): number => (logarithmic ? Math.sqrt(log1p(stated * stated)) : stated);
  const errors = panel
    ? panel.map((_, expert) => own(amount("panel", expert, field)))
    : Array.from({ length: experts }, () => own(amount(field)));
  const horizon = question.kind === "date" ? soundDay(question.resolveBy) + 1 : undefined;
  const reading = reportReading(question.id, column, grid, { standardDeviation: pooledError(errors, correlation), logarithmic, horizon });
  const told = Array.from(reading.from!, (from, result): ToldResult => ({
    question: question.id,
    says: "report",
    from,
    to: reading.to![result],
  }));
  return { reading, told };
}
