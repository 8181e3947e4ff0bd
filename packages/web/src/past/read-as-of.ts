import { asOf, itemKinds, visibleIndexes } from "@watershed/domain";
import type { ItemKind } from "@watershed/domain";
import type { ItemPlaceView, WorkspaceView } from "../data/contract.ts";
import { dayOf, endOf } from "./day.ts";

/** What was recorded by a moment, as of the day of that moment, or of the workspace's own day where that was earlier: what is known of no day later stays out of sight. */
export function readAsOf(view: WorkspaceView, past: string): WorkspaceView {
  const { settings } = view.workspace;
  const day = [dayOf(past), settings.asOf].toSorted()[0];
  const visible = visibleIndexes(view.workspace, day);
  const kinds = Object.keys(itemKinds) as ItemKind[];
  const places = Object.fromEntries(kinds.map((kind) => [kind, visible[kind].map((index) => view.places[kind][index])]));
  return {
    ...view,
    workspace: asOf(view.workspace, day),
    places: { ...(places as Record<ItemKind, ItemPlaceView[]>), settings: view.places.settings },
    past: {
      at: past,
      asOf: day,
      recorded: view.recordedAt <= endOf(past),
      whole: { ...view.workspace, settings: { ...settings, asOf: day } },
    },
  };
}
