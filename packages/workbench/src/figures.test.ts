import { afterAll, expect, test } from "vitest";
import { figureOf, figureOnPool, figures } from "./figures.ts";
import type { FigureName } from "./figures.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";
import { startWorkers } from "./workers-node.ts";

const workspace = { ...tinyWorkspace(), notes: [{ id: "doubt", by: "ann", private: true, text: "What Ann doubts" }] };
const pool = startWorkers(1);
afterAll(() => pool.close());

test.each(Object.keys(figures) as FigureName[])("%s is the same plain data on a worker as here", async (name) => {
  const options = { draws: 2048, company: "acme", questions: ["succeeds"] };
  const shares: number[] = [];
  const there = await figureOnPool(pool, workspace, { name, options }, { onProgress: (share) => shares.push(share) });
  expect(there.figure).toBeDefined();
  expect(there).toEqual(figureOf(workspace, name, options));
  expect(JSON.parse(JSON.stringify(there.figure))).toEqual(JSON.parse(JSON.stringify(figureOf(workspace, name, options).figure)));
  expect(JSON.stringify(there)).not.toContain("What Ann doubts");
  expect(shares).toEqual(shares.toSorted((one, other) => one - other));
});

test("a review goes on while it is told how far it is", async () => {
  const shares: number[] = [];
  const { figure } = await figureOnPool(
    pool,
    workspace,
    { name: "review", options: { draws: 65_536 } },
    { onProgress: (share) => shares.push(share) },
  );
  expect(figure).toEqual(reviewWorkspace(workspace, { draws: 65_536 }).review);
  expect(shares.length).toBeGreaterThan(0);
});

test("what cannot be had says why", () => {
  const { cases: _, ...rest } = workspace;
  expect(figureOf({ ...rest, cases: [] }, "explanation", { company: "acme", draws: 1024 })).toMatchObject({ missing: "noCase" });
  expect(figureOf(workspace, "jointWorth", { questions: ["weather"], draws: 1024 })).toMatchObject({ missing: "nothingDepends" });
});
