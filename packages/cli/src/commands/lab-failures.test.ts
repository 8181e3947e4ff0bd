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

  test("wrong flags exit with 2 and say what would do", async () => {
    const { code, out, err } = await call("--chips", "0,many", "--fleet", "mine", "--restart-seconds", "ages");
    expect({ code, out }).toEqual({ code: exitCodes.wrongCall, out: "" });
    for (const part of ["--chips must be above zero", '"0,many" is none', "llama-3-405b", '"ages" is none']) expect(err).toContain(part);
  });
});
