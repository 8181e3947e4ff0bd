import { useQuery } from "@tanstack/react-query";
import type { ChangedItem, DecisionChange } from "@watershed/workbench/in-page";
import type { ReviewView, WorkspaceView } from "../data/contract.ts";
import { useDesk } from "../data/desk.tsx";
import { reviewQuery, stateOf, workspaceQuery } from "../data/queries.ts";
import type { MovedBelief } from "../what-if/answer.ts";
import { changedItems } from "./changed-items.ts";

/** A past day beside today: what became known or was changed, which beliefs and decisions are others. */
export interface ThenAndNow {
  now: { view: WorkspaceView; review: ReviewView };
  changes: ChangedItem[];
  decisions: DecisionChange[];
  beliefs: Map<string, MovedBelief>;
}

/** Compares the day that is read with today: both reviews come from the server, what lies between them from the page's worker. */
export function useThenAndNow(): { compared?: ThenAndNow; error: Error | null; retry: () => void } {
  const { view, review, reader } = useDesk();
  const current = useQuery(workspaceQuery(view.id));
  const now = current.data;
  const reviewed = useQuery({
    ...reviewQuery(now ?? { id: view.id, revision: 0 }),
    enabled: now !== undefined,
    placeholderData: undefined,
  });
  const reviewNow = reviewed.data?.review;
  const compared = useQuery({
    queryKey: ["in-page", view.id, "moved since", now?.revision, review?.key, ...stateOf(view)],
    enabled: now !== undefined && review !== undefined && reviewNow !== undefined,
    staleTime: Infinity,
    queryFn: async (): Promise<ThenAndNow> => {
      const changes = changedItems(view, now!);
      const { decisions, beliefs } = await reader().ask({
        ask: "moved since",
        before: { workspace: view.past!.whole, companies: review!.companies.map(({ company, best }) => ({ company, best })) },
        after: { workspace: now!.workspace, companies: reviewNow!.companies.map(({ company, best }) => ({ company, best })) },
        changes,
      });
      return { now: { view: now!, review: reviewNow! }, changes, decisions, beliefs: new Map(beliefs.map((one) => [one.question, one])) };
    },
  });
  const failed = [current, reviewed, compared].find(({ error }) => error !== null);
  return { compared: compared.data, error: failed?.error ?? null, retry: () => void failed?.refetch() };
}
