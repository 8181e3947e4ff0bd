import { readFileSync } from "node:fs";
import { join } from "node:path";
import { answerRow, bloomTrials, publishedMemory, publishedRuns, trainingDays, validate, validateMemory } from "@watershed/compute-lab";
import { expect, test } from "vitest";
import { withFigures } from "../scripts/lab-tables.ts";

const page = (language: string): string => readFileSync(join(import.meta.dirname, language, "reference", "compute-lab.md"), "utf8");
const percent = (amount: number): string => `${(100 * amount).toFixed(1)} %`;

test.each(["en", "zh"])("the tables of the %s page are what the validations give today", (language) => {
  expect(withFigures(page(language))).toBe(page(language));
  const { fits } = validateMemory(publishedMemory, publishedRuns);
  for (const count of [fits.ran.rows, fits.ranElsewhere.rows, fits.ranElsewhere.right]) expect(page(language)).toContain(String(count));
});

test("the days of DeepSeek-V3 with nothing but its batch described are what the lab computes", () => {
  const row = { model: { name: "DeepSeek-V3" }, chips: { name: "H800", count: 2048 }, plan: { precision: "fp8", gbs: 15_360 }, software: "2024 in-house" };
  const { amount, low, high } = trainingDays({ row, tokens: 14.8e12, pure: true }).forecast!.days;
  const [middle, least, most] = [amount, low, high].map((days) => days.toFixed(0));
  expect(page("en")).toContain(`${middle} (${least} to ${most}) days of steps and failures`);
  expect(page("zh")).toContain(`${middle}（${least} 到 ${most}）天`);
});

test.each(["en", "zh"])("the memory that the %s page tells of DeepSeek-V3 on GB300 is what the lab predicts", (language) => {
  const predicted = (id: string): string => (answerRow(publishedRuns.find((run) => run.id === id)).memoryBytes! / 2 ** 30).toFixed(0);
  const [whole, staged] = ["torchtitan-gb300-pp1-graph", "torchtitan-gb300-pp2-graph"].map(predicted);
  expect(page(language)).toContain(language === "en" ? `${whole} and ${staged}, inside the band` : `${whole} 与 ${staged}，都在区间之内`);
});

test.each(["en", "zh"])("what the %s page says of BigScience's trials is so", (language) => {
  const told = [0, 1, 2, 3].map((knownRows) => validate(bloomTrials, { knownRows }).dense);
  const paragraph = page(language).split("\n").find((line) => line.startsWith("BigScience"))!;
  for (const { meanAbsoluteError, coverage } of told) {
    expect(paragraph).toContain(percent(meanAbsoluteError));
    expect(paragraph).toContain(`${Math.round(100 * coverage)} %`);
  }
});
