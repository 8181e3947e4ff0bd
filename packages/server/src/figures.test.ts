import { afterAll, beforeAll, expect, test } from "vitest";
import { reviewWorkspace } from "@watershed/workbench";
import { serveForTest, setUp, workspaceId } from "./served.fixture.ts";
import type { Reply, Served, Visitor } from "./served.fixture.ts";

let served: Served;
let ann: Visitor;
const base = `/api/workspaces/${workspaceId}`;
beforeAll(async () => {
  served = await serveForTest({ figures: { workers: 1, perUser: 3 } });
  ann = await setUp(served);
});
afterAll(() => served.close());

const plain = (content: unknown): unknown => JSON.parse(JSON.stringify(content));

test("a review is the workbench's own, under its key", async () => {
  const { workspace } = (await served.store.readWorkspace(workspaceId))!;
  const { status, body } = await ann.send("GET", `${base}/review?draws=4096&theses=true`);
  expect(status).toBe(200);
  const { review } = reviewWorkspace(workspace, { draws: 4096, theses: true });
  expect(body.review).toEqual(plain(review));
  expect(body.key).toBe(review!.key);
});

test("every other figure answers, a company that is not there does not", async () => {
  const { companies, questions } = (await ann.send("GET", base)).body.workspace;
  const { review } = (await ann.send("GET", `${base}/review?draws=2048`)).body;
  const company = review.companies[0].company.id;
  const paths = [
    `companies/${company}/explain`,
    `companies/${company}/thresholds`,
    `companies/${company}/price`,
    `companies/${company}/sensitivity`,
    "disagreement",
    "actions-worth",
    `joint-worth?questions=${review.companies[0].questions[0].question}`,
  ];
  for (const path of paths) {
    const { status, body } = await ann.send("GET", `${base}/${path}${path.includes("?") ? "&" : "?"}draws=2048`);
    expect(`${path} ${status} ${JSON.stringify(body.error ?? null)}`).toBe(`${path} 200 null`);
  }
  expect((await ann.send("GET", `${base}/companies/nobody/price`)).status).toBe(404);
  expect((await ann.send("GET", `${base}/joint-worth?questions=nothing`)).status).toBe(404);
  const tooMany = (await ann.send("GET", `${base}/review?draws=1e12`)).body.error;
  expect(tooMany).toMatchObject({ code: "wrongCall", params: { problem: expect.stringMatching(/^draws: at most \d+ /) } });
  expect([companies.length > 0, questions.length > 0]).toEqual([true, true]);
});

test("a company without a case has no figure, and the answer says why", async () => {
  const { tracks } = (await ann.send("GET", base)).body.workspace;
  await ann.send("POST", `${base}/companies`, { item: { id: "caseless", name: "Caseless", track: tracks[0].id } });
  const { status, body } = await ann.send("GET", `${base}/companies/caseless/explain?draws=1024`);
  expect({ status, error: body.error }).toMatchObject({ status: 422, error: { code: "noAnswer", params: { reason: "noCase" } } });
});

test("a figure is not computed again for what it does not depend on, and is for what it does", async () => {
  const keyed = async (): Promise<string> => (await ann.send("GET", `${base}/review?draws=65536`)).body.key;
  const key = await keyed();
  const { computed } = served.house.figures;
  await ann.send("POST", `${base}/notes`, { item: { id: "minutes", text: "What was said" } });
  expect(await keyed()).toBe(key);
  expect(served.house.figures.computed).toBe(computed);
  const { forecasts } = (await ann.send("GET", base)).body.workspace;
  const { by: _, on: __, ...stated } = forecasts[0];
  expect((await ann.send("POST", `${base}/forecasts`, { item: { ...stated, reasons: "I think so too" } })).status).toBe(201);
  expect(await keyed()).not.toBe(key);
  expect(served.house.figures.computed).toBe(computed + 1);
});

