import { symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listFiles } from "./list-files.ts";
import { readWorkspace } from "./read-workspace.ts";
import { folderWith, settings } from "./folder.fixture.ts";

const question = `  - id: passes
    text: "通过吗"
    kind: yesNo
    dimension: ai
    criterion: c
    resolveBy: 2025-12-31
`;

/** code@file:line:column of every problem. */
async function problemsOf(files: Record<string, string | Uint8Array>): Promise<string[]> {
  const { problems } = await readWorkspace(await folderWith(files));
  return problems.map(({ code, at }) => `${code}@${at.file}:${at.line}:${at.column}`);
}

const at = async (body: string): Promise<string[]> => problemsOf({ "w.yaml": settings, "x.yaml": body });

async function theProblem(files: Record<string, string | Uint8Array>) {
  const { problems } = await readWorkspace(await folderWith(files));
  expect(problems.map((problem) => problem.code)).toHaveLength(1);
  return problems[0];
}

const person = (id: string): string => `  - { id: ${id}, name: ${id} }\n`;

describe("folders", () => {
  test("lists merge over files in path order, items in file order", async () => {
    const folder = await folderWith({
      "workspace.yaml": settings,
      "b.yaml": `people:\n${person("c")}`,
      "a/z.yaml": `people:\n${person("b")}${person("a")}`,
      "a.yml": `people:\n${person("d")}`,
      ".hidden/x.yaml": "people: 5\n",
      "node_modules/x.yaml": "people: 5\n",
      ".x.yaml": "people: 5\n",
      "notes.txt": "nothing",
    });
    const reading = await readWorkspace(folder);
    expect(reading.problems).toEqual([]);
    expect(reading.workspace!.people.map(({ id }) => id)).toEqual(["b", "a", "d", "c"]);
    expect(reading.files).toEqual(["a/z.yaml", "a.yml", "b.yaml", "workspace.yaml"]);
  });

  test("a missing folder, a file, a folder that is not a workspace", async () => {
    const folder = await folderWith({ "x.txt": "", "readme.md": "# a book\n", "inner/workspace.yaml": settings });
    expect((await readWorkspace(join(folder, "nowhere"))).problems).toMatchObject([{ code: "folderMissing" }]);
    expect((await readWorkspace(join(folder, "x.txt"))).problems).toMatchObject([{ code: "notAFolder" }]);
    const { problems, workspace } = await readWorkspace(folder);
    expect(problems).toMatchObject([{ code: "notAWorkspace", params: { command: `watershed new ${folder}`, inner: ["inner"] } }]);
    expect(workspace).toBeUndefined();
  });

  test("a folder below with settings of its own is another workspace, even where its file is broken", async () => {
    const folder = await folderWith({
      "workspace.yaml": settings,
      "later/all.yaml": `${settings}people: 5\n`,
      "deep/other/w.yaml": `${settings}\tx: [`,
      "deep/p.yaml": "people: [{ id: a, name: A }]\n",
    });
    const reading = await readWorkspace(folder);
    expect(reading.problems).toEqual([]);
    expect(reading.workspace!.people).toHaveLength(1);
  });

  test("symbolic links are followed once: a loop ends, a target counts once, a dead link is a problem", async () => {
    const folder = await folderWith({ "workspace.yaml": settings, "sub/p.yaml": "people: [{ id: a, name: A }]\n" });
    await symlink(folder, join(folder, "sub", "loop"));
    await symlink(join(folder, "sub"), join(folder, "again"));
    await symlink(join(folder, "nowhere.yaml"), join(folder, "dead.yaml"));
    const { problems, workspace } = await readWorkspace(folder);
    expect(problems).toMatchObject([{ code: "unreadableFile", at: { file: "dead.yaml" }, params: { reason: "ENOENT" } }]);
    expect(workspace!.people).toHaveLength(1);
  });

  test("too many files are refused before any is read", async () => {
    const folder = await folderWith({ "a.yaml": "", "b.yaml": "", "c.yaml": "" });
    expect((await listFiles(folder, { files: 2, entries: 100, fileBytes: 100 })).problems).toMatchObject([
      { code: "tooManyFiles", params: { limit: 2 } },
    ]);
    expect((await listFiles(folder, { files: 3, entries: 100, fileBytes: 100 })).problems).toEqual([]);
  });

  test("settings: missing, twice, broken", async () => {
    expect(await problemsOf({ "a.yaml": "people: [{ id: a, name: A }]\n" })).toEqual(["settingsMissing@:1:1"]);
    expect(await problemsOf({ "a.yaml": settings, "b.yaml": `# again\n${settings}` })).toEqual(["settingsTwice@b.yaml:2:1"]);
    expect(await problemsOf({ "a.yaml": settings.replace("2024-03-31", "2024-02-30") })).toEqual(["noSuchDate@a.yaml:4:9"]);
    expect(await problemsOf({ "a.yaml": "workspace: 5\n" })).toEqual(["wrongType@a.yaml:1:12"]);
    expect(await problemsOf({ "a.yaml": "workspace:\n" })).toEqual(["wrongType@a.yaml:1:1"]);
  });
});

