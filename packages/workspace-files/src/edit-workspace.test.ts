import { chmod, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { editWorkspace } from "./edit-workspace.ts";
import type { Edit } from "./edit-workspace.ts";
import { readWorkspace } from "./read-workspace.ts";
import { filesOf, folderWith, settings } from "./folder.fixture.ts";

const people = `# 团队
people:
  - id: ann   # the first
    name: "Ann"

  # 第二位
  - id: bo
    name: 'Bo'
    weight: 2
  - { id: cy, name: Cy, role: analyst }
# end
`;

async function edit(text: string, ...edits: Edit[]): Promise<string> {
  const folder = await folderWith({ "w.yaml": settings, "p.yaml": text });
  expect((await editWorkspace(folder, edits)).problems).toEqual([]);
  return readFile(join(folder, "p.yaml"), "utf8");
}

const set = (index: number, path: (string | number)[], value: unknown, kind: "people" | "facts" | "quantities" = "people"): Edit => ({
  change: "set",
  place: { kind, index, path },
  value,
});
const remove = (index: number, path: (string | number)[] = []): Edit => ({ change: "remove", place: { kind: "people", index, path } });

const forecast = (by: string, day: number): object => ({ question: "q", by, on: `2024-01-0${day}`, probability: "50%" });
const forecastsOf = (by: string): string => `forecasts:\n  - { question: q, by: ${by}, on: 2024-01-01, probability: 40% }\n`;
const notePlace = (index: number, path: string[]) => ({ kind: "notes" as const, index, path });

async function refused(files: Record<string, string>, edits: Edit[]): Promise<string[]> {
  const folder = await folderWith({ "w.yaml": settings, ...files });
  const before = await filesOf(folder);
  const { problems, changed } = await editWorkspace(folder, edits);
  expect(changed).toEqual([]);
  expect(await filesOf(folder)).toEqual(before);
  return problems.map(({ code, at }) => `${code}@${at.file}:${at.line}`);
}

describe("set", () => {
  test("replaces a value and keeps its quotes, comments and everything else", async () => {
    expect(await edit(people, set(0, ["name"], "Anna"))).toBe(people.replace('"Ann"', '"Anna"'));
    expect(await edit(people, set(1, ["name"], "B'o"))).toBe(people.replace("'Bo'", "'B''o'"));
    expect(await edit(people, set(0, ["id"], "anna"))).toBe(people.replace("ann ", "anna "));
    expect(await edit(people, set(1, ["weight"], 3.5))).toBe(people.replace("weight: 2", "weight: 3.5"));
    expect(await edit(people, set(2, ["role"], "partner"))).toBe(people.replace("analyst", "partner"));
  });

  test("quotes what needs quotes", async () => {
    const text = "quantities:\n  - id: q\n    formula: 5\n  - { id: r, formula: 6 }\n";
    expect(await edit(text, set(0, ["formula"], "dates(2025-12-31: 40%, never: 60%)", "quantities"))).toBe(
      text.replace("5\n", '"dates(2025-12-31: 40%, never: 60%)"\n'),
    );
    expect(await edit(text, set(0, ["formula"], "12", "quantities"))).toBe(text.replace("5\n", '"12"\n'));
    expect(await edit(text, set(0, ["formula"], "a # b", "quantities"))).toBe(text.replace("5\n", '"a # b"\n'));
    expect(await edit(text, set(1, ["formula"], "max(a, b)", "quantities"))).toBe(text.replace("6 }", '"max(a, b)" }'));
    expect(await edit(text, set(0, ["formula"], "a +\nb", "quantities"))).toBe(text.replace("5\n", "|-\n      a +\n      b\n"));
  });

  test("a missing field is added below the others; a missing map with it", async () => {
    expect(await edit(people, set(0, ["weight"], 2))).toBe(people.replace('"Ann"\n', '"Ann"\n    weight: 2\n'));
    expect(await edit(people, set(2, ["weight"], 2))).toBe(people.replace("analyst }", "analyst, weight: 2 }"));
    expect(await edit(people, set(1, ["description"], { en: "x", zh: "甲: 乙" }))).toBe(
      people.replace("weight: 2\n", 'weight: 2\n    description:\n      en: x\n      zh: "甲: 乙"\n'),
    );
  });

  test("a value of another shape", async () => {
    expect(await edit(people, set(0, ["name"], { en: "Ann", zh: "安" }))).toBe(people.replace(' "Ann"', "\n      en: Ann\n      zh: 安"));
    const nested = "people:\n  - id: a\n    name:\n      en: A\n      zh: 甲\n    weight: 1\n";
    expect(await edit(nested, set(0, ["name"], "A"))).toBe("people:\n  - id: a\n    name: A\n    weight: 1\n");
    expect(await edit(nested, set(0, ["name", "zh"], "乙"))).toBe(nested.replace("甲", "乙"));
    expect(await edit("people:\n  - id: a\n    name: >\n      long\n      text\n\n    weight: 1\n", set(0, ["name"], "A"))).toBe(
      "people:\n  - id: a\n    name: A\n\n    weight: 1\n",
    );
  });

  test("a value of several lines beside a comment stays on its line", async () => {
    expect(await edit("people:\n  - id: a\n    name: A # 注\n", set(0, ["name"], "x\ny"))).toBe(
      'people:\n  - id: a\n    name: "x\\ny" # 注\n',
    );
  });

  test("line endings, byte order mark and a missing last line break stay", async () => {
    const windows = `\uFEFF${people.replaceAll("\n", "\r\n")}`;
    expect(await edit(windows, set(1, ["description"], "a\nb"))).toBe(
      windows.replace("weight: 2\r\n", "weight: 2\r\n    description: |-\r\n      a\r\n      b\r\n"),
    );
    expect(await edit("people:\n  - id: a\n    name: A", set(0, ["weight"], 1))).toBe("people:\n  - id: a\n    name: A\n    weight: 1");
  });

  test("settings", async () => {
    const folder = await folderWith({ "w.yaml": settings });
    expect(
      await editWorkspace(folder, [{ change: "set", place: { kind: "settings", index: 0, path: ["pooling", "events"] }, value: "linear" }]),
    ).toEqual({ problems: [], changed: ["w.yaml"] });
    expect(await readFile(join(folder, "w.yaml"), "utf8")).toBe(`${settings}  pooling:\n    events: linear\n`);
  });
});

describe("append", () => {
  const dee: Edit = { change: "append", list: "people", item: { id: "dee", name: "Dee: 丁" } };

  test("goes below the last item, in the manner of its list", async () => {
    expect(await edit(people, dee)).toBe(people.replace("analyst }\n", 'analyst }\n  - id: dee\n    name: "Dee: 丁"\n'));
    expect(await edit("people: [{ id: a, name: A }]\n", dee)).toBe('people: [{ id: a, name: A }, { id: dee, name: "Dee: 丁" }]\n');
    const spaced = "people:\n- id: a\n  name: A\n\n- id: b\n  name: B\n";
    expect(await edit(spaced, dee)).toBe(`${spaced}\n- id: dee\n  name: "Dee: 丁"\n`);
    expect(await edit(people, dee, { ...dee, item: { id: "ed", name: "Ed" } } as Edit)).toContain(
      '    name: "Dee: 丁"\n  - id: ed\n    name: Ed\n# end',
    );
  });

  test("into a list that is empty or not there, a file with comments alone, a new file", async () => {
    const append: Edit = { ...dee, file: "p.yaml" } as Edit;
    expect(await edit("people:\nfacts: []\n", append)).toBe('people:\n  - id: dee\n    name: "Dee: 丁"\nfacts: []\n');
    expect(await edit("people: [] # none\n", append)).toBe('people: [{ id: dee, name: "Dee: 丁" }] # none\n');
    expect(await edit("facts: []\n", append)).toBe('facts: []\n\npeople:\n  - id: dee\n    name: "Dee: 丁"\n');
    expect(await edit("# nothing yet\n", append)).toBe('# nothing yet\npeople:\n  - id: dee\n    name: "Dee: 丁"\n');
    const folder = await folderWith({ "w.yaml": settings });
    expect((await editWorkspace(folder, [{ change: "append", list: "people", item: { id: "a", name: "A" } }])).changed).toEqual([
      "people.yaml",
    ]);
    expect((await readWorkspace(folder)).workspace!.people).toEqual([{ id: "a", name: "A" }]);
  });

  test("a forecast joins the others of its person", async () => {
    const folder = await folderWith({ "w.yaml": settings, "forecasts/ann.yaml": forecastsOf("ann"), "team/bo.yaml": forecastsOf("bo") });
    await editWorkspace(folder, [
      { change: "append", list: "forecasts", item: forecast("bo", 2) },
      { change: "append", list: "forecasts", item: forecast("cy", 2) },
    ]);
    const files = await filesOf(folder);
    expect(Object.keys(files).sort()).toEqual(["forecasts/ann.yaml", "forecasts/cy.yaml", "team/bo.yaml", "w.yaml"]);
    expect(files["team/bo.yaml"]).toContain("by: bo\n    on: 2024-01-02\n    probability: 50%\n");
  });
});

describe("remove", () => {
  test("an item or a field goes with its lines, and nothing else", async () => {
    expect(await edit(people, remove(0))).toBe(people.replace('  - id: ann   # the first\n    name: "Ann"\n', ""));
    expect(await edit(people, remove(2))).toBe(people.replace("  - { id: cy, name: Cy, role: analyst }\n", ""));
    expect(await edit(people, remove(1, ["weight"]))).toBe(people.replace("    weight: 2\n", ""));
    expect(await edit(people, remove(2, ["role"]))).toBe(people.replace(", role: analyst", ""));
    expect(await edit(people, remove(0), remove(2), set(1, ["weight"], 1))).toBe(
      "# 团队\npeople:\n\n  # 第二位\n  - id: bo\n    name: 'Bo'\n    weight: 1\n# end\n",
    );
    expect(await edit("people:\n  - weight: 2\n    # note\n    id: a\n    name: A\n", remove(0, ["weight"]))).toBe(
      "people:\n  - # note\n    id: a\n    name: A\n",
    );
  });

  test("the last of a list leaves an empty list", async () => {
    expect(await edit("people:\n  - id: a\n    name: A\nfacts: []\n", remove(0))).toBe("people: []\nfacts: []\n");
    expect(await edit("people: [{ id: a, name: A }]\n", remove(0))).toBe("people: []\n");
  });
});

describe("notes", () => {
  test("front matter and text change apart; a note is made and removed as a file", async () => {
    const note = "---\r\non: 2024-03-01 # day\r\n---\r\n\r\ntext\n";
    const folder = await folderWith({ "w.yaml": settings, "notes/a.md": note, "notes/b.md": "bare\n" });
    await editWorkspace(folder, [
      { change: "set", place: notePlace(0, ["on"]), value: "2024-03-02" },
      { change: "set", place: notePlace(1, ["title"]), value: "标题" },
    ]);
    expect(await filesOf(folder)).toMatchObject({
      "notes/a.md": note.replace("03-01", "03-02"),
      "notes/b.md": "---\ntitle: 标题\n---\nbare\n",
    });
    await editWorkspace(folder, [
      { change: "set", place: notePlace(0, ["text"]), value: "new" },
      { change: "remove", place: notePlace(1, []) },
      { change: "append", list: "notes", item: { id: "notes/访谈", about: ["x"], text: "# Hi\n" } },
    ]);
    const files = await filesOf(folder);
    expect(files["notes/a.md"]).toBe("---\r\non: 2024-03-02 # day\r\n---\r\nnew");
    expect(files["notes/访谈.md"]).toBe("---\nabout:\n  - x\n---\n# Hi\n");
    expect(files["notes/b.md"]).toBeUndefined();
  });
});

describe("refusals leave every file as it was", () => {
  test("a place that is not there, a bad file name, an unsound result, one bad edit among good ones", async () => {
    expect(await refused({ "p.yaml": people }, [remove(9)])).toEqual(["placeNotFound@:1"]);
    expect(await refused({ "p.yaml": people }, [remove(0, ["weight"])])).toEqual(["editRefused@p.yaml:1"]);
    for (const file of ["../x.yaml", "/etc/x.yaml", ".x.yaml", "a/.git/x.yaml", "x.txt", "streams.lock.yaml", "x.md"])
      expect(await refused({}, [{ change: "append", list: "people", item: { id: "a", name: "A" }, file }])).toEqual([
        `badFileName@${file}:1`,
      ]);
    expect(await refused({ "p.yaml": people }, [set(0, ["name"], "Anna"), set(1, ["weight"], "heavy")])).toEqual(["wrongType@p.yaml:9"]);
    expect(await refused({ "p.yaml": people }, [{ change: "append", list: "people", item: { id: "Bad" }, file: "p.yaml" }])).toEqual([
      "badIdentifier@p.yaml:11",
      "missingField@p.yaml:11",
    ]);
  });

  test("two edits of one value, or of an item and of something in it", async () => {
    expect(await refused({ "p.yaml": people }, [set(0, ["name"], "A"), set(0, ["name"], "B")])).toEqual(["editsOverlap@p.yaml:1"]);
    expect(await refused({ "p.yaml": people }, [set(1, ["weight"], 3), remove(1)])).toEqual(["editsOverlap@p.yaml:1"]);
    expect(await refused({ "p.yaml": people }, [remove(1), remove(1, ["weight"])])).toEqual(["editsOverlap@p.yaml:1"]);
  });

  test("a value that an alias shares", async () => {
    const shared = "people:\n  - id: a\n    name: &n { en: A, zh: 甲 }\n  - id: b\n    name: *n\n";
    expect(await refused({ "p.yaml": shared }, [set(1, ["name", "en"], "B")])).toEqual(["editRefused@p.yaml:1"]);
    expect(await refused({ "p.yaml": shared }, [set(0, ["name", "en"], "B")])).toEqual(["editRefused@p.yaml:1"]);
  });

  test("a file that changed on disk since it was read", async () => {
    const folder = await folderWith({
      "w.yaml": settings,
      "m.yaml": "people:\n  - { id: m, name: M }\n",
      "p.yaml": people,
      "z.yaml": "facts: []\n",
    });
    const { hashes } = await readWorkspace(folder);
    const other = people.replace("Bo", "Bob");
    await writeFile(join(folder, "p.yaml"), other);
    expect(await editWorkspace(folder, [set(1, ["name"], "Anna")], hashes)).toMatchObject({
      problems: [{ code: "changedOnDisk", at: { file: "p.yaml" } }],
      changed: [],
    });
    expect(await readFile(join(folder, "p.yaml"), "utf8")).toBe(other);
  });

  test("a file before it that could shift the place counts, a file after it does not", async () => {
    const folder = await folderWith({ "w.yaml": settings, "a.yaml": "facts: []\n", "p.yaml": people, "z.yaml": "facts: []\n" });
    const { hashes } = await readWorkspace(folder);
    await writeFile(join(folder, "z.yaml"), "people: [{ id: z, name: Z }]\n");
    expect((await editWorkspace(folder, [set(0, ["name"], "Anna")], hashes)).changed).toEqual(["p.yaml"]);
    const now = await readWorkspace(folder);
    await writeFile(join(folder, "a.yaml"), "people: [{ id: x, name: X }]\n");
    expect((await editWorkspace(folder, [set(0, ["name"], "Annie")], now.hashes)).problems).toMatchObject([
      { code: "changedOnDisk", at: { file: "a.yaml" } },
    ]);
  });
});

describe("writing", () => {
  test("two edits at once are both kept; links and permissions stay; no temporary file is left", async () => {
    const folder = await folderWith({ "w.yaml": settings, "real.txt": "people:\n  - { id: a, name: A }\n" });
    await chmod(join(folder, "real.txt"), 0o640);
    await symlink(join(folder, "real.txt"), join(folder, "p.yaml"));
    const add = (id: string): Promise<unknown> =>
      editWorkspace(folder, [{ change: "append", list: "people", item: { id, name: id }, file: "p.yaml" }]);
    await Promise.all(["b", "c", "d"].map(add));
    expect((await readWorkspace(folder)).workspace!.people.map(({ id }) => id).sort()).toEqual(["a", "b", "c", "d"]);
    expect((await stat(join(folder, "real.txt"))).mode & 0o777).toBe(0o640);
    expect(Object.keys(await filesOf(folder)).sort()).toEqual(["real.txt", "w.yaml"]);
  });
});
