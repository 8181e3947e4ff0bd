import type { Action, Observation } from "./action.ts";
import type { DomainProblem } from "./problem.ts";
import type { Question } from "./question.ts";
import type { Workspace } from "./workspace.ts";

type Quality = "sensitivity" | "specificity" | "hitRate" | "confusion" | "noise" | "relativeNoise";

const qualities: Quality[] = ["sensitivity", "specificity", "hitRate", "confusion", "noise", "relativeNoise"];

/** The qualities that fit a kind of answer: one set of them has to be stated. */
const fitting: Record<Question["kind"], Quality[][]> = {
  yesNo: [["sensitivity", "specificity"]],
  oneOf: [["hitRate"], ["confusion"]],
  number: [["noise"], ["relativeNoise"]],
  date: [["noise"]],
};

/** Problems of what actions say about their questions: a quality that is missing or of another kind of answer, a question named twice. */
export function actionProblems(workspace: Workspace): DomainProblem[] {
  const questions = new Map(workspace.questions.map((question) => [question.id, question]));
  return workspace.actions.flatMap((action, index) => [
    ...(action.delayDays !== undefined && action.on !== undefined ? [problem("delayTwice", index, ["on"], { on: action.on })] : []),
    ...statusProblems(action, index),
    ...action.about.flatMap((observation, place) => {
      const question = questions.get(observation.question);
      const path = ["about", place];
      if (action.about.findIndex((other) => other.question === observation.question) < place)
        return [problem("observedTwice", index, [...path, "question"], { question: observation.question })];
      return question === undefined ? [] : observationProblems(action, observation, question, index, path);
    }),
  ]);
}

/** The day an action was done is told where it was, and nowhere else. */
function statusProblems({ status = "planned", doneOn }: Action, index: number): DomainProblem[] {
  if (status === "done" && doneOn === undefined) return [problem("doneWithoutDay", index, ["status"], {})];
  if (status !== "done" && doneOn !== undefined) return [problem("dayWithoutDone", index, ["doneOn"], { on: doneOn, status })];
  return [];
}

function observationProblems(
  action: Action,
  observation: Observation,
  question: Question,
  index: number,
  path: (string | number)[],
): DomainProblem[] {
  const params = { question: question.id, kind: question.kind };
  const wanted = fitting[question.kind];
  const rows: [Partial<Observation>, (string | number)[]][] = [
    [observation, path],
    ...(observation.panel ?? []).map((expert, place): [Partial<Observation>, (string | number)[]] => [expert, [...path, "panel", place]]),
  ];
  const strangers = rows.flatMap(([row, at]) =>
    qualities
      .filter((field) => row[field] !== undefined && !wanted.flat().includes(field))
      .map((field) => problem("qualityOfWrongKind", index, [...at, field], { field, ...params })),
  );
  const stated = (row: Partial<Observation>): Quality[] => qualities.filter((field) => row[field] !== undefined);
  const asked = observation.panel ? rows.slice(1) : rows;
  const states = (row: Partial<Observation>, set: Quality[]): boolean => set.every((field) => row[field] !== undefined);
  // All experts of a panel state the same: errors in different measures cannot be averaged.
  const common = wanted.find((set) => states(asked[0][0], set));
  const complete = (row: Partial<Observation>): boolean => common !== undefined && states(row, common);
  const silent = action.kind === "dataRoom" && !observation.panel && stated(observation).length === 0;
  const missing = asked
    .filter(([row]) => !silent && !complete(row) && strangers.length === 0)
    .map(([, at]) => problem("qualityMissing", index, at, params));
  return [...strangers, ...missing, ...optionProblems(observation, question, index, path)];
}

/** Options of a confusion table that the question does not have. */
function optionProblems({ confusion = {} }: Observation, question: Question, index: number, path: (string | number)[]): DomainProblem[] {
  const options = question.options?.map((option) => option.id) ?? [];
  const unknown = (option: string, at: (string | number)[]): DomainProblem[] =>
    options.includes(option) ? [] : [problem("optionUnknown", index, at, { option, options, question: question.id })];
  return Object.entries(confusion).flatMap(([truth, row]) => [
    ...unknown(truth, [...path, "confusion", truth]),
    ...Object.keys(row).flatMap((named) => unknown(named, [...path, "confusion", truth, named])),
  ]);
}

function problem(code: DomainProblem["code"], index: number, path: (string | number)[], params: DomainProblem["params"]): DomainProblem {
  return { code, severity: "error", at: { kind: "actions", index, path }, params };
}
