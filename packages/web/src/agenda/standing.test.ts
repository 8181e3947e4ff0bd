import type { Workspace } from "@watershed/domain";
import { expect, test } from "vitest";
import { standingsOf } from "./standing.ts";

const question = { kind: "yesNo", text: "?", dimension: "compute", criterion: "!", resolveBy: "2025-12-31" };
const workspace = {
  settings: { asOf: "2024-03-31" },
  questions: [
    { ...question, id: "unowned" },
    { ...question, id: "waiting", owner: "li" },
    { ...question, id: "forecast", owner: "li" },
    { ...question, id: "overdue", owner: "li", resolveBy: "2024-03-30" },
  ],
  forecasts: [
    { question: "unowned", by: "li", on: "2024-01-01", probability: "50%" },
    { question: "waiting", by: "wang", on: "2024-01-01", probability: "50%" },
    { question: "waiting", by: "li", on: "2024-04-01", probability: "50%" }, // after the day of the workspace
    { question: "forecast", by: "li", on: "2024-01-01", probability: "50%" },
    { question: "forecast", by: "li", on: "2024-02-01", probability: "60%" },
    { question: "forecast", by: "wang", on: "2024-02-01", probability: "60%" },
  ],
} as unknown as Workspace;

test("a question stands where its owner has brought it by the day of the workspace", () => {
  const found = standingsOf(workspace);
  expect(Object.fromEntries([...found].map(([id, { kind }]) => [id, kind]))).toEqual({
    unowned: "unowned",
    waiting: "waiting",
    forecast: "forecast",
    overdue: "overdue",
  });
  expect(found.get("forecast")).toEqual({ kind: "forecast", forecasters: 2, ownerOn: "2024-02-01" });
  expect(found.get("waiting")!.forecasters).toBe(1);
});
