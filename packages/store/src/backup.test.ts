import { existsSync } from "node:fs";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kindsOfDatabase, open, placeForDatabases } from "./databases.fixture.ts";
import type { KindOfDatabase, Place } from "./databases.fixture.ts";
import { smallFund } from "./small-fund.fixture.ts";
import type { Store } from "./store.ts";

const kept = join(import.meta.dirname, "..", "fixtures", "backup-1.gz");
let place: Place;
const stores = new Map<KindOfDatabase, Store>();
let source: Store;
let file: string;

beforeAll(async () => {
  place = await placeForDatabases();
  for (const kind of kindsOfDatabase) stores.set(kind, await open(await place.options(kind)));
  source = await open({ dataFolder: join(place.folder, "source") });
  await liveIn(source);
  file = join(place.folder, "one.backup");
  expect(await source.backup(file)).toEqual({ counts: { workspaces: 2, changes: 7, versions: 48, events: 1, rows: 3 } });
});
afterAll(async () => {
  for (const store of [...stores.values(), source]) await store?.close();
  await place.clear();
});

/** A store with a past: two workspaces, an edit, a removal, a private note, one archived, an event, a visit, people who may sign in. */
async function liveIn(store: Store): Promise<void> {
  await store.importWorkspace(smallFund(), { author: "ann", id: "one", owners: { bo: "bo" }, at: "2024-01-01T00:00:00Z" });
  await store.importWorkspace(smallFund(), { author: "bo", id: "two" });
  await store.save(
    "one",
    "questions",
    { ...smallFund().questions[0], criterion: "new" },
    { author: "bo", expectedVersion: 1, reason: "vague" },
  );
  await store.remove("one", "rounds", "r1", { author: "ann", expectedVersion: 1 });
  for (let index = 0; index < 2; index++)
    await store.append(
      "one",
      "forecasts",
      { question: "size", by: "ann", on: "2024-06-01", distribution: `${index + 1} to 50` },
      { author: "ann", requestId: `r${index}` },
    );
  await store.archiveWorkspace("two", { author: "bo", archived: true });
  await store.visit("one", "ann");
  await store.recordEvent({ author: "ann", action: "signedIn", details: { $from: -0 } });
  await makeSignIn(store);
  await store.database.query(`insert into auth."user" (id, email) values ('u1', 'a@b')`);
  await store.database.query(`insert into auth.account values ('a1', 'u1', 'hash'), ('a2', 'u1', null)`);
  await store.database.query(`insert into auth.session values ('s1')`);
}

async function makeSignIn(store: Store): Promise<void> {
  await store.database.query(`create schema if not exists auth`);
  await store.database.query(
    `create table if not exists auth."user" (id text primary key, email text unique, at timestamptz not null default now(), role text not null default 'member')`,
  );
  await store.database.query(
    `create table if not exists auth.account (id text primary key, "userId" text not null references auth."user" (id), password text)`,
  );
  await store.database.query(`create table if not exists auth.session (id text primary key)`);
}

const everything = async (store: Store): Promise<unknown> => ({
  workspaces: await store.listWorkspaces({ archived: true }),
  read: await Promise.all(["one", "two"].flatMap((id) => [undefined, "ann", "bo"].map((viewer) => store.readWorkspace(id, { viewer })))),
  past: await Promise.all([1, 2, 3, 4, 5].map((asOf) => store.readWorkspace("one", { asOf, viewer: "bo" }))),
  history: await store.history("one", "questions", "passes"),
  audit: (await store.audit({ viewer: "bo" })).entries.map(({ id, ...entry }) => (entry.change === undefined ? entry : { id, ...entry })),
  visit: await store.lastVisit("one", "ann"),
});
const codeOf = async (outcome: Promise<{ problem?: { code: string; params: object } }>): Promise<string | undefined> =>
  (await outcome).problem?.code;

