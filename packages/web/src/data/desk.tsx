import type { Company, Item, ItemKind, Question, Workspace } from "@watershed/domain";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { QuestionBeliefs } from "@watershed/workbench/in-page";
import { createContext, useContext, useDeferredValue, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { ReactNode } from "react";
import { startInPage } from "../what-if/in-page.ts";
import type { InPage } from "../what-if/in-page.ts";
import { WhatIf, movesFromHash } from "../what-if/what-if.ts";
import type { WhatIfState } from "../what-if/what-if.ts";
import { ApiError } from "./api.ts";
import { noteReachable } from "./connection.ts";
import type { ItemProblem, ReviewView, WorkspaceView } from "./contract.ts";
import { pastQuery, reviewQuery, stateOf, whileComputing, workspaceQuery } from "./queries.ts";

/** The workspace that is open, its review, and what may be done with it. */
export interface Desk {
  view: WorkspaceView;
  workspace: Workspace;
  review?: ReviewView; // of the saved beliefs
  problems: ItemProblem[];
  reviewError?: ApiError;
  computing: boolean;
  canWrite: boolean;
  isPartner: boolean;
  questions: Map<string, Question>;
  companies: Map<string, Company>;
  whatIf: WhatIf;
  reader: () => InPage; // answers questions about the saved workspace, beside the what-if's own worker
  versionOf: (kind: ItemKind, item: Item<ItemKind>) => { id: string; version: number } | undefined;
}

const Current = createContext<Desk | undefined>(undefined);

interface Opening {
  desk?: Desk;
  error?: ApiError;
  retry: () => void;
}

/** Opens a workspace, now or as of a past day: loads it and its review, listens for what others change, and keeps the what-if beside it. */
export function useOpenedDesk(id: string, past?: string): Opening {
  const client = useQueryClient();
  const loaded = useQuery(past === undefined ? workspaceQuery(id) : pastQuery(id, past));
  const view = loaded.data;
  const reviewed = useQuery({ ...reviewQuery(view ?? { id, revision: 0 }), enabled: view !== undefined });
  const [reader] = useState(createReader);
  const [whatIf] = useState(() => new WhatIf(startInPage, movesFromHash(location.hash)));
  const review = reviewed.data?.review;
  useEffect(() => {
    if (view) whatIf.load(view.past?.whole ?? view.workspace, review);
  }, [whatIf, view, review]);
  const shown = useRef(past);
  useEffect(() => {
    if (shown.current !== past) whatIf.clear(); // it was supposed of another day
    shown.current = past;
  }, [whatIf, past]);
  useEffect(() => {
    const events = new EventSource(`/api/workspaces/${encodeURIComponent(id)}/events`);
    events.addEventListener("open", () => noteReachable(true));
    events.addEventListener("error", () => noteReachable(false));
    events.addEventListener("revision", () => void client.invalidateQueries({ queryKey: ["workspace", id] }));
    return () => events.close();
  }, [client, id]);
  const desk = useMemo((): Desk | undefined => {
    if (!view) return undefined;
    const { workspace, places } = view;
    reader.load(view.past?.whole ?? workspace); // before any part of the page can ask
    return {
      view,
      workspace,
      review,
      problems: reviewed.data?.problems ?? [],
      reviewError: reviewed.error instanceof ApiError ? reviewed.error : undefined,
      computing: reviewed.isFetching,
      canWrite: view.role !== "observer" && !view.past,
      isPartner: view.role === "partner" && !view.past,
      questions: new Map(workspace.questions.map((question) => [question.id, question])),
      companies: new Map(workspace.companies.map((company) => [company.id, company])),
      whatIf,
      reader: reader.get,
      versionOf: (kind, item) => places[kind]?.[(workspace[kind] as unknown[]).indexOf(item)],
    };
  }, [view, review, reviewed.data, reviewed.error, reviewed.isFetching, whatIf, reader]);
  return {
    desk,
    error: loaded.error instanceof ApiError ? loaded.error : undefined,
    retry: () => void loaded.refetch(),
  };
}

/** A worker that is started when it is first asked, and knows the workspace from then on. */
function createReader(): { get: () => InPage; load: (workspace: Workspace) => void } {
  let worker: InPage | undefined;
  let workspace: Workspace | undefined;
  return {
    get: () => {
      if (!worker) {
        worker = startInPage();
        if (workspace) void worker.ask({ ask: "open", workspace });
      }
      return worker;
    },
    load: (next) => {
      workspace = next;
      if (worker) void worker.ask({ ask: "open", workspace: next });
    },
  };
}

/** Hands the open workspace to the page. */
export function DeskProvider({ desk, children }: { desk: Desk; children: ReactNode }): ReactNode {
  return <Current value={desk}>{children}</Current>;
}

/** The workspace that is open. */
export function useDesk(): Desk {
  const desk = useContext(Current);
  if (!desk) throw new Error("useDesk outside of an open workspace");
  return desk;
}

/** One part of what is supposed, followed as it changes: while a hand drags, who reads another part is not drawn again. */
export function useWhatIf<Part>(partOf: (state: WhatIfState) => Part): Part {
  const { whatIf } = useDesk();
  return useSyncExternalStore(whatIf.subscribe, () => partOf(whatIf.state()));
}

/** What is believed about every question, as the page's worker tells it. */
export function useBeliefs(): Map<string, QuestionBeliefs> | undefined {
  const { view, reader } = useDesk();
  const { data } = useQuery({
    queryKey: ["in-page", view.id, "beliefs", ...stateOf(view)],
    queryFn: async () => new Map((await reader().ask({ ask: "beliefs" })).map((one) => [one.question, one])),
    staleTime: Infinity,
    placeholderData: whileComputing(view),
  });
  return data;
}

/** The review that the page shows: of what is supposed where anything is, else of the saved beliefs. The hand that drags goes before it. */
export function useShownReview(): ReviewView | undefined {
  const { review } = useDesk();
  return useDeferredValue(useWhatIf(({ after }) => after) ?? review);
}

/** The saved beliefs over the same scenarios as the review that is shown; undefined where nothing is supposed. */
export function useSavedReview(): ReviewView | undefined {
  return useDeferredValue(useWhatIf(({ after, before }) => after && before));
}
