import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Workspace } from "@watershed/domain";
import { open, placeForDatabases } from "./databases.fixture.ts";
import type { Place } from "./databases.fixture.ts";
import { keptInOrder, placesBetween } from "./list-places.ts";
import { smallFund } from "./small-fund.fixture.ts";
import type { Store } from "./store.ts";

let place: Place;
let store: Store;
beforeAll(async () => {
  place = await placeForDatabases();
  store = await open({ dataFolder: place.folder });
});
afterAll(async () => {
  await store?.close();
  await place.clear();
});

let count = 0;
async function fresh(workspace = smallFund()): Promise<string> {
  const id = `u-${++count}`;
  expect(await store.importWorkspace(workspace, { author: "ann", id })).toMatchObject({ outcome: "saved" });
  return id;
}
const readBack = async (id: string, viewer = "ann"): Promise<Workspace> => (await store.readWorkspace(id, { viewer }))!.workspace;

describe("a workspace that was edited elsewhere comes back", () => {
  test("what is the same writes nothing, in whatever order its fields stand", async () => {
    const id = await fresh();
    const { id: name, ...rest } = smallFund().companies[0];
    expect(await store.updateWorkspace(id, { ...smallFund(), companies: [{ ...rest, id: name }] }, { author: "ann" })).toMatchObject({
      outcome: "saved",
      change: 1,
      saved: [],
    });
  });

  test("changed, new, removed and moved items are one change, and the others stay at their version", async () => {
    const id = await fresh();
    const edited: Workspace = {
      ...smallFund(),
      settings: { ...smallFund().settings, discountRate: 0.25 },
      streams: ["question/passes", "question/new"],
    };
    edited.questions = [edited.questions[1], { ...edited.questions[0], id: "between" }, edited.questions[0]];
    edited.companies = [{ ...edited.companies[0], name: "Acme" }];
    edited.rounds = [];
    edited.forecasts = [
      edited.forecasts[0],
      { question: "size", by: "ann", on: "2024-03-01", distribution: "5 to 50" },
      ...edited.forecasts.slice(1),
    ];
    edited.positions = [{ ...edited.positions[0], invested: "2M USD" }];
    const outcome = await store.updateWorkspace(id, edited, { author: "ann", expectedChange: 1 });
    expect(outcome).toMatchObject({ outcome: "saved", change: 2 });
    const read = await readBack(id);
    expect(read).toEqual({ ...edited, streams: [...smallFund().streams, "question/new"] });
    expect(outcome.outcome === "saved" && outcome.saved.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      "settings ",
      "streams ",
      "questions size",
      "questions between",
      "forecasts ann/size/2024-03-01",
      "companies acme",
      "rounds r1",
      "positions acme/2024-05-01",
    ]);
    expect(await store.updateWorkspace(id, smallFund(), { author: "ann", expectedChange: 1 })).toMatchObject({
      outcome: "refused",
      problems: [{ code: "changedMeanwhile" }],
    });
  });

  test("a forecast that would change or go is refused, and nothing is written", async () => {
    const id = await fresh();
    const edited = {
      ...smallFund(),
      companies: [],
      forecasts: [{ ...smallFund().forecasts[0], probability: "61%" }, ...smallFund().forecasts.slice(1)],
    };
    expect(await store.updateWorkspace(id, edited, { author: "ann" })).toMatchObject({
      outcome: "refused",
      problems: [{ code: "appendOnly", at: { workspace: id, kind: "forecasts", key: "ann/passes/2024-01-10" } }],
    });
    expect(await readBack(id)).toEqual(smallFund());
  });

  test("private notes of others are neither shown nor removed", async () => {
    const id = await fresh();
    const without = await readBack(id, "bo");
    expect(without.notes.length).toBe(1);
    await store.updateWorkspace(id, { ...without, companies: [] }, { author: "bo" });
    expect((await readBack(id, "ann")).notes).toEqual(smallFund().notes);
  });

  test("what was removed and comes again goes on with its versions", async () => {
    const id = await fresh();
    await store.updateWorkspace(id, { ...smallFund(), rounds: [] }, { author: "ann" });
    expect(await store.updateWorkspace(id, smallFund(), { author: "ann" })).toMatchObject({
      outcome: "saved",
      saved: [{ kind: "rounds", key: "r1", version: 3 }],
    });
    expect(await readBack(id)).toEqual(smallFund());
  });
});

test("law: any lists of questions, brought one to the other, are read as they were given", async () => {
  const names = fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(names, { minLength: 2, maxLength: 4 }), fc.boolean(), async (lists, repeated) => {
      const states = lists.map((ids, round) => ({
        ...smallFund(),
        questions: ids.flatMap((id, index) => {
          const question = { ...smallFund().questions[0], id, criterion: `c${(round * index) % 3}` };
          return repeated && index === 1 ? [question, { ...question, criterion: "again" }] : [question];
        }),
      }));
      const id = await fresh(states[0]);
      for (const state of states.slice(1)) {
        expect(await store.updateWorkspace(id, state, { author: "ann" })).toMatchObject({ outcome: "saved" });
        expect(await readBack(id)).toEqual(state);
      }
    }),
    { numRuns: 30, seed: Number(process.env.LAW_SEED ?? 1) },
  );
});

test("as many places stay as can, and the others lie between them", () => {
  expect([...keptInOrder([100, 1, 2, undefined, 3])].sort()).toEqual([1, 2, 4]);
  expect(placesBetween([undefined, 1, undefined, undefined, 4, undefined], 9)).toEqual([0, 1, 2, 3, 4, 10]);
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }), { maxLength: 20 }), (places) => {
      const kept = keptInOrder(places);
      const filled = placesBetween(
        places.map((one, index) => (kept.has(index) ? one : undefined)),
        60,
      );
      for (const index of kept) expect(filled[index]).toBe(places[index]);
      for (let index = 1; index < filled.length; index++) expect(filled[index]).toBeGreaterThan(filled[index - 1]);
    }),
  );
});
