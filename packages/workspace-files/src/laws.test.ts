import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ItemKind, ItemPlace, Workspace } from "@watershed/domain";
import { editWorkspace } from "./edit-workspace.ts";
import type { Edit } from "./edit-workspace.ts";
import { randomFormula, randomText, randomWorkspace } from "./random-workspace.fixture.ts";
import { readWorkspace } from "./read-workspace.ts";
import { sameData } from "./same-data.ts";
import { filesOf, folderWith } from "./folder.fixture.ts";
import { inFileOrder, writeWorkspace } from "./write-workspace.ts";

const structural = new Set([
  "unknownReference",
  "duplicateId",
  "forecastRepeated",
  "answerMissing",
  "answerOfWrongKind",
  "optionUnknown",
  "optionsMissing",
]);

test("law: a workspace written and read again is the same, up to the order of its files", async () => {
  await fc.assert(
    fc.asyncProperty(randomWorkspace, async (workspace) => {
      const folder = await folderWith({});
      expect((await writeWorkspace(folder, workspace)).problems).toEqual([]);
      const reading = await readWorkspace(folder);
      expect(reading.problems.filter(({ code }) => !structural.has(code))).toEqual([]);
      expect(reading.workspace).toEqual(inFileOrder(workspace));
    }),
    { numRuns: 80, seed: 1 },
  );
}, 20_000);

/** Comments, blank lines and line endings as people leave them, put between the lines of a file without changing what it says. */
function livedIn(text: string, random: number[], windows: boolean): string {
  const lines = text.split("\n");
  let inBlock = -1;
  const out = lines.flatMap((line, index) => {
    const indent = /^ */.exec(line)![0].length;
    if (inBlock >= 0 && line.trim() !== "" && indent <= inBlock) inBlock = -1;
    const extra =
      inBlock < 0 && index > 0 && line.trim() !== "" ? ["", "# 注释: note", "   # indented"][random[index % random.length]] : undefined;
    if (/[|>][-+0-9]*$/.test(line)) inBlock = indent;
    return extra === undefined ? [line] : [extra, line];
  });
  return out.join(windows ? "\r\n" : "\n");
}

interface Change {
  edit: Edit;
  after: Workspace;
}

const changes: fc.Arbitrary<{
  workspace: Workspace;
  pick: number;
  value: unknown;
  how: "set" | "append" | "remove" | "add";
  random: number[];
  windows: boolean;
}> = fc.record({
  workspace: randomWorkspace,
  pick: fc.nat(),
  value: fc.oneof(
    randomText,
    randomFormula.map(String).filter((text) => text !== ""),
  ),
  how: fc.constantFrom("set", "append", "remove", "add"),
  random: fc.array(fc.nat({ max: 5 }), { minLength: 3, maxLength: 9 }),
  windows: fc.boolean(),
});

const field: Partial<Record<ItemKind, string>> = {
  people: "name",
  questions: "criterion",
  companies: "name",
  facts: "text",
  forecasts: "reasons",
};

/** One edit of a workspace as it was read, and the workspace that should be read after it. */
function changeOf(workspace: Workspace, pick: number, value: unknown, how: string): Change | undefined {
  const kinds = (Object.keys(field) as ItemKind[]).filter((kind) => workspace[kind].length > 0);
  if (kinds.length === 0) return undefined;
  const kind = kinds[pick % kinds.length];
  const list = workspace[kind] as Record<string, unknown>[];
  const index = pick % list.length;
  const withList = (items: unknown[]): Workspace => ({ ...workspace, [kind]: items });
  const place = (path: (string | number)[]): ItemPlace => ({ kind, index, path });
  if (how === "remove") return { edit: { change: "remove", place: place([]) }, after: withList(list.toSpliced(index, 1)) };
  if (how === "append") {
    const item = { id: "added", name: value };
    return { edit: { change: "append", list: "people", item }, after: { ...workspace, people: [...workspace.people, item] as never } };
  }
  const path =
    how === "set"
      ? field[kind]!
      : kind === "facts"
        ? "category"
        : kind === "questions"
          ? "note"
          : kind === "forecasts"
            ? "reasons"
            : "description";
  const written = path === "category" ? String(typeof value === "object" ? "x" : value) : value;
  return {
    edit: { change: "set", place: place([path]), value: written },
    after: withList(list.with(index, { ...list[index], [path]: written })),
  };
}

