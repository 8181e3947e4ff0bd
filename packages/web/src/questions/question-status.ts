import type { Question, Workspace } from "@watershed/domain";

export type QuestionStatus = "open" | "due" | "resolved" | "unforecast";

export const statuses: QuestionStatus[] = ["open", "due", "unforecast", "resolved"];

/** Where a question stands on the workspace's day: answered, overdue, waiting for a first forecast, or open. */
export function statusOf(question: Question, { resolutions, forecasts, settings }: Workspace): QuestionStatus {
  if (resolutions.some((one) => one.question === question.id)) return "resolved";
  if (question.resolveBy <= settings.asOf) return "due";
  const said = question.belief !== undefined || forecasts.some((one) => one.question === question.id);
  return said ? "open" : "unforecast";
}

/** Whether a reader who forecasts has not said anything yet on a question that others have: theirs wait until then. Invented forecasts hide nothing. */
export function isBlind(question: Question, { forecasts, people }: Workspace, person: string | null): boolean {
  if (person === null || !people.some(({ id }) => id === person)) return false;
  const others = forecasts.some((one) => one.question === question.id && one.by !== person && !one.illustrative);
  return others && !forecasts.some((one) => one.question === question.id && one.by === person);
}
