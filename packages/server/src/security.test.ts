import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RateLimits } from "./rate-limits.ts";
import { allRoutes } from "./routes/all-routes.ts";
import { joined, origin, serveForTest, setUp, visitorOf, workspaceId } from "./served.fixture.ts";
import type { Served, Visitor } from "./served.fixture.ts";

let served: Served;
let partner: Visitor;
beforeAll(async () => {
  served = await serveForTest();
  partner = await setUp(served);
});
afterAll(() => served.close());

const unsafe = allRoutes.filter(({ method }) => method !== "get");
const pathOf = (path: string): string => path.replace(":workspace", workspaceId).replace(/:\w+/g, "nothing");

describe("forgery", () => {
  test.each(unsafe.filter(({ needs }) => needs !== "anyone").map(({ method, path }) => `${method} ${path}`))(
    "%s is refused without the token of the page",
    async (row) => {
      const [method, path] = row.split(" ");
      for (const csrfToken of ["", "another"]) {
        const forged = { ...visitorOf(served), cookie: partner.cookie };
        const page = visitorOf(served);
        Object.assign(page, { cookie: forged.cookie, csrfToken });
        expect((await page.send(method.toUpperCase(), pathOf(path), method === "delete" ? undefined : {})).body.error.code).toBe("csrf");
      }
    },
  );

  test.each(unsafe.map(({ method, path }) => `${method} ${path}`))("%s is refused from another page", async (row) => {
    const [method, path] = row.split(" ");
    for (const headers of [{ origin: "http://evil.example" }, { origin: "null" }])
      expect((await partner.send(method.toUpperCase(), pathOf(path), method === "delete" ? undefined : {}, headers)).body.error.code).toBe(
        "csrf",
      );
  });

  test("a page of another site that says no origin is refused too", async () => {
    const request = new Request(new URL("/api/sign-in", origin), {
      method: "POST",
      headers: { host: "127.0.0.1:4170", "sec-fetch-site": "cross-site", "content-type": "application/json" },
      body: "{}",
    });
    expect((await served.app.fetch(request)).status).toBe(403);
  });
});

test("a request under a name that is not ours is not answered: another page cannot reach this server by renaming itself", async () => {
  for (const path of ["/", "/api/session", "/api/health"])
    expect(await visitorOf(served).send("GET", path, undefined, { host: "evil.example" })).toMatchObject({
      status: 421,
      body: { error: { code: "wrongHost" } },
    });
});