test("law: an edit changes what it says and nothing else; every other line stays byte for byte", async () => {
  let carriedOut = 0;
  await fc.assert(
    fc.asyncProperty(changes, async ({ workspace, pick, value, how, random, windows }) => {
      const folder = await folderWith({});
      await writeWorkspace(folder, workspace);
      for (const [file, text] of Object.entries(await filesOf(folder)))
        if (file.endsWith(".yaml")) await writeFile(join(folder, file), livedIn(text, random, windows));
      const before = await readWorkspace(folder);
      expect(before.workspace).toEqual(inFileOrder(workspace));
      const change = changeOf(before.workspace!, pick, value, how);
      if (!change) return;
      const { edit } = change;
      const region = edit.change === "append" ? undefined : before.locate({ ...edit.place, path: [] });
      const texts = await filesOf(folder);
      const { problems, changed } = await editWorkspace(folder, [edit], before.hashes);
      expect(problems).toEqual([]);
      carriedOut++;
      const after = await readWorkspace(folder);
      expect(sameData(after.workspace, change.after)).toBe(true);
      for (const [file, text] of Object.entries(await filesOf(folder))) {
        if (changed.includes(file)) onlyLines(texts[file] ?? "", text, region);
        else expect(text).toBe(texts[file]);
      }
    }),
    { numRuns: 70, seed: 2 },
  );
  expect(carriedOut).toBeGreaterThan(50);
}, 30_000);

/** Lines that differ lie between the first and the last line of the item; an item added takes no line away. */
function onlyLines(before: string, after: string, region: { line: number; endLine: number } | undefined): void {
  const left = before.split("\n");
  const right = after.split("\n");
  let head = 0;
  while (head < left.length && head < right.length && left[head] === right[head]) head++;
  let tail = 0;
  while (tail < left.length - head && tail < right.length - head && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail++;
  const removedLines = left.length - head - tail;
  if (!region) expect(left.slice(head, left.length - tail).filter((line) => !/^people: *(\[\])?\r?$|^$/.test(line))).toEqual([]);
  else if (removedLines > 0) {
    // A list whose only item goes becomes `[]` on the line of its key.
    expect(head + 1).toBeGreaterThanOrEqual(right.some((line) => /^[a-z]+: \[\]/.test(line)) ? 1 : region.line);
    expect(left.length - tail).toBeLessThanOrEqual(region.endLine);
  }
}

test("law: any text at all is read without an exception, and every problem has a place inside it", async () => {
  const pieces = fc.array(
    fc.constantFrom(
      "workspace:",
      "questions:",
      "  - ",
      "id: x",
      "\n",
      "\t",
      '"',
      "'",
      "{",
      "}",
      "[",
      "]",
      ": ",
      "#",
      "&a ",
      "*a",
      "|",
      ">",
      "---",
      "中文",
      "!",
      "%",
      "@",
      "😀",
      "\r\n",
      "- ",
      "? ",
      ",",
      "  ",
    ),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(pieces, async (parts) => {
      const text = parts.join("");
      const folder = await folderWith({ "a.yaml": text, "b.md": text });
      const { problems } = await readWorkspace(folder);
      const lines = text.split("\n");
      for (const { at } of problems.filter((problem) => problem.at.file !== "")) {
        expect(at.line).toBeLessThanOrEqual(lines.length);
        expect(at.column).toBeLessThanOrEqual([...lines[at.line - 1]].length + 1);
        expect(at.endLine * 1000 + at.endColumn).toBeGreaterThanOrEqual(at.line * 1000 + at.column);
      }
      expect(await readFile(join(folder, "a.yaml"), "utf8")).toBe(text);
    }),
    { numRuns: 300, seed: 3 },
  );
}, 20_000);
