import type { Forecast, Workspace } from "@watershed/domain";

/** A belief supposed for once: what everybody's forecasts on a question are taken to say. */
export type Move = Pick<Forecast, "question" | "probability" | "distribution" | "probabilities">;

/** Who a supposed forecast is by; no person of a workspace may be called so, for names of people begin with a letter and are never shown. */
export const supposedBy = "supposed";

/** The workspace as if everybody had forecast what the moves say, each question's other forecasts laid aside. A question that the world has answered stays answered. */
export function withMoves(workspace: Workspace, moves: Move[]): Workspace {
  if (moves.length === 0) return workspace;
  const moved = new Set(moves.map(({ question }) => question));
  const on = workspace.settings.asOf;
  return {
    ...workspace,
    forecasts: [
      ...workspace.forecasts.filter(({ question }) => !moved.has(question)),
      ...moves.map((move) => ({ ...move, by: supposedBy, on, illustrative: true })),
    ],
  };
}
