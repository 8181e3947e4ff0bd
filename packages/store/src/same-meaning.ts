/** True where two items say the same: fields regardless of their order, fields without a value left out. */
export function sameMeaning(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object" || Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a)) return a.length === (b as unknown[]).length && a.every((item, index) => sameMeaning(item, (b as unknown[])[index]));
  const left = given(a);
  const right = new Map(given(b));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && sameMeaning(value, right.get(key)));
}

function given(map: object): [string, unknown][] {
  return Object.entries(map).filter(([, value]) => value !== undefined);
}
