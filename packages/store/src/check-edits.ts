import { itemKinds, parseItem, parseSettings } from "@watershed/domain";
import { appendOnlyKinds, hasId } from "./item-key.ts";
import type { By, Edit } from "./outcome.ts";
import { storeProblem } from "./problem.ts";
import type { StorePlace, StoreProblem } from "./problem.ts";

/** What is wrong with a change in itself, whatever the workspace holds: unsound items, kinds that cannot be edited, no author. */
export function checkEdits(workspace: string, edits: Edit[], by: By): StoreProblem[] {
  const problems = [...checkBy(by)];
  if (edits.length === 0) problems.push(storeProblem("nothingToWrite", { workspace }));
  return [...problems, ...edits.flatMap((edit) => checkEdit(workspace, edit))];
}

/** What is wrong with who makes a change, and when. */
export function checkBy(by: By): StoreProblem[] {
  const problems: StoreProblem[] = [];
  if (typeof by.author !== "string" || by.author.trim() === "") problems.push(storeProblem("authorMissing"));
  if (by.at !== undefined && Number.isNaN(Date.parse(by.at))) problems.push(storeProblem("badMoment", {}, { found: String(by.at) }));
  return problems;
}

function checkEdit(workspace: string, edit: Edit): StoreProblem[] {
  if (edit.do === "settings") return soundness(parseSettings(edit.settings).problems, { workspace, kind: "settings", key: "" });
  if (edit.do === "streams") return [];
  const at: StorePlace = { workspace, kind: edit.kind, key: keyMeant(edit) };
  if (!(edit.kind in itemKinds)) return [storeProblem("unknownKind", at, { kind: String(edit.kind), kinds: Object.keys(itemKinds) })];
  const isAppendOnly = (appendOnlyKinds as readonly string[]).includes(edit.kind);
  if (isAppendOnly !== (edit.do === "append"))
    return [storeProblem(isAppendOnly ? "appendOnly" : "notAppendOnly", at, { kind: edit.kind })];
  if (edit.do === "remove") return [];
  const problems = soundness(parseItem(edit.kind, edit.item).problems, at);
  if (problems.length > 0 || edit.do === "append" || edit.key === undefined || !hasId(edit.kind)) return problems;
  const { id } = edit.item as { id: string };
  return edit.key === id || edit.key.startsWith(`${id}#`) ? [] : [storeProblem("idChanged", at, { id, key: edit.key })];
}

function keyMeant(edit: Exclude<Edit, { do: "settings" | "streams" }>): string {
  if (edit.do !== "append" && edit.key !== undefined) return edit.key;
  return String((("item" in edit ? edit.item : undefined) as { id?: unknown } | null | undefined)?.id ?? "");
}

function soundness(found: ReturnType<typeof parseItem>["problems"], at: StorePlace): StoreProblem[] {
  return found.map(({ code, severity, path, params }) => storeProblem(code, { ...at, path }, params, severity));
}
