import { spawnSync } from "node:child_process";
import { cp, readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kindsOfDatabase, open, placeForDatabases } from "./databases.fixture.ts";
import type { Place } from "./databases.fixture.ts";
import { openStore } from "./open-store.ts";
import { smallFund } from "./small-fund.fixture.ts";

let place: Place;
beforeAll(async () => void (place = await placeForDatabases()));
afterAll(() => place.clear());

const house = join(import.meta.dirname, "..");

test("the migrations make the tables that the code names", async () => {
  const copy = join(place.folder, "migrations");
  await cp(join(house, "migrations"), copy, { recursive: true });
  const before = (await readdir(copy)).toSorted();
  const kit = join(dirname(createRequire(import.meta.url).resolve("drizzle-kit")), "bin.cjs");
  const { stdout, status } = spawnSync(
    process.execPath,
    [kit, "generate", "--dialect=postgresql", `--schema=${join(house, "src", "tables.ts")}`, `--out=${relative(house, copy)}`],
    { cwd: house, encoding: "utf8" },
  );
  expect(status, stdout).toBe(0);
  expect((await readdir(copy)).toSorted(), "run `npx drizzle-kit generate` in packages/store").toEqual(before);
});

describe.each(kindsOfDatabase)("on %s", (kind) => {
  test("tables are made once, by however many processes, and a database that a newer version has used is left alone", async () => {
    const options = await place.options(kind);
    const first = await open(options);
    await first.importWorkspace(smallFund(), { author: "ann", id: "w" });
    if (kind !== "pglite") {
      const others = await Promise.all([open(options), open(options), open(options)]);
      for (const other of others) {
        expect((await other.readWorkspace("w", { viewer: "ann" }))!.workspace).toEqual(smallFund());
        await other.close();
      }
    }
    await first.database.query(`insert into watershed.migration (hash, created_at) values ('later', 9999999999999)`);
    await first.close();
    expect((await openStore(options)).problem).toMatchObject({ code: "databaseNewer", severity: "error" });
  });
});

describe.runIf(kindsOfDatabase.length > 1)("a server that does not fit", () => {
  test("one whose role may not make tables is refused with the server's reason", async () => {
    const elsewhere = await placeForDatabases();
    const options = await elsewhere.options("server");
    const url = new URL((options as { databaseUrl: string }).databaseUrl);
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    await client.query("create schema taken");
    await client.query(`revoke all on database ${url.username} from public, ${url.username}`);
    await client.query(`grant connect on database ${url.username} to ${url.username}`);
    await client.end();
    const { problem } = await openStore(options);
    expect(problem).toMatchObject({ code: "databaseNotPrepared", params: { reason: expect.stringContaining("permission denied") } });
    expect(JSON.stringify(problem)).not.toContain(url.password);
    if (!process.env.WATERSHED_TEST_SERVER) {
      url.password = "wrong";
      expect((await openStore({ databaseUrl: url.href })).problem).toMatchObject({
        code: "databaseUnreachable",
        params: { reason: expect.stringContaining("password") },
      });
    }
    url.pathname = "/nowhere";
    url.password = encodeURIComponent("of the/team");
    expect((await openStore({ databaseUrl: url.href })).problem).toMatchObject({
      code: "databaseUnreachable",
      params: { reason: expect.stringContaining("does not exist") },
    });
    await elsewhere.clear();
  });

  test("an address that is none is told as such, without its password", async () => {
    for (const databaseUrl of ["mysql://me:secret@here/fund", "here", "postgresql://me:secret@[here/fund"]) {
      const { problem } = await openStore({ databaseUrl });
      expect(["badDatabaseUrl", "databaseUnreachable"]).toContain(problem?.code);
      expect(JSON.stringify(problem)).not.toContain("secret");
    }
  });
});

test("errors of the database do not carry what was to be written", async () => {
  const store = await open({ dataFolder: join(place.folder, "errors") });
  await store.importWorkspace(smallFund(), { author: "ann", id: "w" });
  await store.database.query("alter table watershed.item_version add constraint none check (version < 2) not valid");
  const failure = await store
    .save("w", "notes", { ...smallFund().notes[1], text: "the secret" }, { author: "ann", expectedVersion: 1 })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  const { message, stack, cause } = failure as Error;
  expect([message, stack, (cause as Error).message, (cause as Error).stack].join("\n")).not.toContain("the secret");
  await store.close();
});

test("the SQL of the migrations needs nothing newer than PostgreSQL 15", async () => {
  const files = (await readdir(join(house, "migrations"))).filter((name) => name.endsWith(".sql"));
  const text = (await Promise.all(files.map((name) => readFile(join(house, "migrations", name), "utf8")))).join("\n");
  expect(text).not.toMatch(/\b(uuidv7|virtual|json_table|nulls not distinct all|merge\b.*returning|without overlaps)\b/i);
});
