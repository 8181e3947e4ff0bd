import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inFileOrder, readWorkspace, writeWorkspace } from "@watershed/workspace-files";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Workspace } from "@watershed/domain";
import { generateWorkspace } from "./generate-workspace.ts";
import { openStore } from "./open-store.ts";
import type { Store } from "./open-store.ts";
import { exportFolder, importFolder } from "./stored-workspaces.ts";

const example = join(import.meta.dirname, "../../../examples/china-ai-2024");
let home: string;
let store: Store;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "watershed-stored-"));
  const opened = await openStore({ environment: { WATERSHED_DATA: join(home, "data") } });
  expect(opened.problem).toBeUndefined();
  store = opened.store!;
}, 120_000);
afterAll(async () => {
  await store?.close();
  await rm(home, { recursive: true, force: true });
}, 60_000);

const read = async (folder: string): Promise<Workspace> => (await readWorkspace(folder)).workspace!;

test("the worked example goes from its folder into the store and out into another without loss", async () => {
  const imported = await importFolder(store, example, { author: "local" });
  expect(imported).toMatchObject({ outcome: { outcome: "saved", workspace: "china_ai_2024" } });
  const whole = await read(example);
  expect((await store.readWorkspace("china_ai_2024", { viewer: "local" }))!.workspace).toEqual(whole);
  const out = join(home, "example");
  expect((await exportFolder(store, "china_ai_2024", out, { by: { author: "local" }, viewer: "local" })).problems).toEqual([]);
  expect(await read(out)).toEqual(inFileOrder(whole));
  // What came out goes in again as the same, although files of another layout are read in another order.
  expect(await importFolder(store, out, { author: "local", update: true })).toMatchObject({
    outcome: { outcome: "saved", change: 1, saved: [] },
  });
  const again = join(home, "again");
  await exportFolder(store, "china_ai_2024", again, { by: { author: "local" }, viewer: "local" });
  expect(await read(again)).toEqual(inFileOrder(whole));
  expect((await store.audit({ workspace: "china_ai_2024" })).entries.map(({ action }) => action)).toContain("exported");
}, 60_000);

test("generated workspaces go in and out without loss, at their size", async () => {
  for (const [questions, companies, seed] of [
    [1, 1, 1],
    [12, 5, 2],
    [150, 60, 3],
  ]) {
    const workspace = generateWorkspace({ questions, companies, seed });
    const id = `generated-${seed}`;
    expect(await store.importWorkspace(workspace, { author: "local", id })).toMatchObject({ outcome: "saved" });
    expect((await store.readWorkspace(id))!.workspace).toEqual(workspace);
    const out = join(home, id);
    await exportFolder(store, id, out, { by: { author: "local" } });
    expect(await read(out)).toEqual(inFileOrder(workspace));
  }
}, 60_000);

test("a past moment is exported as it was", async () => {
  const workspace = generateWorkspace({ questions: 3, companies: 2, seed: 4 });
  await store.importWorkspace(workspace, { author: "local", id: "past" });
  await store.remove("past", "companies", workspace.companies[0].id, { author: "local", expectedVersion: 1 });
  await exportFolder(store, "past", join(home, "now"), { by: { author: "local" } });
  await exportFolder(store, "past", join(home, "then"), { by: { author: "local" }, asOf: 1 });
  expect((await read(join(home, "now"))).companies.length).toBe(workspace.companies.length - 1);
  expect(await read(join(home, "then"))).toEqual(inFileOrder(workspace));
});

test("a folder that cannot be read whole is refused with every problem; references that point nowhere are told and kept", async () => {
  const folder = join(home, "unsound");
  await writeWorkspace(folder, generateWorkspace({ questions: 3, companies: 2, seed: 5 }));
  const settings = await readFile(join(folder, "workspace.yaml"), "utf8");
  await writeFile(join(folder, "people.yaml"), "people:\n  - { id: Not Good, name: x }\n");
  const refused = await importFolder(store, folder, { author: "local", id: "unsound" });
  expect(refused.outcome).toBeUndefined();
  expect(refused.problems.map(({ code }) => code)).toContain("badIdentifier");
  await writeFile(join(folder, "people.yaml"), "people:\n  - { id: nobody_else, name: x }\n");
  const kept = await importFolder(store, folder, { author: "local", id: "unsound" });
  expect(kept.outcome).toMatchObject({ outcome: "saved" });
  expect(kept.problems.map(({ code }) => code)).toContain("unknownReference");
  expect((await store.readWorkspace("unsound"))!.workspace).toEqual(await read(folder));
  await writeFile(join(folder, "workspace.yaml"), settings.replace("workspace:", "workspace: ["));
  expect((await importFolder(store, folder, { author: "local", id: "unsound", update: true })).outcome).toBeUndefined();
});

test("a new item in a folder that was exported comes in where it stands, and nothing else is written", async () => {
  const folder = join(home, "one-more");
  await exportFolder(store, "china_ai_2024", folder, { by: { author: "local" }, viewer: "local" });
  const actions = await readFile(join(folder, "actions.yaml"), "utf8");
  const first = /^ {2}- id: (\w+)/m.exec(actions)![1];
  const second = actions.indexOf("\n  - id:", actions.indexOf(first)) + 1;
  const more = '  - { id: one_more, name: M, kind: other, about: [{ question: agi_arrives, noise: 1 year }], cost: "1k USD" }\n\n';
  await writeFile(join(folder, "actions.yaml"), actions.slice(0, second) + more + actions.slice(second));
  const { outcome } = await importFolder(store, folder, { author: "local", update: true });
  expect(outcome).toMatchObject({ outcome: "saved", saved: [{ kind: "actions", key: "one_more", version: 1 }] });
  expect((await store.readWorkspace("china_ai_2024"))!.workspace.actions.map(({ id }) => id).indexOf("one_more")).toBe(1);
});

test("private notes come out for the one who took them in, and for nobody else", async () => {
  const folder = join(home, "notes");
  await cp(example, folder, { recursive: true });
  await writeFile(join(folder, "notes", "secret.md"), "---\nprivate: true\n---\nbetween us");
  expect(await importFolder(store, folder, { author: "ann", id: "notes" })).toMatchObject({ outcome: { outcome: "saved" } });
  const notes = async (viewer: string): Promise<string[]> => {
    const out = join(home, `notes-${viewer}`);
    await exportFolder(store, "notes", out, { by: { author: viewer }, viewer });
    return (await read(out)).notes.map(({ id }) => id);
  };
  expect(await notes("ann")).toContain("notes/secret");
  expect(await notes("bo")).not.toContain("notes/secret");
});
