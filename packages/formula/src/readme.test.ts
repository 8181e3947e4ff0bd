import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { check } from "./check.ts";
import { testWorld } from "./marked-formula.ts";
import { formulaProblemCodes } from "./problem.ts";

/** The rule numbers that a text names. */
function rulesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\[(F\d+)[\] ]/g)].map(([, rule]) => rule))].toSorted();
}

test("the formulas of the README are sound", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, block] = /```formula\n([^`]+)```/.exec(readme)!;
  const definitions = block
    .trim()
    .split("\n")
    .map((line) => {
      const [, name, source] = /^(\w+)\s+= (.+)$/.exec(line)!;
      return { name, source };
    });
  const { program, problems } = check(definitions, testWorld);
  expect(problems).toEqual([]);
  expect(program.kinds.gain).toEqual({ kind: "money" });
});

test("every rule of the specification has a test that begins with it, and every such test a rule", () => {
  const folder = new URL("./", import.meta.url);
  const tests = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
  const written = rulesOf(readFileSync(new URL("../SPEC.md", folder), "utf8"));
  expect(rulesOf(tests.map((file) => readFileSync(new URL(file, folder), "utf8")).join("\n"))).toEqual(written);
});

test("[F29] every problem code is reported somewhere in the source, and tested", () => {
  const folder = new URL("./", import.meta.url);
  const files = [
    "lexer",
    "parsing",
    "parser",
    "literal",
    "names",
    "order",
    "check",
    "elaboration",
    "demand",
    "arguments",
    "combine",
    "equality",
    "elaborate",
    "functions",
    "families",
    "interval",
    "labelled",
    "mixtures",
    "quantiles",
    "training-days",
  ];
  const sources = files.map((file) => readFileSync(new URL(`${file}.ts`, folder), "utf8")).join("\n");
  const tests = ["parser", "combine", "check", "draws", "training-days"]
    .map((file) => readFileSync(new URL(`${file}.test.ts`, folder), "utf8"))
    .join("\n");
  expect(formulaProblemCodes.filter((code) => !sources.includes(`"${code}"`))).toEqual([]);
  expect(formulaProblemCodes.filter((code) => !tests.includes(code))).toEqual([]);
});
