import { itemKinds } from "@watershed/domain";
import type { ItemKind } from "@watershed/domain";
import { z } from "zod";
import { mayRemoveNote } from "../own-items.ts";
import { Refusal } from "../refusal.ts";
import { route } from "../route.ts";
import type { Call, Route } from "../route.ts";
import { HeldItem, ItemVersion, Kind, Saved } from "../views.ts";
import { whoIs } from "../who.ts";
import { capabilityFor, isAppendOnly } from "../asked-change.ts";
import type { AskedChange, Editable } from "../asked-change.ts";
import { writeItems } from "../write-items.ts";
import type { WriteOptions } from "../write-items.ts";
import { workspaceOf } from "./workspace-of.ts";

const InWorkspace = z.object({ workspace: z.string() });
const OneItem = InWorkspace.extend({ item: z.string() });
const Version = z.number().int().nonnegative();
const reason = z.string().max(2000).optional();

const AskedChanges = z.array(
  z.discriminatedUnion("change", [
    z.strictObject({ change: z.literal("add"), kind: Kind, item: z.unknown(), standing: z.string().nullable().optional() }),
    z.strictObject({ change: z.literal("set"), kind: Kind, id: z.string(), item: z.unknown(), expectedVersion: Version }),
    z.strictObject({ change: z.literal("remove"), kind: Kind, id: z.string(), expectedVersion: Version }),
    z.strictObject({ change: z.literal("settings"), settings: z.unknown(), expectedVersion: Version }),
  ]),
);

const allKinds = Object.keys(itemKinds) as ItemKind[];

/** Items of every kind: read, their history, added, changed, removed. */
export const itemRoutes: Route[] = [...allKinds.flatMap((kind) => [...readingRoutes(kind), ...writingRoutes(kind)]), changesRoute()];

/** What a write was asked with besides its items; a name that the caller gives a request makes it happen once. */
export function writeOptions({ request, caller }: Pick<Call<never, never, never>, "request" | "caller">, given?: string): WriteOptions {
  const name = request.headers.get("idempotency-key");
  return { ...(given ? { reason: given } : {}), ...(name ? { requestId: `${caller.user.id} ${name.slice(0, 200)}` } : {}) };
}

function readingRoutes(kind: ItemKind): Route[] {
  const list = `/api/workspaces/:workspace/${kind}`;
  return [
    route({
      method: "get",
      path: list,
      summary: `Every ${itemKinds[kind].one}`,
      needs: "read",
      params: InWorkspace,
      answers: z.object({ revision: z.number(), items: z.array(HeldItem) }),
      handle: async (call) => {
        const { change, workspace, stored } = await workspaceOf(call);
        const items = stored[kind].map(({ key, version }, place) => ({ id: key, version, item: workspace[kind][place] as unknown }));
        return { body: { revision: change, items } };
      },
    }),
    route({
      method: "get",
      path: `${list}/:item`,
      summary: `One ${itemKinds[kind].one}`,
      needs: "read",
      params: OneItem,
      answers: HeldItem,
      handle: async (call) => {
        const { workspace, stored } = await workspaceOf(call);
        const place = stored[kind].findIndex(({ key }) => key === call.params.item);
        if (place < 0) throw new Refusal("notFound");
        return { body: { id: call.params.item, version: stored[kind][place].version, item: workspace[kind][place] as unknown } };
      },
    }),
    route({
      method: "get",
      path: `${list}/:item/history`,
      summary: `Every version of one ${itemKinds[kind].one}, oldest first`,
      needs: "read",
      params: OneItem,
      answers: z.object({ versions: z.array(ItemVersion) }),
      handle: async ({ house, params, caller }) => {
        const versions = await house.store.history(params.workspace, kind, params.item, { viewer: caller.user.id });
        if (versions.length === 0) throw new Refusal("notFound");
        const who = await whoIs(
          house.identity,
          versions.map(({ author }) => author),
        );
        const told = versions.map(({ version, change, at, author, reason: why, item }) => ({
          version,
          revision: change,
          at,
          by: who(author),
          item: item ?? null,
          ...(why === undefined ? {} : { reason: why }),
        }));
        return { body: { versions: told } };
      },
    }),
  ];
}

