import { afterAll, beforeAll, describe, expect, test } from "vitest";
import pg from "pg";
import { kindsOfDatabase, open, placeForDatabases } from "./databases.fixture.ts";
import type { Place } from "./databases.fixture.ts";
import { smallFund } from "./small-fund.fixture.ts";
import type { Store } from "./store.ts";

describe.each(kindsOfDatabase)("what was recorded stays as it was, on %s", (kind) => {
  let place: Place;
  let store: Store;

  beforeAll(async () => {
    place = await placeForDatabases();
    store = await open(await place.options(kind));
    await store.importWorkspace(smallFund(), { author: "ann", id: "w" });
    await store.recordEvent({ author: "ann", action: "signedIn" });
  });
  afterAll(async () => {
    await store?.close();
    await place.clear();
  });

  const everything = async (): Promise<string> => {
    const tables = ["workspace", "change", "item_version", "event"];
    return JSON.stringify(
      await Promise.all(
        tables.map(async (table) => (await store.database.query(`select * from watershed.${table} order by 1, 2, 3`)).rows),
      ),
    );
  };
  /** The error codes that statements meet; none of them may change anything. */
  const refusals = async (query: (text: string) => Promise<unknown>, statements: string[]): Promise<string[]> => {
    const before = await everything();
    const codes: string[] = [];
    for (const statement of statements)
      codes.push(
        await query(statement).then(
          () => `went through: ${statement}`,
          (error: { code?: string }) => error.code ?? "",
        ),
      );
    expect(await everything()).toBe(before);
    return codes;
  };

  const rewriting = ["forecasts", "resolutions", "decisions", "questions"].flatMap((items) => [
    `update watershed.item_version set data = '{}' where kind = '${items}'`,
    `delete from watershed.item_version where kind = '${items}'`,
  ]);
  const others = [
    "truncate watershed.item_version",
    "update watershed.change set author = 'eve'",
    "delete from watershed.change where number = 1",
    "truncate watershed.change",
    "update watershed.event set author = 'eve'",
    "delete from watershed.event",
    "truncate watershed.event",
    "truncate watershed.change, watershed.item_version, watershed.event, watershed.visit, watershed.workspace",
    "delete from watershed.workspace",
    "insert into watershed.item_version (workspace, kind, key, version, change, place, data) values ('w', 'questions', 'passes', 1, 1, 1, '{}') on conflict (workspace, kind, key, version) do update set data = excluded.data",
  ];

  test("UPDATE, DELETE and TRUNCATE are refused", async () => {
    for (const code of await refusals((text) => store.database.query(text), [...rewriting, ...others]))
      expect(["23001", "42501"]).toContain(code);
  });

  test("a second version of a forecast, resolution, decision or assessment is refused, and its removal too", async () => {
    for (const [items, key] of [
      ["forecasts", "ann/passes/2024-01-10"],
      ["resolutions", "passes/2024-06-02"],
      ["decisions", "d1"],
      ["assessments", "ann/acme/arch/2024-03-01"],
    ])
      for (const data of ["'{}'", "null"]) {
        const inOneGo = `begin; insert into watershed.change (workspace, number, at, author, action, hash) values ('w', 2, now(), 'eve', 'saved', '');
          insert into watershed.item_version (workspace, kind, key, version, change, place, data) values ('w', '${items}', '${key}', 2, 2, 1, ${data}); commit`;
        expect(
          await refusals(async (text) => await store.database.query(text).finally(() => store.database.query("rollback")), [inOneGo]),
        ).toEqual(["23001"]);
      }
  });

  test("nothing is slipped into the past: a change that is closed, a gap, a time before the last", async () => {
    const version = (workspace: string, change: number, number: number): string =>
      `insert into watershed.item_version (workspace, kind, key, version, change, place, data) values ('${workspace}', 'questions', 'passes', ${number}, ${change}, 1, '{}')`;
    const change = (number: number, at: string): string =>
      `insert into watershed.change (workspace, number, at, author, action, hash) values ('w', ${number}, ${at}, 'eve', 'saved', '')`;
    const statements = [
      version("w", 1, 2),
      version("w", 2, 2),
      version("elsewhere", 1, 1),
      change(3, "now()"),
      change(1, "now()"),
      change(2, "'2001-01-01'"),
    ];
    for (const code of await refusals((text) => store.database.query(text), statements)) expect(["23001", "23505"]).toContain(code);
    expect(await refusals((text) => store.database.query(text), ["update watershed.workspace set created_by = 'eve'"])).toEqual(["23001"]);
  });

  test.runIf(kind === "embedded")("nor does a superuser get through, with triggers for replicas set aside", async () => {
    const { host, port } = store.database.pool.options;
    const client = new pg.Client({ host, port, user: "postgres", database: "watershed" });
    await client.connect();
    await client.query("set session_replication_role = replica");
    for (const code of await refusals((text) => client.query(text), [...rewriting, ...others.slice(0, -1)])) expect(code).toBe("23001");
    await client.end();
  });
});
