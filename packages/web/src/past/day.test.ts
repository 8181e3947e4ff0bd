import { expect, test } from "vitest";
import { dayOf, endOf, isDay, isPast, monthsBefore } from "./day.ts";

test("a day is one of the calendar, written in full", () => {
  expect(["2024-02-29", "1999-12-31"].map(isDay)).toEqual([true, true]);
  expect(["2023-02-29", "2024-2-1", "2024-13-01", "yesterday", 20240101, undefined].map(isDay)).toEqual(Array(6).fill(false));
});

test("months before a day end at the end of a shorter month", () => {
  expect([1, 3, 12, 13].map((months) => monthsBefore("2024-03-31", months))).toEqual([
    "2024-02-29",
    "2023-12-31",
    "2023-03-31",
    "2023-02-28",
  ]);
});

test("a past is a day or a moment; it ends with the day where the reader is", () => {
  expect(["2024-03-31", "2024-03-31T08:00:00.000Z", "2024-03-31T08:00:00Z"].map(isPast)).toEqual([true, true, true]);
  expect(["2024-03-31T08:00", "2024-03-31T28:00:00Z", "soon"].map(isPast)).toEqual([false, false, false]);
  const end = endOf("2024-03-31");
  expect([dayOf(end), dayOf(new Date(Date.parse(end) + 1).toISOString())]).toEqual(["2024-03-31", "2024-04-01"]);
  expect(endOf("2024-03-31T08:00:00Z")).toBe("2024-03-31T08:00:00.000Z");
});
