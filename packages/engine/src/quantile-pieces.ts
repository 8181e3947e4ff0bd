import type { Segment } from "./quantile-segments.ts";
import { allWords } from "./word-quantile.ts";
import type { WordQuantile } from "./word-quantile.ts";

/** A quantile as few straight pieces of u, as dates by cumulative chance have it; constant ones are atoms and never. */
export interface QuantilePieces {
  lasts: number[]; // last word of every piece but the last
  middles: number[]; // amount of the piece's line at u = 1/2
  slopes: number[]; // per u
}

interface Piece {
  first: number;
  last: number;
  start: number;
  end: number;
}

/** The straight pieces of some segments; undefined where one is bent, steeper than f32 can follow, or there are more than `most`. */
export function quantilePieces(segments: Segment[], quantile: WordQuantile, most: number): QuantilePieces | undefined {
  const pieces: Piece[] = [];
  for (const { first, last, cubic } of segments) {
    const [start, ...bends] = cubic;
    const end = start + bends.reduce((sum, one) => sum + one, 0);
    const allowed = Number.isFinite(start) ? quantile.allowed(start) : 0;
    const slope = last > first ? (end - start) / (last - first) : 0;
    if (Math.abs(bends[1]) + Math.abs(bends[2]) > allowed / 4 || Math.abs(slope) * allWords * 2 ** -25 > allowed) return undefined;
    const before = pieces.at(-1);
    if (before && continues(before, { first, last, start, end }, allowed / 4)) Object.assign(before, { last, end });
    else pieces.push({ first, last, start, end });
    if (pieces.length > most) return undefined;
  }
  const lines = pieces.map(({ first, last, start, end }) => {
    const slope = last > first && end !== start ? ((end - start) / (last - first)) * allWords : 0;
    return { middle: slope === 0 ? start : start + slope * (0.5 - (first + 0.5) / allWords), slope };
  });
  return {
    lasts: pieces.slice(0, -1).map(({ last }) => last),
    middles: lines.map(({ middle }) => middle),
    slopes: lines.map(({ slope }) => slope),
  };
}

/** Whether the next piece lies on the line of the one before it, both ends within what is allowed. */
function continues(before: Piece, next: Piece, allowed: number): boolean {
  if (before.start === before.end || next.start === next.end) return before.end === next.start && before.start === next.end;
  const slope = (next.end - before.start) / (next.last - before.first);
  const onLine = (word: number): number => before.start + slope * (word - before.first);
  return Math.abs(onLine(before.last) - before.end) <= allowed && Math.abs(onLine(next.first) - next.start) <= allowed;
}