function writingRoutes(kind: ItemKind): Route[] {
  const list = `/api/workspaces/:workspace/${kind}`;
  const { one, schema } = itemKinds[kind];
  const needs = capabilityFor(kind);
  const item = z.record(z.string(), z.unknown()).meta({ description: `A ${one}`, item: (schema as z.ZodType).meta()?.id ?? kind });
  const append = isAppendOnly(kind);
  const add = route({
    method: "post",
    path: list,
    summary: append ? `A new ${one}; what stood before is superseded, not changed` : `A new ${one}`,
    needs,
    params: InWorkspace,
    body: z.strictObject({ item, standing: z.string().nullable().optional(), expectedVersion: Version.optional(), reason }),
    answers: Saved,
    status: 201,
    handle: async (call) => {
      const { item: content, standing, reason: why } = call.body;
      const { saved } = await writeItems(call, [{ change: "add", kind, item: content, standing }], writeOptions(call, why));
      return { status: 201, body: saved[0] };
    },
  });
  if (append) return [add, refusedRoute("put", kind), refusedRoute("delete", kind)];
  return [add, setRoute(kind, item), removeRoute(kind)];
}

function setRoute(kind: Editable, item: z.ZodType): Route {
  return route({
    method: "put",
    path: `/api/workspaces/:workspace/${kind}/:item`,
    summary: `Changes one ${itemKinds[kind].one}`,
    needs: capabilityFor(kind),
    params: OneItem,
    body: z.strictObject({ item, expectedVersion: Version, reason }),
    answers: Saved,
    handle: async (call) => {
      const { item: content, expectedVersion, reason: why } = call.body;
      const change: AskedChange = { change: "set", kind, id: call.params.item, item: content, expectedVersion };
      const { saved } = await writeItems(call, [change], writeOptions(call, why));
      return { body: saved[0] };
    },
  });
}

function removeRoute(kind: Editable): Route {
  return route({
    method: "delete",
    path: `/api/workspaces/:workspace/${kind}/:item`,
    summary: `Removes one ${itemKinds[kind].one}; its history stays`,
    needs: capabilityFor(kind),
    params: OneItem,
    query: z.strictObject({ expectedVersion: z.coerce.number().int().nonnegative(), reason }),
    answers: z.object({ revision: z.number() }),
    handle: async (call) => {
      mayRemoveNote(call, await workspaceOf(call), kind, call.params.item);
      const change: AskedChange = { change: "remove", kind, id: call.params.item, expectedVersion: call.query.expectedVersion };
      const { revision } = await writeItems(call, [change], writeOptions(call, call.query.reason));
      return { body: { revision } };
    },
  });
}

function refusedRoute(method: "put" | "delete", kind: ItemKind): Route {
  return route({
    method,
    path: `/api/workspaces/:workspace/${kind}/:item`,
    summary: `Always refused: a ${itemKinds[kind].one} is never changed or removed`,
    needs: capabilityFor(kind),
    params: OneItem,
    answers: z.never(),
    handle: async () => {
      throw new Refusal("appendOnly", { kind });
    },
  });
}

function changesRoute(): Route {
  return route({
    method: "post",
    path: "/api/workspaces/:workspace/changes",
    summary: "Several changes at once, all or none",
    needs: "research",
    params: InWorkspace,
    body: z.strictObject({ changes: AskedChanges.min(1).max(500), reason }),
    answers: z.object({ revision: z.number(), saved: z.array(Saved) }),
    handle: async (call) => {
      const changes = call.body.changes.map((change): AskedChange => {
        if ((change.change === "set" || change.change === "remove") && isAppendOnly(change.kind))
          throw new Refusal("appendOnly", { kind: change.kind });
        return change as AskedChange;
      });
      const before = await workspaceOf(call);
      for (const change of changes) if (change.change === "remove") mayRemoveNote(call, before, change.kind, change.id);
      return { body: await writeItems(call, changes, writeOptions(call, call.body.reason)) };
    },
  });
}
