import type { AnyItem, Conflict } from "./contract.ts";

/** One field of an item that two people changed: what it was, what is there now, what one wanted. */
export interface FieldConflict {
  field: string;
  base: unknown;
  theirs: unknown;
  mine: unknown;
  /** Which side changed it, or both and differently. */
  changed: "theirs" | "mine" | "both" | "alike";
}

export type Choices = Record<string, "theirs" | "mine">;

type Fields = Record<string, unknown>;

/** Every field that differs between what one started from, what is there now and what one wanted; in the order they stand in. */
export function fieldConflicts({ base, current, yours }: Pick<Conflict, "base" | "current" | "yours">): FieldConflict[] {
  const [was, is, wanted] = [base, current.item, yours].map((item) => (item ?? {}) as Fields);
  const fields = [...new Set([wanted, is, was].flatMap((item) => Object.keys(item)))];
  return fields.flatMap((field): FieldConflict[] => {
    const values = { base: was[field], theirs: is[field], mine: wanted[field] };
    const theyChanged = !same(values.base, values.theirs);
    const iChanged = !same(values.base, values.mine);
    if (!theyChanged && !iChanged) return [];
    const changed = same(values.theirs, values.mine) ? "alike" : theyChanged && iChanged ? "both" : theyChanged ? "theirs" : "mine";
    return [{ field, ...values, changed }];
  });
}

/** The item with every field as its only changer wants it, and as chosen where both changed it: mine, unless theirs is chosen. */
export function merged(conflict: Pick<Conflict, "base" | "current" | "yours">, choices: Choices = {}): AnyItem {
  const item = { ...(conflict.yours as unknown as Fields) };
  for (const { field, theirs, changed } of fieldConflicts(conflict)) {
    const takeTheirs = changed === "theirs" || (changed === "both" && choices[field] === "theirs");
    if (!takeTheirs) continue;
    if (theirs === undefined) delete item[field];
    else item[field] = theirs;
  }
  return item as unknown as AnyItem;
}

/** Whether two values of a field say the same, whatever the order of their parts' names. */
export function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      part !== null && typeof part === "object" && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([first], [second]) => (first < second ? -1 : 1)))
        : part,
    ) ?? "undefined"
  );
}
