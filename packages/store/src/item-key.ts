import type { Item, ItemKind } from "@watershed/domain";

/** Kinds whose items are said once and never changed; a later one takes their place. */
export const appendOnlyKinds = ["forecasts", "assessments", "decisions", "resolutions"] as const;
export type AppendOnlyKind = (typeof appendOnlyKinds)[number];
export type EditableKind = Exclude<ItemKind, AppendOnlyKind>;

/** What an item of a kind without ids is called after. */
const named: { [K in ItemKind]?: (item: Item<K>) => string } = {
  forecasts: ({ by, question, on }) => `${by}/${question}/${on}`,
  assessments: ({ by, company, criterion, on }) => `${by}/${company}/${criterion}/${on}`,
  resolutions: ({ question, on }) => `${question}/${on}`,
  positions: ({ company, on }) => `${company}/${on}`,
  correlations: ({ questions }) => questions.join("/"),
};

/** The name by which the store knows an item: its id, else one made of what it is about; a name that is taken gets `#2`, `#3` ... */
export function keyOf(kind: ItemKind, item: unknown, isTaken: (key: string) => boolean): string {
  const name = named[kind] as ((item: unknown) => string) | undefined;
  const first = plainKey(name ? name(item) : String((item as { id: unknown }).id));
  let key = first;
  for (let count = 2; isTaken(key); count++) key = `${first}#${count}`;
  return key;
}

/** A name without what PostgreSQL cannot hold in a text; the item itself keeps it. */
export function plainKey(name: string): string {
  return name.replaceAll("\u0000", "\ufffd").toWellFormed();
}

/** Whether items of a kind carry the id they are known by. */
export function hasId(kind: ItemKind): boolean {
  return named[kind] === undefined;
}
