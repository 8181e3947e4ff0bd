import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { clusterPlaces, ensureCluster, passwordOf } from "./cluster.ts";
import type { ClusterPlaces } from "./cluster.ts";
import { findBinaries } from "./postgres-binaries.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { runningPostmaster, startPostmaster, stopPostmaster } from "./postmaster.ts";
import type { Endpoint, Postmaster } from "./postmaster.ts";
import { privilegeFor } from "./privilege.ts";
import type { Privilege } from "./privilege.ts";

/** A membership in the PostgreSQL of a data folder: every process that uses it holds one. */
export interface EmbeddedServer {
  /** How to reach it; the same for as long as the membership lasts, through crashes of the server too. */
  endpoint: Endpoint & { user: string; password: string; database: string };
  pid(): number;
  /** Waits until the server runs, after a crash until it is back. */
  running(): Promise<void>;
  /** Leaves; the last one to leave stops the server. */
  leave(): Promise<void>;
}

/** Joins the PostgreSQL of a data folder, making and starting it where need be; undefined, with the reason, where it cannot run here. */
export async function joinEmbeddedServer(
  dataFolder: string,
  { tcp = process.platform === "win32" }: { tcp?: boolean } = {},
): Promise<EmbeddedServer | { cannotRun: "noBinaries" | "root" }> {
  const binaries = findBinaries();
  if (!binaries) return { cannotRun: "noBinaries" };
  const places = await clusterPlaces(dataFolder);
  const privilege = privilegeFor(binaries.postgres, [dataFolder, places.socket]);
  if (!privilege) return { cannotRun: "root" };
  await ensureCluster(binaries, places, privilege);
  const membership = new Membership({ binaries, places, privilege, tcp, password: await passwordOf(places) });
  await membership.running();
  return membership;
}

interface Setting {
  binaries: PostgresBinaries;
  places: ClusterPlaces;
  privilege: Privilege;
  tcp: boolean;
  password: string;
}

const socketPort = 5432; // names the socket; nothing listens on it
const presence = 0x57_53; // the advisory lock that members share and the last one takes alone

class Membership implements EmbeddedServer {
  endpoint: EmbeddedServer["endpoint"];
  #setting: Setting;
  #presence: pg.Client | undefined;
  #pid = 0;
  #joining: Promise<void> | undefined;
  #left = false;

  constructor(setting: Setting) {
    this.#setting = setting;
    const { places, password } = setting;
    this.endpoint = { host: places.socket, port: socketPort, user: "watershed", password, database: "watershed" };
  }

  pid(): number {
    return this.#pid;
  }

  async running(): Promise<void> {
    if (this.#presence || this.#left) return;
    this.#joining ??= this.#join().finally(() => (this.#joining = undefined));
    await this.#joining;
  }

  async leave(): Promise<void> {
    if (this.#left) return;
    await this.#joining?.catch(() => undefined);
    this.#left = true;
    const client = this.#presence;
    if (!client) return;
    this.#presence = undefined;
    const isLast = await leaveAlone(client);
    if (isLast) await stopPostmaster(this.#setting.places.data, this.#pid);
    await client.end().catch(() => undefined);
  }

  /** Whoever comes while the last one is stopping the server sees it go and starts it again. */
  async #join(): Promise<void> {
    let failure: unknown;
    for (const until = Date.now() + 150_000; Date.now() < until; await pause(50)) {
      try {
        const postmaster = await this.#found();
        const client = await this.#enter(postmaster);
        this.#pid = postmaster.pid;
        this.endpoint = { ...this.endpoint, host: postmaster.host, port: postmaster.port };
        this.#presence = client;
        client.on("end", () => this.#lost(client)).on("error", () => this.#lost(client));
        return;
      } catch (error) {
        failure = error;
        if (!passes(error)) break;
      }
    }
    throw new Error("the embedded PostgreSQL could not be started", { cause: failure });
  }

  async #found(): Promise<Postmaster> {
    const { binaries, places, privilege, tcp } = this.#setting;
    const found = await runningPostmaster(places.data);
    if (found?.ready) return found;
    if (found) throw new Error("the database system is starting up");
    const port = tcp ? await freePort(this.endpoint.host === places.socket ? 0 : this.endpoint.port) : socketPort;
    return startPostmaster(binaries, places, privilege, { port, tcp });
  }

  /** Makes role and database where they are missing, and takes the shared lock that says somebody is here. */
  async #enter({ host, port }: Postmaster): Promise<pg.Client> {
    const client = new pg.Client({ host, port, user: "postgres", password: this.#setting.password, database: "postgres", ...patience });
    client.on("error", () => undefined);
    await client.connect();
    try {
      await client.query("select pg_advisory_lock_shared($1)", [presence]);
      await prepare(client, this.#setting.password);
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  /** The server died or was stopped by hand: it is started again at once, so that what waits for it can go on. */
  #lost(client: pg.Client): void {
    if (this.#presence !== client) return;
    this.#presence = undefined;
    void client.end().catch(() => undefined);
    if (!this.#left) this.running().catch(() => undefined);
  }
}

const patience = { connectionTimeoutMillis: 10_000, application_name: "watershed presence" };

/** Gives up the shared lock and tries to take it alone: it is had where nobody else is here, and then nobody can come in. */
async function leaveAlone(client: pg.Client): Promise<boolean> {
  try {
    await client.query("select pg_advisory_unlock_shared($1)", [presence]);
    const { rows } = await client.query<{ alone: boolean }>("select pg_try_advisory_lock($1) as alone", [presence]);
    return rows[0].alone;
  } catch {
    return false;
  }
}

/** The store works as a role without a superuser's rights, so that what is revoked from it stays revoked. */
async function prepare(client: pg.Client, password: string): Promise<void> {
  const { rows } = await client.query("select 1 from pg_database where datname = 'watershed'");
  if (rows.length > 0) return;
  await client.query("select pg_advisory_lock($1)", [presence + 1]);
  try {
    const role = await client.query("select 1 from pg_roles where rolname = 'watershed'");
    if (role.rows.length === 0) await client.query(`create role watershed login password ${client.escapeLiteral(password)}`);
    const again = await client.query("select 1 from pg_database where datname = 'watershed'");
    if (again.rows.length === 0) await client.query("create database watershed owner watershed");
  } finally {
    await client.query("select pg_advisory_unlock($1)", [presence + 1]);
  }
}

/** Whether an error is of a server that comes or goes, so that trying again may help. */
function passes(error: unknown): boolean {
  const text = String((error as Error).message);
  const code = (error as { code?: string }).code ?? "";
  return (
    /^(57P0|08|53300)/.test(code) ||
    /ECONN|ENOENT|EPIPE|timeout|terminated|starting up|shutting down|recovery|shared memory block|postmaster\.pid|already exists/i.test(
      `${code} ${text}`,
    )
  );
}

async function freePort(wanted: number): Promise<number> {
  const server = createServer();
  const listening = (port: number): Promise<number> =>
    new Promise((resolve, reject) =>
      server.once("error", reject).listen(port, "127.0.0.1", () => resolve((server.address() as { port: number }).port)),
    );
  const port = await listening(wanted).catch(() => listening(0));
  await new Promise((done) => server.close(done));
  return port;
}
