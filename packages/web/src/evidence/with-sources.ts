/** An item that rests on other evidence; on none where the list is left out. */
export function withSources<Cited extends { sources?: string[] }>(item: Cited, sources: string[] | undefined): Cited {
  const { sources: _before, ...rest } = item;
  return { ...rest, ...(sources ? { sources } : {}) } as Cited;
}
