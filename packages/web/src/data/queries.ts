import { QueryClient, queryOptions } from "@tanstack/react-query";
import type { CompanyExplanation, CompanyPrice, CompanyThresholds, ActionsReview, Disagreement, JointWorth } from "@watershed/workbench";
import { ApiError, call, rememberToken } from "./api.ts";
import { endOf } from "../past/day.ts";
import type { Figures, ReviewView, SessionView, SinceLastVisit, WorkspaceView } from "./contract.ts";

/** Asks again after a failure of the world, never after a refusal. */
export function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
        networkMode: "always",
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async () => {
    const session = await call<SessionView>("GET", "/session");
    rememberToken(session.csrfToken);
    return session;
  },
});

const at = (workspace: string): string => `/workspaces/${encodeURIComponent(workspace)}`;

/** A state of a workspace that was read: now, or as of a past day. */
export type ReadState = Pick<WorkspaceView, "id" | "revision" | "past">;

/** What tells the states of one workspace apart: the end of the key of whatever is computed from one. */
export function stateOf({ revision, past }: ReadState): [revision: number, asOf: string | null] {
  return [revision, past?.asOf ?? null];
}

/** A path with what makes the server answer for the state that was read: nothing for now, which it answers for anyway. */
function pathIn({ id, revision, past }: ReadState, path: string): string {
  const query = past ? `${path.includes("?") ? "&" : "?"}revision=${revision}&asOf=${past.asOf}` : "";
  return `${at(id)}${path}${query}`;
}

export const workspaceQuery = (workspace: string) =>
  queryOptions({ queryKey: ["workspace", workspace], queryFn: () => call<WorkspaceView>("GET", at(workspace)) });

/** The workspace as it was known at a moment, or at the end of a day where the reader is. */
export const pastQuery = (workspace: string, past: string) =>
  queryOptions({
    queryKey: ["workspace", workspace, "as of", past],
    queryFn: async (): Promise<WorkspaceView> => {
      const [view, { readAsOf }] = await Promise.all([
        call<WorkspaceView>("GET", `${at(workspace)}?recordedBy=${endOf(past)}`),
        import("../past/read-as-of.ts"),
      ]);
      return readAsOf(view, past);
    },
  });

/** While a state's figures are computed, those of the state before stand for them; never those of another day or workspace. */
export function whileComputing(of: ReadState) {
  const [, asOf] = stateOf(of);
  return <Data>(before: Data | undefined, query: { queryKey: readonly unknown[] } | undefined): Data | undefined =>
    query?.queryKey.at(-1) === asOf && query.queryKey[1] === of.id ? before : undefined;
}

const figuresQuery = <Name extends string, What>(of: ReadState, path: string) =>
  queryOptions({
    queryKey: ["figures", of.id, path, ...stateOf(of)],
    queryFn: () => call<Figures<Name, What>>("GET", pathIn(of, path)),
  });

export const reviewQuery = (of: ReadState) =>
  queryOptions({ ...figuresQuery<"review", ReviewView>(of, "/review?theses=true"), placeholderData: whileComputing(of) });

export const sinceLastVisitQuery = (of: ReadState) =>
  queryOptions({
    queryKey: ["figures", of.id, "since", of.revision],
    queryFn: () => call<SinceLastVisit>("GET", `${at(of.id)}/since-last-visit`),
    staleTime: Infinity,
  });

export const explainQuery = (of: ReadState, company: string) =>
  figuresQuery<"explanation", CompanyExplanation | undefined>(of, `/companies/${company}/explain`);

export const priceQuery = (of: ReadState, company: string, question?: string) =>
  figuresQuery<"price", CompanyPrice | undefined>(of, `/companies/${company}/price${question ? `?question=${question}` : ""}`);

export const thresholdsQuery = (of: ReadState, company: string) =>
  figuresQuery<"thresholds", CompanyThresholds | undefined>(of, `/companies/${company}/thresholds`);

export const disagreementQuery = (of: ReadState) => figuresQuery<"disagreement", Disagreement | undefined>(of, "/disagreement");

export const actionsQuery = (of: ReadState) => figuresQuery<"actions", ActionsReview>(of, "/actions-worth");

export const jointWorthQuery = (of: ReadState, questions: string[]) =>
  figuresQuery<"jointWorth", JointWorth | undefined>(of, `/joint-worth?questions=${questions.join(",")}`);
