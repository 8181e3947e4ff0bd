import type { Scalar } from "yaml";

/** For every UTF-16 unit of a scalar's value: where its spelling in the file begins and ends. */
export interface ScalarOffsets {
  starts: number[];
  ends: number[];
}

/**
 * Aligns the value of a scalar with its spelling in the text: plain, quoted with escapes on one line, and block scalars line by line.
 * Undefined where the two cannot be aligned with certainty (quotes over several lines).
 */
export function scalarOffsets(text: string, scalar: Scalar): ScalarOffsets | undefined {
  if (!scalar.range) return undefined;
  const [from, to] = scalar.range;
  if (typeof scalar.value !== "string") return sameSpelling(from, to);
  if (scalar.type === "QUOTE_SINGLE" || scalar.type === "QUOTE_DOUBLE") {
    const inner = text.slice(from + 1, to - 1);
    if (inner.includes("\n")) return undefined;
    return checked(scalar.type === "QUOTE_SINGLE" ? singleQuoted(inner, from + 1) : doubleQuoted(inner, from + 1), scalar.value);
  }
  if (scalar.type === "BLOCK_LITERAL" || scalar.type === "BLOCK_FOLDED")
    return alignLines(blockLines(text, from, to), scalar.value, scalar.type === "BLOCK_LITERAL");
  return text.slice(from, to).includes("\n") ? alignLines(plainLines(text, from, to), scalar.value, false) : sameSpelling(from, to);
}

/** The stretch of the file that spells `within` of the value, cut to what exists; the start of the scalar where that is unknown. */
export function stretchOf(text: string, scalar: Scalar, within: { from: number; to: number }): { from: number; to: number } {
  const start = scalar.range?.[0] ?? 0;
  const offsets = scalarOffsets(text, scalar);
  if (!offsets) return { from: start, to: start };
  const { starts, ends } = offsets;
  if (starts.length === 0) return { from: start, to: start };
  const last = starts.length - 1;
  const from = within.from > last ? ends[last] : starts[Math.max(0, within.from)];
  return { from, to: within.to > within.from ? Math.max(from, ends[Math.min(within.to - 1, last)]) : from };
}

function sameSpelling(from: number, to: number): ScalarOffsets {
  const starts = Array.from({ length: to - from }, (_, index) => from + index);
  return { starts, ends: starts.map((start) => start + 1) };
}

interface Spelled extends ScalarOffsets {
  value: string;
}

function spell(spelled: Spelled, piece: string, start: number, end: number): void {
  spelled.value += piece;
  for (let unit = 0; unit < piece.length; unit++) {
    spelled.starts.push(start);
    spelled.ends.push(end);
  }
}

function checked(spelled: Spelled, value: string): ScalarOffsets | undefined {
  return spelled.value === value ? { starts: spelled.starts, ends: spelled.ends } : undefined;
}

function singleQuoted(inner: string, base: number): Spelled {
  const spelled: Spelled = { value: "", starts: [], ends: [] };
  for (let at = 0; at < inner.length;) {
    const length = inner.startsWith("''", at) ? 2 : 1;
    spell(spelled, inner[at], base + at, base + at + length);
    at += length;
  }
  return spelled;
}

const escapes: Record<string, string> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};

function doubleQuoted(inner: string, base: number): Spelled {
  const spelled: Spelled = { value: "", starts: [], ends: [] };
  for (let at = 0; at < inner.length;) {
    const [, code] = /^\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^xuU])/.exec(inner.slice(at, at + 10)) ?? [];
    const length = code === undefined ? 1 : code.length + 1;
    const piece =
      code === undefined ? inner[at] : code.length > 1 ? String.fromCodePoint(Number.parseInt(code.slice(1), 16)) : (escapes[code] ?? code);
    spell(spelled, piece, base + at, base + at + length);
    at += length;
  }
  return spelled;
}

interface Line {
  start: number;
  content: string;
}

function linesBetween(text: string, from: number, to: number): Line[] {
  const lines: Line[] = [];
  let start = from;
  for (const content of text.slice(from, to).split("\n")) {
    lines.push({ start, content: content.endsWith("\r") ? content.slice(0, -1) : content });
    start += content.length + 1;
  }
  return lines;
}

/** The lines of a block scalar without their indentation, which its header or its first line with text sets. */
function blockLines(text: string, from: number, to: number): Line[] {
  const [, ...lines] = linesBetween(text, from, to);
  const first = lines.find((line) => line.content.trim() !== "");
  const explicit = /^[|>][-+]?([1-9])/.exec(text.slice(from, from + 3));
  const indent = explicit && first ? explicitIndent(text, from, Number(explicit[1])) : /^ */.exec(first?.content ?? "")![0].length;
  return lines.map((line) => {
    const cut = Math.min(indent, /^ */.exec(line.content)![0].length);
    return { start: line.start + cut, content: line.content.slice(cut) };
  });
}

/** An explicit indentation counts from the map that holds the scalar: the column of its key, after any dashes. */
function explicitIndent(text: string, from: number, added: number): number {
  const line = text.slice(text.lastIndexOf("\n", from) + 1, from);
  return /^ *(?:- +)*/.exec(line)![0].length + added;
}

function plainLines(text: string, from: number, to: number): Line[] {
  return linesBetween(text, from, to).map(({ start, content }) => {
    const trimmed = content.trimStart();
    return { start: start + content.length - trimmed.length, content: trimmed.trimEnd() };
  });
}

/** Walks value and lines together: a character is itself; a line break is a space, or as many newlines as the folding rules leave. */
function alignLines(lines: Line[], value: string, literal: boolean): ScalarOffsets | undefined {
  const offsets: ScalarOffsets = { starts: [], ends: [] };
  let row = 0;
  let column = 0;
  for (let at = 0; at < value.length;) {
    const line = lines[row];
    if (!line) return undefined;
    const here = line.start + column;
    if (column < line.content.length) {
      if (line.content[column] !== value[at]) return undefined;
      offsets.starts.push(here);
      offsets.ends.push(here + 1);
      at++;
      column++;
      continue;
    }
    const taken = breakAt(lines, row, value, at, literal);
    if (!taken) return undefined;
    for (let unit = 0; unit < taken.units; unit++) {
      offsets.starts.push(here);
      offsets.ends.push(here);
    }
    at += taken.units;
    row += taken.rows;
    column = 0;
  }
  return offsets;
}

function breakAt(lines: Line[], row: number, value: string, at: number, literal: boolean): { units: number; rows: number } | undefined {
  if (literal) return value[at] === "\n" ? { units: 1, rows: 1 } : undefined;
  if (value[at] === " ") return { units: 1, rows: 1 };
  let newlines = 0;
  while (value[at + newlines] === "\n") newlines++;
  let blank = 0;
  while (lines[row + 1 + blank]?.content === "") blank++;
  if (newlines === 0) return undefined;
  return { units: newlines, rows: blank + 1 };
}
