import type { Store } from "@watershed/workbench";

/**
 * Which jobs a living process is at, shown in the database itself: locks of a connection, which go with the process however it ends.
 *
 * What they say is a hint: a job that is taken up although somebody is at it is computed twice and kept once.
 */
export interface SignsOfLife {
  /** Shows that this process is at a job. */
  show(job: string): Promise<void>;
  /** Takes that back. */
  drop(job: string): Promise<void>;
  /** Of these jobs, those that no living process shows to be at. */
  abandoned(jobs: string[]): Promise<string[]>;
  close(): Promise<void>;
}

const lockOf = (job: string): string => `hashtextextended('watershed job ' || ${job}, 0)`;

/** On PGlite one process has the database for itself: what another was at is abandoned. */
export function signsOfLife({ database }: Store): SignsOfLife {
  let connection: Promise<NonNullable<ReturnType<typeof database.listener>>> | undefined;
  const connected = (): typeof connection => {
    const client = database.listener();
    if (!client) return undefined;
    client.on("error", () => (connection = undefined)).on("end", () => (connection = undefined));
    return client.connect().then(() => client);
  };
  const ask = async (text: string, job: string): Promise<void> => {
    try {
      connection ??= connected();
      await (await connection)?.query(text, [job]);
    } catch {
      connection = undefined; // without a sign a job is found by its heartbeat, as on another machine
    }
  };
  const shown = new Set<string>();
  return {
    show: async (job) => {
      shown.add(job);
      await ask(`select pg_try_advisory_lock(${lockOf("$1::text")})`, job);
    },
    drop: async (job) => {
      shown.delete(job);
      await ask(`select pg_advisory_unlock(${lockOf("$1::text")})`, job);
    },
    abandoned: async (jobs) => {
      const others = jobs.filter((job) => !shown.has(job));
      if (database.kind === "pglite" || others.length === 0) return others;
      const text = `select job from unnest($1::text[]) as job where pg_try_advisory_xact_lock(${lockOf("job")})`;
      return (await database.pool.query(text, [others])).rows.map(({ job }) => job as string);
    },
    close: async () => {
      const client = await connection?.catch(() => undefined);
      await client?.end().catch(() => undefined);
    },
  };
}
