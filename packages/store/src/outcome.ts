import type { ItemKind } from "@watershed/domain";
import type { EditableKind, AppendOnlyKind } from "./item-key.ts";
import type { StoreProblem } from "./problem.ts";

/** What the store keeps versions of: items of every kind, and of each workspace its settings and the order of its random streams. */
export type StoredKind = ItemKind | "settings" | "streams";

/** Who makes a change, and what is to be known of it. */
export interface By {
  /** Any id that stays the same; "local" for the command line. */
  author: string;
  /** Moment of the change (ISO); held between the last change and the database's clock. */
  at?: string;
  /** The same request sent twice is carried out once. */
  requestId?: string;
  /** Kept in the audit trail. */
  reason?: string;
}

/** What a change was checked against, besides the versions that it names. */
export interface Reading {
  /** The change at which the workspace was read to see whether this fits it; refused with `changedMeanwhile` where it may fit no more. */
  readAt?: number;
  /** Whether anything at all that was written since may matter; else opinions and notes of others do not, unless this removes something. */
  alone?: boolean;
}

/** The version on which a change was made; 0 for what must not be there yet. */
export interface Expecting {
  expectedVersion: number;
}

export type Edit =
  | { do: "save"; kind: EditableKind; item: unknown; key?: string; expectedVersion: number }
  | { do: "append"; kind: AppendOnlyKind; item: unknown }
  | { do: "remove"; kind: EditableKind; key: string; expectedVersion: number }
  | { do: "settings"; settings: unknown; expectedVersion: number }
  | { do: "streams"; names: string[] };

export interface Saved {
  kind: StoredKind;
  key: string;
  version: number;
}

/** Two people edited the same: nothing was written, and both versions are here. */
export interface Conflict {
  kind: StoredKind;
  key: string;
  expectedVersion: number;
  /** What was to be saved; undefined where it was to be removed. */
  mine?: unknown;
  /** What stands; without item where it was removed. */
  theirs: { version: number; item?: unknown; author: string; at: string };
  /** What mine was made from. */
  base?: unknown;
}

export type Outcome =
  | { outcome: "saved"; workspace: string; change: number; at: string; saved: Saved[] }
  | { outcome: "conflict"; conflicts: Conflict[] }
  | { outcome: "refused"; problems: StoreProblem[] };

export function refused(...problems: StoreProblem[]): Outcome {
  return { outcome: "refused", problems };
}
