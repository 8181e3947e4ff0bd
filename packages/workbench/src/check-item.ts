import type { Item, ItemKind, Workspace } from "@watershed/domain";
import { compileWorkspace } from "./compile-workspace.ts";
import type { WorkspaceProblem } from "./problem.ts";

/**
 * What would be wrong with the formulas of an item if it stood in the workspace today, in place of the one of its id or as a new one.
 *
 * An item that counts from a later day is read as if it counted from today: what it says is wrong or right whatever its day.
 */
export function checkItem<K extends ItemKind>(workspace: Workspace, kind: K, item: Item<K>): WorkspaceProblem[] {
  const { id } = item as { id?: string };
  const others = (workspace[kind] as { id?: string }[]).filter((one) => one.id !== id);
  const tried = { ...workspace, [kind]: [...others, fromToday(item, workspace.settings.asOf)] };
  const { workspace: seen, problems } = compileWorkspace(tried);
  const index = (seen[kind] as { id?: string }[]).findIndex((one) => one.id === id);
  return problems.filter(({ place }) => place.kind === kind && place.index === index);
}

function fromToday<K extends ItemKind>(item: Item<K>, today: string): Item<K> {
  const days = Object.keys(item).filter((field) => ["on", "date", "knownFrom", "askedOn"].includes(field));
  return { ...item, ...Object.fromEntries(days.map((field) => [field, today])) };
}
