import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { call } from "../data/api.ts";
import type { AccessToken, AuditEntry, Invitation, Member } from "../data/contract.ts";

const at = (workspace: string): string => `/workspaces/${encodeURIComponent(workspace)}`;

export const membersQuery = (workspace: string) =>
  queryOptions({
    queryKey: ["team", workspace, "members"],
    queryFn: async () => (await call<{ members: Member[] }>("GET", `${at(workspace)}/members`)).members,
  });

export const invitationsQuery = (workspace: string) =>
  queryOptions({
    queryKey: ["team", workspace, "invitations"],
    queryFn: async () => (await call<{ invitations: Invitation[] }>("GET", `${at(workspace)}/invitations`)).invitations,
  });

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: async () => (await call<{ tokens: AccessToken[] }>("GET", "/tokens")).tokens,
});

interface AuditPage {
  entries: AuditEntry[];
  next: string | null;
}

/** The trail from its end, page after page; a new revision begins it anew. */
export const auditQuery = (workspace: string, revision: number) =>
  infiniteQueryOptions({
    queryKey: ["team", workspace, "audit", revision],
    queryFn: ({ pageParam }) =>
      call<AuditPage>("GET", `${at(workspace)}/audit?limit=50${pageParam === null ? "" : `&before=${encodeURIComponent(pageParam)}`}`),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
