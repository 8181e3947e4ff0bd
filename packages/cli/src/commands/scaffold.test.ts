import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callIn } from "../call.fixture.ts";
import { exitCodes } from "../exit-codes.ts";

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "watershed-new-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const call = (...argv: string[]) => callIn(home, argv);

async function bytesOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(join(home, folder), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const texts = await Promise.all(names.map((entry) => readFile(join(entry.parentPath, entry.name), "utf8")));
  return Object.fromEntries(
    names.map((entry, index) => [join(entry.parentPath, entry.name).slice(join(home, folder).length), texts[index]]),
  );
}

describe("new --size", () => {
  test("writes a workspace that has nothing to mend and can be reviewed without writing anything more", async () => {
    const made = await call("new", "invented", "--size", "20x6", "--seed", "3");
    expect(made).toMatchObject({ code: exitCodes.done, err: "" });
    expect(made.out).toContain("20 questions and 6 companies");
    const before = await bytesOf("invented");
    expect(await call("check", "invented")).toMatchObject({ code: exitCodes.done, err: "" });
    const review = await call("review", "invented", "--draws", "2048", "--lang", "zh");
    expect(review.code).toBe(exitCodes.done);
    expect(review.out).not.toMatch(/NaN|undefined|\[object/);
    expect(await bytesOf("invented")).toEqual(before);
  });

  test("writes the same bytes for the same seed, and others for another", async () => {
    for (const [folder, seed] of [
      ["one", "7"],
      ["again", "7"],
      ["other", "8"],
    ])
      expect((await call("new", folder, "--size", "12x4", "--seed", seed)).code).toBe(exitCodes.done);
    expect(await bytesOf("again")).toEqual(await bytesOf("one"));
    expect(await bytesOf("other")).not.toEqual(await bytesOf("one"));
  });

  test.each(["0x5", "5x0", "2001x5", "5x501", "150", "150x", "axb", "1e3x2", "-3x4"])(
    "refuses %s as a size and says which there are",
    async (size) => {
      const { code, err } = await call("new", "refused", `--size=${size}`);
      expect(code).toBe(exitCodes.wrongCall);
      expect(err).toContain(`from 1x1 to 2000x500, such as 150x60; "${size}" is none`);
      expect(await readdir(home)).not.toContain("refused");
    },
  );

  test("refuses a seed that is none, and a folder that holds something", async () => {
    expect((await call("new", "seedless", "--size", "3x2", "--seed", "x", "--lang", "zh")).code).toBe(exitCodes.wrongCall);
    await call("new", "full", "--size", "3x2");
    const again = await call("new", "full", "--size", "3x2");
    expect(again).toMatchObject({ code: exitCodes.materialHasErrors, out: "" });
    expect(again.err).toContain("full");
  });
});
