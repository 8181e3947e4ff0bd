import { distance } from "fastest-levenshtein";

const mostSuggestions = 3;

/** Up to three candidates near a word by edit distance (at most 0.4 of its length, at least one edit), nearest first; case costs nothing. */
export function suggest(word: string, candidates: Iterable<string>): string[] {
  const bound = Math.max(1, Math.round(word.length * 0.4));
  const near: { candidate: string; edits: number }[] = [];
  for (const candidate of new Set(candidates)) {
    if (Math.abs(candidate.length - word.length) > bound) continue;
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits <= bound) near.push({ candidate, edits });
  }
  near.sort((one, other) => one.edits - other.edits || (one.candidate < other.candidate ? -1 : 1));
  return near.slice(0, mostSuggestions).map(({ candidate }) => candidate);
}
