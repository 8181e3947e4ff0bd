import { itemKinds } from "@watershed/domain";
import type { ItemKind } from "@watershed/domain";
import { latestOfDayIndexes } from "@watershed/workbench";
import type { Store, StoredWorkspace } from "@watershed/workbench";

/**
 * The workspaces as they were last read, so that a page and its figures share one reading.
 *
 * What is given is never older than a change that this process made, or that it has heard of from another.
 */
export interface Shelf {
  /** The workspace now, as one viewer may read it. */
  read(id: string, viewer: string): Promise<StoredWorkspace | undefined>;
  /** As it was after a change, or at a moment (ISO); undefined where it was not kept here yet. */
  readAt(id: string, viewer: string, at: number | string): Promise<StoredWorkspace | undefined>;
  /** Says that a change was made. */
  heard(id: string, change: number): void;
  close(): void;
}

/** How many readings are kept; those longest unread go first. */
const kept = 64;

interface Reading {
  content: Promise<StoredWorkspace | undefined>;
  from: number; // the last change that was known of when it began
}

export function shelfOf(store: Store): Shelf {
  const readings = new Map<string, Reading>();
  const last = new Map<string, number>();
  const heard = (id: string, change: number): void => {
    last.set(id, Math.max(change, last.get(id) ?? 0));
  };
  const unsubscribe = store.onChange(({ workspace, change }) => heard(workspace, change));
  const reading = (id: string, viewer: string | undefined): Promise<StoredWorkspace | undefined> => {
    const name = JSON.stringify([id, viewer]);
    const from = last.get(id) ?? 0;
    const found = readings.get(name);
    readings.delete(name);
    if (found && found.from >= from) {
      readings.set(name, found);
      return found.content;
    }
    const content = store.readWorkspace(id, { viewer }).then((one) => one && latest(one));
    readings.set(name, { from, content });
    if (readings.size > kept) readings.delete(readings.keys().next().value!);
    const forget = (): void => {
      if (readings.get(name)?.content === content) readings.delete(name);
    };
    content.then((one) => one ?? forget(), forget);
    return content;
  };
  return {
    heard,
    close: unsubscribe,
    read: async (id, viewer) => {
      const [own, common] = await Promise.all([reading(id, viewer), reading(id, undefined)]);
      return own && common && isSame(own, common) ? common : own;
    },
    readAt: async (id, viewer, at) => {
      const found = await store.readWorkspace(id, { viewer, asOf: at });
      return found && latest(found);
    },
  };
}

/** Whether a viewer has no private notes there: then everybody is given the one reading, and what was made of it is made once. */
function isSame(own: StoredWorkspace, common: StoredWorkspace): boolean {
  return own.change === common.change && own.workspace.notes.length === common.workspace.notes.length;
}

const kinds = Object.keys(itemKinds) as ItemKind[];

/** Without what was stated again on the same day; lists and places stay side by side. */
function latest(whole: StoredWorkspace): StoredWorkspace {
  const standing = latestOfDayIndexes(whole.workspace);
  const pick = (kind: ItemKind, list: unknown[]): unknown[] =>
    kind === "forecasts" || kind === "assessments" ? standing[kind].map((index) => list[index]) : list;
  const workspace = Object.fromEntries(kinds.map((kind) => [kind, pick(kind, whole.workspace[kind])]));
  const stored = Object.fromEntries(kinds.map((kind) => [kind, pick(kind, whole.stored[kind])]));
  return { ...whole, workspace: { ...whole.workspace, ...workspace }, stored: { ...whole.stored, ...stored } } as StoredWorkspace;
}
