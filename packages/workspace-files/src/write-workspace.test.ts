import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { emptyWorkspace } from "@watershed/domain";
import type { Workspace } from "@watershed/domain";
import { expect, test } from "vitest";
import { readWorkspace } from "./read-workspace.ts";
import { filesOf, folderWith } from "./folder.fixture.ts";
import { inFileOrder, writeWorkspace } from "./write-workspace.ts";

const workspace: Workspace = {
  ...emptyWorkspace({ id: "w", name: "W", asOf: "2024-03-31", currency: "USD", discountRate: 0.2 }),
  streams: ["question/q"],
  people: [{ id: "ann", name: "Ann" }],
  questions: [
    { id: "q", text: "Q?", kind: "yesNo", dimension: "chips", criterion: "c", resolveBy: "2025-12-31" },
    { id: "r", text: "R?", kind: "yesNo", dimension: "ai", criterion: "c", resolveBy: "2025-12-31", belief: "chance(0.8 if q else 0.2)" },
  ],
  forecasts: [{ question: "q", by: "ann", on: "2024-01-01", probability: "40%", reasons: "two\nlines\n" }],
  tracks: [{ id: "t", name: "T", criteria: [{ id: "k", text: "K" }] }],
  companies: [{ id: "acme", name: { en: "Acme", zh: "极致" }, track: "t" }],
  positions: [{ company: "acme", on: "2024-01-01", invested: "1M USD" }],
  assessments: [{ company: "acme", criterion: "k", by: "ann", on: "2024-01-01", level: 3 }],
  cases: [{ id: "c", company: "acme", on: "2024-01-01", exitValue: "1bn USD", exitDate: "2030-12-31", retention: 0.6 }],
  notes: [{ id: "notes/visit", about: ["acme"], text: "# Visit\n" }],
};

test("each kind has its file, and what belongs to a company stands together", async () => {
  const folder = await folderWith({});
  expect(await writeWorkspace(folder, workspace)).toEqual({
    problems: [],
    files: [
      "companies/acme.yaml",
      "forecasts/ann.yaml",
      "notes/visit.md",
      "people.yaml",
      "questions/ai.yaml",
      "questions/chips.yaml",
      "streams.lock.yaml",
      "tracks.yaml",
      "workspace.yaml",
    ],
  });
  const files = await filesOf(folder);
  expect(files["companies/acme.yaml"].match(/^\w+/gm)).toEqual(["companies", "positions", "assessments", "cases"]);
  expect(files["forecasts/ann.yaml"]).toBe(
    "forecasts:\n  - question: q\n    by: ann\n    on: 2024-01-01\n    probability: 40%\n    reasons: |\n      two\n      lines\n",
  );
  const reading = await readWorkspace(folder);
  expect(reading.problems).toEqual([]);
  expect(reading.workspace).toEqual(inFileOrder(workspace));
  expect(reading.workspace!.questions.map(({ id }) => id)).toEqual(["r", "q"]);
});

test.runIf(process.platform === "linux")("where no folder can be made that is told, and does not wait forever", async () => {
  expect((await writeWorkspace("/proc/watershed/deep", workspace)).problems).toMatchObject([
    { code: "folderNotWritable", params: { folder: "/proc/watershed/deep", reason: "ENOENT" } },
  ]);
});

test("a folder that holds something is left alone; hidden entries do not count; a missing one is made", async () => {
  const folder = await folderWith({ "old.txt": "x" });
  expect((await writeWorkspace(folder, workspace)).problems).toMatchObject([{ code: "folderNotEmpty", params: { found: ["old.txt"] } }]);
  expect(Object.keys(await filesOf(folder))).toEqual(["old.txt"]);
  expect((await writeWorkspace(join(folder, "old.txt"), workspace)).problems).toMatchObject([{ code: "notAFolder" }]);
  await mkdir(join(folder, "new", ".git"), { recursive: true });
  await writeFile(join(folder, "new", ".git", "HEAD"), "");
  expect((await writeWorkspace(join(folder, "new"), workspace)).problems).toEqual([]);
  expect((await writeWorkspace(join(folder, "made", "deep"), workspace)).problems).toEqual([]);
});
