import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { link, open, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { syncFolder } from "./cluster.ts";
import { reasonOf, storeProblem } from "./problem.ts";
import type { StoreProblem } from "./problem.ts";

/**
 * A backup is one file: gzip of lines of JSON, in UTF-8. The first says what it is, the last how many lines there were and their SHA-256.
 * A later version of the format gets a number of its own, and reads all before it.
 */
export const backupVersion = 1;
const format = "watershed-backup";

/** Any line between the first and the last. */
export interface BackupLine {
  t: string;
  [field: string]: unknown;
}

/** A backup that cannot be read, with the problem as data. */
export class UnreadableBackup extends Error {
  problem: StoreProblem;

  constructor(problem: StoreProblem, cause?: unknown) {
    super(problem.code, { cause });
    this.problem = problem;
  }
}

/** Writes a backup so that there is a whole one or none; never over a file that is there. Throws where it cannot. */
export async function writeBackupFile(file: string, lines: AsyncIterable<BackupLine>): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    await pipeline(Readable.from(textOf(lines)), createGzip(), createWriteStream(temporary, { mode: 0o600, flags: "wx" }));
    const handle = await open(temporary, "r+");
    await handle.sync();
    await handle.close();
    await link(temporary, file); // fails where the file is there, and cannot come in between
    await syncFolder(dirname(file));
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
}

async function* textOf(lines: AsyncIterable<BackupLine>): AsyncGenerator<string> {
  const hash = createHash("sha256");
  let count = 0;
  const counted = (line: object): string => {
    const text = `${JSON.stringify(line)}\n`;
    hash.update(text);
    count++;
    return text;
  };
  yield counted({ format, version: backupVersion, madeAt: new Date().toISOString() });
  for await (const line of lines) yield counted(line);
  yield `${JSON.stringify({ end: true, lines: count, sha256: hash.digest("hex") })}\n`;
}

/** The lines of a backup; throws `UnreadableBackup` where it is none, damaged, cut off, or of a later format. Only after the last line is it known to be whole. */
export async function* readBackupFile(file: string): AsyncGenerator<BackupLine> {
  const hash = createHash("sha256");
  let [count, ended] = [0, false];
  for await (const line of linesOf(file)) {
    if (ended) throw damaged(file, "moreAfterEnd");
    const read = parsed(file, line, count);
    if (count === 0) checkHeader(file, read);
    if (read.end === true) {
      if (read.lines !== count || read.sha256 !== hash.digest("hex")) throw damaged(file, "checksum");
      ended = true;
      continue;
    }
    hash.update(line).update("\n");
    if (count++ > 0) yield read as BackupLine;
  }
  if (!ended) throw count === 0 ? new UnreadableBackup(storeProblem("backupOfSomethingElse", { file }, { file })) : damaged(file, "cutOff");
}

function parsed(file: string, line: Buffer, count: number): Record<string, unknown> {
  try {
    return JSON.parse(line.toString("utf8")) as Record<string, unknown>;
  } catch (error) {
    throw count === 0 ? new UnreadableBackup(storeProblem("backupOfSomethingElse", { file }, { file }), error) : damaged(file, "checksum");
  }
}

function checkHeader(file: string, header: Record<string, unknown> | null): void {
  if (header?.format !== format || typeof header.version !== "number")
    throw new UnreadableBackup(storeProblem("backupOfSomethingElse", { file }, { file }));
  if (header.version > backupVersion)
    throw new UnreadableBackup(storeProblem("backupNewer", { file }, { file, found: header.version, known: backupVersion }));
}

function damaged(file: string, reason: string): UnreadableBackup {
  return new UnreadableBackup(storeProblem("backupDamaged", { file }, { file, reason }));
}

async function* linesOf(file: string): AsyncGenerator<Buffer> {
  const bytes = createReadStream(file);
  const unpacked = createGunzip();
  bytes.on("error", (error) => unpacked.destroy(error));
  let parts: Buffer[] = [];
  let any = false;
  try {
    for await (const chunk of bytes.pipe(unpacked) as AsyncIterable<Buffer>) {
      any = true;
      let from = 0;
      for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
        yield Buffer.concat([...parts, chunk.subarray(from, to)]);
        parts = [];
        from = to + 1;
      }
      parts.push(chunk.subarray(from));
    }
  } catch (error) {
    throw unreadable(file, any, error);
  } finally {
    bytes.destroy();
  }
  if (parts.some((part) => part.length > 0)) throw damaged(file, "cutOff");
}

const newline = 0x0a;

function unreadable(file: string, any: boolean, error: unknown): unknown {
  if (error instanceof UnreadableBackup) return error;
  const code = (error as { code?: string }).code ?? "";
  if (code === "Z_BUF_ERROR") return damaged(file, "cutOff");
  if (code.startsWith("Z_"))
    return any ? damaged(file, "checksum") : new UnreadableBackup(storeProblem("backupOfSomethingElse", { file }, { file }), error);
  return new UnreadableBackup(storeProblem("backupNotReadable", { file }, { file, reason: reasonOf(error) }), error);
}
