import { emptyWorkspace, asOf, itemKinds, visibleIndexes } from "@watershed/domain";
import type { ItemKind, Workspace } from "@watershed/domain";
import { expect, test } from "vitest";
import type { WorkspaceView } from "../data/contract.ts";
import { changedItems } from "./changed-items.ts";

const today: Workspace = {
  ...emptyWorkspace({ id: "tiny", name: "Tiny", asOf: "2024-03-31", currency: "USD", discountRate: 0 }),
  sources: [{ id: "S-1", title: "A paper" }],
  facts: [{ id: "F-1", date: "2024-03", text: "It ran", sources: ["S-1"] }],
  questions: [
    {
      id: "sells",
      text: "Does it sell?",
      kind: "yesNo",
      dimension: "product",
      criterion: "Sold",
      resolveBy: "2024-12-31",
      sources: ["S-1", "F-1"],
    },
  ],
  forecasts: [
    { question: "sells", by: "ann", on: "2024-01-10", probability: 0.3 },
    { question: "sells", by: "ann", on: "2024-03-10", probability: 0.6 },
  ],
};
const keyOf = (item: { id?: string; by?: string; on?: string }): string => item.id ?? `${item.by} ${item.on}`;
const places = (workspace: Workspace): WorkspaceView["places"] =>
  ({
    ...Object.fromEntries(
      (Object.keys(itemKinds) as ItemKind[]).map((kind) => [
        kind,
        workspace[kind].map((item) => ({ id: keyOf(item as object), version: 1 })),
      ]),
    ),
    settings: { id: "settings", version: 1 },
  }) as WorkspaceView["places"];
const read = (workspace: Workspace) => ({ workspace, places: places(workspace) });
const ofDay = (workspace: Workspace, day: string) => read(asOf(workspace, day));
const told = (then: ReturnType<typeof read>, now = read(today)) =>
  changedItems(then, now).map(({ kind, id, before, after }) => [
    kind,
    id,
    before === undefined ? "add" : after === undefined ? "remove" : "set",
  ]);

test("what became known since is added; a question that cites a later fact is the same question", () => {
  expect(visibleIndexes(today, "2024-02-01").facts).toEqual([]);
  expect(told(ofDay(today, "2024-02-01"))).toEqual([
    ["facts", "F-1", "add"],
    ["forecasts", "ann 2024-03-10", "add"],
  ]);
  expect(told(ofDay(today, "2024-03-31"))).toEqual([]);
});

test("what was worded otherwise then, or removed since, or set otherwise, is told", () => {
  const then: Workspace = {
    ...today,
    settings: { ...today.settings, discountRate: 0.2 },
    sources: [
      { id: "S-1", title: "A draft" },
      { id: "S-2", title: "A rumour" },
    ],
  };
  expect(told(ofDay(then, "2024-02-01"))).toEqual([
    ["sources", "S-1", "set"],
    ["sources", "S-2", "remove"],
    ["facts", "F-1", "add"],
    ["forecasts", "ann 2024-03-10", "add"],
    ["settings", "settings", "set"],
  ]);
});
