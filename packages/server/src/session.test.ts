import { afterAll, beforeAll, expect, test } from "vitest";
import { joined, serveForTest, setUp, visitorOf, workspaceId } from "./served.fixture.ts";
import type { Served, Visitor } from "./served.fixture.ts";

let served: Served;
let partner: Visitor;
const base = `/api/workspaces/${workspaceId}`;
beforeAll(async () => {
  served = await serveForTest();
});
afterAll(() => served.close());

test("the set-up is for this machine alone: no other address, no proxy in between", async () => {
  const ann = { name: "Ann", language: "en" };
  const remote = visitorOf(served, { address: "192.0.2.7" });
  expect(await remote.send("POST", "/api/setup", ann)).toMatchObject({ status: 403, body: { error: { code: "setupNotLocal" } } });
  for (const header of ["x-forwarded-for", "forwarded", "x-real-ip"])
    expect((await visitorOf(served).send("POST", "/api/setup", ann, { [header]: "127.0.0.1" })).status).toBe(403);
  expect((await remote.send("GET", "/api/session")).body).toEqual({ signedIn: false, setup: "open", csrfToken: null });
});

test("the owner is given what was written privately on this machine by the command line, and nobody else", async () => {
  const home = await serveForTest();
  try {
    const [note, shared] = [
      { id: "notes/mine", text: "Between us", private: true },
      { id: "notes/all", text: "For all" },
    ];
    for (const item of [note, shared]) await home.store.save(workspaceId, "notes", item, { author: "local", expectedVersion: 0 });
    await home.store.save(workspaceId, "notes", { ...note, id: "notes/bo" }, { author: "somebody", expectedVersion: 0 });
    const owner = await setUp(home);
    const other = await joined(home, owner, "partner", "Bo");
    const notesOf = async (who: Visitor): Promise<string[]> =>
      (await who.send("GET", `/api/workspaces/${workspaceId}/notes`)).body.items
        .map(({ id }: { id: string }) => id)
        .filter((id: string) => /mine|all|bo$/.test(id));
    expect(await notesOf(owner)).toEqual(["notes/mine", "notes/all"]);
    expect(await notesOf(other)).toEqual(["notes/all"]);
    const { version, item } = (await owner.send("GET", `/api/workspaces/${workspaceId}/notes/notes%2Fmine`)).body;
    expect({ version, item }).toEqual({ version: 2, item: note });
    const put = await owner.send("PUT", `/api/workspaces/${workspaceId}/notes/notes%2Fmine`, {
      item: { ...note, text: "Still" },
      expectedVersion: 2,
    });
    expect(put.status).toBe(200);
    expect(await notesOf(other)).toEqual(["notes/all"]);
  } finally {
    await home.close();
  }
});

test("of two first visitors at once one becomes the owner, and nobody after", async () => {
  const both = [visitorOf(served), visitorOf(served)];
  const replies = await Promise.all(both.map((one, place) => one.send("POST", "/api/setup", { name: `Ann ${place}`, language: "zh" })));
  expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
  partner = both[replies.findIndex(({ status }) => status === 201)];
  const { body } = await partner.send("GET", "/api/session");
  expect(body).toMatchObject({ signedIn: true, setup: "closed", user: { email: null, language: "zh" } });
  expect(body.workspaces).toMatchObject([{ id: workspaceId, role: "partner", person: expect.stringMatching(/^ann_\d$/) }]);
  const { people } = (await partner.send("GET", base)).body.workspace;
  expect(people.at(-1)).toMatchObject({ id: body.workspaces[0].person, role: "partner" });
  expect((await visitorOf(served).send("POST", "/api/setup", { name: "Late", language: "en" })).body.error.code).toBe("setupClosed");
});

