import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { appendStreams } from "./append-streams.ts";
import { readWorkspace } from "./read-workspace.ts";
import { folderWith, settings } from "./folder.fixture.ts";

const lock = (folder: string): Promise<string> => readFile(join(folder, "streams.lock.yaml"), "utf8");

test("a new file says in two languages what it is; names are only ever added, each once, at the end", async () => {
  const folder = await folderWith({ "w.yaml": settings });
  expect(await appendStreams(folder, ["question/a", "b: c", "question/a"])).toEqual({ problems: [], streams: ["question/a", "b: c"] });
  const first = await lock(folder);
  expect(first).toMatch(/^# .*watershed[\s\S]*# .*写入[\s\S]*\nstreams:\n {2}- question\/a\n {2}- "b: c"\n$/);
  expect((await appendStreams(folder, ["d", "question/a", "2024"])).streams).toEqual(["question/a", "b: c", "d", "2024"]);
  expect(await lock(folder)).toBe(`${first}  - d\n  - "2024"\n`);
  expect((await readWorkspace(folder)).workspace!.streams).toEqual(["question/a", "b: c", "d", "2024"]);
});

test("nothing missing, nothing written; an empty list is filled", async () => {
  const folder = await folderWith({ "streams.lock.yaml": "# mine\nstreams: []\n" });
  await appendStreams(folder, []);
  expect(await lock(folder)).toBe("# mine\nstreams: []\n");
  await appendStreams(folder, ["a"]);
  expect(await lock(folder)).toBe("# mine\nstreams:\n  - a\n");
});

test("appending from several places at once loses no name", async () => {
  const folder = await folderWith({});
  await Promise.all(["a", "b", "c", "d"].map((name) => appendStreams(folder, [name])));
  expect((await appendStreams(folder, [])).streams.toSorted()).toEqual(["a", "b", "c", "d"]);
});

test("five hundred names at once", async () => {
  const folder = await folderWith({ "streams.lock.yaml": "streams:\n  - first\n" });
  const names = Array.from({ length: 500 }, (_, index) => `question/q${index}`);
  const started = performance.now();
  expect((await appendStreams(folder, names)).streams).toEqual(["first", ...names]);
  expect(performance.now() - started).toBeLessThan(2000);
});

test("a broken file or a missing folder is a problem, and stays as it is", async () => {
  const folder = await folderWith({ "streams.lock.yaml": "streams: [a, a]\n" });
  expect((await appendStreams(folder, ["b"])).problems).toMatchObject([{ code: "streamsRepeated" }]);
  expect(await lock(folder)).toBe("streams: [a, a]\n");
  expect((await appendStreams(join(folder, "nowhere"), ["b"])).problems).toMatchObject([{ code: "folderMissing" }]);
});