test("one user has so many in hand and no more; others are still served, and the same figure is shared", async () => {
  const ask = (seed: number, draws = 1024): Promise<Reply> => ann.send("GET", `${base}/review?draws=${draws}&seed=${seed}`);
  const { figures } = served.house;
  const [first, again] = [ask(1, 1_048_576), ask(1, 1_048_576)]; // the one worker has enough to do while the others are asked for
  await until(() => figures.running === 1);
  const others = [ask(2), ask(3)];
  await until(() => figures.waiting === 2);
  const refused = await ask(4);
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("2");
  const replies = await Promise.all([first, again, ...others]);
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(replies[1].body.key).toBe(replies[0].body.key);
  expect(served.house.figures.running + served.house.figures.waiting).toBe(0);
});

test("users take turns", async () => {
  const { workspace } = (await served.store.readWorkspace(workspaceId))!;
  const order: string[] = [];
  const ask = (user: string, seed: number): Promise<unknown> =>
    served.house.figures.ask(user, workspace, { name: "review", options: { draws: 8192, seed } }).then(() => order.push(user));
  await Promise.all([ask("ann", 11), ask("ann", 12), ask("ann", 13), ask("bo", 14), ask("cy", 15)]);
  expect(order).toEqual(["ann", "ann", "bo", "cy", "ann"]);
});

test("progress comes as events, and the review is there when it is done", async () => {
  const events = await eventsOf(`${base}/review/progress?draws=262144&seed=99`);
  const shares = events.filter(({ event }) => event === "progress").map(({ data }) => data.share as number);
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual(shares.toSorted((one, other) => one - other));
  expect(events.at(-1)).toMatchObject({ event: "done", data: { key: expect.stringMatching(/^[0-9a-f]{16}$/) } });
  const { computed } = served.house.figures;
  const { body } = await ann.send("GET", `${base}/review?draws=262144&seed=99`);
  expect(body.key).toBe(events.at(-1)!.data.key);
  expect(served.house.figures.computed).toBe(computed);
});

test("whoever leaves a stream lets go of a run that has not begun", async () => {
  const busy = ann.send("GET", `${base}/review?draws=1048576&seed=201`);
  await until(() => served.house.figures.running === 1);
  const leaving = new AbortController();
  const stream = await streamOf(`${base}/review/progress?draws=262144&seed=202`, leaving.signal);
  await stream.read();
  await until(() => served.house.figures.waiting === 1);
  leaving.abort();
  await until(() => served.house.figures.waiting === 0);
  expect((await busy).status).toBe(200);
});

test("every change is told as it happens to whoever listens", async () => {
  const leaving = new AbortController();
  const stream = await streamOf(`${base}/events`, leaving.signal);
  let text = "";
  const heard = (async () => {
    for (let step = await stream.read(); !step.done; step = await stream.read()) text += new TextDecoder().decode(step.value);
  })().catch(() => {});
  await until(() => text.includes("event: revision"));
  const { body } = await ann.send("POST", `${base}/sources`, { item: { id: "S-EVENT", title: "A paper" } });
  await until(() => text.includes(`"revision":${body.revision},"by":{"id":"${ann.userId}","name":"Ann"}`));
  leaving.abort();
  await heard;
});

async function streamOf(path: string, signal: AbortSignal): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const request = new Request(`http://127.0.0.1:4170${path}`, { headers: { host: "127.0.0.1:4170", cookie: ann.cookie }, signal });
  const response = await served.app.fetch(request);
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  return response.body!.getReader();
}

async function eventsOf(path: string): Promise<{ event: string; data: Record<string, unknown> }[]> {
  const stream = await streamOf(path, new AbortController().signal);
  let text = "";
  for (let step = await stream.read(); !step.done; step = await stream.read()) text += new TextDecoder().decode(step.value);
  return [...text.matchAll(/event: (\w+)\ndata: (.*)\n\n/g)].map(([, event, data]) => ({
    event,
    data: JSON.parse(data) as Record<string, unknown>,
  }));
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 12_000) throw new Error("it never came to pass");
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}
