import { useQuery } from "@tanstack/react-query";
import { useDesk } from "../data/desk.tsx";
import { stateOf, whileComputing } from "../data/queries.ts";
import type { Answers } from "../what-if/answer.ts";
import { liveDraws } from "../what-if/what-if.ts";

/** How the alternatives and the formulas of a company come out under the saved beliefs, as the page's worker tells it. */
export function useCaseOutcomes(company: string): Answers["outcomes"] | undefined {
  const { view, reader } = useDesk();
  const { data } = useQuery({
    queryKey: ["in-page", view.id, "outcomes", company, ...stateOf(view)],
    queryFn: () => reader().ask({ ask: "outcomes", company, draws: liveDraws }),
    staleTime: Infinity,
    // forms that are open on a case stay while what was just saved is drawn anew
    placeholderData: (before, query) => (query?.queryKey[3] === company ? whileComputing(view)(before, query) : undefined),
  });
  return data;
}
