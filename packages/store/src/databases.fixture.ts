import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { joinEmbeddedServer } from "./embedded-server.ts";
import { openStore } from "./open-store.ts";
import type { OpenedStore, StoreOptions } from "./open-store.ts";
import { findBinaries } from "./postgres-binaries.ts";
import type { Store } from "./store.ts";

/** The three kinds of database that the same suite runs on. */
export const kindsOfDatabase = findBinaries() ? (["embedded", "pglite", "server"] as const) : (["pglite"] as const);
export type KindOfDatabase = (typeof kindsOfDatabase)[number];

/** A place for databases of a test, and the way to leave nothing behind. */
export interface Place {
  folder: string;
  /** How to open the database of this kind; the same options open the same database again. */
  options: (kind: KindOfDatabase) => Promise<StoreOptions>;
  clear: () => Promise<void>;
}

export async function placeForDatabases(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "watershed-store-"));
  const ends: (() => Promise<void>)[] = [];
  return {
    folder,
    options: async (kind) => {
      if (kind !== "server") return { dataFolder: join(folder, kind), kind };
      const { url, end } = await foreignServer(join(folder, "foreign"));
      ends.push(end);
      return { databaseUrl: url };
    },
    clear: async () => {
      for (const end of ends) await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A PostgreSQL that somebody else runs, reached over TCP with a password as a role that owns one database and nothing more. With
 * WATERSHED_TEST_SERVER it is a database of that server, `postgresql://superuser:password@host:5432/postgres`.
 */
async function foreignServer(folder: string): Promise<{ url: string; end: () => Promise<void> }> {
  const given = process.env.WATERSHED_TEST_SERVER;
  const server = given ? undefined : await joinEmbeddedServer(folder, { tcp: true });
  if (server && "cannotRun" in server) throw new Error(`no PostgreSQL here: ${server.cannotRun}`);
  const { host, port, password } = server?.endpoint ?? { host: "", port: 0, password: "" };
  const url = new URL(given ?? `postgresql://postgres:${password}@${host}:${port}/postgres`);
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const name = `fund_${randomUUID().slice(0, 8)}`;
  await client.query(`create role ${name} login password 'of the/team'`);
  await client.query(`create database ${name} owner ${name}`);
  Object.assign(url, { username: name, password: encodeURIComponent("of the/team"), pathname: `/${name}` });
  const end = async (): Promise<void> => {
    await client.query(`drop database ${name} with (force)`);
    await client.query(`drop role ${name}`);
    await client.end();
    await server?.leave();
  };
  return { url: url.href, end };
}

/** The store of an opening that must succeed. */
export function opened(opening: OpenedStore): Store {
  if (opening.problem) throw new Error(JSON.stringify(opening.problem));
  return opening.store;
}

export async function open(options: StoreOptions): Promise<Store> {
  return opened(await openStore(options));
}
