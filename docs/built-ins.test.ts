import { readFileSync } from "node:fs";
import { join } from "node:path";
import { builtIns } from "@watershed/formula";
import { expect, test } from "vitest";

test.each(["en", "zh"] as const)("the page of formulas in %s tells of every built-in what builtIns tells, and of no other", (language) => {
  const page = readFileSync(join(import.meta.dirname, language, "reference", "formulas.md"), "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  for (const { name, signatures, description, examples } of builtIns) {
    const row = rows.find((line) => line.includes(description[language]));
    expect(row, `description of ${name}`).toBeDefined();
    for (const signature of signatures) expect(row, name).toContain(`\`${signature}\``);
    for (const { source } of examples) expect(row, name).toContain(`\`${source}\``);
  }
  const described = rows.filter((line) => line.split("|").length === 5).map((line) => /^\| `(\w+)\(/.exec(line)?.[1]);
  const functions = builtIns.filter(({ form }) => form === "function").map(({ name }) => name);
  expect(described.filter((name) => name !== undefined).toSorted()).toEqual(functions.toSorted());
});
