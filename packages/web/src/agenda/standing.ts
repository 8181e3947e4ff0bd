import type { Question, Workspace } from "@watershed/domain";
import { standingForecasts } from "@watershed/domain";

export type StandingKind = "overdue" | "unowned" | "waiting" | "forecast";

/** Where a question stands: who owns it, whether the owner has said anything yet, and how many others have. */
export interface QuestionStanding {
  kind: StandingKind;
  forecasters: number;
  ownerOn?: string; // day of the owner's standing forecast
}

/** The standing of every question on the day of the workspace, told from what people did, not from what they promised. */
export function standingsOf(workspace: Workspace): Map<string, QuestionStanding> {
  const { asOf } = workspace.settings;
  const said = Map.groupBy(standingForecasts(workspace, asOf), ({ question }) => question);
  return new Map(workspace.questions.map((question) => [question.id, standingOf(question, said.get(question.id) ?? [], asOf)]));
}

function standingOf(question: Question, forecasts: { by: string; on: string }[], asOf: string): QuestionStanding {
  const ownerOn = forecasts.find(({ by }) => by === question.owner)?.on;
  const forecasters = new Set(forecasts.map(({ by }) => by)).size;
  const kind =
    question.resolveBy < asOf ? "overdue" : question.owner === undefined ? "unowned" : ownerOn === undefined ? "waiting" : "forecast";
  return { kind, forecasters, ...(ownerOn === undefined ? {} : { ownerOn }) };
}
