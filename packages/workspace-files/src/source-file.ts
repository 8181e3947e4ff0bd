import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "./list-files.ts";
import { fileProblem } from "./problem.ts";
import type { FilePlace, FileProblem } from "./problem.ts";

/** One file as text, with what is needed to speak about places in it and to notice a change on disk. */
export interface SourceFile {
  path: string;
  /** Without the byte order mark. */
  text: string;
  hasByteOrderMark: boolean;
  /** SHA-256 of the bytes, hexadecimal. */
  hash: string;
  lineStarts: number[];
}

/** Reads a UTF-8 file of at most `limitBytes`, from its bytes where they are known; what cannot be read is a problem, never an exception. */
export async function readSourceFile(
  folder: string,
  path: string,
  limitBytes: number,
  known?: Uint8Array,
): Promise<{ file?: SourceFile; problem?: FileProblem }> {
  if (known) return sourceFileOf(path, known);
  try {
    const full = join(folder, path);
    const { size } = await stat(full);
    if (size > limitBytes) return { problem: fileProblem("fileTooLarge", path, { sizeBytes: size, limitBytes }) };
    return sourceFileOf(path, await readFile(full));
  } catch (error) {
    return { problem: fileProblem("unreadableFile", path, { reason: errorCode(error) }) };
  }
}

/** The text of a file from its bytes. */
export function sourceFileOf(path: string, bytes: Uint8Array): { file?: SourceFile; problem?: FileProblem } {
  const wrong = firstWrongByte(bytes);
  if (wrong !== undefined) return { problem: notUtf8(path, bytes, wrong) };
  const whole = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const hasByteOrderMark = whole.startsWith("\uFEFF");
  return { file: withLines({ path, text: hasByteOrderMark ? whole.slice(1) : whole, hasByteOrderMark, hash: hashOf(bytes) }) };
}

/** The hash by which a change on disk is noticed. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The place of a stretch of the text, from offsets in UTF-16 units. */
export function placeOf(file: SourceFile, from: number, to: number = from): FilePlace {
  const start = positionOf(file, from);
  const end = positionOf(file, Math.max(from, to));
  return { file: file.path, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** Offset of the end of the line that holds an offset, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  if (newline < 0) return text.length;
  return newline > offset && text[newline - 1] === "\r" ? newline - 1 : newline;
}

function withLines(file: Omit<SourceFile, "lineStarts">): SourceFile {
  const lineStarts = [0];
  for (let at = file.text.indexOf("\n"); at >= 0; at = file.text.indexOf("\n", at + 1)) lineStarts.push(at + 1);
  return { ...file, lineStarts };
}

function positionOf(file: SourceFile, offset: number): { line: number; column: number } {
  let low = 0;
  let high = file.lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (file.lineStarts[middle] <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: characterCount(file.text, file.lineStarts[low], offset) + 1 };
}

function characterCount(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += text.codePointAt(at)! > 0xffff ? 2 : 1) count++;
  return count;
}

function notUtf8(path: string, bytes: Uint8Array, at: number): FileProblem {
  const before = withLines({ path, text: new TextDecoder("utf-8").decode(bytes.subarray(0, at)), hasByteOrderMark: false, hash: "" });
  const guess = guessEncoding(bytes);
  return {
    code: "notUtf8",
    severity: "error",
    at: placeOf(before, before.text.length),
    params: { byteOffset: at, ...(guess ? { guess } : {}) },
  };
}

function guessEncoding(bytes: Uint8Array): string | undefined {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return "UTF-16";
  try {
    new TextDecoder("gb18030", { fatal: true }).decode(bytes);
    return "GB18030";
  } catch {
    return undefined;
  }
}

/** Offset of the first byte that no UTF-8 text can have there (Unicode 15, table 3-7); undefined for sound text. */
function firstWrongByte(bytes: Uint8Array): number | undefined {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return undefined;
  } catch {
    let at = 0;
    for (let length = sequenceLength(bytes, at); length > 0; length = sequenceLength(bytes, at)) at += length;
    return at;
  }
}

function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at];
  if (lead < 0x80) return 1;
  const length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  for (let next = 1; next < length; next++) if ((bytes[at + next] & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1];
  const outOfRange =
    (lead === 0xe0 && second < 0xa0) ||
    (lead === 0xed && second > 0x9f) ||
    (lead === 0xf0 && second < 0x90) ||
    (lead === 0xf4 && second > 0x8f);
  return outOfRange ? 0 : length;
}
