/** Stops on a bug of the caller with one sentence; imperfect material of the user never gets this far. */
export function assert(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Error(sentence);
}
