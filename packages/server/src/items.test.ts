import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { joined, serveForTest, setUp, workspaceId } from "./served.fixture.ts";
import type { Served, Visitor } from "./served.fixture.ts";
import { WorkspaceView } from "./views.ts";

let served: Served;
let ann: Visitor; // partner
let bo: Visitor; // analyst
const base = `/api/workspaces/${workspaceId}`;
const company = { id: "newcomer", name: { en: "Newcomer", zh: "新来者" }, track: "" };
const question = {
  id: "it_rains",
  text: "Does it rain?",
  kind: "yesNo",
  dimension: "weather",
  criterion: "Rain falls",
  resolveBy: "2026-12-31",
};

beforeAll(async () => {
  served = await serveForTest();
  ann = await setUp(served);
  bo = await joined(served, ann, "analyst", "Bo");
  company.track = (await ann.send("GET", `${base}/tracks`)).body.items[0].id;
});
afterAll(() => served.close());

describe("an item", () => {
  test("is added, read, changed on the version it was read at, removed, and its history stays", async () => {
    const added = await bo.send("POST", `${base}/companies`, { item: company, reason: "Heard of it" });
    expect(added).toMatchObject({ status: 201, body: { kind: "companies", id: "newcomer", version: 1, item: company, warnings: [] } });
    expect((await ann.send("GET", `${base}/companies/newcomer`)).body).toEqual({ id: "newcomer", version: 1, item: company });
    const changed = { ...company, status: "watched" };
    const put = await bo.send("PUT", `${base}/companies/newcomer`, { item: changed, expectedVersion: 1 });
    expect(put.body).toMatchObject({ version: 2, revision: added.body.revision + 1, item: changed });
    expect((await bo.send("DELETE", `${base}/companies/newcomer?expectedVersion=1`)).status).toBe(409);
    expect((await bo.send("DELETE", `${base}/companies/newcomer?expectedVersion=2`)).status).toBe(200);
    expect((await bo.send("GET", `${base}/companies/newcomer`)).status).toBe(404);
    const { versions } = (await ann.send("GET", `${base}/companies/newcomer/history`)).body;
    expect(versions).toMatchObject([
      { version: 1, item: company, by: { name: "Bo" }, reason: "Heard of it" },
      { version: 2, item: changed },
      { version: 3, item: null },
    ]);
  });

  test("is there at once for everybody, and the page is not sent again while nothing changed", async () => {
    const before = await ann.send("GET", base);
    const tag = before.headers.get("etag")!;
    expect(WorkspaceView.safeParse(before.body).error).toBeUndefined();
    for (const known of [tag, `W/${tag}`]) expect((await ann.send("GET", base, undefined, { "if-none-match": known })).status).toBe(304);
    await bo.send("POST", `${base}/questions`, { item: question });
    const after = await ann.send("GET", base, undefined, { "if-none-match": tag });
    expect(after.body.workspace.questions.at(-1)).toEqual(question);
    expect(after.body.places.questions.at(-1)).toEqual({ id: "it_rains", version: 1 });
    expect(after.body.places.questions.length).toBe(after.body.workspace.questions.length);
    const past = await ann.send("GET", `${base}?revision=${before.body.revision}`);
    expect(past.body).toMatchObject({ revision: before.body.revision, workspace: { questions: before.body.workspace.questions } });
    expect((await ann.send("GET", `${base}?revision=99999`)).status).toBe(404);
    expect((await ann.send("GET", `${base}?asOf=2020-01-01`)).body.workspace.forecasts).toEqual([]);
  });

  test("a past day is read as it was recorded by then; before the workspace was kept here, as its dates say", async () => {
    const before = (await ann.send("GET", base)).body;
    await bo.send("POST", `${base}/questions`, { item: { ...question, id: "it_snows" } });
    const now = (await ann.send("GET", base)).body;
    const at = async (moment: string, asOf?: string) =>
      (await ann.send("GET", `${base}?recordedBy=${encodeURIComponent(moment)}${asOf ? `&asOf=${asOf}` : ""}`)).body;
    expect(Date.parse(before.recordedAt)).toBeLessThan(Date.parse(now.recordedAt));
    const { asOf } = now.workspace.settings;
    const then = await at(before.recordedAt, asOf);
    expect(then).toMatchObject({ revision: before.revision, recordedAt: before.recordedAt });
    expect(then.workspace.questions).toEqual(before.workspace.questions);
    expect((await at(now.recordedAt)).revision).toBe(now.revision);
    const earlier = await at("2001-01-01T00:00:00Z", "2020-01-01");
    expect(earlier).toMatchObject({ revision: now.revision, workspace: { settings: { asOf: "2020-01-01" }, forecasts: [] } });
    expect((await ann.send("GET", `${base}?recordedBy=yesterday`)).status).toBe(400);
  });

  test("that two people change is a conflict for the second, who is given both versions and what they began with", async () => {
    await bo.send("POST", `${base}/companies`, { item: company });
    const { version } = (await ann.send("GET", `${base}/companies/newcomer`)).body;
    const [theirs, mine] = [
      { ...company, status: "passed" },
      { ...company, status: "watched" },
    ];
    const replies = await Promise.all([
      ann.send("PUT", `${base}/companies/newcomer`, { item: theirs, expectedVersion: version }),
      bo.send("PUT", `${base}/companies/newcomer`, { item: mine, expectedVersion: version }),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [won, lost] = replies[0].status === 200 ? [theirs, mine] : [mine, theirs];
    const { body } = replies.find(({ status }) => status === 409)!;
    expect(body.error.conflict).toMatchObject({ kind: "companies", id: "newcomer", expectedVersion: version, yours: lost, base: company });
    expect(body.error.conflict.current).toMatchObject({ version: version + 1, item: won, by: { id: expect.any(String) } });
    const again = { item: lost, expectedVersion: body.error.conflict.current.version };
    expect((await bo.send("PUT", `${base}/companies/newcomer`, again)).body.item).toEqual(lost);
    expect((await bo.send("PUT", `${base}/companies/nobody`, { item: { ...company, id: "nobody" }, expectedVersion: 3 })).status).toBe(404);
  });

  test("is not removed while somebody comes to rest on it, however often both happen at once", async () => {
    const outcomes = new Set<string>();
    const [{ item: known }] = (await ann.send("GET", `${base}/tracks`)).body.items;
    for (let round = 0; round < 40; round++) {
      const track = { ...known, id: `track_${round}` };
      expect((await bo.send("POST", `${base}/tracks`, { item: track })).status).toBe(201);
      const resting = { ...company, id: `rests_${round}`, track: track.id };
      const asked = [
        (): ReturnType<Visitor["send"]> => ann.send("DELETE", `${base}/tracks/${track.id}?expectedVersion=1`),
        (): ReturnType<Visitor["send"]> => bo.send("POST", `${base}/companies`, { item: resting }),
      ];
      if (round % 2 === 1) asked.reverse();
      const replies = await Promise.all(asked.map((ask) => ask()));
      const [removal, addition] = round % 2 === 1 ? replies.toReversed() : replies;
      outcomes.add(`${removal.status} ${addition.status}`);
      const late = removal.status === 422 ? removal : addition;
      expect(late.body.error.problems.map(({ code }: { code: string }) => code)).toContain("unknownReference");
      const { workspace } = (await ann.send("GET", base)).body;
      const has = (list: { id: string }[], id: string): boolean => list.some((one) => one.id === id);
      expect(has(workspace.companies, resting.id)).toBe(has(workspace.tracks, track.id));
    }
    for (const outcome of outcomes) expect(["200 422", "422 201"]).toContain(outcome);
  });

  test("is written by many at once, each of whom sees what the others wrote", async () => {
    const replies = await Promise.all(
      Array.from({ length: 16 }, (_, place) =>
        (place % 2 === 0 ? ann : bo).send("POST", `${base}/companies`, { item: { ...company, id: `together_${place % 8}` } }),
      ),
    );
    expect(replies.filter(({ status }) => status === 201).length).toBe(8);
    expect(replies.filter(({ body }) => body.error?.problems?.[0]?.code === "duplicateId").length).toBe(8);
  });

  test("that is unsound is told at its place in both languages, and nothing is written", async () => {
    const { revision } = (await ann.send("GET", base)).body;
    const { status, body } = await bo.send("POST", `${base}/questions`, {
      item: { ...question, id: "it_snows", kind: "maybe", resolveBy: "soon" },
    });
    expect(status).toBe(422);
    expect(body.error.problems.map((one: { at: { path: string[] } }) => one.at.path.join("."))).toEqual(["kind", "resolveBy"]);
    for (const { message } of body.error.problems) {
      expect(message.en).toMatch(/^[A-Z`].*\.$/s);
      expect(message.zh).toMatch(/\p{Script=Han}/u);
    }
    expect((await bo.send("POST", `${base}/questions`, { item: question })).body.error.problems).toMatchObject([{ code: "duplicateId" }]);
    expect((await bo.send("POST", `${base}/questions`, { item: null })).status).toBe(400);
    expect((await ann.send("GET", base)).body.revision).toBe(revision);
  });

  test("sent twice under one name is written once", async () => {
    const send = (): ReturnType<Visitor["send"]> =>
      bo.send(
        "POST",
        `${base}/forecasts`,
        { item: { question: "it_rains", probability: "35%", on: "2026-01-10" } },
        { "idempotency-key": "k1" },
      );
    const [first, second] = [await send(), await send()];
    expect(first.status).toBe(201);
    expect(second.body).toMatchObject({ id: first.body.id, revision: first.body.revision });
    const { items } = (await ann.send("GET", `${base}/forecasts`)).body;
    expect(items.filter(({ item }: { item: { question: string } }) => item.question === "it_rains").length).toBe(1);
  });
});

describe("a forecast", () => {
  test("is one's own: nobody states one for a member; a partner may for somebody without an account", async () => {
    const { people } = (await ann.send("GET", base)).body.workspace;
    const outside = people[0].id;
    const state = (who: Visitor, by?: string) =>
      who.send("POST", `${base}/forecasts`, { item: { question: "it_rains", probability: "50%", ...(by ? { by } : {}) } });
    expect((await state(bo)).body.item).toMatchObject({ by: "bo", on: "2026-01-15" });
    expect((await state(ann, "bo")).body.error).toMatchObject({ code: "notYours", params: { person: "bo" } });
    expect((await state(bo, outside)).body.error.code).toBe("notYours");
    expect((await state(ann, outside)).status).toBe(201);
  });

  test("is never changed; a second thought on the same day stands, and the first stays in the history", async () => {
    const { body } = await bo.send("POST", `${base}/forecasts`, { item: { question: "it_rains", probability: "51%" } });
    const path = `${base}/forecasts/${encodeURIComponent(body.id)}`;
    expect(await bo.send("PUT", path, { item: body.item, expectedVersion: 1 })).toMatchObject({
      status: 405,
      body: { error: { code: "appendOnly" } },
    });
    expect((await bo.send("DELETE", path)).status).toBe(405);
    const changes = [{ change: "remove", kind: "forecasts", id: body.id, expectedVersion: 1 }];
    expect((await bo.send("POST", `${base}/changes`, { changes })).status).toBe(405);
    const again = await bo.send("POST", `${base}/forecasts`, { item: { question: "it_rains", probability: "52%" }, standing: body.id });
    expect(again.status).toBe(201);
    const mine = (await ann.send("GET", base)).body.workspace.forecasts.filter(
      (one: { by: string; on: string }) => one.by === "bo" && one.on === "2026-01-15",
    );
    expect(mine).toMatchObject([{ probability: "52%" }]);
    expect((await ann.send("GET", `${path}/history`)).body.versions).toMatchObject([{ item: { probability: "51%" } }]);
    const late = await bo.send("POST", `${base}/forecasts`, { item: { question: "it_rains", probability: "53%" }, standing: body.id });
    expect(late.body.error.conflict).toMatchObject({ current: { item: { probability: "52%" } }, yours: { probability: "53%" } });
  });

  test("on something that does not exist names what was probably meant", async () => {
    const { body } = await bo.send("POST", `${base}/forecasts`, { item: { question: "it_rain", probability: "50%" } });
    expect(body.error.problems).toMatchObject([
      { code: "unknownReference", params: { suggestion: "it_rains" }, at: { kind: "forecasts" } },
    ]);
  });
});

describe("a private note", () => {
  const secret = "What I doubt about the founder";
  test("is its author's alone, for partners too: in no reading, list, history, change, audit row, export or conflict", async () => {
    const { revision } = (await ann.send("GET", base)).body;
    const added = await bo.send("POST", `${base}/notes`, { item: { id: "doubt", text: secret, private: true, by: "ann" } });
    expect(added.body.item).toMatchObject({ by: "bo", private: true });
    const everywhere = async (who: Visitor): Promise<string[]> => {
      const asked = [
        "",
        "/notes",
        "/notes/doubt",
        "/notes/doubt/history",
        `/changes?since=${revision}`,
        "/audit",
        "/export?format=json",
        `/since-last-visit?revision=${revision}`,
      ];
      const replies = await Promise.all(asked.map((path) => who.send("GET", `${base}${path}`)));
      return asked.filter((_, place) => /What I doubt|"doubt"/.test(JSON.stringify(replies[place].body)));
    };
    expect(await everywhere(ann)).toEqual([]);
    expect((await everywhere(bo)).length).toBe(8);
    const taken = await ann.send("PUT", `${base}/notes/doubt`, { item: { id: "doubt", text: "Mine" }, expectedVersion: 1 });
    expect(taken.status).toBe(404);
    expect(JSON.stringify(taken.body)).not.toContain(secret);
    const same = await ann.send("POST", `${base}/notes`, { item: { id: "doubt", text: "Mine" } });
    expect(same.status).toBe(422);
    expect(JSON.stringify(same.body)).not.toContain(secret);
    expect((await ann.send("DELETE", `${base}/notes/doubt?expectedVersion=1`)).status).toBe(404);
  });

  test("a note that all may read is changed by its author and by partners, and nobody else makes it private", async () => {
    const { body } = await ann.send("POST", `${base}/notes`, { item: { id: "minutes", text: "What was said" } });
    expect(body.item.by).toBe("ann");
    const put = (who: Visitor, item: object, expectedVersion: number) =>
      who.send("PUT", `${base}/notes/minutes`, { item: { id: "minutes", ...item }, expectedVersion });
    expect((await put(bo, { text: "What I wish was said" }, 1)).body.error.code).toBe("notYours");
    expect((await bo.send("DELETE", `${base}/notes/minutes?expectedVersion=1`)).body.error.code).toBe("notYours");
    const bos = await bo.send("POST", `${base}/notes`, { item: { id: "call", text: "A call" } });
    expect(
      (await ann.send("PUT", `${base}/notes/call`, { item: { ...bos.body.item, private: true }, expectedVersion: 1 })).body.error.code,
    ).toBe("notYours");
    expect(
      (await ann.send("PUT", `${base}/notes/call`, { item: { ...bos.body.item, text: "A long call" }, expectedVersion: 1 })).body.item.by,
    ).toBe("bo");
  });
});

describe("several changes at once", () => {
  test("are written all or none, and what one needs another may bring", async () => {
    const changes = [
      { change: "add", kind: "forecasts", item: { question: "it_hails", probability: "2%" } },
      { change: "add", kind: "questions", item: { ...question, id: "it_hails" } },
    ];
    const { status, body } = await bo.send("POST", `${base}/changes`, { changes });
    expect(status).toBe(200);
    expect(body.saved).toMatchObject([{ kind: "forecasts" }, { kind: "questions", id: "it_hails" }]);
    const revision = body.revision;
    const half = [changes[0], { change: "add", kind: "questions", item: { ...question, id: "9 lives" } }];
    expect((await bo.send("POST", `${base}/changes`, { changes: half })).status).toBe(422);
    expect((await ann.send("GET", base)).body.revision).toBe(revision);
  });

  test("need what each of them needs", async () => {
    const decision = { id: "d1", company: "newcomer", on: "2026-01-15", by: ["bo"], alternative: "pass" };
    const changes = [{ change: "add", kind: "decisions", item: decision }];
    expect((await bo.send("POST", `${base}/changes`, { changes })).body.error.code).toBe("notAllowed");
    expect((await ann.send("POST", `${base}/changes`, { changes })).status).toBe(200);
    const { settings } = (await bo.send("GET", base)).body.workspace;
    expect(
      (await bo.send("POST", `${base}/changes`, { changes: [{ change: "settings", settings, expectedVersion: 1 }] })).body.error.code,
    ).toBe("notAllowed");
  });
});

describe("the settings", () => {
  test("are changed by partners on the version they saw", async () => {
    const { workspace, places } = (await ann.send("GET", base)).body;
    const settings = { ...workspace.settings, discountRate: 0.3 };
    const change = { settings, expectedVersion: places.settings.version };
    expect((await ann.send("PATCH", base, change)).body).toMatchObject({ settings, version: places.settings.version + 1 });
    const other = { ...change, settings: { ...settings, discountRate: 0.4 } };
    expect((await ann.send("PATCH", base, other)).body.error.conflict).toMatchObject({ kind: "settings", current: { item: settings } });
    const wrong = { settings: { ...settings, currency: "dollars" }, expectedVersion: change.expectedVersion + 1 };
    expect((await ann.send("PATCH", base, wrong)).status).toBe(422);
  });
});

describe("the past", () => {
  test("what changed since the last visit is told once, with who did it", async () => {
    expect((await bo.send("PUT", `${base}/visit`, {})).status).toBe(200);
    expect((await bo.send("GET", `${base}/since-last-visit`)).body.changes).toEqual([]);
    await ann.send("POST", `${base}/sources`, { item: { id: "S-NEW", title: "A paper" } });
    const { body } = await bo.send("GET", `${base}/since-last-visit`);
    expect(body.changes).toMatchObject([{ kind: "sources", id: "S-NEW", change: "add", by: { name: "Ann" }, before: null }]);
    expect(body.decisions).toEqual([]);
    expect(body.to.revision).toBe(body.from.revision + 1);
  });

  test("a forecast that flips a decision is told as its reason", async () => {
    await bo.send("PUT", `${base}/visit`, {});
    const { review } = (await ann.send("GET", `${base}/review`)).body;
    const [first] = review.companies;
    const asked = first.questions[0].question;
    const { options } = (await ann.send("GET", `${base}/questions/${asked}`)).body.item;
    const probabilities = Object.fromEntries(options.map(({ id }: { id: string }, place: number) => [id, place === 0 ? "100%" : "0%"]));
    expect((await ann.send("POST", `${base}/forecasts`, { item: { question: asked, probabilities } })).status).toBe(201);
    const { body } = await bo.send("GET", `${base}/since-last-visit`);
    const mine = body.decisions.find((one: { company: string }) => one.company === first.company.id);
    expect(mine.before).toMatchObject({ alternative: first.best.alternative, worth: { key: first.best.worth.key } });
    expect(mine.because).toEqual([{ kind: "forecasts", id: `ann/${asked}/2026-01-15` }]);
  });

  test("the audit trail says who did what, page by page, and has sign-ins and exports in it", async () => {
    await bo.send("GET", `${base}/export`);
    const first = (await ann.send("GET", `${base}/audit?limit=3`)).body;
    expect(first.entries.length).toBe(3);
    expect(
      first.entries.some(({ action, by }: { action: string; by: { name: string } }) => action === "exported" && by.name === "Bo"),
    ).toBe(true);
    const second = (await ann.send("GET", `${base}/audit?limit=3&before=${encodeURIComponent(first.next)}`)).body;
    const ids = [...first.entries, ...second.entries].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(6);
  });
});
