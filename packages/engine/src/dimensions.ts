/** The number of Sobol dimensions that no formula uses, kept for the noise floor. */
export const dummyCount = 12;

/** Where the dummies live: below every stream, in dimensions that are never given to one. */
const firstStreamDimension = dummyCount;

/**
 * The Sobol dimension of every stream: its place in `known`, and new places behind for streams seen for the first time.
 *
 * A place once given never moves, so adding a question leaves the draws of all others as they were.
 */
export function assignDimensions(streams: string[], known: string[]): { dimensions: Map<string, number>; added: string[] } {
  const dimensions = new Map(known.map((name, place) => [name, firstStreamDimension + place]));
  const added: string[] = [];
  for (const name of streams) {
    if (dimensions.has(name)) continue;
    dimensions.set(name, firstStreamDimension + known.length + added.length);
    added.push(name);
  }
  return { dimensions, added };
}
