import { expect, test } from "vitest";
import { changeWorkspace } from "./change-workspace.ts";
import { latestOfDay } from "./latest-of-day.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

const before = tinyWorkspace();
const again = { question: "succeeds", by: "bo", on: "2024-03-01", probability: "40%" };

test("the later of two statements of one day stands", () => {
  const twice = { ...before, forecasts: [...before.forecasts, again] };
  const { forecasts } = latestOfDay(twice);
  expect(forecasts.length).toBe(before.forecasts.length);
  expect(forecasts.filter(({ by, on }) => by === "bo" && on === "2024-03-01")).toEqual([before.forecasts[4], again]);
  expect(latestOfDay(before)).toBe(before);
});

test("a second thought on the same day is a sound change", () => {
  const { workspace, errors } = changeWorkspace(before, [{ change: "add", kind: "forecasts", item: again }]);
  expect(errors).toEqual([]);
  expect(workspace!.forecasts).toEqual(latestOfDay({ ...before, forecasts: [...before.forecasts, again] }).forecasts);
});