describe("files", () => {
  test("a file of 50 MB is not read; the limit is named", async () => {
    const folder = await folderWith({ "workspace.yaml": settings, "big.yaml": "" });
    await truncate(join(folder, "big.yaml"), 50 * 1024 * 1024);
    const started = performance.now();
    const { problems } = await readWorkspace(folder);
    expect(problems).toMatchObject([
      { code: "fileTooLarge", at: { file: "big.yaml" }, params: { sizeBytes: 52_428_800, limitBytes: 16_777_216 } },
    ]);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("bytes that are no UTF-8: the offset, the place, the likely encoding", async () => {
    const gb = new Uint8Array([...new TextEncoder().encode("people:\n  - id: a\n    name: "), 0xc0, 0xee, 0xc0, 0xcf, 0x0a]);
    expect(await theProblem({ "workspace.yaml": settings, "a.yaml": gb })).toMatchObject({
      code: "notUtf8",
      at: { line: 3, column: 11 },
      params: { byteOffset: 28, guess: "GB18030" },
    });
    const utf16 = new Uint8Array([0xff, 0xfe, 0x61, 0x00]);
    expect(await theProblem({ "workspace.yaml": settings, "a.yaml": utf16 })).toMatchObject({
      code: "notUtf8",
      params: { byteOffset: 0, guess: "UTF-16" },
    });
    const cut = new Uint8Array([...new TextEncoder().encode("# 通"), 0xe9, 0x80]);
    expect(await theProblem({ "workspace.yaml": settings, "a.yaml": cut })).toMatchObject({ params: { byteOffset: 5 } });
  });

  test("byte order mark, CRLF, empty files, comments alone, empty lists", async () => {
    const folder = await folderWith({
      "a.yaml": "",
      "b.yaml": "# nothing yet\n",
      "c.yaml": "people:\nfacts: []\n",
      "w.yaml": `\uFEFF${settings.replaceAll("\n", "\r\n")}`,
      "q.yaml": `\uFEFFquestions:\r\n${question.replaceAll("\n", "\r\n")}`,
    });
    const reading = await readWorkspace(folder);
    expect(reading.problems).toEqual([]);
    expect(reading.workspace!.settings.name).toBe("Test");
    expect(reading.locate({ kind: "questions", index: 0, path: ["dimension"] })).toEqual({
      file: "q.yaml",
      line: 5,
      column: 16,
      endLine: 5,
      endColumn: 18,
    });
    expect(await problemsOf({ "w.yaml": `\uFEFF${settings}x: 1\n` })).toEqual(["unknownList@w.yaml:7:1"]);
  });

  test("a list that does not exist, with the near name; a file that is no map; a list that is none", async () => {
    expect(await theProblem({ "w.yaml": `${settings}quesions: []\n` })).toMatchObject({
      code: "unknownList",
      at: { line: 7, column: 1, endColumn: 9 },
      params: { list: "quesions", suggestion: "questions" },
    });
    expect(await theProblem({ "w.yaml": `${settings}company: []\n` })).toMatchObject({ params: { suggestion: "companies" } });
    expect(await theProblem({ "w.yaml": `${settings}streams: []\n` })).toMatchObject({ code: "unknownList" });
    expect(await problemsOf({ "w.yaml": settings, "x.yaml": "- a\n", "y.yaml": "just text\n" })).toEqual([
      "notAMap@x.yaml:1:1",
      "notAMap@y.yaml:1:1",
    ]);
    expect(await problemsOf({ "w.yaml": `${settings}people:\n  id: a\n` })).toEqual(["notAList@w.yaml:8:3"]);
    expect(await problemsOf({ "w.yaml": `${settings}people:\n  - 5\n  - id: a\n    name: A\n` })).toEqual(["wrongType@w.yaml:8:5"]);
  });

  test("the order of random streams, and a name that stands twice", async () => {
    const folder = await folderWith({
      "w.yaml": settings,
      "streams.lock.yaml": "streams:\n  - question/a\n  - question/b\n  - question/a\n",
    });
    const reading = await readWorkspace(folder);
    expect(reading.workspace!.streams).toEqual(["question/a", "question/b"]);
    expect(reading.problems).toMatchObject([
      { code: "streamsRepeated", at: { line: 4, column: 5 }, params: { name: "question/a", firstLine: 2 } },
    ]);
  });

  test("notes: front matter or none, text byte for byte, the path as id", async () => {
    const folder = await folderWith({
      "w.yaml": settings,
      "notes/访谈.md": "---\nabout: [S-1]\non: 2024-03-01\n---\n\n# 标题\r\nbody\n",
      "plain.md": "No front matter\n",
      "rule.md": "---\nno end\n",
      "bad.md": "---\non: 2024-02-30\nfoo: 1\n---\ntext\n",
    });
    const { workspace, problems, locate } = await readWorkspace(folder);
    expect(workspace!.notes).toEqual([
      { id: "notes/访谈", about: ["S-1"], on: "2024-03-01", text: "\n# 标题\r\nbody\n" },
      { id: "plain", text: "No front matter\n" },
      { id: "rule", text: "---\nno end\n" },
    ]);
    expect(problems.map(({ code, at }) => `${code}@${at.file}:${at.line}:${at.column}`)).toEqual([
      "noSuchDate@bad.md:2:5",
      "unknownField@bad.md:3:1",
      "frontMatterUnclosed@rule.md:1:1",
    ]);
    expect(locate({ kind: "notes", index: 0, path: ["text"] }, { from: 3, to: 5 })).toMatchObject({ line: 6, column: 3, endColumn: 5 });
    expect(locate({ kind: "notes", index: 0, path: ["about", 0] })).toMatchObject({ line: 2, column: 9, endColumn: 12 });
  });
});

describe("YAML", () => {
  test("a repeated key says where the first one is, and the rest of the file is still read", async () => {
    const problem = await theProblem({ "w.yaml": settings, "q.yaml": `questions:\n${question}    kind: number\n` });
    expect(problem).toMatchObject({
      code: "duplicateKey",
      at: { line: 8, column: 5, endColumn: 9 },
      params: { key: "kind", firstLine: 4, firstColumn: 5 },
    });
    expect(await problemsOf({ "w.yaml": `${settings}people: []\npeople: []\n` })).toEqual(["duplicateKey@w.yaml:8:1"]);
  });

  test("tabs as indentation", async () => {
    expect(await problemsOf({ "w.yaml": settings, "q.yaml": "people:\n\t- id: a\n\t  name: A\n" })).toEqual([
      "tabIndentation@q.yaml:2:1",
      "tabIndentation@q.yaml:3:1",
    ]);
    expect(await problemsOf({ "w.yaml": settings, "q.yaml": "people:\n  - id: a\n  \tname: A\n" })).toEqual(["tabIndentation@q.yaml:3:1"]);
  });

  test.each([
    ["belief: dates(2025-12-31: 40%, never: 60%)", "formulaNeedsQuotes", 13, ": "],
    ["belief: 'a' is b", "formulaNeedsQuotes", 13, "'"],
    ["belief: @x", "formulaNeedsQuotes", 13, "@"],
    ["belief: %x", "formulaNeedsQuotes", 13, "%"],
    ["belief: > 5", "formulaNeedsQuotes", 13, ">"],
    ["belief: [a] + b", "formulaNeedsQuotes", 13, "["],
    ["belief: !x 5", "formulaNeedsQuotes", 13, "!"],
    ["margin: dates(2025-12-31: 40%)", "formulaNeedsQuotes", 13, ": "],
    ["text: GPT-5: 何时", "textNeedsQuotes", 11, ": "],
  ])("%s needs quotes", async (line, code, column, because) => {
    const problem = await theProblem({ "w.yaml": settings, "q.yaml": `questions:\n  - id: x\n    ${line}\n    kind: yesNo\n` });
    expect(problem).toMatchObject({ code, at: { file: "q.yaml", line: 3, column, endColumn: 5 + line.length }, params: { because } });
    const { problems } = await readWorkspace(
      await folderWith({ "w.yaml": settings, "q.yaml": `questions:\n  - id: x\n    ${problem.params.suggestion}\n` }),
    );
    expect(problems.some((again) => /Quotes|yamlSyntax/.test(again.code))).toBe(false);
  });

  test("a formula with commas inside braces needs quotes", async () => {
    const line = "  - { question: q, by: lin, on: 2026-01-10, distribution: quantiles(10%: 5, 90%: 9) }";
    const problem = await theProblem({ "w.yaml": settings, "f.yaml": `forecasts:\n${line}\n` });
    expect(problem).toMatchObject({
      code: "formulaNeedsQuotes",
      at: { file: "f.yaml", line: 2, column: line.indexOf("quantiles") + 1 },
      params: { field: "distribution", because: ",", suggestion: 'distribution: "quantiles(10%: 5, 90%: 9)"' },
    });
  });

  test.each([
    ['name: "open\n', "quoteNotClosed"],
    ["people: [a, b\nfacts: []\n", "bracketNotClosed"],
    ["people:\n   - id: a\n  - id: b\n", "indentation"],
    ["people: []\nfoo\nfacts: []\n", "colonMissing"],
    ['name: "\\q"\n', "badEscape"],
    ["people: - a\n", "listOnKeyLine"],
  ])("%j is bad syntax: %s", async (text, reason) => {
    const { problems } = await readWorkspace(await folderWith({ "w.yaml": settings, "x.yaml": text }));
    expect(problems[0]).toMatchObject({ code: "yamlSyntax", severity: "error", at: { file: "x.yaml" }, params: { reason } });
  });

  test("several documents in one file", async () => {
    expect(await problemsOf({ "w.yaml": `${settings}---\npeople: []\n` })).toEqual(["multipleDocuments@w.yaml:7:1"]);
  });

  test("anchors and aliases are read; a bomb, a loop and an unknown name are refused", async () => {
    const { workspace, problems } = await readWorkspace(
      await folderWith({ "w.yaml": settings, "p.yaml": "people:\n  - id: a\n    name: &n { en: A, zh: 甲 }\n  - id: b\n    name: *n\n" }),
    );
    expect(problems).toEqual([]);
    expect(workspace!.people[1].name).toEqual({ en: "A", zh: "甲" });
    const levels = Array.from(
      { length: 12 },
      (_, level) => `      k${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(", ")}]\n`,
    ).join("");
    const bomb = `facts:\n  - id: a\n    data:\n      k0: &l0 lol\n${levels}`;
    expect(await theProblem({ "w.yaml": settings, "f.yaml": bomb })).toMatchObject({ code: "aliasBomb", at: { file: "f.yaml" } });
    expect(await problemsOf({ "w.yaml": settings, "f.yaml": "facts:\n  - &a\n    data: *a\n" })).toEqual(["aliasBomb@f.yaml:3:11"]);
    expect(await problemsOf({ "w.yaml": settings, "f.yaml": "facts:\n  - data: *a\n" })).toEqual(["unknownAlias@f.yaml:2:11"]);
  });

  test("nesting without end is a problem, not a crash", async () => {
    expect(await theProblem({ "w.yaml": settings, "f.yaml": `facts: ${"[".repeat(20_000)}` })).toMatchObject({
      code: "nestedTooDeep",
      at: { file: "f.yaml", line: 1 },
    });
  });

  test("a key named __proto__ is data", async () => {
    expect(await problemsOf({ "w.yaml": `${settings}people:\n  - id: a\n    name: A\n    constructor: 1\n` })).toEqual([
      "unknownField@w.yaml:10:5",
    ]);
    const { workspace } = await readWorkspace(
      await folderWith({
        "w.yaml": `${settings}sources: [{ id: S, title: T }]\nfacts:\n  - { id: F, date: 2024, text: T, sources: [S], data: { __proto__: { polluted: 1 } } }\n`,
      }),
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(workspace!.facts).toHaveLength(1);
  });
});

describe("items", () => {
  test("a missing id points at the first line of its item", async () => {
    expect(await theProblem({ "w.yaml": settings, "q.yaml": `questions:\n${question.replace("id: passes\n    ", "")}` })).toMatchObject({
      code: "missingField",
      at: { line: 2, column: 5, endLine: 2, endColumn: 16 },
      params: { field: "id" },
    });
  });

  test("a date that is none, a wrong type, a wrong choice with the near one, an unknown field: each at its own place", async () => {
    expect(await at(`questions:\n${question.replace("2025-12-31", "2025-02-30")}`)).toEqual(["noSuchDate@x.yaml:7:16"]);
    expect(await at("people:\n  - id: a\n    name: A\n    weight: heavy\n")).toEqual(["wrongType@x.yaml:4:13"]);
    expect(await at("people:\n  - id: a\n    name: A\n    weigth: 2\n")).toEqual(["unknownField@x.yaml:4:5"]);
    expect(await theProblem({ "w.yaml": settings, "q.yaml": `questions:\n${question.replace("yesNo", "yesno")}` })).toMatchObject({
      code: "notOneOf",
      at: { line: 4, column: 11, endColumn: 16 },
      params: { suggestion: "yesNo" },
    });
    expect(await at("people:\n  - id: Anna\n    name:\n")).toEqual(["badIdentifier@x.yaml:2:9", "wrongType@x.yaml:3:5"]);
    expect(await at("people:\n  - id: a\n    name: { en: A }\n")).toEqual(["missingField@x.yaml:3:11"]);
  });

  test("a bad name among the keys of a map points at the key", async () => {
    expect(
      await at(
        `questions:\n${question}people: [{ id: a, name: A }]\nforecasts:\n  - question: passes\n    by: a\n    on: 2024-01-01\n    probabilities:\n      Open AI: 40%\n`,
      ),
    ).toEqual(["badIdentifier@x.yaml:14:7"]);
  });

  test("a year, or a name made of digits, is read as it is written", async () => {
    const { workspace, problems } = await readWorkspace(
      await folderWith({
        "w.yaml": settings,
        "x.yaml": "sources:\n  - { id: 360, title: 360, date: 2024 }\nfacts:\n  - { id: F, date: 2024, text: 3.10, sources: [360] }\n",
      }),
    );
    expect(problems).toEqual([]);
    expect(workspace!.sources).toEqual([{ id: "360", title: "360", date: "2024" }]);
    expect(workspace!.facts[0]).toMatchObject({ date: "2024", text: "3.10", sources: ["360"] });
  });

  test("references are located, with the near name", async () => {
    const body = `questions:\n${question}forecasts:\n  - question: pases\n    by: a\n    on: 2024-01-01\n    probability: 50%\npeople:\n  - { id: a, name: A }\n`;
    expect(await theProblem({ "w.yaml": settings, "x.yaml": body })).toMatchObject({
      code: "unknownReference",
      at: { line: 9, column: 15, endColumn: 20 },
      params: { suggestion: "passes" },
    });
  });

  test("an unsound item is left out without making its friends look wrong", async () => {
    const body = `questions:\n${question.replace("yesNo", "maybe")}forecasts:\n  - question: passes\n    by: a\n    on: 2024-01-01\n    probability: 50%\npeople:\n  - { id: a, name: A }\n`;
    expect(await at(body)).toEqual(["notOneOf@x.yaml:4:11"]);
  });

  test("a broken file hides what refers to it behind one warning, and the other files are still checked", async () => {
    const forecasts =
      "forecasts:\n" + [1, 2, 3].map((day) => `  - { question: passes, by: a, on: 2024-01-0${day}, probability: 50% }\n`).join("");
    const { problems, workspace } = await readWorkspace(
      await folderWith({
        "w.yaml": settings,
        "a.yaml": `questions:\n${question}    "broken\n`,
        "f.yaml": forecasts,
        "p.yaml": "people:\n  - { id: a, name: A, wight: 1 }\n  - { id: a2, name: A }\n  - { id: a2, name: A }\n",
      }),
    );
    expect(problems.map(({ code, at }) => `${code}@${at.file}:${at.line}`)).toEqual([
      "referencesUnchecked@a.yaml:1",
      "yamlSyntax@a.yaml:8",
      "unknownField@p.yaml:2",
      "duplicateId@p.yaml:4",
    ]);
    expect(problems[0]).toMatchObject({ severity: "warning", params: { files: ["a.yaml"], count: 3 } });
    expect(workspace!.forecasts).toHaveLength(3);
  });

  test("the same folder gives the same reading", async () => {
    const folder = await folderWith({ "w.yaml": settings, "x.yaml": `questions:\n${question}` });
    const [first, second] = [await readWorkspace(folder), await readWorkspace(folder)];
    expect(second.workspace).toEqual(first.workspace);
    expect(second.hashes).toEqual(first.hashes);
    await writeFile(join(folder, "x.yaml"), `questions:\n${question}# more\n`);
    expect((await readWorkspace(folder)).hashes["x.yaml"]).not.toBe(first.hashes["x.yaml"]);
  });
});
