import * as fc from "fast-check";
import { expect, test } from "vitest";
import { asOf, standingForecasts } from "./as-of.ts";
import { knownFrom } from "./evidence.ts";
import { checkReferences } from "./references.ts";
import { dayText } from "./scalar.ts";
import { soundWorkspace } from "./sound-workspace.fixture.ts";

const workspace = soundWorkspace();

test("what became known later is gone, and so is every citation of it", () => {
  const then = asOf(workspace, "2024-04-15");
  expect(then.settings.asOf).toBe("2024-04-15");
  expect(then.facts.map(({ id }) => id)).toEqual(["F-early"]);
  expect(then.forecasts).toHaveLength(3);
  expect([then.positions, then.decisions, then.notes].map((list) => list.length)).toEqual([0, 0, 0]);
  expect(then.resolutions).toMatchObject([{ evidence: ["S-1"] }]);
  expect(then.tracks[0].criteria[0].sources).toEqual(["F-early"]);
  expect(then.rounds[0].sources).toEqual(["S-1"]);
  expect(JSON.stringify(then)).not.toContain("F-late");
});

test("a month is known on its last day", () => {
  expect(knownFrom({ date: "2024-01" })).toBe("2024-01-31");
  expect(asOf(workspace, "2024-01-30").facts).toEqual([]);
  expect(asOf(workspace, "2024-01-31").facts).toHaveLength(1);
  expect(asOf(workspace, "2024-02-28").rounds).toEqual([]);
  expect(asOf(workspace, "2024-02-29").rounds).toHaveLength(1);
});

test("an action that was done later was still under way", () => {
  const [call, room] = workspace.actions;
  const whole = { ...workspace, actions: [{ ...call, status: "done" as const, doneOn: "2024-05-20" }, room] };
  expect(asOf(whole, "2024-05-20").actions).toEqual(whole.actions);
  const [before] = asOf(whole, "2024-05-19").actions;
  expect(before).toMatchObject({ id: call.id, owner: "ann", status: "underway" });
  expect(before).not.toHaveProperty("doneOn");
});

test("the workspace itself is left as it was", () => {
  const before = structuredClone(workspace);
  asOf(workspace, "2024-01-01");
  expect(workspace).toEqual(before);
});

const day = fc.integer({ min: 19_600, max: 20_000 }).map(dayText);

test("laws: reading as of a day twice is once; an earlier day sees a part; no citation hangs in the air", () => {
  fc.assert(
    fc.property(day, day, (a, b) => {
      const [earlier, later] = a < b ? [a, b] : [b, a];
      const then = asOf(workspace, earlier);
      expect(asOf(then, earlier)).toEqual(then);
      expect(asOf(asOf(workspace, later), earlier)).toEqual(then);
      expect(checkReferences(then).filter(({ params }) => params.target === "evidence")).toEqual([]);
    }),
    { numRuns: 100, seed: 4 },
  );
});

test("of each person's forecasts on a question the latest made by the day stands", () => {
  const standing = (on: string): unknown[] =>
    standingForecasts(workspace, on)
      .filter(({ question }) => question === "passes")
      .map(({ by, probability }) => `${by} ${probability}`);
  expect(standing("2024-01-09")).toEqual([]);
  expect(standing("2024-03-01")).toEqual(["ann 60%", "bo 0.5"]);
  expect(standing("2024-05-10")).toEqual(["ann 70%", "bo 0.5"]);
  expect(standingForecasts({ ...workspace, forecasts: workspace.forecasts.toReversed() }, "2024-05-10")).toContainEqual(
    workspace.forecasts[1],
  );
});
