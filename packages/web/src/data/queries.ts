import { QueryClient, queryOptions } from "@tanstack/react-query";
import type { CompanyExplanation, CompanyPrice, CompanyThresholds, ActionsReview, Disagreement, JointWorth } from "@watershed/workbench";
import { ApiError, call, rememberToken } from "./api.ts";
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

export const workspaceQuery = (workspace: string) =>
  queryOptions({ queryKey: ["workspace", workspace], queryFn: () => call<WorkspaceView>("GET", at(workspace)) });

export const reviewQuery = (workspace: string, revision: number) =>
  queryOptions({
    queryKey: ["figures", workspace, "review", revision],
    queryFn: () => call<Figures<"review", ReviewView>>("GET", `${at(workspace)}/review?theses=true`),
    placeholderData: (before) => before,
  });

export const sinceLastVisitQuery = (workspace: string, revision: number) =>
  queryOptions({
    queryKey: ["figures", workspace, "since", revision],
    queryFn: () => call<SinceLastVisit>("GET", `${at(workspace)}/since-last-visit`),
    staleTime: Infinity,
  });

const figuresQuery = <Name extends string, What>(workspace: string, revision: number, path: string) =>
  queryOptions({
    queryKey: ["figures", workspace, path, revision],
    queryFn: () => call<Figures<Name, What>>("GET", `${at(workspace)}${path}`),
  });

export const explainQuery = (workspace: string, revision: number, company: string) =>
  figuresQuery<"explanation", CompanyExplanation | undefined>(workspace, revision, `/companies/${company}/explain`);

export const priceQuery = (workspace: string, revision: number, company: string, question?: string) =>
  figuresQuery<"price", CompanyPrice | undefined>(
    workspace,
    revision,
    `/companies/${company}/price${question ? `?question=${question}` : ""}`,
  );

export const thresholdsQuery = (workspace: string, revision: number, company: string) =>
  figuresQuery<"thresholds", CompanyThresholds | undefined>(workspace, revision, `/companies/${company}/thresholds`);

export const disagreementQuery = (workspace: string, revision: number) =>
  figuresQuery<"disagreement", Disagreement | undefined>(workspace, revision, "/disagreement");

export const actionsQuery = (workspace: string, revision: number) =>
  figuresQuery<"actions", ActionsReview>(workspace, revision, "/actions-worth");

export const jointWorthQuery = (workspace: string, revision: number, questions: string[]) =>
  figuresQuery<"jointWorth", JointWorth | undefined>(workspace, revision, `/joint-worth?questions=${questions.join(",")}`);
