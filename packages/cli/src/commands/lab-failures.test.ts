import { describe, expect, test } from "vitest";
import { callIn, expectReadable } from "../call.fixture.ts";
import { exitCodes } from "../exit-codes.ts";

const call = (...argv: string[]) => callIn(".", ["lab", "failures", ...argv]);

describe("lab failures", () => {
  test("says what failures do to jobs of several sizes, in both languages", async () => {
    for (const [language, words] of [
      ["en", ["Useful time", "Spare hosts", "switch or cable", "arXiv 2407.21783", "[restated by others]"]],
      ["zh", ["有效时间", "备用主机", "交换机或线缆", "arXiv 2407.21783", "转引"]],
    ] as const) {
      const { code, out } = await call("--chip-hours", "2.664M", "--lang", language);
      expect(code).toBe(exitCodes.done);
      for (const word of ["1,000", "100,000", ...words]) expect(out).toContain(word);
      expectReadable(out);
    }
  });

  test("as JSON every figure has unit, band and sources that are listed", async () => {
    const { out } = await call("--chips", "16384", "--json", "--checkpoint-seconds", "10..60");
    const { rows, citations } = JSON.parse(out);
    expect(rows[0].goodput).toMatchObject({ unit: "share", amount: expect.any(Number), low: expect.any(Number), high: expect.any(Number) });
    for (const { sources } of Object.values(rows[0]).filter((entry): entry is { sources: string[] } => typeof entry === "object"))
      for (const key of sources) expect(citations).toHaveProperty(key);
  });

  test("a checkpoint that is written to storage halts training for as long as that takes", async () => {
    const interval = async (...argv: string[]): Promise<number> =>
      JSON.parse((await call("--chips", "16384", "--json", ...argv)).out).rows[0].checkpointIntervalSeconds.amount;
    // 405B parameters at 14 bytes on 500 GB/s: 11.3 seconds
    expect(await interval("--parameters", "405B", "--storage", "500")).toBe(
      await interval("--checkpoint-seconds", String((405e9 * 14) / 500e9)),
    );
  });

  test("a written checkpoint needs both its parameters and its storage", async () => {
    for (const [argv, said] of [
      [["--parameters", "405B"], "--parameters counts only together with --storage"],
      [["--storage", "5"], "--storage counts only together with --parameters"],
      [["--storage", "fast", "--parameters", "405B"], '"fast" is none'],
      [["--storage", "500", "--parameters", "-1"], "--parameters must be above zero"],
    ] as const) {
      const { code, out, err } = await call(...argv, "--lang", "en");
      expect({ code, out }).toEqual({ code: exitCodes.wrongCall, out: "" });
      expect(err).toContain(said);
    }
  });

  test("a job that is interrupted before it gets anywhere has no days, and that is told", async () => {
    const argv = ["--chips", "8,100000", "--restart-seconds", "1e8", "--chip-hours", "1M"];
    for (const [language, said] of [
      ["en", "a job of 100000 chips is interrupted again"],
      ["zh", "100000 颗芯片的作业还没有进展就又中断"],
    ] as const) {
      const { code, out, err } = await call(...argv, "--lang", language);
      expect(code).toBe(exitCodes.done);
      expect(err).toContain(said);
      expectReadable(out);
    }
    const { out } = await call(...argv, "--json");
    expect(out).not.toContain("null");
    expect(JSON.parse(out).problems).toMatchObject([{ code: "neverDone", at: "chips", params: { given: 100_000 } }]);
  });

  test("repairs that outlast every host are told, and however many are in repair the answer comes at once", async () => {
    const { code, err } = await call("--chips", "1000", "--repair-hours", "1e30", "--lang", "en");
    expect(code).toBe(exitCodes.wrongCall);
    expect(err).toContain("--repair-hours must lie between 0 and 87600");
    const many = await call("--chips", "1000", "--chip-hours-per-interruption", "1e-20", "--json");
    expect(JSON.parse(many.out).rows[0].spareHosts.amount).toBeGreaterThan(1e20);
  });

  test("wrong flags exit with 2 and say what would do", async () => {
    const { code, out, err } = await call("--chips", "0,many", "--fleet", "mine", "--restart-seconds", "ages");
    expect({ code, out }).toEqual({ code: exitCodes.wrongCall, out: "" });
    for (const part of ["--chips must be above zero", '"0,many" is none', "llama-3-405b", '"ages" is none']) expect(err).toContain(part);
  });
});
