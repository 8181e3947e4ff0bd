import { setTimeout as pause } from "node:timers/promises";
import { DrizzleQueryError } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { isConnectionLost } from "./connection-lost.ts";
import type { EmbeddedServer } from "./embedded-server.ts";
import type { PgliteServer } from "./pglite-server.ts";
import type { StoreProblem } from "./problem.ts";

export type Sql = NodePgDatabase;
export type Transaction = Parameters<Parameters<Sql["transaction"]>[0]>[0];

/** A PostgreSQL that is reached, of whichever of the three kinds; sign-in and jobs keep their tables in it beside the store's. */
export interface Database {
  kind: "embedded" | "pglite" | "server";
  /** Connections of node-postgres; PGlite has one, so nothing waits for the pool inside a transaction. */
  pool: pg.Pool;
  drizzle: Sql;
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[]; rowCount: number }>;
  /** Undefined for PGlite, which listens nowhere. */
  connectionString: string | undefined;
  /** What its user should know: that it is the simpler database, and why. */
  notice?: StoreProblem;
  /** Does work once more where the database went away under it, until it is back; work that writes must bear being done twice. */
  steadily<T>(work: () => Promise<T>): Promise<T>;
  /** A connection of its own for listening, undefined for PGlite. */
  listener(): pg.Client | undefined;
  close(): Promise<void>;
}

/** The database of a server that is reached by URL. */
export function serverDatabase(url: string): Database {
  const config: pg.PoolConfig = { connectionString: url, connectionTimeoutMillis: 10_000, application_name: "watershed", keepAlive: true };
  return databaseOf({
    kind: "server",
    config,
    connectionString: url,
    running: () => pause(100),
    patienceSeconds: 15,
    stop: async () => {},
  });
}

/** The database in the embedded server of a data folder. */
export function embeddedDatabase(server: EmbeddedServer): Database {
  const { host, port, user, password, database } = server.endpoint;
  const at = host.startsWith("/") ? `/${database}?host=${encodeURIComponent(host)}&port=${port}` : `${host}:${port}/${database}`;
  return databaseOf({
    kind: "embedded",
    config: { host, port, user, password, database, connectionTimeoutMillis: 10_000, application_name: "watershed" },
    connectionString: `postgresql://${user}:${encodeURIComponent(password)}@${at}`,
    running: () => server.running(),
    patienceSeconds: 150,
    stop: () => server.leave(),
  });
}

/** The fallback database in a thread of this process. */
export function pgliteDatabase(server: PgliteServer, release: () => void): Database {
  const stream = (): never => server.connect() as never;
  return databaseOf({
    kind: "pglite",
    config: { stream, max: 1, user: "postgres", database: "postgres", idleTimeoutMillis: 0 },
    connectionString: undefined,
    running: async () => {},
    patienceSeconds: 0,
    stop: async () => {
      await server.stop();
      release();
    },
  });
}

interface Making {
  kind: Database["kind"];
  config: pg.PoolConfig;
  connectionString: string | undefined;
  running: () => Promise<void>;
  patienceSeconds: number;
  stop: () => Promise<void>;
}

function databaseOf({ kind, config, connectionString, running, patienceSeconds, stop }: Making): Database {
  const pool = new pg.Pool(config);
  // A connection that is lost while nobody uses it is no event; the next one who needs it opens another.
  pool.on("error", () => undefined);
  // Nor while somebody has it and is just not asking: whoever asks next is told. Without a listener Node would end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const steadily = async <T>(work: () => Promise<T>): Promise<T> => {
    for (const until = Date.now() + patienceSeconds * 1000; ; await pause(20)) {
      try {
        return await work();
      } catch (error) {
        if (!isConnectionLost(error) || Date.now() >= until) throw withoutParameters(error);
        await running();
      }
    }
  };
  return {
    kind,
    pool,
    drizzle: drizzle(pool),
    query: async (text, values) => {
      const { rows, rowCount } = await pool.query(text, values);
      return { rows, rowCount: rowCount ?? 0 };
    },
    connectionString,
    steadily,
    listener: () => (kind === "pglite" ? undefined : new pg.Client(config)),
    close: async () => {
      await pool.end();
      await stop();
    },
  };
}

/** Errors of queries carry what was to be written; that may be private, and errors end up in logs. */
function withoutParameters(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? new Error("a query failed", { cause: error.cause }) : error;
}
