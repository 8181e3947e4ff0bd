import type { Estimate, Item, ItemKind, Text, Workspace } from "@watershed/domain";
import type { WorkspaceReview } from "@watershed/workbench";

/** What the server answers, as the page reads it: docs/reference of the HTTP API has every route. */
export type Role = "partner" | "analyst" | "observer";

export interface WorkspaceCard {
  id: string;
  name: Text;
  role: Role;
  person: string | null;
  asOf: string;
  currency: string;
}

export type SessionView =
  | { signedIn: false; setup: "open" | "closed"; csrfToken: null }
  | {
      signedIn: true;
      setup: "closed";
      csrfToken: string;
      user: { id: string; name: string; email: string | null; language: "en" | "zh" };
      workspaces: WorkspaceCard[];
    };

export type AnyItem = Item<ItemKind>;

export interface ItemPlaceView {
  id: string;
  version: number;
}

export interface WorkspaceView {
  id: string;
  revision: number;
  recordedAt: string; // of that revision
  past?: Past; // where it is read as of a past day; nothing can be written then
  role: Role;
  person: string | null;
  workspace: Workspace;
  places: Record<ItemKind, ItemPlaceView[]> & { settings: ItemPlaceView };
}

/** A day in the past that a workspace is read as of. */
export interface Past {
  at: string; // as it was asked for: a day, or a moment of one
  asOf: string; // the day that figures are of: that one, or the workspace's own where that was earlier
  recorded: boolean; // what was recorded here by then; else what the dates of today's items say was known
  whole: Workspace; // with what became known later, for whatever cuts it by itself
}

export interface ItemProblem {
  code: string;
  severity: "error" | "warning";
  at: { kind?: string; index?: number; path?: (string | number)[]; id?: string; file?: string; line?: number; column?: number };
  within?: { from: number; to: number };
  params: Record<string, string | number | string[]>;
  message: { en: string; zh: string };
}

export interface Conflict {
  kind: ItemKind | "settings";
  id: string;
  expectedVersion: number;
  current: { version: number; item: AnyItem | null; at: string; by: Author | null };
  yours: AnyItem;
  base: AnyItem | null;
}

export interface Author {
  id: string;
  name: string;
}

export interface Saved {
  id: string;
  version: number;
  revision: number;
  item: AnyItem;
  warnings: ItemProblem[];
}

export type Figures<Name extends string, What> = { key: string; revision: number; problems: ItemProblem[] } & { [N in Name]: What };

export type ReviewView = Omit<WorkspaceReview, "problems">;

export interface Change {
  revision: number;
  at: string;
  by: Author | null;
  kind: ItemKind | "settings";
  id: string;
  change: "add" | "set" | "remove";
  before: AnyItem | null;
  after: AnyItem | null;
}

export interface DecisionStanding {
  alternative: string;
  worth: Estimate;
}

export interface DecisionChange {
  company: string;
  before: DecisionStanding | null;
  after: DecisionStanding | null;
  flipped: boolean;
  because: { kind: string; id: string }[];
}

export interface SinceLastVisit {
  from: { revision: number; at: string } | null;
  to: { revision: number; at: string };
  changes: Change[];
  decisions: DecisionChange[];
}

export interface Member {
  user: { id: string; name: string; email: string | null };
  role: Role;
  person: string | null;
  since: string;
}

export interface Invitation {
  id: string;
  role: Role;
  person: string | null;
  invitedBy: Author | null;
  expiresAt: string;
  usedBy: Author | null;
}

export interface AccessToken {
  id: string;
  name: string;
  workspace: string;
  role: Role;
  expiresAt: string;
  usedAt: string | null;
}

export interface AuditEntry {
  id: string;
  revision: number | null;
  at: string;
  by: Author | null;
  action: string;
  reason: string | null;
  items: { kind: string; id: string; version: number; removed: boolean }[];
  details: Record<string, unknown>;
}

export interface ItemVersion {
  version: number;
  at: string;
  by: Author | null;
  item: AnyItem | null;
}
