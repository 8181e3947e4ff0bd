import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSound, parseYaml } from "./parse-yaml.ts";
import { plainYaml } from "./plain-yaml.ts";
import { sourceFileOf } from "./source-file.ts";
import { dataOf } from "./yaml-tree.ts";

/** What the YAML library reads: the data, or undefined where it has anything to say against the text. */
function byLibrary(text: string): { data: unknown } | undefined {
  const yaml = parseYaml(sourceFileOf("a.yaml", new TextEncoder().encode(text)).file!);
  const { data, problems } = dataOf(yaml, yaml.root);
  return isSound(yaml) && problems.length === 0 ? { data } : undefined;
}

/** Never another reading than the library's, which may read more; true where both read it. */
function agrees(text: string): boolean {
  const plain = plainYaml(text);
  if (plain) expect({ text, read: plain }).toEqual({ text, read: byLibrary(text) });
  return plain !== undefined;
}

const value = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("a", "a b", "5 to 50", "0.8 if a else 0.2", "65%", "2024-03-31", "2024-03", "2024", "1e3", "V-1"),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom("-5", "-0", "007", "0x1f", "1.50", ".5", "5.", "+1", "1_000", "12345678901234567890", "-", "--", "- a"),
  },
  { weight: 3, arbitrary: fc.constantFrom("yes", "true", "True", "null", "~", "Null", "NULL", "", ".inf", ".nan", "on", "NO") },
  {
    weight: 4,
    arbitrary: fc.constantFrom('"q"', "'q'", '"a: b"', "'it''s'", '"\\""', '"\\n"', '"open', "'open", '"a" b', '"a"#b', '"a" # b', "'a\\'"),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom("a: b", "a:", "a:b", "a #b", "a # b", "a#b", "#a", "@a", "`a", "%a", "!a", "&a a", "*a", "? a", "?a", ": a"),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "[]",
      "[a]",
      "[a, b]",
      "[a,b]",
      "[ a, 'b' ]",
      "[a: b]",
      "[a, [b]]",
      "[a",
      "a]",
      "[a] b",
      "[a, ]",
      "[,]",
      "[1, -2]",
      "[a:b]",
      "[a#b]",
      "[a #b]",
      "[-]",
      "[- a]",
      "[-a]",
      "[V-1, W:2]",
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "{}",
      "{ a: b }",
      "{a: b}",
      "{ a: b, c: 1 }",
      "{ a: 'x, y' }",
      "{ a: b, a: c }",
      "{ a }",
      "{ a: }",
      "{a:b}",
      "{ a: b c }",
      "{ zh: 中，文 }",
      "{ a: b: c }",
      '{ "a": b }',
      "{ 中: a }",
    ),
  },
  { weight: 3, arbitrary: fc.constantFrom("|", ">", "|-", ">-", "|+", ">2", "| # c", "> a") },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 6 }).filter((text) => text.isWellFormed() && !/[\r\n]/.test(text)) },
  { weight: 1, arbitrary: fc.constantFrom("中文", "中文　", "　中文", "a\u00a0", "😀", "a  ", "it's", 'a "b"', "a, b", "a]b", "a}b") },
);
const often = (usual: string, ...others: string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: fc.constantFrom(...others) });
const line = fc
  .record({
    indent: often("", "  ", "    ", "      ", " "),
    lead: often("", "- ", "-   ", "- - "),
    key: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom("a: ", "b: ", "c: ", "d:   ", "e: ") },
      { weight: 2, arbitrary: fc.constantFrom("e:", "", "null: ", "1: ", "'a': ", "a b: ", "中: ", "__proto__: ", "<<: ") },
    ),
    value,
    end: fc.constantFrom("", "", "", " ", " # c", "  "),
  })
  .map(({ indent, lead, key, value: written, end }) => indent + lead + key + written + end);
const other = fc.constantFrom(
  "",
  "",
  "# c",
  "  # c",
  "---",
  "...",
  "%YAML 1.2",
  "\ta: b",
  "  text",
  "    text more",
  "  - a",
  "  - a: b",
  "    b: c",
);

describe("plain YAML", () => {
  test("law: is read as the library reads it, or left to the library", () => {
    const lines = fc.array(fc.oneof({ weight: 6, arbitrary: line }, { weight: 1, arbitrary: other }), { minLength: 1, maxLength: 4 });
    let plain = 0;
    fc.assert(
      fc.property(lines, fc.boolean(), (all, ends) => void (plain += Number(agrees(all.join("\n") + (ends ? "\n" : ""))))),
      { numRuns: 20_000 },
    );
    expect(plain).toBeGreaterThan(1_000);
  });

  test("law: a character changed anywhere in a real file changes both readings alike", () => {
    const folder = join(import.meta.dirname, "..", "scaffold");
    const texts = readdirSync(folder)
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => readFileSync(join(folder, name), "utf8"));
    const change = fc.record({
      text: fc.constantFrom(...texts),
      at: fc.nat(),
      by: fc.constantFrom(
        "",
        " ",
        "\n",
        ":",
        ": ",
        "-",
        "- ",
        "#",
        " #",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        ",",
        "|",
        ">",
        "&",
        "*",
        "!",
        "%",
        "\t",
        "1",
        "中",
      ),
      gone: fc.nat({ max: 2 }),
    });
    fc.assert(
      fc.property(
        change,
        ({ text, at, by, gone }) => agrees(text.slice(0, at % text.length) + by + text.slice((at % text.length) + gone)) || true,
      ),
      { numRuns: 1_500 },
    );
  });

  test.each([
    ["questions:\n  - id: a\n    text: { en: A, zh: 甲 }\n", { questions: [{ id: "a", text: { en: "A", zh: "甲" } }] }],
    ["a: >-\n  one\n  two\nb: 1\n", { a: "one two", b: 1 }],
    ["a: |\n  one\n  two\n", { a: "one\ntwo\n" }],
    ['# c\na: "x: y" # c\nb: [S-1, R:2]\n', { a: "x: y", b: ["S-1", "R:2"] }],
    ["", null],
    ["# nothing\n", null],
  ])("reads %j itself", (text, data) => {
    expect(plainYaml(text)).toEqual({ data });
    expect(byLibrary(text)).toEqual({ data });
  });

  test("reads nearly all of the example itself", () => {
    const folder = join(import.meta.dirname, "..", "..", "..", "examples", "china-ai-2024");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".yaml"));
    const texts = files.map((name) => readFileSync(join(folder, name), "utf8"));
    for (const text of texts) agrees(text);
    expect(texts.filter((text) => plainYaml(text)).length / texts.length).toBeGreaterThan(0.9);
  });

  test("brackets without end do not exhaust the stack", () => {
    expect(plainYaml(`a: ${"[".repeat(200_000)}`)).toBeUndefined();
    expect(plainYaml(Array.from({ length: 3000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"))).toEqual({ data: expect.anything() });
  });
});