test.each(kindsOfDatabase)("a backup restored into %s is the same store, its past and who may sign in too", async (kind) => {
  const store = stores.get(kind)!;
  expect(await store.restore(file)).toEqual({ counts: { workspaces: 2, changes: 7, versions: 48, events: 1, rows: 3 } });
  expect(await everything(store)).toEqual(await everything(source));
  // Once more adds nothing; what was written since stays.
  await store.append("one", "forecasts", smallFund().forecasts[0], { author: "ann" });
  const before = await everything(store);
  expect(await store.restore(file)).toMatchObject({ counts: { workspaces: 0, changes: 0, versions: 0, events: 0 } });
  expect(await everything(store)).toEqual(before);
});

test.each(kindsOfDatabase)("rows of others wait on %s until their tables are there", async (kind) => {
  const store = stores.get(kind)!;
  await makeSignIn(store);
  expect(await store.claimRestoredRows("auth")).toBe(3);
  expect(await store.claimRestoredRows("auth")).toBe(0);
  const { rows } = await store.database.query(
    `select u.id, u.email, u.role, a.password from auth."user" u join auth.account a on a."userId" = u.id order by a.id`,
  );
  expect(rows).toEqual([
    { id: "u1", email: "a@b", role: "member", password: "hash" },
    { id: "u1", email: "a@b", role: "member", password: null },
  ]);
  expect((await store.database.query("select * from auth.session")).rows).toEqual([]);
});

test("an older backup brings nothing back, a newer one brings a workspace forward", async () => {
  const store = await open({ dataFolder: join(place.folder, "forward"), kind: "pglite" });
  expect(await store.restore(file)).toMatchObject({ counts: { changes: 7 } });
  await source.append("one", "forecasts", smallFund().forecasts[0], { author: "ann" });
  const later = join(place.folder, "later.backup");
  await source.backup(later);
  expect(await store.restore(later)).toMatchObject({ counts: { workspaces: 0, changes: 1, versions: 1 } });
  expect(await everything(store)).toEqual(await everything(source));
  // Each goes its own way from here, and then neither may run over the other.
  await store.append("one", "forecasts", { ...smallFund().forecasts[0], probability: "1%" }, { author: "bo" });
  await source.append("one", "forecasts", { ...smallFund().forecasts[0], probability: "2%" }, { author: "bo" });
  const apart = join(place.folder, "apart.backup");
  await source.backup(apart);
  const before = await everything(store);
  expect((await store.restore(apart)).problem).toMatchObject({ code: "historiesDiffer", params: { id: "one", change: 7 } });
  expect(await everything(store)).toEqual(before);
  await store.close();
});

