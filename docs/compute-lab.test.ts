import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bloomTrials, publishedMemory, publishedRuns, trainingDays, validate, validateMemory } from "@watershed/compute-lab";
import type { PaperValidation, ValidationOptions } from "@watershed/compute-lab";
import { expect, test } from "vitest";

const page = (language: string): string => readFileSync(join(import.meta.dirname, language, "reference", "compute-lab.md"), "utf8");
const percent = (amount: number): string => `${(100 * amount).toFixed(1)} %`;
const figures = ({ rows, meanAbsoluteError, medianAbsoluteError, bias, coverage, worst }: PaperValidation): string =>
  `${rows} | ${percent(meanAbsoluteError)} | ${percent(medianAbsoluteError)} | ${bias >= 0 ? "+" : "−"}${percent(Math.abs(bias))} | ${Math.round(100 * coverage)} % | ${worst.id} ${worst.error >= 0 ? "+" : "−"}${percent(Math.abs(worst.error))} |`;

test.each(["en", "zh"])("the table of the %s page is what the validation gives today", (language) => {
  const text = page(language);
  const { papers, dense, experts, all } = validate(publishedRuns);
  for (const paper of [...papers, dense, experts, all]) expect(text).toContain(figures(paper));
  const ways: ValidationOptions[] = [{}, { sameRelease: true }, { known: "random" }];
  for (const [knownRows, way] of [1, 2, 3].flatMap((count) => ways.map((way) => [count, way] as const))) {
    const { dense, experts } = validate(publishedRuns, { knownRows, ...way });
    const known = [dense, experts].map(({ meanAbsoluteError, medianAbsoluteError, coverage }) => `${percent(meanAbsoluteError)} | ${percent(medianAbsoluteError)} | ${Math.round(100 * coverage)} %`);
    expect(text).toMatch(new RegExp(`\\| ${knownRows} \\| [^|]+ \\| ${known.join(" | ").replaceAll("|", "\\|")} \\|`));
  }
});

test.each(["en", "zh"])("the table of memory of the %s page is what the validation gives today", (language) => {
  const { sources, all, fits } = validateMemory(publishedMemory, publishedRuns);
  for (const { rows, meanAbsoluteError, bias, coverage, worst, group } of [...sources, all]) {
    const signed = (amount: number): string => (amount >= 0 ? "+" : "−") + percent(Math.abs(amount));
    const figures = `${percent(meanAbsoluteError)} | ${signed(bias)} | ${Math.round(100 * coverage)} % |`;
    const end = group === "" ? "" : ` ${worst.id} ${signed(worst.error)} |`;
    expect(page(language)).toMatch(new RegExp(`\\| ${rows} \\| [^|]*\\| ${`${figures}${end}`.replace(/[|+.()]/g, "\\$&")}`));
  }
  for (const count of [fits.ran.rows, fits.ranElsewhere.rows, fits.ranElsewhere.right]) expect(page(language)).toContain(String(count));
});

test("the days of DeepSeek-V3 with nothing but its batch described are what the lab computes", () => {
  const row = { model: { name: "DeepSeek-V3" }, chips: { name: "H800", count: 2048 }, plan: { precision: "fp8", gbs: 15_360 }, software: "2024 in-house" };
  const { amount, low, high } = trainingDays({ row, tokens: 14.8e12, pure: true }).forecast!.days;
  const [middle, least, most] = [amount, low, high].map((days) => days.toFixed(0));
  expect(page("en")).toContain(`${middle} (${least} to ${most}) days of steps and failures`);
  expect(page("zh")).toContain(`${middle}（${least} 到 ${most}）天`);
});

test.each(["en", "zh"])("what the %s page says of BigScience's trials is so", (language) => {
  const told = [0, 1, 2, 3].map((knownRows) => validate(bloomTrials, { knownRows }).dense);
  const paragraph = page(language).split("\n").find((line) => line.startsWith("BigScience"))!;
  for (const { meanAbsoluteError, coverage } of told) {
    expect(paragraph).toContain(percent(meanAbsoluteError));
    expect(paragraph).toContain(`${Math.round(100 * coverage)} %`);
  }
});
