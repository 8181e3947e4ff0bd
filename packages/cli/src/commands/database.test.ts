import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callIn, expectReadable } from "../call.fixture.ts";
import { exitCodes } from "../exit-codes.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "watershed-database-"));
  expect((await call("new", "fund", "--size", "4x3")).code).toBe(exitCodes.done);
});
afterAll(() => rm(home, { recursive: true, force: true }));

const call = (...argv: string[]) => callIn(home, argv);
const elsewhere = (data: string, ...argv: string[]) => callIn(home, argv, { WATERSHED_DATA: join(home, data) });

describe("import, export and workspaces", () => {
  test("a folder goes in, is listed, comes out and goes in again without a change", async () => {
    expect((await call("workspaces")).out).toContain("no workspace yet");
    const imported = await call("import", "fund", "--id", "my-fund");
    expect(imported).toMatchObject({ code: exitCodes.done, out: expect.stringContaining("my-fund") });
    for (const language of ["en", "zh"]) {
      const { out } = await call("workspaces", "--lang", language);
      expect(out).toContain("my-fund");
      expectReadable(out);
    }
    expect(JSON.parse((await call("workspaces", "--json")).out).workspaces).toMatchObject([{ id: "my-fund", change: 1, author: "local" }]);
    const exported = await call("export", "my-fund", "copy", "--lang", "zh");
    expect(exported).toMatchObject({ code: exitCodes.done, out: expect.stringContaining("第 1 次改动") });
    expect((await call("import", "copy", "--id", "my-fund", "--update")).out).toContain("nothing was written");
    const settings = await readFile(join(home, "copy", "workspace.yaml"), "utf8");
    await writeFile(join(home, "copy", "workspace.yaml"), settings.replace(/discountRate: .*/, "discountRate: 0.31"));
    expect((await call("import", "copy", "--id", "my-fund", "--update", "--author", "ann")).out).toContain("1 item changed (change 2)");
    expect((await call("export", "my-fund", "past", "--at", "1")).code).toBe(exitCodes.done);
    expect(await readFile(join(home, "past", "workspace.yaml"), "utf8")).toBe(settings);
  });

  test("what is wrong is said in both languages, with a way to mend it, and nothing is written", async () => {
    await call("import", "fund", "--id", "there");
    const cases: [string[], number, string, string][] = [
      [["import", "fund", "--id", "there"], exitCodes.wrongCall, "already holds", "已经有"],
      [["import", "fund", "--id", "My Fund"], exitCodes.wrongCall, "lower-case", "小写字母"],
      [["import", "fund", "--id", "absent", "--update"], exitCodes.wrongCall, "no workspace", "没有工作区"],
      [["import", "nowhere"], exitCodes.materialHasErrors, "nowhere", "nowhere"],
      [["export", "absent", "out"], exitCodes.wrongCall, "no workspace", "没有工作区"],
      [["export", "there", "fund"], exitCodes.materialHasErrors, "not empty", "不是空的"],
      [["export", "there", "out", "--at", "soon"], exitCodes.wrongCall, "not a moment", "不是一个时刻"],
      [["export", "there", "out", "--at", "2001-01-01"], exitCodes.wrongCall, "was not in the database", "还没有工作区"],
      [["restore", "fund/workspace.yaml"], exitCodes.materialHasErrors, "not a backup", "不是 Watershed 做的备份"],
      [["restore", "absent.backup"], exitCodes.materialHasErrors, "cannot be read", "读不了"],
      [["backup", "no/such/folder/file"], exitCodes.failed, "could not be written", "没能写出"],
    ];
    for (const [argv, code, english, chinese] of cases)
      for (const [language, words] of [
        ["en", english],
        ["zh", chinese],
      ]) {
        const { err, ...result } = await call(...argv, "--lang", language);
        expect(result, argv.join(" ")).toEqual({ code, out: "" });
        expect(err).toContain(words);
        expectReadable(err);
      }
    await writeFile(join(home, "fund", "broken.yaml"), "people: [");
    const { code, err } = await call("import", "fund", "--id", "broken");
    expect(code).toBe(exitCodes.materialHasErrors);
    expect(err).toMatch(/broken\.yaml:1:\d+/);
    expect(err).toContain("Nothing was imported");
    await rm(join(home, "fund", "broken.yaml"));
    const unreachable = await callIn(home, ["workspaces"], { DATABASE_URL: "postgresql://me:secret@127.0.0.1:9/none" });
    expect(unreachable).toMatchObject({ code: exitCodes.failed, err: expect.stringContaining("cannot be reached") });
    expect(unreachable.err).not.toContain("secret");
    expect((await callIn(home, ["workspaces"], { WATERSHED_DATA: "/proc/none" })).code).toBe(exitCodes.failed);
  });
});

test("everything goes into one file and into another database", async () => {
  await call("import", "fund", "--id", "kept");
  const written = await call("backup", "all.backup");
  expect(written).toMatchObject({ code: exitCodes.done, out: expect.stringContaining("read it back") });
  expectReadable(written.out);
  expect((await call("backup", "all.backup")).code).toBe(exitCodes.failed);
  const restored = await elsewhere("other", "restore", "all.backup", "--lang", "zh");
  expect(restored).toMatchObject({ code: exitCodes.done, out: expect.stringContaining("个工作区") });
  expect((await elsewhere("other", "restore", "all.backup")).out).toContain("already held everything");
  expect((await elsewhere("other", "workspaces")).out).toContain("kept");
});
