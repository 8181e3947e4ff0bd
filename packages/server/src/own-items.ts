import type { ItemKind } from "@watershed/domain";
import type { StoredWorkspace } from "@watershed/workbench";
import type { Member } from "./identity/caller.ts";
import { Refusal } from "./refusal.ts";
import type { AskedChange, Writer } from "./asked-change.ts";

type Fields = Record<string, unknown>;

/**
 * An item with its author and day where the writer left them out, refused where the writer may not speak as its author.
 *
 * Forecasts and assessments are their person's own; a partner may enter those of somebody who is no member. A note is its author's.
 */
export function ownItem(
  writer: Writer,
  before: StoredWorkspace,
  members: Member[],
  change: Extract<AskedChange, { item: unknown }>,
): unknown {
  const { kind, item } = change;
  if (typeof item !== "object" || item === null || Array.isArray(item)) return item;
  const fields = item as Fields;
  const today = before.workspace.settings.asOf;
  if (kind === "forecasts" || kind === "assessments") return asStatedBy(writer, members, { on: today, ...fields });
  if (kind === "notes") return asNote(writer, before, change, today);
  if (kind === "decisions" && change.change === "add") return { by: [writer.membership.person].filter(Boolean), on: today, ...fields };
  if (kind === "resolutions") return { on: today, ...(writer.membership.person ? { by: writer.membership.person } : {}), ...fields };
  return fields;
}

function asStatedBy({ membership, caller }: Writer, members: Member[], fields: Fields): Fields {
  const by = fields.by ?? membership.person;
  if (by === undefined) throw new Refusal("noPerson");
  const member = members.find(({ person }) => person === by);
  const isOwn = member?.user.id === caller.user.id;
  if (!isOwn && (member || membership.role !== "partner")) throw new Refusal("notYours", { person: String(by) });
  return { ...fields, by };
}

function asNote(writer: Writer, before: StoredWorkspace, change: Extract<AskedChange, { item: unknown }>, today: string): Fields {
  const { caller, membership } = writer;
  const fields = change.item as Fields;
  const { by: _, ...rest } = fields;
  const own = membership.person ? { by: membership.person } : {};
  if (change.change === "add") return { on: today, ...rest, ...own };
  const place = before.stored.notes.findIndex(({ key }) => key === change.id);
  const [stored, note] = [before.stored.notes[place], before.workspace.notes[place]];
  if (!stored) return { ...rest, ...own };
  const isOwn = note.by === undefined ? stored.author === caller.user.id : note.by === membership.person;
  if (!isOwn && (membership.role !== "partner" || fields.private === true))
    throw new Refusal("notYours", { person: note.by ?? stored.author });
  return { ...rest, ...(note.by ? { by: note.by } : {}) };
}

/** Refuses the removal of a note by somebody who is neither its author nor a partner. */
export function mayRemoveNote({ caller, membership }: Writer, before: StoredWorkspace, kind: ItemKind, id: string): void {
  if (kind !== "notes" || membership.role === "partner") return;
  const place = before.stored.notes.findIndex(({ key }) => key === id);
  const note = before.workspace.notes[place];
  if (note && note.by !== membership.person && before.stored.notes[place].author !== caller.user.id)
    throw new Refusal("notYours", { person: note.by ?? "" });
}
