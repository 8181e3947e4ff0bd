import { itemKinds } from "@watershed/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { joined, serveForTest, setUp, visitorOf, workspaceId } from "./served.fixture.ts";
import type { Served, Visitor } from "./served.fixture.ts";

/** Everybody who may try. */
const actors = ["stranger", "outsider", "observer", "observerToken", "analyst", "partner", "partnerToken"] as const;
type Actor = (typeof actors)[number];

const everyone: Actor[] = [...actors];
const signedIn: Actor[] = ["outsider", "observer", "analyst", "partner", "observerToken", "partnerToken"];
const inPerson: Actor[] = ["outsider", "observer", "analyst", "partner"];
const members: Actor[] = ["observer", "analyst", "partner", "observerToken", "partnerToken"];
const researchers: Actor[] = ["analyst", "partner", "partnerToken"];
const partners: Actor[] = ["partner", "partnerToken"];

/** Who may call what: every route, written down once more by hand. */
const table: Record<string, Actor[]> = {
  "GET /api/health": everyone,
  "GET /api/ready": everyone,
  "GET /api/openapi.json": everyone,
  "GET /api/session": everyone,
  "POST /api/setup": everyone,
  "POST /api/sign-in": everyone,
  "POST /api/sign-in/link": everyone,
  "GET /api/invitations/:token": everyone,
  "POST /api/invitations/:token/accept": everyone,
  "PATCH /api/account": inPerson,
  "GET /api/tokens": inPerson,
  "POST /api/tokens": inPerson,
  "DELETE /api/tokens/:token": inPerson,
  "GET /api/workspaces": signedIn,
  "POST /api/workspaces": inPerson,
  "POST /api/workspaces/import": inPerson,
  "GET /api/workspaces/:workspace": members,
  "PATCH /api/workspaces/:workspace": partners,
  "GET /api/workspaces/:workspace/check": members,
  "GET /api/workspaces/:workspace/review": members,
  "GET /api/workspaces/:workspace/review/progress": members,
  "GET /api/workspaces/:workspace/companies/:company/explain": members,
  "GET /api/workspaces/:workspace/companies/:company/thresholds": members,
  "GET /api/workspaces/:workspace/companies/:company/price": members,
  "GET /api/workspaces/:workspace/companies/:company/sensitivity": members,
  "GET /api/workspaces/:workspace/sensitivity": members,
  "GET /api/workspaces/:workspace/disagreement": members,
  "GET /api/workspaces/:workspace/actions-worth": members,
  "GET /api/workspaces/:workspace/joint-worth": members,
  "GET /api/workspaces/:workspace/since-last-visit": members,
  "PUT /api/workspaces/:workspace/visit": members,
  "GET /api/workspaces/:workspace/changes": members,
  "POST /api/workspaces/:workspace/changes": researchers,
  "GET /api/workspaces/:workspace/audit": researchers,
  "GET /api/workspaces/:workspace/events": members,
  "GET /api/workspaces/:workspace/export": researchers,
  "GET /api/workspaces/:workspace/members": members,
  "PATCH /api/workspaces/:workspace/members/:user": partners,
  "DELETE /api/workspaces/:workspace/members/:user": partners,
  "GET /api/workspaces/:workspace/invitations": partners,
  "POST /api/workspaces/:workspace/invitations": partners,
  "DELETE /api/workspaces/:workspace/invitations/:invitation": partners,
  "POST /api/workspaces/:workspace/jobs": researchers,
  "GET /api/workspaces/:workspace/jobs": members,
  "GET /api/workspaces/:workspace/jobs/:job": members,
  "GET /api/workspaces/:workspace/jobs/:job/progress": members,
  "DELETE /api/workspaces/:workspace/jobs/:job": researchers,
  ...Object.fromEntries(Object.keys(itemKinds).flatMap(itemRows)),
  // These end what the others need.
  "DELETE /api/workspaces/:workspace": partners,
  "POST /api/sign-out": inPerson,
};

function itemRows(kind: string): [string, Actor[]][] {
  const writers = ["decisions", "resolutions", "positions", "people"].includes(kind) ? partners : researchers;
  const list = `/api/workspaces/:workspace/${kind}`;
  return [
    [`GET ${list}`, members],
    [`GET ${list}/:item`, members],
    [`GET ${list}/:item/history`, members],
    [`POST ${list}`, writers],
    [`PUT ${list}/:item`, writers],
    [`DELETE ${list}/:item`, writers],
  ];
}

let served: Served;
const visitors = {} as Record<Actor, Visitor>;

beforeAll(async () => {
  served = await serveForTest({ figures: { workers: 1, perUser: 1000 } });
  const partner = await setUp(served);
  const made = (role: string) => partner.send("POST", "/api/tokens", { name: role, workspace: workspaceId, role });
  Object.assign(visitors, {
    partner,
    stranger: visitorOf(served),
    analyst: await joined(served, partner, "analyst", "Bo"),
    observer: await joined(served, partner, "observer", "Cy"),
    outsider: await outsiderOf(partner),
    observerToken: visitorOf(served, { token: (await made("observer")).body.token }),
    partnerToken: visitorOf(served, { token: (await made("partner")).body.token }),
  });
});
afterAll(() => served.close());

/** Somebody with an account who is in another workspace only. */
async function outsiderOf(partner: Visitor): Promise<Visitor> {
  const outsider = await joined(served, partner, "analyst", "Di");
  await partner.send("DELETE", `/api/workspaces/${workspaceId}/members/${outsider.userId}`);
  return outsider;
}

const called = (row: string): { method: string; path: string } => {
  const [method, path] = row.split(" ");
  const query = method === "GET" && /review$|sensitivity$|disagreement$|-worth$/.test(path) ? "?draws=128&questions=none" : "";
  return { method, path: `${path.replace(":workspace", workspaceId).replace(/:\w+/g, "nothing")}${query}` };
};

/** What a route says to somebody whom it keeps out. */
const shutOut = new Set(["notSignedIn", "notAllowed", "inPersonOnly"]);

test("every route of the app is in the table, and nothing else is", () => {
  const served = new Set(allServed().map(({ method, path }) => `${method} ${path}`));
  expect([...served].sort()).toEqual(Object.keys(table).sort());
});

function allServed(): { method: string; path: string }[] {
  const doors = new Set(["ALL /api/*", "GET *", "ALL *", "ALL /*", "GET /*"]);
  return served.app.routes.filter(({ method, path }) => !doors.has(`${method} ${path}`));
}

test.each(Object.entries(table))("%s", async (row, allowed) => {
  for (const actor of actors) {
    const { method, path } = called(row);
    const { status, body } = await visitors[actor].send(method, path, method === "GET" || method === "DELETE" ? undefined : {});
    const code = body?.error?.code as string | undefined;
    const isElsewhere = actor === "outsider" && row.includes(":workspace");
    const outcome = shutOut.has(code ?? "") ? "kept out" : isElsewhere && status === 404 ? "nothing there" : "let in";
    expect(`${actor}: ${outcome}`).toBe(`${actor}: ${isElsewhere ? "nothing there" : allowed.includes(actor) ? "let in" : "kept out"}`);
  }
});