describe("a file that is no whole backup is refused, and nothing is lost", () => {
  let store: Store;
  let before: unknown;
  beforeAll(async () => {
    store = await open({ dataFolder: join(place.folder, "refusing") });
    await store.importWorkspace(smallFund(), { author: "ann", id: "here" });
    before = await store.readWorkspace("here");
  });
  afterAll(() => store?.close());

  const restoring = async (name: string, bytes: Uint8Array): Promise<{ code: string; params: Record<string, unknown> } | undefined> => {
    const path = join(place.folder, name);
    await writeFile(path, bytes);
    const { problem } = await store.restore(path);
    expect(await store.readWorkspace("here")).toEqual(before);
    expect((await store.listWorkspaces({ archived: true })).length).toBe(1);
    return problem as never;
  };
  /** The backup with its lines changed and packed again, with a checksum that fits. */
  const repacked = async (change: (lines: string[]) => string[]): Promise<Uint8Array> => {
    const lines = change(
      gunzipSync(await readFile(file))
        .toString()
        .trimEnd()
        .split("\n")
        .slice(0, -1),
    );
    const hash = createHash("sha256").update(lines.map((line) => `${line}\n`).join(""));
    return gzipSync([...lines, JSON.stringify({ end: true, lines: lines.length, sha256: hash.digest("hex") }), ""].join("\n"));
  };

  test("damaged anywhere", async () => {
    const whole = await readFile(file);
    for (let at = 12; at < whole.length; at += Math.floor(whole.length / 40)) {
      const bytes = Buffer.from(whole);
      bytes[at] ^= 0x10;
      expect(await restoring("flipped", bytes), `byte ${at}`).toMatchObject({
        code: expect.stringMatching(/^backup(Damaged|OfSomethingElse)$/),
      });
    }
  });

  test("cut off anywhere", async () => {
    const whole = await readFile(file);
    for (const length of [0, 5, 15, 100, whole.length >> 1, whole.length - 9, whole.length - 1])
      expect(await restoring("cut", whole.subarray(0, length)), `${length} bytes`).toMatchObject({
        code: expect.stringMatching(/^backup(Damaged|OfSomethingElse)$/),
      });
    const text = gunzipSync(whole).toString().trimEnd().split("\n");
    expect(await restoring("no-end", gzipSync(`${text.slice(0, -1).join("\n")}\n`))).toMatchObject({
      code: "backupDamaged",
      params: { reason: "cutOff" },
    });
    expect(await restoring("goes-on", gzipSync(`${text.join("\n")}\n{"t":"change"}\n`))).toMatchObject({
      code: "backupDamaged",
      params: { reason: "moreAfterEnd" },
    });
  });

  test("changed by a hand that also mended the checksum: the history no longer fits itself", async () => {
    const forged = await repacked((lines) => lines.map((line) => line.replace("1 to 50", "9 to 50")));
    expect(await restoring("forged", forged)).toMatchObject({ code: "backupDamaged" });
    const gap = await repacked((lines) => lines.filter((line) => !line.includes('"number":3')));
    expect(await restoring("gap", gap)).toMatchObject({ code: "backupDamaged" });
  });

  test("of a later format, of something else, not there", async () => {
    const newer = await repacked((lines) => [lines[0].replace('"version":1', '"version":2'), ...lines.slice(1)]);
    expect(await restoring("newer", newer)).toMatchObject({ code: "backupNewer", params: { found: 2, known: 1 } });
    expect(await restoring("other", Buffer.from("not a backup"))).toMatchObject({ code: "backupOfSomethingElse" });
    expect(await restoring("other.gz", gzipSync("not a backup\n"))).toMatchObject({ code: "backupOfSomethingElse" });
    expect(await restoring("other.json.gz", gzipSync('{"format":"else","version":1}\n'))).toMatchObject({ code: "backupOfSomethingElse" });
    expect(await codeOf(store.restore(join(place.folder, "no-such")))).toBe("backupNotReadable");
    expect(await codeOf(store.restore(place.folder))).toBe("backupNotReadable");
  });
});

test("a backup never writes over a file, and leaves nothing half-written", async () => {
  const names = async (): Promise<string[]> => (await readdir(place.folder)).filter((name) => name.includes("tmp"));
  expect(await codeOf(source.backup(file))).toBe("fileExists");
  expect(await codeOf(source.backup(join(place.folder, "no", "such", "folder")))).toBe("backupNotWritten");
  expect(await names()).toEqual([]);
});

test("a database that somebody changed past Watershed is noticed when it is backed up", async () => {
  const store = await open({ dataFolder: join(place.folder, "tampered"), kind: "pglite" });
  await store.importWorkspace(smallFund(), { author: "ann", id: "w" });
  await store.database.query("alter table watershed.item_version disable trigger append_only");
  await store.database.query("grant update on watershed.item_version to current_user");
  await store.database.query(`update watershed.item_version set data = replace(data::text, '60%', '90%')::json where kind = 'forecasts'`);
  const path = join(place.folder, "tampered.backup");
  expect((await store.backup(path)).problem).toMatchObject({ code: "historyBroken", params: { id: "w", change: 1 } });
  expect((await store.restore(path)).problem).toMatchObject({ code: "backupDamaged" });
  await store.close();
});

test("a backup of format 1, kept from the day it was made, is read by this version", async () => {
  if (process.env.MAKE_BACKUP_FIXTURE && !existsSync(kept)) await source.backup(kept);
  const store = await open({ dataFolder: join(place.folder, "kept") });
  expect(await store.restore(kept)).toMatchObject({ counts: { workspaces: 2, events: 1, rows: 3 } });
  expect((await store.readWorkspace("one", { asOf: 1, viewer: "bo" }))!.workspace).toEqual(smallFund());
  expect((await store.history("one", "questions", "passes")).map(({ author, reason }) => [author, reason])).toEqual([
    ["ann", undefined],
    ["bo", "vague"],
  ]);
  await store.close();
});