test("a link signs the owner in once", async () => {
  const token = await served.house.identity.links.forUser(partner.userId, 5);
  const [first, second] = [visitorOf(served), visitorOf(served)];
  expect((await first.send("POST", "/api/sign-in/link", { token })).body.user.id).toBe(partner.userId);
  expect(await second.send("POST", "/api/sign-in/link", { token })).toMatchObject({ status: 401, body: { error: { code: "linkSpent" } } });
  const spent = await served.house.identity.links.forUser(partner.userId, -1);
  expect((await second.send("POST", "/api/sign-in/link", { token: spent })).status).toBe(401);
});

test("an invitation lets one person in, with the role it gives", async () => {
  const { body } = await partner.send("POST", `${base}/invitations`, { role: "analyst", days: 3 });
  expect(body.link).toBe(`http://127.0.0.1:4170/join?invitation=${body.token}`);
  const bo = visitorOf(served);
  const shown = await bo.send("GET", `/api/invitations/${body.token}`);
  expect(shown.body).toMatchObject({ role: "analyst", invitedBy: { id: partner.userId } });
  const account = { name: "Bo", email: "Bo@Fund.example", password: "a long password", language: "en" };
  expect((await bo.send("POST", `/api/invitations/${body.token}/accept`, { ...account, password: "short" })).status).toBe(400);
  const reply = await bo.send("POST", `/api/invitations/${body.token}/accept`, account);
  expect(reply).toMatchObject({
    status: 201,
    body: { user: { email: "bo@fund.example" }, workspaces: [{ role: "analyst", person: "bo" }] },
  });
  expect((await visitorOf(served).send("POST", `/api/invitations/${body.token}/accept`, account)).status).toBe(404);
  const { invitations } = (await partner.send("GET", `${base}/invitations`)).body;
  expect(invitations[0]).toMatchObject({ role: "analyst", usedBy: { name: "Bo" } });
  expect(JSON.stringify(invitations)).not.toContain(body.token);
});

test("an invitation that is withdrawn, or for an address that is taken, lets nobody in", async () => {
  const { body } = await partner.send("POST", `${base}/invitations`, { role: "observer" });
  const taken = { name: "Bob", email: "bo@fund.example", password: "a long password" };
  expect((await visitorOf(served).send("POST", `/api/invitations/${body.token}/accept`, taken)).body.error.code).toBe("emailTaken");
  expect((await partner.send("DELETE", `${base}/invitations/${body.id}`)).status).toBe(204);
  expect((await visitorOf(served).send("GET", `/api/invitations/${body.token}`)).body.error.code).toBe("invitationUnknown");
});

test("a password signs in, whatever the case of the address; a wrong one does not, and says no more than that", async () => {
  const visitor = visitorOf(served);
  const wrong = await visitor.send("POST", "/api/sign-in", { email: "bo@fund.example", password: "another password" });
  const nobody = await visitor.send("POST", "/api/sign-in", { email: "nobody@fund.example", password: "another password" });
  expect(wrong).toMatchObject({ status: 401, body: { error: { code: "signInFailed" } } });
  expect(nobody.body).toEqual(wrong.body);
  expect((await visitor.send("POST", "/api/sign-in", { email: "BO@fund.example", password: "a long password" })).status).toBe(200);
});

test("a new password ends every other session; signing out ends this one", async () => {
  const sessions = [visitorOf(served), visitorOf(served)];
  for (const one of sessions) await one.send("POST", "/api/sign-in", { email: "bo@fund.example", password: "a long password" });
  const [kept, ended] = sessions;
  expect((await kept.send("PATCH", "/api/account", { password: "a longer password", name: "Bo Li" })).body.user.name).toBe("Bo Li");
  expect((await kept.send("GET", "/api/session")).body.signedIn).toBe(true);
  expect((await ended.send("GET", "/api/session")).body.signedIn).toBe(false);
  const cookie = kept.cookie;
  expect((await kept.send("POST", "/api/sign-out")).status).toBe(204);
  kept.cookie = cookie;
  expect((await kept.send("GET", "/api/session")).body.signedIn).toBe(false);
});

