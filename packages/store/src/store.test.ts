import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kindsOfDatabase, open, placeForDatabases } from "./databases.fixture.ts";
import type { Place } from "./databases.fixture.ts";
import type { Outcome } from "./outcome.ts";
import { smallFund } from "./small-fund.fixture.ts";
import type { Store } from "./store.ts";

describe.each(kindsOfDatabase)("a store on %s", (kind) => {
  let place: Place;
  let store: Store;
  let count = 0;

  beforeAll(async () => {
    place = await placeForDatabases();
    store = await open(await place.options(kind));
  });
  afterAll(async () => {
    await store?.close();
    await place.clear();
  });

  /** A fresh workspace of the small fund, imported by Ann. */
  async function fresh(): Promise<string> {
    const id = `fund-${++count}`;
    expect(await store.importWorkspace(smallFund(), { author: "ann", id, owners: { bo: "bo" } })).toMatchObject({
      outcome: "saved",
      change: 1,
    });
    return id;
  }
  const saved = (outcome: Outcome): Extract<Outcome, { outcome: "saved" }> => {
    expect(outcome).toMatchObject({ outcome: "saved" });
    return outcome as Extract<Outcome, { outcome: "saved" }>;
  };
  const codes = (outcome: Outcome): string[] =>
    outcome.outcome === "refused" ? outcome.problems.map(({ code }) => code) : [outcome.outcome];

  test("a workspace goes in and comes out the same: every value, every order, repeated names too", async () => {
    const id = await fresh();
    const read = (await store.readWorkspace(id, { viewer: "bo" }))!;
    expect(read.workspace).toEqual(smallFund());
    expect(JSON.stringify(read.workspace)).toBe(JSON.stringify(smallFund()));
    expect(Object.is(read.workspace.facts[0].data!.nought, -0)).toBe(true);
    expect(read.stored.forecasts.map(({ key }) => key)).toEqual([
      "ann/passes/2024-01-10",
      "bo/passes/2024-02-10",
      "bo/passes/2024-02-10#2",
    ]);
    expect(read.stored.questions[1]).toMatchObject({ key: "size", version: 1, change: 1, author: "ann" });
    expect(await store.listWorkspaces()).toContainEqual(
      expect.objectContaining({ id, name: { en: "Small fund", zh: "小基金" }, change: 1, author: "ann", archived: false }),
    );
  });

  test("an id that is taken, and one that is none, is refused", async () => {
    const id = await fresh();
    expect(codes(await store.importWorkspace(smallFund(), { author: "ann", id }))).toEqual(["workspaceExists"]);
    expect(codes(await store.importWorkspace(smallFund(), { author: "ann", id: "Größe/1" }))).toEqual(["badWorkspaceId"]);
    expect(await store.readWorkspace("no-such")).toBeUndefined();
    expect(codes(await store.append("no-such", "forecasts", smallFund().forecasts[0], { author: "ann" }))).toEqual(["unknownWorkspace"]);
  });

  test("a save is a new version on the version it was made from", async () => {
    const id = await fresh();
    const question = { ...smallFund().questions[0], criterion: "clearer" };
    const outcome = saved(await store.save(id, "questions", question, { author: "bo", expectedVersion: 1, reason: "was vague" }));
    expect(outcome).toMatchObject({ workspace: id, change: 2, saved: [{ kind: "questions", key: "passes", version: 2 }] });
    const read = (await store.readWorkspace(id))!;
    expect(read.workspace.questions.map(({ id: one }) => one)).toEqual(["passes", "size"]);
    expect(read.workspace.questions[0]).toEqual(question);
    expect(read).toMatchObject({ change: 2, at: outcome.at });
    expect(await store.history(id, "questions", "passes")).toEqual([
      { version: 1, change: 1, at: expect.any(String), author: "ann", item: smallFund().questions[0] },
      { version: 2, change: 2, at: outcome.at, author: "bo", reason: "was vague", item: question },
    ]);
  });

  test("two people edit the same: the second sees both versions and what both began with, and loses nothing", async () => {
    const id = await fresh();
    const [mine, theirs] = [
      { ...smallFund().questions[0], criterion: "mine" },
      { ...smallFund().questions[0], criterion: "theirs" },
    ];
    const first = saved(await store.save(id, "questions", theirs, { author: "bo", expectedVersion: 1 }));
    const forecast = { question: "size", by: "ann", on: "2024-06-01", distribution: "5 to 50" };
    const outcome = await store.commit(
      id,
      [
        { do: "append", kind: "forecasts", item: forecast },
        { do: "save", kind: "questions", item: mine, expectedVersion: 1 },
      ],
      { author: "ann" },
    );
    expect(outcome).toEqual({
      outcome: "conflict",
      conflicts: [
        {
          kind: "questions",
          key: "passes",
          expectedVersion: 1,
          mine,
          theirs: { version: 2, item: theirs, author: "bo", at: first.at },
          base: smallFund().questions[0],
        },
      ],
    });
    expect((await store.readWorkspace(id))!).toMatchObject({ change: 2, workspace: { forecasts: { length: 3 } } });
    saved(await store.save(id, "questions", mine, { author: "ann", expectedVersion: 2 }));
  });

  test("at the very same moment, one of many is first and all others see a conflict", async () => {
    const id = await fresh();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        store.save(id, "questions", { ...smallFund().questions[0], criterion: `by ${index}` }, { author: `p${index}`, expectedVersion: 1 }),
      ),
    );
    expect(outcomes.filter(({ outcome }) => outcome === "saved").length).toBe(1);
    expect(outcomes.filter(({ outcome }) => outcome === "conflict").length).toBe(7);
    const appended = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        store.append(id, "forecasts", { question: "size", by: "ann", on: "2024-06-03", distribution: `${index} to 50` }, { author: "ann" }),
      ),
    );
    expect(new Set(appended.map((outcome) => saved(outcome).saved[0].key)).size).toBe(8);
    expect((await store.readWorkspace(id))!.workspace.forecasts.length).toBe(11);
  });

  test("what somebody removed meanwhile is a conflict; what is removed can come again", async () => {
    const id = await fresh();
    saved(await store.remove(id, "companies", "acme", { author: "bo", expectedVersion: 1 }));
    expect((await store.readWorkspace(id))!.workspace.companies).toEqual([]);
    const company = { ...smallFund().companies[0], name: "Acme" };
    expect(await store.save(id, "companies", company, { author: "ann", expectedVersion: 1 })).toMatchObject({
      outcome: "conflict",
      conflicts: [{ mine: company, theirs: { version: 2, author: "bo" }, base: smallFund().companies[0] }],
    });
    expect(codes(await store.remove(id, "companies", "acme", { author: "ann", expectedVersion: 2 }))).toEqual(["unknownItem"]);
    expect(saved(await store.save(id, "companies", company, { author: "ann", expectedVersion: 0 })).saved).toEqual([
      { kind: "companies", key: "acme", version: 3 },
    ]);
    expect((await store.history(id, "companies", "acme")).map(({ item }) => item !== undefined)).toEqual([true, false, true]);
  });

  test("what is new must not be there yet, what changes nothing writes nothing, the same request is carried out once", async () => {
    const id = await fresh();
    const company = { ...smallFund().companies[0], name: "other" };
    expect(await store.save(id, "companies", company, { author: "ann", expectedVersion: 0 })).toMatchObject({ outcome: "conflict" });
    expect(saved(await store.save(id, "companies", smallFund().companies[0], { author: "ann", expectedVersion: 1 })).change).toBe(1);
    const forecast = { question: "size", by: "ann", on: "2024-06-01", distribution: "5 to 50" };
    const once = await store.append(id, "forecasts", forecast, { author: "ann", requestId: "r-1" });
    expect(await store.append(id, "forecasts", forecast, { author: "ann", requestId: "r-1" })).toEqual(once);
    expect((await store.readWorkspace(id))!).toMatchObject({ change: 2, workspace: { forecasts: { length: 4 } } });
  });

  test("unsound material is refused at its place, and nothing of the change is written", async () => {
    const id = await fresh();
    const outcome = await store.commit(
      id,
      [
        { do: "append", kind: "forecasts", item: { question: "size", by: "ann", on: "2024-06-01", distribution: "5 to 50" } },
        { do: "save", kind: "questions", item: { id: "Size", text: "", kind: "maybe" }, expectedVersion: 0 },
      ],
      { author: "ann" },
    );
    expect(outcome).toMatchObject({
      outcome: "refused",
      problems: expect.arrayContaining([
        expect.objectContaining({ code: "badIdentifier", at: { workspace: id, kind: "questions", key: "Size", path: ["id"] } }),
        expect.objectContaining({ code: "notOneOf", at: { workspace: id, kind: "questions", key: "Size", path: ["kind"] } }),
      ]),
    });
    expect((await store.readWorkspace(id))!.change).toBe(1);
    const forecast = smallFund().forecasts[0];
    expect(codes(await store.commit(id, [], { author: "ann" }))).toEqual(["nothingToWrite"]);
    expect(codes(await store.append(id, "forecasts", forecast, { author: " " }))).toEqual(["authorMissing"]);
    expect(codes(await store.append(id, "forecasts", forecast, { author: "ann", at: "soon" }))).toEqual(["badMoment"]);
    expect(codes(await store.save(id, "forecasts" as never, forecast as never, { author: "ann", expectedVersion: 1 }))).toEqual([
      "appendOnly",
    ]);
    expect(codes(await store.append(id, "questions" as never, smallFund().questions[0] as never, { author: "ann" }))).toEqual([
      "notAppendOnly",
    ]);
    expect(
      codes(
        await store.save(id, "companies", { ...smallFund().companies[0], id: "other" }, { author: "ann", key: "acme", expectedVersion: 1 }),
      ),
    ).toEqual(["idChanged"]);
    expect(codes(await store.append(id, "decisions", smallFund().decisions[0], { author: "ann" }))).toEqual(["keyTaken"]);
  });

  test("kinds without ids are edited under the name the store gave them", async () => {
    const id = await fresh();
    const position = { company: "acme", on: "2024-05-01", invested: "2M USD" };
    expect(saved(await store.save(id, "positions", position, { author: "ann", expectedVersion: 0 })).saved[0].key).toBe(
      "acme/2024-05-01#2",
    );
    const later = { ...position, on: "2024-06-01" };
    saved(await store.save(id, "positions", later, { author: "ann", key: "acme/2024-05-01", expectedVersion: 1 }));
    expect((await store.readWorkspace(id))!.workspace.positions).toEqual([later, position]);
  });

  test("settings have versions; random streams are only added to", async () => {
    const id = await fresh();
    const settings = { ...smallFund().settings, discountRate: 0.3 };
    saved(await store.saveSettings(id, settings, { author: "ann", expectedVersion: 1 }));
    expect(await store.saveSettings(id, { ...settings, discountRate: 0.4 }, { author: "bo", expectedVersion: 1 })).toMatchObject({
      outcome: "conflict",
    });
    saved(await store.appendStreams(id, ["question/size", "new/one", "new/two", "new/one"], { author: "ann" }));
    const { workspace } = (await store.readWorkspace(id))!;
    expect(workspace.settings).toEqual(settings);
    expect(workspace.streams).toEqual([...smallFund().streams, "new/one", "new/two"]);
  });

  test("every past moment can be read, by its time and by the number of its change", async () => {
    const id = await fresh();
    const moments = ["2024-01-01T00:00:00.000Z"];
    const states = [(await store.readWorkspace(id))!];
    for (let round = 0; round < 5; round++) {
      const question = { ...smallFund().questions[0], criterion: `round ${round}` };
      const version = states.at(-1)!.stored.questions[0].version;
      await store.append(
        id,
        "forecasts",
        { question: "size", by: "ann", on: "2024-06-01", distribution: `${round + 1} to 50` },
        { author: "ann" },
      );
      const { at } = saved(await store.save(id, "questions", question, { author: "bo", expectedVersion: version }));
      moments.push(at);
      states.push((await store.readWorkspace(id))!);
    }
    for (const state of states) {
      expect(await store.readWorkspace(id, { asOf: state.change })).toEqual(state);
      const sameMoment = states.findLast(({ at }) => at <= state.at)!;
      expect(await store.readWorkspace(id, { asOf: state.at })).toEqual(sameMoment);
    }
    expect(await store.readWorkspace(id, { asOf: "2001-01-01" })).toBeUndefined();
    expect(await store.readWorkspace(id, { asOf: 0 })).toBeUndefined();
    expect(await store.readWorkspace(id, { asOf: "2999-01-01" })).toEqual(states.at(-1));
  });

  test("a moment that is asked for is held between the last change and now", async () => {
    const id = `fund-${++count}`;
    saved(await store.importWorkspace(smallFund(), { author: "ann", id, at: "2024-03-01T10:00:00Z" }));
    const forecast = { question: "size", by: "ann", on: "2024-06-01", distribution: "5 to 50" };
    const at = async (moment: string): Promise<string> =>
      saved(await store.append(id, "forecasts", forecast, { author: "ann", at: moment })).at;
    expect(await at("2024-04-01T10:00:00+02:00")).toBe("2024-04-01T08:00:00.000Z");
    expect(await at("2023-01-01T00:00:00Z")).toBe("2024-04-01T08:00:00.000Z");
    expect((await at("2999-01-01T00:00:00Z")) < "2999").toBe(true);
  });

  test("a private note is its owner's alone: now, in the past, in its history, in the audit trail, in conflicts", async () => {
    const id = await fresh();
    const note = smallFund().notes[1];
    const ids = async (viewer?: string, asOf?: number) =>
      (await store.readWorkspace(id, { viewer, asOf }))!.workspace.notes.map((one) => one.id);
    expect([await ids(), await ids("ann"), await ids("bo")]).toEqual([["notes/team"], ["notes/team"], ["notes/team", "notes/own"]]);
    expect(await store.history(id, "notes", "notes/own", { viewer: "ann" })).toEqual([]);
    expect(codes(await store.save(id, "notes", { ...note, text: "x" }, { author: "ann", expectedVersion: 1 }))).toEqual(["unknownItem"]);
    expect(codes(await store.remove(id, "notes", "notes/own", { author: "ann", expectedVersion: 1 }))).toEqual(["unknownItem"]);
    expect(codes(await store.save(id, "notes", note, { author: "ann", expectedVersion: 0 }))).toEqual(["keyTaken"]);

    saved(await store.save(id, "notes", { ...note, text: "mine still" }, { author: "bo", expectedVersion: 1 }));
    expect((await store.audit({ workspace: id, viewer: "ann" })).entries.map(({ change }) => change)).toEqual([1]);
    expect((await store.audit({ workspace: id, viewer: "bo" })).entries.map(({ change }) => change)).toEqual([2, 1]);
    expect(await store.changesSince(id, 1, { viewer: "ann" })).toEqual([]);

    const open = { ...note, private: false, text: "for all now" };
    saved(await store.save(id, "notes", open, { author: "bo", expectedVersion: 2 }));
    expect([await ids("ann"), await ids("ann", 2)]).toEqual([["notes/team", "notes/own"], ["notes/team"]]);
    expect((await store.history(id, "notes", "notes/own", { viewer: "ann" })).map(({ version }) => version)).toEqual([3]);
    expect(await store.changesSince(id, 1, { viewer: "ann" })).toMatchObject([{ key: "notes/own", after: open }]);
    expect((await store.changesSince(id, 1, { viewer: "ann" }))[0]).not.toHaveProperty("before");
    // The private second version is no base for somebody else's conflict.
    const outcome = await store.save(id, "notes", { ...open, text: "y" }, { author: "ann", expectedVersion: 2 });
    expect(outcome).toMatchObject({ outcome: "conflict", conflicts: [{ theirs: { version: 3, item: open } }] });
    expect(outcome.outcome === "conflict" && outcome.conflicts[0]).not.toHaveProperty("base");
    // Hers to write in, not hers to take away.
    expect(codes(await store.save(id, "notes", { ...open, private: true }, { author: "cleo", expectedVersion: 3 }))).toEqual([
      "ownedByAnother",
    ]);
  });

  test("what changed between two changes is told item by item, with before and after", async () => {
    const id = await fresh();
    const { previous } = await store.visit(id, "ann");
    expect(previous).toBeUndefined();
    const question = { ...smallFund().questions[0], criterion: "a" };
    saved(await store.save(id, "questions", question, { author: "bo", expectedVersion: 1 }));
    saved(await store.save(id, "questions", { ...question, criterion: "b" }, { author: "bo", expectedVersion: 2 }));
    saved(await store.save(id, "companies", { ...smallFund().companies[0], name: "B" }, { author: "bo", expectedVersion: 1 }));
    saved(await store.save(id, "companies", smallFund().companies[0], { author: "bo", expectedVersion: 2 }));
    saved(await store.remove(id, "rounds", "r1", { author: "bo", expectedVersion: 1 }));
    saved(await store.append(id, "resolutions", { question: "size", on: "2024-06-05", outcome: 7 }, { author: "bo" }));
    expect(await store.lastVisit(id, "ann")).toMatchObject({ change: 1 });
    const told = await store.changesSince(id, (await store.lastVisit(id, "ann"))!.change);
    expect(told.map(({ kind, key, before, after }) => [kind, key, before !== undefined, after !== undefined])).toEqual([
      ["questions", "passes", true, true],
      ["rounds", "r1", true, false],
      ["resolutions", "size/2024-06-05", false, true],
    ]);
    expect(told[0]).toMatchObject({ before: smallFund().questions[0], after: { criterion: "b" }, author: "bo", change: 3 });
    expect(await store.changesSince(id, 1, { until: 2 })).toMatchObject([{ key: "passes", after: { criterion: "a" } }]);
    expect((await store.visit(id, "ann")).previous).toMatchObject({ change: 1 });
    expect(await store.changesSince(id, (await store.lastVisit(id, "ann"))!.change)).toEqual([]);
  });

  test("the audit trail tells of changes and events, newest first, page after page", async () => {
    const id = await fresh();
    for (let index = 0; index < 7; index++)
      await store.append(
        id,
        "forecasts",
        { question: "size", by: "ann", on: "2024-06-01", distribution: `${index + 1} to 50` },
        { author: "ann" },
      );
    await store.recordEvent({ author: "ann", action: "exported", workspace: id, details: { format: "folder", $x: Infinity } });
    await store.recordEvent({ author: "eve", action: "signInFailed" });
    const pages = [];
    for (let before: string | undefined; ;) {
      const { entries, next } = await store.audit({ workspace: id, limit: 2, before });
      pages.push(entries);
      if (next === undefined) break;
      before = next;
    }
    const entries = pages.flat();
    expect(entries.map(({ action }) => action)).toEqual(["exported", ...Array.from({ length: 7 }, () => "appended"), "imported"]);
    expect(entries[0]).toMatchObject({ workspace: id, author: "ann", details: { format: "folder", $x: Infinity } });
    expect(entries[1]).toMatchObject({ change: 8, items: [{ kind: "forecasts", version: 1, removed: false }] });
    expect(entries.map(({ at }) => at)).toEqual(
      entries
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    expect((await store.audit({ limit: 1 })).entries[0]).toMatchObject({ action: "signInFailed", author: "eve" });
  });

  test("a workspace is put away, not deleted; nothing is written to it meanwhile", async () => {
    const id = await fresh();
    saved(await store.archiveWorkspace(id, { author: "ann", archived: true }));
    expect((await store.listWorkspaces()).map((one) => one.id)).not.toContain(id);
    expect((await store.listWorkspaces({ archived: true })).map((one) => one.id)).toContain(id);
    expect(codes(await store.append(id, "forecasts", smallFund().forecasts[0], { author: "ann" }))).toEqual(["workspaceArchived"]);
    saved(await store.archiveWorkspace(id, { author: "ann", archived: false }));
    saved(await store.append(id, "forecasts", smallFund().forecasts[0], { author: "ann" }));
  });

  test("nonsense for names, moments and cursors finds nothing and breaks nothing", async () => {
    const id = await fresh();
    for (const asOf of ["soon", NaN, -1, 0.5]) expect(await store.readWorkspace(id, { asOf })).toBeUndefined();
    for (const asOf of [Infinity, 1e300, 1.5]) expect(await store.readWorkspace(id, { asOf })).toMatchObject({ change: 1 });
    for (const before of ["", "nonsense", Buffer.from('["2024-01-01","change","w","1; drop"]').toString("base64url")])
      expect(await store.audit({ before })).toEqual({ entries: [] });
    for (const name of ["a\u0000b", "'; drop table x; --", "\ud800", "%", "x".repeat(3000)]) {
      expect(await store.readWorkspace(name, { viewer: name })).toBeUndefined();
      expect(await store.history(id, "questions", name, { viewer: name })).toEqual([]);
      expect(await store.changesSince(name, 0, { viewer: name })).toEqual([]);
      expect((await store.audit({ workspace: name, viewer: name })).entries).toEqual([]);
      expect(await store.lastVisit(name, name)).toBeUndefined();
      expect(codes(await store.remove(id, "companies", name, { author: name, expectedVersion: 1 }))).toEqual(["unknownItem"]);
      expect(codes(await store.remove(name, "companies", "acme", { author: name, expectedVersion: 1 }))).toEqual(["unknownWorkspace"]);
    }
    saved(await store.append(id, "forecasts", smallFund().forecasts[0], { author: "a\u0000b", reason: "\u0000", requestId: "\u0000" }));
    const note = { id: "notes/\u0000", text: "nul\u0000" };
    expect(saved(await store.save(id, "notes", note, { author: "ann", expectedVersion: 0 })).saved[0].key).toBe("notes/\ufffd");
    expect((await store.readWorkspace(id))!.workspace.notes.at(-1)).toEqual(note);
  });

  test("what was checked on a workspace is not written where others wrote meanwhile what it may not fit", async () => {
    const id = await fresh();
    const { change } = (await store.readWorkspace(id))!;
    const forecast = smallFund().forecasts[0];
    const append = { do: "append", kind: "forecasts", item: forecast } as const;
    const remove = { do: "remove", kind: "rounds", key: "r1", expectedVersion: 1 } as const;
    saved(await store.append(id, "forecasts", forecast, { author: "bo" }));
    // Opinions of others are beside each other, and are in the way of what removes something, or of who asks to be alone.
    expect(codes(await store.commit(id, [remove], { author: "ann", readAt: change }))).toEqual(["changedMeanwhile"]);
    expect(codes(await store.commit(id, [append], { author: "ann", readAt: change, alone: true }))).toEqual(["changedMeanwhile"]);
    const { change: second } = saved(await store.commit(id, [append], { author: "ann", readAt: change }));
    // A removal is in the way of everything that was checked before it.
    saved(await store.commit(id, [remove], { author: "ann", readAt: second }));
    expect(await store.commit(id, [append], { author: "ann", readAt: second })).toMatchObject({
      problems: [{ code: "changedMeanwhile", params: { expected: second, found: second + 1 } }],
    });
    expect((await store.readWorkspace(id))!.change).toBe(second + 1);
  });

  test("whoever listens hears of what was changed while the connection for that was lost", async () => {
    const id = await fresh();
    const heard = [0];
    const stop = store.onChange(({ workspace, change }) => void (workspace === id && heard.push(change)));
    for (let round = 0; round < 3; round++) {
      if (kind !== "pglite")
        await store.database.query("select pg_terminate_backend(pid) from pg_stat_activity where query ~ '^(listen|select distinct on)'");
      const { change } = saved(await store.append(id, "forecasts", { ...smallFund().forecasts[0] }, { author: "ann" }));
      for (let tries = 0; heard.at(-1) !== change && tries < 3000; tries++) await pause(20);
      expect(heard.at(-1)).toBe(change);
    }
    stop();
  });

  test("whoever listens hears of every change", async () => {
    const id = await fresh();
    const heard: number[] = [];
    const stop = store.onChange(({ workspace, change }) => void (workspace === id && heard.push(change)));
    let written = 1;
    // It begins to listen a moment later; from then on it hears of every change, in their order, and of the last one too.
    for (let tries = 0; heard.length === 0 && tries < 3000; tries++) {
      written = saved(await store.append(id, "forecasts", { ...smallFund().forecasts[0] }, { author: "ann" })).change;
      await pause(20);
    }
    for (let tries = 0; heard.at(-1) !== written && tries < 3000; tries++) await pause(20);
    expect(heard).toEqual(heard.map((_, place) => written - heard.length + 1 + place));
    expect(heard.at(-1)).toBe(written);
    stop();
  });
});
