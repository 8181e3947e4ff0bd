/** The Latin letters and digits of a name as formulas can use them: `Moore Threads` is moore_threads; a name without any is empty. */
export function identifier(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+/, "")
    .replace(/_+$/, "");
}
