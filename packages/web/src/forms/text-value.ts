import type { Language, Text } from "@watershed/domain";

/** What a field shows of a text: the reader's language. */
export function textShown(text: Text | undefined, language: Language): string {
  return text === undefined ? "" : typeof text === "string" ? text : text[language];
}

/** The text after a field in one language was typed in: the other language stays as it was; nothing where nothing was typed. */
export function textTyped(before: Text | undefined, typed: string, language: Language): Text | undefined {
  const words = typed.trim();
  if (words === "") return undefined;
  return typeof before === "object" ? { ...before, [language]: words } : words;
}

/** A name that nothing else has: the first of `base`, `base_2`, `base_3` ... that is free. */
export function freeId(base: string, taken: Iterable<string>): string {
  const known = new Set(taken);
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? base : `${base}_${count}`;
    if (!known.has(candidate)) return candidate;
  }
}
