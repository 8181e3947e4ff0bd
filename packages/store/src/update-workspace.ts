import { randomUUID } from "node:crypto";
import { itemKinds } from "@watershed/domain";
import type { ItemKind, Workspace } from "@watershed/domain";
import { checkBy } from "./check-edits.ts";
import type { Database, Transaction } from "./database.ts";
import { importedOwner } from "./import-workspace.ts";
import type { Importing } from "./import-workspace.ts";
import { appendOnlyKinds, keyOf } from "./item-key.ts";
import { itemText } from "./item-text.ts";
import { keptInOrder, placesBetween } from "./list-places.ts";
import { refused } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { storeProblem } from "./problem.ts";
import type { StoreProblem } from "./problem.ts";
import { sameMeaning } from "./same-meaning.ts";
import { inPlace, isVisible, itemIn, standingVersions } from "./standing.ts";
import type { VersionRow } from "./standing.ts";
import { earlierOutcome, holdWorkspace, placeAtEnd, writeChange } from "./write-change.ts";
import type { Head, NewVersion } from "./write-change.ts";

export interface Updating extends Omit<Importing, "id"> {
  /** The change at which the workspace was taken out; where others have changed it since, nothing is written. Unless given, nobody asks. */
  expectedChange?: number;
}

/**
 * Makes a stored workspace equal to another in one change: what differs gets a new version, what is missing is removed, others' private notes stay.
 * Refused where something said once and for all would have to change or go; streams are only added to.
 */
export async function updateWorkspace(database: Database, id: string, workspace: Workspace, given: Updating): Promise<Outcome> {
  const problems = checkBy(given);
  if (problems.length > 0) return refused(...problems);
  const by = { ...given, requestId: given.requestId ?? randomUUID() };
  return database.steadily(() =>
    database.drizzle.transaction(async (tx) => {
      const head = await holdWorkspace(tx, id, by.requestId);
      if (!head) return refused(storeProblem("unknownWorkspace", { workspace: id }, { id }));
      const earlier = await earlierOutcome(tx, head);
      if (earlier) return earlier;
      if (head.archived) return refused(storeProblem("workspaceArchived", { workspace: id }, { id }));
      if (by.expectedChange !== undefined && by.expectedChange !== head.number)
        return refused(storeProblem("changedMeanwhile", { workspace: id }, { id, expected: by.expectedChange, found: head.number }));
      return bringTo(tx, head, workspace, by);
    }),
  );
}

async function bringTo(tx: Transaction, head: Head, workspace: Workspace, by: Updating): Promise<Outcome> {
  const standing = (await standingVersions(tx, head.workspace)).toSorted(inPlace);
  const problems: StoreProblem[] = [];
  const kinds = Object.keys(itemKinds) as ItemKind[];
  const rows = [
    ...singleRows(standing, workspace),
    ...kinds.flatMap((kind) => {
      const made = rowsOfKind(kind, standing, workspace[kind], { ...by, end: placeAtEnd(head.number + 1, 0) });
      for (const key of made.unwilling) problems.push(storeProblem("appendOnly", { workspace: head.workspace, kind, key }, { kind, key }));
      return made.rows;
    }),
  ];
  if (problems.length > 0) return refused(...problems);
  const saved = rows.map(({ kind, key, version }) => ({ kind, key, version }));
  if (rows.length === 0) return { outcome: "saved", workspace: head.workspace, change: head.number, at: head.at!.toISOString(), saved };
  const { number, at } = await writeChange(tx, head, { action: "updated", by, rows });
  return { outcome: "saved", workspace: head.workspace, change: number, at: at.toISOString(), saved };
}

