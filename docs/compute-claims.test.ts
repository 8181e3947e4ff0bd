import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describedTraining, openWorkspace } from "@watershed/workbench";
import { priceOutlook } from "@watershed/compute-lab";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const page = (language: string): string => readFileSync(join(import.meta.dirname, language, "concepts", "compute-claims.md"), "utf8");

/** Rows such as | ... | `lab model --tokens 15T` | 74 (56 to 99) |. */
const trained = (language: string) =>
  [...page(language).matchAll(/\| `(\S+) (\S+) --tokens (\d+(?:\.\d+)?)T` \| ([\d,]+)\s?[(（]([\d,]+) (?:to|到) ([\d,]+)[)）] \|/g)].map(([, lab, aiModel, tokens, ...days]) => ({
    lab,
    aiModel,
    tokens: Number(tokens) * 1e12,
    days: days.map((figure) => Number(figure.replace(",", ""))),
  }));

test.each(["en", "zh"])("the days that the page of claims in %s states are what the lab computes, to a tenth", async (language) => {
  const { workspace } = await openWorkspace(join(root, "examples", "china-ai-2024", "compute"));
  const rows = trained(language);
  expect(rows.length).toBe(7);
  for (const { days, ...run } of rows) {
    const { forecast } = describedTraining(workspace!, run)!;
    const found = [forecast!.days.amount, forecast!.days.low, forecast!.days.high];
    found.forEach((figure, place) => expect(Math.abs(days[place] / figure - 1), `${run.lab} ${run.aiModel}: ${days[place]} stated, ${figure.toFixed(1)} computed`).toBeLessThan(0.1));
  }
});

test("both languages state the same figures", () => {
  expect(trained("zh")).toEqual(trained("en"));
});

test.each(["en", "zh"])("the years to a tenth that the page in %s states are what the lab computes, to a tenth", (language) => {
  const stated = [...page(language).matchAll(/^\| .+? \| ([\d.]+)\s?[(（]([\d.]+) (?:to|到)\s?([\d.]+|never|永不)[)）] \| /gm)].map(([, ...figures]) => figures.map((one) => (/\d/.test(one) ? Number(one) : Infinity)));
  const computed = priceOutlook({ years: 2, factor: 10 }).rows.filter(({ name }) => name !== "energy");
  expect(stated.length).toBe(4);
  computed.forEach(({ yearsToFactor: { amount, low, high } }, row) =>
    [amount, low, high].forEach((figure, place) =>
      Number.isFinite(figure) ? expect(Math.abs(stated[row][place] / figure - 1)).toBeLessThan(0.1) : expect(stated[row][place]).toBe(Infinity),
    ),
  );
});
