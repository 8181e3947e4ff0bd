import type { Workspace } from "@watershed/domain";

type Repeatable = "forecasts" | "assessments";

/**
 * For forecasts and assessments, the places of those that stand: whoever states the same thing twice on one day means the later one.
 *
 * The earlier ones stay in the history; a folder has room for one a day, and no figure reads the others.
 */
export function latestOfDayIndexes(workspace: Pick<Workspace, Repeatable>): Record<Repeatable, number[]> {
  return {
    forecasts: lastOfEach(workspace.forecasts.map(({ by, question, on }) => JSON.stringify([by, question, on]))),
    assessments: lastOfEach(workspace.assessments.map(({ by, company, criterion, on }) => JSON.stringify([by, company, criterion, on]))),
  };
}

/** A workspace with what was stated last on each day; the same object where nothing was stated twice. */
export function latestOfDay(workspace: Workspace): Workspace {
  const { forecasts, assessments } = latestOfDayIndexes(workspace);
  if (forecasts.length === workspace.forecasts.length && assessments.length === workspace.assessments.length) return workspace;
  return {
    ...workspace,
    forecasts: forecasts.map((index) => workspace.forecasts[index]),
    assessments: assessments.map((index) => workspace.assessments[index]),
  };
}

function lastOfEach(names: string[]): number[] {
  const last = new Map(names.map((name, index) => [name, index]));
  return [...last.values()].toSorted((one, other) => one - other);
}
