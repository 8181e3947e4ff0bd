import { randomUUID } from "node:crypto";
import { and, eq, gt, notInArray, sql } from "drizzle-orm";
import { parseItem, parseSettings } from "@watershed/domain";
import { checkEdits } from "./check-edits.ts";
import type { Database, Transaction } from "./database.ts";
import { keyOf, plainKey } from "./item-key.ts";
import type { EditableKind } from "./item-key.ts";
import { itemText } from "./item-text.ts";
import { refused } from "./outcome.ts";
import type { By, Conflict, Edit, Outcome, Reading, Saved, StoredKind } from "./outcome.ts";
import { storeProblem } from "./problem.ts";
import type { StoreProblem } from "./problem.ts";
import { changeOfVersion, isVisible, itemIn, standingVersions, versionColumns } from "./standing.ts";
import type { VersionRow } from "./standing.ts";
import { changes, versions } from "./tables.ts";
import { earlierOutcome, holdWorkspace, placeAtEnd, writeChange } from "./write-change.ts";
import type { Head, NewVersion } from "./write-change.ts";

/**
 * Writes edits of a workspace as one change, all or none. Each edit names the version it was made on; where another stands, nothing is
 * written and both versions come back. Once it returns `saved` the change is on the disk, and a database that dies on the way
 * makes it neither twice nor not at all.
 */
export async function commit(database: Database, workspace: string, edits: Edit[], given: By & Reading): Promise<Outcome> {
  const problems = checkEdits(workspace, edits, given);
  if (problems.length > 0) return refused(...problems);
  const by = { ...given, requestId: given.requestId ?? randomUUID() };
  return database.steadily(() =>
    database.drizzle.transaction(async (tx) => {
      const head = await holdWorkspace(tx, workspace, by.requestId);
      if (!head) return refused(storeProblem("unknownWorkspace", { workspace }, { id: workspace }));
      const earlier = await earlierOutcome(tx, head);
      if (earlier) return earlier;
      if (head.archived) return refused(storeProblem("workspaceArchived", { workspace }, { id: workspace }));
      if (await isOutOfDate(tx, head, edits, by))
        return refused(storeProblem("changedMeanwhile", { workspace }, { id: workspace, expected: by.readAt!, found: head.number }));
      return carryOut(tx, head, edits, by);
    }),
  );
}

/** Kinds of which others may write more without any edit fitting less: but for one that removes something or changes the settings. */
const beside: StoredKind[] = ["forecasts", "assessments", "notes", "streams"];

/** Whether something was written since the workspace was read, beside which the edits may not stand; nobody writes until they are written. */
async function isOutOfDate(tx: Transaction, head: Head, edits: Edit[], { readAt, alone = false }: Reading): Promise<boolean> {
  if (readAt === undefined || readAt >= head.number) return false;
  const isDelicate = alone || edits.some((edit) => edit.do === "remove" || edit.do === "settings");
  const [found] = await tx
    .select({ change: versions.change })
    .from(versions)
    .where(
      and(
        eq(versions.workspace, head.workspace),
        gt(versions.change, readAt),
        isDelicate ? undefined : notInArray(sql`${versions.kind}`, beside),
      ),
    )
    .limit(1);
  return found !== undefined;
}

/** What the edits make of a workspace, gathered before anything is written. */
interface Gathering {
  by: By;
  head: Head;
  standing: Map<string, VersionRow>;
  rows: NewVersion[];
  saved: Saved[];
  conflicts: Conflict[];
  /** Notes that everybody could read and that are private from now on. */
  hidden: string[];
  problems: StoreProblem[];
}

async function carryOut(tx: Transaction, head: Head, edits: Edit[], by: By): Promise<Outcome> {
  const gathering: Gathering = {
    by,
    head,
    standing: await standingOf(tx, head, edits),
    rows: [],
    saved: [],
    conflicts: [],
    hidden: [],
    problems: [],
  };
  for (const edit of edits) takeEdit(gathering, edit);
  await checkNoteOwners(tx, gathering);
  if (gathering.problems.length > 0) return refused(...gathering.problems);
  if (gathering.conflicts.length > 0) return { outcome: "conflict", conflicts: await withBases(tx, gathering) };
  const { rows, saved } = gathering;
  if (rows.length === 0) return { outcome: "saved", workspace: head.workspace, change: head.number, at: head.at!.toISOString(), saved };
  const { number, at } = await writeChange(tx, head, { action: actionOf(edits), by, rows });
  return { outcome: "saved", workspace: head.workspace, change: number, at: at.toISOString(), saved };
}

