import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { DurableFiles } from "./durable-files.ts";
import { takeMessages } from "./wire-messages.ts";

/** What the thread of the fallback database is asked: bytes of PostgreSQL's wire protocol, how often it synced, to close. */
export type Asked = { bytes: Uint8Array } | { count: true } | { close: true };
/** And what it says. */
export type Said = { ready: true } | { failed: string } | { bytes: Uint8Array } | { syncs: number } | { closed: true };

const port = parentPort!;
const files = new DurableFiles((workerData as { folder: string }).folder);
let pending: Uint8Array = new Uint8Array(0);
let started = false;

const say = (said: Said): void => port.postMessage(said);

try {
  // As shipped it starts with -F, which is fsync off.
  const startParams = [...PGlite.defaultStartParams.filter((word) => word !== "-F"), "-c", "fsync=on", "-c", "wal_sync_method=fsync"];
  const database = await PGlite.create({ fs: files, startParams });
  await database.exec("checkpoint");
  port.on("message", (asked: Asked) => void answer(database, asked));
  say({ ready: true });
} catch (error) {
  say({ failed: (error as Error).message });
}

let turn: Promise<void> = Promise.resolve();

function answer(database: PGlite, asked: Asked): Promise<void> {
  turn = turn.then(() => answerNow(database, asked)).catch((error: Error) => say({ failed: error.message }));
  return turn;
}

async function answerNow(database: PGlite, asked: Asked): Promise<void> {
  if ("count" in asked) return say({ syncs: files.syncs });
  if ("close" in asked) {
    await database.exec("checkpoint");
    await database.close();
    return say({ closed: true });
  }
  const { messages, rest, began } = takeMessages(Buffer.concat([pending, asked.bytes]), started);
  pending = rest;
  started = began;
  for (const message of messages) {
    if (message[0] === terminate) {
      started = false;
      await endSession(database);
    } else say({ bytes: await database.execProtocolRaw(message) });
  }
}

/** Every connection is the same session underneath: the next one finds nothing of the last. */
async function endSession(database: PGlite): Promise<void> {
  if (database.isInTransaction()) await database.exec("rollback");
  await database.exec("discard all");
}

const terminate = "X".codePointAt(0);
