import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { itemKinds } from "@watershed/domain";
import type { ItemKind, Note, Workspace } from "@watershed/domain";
import { checkBy } from "./check-edits.ts";
import type { Database, Transaction } from "./database.ts";
import { keyOf } from "./item-key.ts";
import { itemText } from "./item-text.ts";
import { refused } from "./outcome.ts";
import type { By, Outcome } from "./outcome.ts";
import { storeProblem } from "./problem.ts";
import { workspaces } from "./tables.ts";
import { earlierOutcome, holdWorkspace, placeAtEnd, writeChange } from "./write-change.ts";
import type { NewVersion } from "./write-change.ts";

export interface Importing extends By {
  /** The store's name for the workspace; its settings' id unless given. */
  id?: string;
  /** The author who owns the private notes of a person (`by`); the one who imports unless named. */
  owners?: Record<string, string>;
}

/** Stores a whole workspace under an id that is free, as its first change; every item is kept, sound or not, in its order. */
export async function importWorkspace(database: Database, workspace: Workspace, given: Importing): Promise<Outcome> {
  const id = given.id ?? workspace.settings.id;
  const problems = checkBy(given);
  if (!/^[a-z0-9][a-z0-9_-]{0,63}$/.test(id)) problems.push(storeProblem("badWorkspaceId", { workspace: id }, { id }));
  if (problems.length > 0) return refused(...problems);
  const by: Importing = { ...given, requestId: given.requestId ?? randomUUID() };
  return database.steadily(() => database.drizzle.transaction((tx) => importInto(tx, id, workspace, by)));
}

async function importInto(tx: Transaction, id: string, workspace: Workspace, by: Importing): Promise<Outcome> {
  const made = await tx
    .insert(workspaces)
    .values({ id, createdAt: by.at === undefined ? sql`now()` : sql`least(now(), ${by.at}::timestamptz)`, createdBy: by.author })
    .onConflictDoNothing()
    .returning({ id: workspaces.id });
  const head = (await holdWorkspace(tx, id, by.requestId!))!;
  if (made.length === 0) return (await earlierOutcome(tx, head)) ?? refused(storeProblem("workspaceExists", { workspace: id }, { id }));
  const rows = firstVersions(workspace, by);
  const { number, at } = await writeChange(tx, head, { action: "imported", by, rows });
  return {
    outcome: "saved",
    workspace: id,
    change: number,
    at: at.toISOString(),
    saved: rows.map(({ kind, key, version }) => ({ kind, key, version })),
  };
}

/** Every item of a workspace as a first version. */
export function firstVersions(workspace: Workspace, by: Importing): NewVersion[] {
  const single = (kind: "settings" | "streams", item: unknown): NewVersion => ({
    kind,
    key: "",
    version: 1,
    place: 0,
    owner: null,
    data: itemText(item),
  });
  const items = (Object.keys(itemKinds) as ItemKind[]).flatMap((kind) => {
    const taken = new Set<string>();
    return (workspace[kind] as unknown[]).map((item, index): NewVersion => {
      const key = keyOf(kind, item, (name) => taken.has(name));
      taken.add(key);
      return { kind, key, version: 1, place: placeAtEnd(1, index), owner: importedOwner(kind, item, by), data: itemText(item) };
    });
  });
  return [single("settings", workspace.settings), single("streams", workspace.streams), ...items];
}

/** Who owns an imported item alone; null for what everybody may read. */
export function importedOwner(kind: ItemKind, item: unknown, { author, owners = {} }: Importing): string | null {
  if (kind !== "notes" || !(item as Note).private) return null;
  const { by } = item as Note;
  return by !== undefined && Object.hasOwn(owners, by) ? owners[by] : author;
}

/** Puts a workspace away, or takes it back: it stays as it is, and is not written to meanwhile. */
export async function archiveWorkspace(database: Database, id: string, given: By & { archived: boolean }): Promise<Outcome> {
  const problems = checkBy(given);
  if (problems.length > 0) return refused(...problems);
  const { archived, ...by } = { ...given, requestId: given.requestId ?? randomUUID() };
  return database.steadily(() =>
    database.drizzle.transaction(async (tx) => {
      const head = await holdWorkspace(tx, id, by.requestId);
      if (!head) return refused(storeProblem("unknownWorkspace", { workspace: id }, { id }));
      const earlier = await earlierOutcome(tx, head);
      if (earlier) return earlier;
      if (head.archived === archived)
        return { outcome: "saved", workspace: id, change: head.number, at: head.at!.toISOString(), saved: [] };
      await tx
        .update(workspaces)
        .set({ archivedAt: archived ? sql`now()` : null })
        .where(eq(workspaces.id, id));
      const { number, at } = await writeChange(tx, head, { action: archived ? "archived" : "reopened", by, rows: [] });
      return { outcome: "saved", workspace: id, change: number, at: at.toISOString(), saved: [] };
    }),
  );
}