test("the owner, who came in without one, may set an address and a password", async () => {
  const change = { email: "owner@fund.example", password: "the owner's password" };
  expect((await partner.send("PATCH", "/api/account", change)).body.user.email).toBe("owner@fund.example");
  expect((await visitorOf(served).send("POST", "/api/sign-in", change)).status).toBe(200);
  expect((await partner.send("PATCH", "/api/account", { email: "bo@fund.example" })).status).toBe(409);
});

test("a token is of one workspace, carries no more than its owner has now, and ends when it is revoked", async () => {
  const cy = await joined(served, partner, "analyst", "Cy");
  expect((await cy.send("POST", "/api/tokens", { name: "x", workspace: workspaceId, role: "partner" })).body.error.code).toBe(
    "roleTooHigh",
  );
  const { body } = await cy.send("POST", "/api/tokens", { name: "script", workspace: workspaceId, role: "analyst" });
  const script = visitorOf(served, { token: body.token });
  const note = (id: string): unknown => ({ item: { id, text: "By a script" } });
  expect((await script.send("POST", `${base}/notes`, note("one"))).status).toBe(201);
  expect(JSON.stringify((await cy.send("GET", "/api/tokens")).body)).not.toContain(body.token);
  expect(JSON.stringify(await tableRows("token"))).not.toContain(body.token);
  await partner.send("PATCH", `${base}/members/${cy.userId}`, { role: "observer" });
  expect((await script.send("POST", `${base}/notes`, note("two"))).body.error.code).toBe("notAllowed");
  expect((await script.send("GET", base)).status).toBe(200);
  expect((await cy.send("DELETE", `/api/tokens/${body.id}`)).status).toBe(204);
  expect((await script.send("GET", base)).status).toBe(401);
});

async function tableRows(table: string): Promise<unknown[]> {
  return (await served.store.database.query(`select * from auth.${table}`)).rows;
}

test("of links only hashes are kept", async () => {
  const { body } = await partner.send("POST", `${base}/invitations`, { role: "observer" });
  expect(JSON.stringify(await tableRows("link"))).not.toContain(body.token);
});

test("a workspace keeps a partner, and a person is one member only", async () => {
  expect((await partner.send("DELETE", `${base}/members/${partner.userId}`)).body.error.code).toBe("lastPartner");
  expect((await partner.send("PATCH", `${base}/members/${partner.userId}`, { role: "analyst" })).body.error.code).toBe("lastPartner");
  const { members } = (await partner.send("GET", `${base}/members`)).body;
  const [one, other] = members;
  expect((await partner.send("PATCH", `${base}/members/${other.user.id}`, { person: one.person })).body.error.code).toBe("exists");
  expect((await partner.send("PATCH", `${base}/members/${other.user.id}`, { person: "nobody" })).status).toBe(404);
});

test("a server that others can reach lets nobody set it up without its invitation", async () => {
  const open = await serveForTest({ host: "0.0.0.0", origins: ["http://127.0.0.1:4170"] });
  try {
    const visitor = visitorOf(open);
    expect((await visitor.send("GET", "/api/session")).body.setup).toBe("closed");
    expect((await visitor.send("POST", "/api/setup", { name: "Eve", language: "en" })).body.error.code).toBe("setupNotLocal");
    const { secret } = await open.house.identity.links.invite({ workspace: workspaceId, role: "partner", madeBy: "watershed", days: 1 });
    const account = { name: "Ann", email: "ann@fund.example", password: "a long password" };
    expect((await visitor.send("POST", `/api/invitations/${secret}/accept`, account)).body.workspaces).toMatchObject([{ role: "partner" }]);
    expect(await open.house.identity.accounts.owner()).toBe(visitor.userId);
    const page = await visitor.send("GET", base, undefined, { "accept-encoding": "gzip" });
    expect(page.headers.get("content-encoding")).toBe("gzip");
    expect(
      (await visitor.send("GET", "/api/session", undefined, { "accept-encoding": "gzip" })).headers.get("content-encoding"),
    ).toBeNull();
  } finally {
    await open.close();
  }
});
