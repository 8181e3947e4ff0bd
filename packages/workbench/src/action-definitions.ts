import type { Action, Formula, ItemPlace, Observation, Question, Workspace } from "@watershed/domain";
import { formulaText } from "@watershed/domain";
import type { Kind, Program } from "@watershed/formula";
import { kindOf } from "./definitions.ts";
import type { PlacedDefinition } from "./definitions.ts";
import type { WorkspaceProblem } from "./problem.ts";

const money: Kind = { kind: "money" };
const probability: Kind = { kind: "probability" };

export const actionCostName = (action: string): string => `action.${action}.cost`;

/** The name of a number that an action states about its place-th question: its sensitivity, or that of one expert. */
export const qualityName = (action: string, place: number, ...path: (string | number)[]): string =>
  ["action", action, `n${place}`, ...path.map((step) => (typeof step === "number" ? `e${step}` : step))].join(".");

/** The cost and the qualities of every action: fixed amounts that no scenario depends on. */
export function actionDefinitions(workspace: Workspace): PlacedDefinition[] {
  const questions = new Map(workspace.questions.map((question) => [question.id, question]));
  return workspace.actions.flatMap((action, index) => [
    define(actionCostName(action.id), action.cost, { kind: "actions", index, path: ["cost"] }, [money]),
    ...action.about.flatMap((observation, place) => {
      const question = questions.get(observation.question);
      return question ? observationDefinitions(action, observation, question, index, place) : [];
    }),
  ]);
}

function observationDefinitions(
  action: Action,
  observation: Observation,
  question: Question,
  index: number,
  place: number,
): PlacedDefinition[] {
  const noise: Kind = question.kind === "date" ? { kind: "duration" } : kindOf(question);
  const field = (source: Formula | undefined, path: (string | number)[], expects: Kind[]): PlacedDefinition[] =>
    source === undefined
      ? []
      : [define(qualityName(action.id, place, ...path), source, { kind: "actions", index, path: ["about", place, ...path] }, expects)];
  const qualities = (row: Partial<Observation>, path: (string | number)[]): PlacedDefinition[] => [
    ...field(row.sensitivity, [...path, "sensitivity"], [probability]),
    ...field(row.specificity, [...path, "specificity"], [probability]),
    ...field(row.hitRate, [...path, "hitRate"], [probability]),
    ...field(row.noise, [...path, "noise"], [noise]),
    ...field(row.relativeNoise, [...path, "relativeNoise"], [{ kind: "number" }, probability]),
  ];
  return [
    ...qualities(observation, []),
    ...(observation.panel ?? []).flatMap((expert, at) => qualities(expert, ["panel", at])),
    ...Object.entries(observation.confusion ?? {}).flatMap(([truth, row]) =>
      Object.entries(row).flatMap(([named, chance]) => field(chance, ["confusion", truth, named], [probability])),
    ),
  ];
}

function define(name: string, source: Formula, place: ItemPlace, expects: Kind[]): PlacedDefinition {
  return { name, source: formulaText(source), place, expects };
}

/** What is wrong with an action's numbers once they are known: not fixed, not above zero, or a row of answers that is not whole. */
export function actionProblems(workspace: Workspace, program: Program): WorkspaceProblem[] {
  const problems: WorkspaceProblem[] = [];
  for (const { name, place } of actionDefinitions(workspace)) {
    const node = program.nodes[program.columns[name]];
    if (node === undefined || place === undefined) continue;
    const field = String(place.path.at(-1));
    if (node.op !== "constant") problems.push({ code: "actionNotFixed", severity: "error", place, params: { field } });
    else if (/noise$/i.test(field) && !(node.amount > 0))
      problems.push({ code: "noiseNotPositive", severity: "error", place, params: { field } });
  }
  return [...problems, ...workspace.actions.flatMap((action, index) => rowProblems(workspace, program, action, index))];
}

function rowProblems(workspace: Workspace, program: Program, action: Action, index: number): WorkspaceProblem[] {
  return action.about.flatMap(({ question, confusion }, place) => {
    if (!confusion) return [];
    const options = workspace.questions.find((candidate) => candidate.id === question)?.options ?? [];
    return options.flatMap(({ id }): WorkspaceProblem[] => {
      const row = Object.keys(confusion[id] ?? {}).map(
        (named) => program.nodes[program.columns[qualityName(action.id, place, "confusion", id, named)]],
      );
      const sum = row.reduce((total, node) => total + (node?.op === "constant" ? node.amount : 0), 0);
      if (Math.abs(sum - 1) < 0.005) return [];
      const at: ItemPlace = { kind: "actions", index, path: ["about", place, "confusion", ...(confusion[id] ? [id] : [])] };
      const params = { question, option: id, sum: `${Math.round(sum * 1000) / 10}%` };
      return [{ code: "resultsNotWhole", severity: "error", place: at, params }];
    });
  });
}
