import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "@watershed/formula";
import { checkWorkspace, openWorkspace, reviewWorkspace, runCase } from "@watershed/workbench";
import type { DecisionCase } from "@watershed/workbench";
import { expect, test } from "vitest";
import { parse } from "yaml";

const pages = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md"))
  .toSorted();

const world = { currency: "USD", rates: { USD: 1, RMB: 0.14, HKD: 0.13, EUR: 1.08 }, today: 19_813 };

test.each(blocks("formula"))("formulas of %s, block %i, are sound", (_page, _place, text) => {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  const definitions = lines.map((line) => {
    const [, name, source] = /^(\w+)\s+= (.+)$/.exec(line) ?? [];
    expect(name, line).toBeDefined();
    return { name, source };
  });
  expect(check(definitions, world).problems).toEqual([]);
});

test.each(blocks("yaml").filter(([, , text]) => text.startsWith("# case")))("the case of %s, block %i, gives a result", (_page, _place, text) => {
  const { result, problems } = runCase(parse(text) as DecisionCase, { draws: 16_384 });
  expect(problems).toEqual([]);
  expect(result?.best).toBeDefined();
});

test.each(["en", "zh"])("the files of the page on workspaces in %s are one sound workspace", async (language) => {
  const files = blocks("yaml").flatMap(([page, , text]) => {
    const name = /^# file: (\S+)\n/.exec(text)?.[1];
    return name && page === join(language, "reference", "workspace.md") ? [{ name, text }] : [];
  });
  expect(files.length).toBeGreaterThan(5);
  const folder = mkdtempSync(join(tmpdir(), "watershed-docs-"));
  try {
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
    const reading = await openWorkspace(folder);
    expect(checkWorkspace(reading)).toEqual([]);
    const { review, problems } = reviewWorkspace(reading.workspace!, { draws: 8192 });
    expect(problems).toEqual([]);
    expect(review?.companies.map(({ caseId }) => caseId)).toEqual(["northlight_case"]);
    const kinds = Object.entries(reading.workspace!).flatMap(([kind, items]) => (Array.isArray(items) && items.length === 0 ? [kind] : []));
    expect(kinds).toEqual(["streams", "notes"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function blocks(language: string): [page: string, place: number, text: string][] {
  return pages.flatMap((page) => {
    const text = readFileSync(join(import.meta.dirname, page), "utf8");
    return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map((match, place): [string, number, string] => [page, place, match[1]]);
  });
}
