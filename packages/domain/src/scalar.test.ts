import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CalendarDate, Formula, Identifier, Reference, Text, dayNumber, dayText, lastDayOf, say } from "./scalar.ts";

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, values: unknown[]): unknown[] =>
  values.filter((value) => schema.safeParse(value).success);

test("days that exist have a number, others have none", () => {
  expect(dayNumber("1970-01-01")).toBe(0);
  expect(dayNumber("2024-02-29")).toBe(19_782);
  for (const text of ["2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "24-01-01", "2024-01-01T00:00", "never", ""])
    expect(dayNumber(text)).toBeUndefined();
});

test("law: a day's text has the day's number", () => {
  fc.assert(fc.property(fc.integer({ min: -25_000, max: 2_932_896 }), (days) => dayNumber(dayText(days)) === days));
});

test("fractions of a day belong to it; never and days beyond the calendar have a text", () => {
  expect(dayText(0.9)).toBe("1970-01-01");
  expect(dayText(-0.1)).toBe("1969-12-31");
  expect(dayText(Infinity)).toBe("never");
  expect(dayText(1e12)).toBe("9999-12-31");
  expect(dayText(-Infinity)).toBe("0000-01-01");
});

test("a partial date is known for sure on its last day", () => {
  expect(lastDayOf("2024")).toBe("2024-12-31");
  expect(lastDayOf("2024-02")).toBe("2024-02-29");
  expect(lastDayOf("2023-02")).toBe("2023-02-28");
  expect(lastDayOf("2024-02-10")).toBe("2024-02-10");
  for (const text of ["2024-13", "2024-2", "2024-02-30", "spring"]) expect(lastDayOf(text)).toBeUndefined();
});

test("which spellings are names, references, texts and formulas", () => {
  expect(accepts(Identifier, ["passes_gpt4", "a", "A", "4a", "a-b", "_a", "中", ""])).toEqual(["passes_gpt4", "a"]);
  expect(accepts(Reference, ["S-EPOCH-HW", "V.1:2", "-a", "a b", ""])).toEqual(["S-EPOCH-HW", "V.1:2"]);
  expect(accepts(CalendarDate, ["2024-03-31", "2024-03", 2024])).toEqual(["2024-03-31"]);
  expect(accepts(Text, ["a", "", { en: "a", zh: "甲" }, { en: "a" }, 5])).toEqual(["a", { en: "a", zh: "甲" }]);
  expect(accepts(Formula, ["5 to 50", 5, true, "", null, Infinity])).toEqual(["5 to 50", 5, true]);
});

test("a text is said in the language asked for, or as it is", () => {
  expect(say({ en: "chip", zh: "芯片" }, "zh")).toBe("芯片");
  expect(say("chip", "zh")).toBe("chip");
  expect(say(undefined, "en")).toBe("");
});