function singleRows(standing: VersionRow[], { settings, streams }: Workspace): NewVersion[] {
  const find = (kind: "settings" | "streams"): VersionRow | undefined => standing.find((row) => row.kind === kind);
  const known = find("streams") ? (itemIn(find("streams")!) as string[]) : [];
  const wanted = { settings, streams: [...new Set([...known, ...streams])] };
  return (["settings", "streams"] as const).flatMap((kind) => {
    const row = find(kind);
    if (row && sameMeaning(itemIn(row), wanted[kind])) return [];
    return [{ kind, key: "", version: (row?.version ?? 0) + 1, place: 0, owner: null, data: itemText(wanted[kind]) }];
  });
}

/** One wanted item and the stored one that becomes it. */
interface Pair {
  item: unknown;
  row: VersionRow | undefined;
}

function rowsOfKind(
  kind: ItemKind,
  all: VersionRow[],
  items: unknown[],
  by: Updating & { end: number },
): { rows: NewVersion[]; unwilling: string[] } {
  const ofKind = all.filter((row) => row.kind === kind);
  const standing = ofKind.filter((row) => row.data !== null && isVisible(row, by.author));
  const isAppendOnly = (appendOnlyKinds as readonly string[]).includes(kind);
  const { pairs, left } = paired(kind, standing, items, isAppendOnly);
  if (isAppendOnly && left.length > 0) return { rows: [], unwilling: left.map(({ key }) => key) };
  const places = placesOf(pairs, by.end);
  const taken = new Map(ofKind.map((row) => [row.key, row]));
  const changed = pairs.flatMap(({ item, row }, index): NewVersion[] => {
    const stays = row !== undefined && sameMeaning(itemIn(row), item);
    if (stays && (isAppendOnly || row.place === places[index])) return [];
    const removed = row ?? removedBefore(kind, item, taken, by);
    const key = removed?.key ?? keyOf(kind, item, (name) => taken.has(name));
    taken.set(key, { ...removed, kind, key, data: "" } as VersionRow);
    const owner = row?.owner ?? importedOwner(kind, item, by);
    const data = itemText(item);
    return [{ kind, key, version: (removed?.version ?? 0) + 1, place: places[index], owner: isPrivate(kind, item) ? owner : null, data }];
  });
  const gone = left.map((row) => ({ kind, key: row.key, version: row.version + 1, place: row.place, owner: row.owner, data: null }));
  return { rows: [...changed, ...gone], unwilling: [] };
}

/** A thing that was removed and comes again goes on with its versions. */
function removedBefore(kind: ItemKind, item: unknown, taken: Map<string, VersionRow>, by: Updating): VersionRow | undefined {
  const row = taken.get(keyOf(kind, item, () => false));
  return row && row.data === null && isVisible(row, by.author) ? row : undefined;
}

const isPrivate = (kind: ItemKind, item: unknown): boolean => kind === "notes" && Boolean((item as { private?: boolean }).private);

/** Finds for every wanted item the stored one it comes from: one of the same name, and of several the one that says the same. */
function paired(kind: ItemKind, standing: VersionRow[], items: unknown[], exactly: boolean): { pairs: Pair[]; left: VersionRow[] } {
  const nameOf = (item: unknown): string => keyOf(kind, item, () => false);
  const free = Map.groupBy(standing, (row) => nameOf(itemIn(row)));
  const take = (item: unknown, fits: (row: VersionRow) => boolean): VersionRow | undefined => {
    const rows = free.get(nameOf(item)) ?? [];
    const index = rows.findIndex(fits);
    return index < 0 ? undefined : rows.splice(index, 1)[0];
  };
  const pairs = items.map((item): Pair => ({ item, row: take(item, (row) => sameMeaning(itemIn(row), item)) }));
  if (!exactly) for (const pair of pairs) pair.row ??= take(pair.item, () => true);
  return { pairs, left: [...free.values()].flat() };
}

/** The place of every wanted item in its list: as many as can stay where they are, the others between them. */
function placesOf(pairs: Pair[], last: number): number[] {
  const kept = keptInOrder(pairs.map(({ row }) => row?.place));
  return placesBetween(
    pairs.map(({ row }, index) => (kept.has(index) ? row!.place : undefined)),
    last,
  );
}
