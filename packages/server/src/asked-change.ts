import type { ItemKind } from "@watershed/domain";
import type { House } from "./house.ts";
import type { Caller, Membership } from "./identity/caller.ts";
import type { Capability } from "./permissions.ts";

export const appendOnlyKinds = ["forecasts", "assessments", "decisions", "resolutions"] as const;
export type AppendOnly = (typeof appendOnlyKinds)[number];
export type Editable = Exclude<ItemKind, AppendOnly>;

export function isAppendOnly(kind: ItemKind | "settings"): kind is AppendOnly {
  return (appendOnlyKinds as readonly string[]).includes(kind);
}

/** What it takes to write items of a kind. */
export function capabilityFor(kind: ItemKind | "settings"): Capability {
  return ["decisions", "resolutions", "positions", "people", "settings"].includes(kind) ? "decide" : "research";
}

/** One change as a caller asks for it, by the id of the item. */
export type AskedChange =
  | { change: "add"; kind: ItemKind; item: unknown; standing?: string | null }
  | { change: "set"; kind: Editable; id: string; item: unknown; expectedVersion: number }
  | { change: "remove"; kind: Editable; id: string; expectedVersion: number }
  | { change: "settings"; settings: unknown; expectedVersion: number };

export interface Writer {
  house: House;
  caller: Caller;
  membership: Membership;
}
