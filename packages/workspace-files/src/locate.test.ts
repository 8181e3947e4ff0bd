import { expect, test } from "vitest";
import { readWorkspace } from "./read-workspace.ts";
import { folderWith, settings } from "./folder.fixture.ts";

/** Reads `belief` written in some way, and returns its value and the text that `locate` underlines for a stretch of it. */
async function underlined(
  belief: string,
  stretch: string,
  newline = "\n",
): Promise<{ value: string; found: string; line: number; column: number }> {
  const file =
    `# 注释：中文在前\nquestions:\n  - id: q\n    text: "中文的问题"\n    kind: yesNo\n    dimension: d\n    criterion: c\n    resolveBy: 2025-12-31\n    belief: ${belief}\n    note: end\n`.replaceAll(
      "\n",
      newline,
    );
  const reading = await readWorkspace(await folderWith({ "w.yaml": settings, "q.yaml": file }));
  expect(reading.problems).toEqual([]);
  const value = String(reading.workspace!.questions[0].belief);
  const from = value.indexOf(stretch);
  expect(from).toBeGreaterThanOrEqual(0);
  const at = reading.locate({ kind: "questions", index: 0, path: ["belief"] }, { from, to: from + stretch.length });
  const lines = file.split(newline);
  const found =
    at.line === at.endLine
      ? [...lines[at.line - 1]].slice(at.column - 1, at.endColumn - 1).join("")
      : `${at.line}:${at.column}-${at.endLine}:${at.endColumn}`;
  return { value, found, line: at.line, column: at.column };
}

test.each([
  ["plain", "0.8 if passes else 0.2", "passes", "passes"],
  ["plain after Chinese", '若("中文") + passes # 说明', "passes", "passes"],
  ["a probability of 130%", "130%", "130%", "130%"],
  ["a bare number", "0.65", "65", "65"],
  ["double quotes", '"dates(2025-12-31: 40%, never: 60%)"', "never", "never"],
  ["escapes before", '"\\u4e2d\\x41\\n\\"q\\" + passes"', "passes", "passes"],
  ["an escape itself", '"a \\"b\\" c"', '"b"', '\\"b\\"'],
  ["a long escape", '"\\U0001F600 passes"', "passes", "passes"],
  ["single quotes", "'a is ''b'' or passes'", "passes", "passes"],
  ["a doubled quote itself", "'a is ''b'' c'", "'b'", "''b''"],
  ["characters outside the basic plane", "😀 + passes", "passes", "passes"],
  ["literal block", "|\n      中文 a +\n      passes\n", "passes", "passes"],
  ["literal block, indented deeper inside", "|-\n      a\n        passes\n\n      b", "passes", "passes"],
  ["literal block with explicit indentation", "|2-\n         a\n      passes", "passes", "passes"],
  ["folded block", ">\n      中文 a +\n      passes\n      or b\n", "passes", "passes"],
  ["folded block with blank lines", ">-\n      a\n\n\n      b\n        more\n\n      passes", "passes", "passes"],
  ["plain over several lines", "a +\n      中文\n\n      passes", "passes", "passes"],
  ["anchored", "&x a + passes", "passes", "passes"],
])("%s: the stretch is exact", async (_, belief, stretch, spelled) => {
  for (const newline of ["\n", "\r\n"]) expect((await underlined(belief, stretch, newline)).found).toBe(spelled);
});

test("quotes over several lines: the start of the scalar", async () => {
  expect(await underlined('"a +\n      passes"', "passes")).toMatchObject({ line: 9, column: 13, found: "" });
  expect(await underlined("'a +\n      passes'", "passes")).toMatchObject({ line: 9, column: 13 });
});

test("a stretch past the end is cut to what exists", async () => {
  const reading = await readWorkspace(await folderWith({ "w.yaml": settings, "q.yaml": 'quantities:\n  - { id: q, formula: "abc" }\n' }));
  const place = { kind: "quantities", index: 0, path: ["formula"] } as const;
  expect(reading.locate({ ...place, path: [...place.path] }, { from: 1, to: 99 })).toMatchObject({ column: 25, endColumn: 27 });
  expect(reading.locate({ ...place, path: [...place.path] }, { from: 50, to: 99 })).toMatchObject({ column: 27, endColumn: 27 });
});

test("places of items, maps, lists, what is missing and what does not exist", async () => {
  const reading = await readWorkspace(
    await folderWith({
      "w.yaml": settings,
      "t.yaml":
        "tracks:\n  - id: t\n    name: T\n    criteria:\n      - id: a\n        text: A\n\n      # after\n      - { id: b, text: B }\n\n",
    }),
  );
  const locate = (path: (string | number)[], index = 0) => reading.locate({ kind: "tracks", index, path });
  expect(locate([])).toMatchObject({ line: 2, column: 5, endLine: 9, endColumn: 27 });
  expect(locate(["criteria", 0])).toMatchObject({ line: 5, column: 9, endLine: 6, endColumn: 16 });
  expect(locate(["criteria", 1, "text"])).toMatchObject({ line: 9, column: 24, endColumn: 25 });
  expect(locate(["criteria", 0, "weight"])).toMatchObject({ line: 5, column: 9, endLine: 5, endColumn: 14 });
  expect(locate(["name", "zh"])).toMatchObject({ line: 3, column: 11 });
  expect(locate([], 7)).toEqual({ file: "t.yaml", line: 1, column: 1, endLine: 1, endColumn: 1 });
  expect(reading.locate({ kind: "settings", index: 0, path: ["currency"] })).toMatchObject({ file: "w.yaml", line: 5, column: 13 });
});

test("a value behind an alias: the alias, or inside it the place where it is written", async () => {
  const reading = await readWorkspace(
    await folderWith({ "w.yaml": settings, "q.yaml": "quantities:\n  - { id: q, formula: &f 5 to 50 }\n  - { id: r, formula: *f }\n" }),
  );
  expect(reading.locate({ kind: "quantities", index: 1, path: ["formula"] })).toMatchObject({ line: 3, column: 23, endColumn: 25 });
  expect(reading.locate({ kind: "quantities", index: 1, path: ["formula"] }, { from: 5, to: 7 })).toMatchObject({
    line: 2,
    column: 31,
    endColumn: 33,
  });
});
