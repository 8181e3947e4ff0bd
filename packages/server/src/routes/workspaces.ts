import { CalendarDate, asOf, emptyWorkspace, itemKinds, visibleIndexes } from "@watershed/domain";
import type { ItemKind, Settings } from "@watershed/domain";
import { problemsOf } from "@watershed/workbench";
import type { StoredWorkspace } from "@watershed/workbench";
import { z } from "zod";
import { cardsOf } from "../cards.ts";
import { bringIn } from "../bring-in.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";
import { ItemProblem, WorkspaceCard, WorkspaceView } from "../views.ts";
import { wordProblems } from "../words.ts";
import { accepted, writeItems } from "../write-items.ts";
import { writeOptions } from "./items.ts";
import { recordedBy, workspaceOf } from "./workspace-of.ts";

const InWorkspace = z.object({ workspace: z.string() });
const kinds = Object.keys(itemKinds) as ItemKind[];

export const workspaceRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/workspaces",
    summary: "The workspaces one is in",
    needs: "signedIn",
    answers: z.object({ workspaces: z.array(WorkspaceCard) }),
    handle: async ({ house, caller }) => ({ body: { workspaces: await cardsOf(house, caller) } }),
  }),
  route({
    method: "post",
    path: "/api/workspaces",
    summary: "A new, empty workspace; whoever makes it is its first partner",
    needs: "inPerson",
    body: z.strictObject({ name: z.string().trim().min(1).max(200), asOf: CalendarDate, currency: z.string().regex(/^[A-Z]{3}$/) }),
    answers: WorkspaceCard,
    status: 201,
    handle: async ({ house, caller, body }) => {
      const settings = { ...body, id: slugOf(body.name), discountRate: 0.2 };
      const id = await bringIn(house, caller, emptyWorkspace(settings), { newPerson: true });
      const now = await house.identity.teams.of(caller.user.id);
      const cards = await cardsOf(house, { ...caller, memberships: now });
      return { status: 201, body: cards.find((card) => card.id === id)! };
    },
  }),
  route({
    method: "get",
    path: "/api/workspaces/:workspace",
    summary: "All of a workspace, now or after an earlier revision, whole or as of a day",
    needs: "read",
    params: InWorkspace,
    query: z.strictObject({
      asOf: CalendarDate.optional(),
      revision: z.coerce.number().int().positive().optional(),
      recordedBy: z.iso
        .datetime()
        .optional()
        .meta({ description: "what was recorded by that moment; all there is where it was not kept here yet" }),
    }),
    answers: WorkspaceView,
    handle: async (call) => {
      const { revision, recordedBy: moment, asOf: day } = call.query;
      const stored = revision === undefined ? await recordedBy(call, moment) : await workspaceOf(call, revision);
      const tag = `"${stored.change}-${day ?? ""}-${call.membership.role}-${call.membership.person ?? ""}"`;
      const headers = { etag: tag, "cache-control": "private, no-cache" };
      if (call.request.headers.get("if-none-match")?.replace(/^W\//, "") === tag) return new Response(null, { status: 304, headers });
      const { role, person } = call.membership;
      const body = `{"role":${JSON.stringify(role)},"person":${JSON.stringify(person ?? null)},${viewText(stored, day).slice(1)}`;
      return new Response(body, { headers: { ...headers, "content-type": "application/json" } });
    },
  }),
  route({
    method: "patch",
    path: "/api/workspaces/:workspace",
    summary: "Changes the settings of a workspace",
    needs: "decide",
    params: InWorkspace,
    body: z.strictObject({
      settings: z.record(z.string(), z.unknown()),
      expectedVersion: z.number().int().nonnegative(),
      reason: z.string().max(2000).optional(),
    }),
    answers: z.object({ settings: z.custom<Settings>(), version: z.number(), revision: z.number(), warnings: z.array(ItemProblem) }),
    handle: async (call) => {
      const { settings, expectedVersion, reason } = call.body;
      const { saved } = await writeItems(call, [{ change: "settings", settings, expectedVersion }], writeOptions(call, reason));
      const [{ version, revision, item, warnings }] = saved;
      return { body: { settings: item as Settings, version, revision, warnings } };
    },
  }),
  route({
    method: "delete",
    path: "/api/workspaces/:workspace",
    summary: "Puts a workspace away: nobody sees it any more; nothing of it is destroyed",
    needs: "administer",
    params: InWorkspace,
    gives: "nothing",
    status: 204,
    handle: async ({ house, params, caller }) => {
      await accepted(house, await house.store.archiveWorkspace(params.workspace, { author: caller.user.id, archived: true }));
      await house.identity.teams.dissolve(params.workspace);
      return { status: 204 };
    },
  }),
  route({
    method: "get",
    path: "/api/workspaces/:workspace/check",
    summary: "Everything that stands in the way of a review",
    needs: "read",
    params: InWorkspace,
    query: z.strictObject({ asOf: CalendarDate.optional() }),
    answers: z.object({ revision: z.number(), problems: z.array(ItemProblem) }),
    handle: async (call) => {
      const { change, workspace } = await workspaceOf(call);
      return { body: { revision: change, problems: wordProblems(problemsOf(workspace, call.query.asOf)) } };
    },
  }),
];

const texts = new WeakMap<StoredWorkspace, Map<string, string>>();

/** The text of a workspace's view without what differs from viewer to viewer: made once of a reading, however many are sent it. */
function viewText(stored: StoredWorkspace, day: string | undefined): string {
  const days = texts.get(stored) ?? new Map<string, string>();
  texts.set(stored, days);
  const made = days.get(day ?? "");
  if (made !== undefined) return made;
  const { change, ...view } = viewOf(stored, day);
  const text = JSON.stringify({ ...view, revision: change, recordedAt: stored.at });
  if (days.size < 8) days.set(day ?? "", text);
  return text;
}

/** A workspace with the place of every item beside it, as of a day where one is given. */
function viewOf({ id, change, workspace, stored }: StoredWorkspace, day: string | undefined) {
  const visible = day === undefined ? undefined : visibleIndexes(workspace, day);
  const placesOf = (kind: ItemKind) =>
    (visible ? visible[kind].map((index) => stored[kind][index]) : stored[kind]).map(({ key, version }) => ({ id: key, version }));
  const places = Object.fromEntries(kinds.map((kind) => [kind, placesOf(kind)])) as Record<ItemKind, { id: string; version: number }[]>;
  const { key, version } = stored.settings;
  return {
    id,
    change,
    workspace: day === undefined ? workspace : asOf(workspace, day),
    places: { ...places, settings: { id: key, version } },
  };
}

/** An id for a workspace out of its name. */
function slugOf(name: string): string {
  const words =
    name
      .normalize("NFKD")
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const slug = words.join("_").slice(0, 40);
  return /^[a-z]/.test(slug) ? slug : "workspace";
}
