import { asOf, itemKinds, visibleIndexes } from "@watershed/domain";
import type { ItemKind } from "@watershed/domain";
import type { ChangedItem } from "@watershed/workbench/in-page";
import type { WorkspaceView } from "../data/contract.ts";
import { same } from "../data/merge.ts";

type Read = Pick<WorkspaceView, "workspace" | "places">;

/**
 * Every item that is another one now than on the past day that `then` was read as of, by the name it is stored under: recorded since, become known
 * since by its date, changed, or removed. What differs in an item only because it cites something that was not known then is no change of it.
 */
export function changedItems(then: Read, now: Read): ChangedItem[] {
  const { settings } = then.workspace;
  const seenThen = asOf(now.workspace, settings.asOf);
  const visible = visibleIndexes(now.workspace, settings.asOf);
  const changes = (Object.keys(itemKinds) as ItemKind[]).flatMap((kind) => {
    const before = new Map(then.places[kind].map(({ id }, place) => [id, then.workspace[kind][place] as unknown]));
    const after = new Map(now.places[kind].map(({ id }, place) => [id, now.workspace[kind][place] as unknown]));
    const alike = new Map(visible[kind].map((index, place) => [now.places[kind][index].id, seenThen[kind][place] as unknown]));
    const names = [...new Set([...before.keys(), ...after.keys()])];
    return names
      .filter((id) => !before.has(id) || !after.has(id) || !same(before.get(id), alike.get(id) ?? after.get(id)))
      .map((id): ChangedItem => ({ kind, id, before: before.get(id), after: after.get(id) }));
  });
  const isSet = !same({ ...settings, asOf: undefined }, { ...now.workspace.settings, asOf: undefined });
  return isSet ? [...changes, { kind: "settings", id: now.places.settings.id, before: settings, after: now.workspace.settings }] : changes;
}
