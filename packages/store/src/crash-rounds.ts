import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { majorVersion } from "./cluster.ts";
import { openStore } from "./open-store.ts";
import { runningPostmaster } from "./postmaster.ts";
import type { Store } from "./store.ts";
import { brokenLink } from "./verify-history.ts";

/** What is killed in a round. */
export type Victim = "process" | "database" | "both";

export interface CrashChoices {
  folder: string; // of the database, kept from round to round
  kind: "embedded" | "pglite";
  rounds: number;
  /** A number from 0 to 1 for whatever is left to chance. */
  random: () => number;
  report?: (round: CrashRound) => void;
}

export interface CrashRound {
  round: number;
  victim: Victim;
  acknowledged: number; // writes of this round
  afterwards: number; // of them, those made once the database was back, by the same process
  lost: string[]; // acknowledged and not there
  twice: string[]; // there more than once
  brokenAt?: number; // change from which the history no longer fits itself
  recoverySeconds: number; // until the store could be read again
}

/** Kills a writing process, its database, or both, again and again, and looks after each time whether all that was acknowledged is there, once. */
export async function crashRounds({ folder, kind, rounds, random, report }: CrashChoices): Promise<CrashRound[]> {
  const acknowledged = new Set<string>();
  const done: CrashRound[] = [];
  for (let round = 0; round < rounds; round++) {
    const victim: Victim = kind === "pglite" ? "process" : (["process", "database", "both"] as const)[round % 3];
    const { before, after } = await crashOnce({ folder, kind, round, victim, random });
    for (const id of [...before, ...after]) acknowledged.add(id);
    const started = performance.now();
    const { store, problem } = await openStore({ dataFolder: folder, kind });
    if (!store) throw new Error(`after round ${round} the store does not open: ${JSON.stringify(problem)}`);
    const found = await look(store, acknowledged);
    const recoverySeconds = (performance.now() - started) / 1000;
    await store.close();
    done.push({ round, victim, acknowledged: before.length + after.length, afterwards: after.length, ...found, recoverySeconds });
    report?.(done.at(-1)!);
  }
  return done;
}

interface CrashAsked extends Pick<CrashChoices, "folder" | "kind" | "random"> {
  round: number;
  victim: Victim;
}

async function crashOnce({ folder, kind, round, victim, random }: CrashAsked): Promise<{ before: string[]; after: string[] }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL("./crash-writer.ts", import.meta.url)), folder, kind, String(round)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const heard = listenTo(child);
  await heard.until((acks) => acks.length >= 20);
  await pause(random() * 800);
  const before = heard.acks.length;
  const databaseFirst = random() < 0.5;
  if (victim !== "process" && databaseFirst) await killDatabase(folder);
  if (victim === "both") await pause(random() * 20);
  if (victim !== "database") child.kill("SIGKILL");
  if (victim !== "process" && !databaseFirst) await killDatabase(folder);
  // A process whose database was killed goes on by itself.
  if (victim === "database") {
    await heard.until((acks) => acks.length >= before + 20);
    child.kill("SIGKILL");
  }
  await heard.ended;
  const acks = heard.acks;
  return victim === "database" ? { before: acks.slice(0, before), after: acks.slice(before) } : { before: acks, after: [] };
}

interface Heard {
  acks: string[];
  until: (enough: (acks: string[]) => boolean) => Promise<void>;
  ended: Promise<unknown>;
}

function listenTo(child: ChildProcess): Heard {
  const acks: string[] = [];
  let complaint = "";
  child.stderr!.on("data", (bytes: Buffer) => (complaint += bytes.toString()));
  const lines = createInterface({ input: child.stdout! });
  lines.on("line", (line) => line.startsWith("ack ") && acks.push(line.split(" ")[1]));
  const ended = Promise.all([once(child, "exit"), once(lines, "close")]);
  const until = async (enough: (acks: string[]) => boolean): Promise<void> => {
    for (const limit = Date.now() + 120_000; !enough(acks); await pause(5)) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the writing process ended by itself: ${complaint}`);
      if (Date.now() > limit) throw new Error(`the writing process got stuck after ${acks.length} writes: ${complaint}`);
    }
  };
  return { acks, until, ended };
}

async function killDatabase(folder: string): Promise<void> {
  const postmaster = await runningPostmaster(join(folder, `postgres-${majorVersion}`));
  if (postmaster) process.kill(postmaster.pid, "SIGKILL");
}

/** Every acknowledged write by its name: which are missing, which are there twice; and whether the history fits itself. */
async function look(store: Store, acknowledged: Set<string>): Promise<Pick<CrashRound, "lost" | "twice" | "brokenAt">> {
  const { rows } = await store.database.query(
    `select coalesce(data ->> 'reasons', data ->> 'criterion') as id, count(*)::int as count
     from watershed.item_version where workspace = 'crash' and kind in ('forecasts', 'questions') group by 1`,
  );
  const counts = new Map(rows.map((row) => [row.id as string, row.count as number]));
  const brokenAt = await brokenLink(store.database, "crash");
  return {
    lost: [...acknowledged].filter((id) => !counts.has(id)),
    twice: [...counts].filter(([id, count]) => count > 1 && id !== "0").map(([id]) => id),
    ...(brokenAt === undefined ? {} : { brokenAt }),
  };
}
