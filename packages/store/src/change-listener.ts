import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "./database.ts";
import { changeChannel } from "./write-change.ts";

export interface ChangeNews {
  workspace: string;
  change: number;
  author: string;
}
export type Listener = (news: ChangeNews) => void;

/** Hears of changes that any process makes on the database, from the first listener on. */
export interface ChangeListener {
  add(listener: Listener): () => void;
  /** For a database that cannot be listened to: what this process changed itself. */
  tell(news: ChangeNews): void;
  close(): Promise<void>;
}

/** Makes a listener that connects when somebody wants to hear, and again where the connection is lost. */
export function listenForChanges(database: Database): ChangeListener {
  const listeners = new Set<Listener>();
  const life = new AbortController();
  let hangUp: (() => Promise<void>) | undefined;
  const told = new Map<string, number>();
  const tellAll = (news: ChangeNews): void => {
    if (news.change <= (told.get(news.workspace) ?? 0)) return;
    told.set(news.workspace, news.change);
    for (const listener of listeners) listener(news);
  };

  const connect = async (): Promise<void> => {
    const client = database.listener();
    if (!client) return;
    const lost = new Promise<void>((resolve) => client.once("end", resolve).on("error", () => resolve()));
    client.on("notification", ({ payload }) => payload && tellAll(JSON.parse(payload) as ChangeNews));
    await client.connect();
    hangUp = () => client.end();
    await client.query(`listen ${changeChannel}`);
    // What was changed while nobody listened is told as it stands.
    const { rows } = await client.query<ChangeNews>(
      "select distinct on (workspace) workspace, number::int as change, author from watershed.change order by workspace, number desc",
    );
    rows.forEach(tellAll);
    await lost;
    await client.end().catch(() => undefined);
  };
  const keepConnected = async (): Promise<void> => {
    for (; !life.signal.aborted && database.kind !== "pglite"; await pause(100)) await connect().catch(() => undefined);
  };
  let keeping: Promise<void> | undefined;

  return {
    add: (listener) => {
      listeners.add(listener);
      keeping ??= keepConnected();
      return () => void listeners.delete(listener);
    },
    tell: (news) => {
      if (database.kind === "pglite") tellAll(news);
    },
    close: async () => {
      life.abort();
      listeners.clear();
      await hangUp?.().catch(() => undefined);
      await keeping;
    },
  };
}
