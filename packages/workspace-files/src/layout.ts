import type { ItemKind } from "@watershed/domain";
import { byPath } from "./list-files.ts";

/** The file in which an item is put where nothing else says so: one per dimension, per forecaster and per company, else one per kind. */
export function layoutFile(kind: ItemKind, item: unknown): string {
  const field = item as Record<string, string>;
  switch (kind) {
    case "questions":
      return `questions/${field.dimension}.yaml`;
    case "forecasts":
      return `forecasts/${field.by}.yaml`;
    case "companies":
      return `companies/${field.id}.yaml`;
    case "rounds":
    case "positions":
    case "assessments":
    case "cases":
      return `companies/${field.company}.yaml`;
    case "labs":
      return `labs/${field.id}.yaml`;
    case "aiModels":
      return "labs/ai_models.yaml";
    case "notes":
      return noteFile(field.id);
    default:
      return `${kind}.yaml`;
  }
}

/** The Markdown file of a note: its id where that is a path below `notes/`, else a name made of it. */
export function noteFile(id: string): string {
  return isNotePath(id) ? `${id}.md` : `notes/${id.replaceAll(/[^\p{L}\p{N}_-]+/gu, "_").slice(0, 60)}_${checksum(id)}.md`;
}

/** True where the path of the note's file says its id. */
function isNotePath(id: string): boolean {
  return (
    /^notes(\/[\p{L}\p{N}_-][\p{L}\p{N}_.-]{0,80})+$/u.test(id) && id.normalize("NFC") === id && !id.split("/").includes("node_modules")
  );
}

/** The file for one more item: where the last one that belongs together with it stands, else the only file of its kind, else the layout's. */
export function fileForAppend(kind: ItemKind, item: unknown, existing: { item: unknown; file: string }[]): string {
  const wanted = layoutFile(kind, item);
  const together = existing.filter((one) => layoutFile(kind, one.item) === wanted);
  const files = [...new Set((together.length > 0 ? together : existing).map((one) => one.file))].toSorted(byPath);
  if (together.length > 0) return together.at(-1)!.file;
  return files.length === 1 && existing.length > 1 && !sameLayout(kind, existing) ? files[0] : wanted;
}

function sameLayout(kind: ItemKind, existing: { item: unknown; file: string }[]): boolean {
  return existing.every((one) => layoutFile(kind, one.item) === one.file);
}

/** Keeps apart two ids whose file names would otherwise be the same (FNV-1a, 32 bits). */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (const unit of text) hash = Math.imul(hash ^ unit.codePointAt(0)!, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}
