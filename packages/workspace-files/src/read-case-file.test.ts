import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCaseFile } from "./read-case-file.ts";
import { folderWith } from "./folder.fixture.ts";

const sound = `name: 铸造厂
currency: USD
today: 2024-03-31
questions:
  works: 65%
  size: USD 1bn to USD 10bn
quantities:
  exit: "size * 0.1 if works else 0"
alternatives:
  invest: exit - USD 50M
  pass: 0
correlations:
  - { questions: [works, size], rank: 0.4 }
studies:
  expert: { question: works, sensitivity: 80%, specificity: 70%, cost: 50000 }
`;

async function read(text: string | Uint8Array) {
  return readCaseFile(join(await folderWith({ "case.yaml": text }), "case.yaml"));
}

async function problemsOf(text: string): Promise<string[]> {
  const { problems, caseFile } = await read(text);
  expect(caseFile).toBeUndefined();
  return problems.map(({ code, at }) => `${code}@${at.line}:${at.column}`);
}

test("a sound file, and places inside its formulas", async () => {
  const { caseFile, problems, locate } = await read(sound);
  expect(problems).toEqual([]);
  expect(caseFile).toMatchObject({
    name: "铸造厂",
    questions: { works: "65%" },
    alternatives: { pass: 0 },
    correlations: [{ rank: 0.4 }],
    studies: { expert: { cost: 50000 } },
  });
  expect(locate(["quantities", "exit"], { from: 14, to: 19 })).toEqual({
    file: "case.yaml",
    line: 8,
    column: 24,
    endLine: 8,
    endColumn: 29,
  });
  expect(locate(["alternatives", "invest"])).toMatchObject({ line: 10, column: 11 });
  expect(locate(["correlations", 0])).toMatchObject({ line: 13, column: 5 });
  expect(locate(["alternatives", "missing"])).toMatchObject({ line: 10, column: 3 });
});

test("all problems at once, each at its place", async () => {
  const broken = sound
    .replace("2024-03-31", "2024-02-30")
    .replace("quantities:", "quantites:")
    .replace("  works: 65%", "  works: 65%\n  Bad Name: 1\n  works: 2")
    .replace("[works, size]", "[works, sise]")
    .replace("0.4", "4")
    .replace("pass: 0", "pass: [1]");
  expect(await problemsOf(broken)).toEqual([
    "noSuchDate@3:8",
    "badIdentifier@6:3",
    "duplicateKey@7:3",
    "unknownField@9:1",
    "wrongType@13:9",
    "outOfRange@15:39",
  ]);
  expect(await problemsOf(sound.replace("[works, size]", "[works, sise]"))).toEqual(["unknownReference@13:26"]);
  expect(await problemsOf(sound.replace("exit:", "works:"))).toEqual(["duplicateId@8:3"]);
  expect(await problemsOf("questions:\nquantities: {}\n")).toEqual(["missingField@1:1", "wrongType@1:1"]);
  expect(await problemsOf("")).toEqual(["missingField@1:1", "missingField@1:1"]);
  expect(await problemsOf("- a\n")).toEqual(["notAMap@1:1"]);
  expect(await problemsOf("questions:\n  d: dates(2025-12-31: 40%, never: 60%)\nalternatives: {}\n")).toEqual(["formulaNeedsQuotes@2:6"]);
});

test("a study's field that is not known, and a cost that is no number, are told", async () => {
  const withStudy = (study: string) => sound.replace(/expert: .*/u, `expert: ${study}`);
  expect(await problemsOf(withStudy("{ question: works, costs: 3 }"))).toEqual(["unknownField@15:30"]);
  expect(await problemsOf(withStudy("{ question: works, cost: 300k USD }"))).toEqual(["wrongType@15:36"]);
  expect((await read(withStudy("{ question: works, costs: 3 }"))).problems).toMatchObject([{ params: { suggestion: "cost" } }]);
  expect((await read(withStudy("{ signal: works, cost: 3 }"))).problems).toEqual([]);
});

test("files that cannot be read", async () => {
  const folder = await folderWith({ "big.yaml": "", "bad.yaml": new Uint8Array([0x61, 0xff]) });
  await truncate(join(folder, "big.yaml"), 50 * 1024 * 1024);
  expect((await readCaseFile(join(folder, "big.yaml"))).problems).toMatchObject([{ code: "fileTooLarge" }]);
  expect((await readCaseFile(join(folder, "bad.yaml"))).problems).toMatchObject([{ code: "notUtf8", params: { byteOffset: 1 } }]);
  expect((await readCaseFile(join(folder, "none.yaml"))).problems).toMatchObject([
    { code: "unreadableFile", params: { reason: "ENOENT" } },
  ]);
  expect((await readCaseFile(folder)).problems).toMatchObject([{ code: "unreadableFile", params: { reason: "EISDIR" } }]);
});
