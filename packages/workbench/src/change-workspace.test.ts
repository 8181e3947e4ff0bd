import { afterAll, expect, test } from "vitest";
import { changeOnPool, changeWorkspace } from "./change-workspace.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";
import type { WorkspaceChange } from "./change-workspace.ts";
import { startWorkers } from "./workers-node.ts";

const before = tinyWorkspace();
const pool = startWorkers(1);
afterAll(() => pool.close());
const forecast = { question: "weather", by: "ann", on: "2024-03-31", probability: "30%" };

test("a sound item is added, and nothing else moves", () => {
  const { workspace, items, errors, warnings } = changeWorkspace(before, [{ change: "add", kind: "forecasts", item: forecast }]);
  expect({ errors, warnings, items }).toEqual({ errors: [], warnings: [], items: [forecast] });
  expect(workspace).toEqual({ ...before, forecasts: [...before.forecasts, forecast] });
});

test("an item that is not sound in itself is told at its field, and no workspace comes of it", () => {
  const item = { ...forecast, on: "2024-02-30", chance: 0.3 };
  const { workspace, errors } = changeWorkspace(before, [{ change: "add", kind: "forecasts", item }]);
  expect(workspace).toBeUndefined();
  expect(errors).toMatchObject([
    { code: "noSuchDate", place: { kind: "forecasts", index: 5, path: ["on"] } },
    { code: "unknownField", params: { field: "chance" } },
  ]);
});

test("what refers to nothing, and what a removal leaves behind, are errors of the change", () => {
  const stranger = changeWorkspace(before, [{ change: "add", kind: "forecasts", item: { ...forecast, question: "wether" } }]);
  expect(stranger.errors).toMatchObject([{ code: "unknownReference", params: { id: "wether", suggestion: "weather" } }]);
  const orphans = changeWorkspace(before, [{ change: "remove", kind: "questions", index: 0 }]);
  expect(orphans.errors.map(({ code, id }) => `${code} ${id ?? ""}`)).toEqual(
    expect.arrayContaining(["unknownReference bo/succeeds/2024-03-01", "unknownName acme_case", "unknownName shown_on"]),
  );
});

test("a formula is checked in the workspace it will stand in, a later day included", () => {
  const quantity = { id: "half", formula: "worth_if_it_works / 2 USD + 1 month" };
  expect(changeWorkspace(before, [{ change: "add", kind: "quantities", item: quantity }]).errors).toMatchObject([
    { id: "half", place: { kind: "quantities", index: 1, path: ["formula"] } },
  ]);
  const later = { ...forecast, on: "2024-06-01", probability: "30% of" };
  expect(changeWorkspace(before, [{ change: "add", kind: "forecasts", item: later }]).errors.length).toBeGreaterThan(0);
});

test("an error that was there before is not held against a later change", () => {
  const broken = { ...before, quantities: [{ id: "worth_if_it_works", formula: "300 USD +" }] };
  expect(changeWorkspace(broken, [{ change: "add", kind: "forecasts", item: forecast }]).errors).toEqual([]);
  const mended = changeWorkspace(broken, [
    { change: "set", kind: "quantities", index: 0, item: { id: "worth_if_it_works", formula: "300 USD" } },
  ]);
  expect(mended.errors).toEqual([]);
  expect(mended.workspace).toEqual(before);
});

test("several changes are one: what one needs another may bring, and places are those of before", () => {
  const question = { ...before.questions[2], id: "dry", text: "Is it dry?" };
  const { workspace, errors, warnings } = changeWorkspace(before, [
    { change: "add", kind: "forecasts", item: { ...forecast, question: "dry" } },
    { change: "remove", kind: "forecasts", index: 4 },
    { change: "set", kind: "questions", index: 2, item: question },
  ]);
  expect(errors).toEqual([]);
  expect(warnings).toEqual([]);
  expect(workspace!.forecasts.map((one) => one.question)).toEqual(["succeeds", "succeeds", "succeeds", "succeeds", "dry"]);
});

test("a question of which nobody has said anything is a warning, not an error", () => {
  const question = { ...before.questions[2], id: "dry", text: "Is it dry?" };
  const { errors, warnings } = changeWorkspace(before, [{ change: "add", kind: "questions", item: question }]);
  expect(errors).toEqual([]);
  expect(warnings).toMatchObject([{ code: "beliefMissing", id: "dry" }]);
});

test("settings are read and checked like an item", () => {
  const ok = changeWorkspace(before, [{ change: "settings", settings: { ...before.settings, discountRate: 0.2 } }]);
  expect(ok.workspace!.settings.discountRate).toBe(0.2);
  expect(changeWorkspace(before, [{ change: "settings", settings: { ...before.settings, discountRate: 20 } }]).errors).toMatchObject([
    { code: "outOfRange", place: { kind: "settings", path: ["discountRate"] } },
  ]);
});

test.each<[string, WorkspaceChange]>([
  ["a sound forecast", { change: "add", kind: "forecasts", item: forecast }],
  ["a formula that is none", { change: "add", kind: "quantities", item: { id: "half", formula: "1 USD +" } }],
  ["a note", { change: "add", kind: "notes", item: { id: "meeting", text: "What everybody heard" } }],
  [
    "a decision of nobody",
    { change: "add", kind: "decisions", item: { id: "d", company: "acme", on: "2024-03-31", by: ["zed"], alternative: "now" } },
  ],
])("%s comes to the same on a worker", async (_, change) => {
  const { workspace: changed, ...here } = changeWorkspace(before, [change]);
  const { workspace: there, ...rest } = (await changeOnPool(pool, before, [change])) as typeof here & { workspace?: unknown };
  expect(rest).toEqual(here);
  expect(changed ?? there).toBeDefined();
});
