import type { Settings } from "@watershed/domain";
import { expect, test } from "vitest";
import { draftOf, settingsOf } from "./settings-draft.ts";

const example: Settings = {
  id: "china_ai_2024",
  name: { en: "China AI, 2024", zh: "中国AI，2024" },
  asOf: "2024-03-31",
  currency: "USD",
  rates: { RMB: 0.1389, HKD: 0.1284 },
  discountRate: 0.2,
  cashRate: 0.04,
  pooling: { events: "geometricOdds", quantities: "linear" },
  risk: { cvarLimit: { level: 0.05, amount: "20m" } },
  seed: 2024,
};

test("a draft that nobody touched is the settings as they were, to the letter", () => {
  expect(settingsOf(draftOf(example), example)).toEqual({ settings: example });
  const bare: Settings = { id: "a", name: "A", asOf: "2024-03-31", currency: "USD", discountRate: 0.14 };
  expect(settingsOf(draftOf(bare), bare)).toEqual({ settings: bare });
});

test("percentages, rates and texts are read as they are written", () => {
  const draft = { ...draftOf(example), discountRate: "17.5%", rates: "rmb 0.14\nEUR: 1.08\n", nameEnglish: "AI", nameChinese: "AI" };
  const { settings } = settingsOf(draft, example);
  expect(settings).toEqual({ ...example, name: "AI", discountRate: 0.175, rates: { RMB: 0.14, EUR: 1.08 } });
});

test("what is emptied goes, and a limit on losses stays when the attitude changes", () => {
  const draft = { ...draftOf(example), cashRate: "", rates: "", seed: "", attitude: "exponential", tolerance: "50m" };
  const { settings } = settingsOf(draft, example);
  const { cashRate: _, rates: __, seed: ___, ...rest } = example;
  expect(settings).toEqual({ ...rest, risk: { cvarLimit: { level: 0.05, amount: "20m" }, attitude: "exponential", tolerance: "50m" } });
});

test("what cannot be read is named, field by field and line by line", () => {
  const draft = { ...draftOf(example), discountRate: "lots", cashRate: "300", rates: "RMB 0.14\nseven" };
  expect(settingsOf(draft, example).problems).toEqual([
    { field: "discountRate", code: "badPercent" },
    { field: "cashRate", code: "badPercent" },
    { field: "rates", code: "badRates", line: "seven" },
  ]);
});
