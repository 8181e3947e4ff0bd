import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { DependenceMap, MapNode } from "@watershed/workbench/in-page";
import { useCallback } from "react";
import { useDesk } from "../data/desk.tsx";
import { stateOf, whileComputing } from "../data/queries.ts";

/** What rests on what in the open workspace, read from its formulas by the page's worker. */
export function useDependenceMap(): { map?: DependenceMap; error: Error | null; retry: () => void } {
  const { view, reader } = useDesk();
  const { data, error, refetch } = useQuery({
    queryKey: ["in-page", view.id, "map", ...stateOf(view)],
    queryFn: () => reader().ask({ ask: "map" }),
    staleTime: Infinity,
    placeholderData: whileComputing(view),
  });
  return { map: data, error, retry: () => void refetch() };
}

const route = getRouteApi("/w/$workspace/map");

/** What is chosen on the map; it stands in the address, so that a link leads to it. */
export function useChosen(map: DependenceMap | undefined): [MapNode | undefined, (key: string | undefined) => void] {
  const { at } = route.useSearch();
  const navigate = useNavigate();
  const choose = useCallback(
    (key: string | undefined) =>
      void navigate({ to: ".", search: (before) => ({ ...before, at: key }) as { at?: string }, replace: true, resetScroll: false }),
    [navigate],
  );
  return [map?.nodes.find(({ key }) => key === at), choose];
}
