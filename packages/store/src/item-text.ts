/**
 * An item as text for the database, with every value and the order of its fields. JSON alone would lose numbers that are not finite, the
 * sign of zero; they are written as `{ "$number": "-Infinity" }`, and a field whose name begins with `$` gets another `$` in front.
 */
export function itemText(item: unknown): string {
  return JSON.stringify(encoded(item));
}

/** The item that `itemText` wrote. */
export function itemOf(text: string): unknown {
  return text.includes('"$') ? decoded(JSON.parse(text)) : JSON.parse(text);
}

function encoded(value: unknown): unknown {
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0)))
    return { $number: Object.is(value, -0) ? "-0" : String(value) };
  if (Array.isArray(value)) return value.map(encoded);
  if (value === null || typeof value !== "object") return value;
  return mapped(value, (key) => (key.startsWith("$") ? `$${key}` : key), encoded);
}

function decoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decoded);
  if (value === null || typeof value !== "object") return value;
  const { $number } = value as { $number?: unknown };
  if (typeof $number === "string" && Object.keys(value).length === 1) return Number($number);
  return mapped(value, (key) => (key.startsWith("$$") ? key.slice(1) : key), decoded);
}

/** Defines fields rather than sets them, so that one named `__proto__` is a field too. */
function mapped(map: object, rename: (key: string) => string, change: (value: unknown) => unknown): object {
  const made = {};
  for (const [key, value] of Object.entries(map))
    Object.defineProperty(made, rename(key), { value: change(value), enumerable: true, writable: true, configurable: true });
  return made;
}
