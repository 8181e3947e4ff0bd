import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kindsOfDatabase, open, placeForDatabases } from "./databases.fixture.ts";
import type { Place } from "./databases.fixture.ts";
import { lockFolder } from "./folder-lock.ts";
import { openStore } from "./open-store.ts";
import { startPglite } from "./pglite-server.ts";
import { smallFund } from "./small-fund.fixture.ts";
import { takeMessages } from "./wire-messages.ts";

let place: Place;
beforeAll(async () => void (place = await placeForDatabases()));
afterAll(() => place.clear());

test("PGlite syncs once for every change that is acknowledged, and connections are sessions of their own", async () => {
  const server = await startPglite(join(place.folder, "syncs"));
  const pool = new pg.Pool({ stream: () => server.connect() as never, max: 1, user: "postgres", database: "postgres" });
  const ask = async (text: string): Promise<unknown> => Object.values((await pool.query(text)).rows[0] ?? {})[0];
  expect(await ask("show fsync")).toBe("on");
  expect(await ask("show wal_sync_method")).toBe("fsync");
  await pool.query("create table kept (number int)");
  const before = await server.syncCount();
  for (let number = 0; number < 20; number++) await pool.query("insert into kept values ($1)", [number]);
  expect((await server.syncCount()) - before).toBeGreaterThanOrEqual(20);
  // Reading needs none.
  const afterwards = await server.syncCount();
  for (let number = 0; number < 20; number++) await pool.query("select * from kept where number = $1", [number]);
  expect((await server.syncCount()) - afterwards).toBeLessThan(5);

  const client = await pool.connect();
  await client.query("begin");
  await client.query("insert into kept values (99)");
  await client.query("set search_path = nowhere");
  client.release(new Error("thrown away in the middle of a transaction"));
  expect(await ask("select count(*)::int from public.kept")).toBe(20);
  expect(await ask("show search_path")).not.toBe("nowhere");
  await pool.end();
  await server.stop();
});

test("a second process is refused, with the number of the first, and comes in when that is gone, however it went", async () => {
  const dataFolder = join(place.folder, "locked");
  const store = await open({ dataFolder, kind: "pglite" });
  await store.importWorkspace(smallFund(), { author: "ann", id: "w" });
  const script = join(place.folder, "second.ts");
  const module = fileURLToPath(new URL("./open-store.ts", import.meta.url));
  await writeFile(
    script,
    `import { openStore } from ${JSON.stringify(module)};
     const { store, problem } = await openStore({ dataFolder: process.argv[2], kind: "pglite" });
     console.log(JSON.stringify(problem ?? (await store.listWorkspaces()).map(({ id }) => id)));
     if (store) setInterval(() => {}, 1000);`,
  );
  const run = () => spawn(process.execPath, [script, dataFolder], { stdio: ["ignore", "pipe", "inherit"] });
  const said = async (child: ReturnType<typeof run>): Promise<unknown> =>
    JSON.parse(((await once(child.stdout, "data")) as [Buffer])[0].toString());
  expect(await said(run())).toMatchObject({ code: "folderInUse", params: { folder: dataFolder, process: process.pid } });
  await store.close();
  const second = run();
  expect(await said(second)).toEqual(["w"]);
  expect((await openStore({ dataFolder, kind: "pglite" })).problem).toMatchObject({ code: "folderInUse", params: { process: second.pid } });
  second.kill("SIGKILL");
  await once(second, "exit");
  const again = await open({ dataFolder, kind: "pglite" });
  expect((await again.readWorkspace("w", { viewer: "ann" }))!.workspace).toEqual(smallFund());
  await again.close();
});

test("the lock goes with its holder", async () => {
  const folder = join(place.folder, "lock");
  await mkdir(folder);
  const first = lockFolder(folder);
  expect(lockFolder(folder)).toEqual({ holder: process.pid });
  if ("release" in first) first.release();
  const second = lockFolder(folder);
  expect("release" in second).toBe(true);
  if ("release" in second) second.release();
});

test.runIf(kindsOfDatabase.length > 1)("a folder keeps the kind of database it began with", async () => {
  const dataFolder = join(place.folder, "kept-kind");
  const first = await open({ dataFolder, kind: "pglite" });
  await first.importWorkspace(smallFund(), { author: "ann", id: "w" });
  await first.close();
  const second = await open({ dataFolder });
  expect(second.database.kind).toBe("pglite");
  expect((await second.listWorkspaces()).length).toBe(1);
  await second.close();
});

test.runIf(kindsOfDatabase.length > 1)(
  "where PostgreSQL does not start in a new folder PGlite takes its place, says why, and stays",
  async () => {
    const dataFolder = join(place.folder, "fallen-back");
    await mkdir(join(dataFolder, "postgres.log"), { recursive: true });
    const first = await open({ dataFolder });
    expect(first.database).toMatchObject({
      kind: "pglite",
      notice: { code: "simplerDatabase", severity: "warning", params: { reason: expect.stringContaining("EISDIR") } },
    });
    await first.importWorkspace(smallFund(), { author: "ann", id: "w" });
    await first.close();
    await rm(join(dataFolder, "postgres.log"), { recursive: true });
    const second = await open({ dataFolder });
    expect(second.database.kind).toBe("pglite");
    expect((await second.listWorkspaces()).map(({ id }) => id)).toEqual(["w"]);
    await second.close();

    const other = join(place.folder, "no-way-back");
    await (await open({ dataFolder: other })).close();
    await rm(join(other, "postgres.log"));
    await mkdir(join(other, "postgres.log"));
    expect((await openStore({ dataFolder: other })).problem).toMatchObject({
      code: "databaseDidNotStart",
      params: { reason: expect.stringContaining("EISDIR") },
    });
  },
);

test("law: messages of the wire protocol come whole, however their bytes are cut", () => {
  const bodies = fc.array(fc.uint8Array({ maxLength: 12 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(bodies, fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 60 }), (contents, cuts) => {
      const sent = contents.map((body, index) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(body.length + 4);
        return Buffer.concat([Buffer.from(index === 0 ? [] : [0x51]), length, body]);
      });
      const all = Buffer.concat(sent);
      const got: Buffer[] = [];
      let [rest, began]: [Uint8Array, boolean] = [new Uint8Array(0), false];
      for (let at = 0, cut = 0; at < all.length; cut++) {
        const size = 1 + cuts[cut % cuts.length];
        const taken = takeMessages(Buffer.concat([rest, all.subarray(at, at + size)]), began);
        got.push(...taken.messages.map((one) => Buffer.from(one)));
        [rest, began, at] = [taken.rest, taken.began, at + size];
      }
      expect(got).toEqual(sent);
      expect(rest.length).toBe(0);
    }),
  );
});
