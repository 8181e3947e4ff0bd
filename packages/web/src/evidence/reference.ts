/** An id for a source or a fact: a letter that says which, and the first Latin words of what it is called; a bare letter where it has none. */
export function referenceOf(letter: "S" | "F", called: string): string {
  const words = called.match(/[A-Za-z0-9]+/g) ?? [];
  return [letter, ...words.slice(0, 4).map((word) => word.toUpperCase().slice(0, 16))].join("-");
}
