import { join } from "node:path";
import { schemaOf } from "@watershed/domain";
import { expect, test } from "vitest";
import { newWorkspace } from "./new-workspace.ts";
import { readWorkspace } from "./read-workspace.ts";
import { filesOf, folderWith } from "./folder.fixture.ts";

test("the scaffold is a sound workspace of every kind of question, with forecasts, a thesis, a trigger and a case", async () => {
  const folder = join(await folderWith({}), "fresh");
  expect(await newWorkspace(folder, { name: "基金: 一期", asOf: "2026-02-01" })).toEqual([]);
  const { workspace, problems } = await readWorkspace(folder);
  expect(problems).toEqual([]);
  expect(workspace!.settings).toMatchObject({ name: "基金: 一期", asOf: "2026-02-01" });
  expect(new Set(workspace!.questions.map(({ kind }) => kind)).size).toBe(4);
  expect(new Set(workspace!.forecasts.map(({ by }) => by)).size).toBe(2);
  expect(workspace).toMatchObject({ companies: { length: 2 }, people: { length: 2 }, theses: { length: 1 }, triggers: { length: 1 } });
  expect(workspace!.cases[0]).toMatchObject({ now: { ticket: "USD 5M" }, wait: [{ trigger: "chip_works" }] });
});

test("an editor finds the schema from every file, both languages are in each, and it is read in two minutes", async () => {
  const folder = join(await folderWith({}), "fresh");
  await newWorkspace(folder);
  const files = await filesOf(folder);
  expect(JSON.parse(files[".watershed/workspace.schema.json"])).toEqual(schemaOf("file"));
  const texts = Object.entries(files).filter(([name]) => name.endsWith(".yaml"));
  for (const [, text] of texts)
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.watershed\/workspace\.schema\.json\n[\s\S]*# .*[a-z][\s\S]*\p{Script=Han}/u);
  expect(texts.map(([, text]) => text.split("\n").length).reduce((sum, lines) => sum + lines, 0)).toBeLessThan(160);
});

test("a folder that holds something is refused", async () => {
  const folder = await folderWith({ "a.txt": "" });
  expect(await newWorkspace(folder)).toMatchObject([{ code: "folderNotEmpty" }]);
  expect(Object.keys(await filesOf(folder))).toEqual(["a.txt"]);
});