/** What stands of what is edited. */
async function standingOf(tx: Transaction, head: Head, edits: Edit[]): Promise<Map<string, VersionRow>> {
  const named = edits.map(nameOf);
  const found = await standingVersions(tx, head.workspace, {
    kinds: [...new Set(named.map(({ kind }) => kind))],
    keys: [...new Set(named.map(({ key }) => key))],
  });
  const standing = new Map(found.map((row) => [nameIn(row.kind, row.key), row]));
  // Names that the store makes get a number where they are taken, and so may those be.
  const taken = named.filter(({ kind, key, numbered }) => numbered && standing.has(nameIn(kind, key)));
  if (taken.length === 0) return standing;
  const alike = taken.map(({ kind, key }) => sql`(kind = ${kind} and starts_with(key, ${`${key}#`}))`);
  const rows = await tx
    .select({ kind: sql<StoredKind>`${versions.kind}`, key: versions.key })
    .from(versions)
    .where(and(eq(versions.workspace, head.workspace), sql`(${sql.join(alike, sql` or `)})`));
  for (const { kind, key } of rows) if (!standing.has(nameIn(kind, key))) standing.set(nameIn(kind, key), { kind, key } as VersionRow);
  return standing;
}

/** The item an edit is about; a name that the store makes is the first it tries. */
function nameOf(edit: Edit): { kind: StoredKind; key: string; numbered: boolean } {
  if (edit.do === "settings" || edit.do === "streams") return { kind: edit.do, key: "", numbered: false };
  if (edit.do === "remove" || (edit.do === "save" && edit.key !== undefined))
    return { kind: edit.kind, key: plainKey(edit.key!), numbered: false };
  return { kind: edit.kind, key: keyOf(edit.kind, edit.item, () => false), numbered: true };
}

const nameIn = (kind: StoredKind, key: string): string => `${kind}\u0000${key}`;

function takeEdit(gathering: Gathering, edit: Edit): void {
  switch (edit.do) {
    case "append":
      return append(gathering, edit.kind, edit.item);
    case "save":
      return save(gathering, edit);
    case "remove":
      return put(gathering, { kind: edit.kind, key: plainKey(edit.key), expectedVersion: edit.expectedVersion, item: undefined });
    case "settings":
      return put(gathering, { kind: "settings", key: "", expectedVersion: edit.expectedVersion, item: parseSettings(edit.settings).item });
    case "streams": {
      const row = gathering.standing.get(nameIn("streams", ""));
      const names = row ? (itemIn(row) as string[]) : [];
      const more = edit.names.filter((name) => !names.includes(name));
      return put(gathering, { kind: "streams", key: "", expectedVersion: row?.version ?? 0, item: [...new Set([...names, ...more])] });
    }
  }
}

function append(gathering: Gathering, kind: Extract<Edit, { do: "append" }>["kind"], given: unknown): void {
  const item = parseItem(kind, given).item;
  const isTaken = (key: string): boolean => gathering.standing.has(nameIn(kind, key));
  const key = keyOf(kind, item, isTaken);
  // A decision has an id of its own, and the id is how others speak of it.
  if (kind === "decisions" && isTaken((item as { id: string }).id))
    return void gathering.problems.push(
      storeProblem("keyTaken", { workspace: gathering.head.workspace, kind, key }, { key: (item as { id: string }).id }),
    );
  put(gathering, { kind, key, expectedVersion: 0, item });
}

function save(gathering: Gathering, edit: Extract<Edit, { do: "save" }>): void {
  const item = parseItem(edit.kind as EditableKind, edit.item).item;
  const named = edit.key === undefined ? undefined : plainKey(edit.key);
  const key = named ?? keyOf(edit.kind, item, (key) => isNewBesides(gathering, edit, key));
  put(gathering, { kind: edit.kind, key, expectedVersion: edit.expectedVersion, item });
}

/** A kind without ids gets a fresh name for every new item; an id that is there already is a conflict instead. */
function isNewBesides({ standing }: Gathering, edit: Extract<Edit, { do: "save" }>, key: string): boolean {
  const hasId = typeof (edit.item as { id?: unknown }).id === "string";
  return !hasId && edit.expectedVersion === 0 && standing.has(nameIn(edit.kind, key));
}

interface Putting {
  kind: StoredKind;
  key: string;
  expectedVersion: number;
  item: unknown;
}

function put(gathering: Gathering, { kind, key, expectedVersion, item }: Putting): void {
  const { head, by, standing, saved } = gathering;
  const row = standing.get(nameIn(kind, key));
  const isHidden = row !== undefined && !isVisible(row, by.author);
  const isMissing =
    (row === undefined && expectedVersion > 0) || (row?.data === null && item === undefined && row.version === expectedVersion);
  if (isHidden || isMissing) {
    const code = isHidden && expectedVersion === 0 ? "keyTaken" : "unknownItem";
    return void gathering.problems.push(storeProblem(code, { workspace: head.workspace, kind, key }, { key, kind }));
  }
  if (gathering.rows.some((one) => one.kind === kind && one.key === key))
    return void gathering.problems.push(storeProblem("editedTwice", { workspace: head.workspace, kind, key }, { key, kind }));
  const data = item === undefined ? null : itemText(item);
  if (row && row.data === data) return void saved.push({ kind, key, version: row.version });
  const stands = row === undefined || (row.data === null && expectedVersion === 0) ? expectedVersion : row.version;
  if (stands !== expectedVersion) {
    const theirs = { version: row!.version, item: itemIn(row!), author: row!.author, at: row!.at.toISOString() };
    return void gathering.conflicts.push({ kind, key, expectedVersion, mine: item, theirs });
  }
  const place = row?.place ?? placeAtEnd(head.number + 1, gathering.rows.length);
  const version = (row?.version ?? 0) + 1;
  const made = { kind, key, version, place, owner: ownerOf(kind, item, row, by), data };
  if (made.owner !== null && row?.owner === null) gathering.hidden.push(key);
  gathering.rows.push(made);
  saved.push({ kind, key, version });
  standing.set(nameIn(kind, key), { ...made, change: head.number + 1, at: new Date(0), author: by.author });
}

/** A private note is its author's; what is left of it when it is removed too. */
function ownerOf(kind: StoredKind, item: unknown, row: VersionRow | undefined, by: By): string | null {
  if (kind !== "notes") return null;
  if (item === undefined) return row?.owner ?? null;
  return (item as { private?: boolean }).private ? (row?.owner ?? by.author) : null;
}

/** Only who wrote a note may take it away from the others. */
async function checkNoteOwners(tx: Transaction, { hidden, head, by, problems }: Gathering): Promise<void> {
  for (const key of hidden) {
    const [first] = await tx
      .select({ author: changes.author })
      .from(versions)
      .innerJoin(changes, changeOfVersion)
      .where(and(eq(versions.workspace, head.workspace), eq(versions.kind, "notes"), eq(versions.key, key), eq(versions.version, 1)));
    if (first && first.author !== by.author)
      problems.push(storeProblem("ownedByAnother", { workspace: head.workspace, kind: "notes", key }, { key }));
  }
}

async function withBases(tx: Transaction, { conflicts, head, by }: Gathering): Promise<Conflict[]> {
  const found: Conflict[] = [];
  for (const conflict of conflicts) {
    const { kind, key, expectedVersion } = conflict;
    const [row] = await tx
      .select({ owner: versions.owner, data: versionColumns.data })
      .from(versions)
      .where(
        and(eq(versions.workspace, head.workspace), eq(versions.kind, kind), eq(versions.key, key), eq(versions.version, expectedVersion)),
      );
    const base = row && isVisible(row, by.author) ? itemIn(row) : undefined;
    found.push(base === undefined ? conflict : { ...conflict, base });
  }
  return found;
}

/** What the audit trail calls a change: what was done, where all of it was the same. */
function actionOf(edits: Edit[]): string {
  const done = new Set(edits.map((edit) => edit.do));
  return done.size === 1
    ? { save: "saved", append: "appended", remove: "removed", settings: "settings", streams: "streams" }[edits[0].do]
    : "edited";
}
