import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "@watershed/cli";
import pc from "picocolors";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "watershed-tutorial-"));
cpSync(join(import.meta.dirname, "..", "examples", "china-ai-2024"), join(folder, "example"), { recursive: true });
afterAll(() => rmSync(folder, { recursive: true }));

test.each(["en", "zh"])("the tutorial in %s shows the block and the key that the review prints", async (language) => {
  const page = pageIn(language);
  const printed = await review("example", language);
  expect(printed).toContain(/```text\n([\s\S]*?)```/.exec(page)![1]);
  expect(printed).toContain(/`([0-9a-f]{16})`/.exec(page)![1]);
});

test.each(["en", "zh"])("the forecast that the tutorial in %s changes moves the decision as it says", async (language) => {
  const file = join(folder, "example", "forecasts", "core-engineer.yaml");
  const before = readFileSync(file, "utf8");
  expect(before.split("probability: 25%").length).toBe(2);
  writeFileSync(file, before.replace("probability: 25%", "probability: 5%"));
  const printed = await review("example", language);
  writeFileSync(file, before);
  const rows = pageIn(language).split("\n").filter((line) => line.startsWith("|") && line.split("|").length === 5);
  const [, , , , decision, worth, , limit] = rows.map((line) => line.split("|")[3].trim());
  for (const figure of [decision, worth, limit]) expect(printed.replaceAll(/\s+/g, " ")).toContain(figure);
});

function pageIn(language: string): string {
  return readFileSync(join(import.meta.dirname, language, "tutorial.md"), "utf8");
}

async function review(workspace: string, language: string): Promise<string> {
  let printed = "";
  const terminal = { out: (text: string) => void (printed += text), err: () => {}, width: 100, colours: pc.createColors(false), live: false, cwd: folder };
  expect(await main(["review", workspace, "--company", "stepfun", "--lang", language], terminal)).toBe(0);
  return printed;
}
