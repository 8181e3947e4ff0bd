import { strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { joined, serveForTest, setUp, workspaceId } from "./served.fixture.ts";
import type { Reply, Served, Visitor } from "./served.fixture.ts";

let served: Served;
let ann: Visitor;
const base = `/api/workspaces/${workspaceId}`;
beforeAll(async () => {
  served = await serveForTest();
  ann = await setUp(served);
});
afterAll(() => served.close());

const bringIn = (archive: Uint8Array, type = "application/zip"): Promise<Reply> =>
  ann.send("POST", "/api/workspaces/import", archive, { "content-type": type });

/** The archive of an export. */
async function exported(path = `${base}/export`): Promise<Uint8Array> {
  const request = new Request(`http://127.0.0.1:4170${path}`, { headers: { host: "127.0.0.1:4170", cookie: ann.cookie } });
  const response = await served.app.fetch(request);
  expect(response.headers.get("content-type")).toBe("application/zip");
  expect(response.headers.get("content-disposition")).toContain(".zip");
  return new Uint8Array(await response.arrayBuffer());
}

test("what is exported comes in again as it was, beside the first; whoever brings it in is its partner and the person of that name", async () => {
  await ann.send("POST", `${base}/notes`, { item: { id: "notes/first_call", text: "# 第一次通话\n\n他们说明年。" } });
  const archive = await exported();
  expect(Object.keys(unzipSync(archive))).toEqual(
    expect.arrayContaining([`${workspaceId}/workspace.yaml`, `${workspaceId}/notes/first_call.md`]),
  );
  const { status, body } = await bringIn(archive);
  expect({ status, body }).toMatchObject({ status: 201, body: { id: "my_workspace", role: "partner", person: "ann" } });
  const [before, after] = [
    (await ann.send("GET", base)).body.workspace,
    (await ann.send("GET", `/api/workspaces/${body.id}`)).body.workspace,
  ];
  expect(inAnyOrder(after)).toEqual(inAnyOrder(before)); // lists come back in the order of the files
  expect((await bringIn(archive)).body.id).toBe("my_workspace_2");
  const again = (await ann.send("GET", "/api/workspaces/my_workspace/export?format=json")).body;
  const first = (await ann.send("GET", `${base}/export?format=json`)).body;
  expect(again).toEqual(first);
});

/** A workspace whose lists are in an order that does not depend on files. */
function inAnyOrder(workspace: Record<string, unknown>): unknown {
  const sorted = (list: unknown): unknown => (Array.isArray(list) ? list.map((item) => JSON.stringify(item)).toSorted() : list);
  return Object.fromEntries(Object.entries(workspace).map(([kind, list]) => [kind, sorted(list)]));
}

test("a folder comes in as JSON too, and an earlier revision goes out", async () => {
  const { files } = (await ann.send("GET", `${base}/export?format=json&revision=1`)).body;
  expect(Object.keys(files)).not.toContain("notes/first_call.md");
  expect((await ann.send("POST", "/api/workspaces/import", { files })).status).toBe(201);
});

test("mistakes in the files are told with file, line and remedy, and nothing comes in", async () => {
  const { files } = (await ann.send("GET", `${base}/export?format=json`)).body;
  const count = (await ann.send("GET", "/api/workspaces")).body.workspaces.length;
  const broken = { ...files, "more.yaml": "questions:\n  - id: one\n    text: What?\n    kind: perhaps\n" };
  const { status, body } = await ann.send("POST", "/api/workspaces/import", { files: broken });
  expect(status).toBe(422);
  const problem = body.error.problems.find((one: { code: string }) => one.code === "notOneOf");
  expect(problem).toMatchObject({
    at: { file: "more.yaml", line: 4, column: 11 },
    message: { en: expect.any(String), zh: expect.any(String) },
  });
  expect((await ann.send("POST", "/api/workspaces/import", { files: {} })).status).toBe(422);
  expect((await ann.send("GET", "/api/workspaces")).body.workspaces.length).toBe(count);
});

test("an archive that would leave its folder, is none, or unpacks to too much is refused", async () => {
  for (const path of ["../evil.yaml", "/etc/evil.yaml", "a/../../evil.yaml", "a\\..\\evil.yaml", "C:/evil.yaml"]) {
    expect((await bringIn(zipSync({ [path]: strToU8("a: 1") }))).body.error.code, path).toBe("badArchive");
    expect((await ann.send("POST", "/api/workspaces/import", { files: { [path]: "a: 1" } })).body.error.code, path).toBe("badArchive");
  }
  expect((await bringIn(strToU8("no archive"))).body.error.code).toBe("badArchive");
  const many = Object.fromEntries(Array.from({ length: 5001 }, (_, place) => [`f${place}.yaml`, strToU8("")]));
  expect((await bringIn(zipSync(many, { level: 0 }))).body.error.params.reason).toContain("5000 files");
  const bomb = zipSync({ "bomb.yaml": new Uint8Array(65 * 1_048_576) }, { level: 9 });
  expect(bomb.length).toBeLessThan(1_048_576);
  expect((await bringIn(bomb)).body.error.params.reason).toContain("64 MiB");
  expect((await bringIn(strToU8("x"), "text/plain")).status).toBe(415);
});

test("an observer exports nothing, and a workspace that is put away is gone for all and lost for nobody", async () => {
  const cy = await joined(served, ann, "observer", "Cy");
  expect((await cy.send("GET", `${base}/export`)).body.error.code).toBe("notAllowed");
  expect((await ann.send("DELETE", "/api/workspaces/my_workspace")).status).toBe(204);
  expect((await ann.send("GET", "/api/workspaces/my_workspace")).status).toBe(404);
  expect((await served.store.listWorkspaces({ archived: true })).find(({ id }) => id === "my_workspace")).toMatchObject({ archived: true });
});

test("a new workspace is empty, with its maker in it", async () => {
  const made = await ann.send("POST", "/api/workspaces", { name: "二号基金", asOf: "2026-03-31", currency: "CNY" });
  expect(made).toMatchObject({ status: 201, body: { id: "workspace", name: "二号基金", person: "ann", role: "partner", currency: "CNY" } });
  expect((await ann.send("GET", "/api/workspaces/workspace")).body.workspace.people).toMatchObject([{ id: "ann", name: "Ann" }]);
  expect((await ann.send("POST", "/api/workspaces", { name: "x", asOf: "2026-02-30", currency: "CNY" })).status).toBe(400);
});