test("every answer has the headers of safety, refusals too", async () => {
  const replies = [
    await partner.send("GET", `/api/workspaces/${workspaceId}`),
    await visitorOf(served).send("GET", "/api/workspaces"),
    await visitorOf(served).send("GET", "/nothing/here.js"),
    await visitorOf(served).send("GET", "/api/nothing"),
    await partner.send("GET", "/api/session", undefined, { host: "evil.example" }),
  ];
  expect(replies.map(({ status }) => status)).toEqual([200, 401, 404, 404, 421]);
  for (const { headers } of replies) {
    const policy = headers.get("content-security-policy")!;
    for (const rule of [
      "default-src 'self'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "worker-src 'self'",
      "frame-ancestors 'none'",
      "object-src 'none'",
    ])
      expect(policy).toContain(rule);
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(replies[1].headers.get("cache-control")).toBe("no-store");
});

test("the cookie of a session is out of reach of scripts and of other sites; over https it does not go by http", async () => {
  const visitor = visitorOf(served);
  const token = await served.house.identity.links.forUser(partner.userId, 5);
  const { headers } = await visitor.send("POST", "/api/sign-in/link", { token });
  expect(headers.getSetCookie()[0]).toMatch(/^watershed\.session=[^;]+; .*HttpOnly; SameSite=Lax$/);
  const secure = await serveForTest({ origins: ["https://fund.example"] });
  try {
    const owner = visitorOf(secure);
    expect((await owner.send("POST", "/api/setup", { name: "Ann", language: "en" })).body.error.code).toBe("setupNotLocal");
    const { secret } = await secure.house.identity.links.invite({
      workspace: workspaceId,
      role: "partner",
      madeBy: "watershed",
      days: 1,
    });
    const account = { name: "Ann", email: "ann@fund.example", password: "a long password" };
    const reply = await owner.send("POST", `/api/invitations/${secret}/accept`, account);
    expect(reply.headers.getSetCookie()[0]).toContain("Secure");
    expect(reply.headers.get("strict-transport-security")).toContain("max-age");
  } finally {
    await secure.close();
  }
});

test("bodies that are too large, no JSON, or not as they should be are refused with a reason", async () => {
  const sent = (body: string, type = "application/json"): Promise<Response> =>
    served.app.fetch(
      new Request(new URL("/api/sign-in", origin), {
        method: "POST",
        headers: { host: "127.0.0.1:4170", origin, "content-type": type },
        body,
      }),
    ) as Promise<Response>;
  expect((await sent("x".repeat(3 * 1_048_576))).status).toBe(413);
  expect((await sent("{}", "text/plain")).status).toBe(415);
  expect(await (await sent("{")).json()).toMatchObject({ error: { code: "wrongCall" } });
  expect(await (await sent("{}")).json()).toMatchObject({ error: { params: { problem: expect.stringContaining("body.email") } } });
});

describe("rates", () => {
  test("a bucket empties and fills again", () => {
    let now = 0;
    const limits = new RateLimits({ burst: 3, perSecond: 0.5 }, () => now);
    expect([1, 2, 3].map(() => limits.take("ann"))).toEqual([undefined, undefined, undefined]);
    expect(limits.take("ann")).toBe(2);
    expect(limits.take("bo")).toBeUndefined();
    now = 2000;
    expect(limits.take("ann")).toBeUndefined();
    expect(limits.take("ann")).toBe(2);
  });

  test("guessing passwords soon has to wait, and whoever is signed in is counted apart from strangers", async () => {
    const rates = {
      guarded: { burst: 5, perSecond: 0.01 },
      caller: { burst: 8, perSecond: 0.01 },
      stranger: { burst: 6, perSecond: 0.01 },
    };
    const slow = await serveForTest({ rates });
    try {
      const owner = await setUp(slow);
      const guess = { email: "ann@fund.example", password: "is it this one" };
      const statuses = [];
      for (let time = 0; time < 5; time++) statuses.push((await visitorOf(slow).send("POST", "/api/sign-in", guess)).status);
      expect(statuses).toEqual([401, 401, 401, 401, 429]);
      const refused = await visitorOf(slow).send("POST", "/api/sign-in", guess);
      expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
      expect(refused.body.error).toMatchObject({ code: "tooMany", params: { seconds: expect.any(Number) } });
      const calls = [];
      for (let time = 0; time < 9; time++) calls.push((await owner.send("GET", "/api/session")).status);
      expect(calls).toEqual([...Array.from({ length: 8 }, () => 200), 429]);
    } finally {
      await slow.close();
    }
  });
});

test("the log has every request and no secret", async () => {
  const { body } = await partner.send("POST", `/api/workspaces/${workspaceId}/invitations`, { role: "observer" });
  const bo = await joined(served, partner, "analyst", "Bo");
  const token = (await bo.send("POST", "/api/tokens", { name: "script", workspace: workspaceId, role: "analyst" })).body.token;
  await visitorOf(served, { token }).send("GET", `/api/workspaces/${workspaceId}`);
  const link = await served.house.identity.links.forUser(partner.userId, 5);
  await visitorOf(served).send("POST", "/api/sign-in/link", { token: link });
  await visitorOf(served).send("POST", "/api/sign-in", { email: "bo@fund.example", password: "not the password" });
  await visitorOf(served).send("GET", `/api/invitations/${body.token}`);
  // What a library or a careless line might write.
  served.house.log.error(
    { err: new Error(`could not read ${token} of watershed.session=${partner.cookie}`) },
    `postgres://fund:hunter22@db/fund ${link}`,
  );
  served.house.log.info({ password: "hunter22", headers: { cookie: partner.cookie, authorization: `Bearer ${token}` } }, "called");
  const text = served.log.join("\n");
  expect(text.split("\n").length).toBeGreaterThan(8);
  for (const line of served.log) expect(Object.keys(JSON.parse(line))).toEqual(expect.arrayContaining(["level", "time", "msg"]));
  expect(text.includes('"route":"/api/invitations/:token"')).toBe(true);
  const cookieSecret = partner.cookie.split("=")[1];
  for (const secret of [
    body.token,
    token,
    link,
    cookieSecret,
    decodeURIComponent(cookieSecret),
    partner.csrfToken,
    "hunter22",
    "Bo has a long password",
    "not the password",
  ])
    expect(text.includes(secret), `a secret in the log: ${secret.slice(0, 6)}`).toBe(false);
});

test("what fails inside is told by a number that the log has, and by nothing else", async () => {
  const { store } = served.house;
  const { readWorkspace } = store;
  store.readWorkspace = () => Promise.reject(new Error("the disk of 10.1.2.3 is on fire"));
  try {
    served.house.shelf.heard(workspaceId, 1e6);
    const { status, body } = await partner.send("GET", `/api/workspaces/${workspaceId}`);
    expect({ status, code: body.error.code }).toEqual({ status: 500, code: "failed" });
    expect(JSON.stringify(body)).not.toContain("10.1.2.3");
    expect(served.log.some((line) => line.includes(body.error.params.requestId) && line.includes("10.1.2.3"))).toBe(true);
  } finally {
    store.readWorkspace = readWorkspace;
  }
});
