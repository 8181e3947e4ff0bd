import { useQuery } from "@tanstack/react-query";
import type { SinceLastVisit } from "../data/contract.ts";
import { useDesk } from "../data/desk.tsx";
import { sinceLastVisitQuery } from "../data/queries.ts";

/** What changed since this reader was here last, and how it moved the decisions. */
export function useSince(): { data?: SinceLastVisit; isPending: boolean } {
  const { view, review } = useDesk();
  const since = useQuery({ ...sinceLastVisitQuery(view), enabled: review !== undefined && !view.past });
  return view.past ? { isPending: false } : since; // what changed until now is nothing that a past day knew
}
