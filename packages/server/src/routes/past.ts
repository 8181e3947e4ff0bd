import { decisionChanges } from "@watershed/workbench";
import type { ChangedItem, ItemChange, WorkspaceReview } from "@watershed/workbench";
import { z } from "zod";
import { openEventStream } from "../event-stream.ts";
import { route } from "../route.ts";
import type { Call, Route } from "../route.ts";
import { AuditEntry, Change, SinceLastVisit } from "../views.ts";
import { whoIs } from "../who.ts";
import { workspaceOf } from "./workspace-of.ts";

const InWorkspace = z.object({ workspace: z.string() });
const base = "/api/workspaces/:workspace";
const Revision = z.coerce.number().int().nonnegative();

/** What happened: since one last looked, since ever, and just now. */
export const pastRoutes: Route[] = [
  route({
    method: "get",
    path: `${base}/since-last-visit`,
    summary: "What changed since one's last visit, and which decisions moved for which reasons",
    needs: "read",
    params: InWorkspace,
    query: z.strictObject({ revision: Revision.optional() }),
    answers: SinceLastVisit,
    handle: async (call) => {
      const { house, params, caller, query } = call;
      const now = await workspaceOf(call);
      const to = { revision: now.change, at: now.at };
      const last = await house.store.lastVisit(params.workspace, caller.user.id);
      const from = query.revision === undefined ? last && { revision: last.change, at: last.at } : { revision: query.revision, at: now.at };
      if (!from) return { body: { from: null, to, changes: [], decisions: [] } };
      const changes = await house.store.changesSince(params.workspace, from.revision, { viewer: caller.user.id });
      const decisions = changes.length === 0 ? [] : await movedDecisions(call, from.revision, changes);
      return { body: { from, to, changes: await tellChanges(call, changes), decisions } };
    },
  }),
  route({
    method: "put",
    path: `${base}/visit`,
    summary: "Marks everything as seen",
    needs: "read",
    params: InWorkspace,
    body: z.strictObject({}),
    answers: z.object({ revision: z.number(), at: z.string() }),
    handle: async (call) => {
      const { house, params, caller } = call;
      await house.store.visit(params.workspace, caller.user.id);
      const last = (await house.store.lastVisit(params.workspace, caller.user.id))!;
      return { body: { revision: last.change, at: last.at } };
    },
  }),
  route({
    method: "get",
    path: `${base}/changes`,
    summary: "Every item that changed between two revisions, before and after",
    needs: "read",
    params: InWorkspace,
    query: z.strictObject({ since: Revision, until: Revision.optional() }),
    answers: z.object({ changes: z.array(Change) }),
    handle: async (call) => {
      const { house, params, caller, query } = call;
      const changes = await house.store.changesSince(params.workspace, query.since, { viewer: caller.user.id, until: query.until });
      return { body: { changes: await tellChanges(call, changes) } };
    },
  }),
  route({
    method: "get",
    path: `${base}/audit`,
    summary: "Who did what and when, latest first",
    needs: "readAudit",
    params: InWorkspace,
    query: z.strictObject({ before: z.string().optional(), limit: z.coerce.number().int().min(1).max(500).default(100) }),
    answers: z.object({ entries: z.array(AuditEntry), next: z.string().nullable() }),
    handle: async ({ house, params, caller, query }) => {
      const { before, limit } = query;
      const { entries, next } = await house.store.audit({ workspace: params.workspace, viewer: caller.user.id, before, limit });
      const who = await whoIs(
        house.identity,
        entries.map(({ author }) => author),
      );
      const told = entries.map(({ id, change, at, author, action, reason, items, details }) => ({
        id,
        revision: change ?? null,
        at,
        by: who(author),
        action,
        reason: reason ?? null,
        details: details ?? {},
        items: items.map(({ kind, key, version, removed }) => ({ kind, id: key, version, removed })),
      }));
      return { body: { entries: told, next: next ?? null } };
    },
  }),
  route({
    method: "get",
    path: `${base}/events`,
    summary: "Every change of the workspace as it happens, as server-sent events",
    needs: "read",
    params: InWorkspace,
    gives: "events",
    handle: async (call) => {
      const { house, params, request } = call;
      const stream = openEventStream(request, house.stopping);
      // Before the workspace is read, so that no change falls between what is told first and what is heard.
      const unsubscribe = house.store.onChange(({ workspace, change: revision, author }) => {
        if (workspace !== params.workspace) return;
        void whoIs(house.identity, [author]).then((who) => stream.send("revision", { revision, by: who(author) }));
      });
      stream.ended.addEventListener("abort", unsubscribe, { once: true });
      try {
        const { change } = await workspaceOf(call);
        stream.send("revision", { revision: change, by: null });
        return stream.response;
      } catch (error) {
        stream.close();
        throw error;
      }
    },
  }),
];

type Reading = Call<{ workspace: string }, unknown, unknown>;

async function tellChanges({ house }: Reading, changes: ItemChange[]): Promise<z.input<typeof Change>[]> {
  const who = await whoIs(
    house.identity,
    changes.map(({ author }) => author),
  );
  const told = changes.filter(({ kind }) => kind !== "streams");
  return told.map(({ kind, key, before, after, change, at, author }) => ({
    revision: change,
    at,
    by: who(author),
    kind,
    id: key,
    change: before === undefined ? "add" : after === undefined ? "remove" : "set",
    before: before ?? null,
    after: after ?? null,
  }));
}

/** The decisions that moved, from the reviews of then and now. */
async function movedDecisions(call: Reading, since: number, changes: ItemChange[]): Promise<z.input<typeof SinceLastVisit>["decisions"]> {
  const { house, caller } = call;
  const [then, now] = [since < 1 ? undefined : await workspaceOf(call, since), await workspaceOf(call)];
  const reviewOf = async (workspace: typeof now.workspace): Promise<WorkspaceReview | undefined> => {
    const { figure } = await house.figures.ask(caller.user.id, workspace, { name: "review", options: {} }, { signal: call.request.signal });
    return figure as WorkspaceReview | undefined;
  };
  const [before, after] = await Promise.all([then && reviewOf(then.workspace), reviewOf(now.workspace)]);
  if (!after) return [];
  const changed = changes.flatMap(({ kind, key, before: was, after: is }): ChangedItem[] =>
    kind === "streams" ? [] : [{ kind, id: key, before: was, after: is }],
  );
  return decisionChanges({ before, after }, now.workspace, changed).map((one) => ({
    ...one,
    before: one.before ?? null,
    after: one.after ?? null,
  }));
}
