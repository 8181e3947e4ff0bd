import { describe, expect, test } from "vitest";
import { callIn, expectReadable } from "../call.fixture.ts";
import { exitCodes } from "../exit-codes.ts";

const call = (...argv: string[]) => callIn(".", ["lab", "substitute", ...argv]);

describe("lab substitute", () => {
  test("answers the hundred thousand for ten thousand, in both languages", async () => {
    for (const [language, words] of [
      ["en", ["100,000 × A100-80GB (bf16) for 10,000 × GB200-NVL72 (fp8)", "Chance that they are enough", "published training runs"]],
      ["zh", ["用 100,000 × A100-80GB (bf16) 代替", "够用的概率", "按速度分层"]],
    ] as const) {
      const { code, out } = await call("--lang", language);
      expect(code).toBe(exitCodes.done);
      for (const word of words) expect(out).toContain(word);
      expectReadable(out);
    }
  });

  test("as JSON, where no number of chips is a word and not null", async () => {
    const { out } = await call("--have", "A100:100000", "--for", "10000 x GB200", "--json");
    const { have, chipsNeeded, runSources } = JSON.parse(out);
    expect(have).toMatchObject({ chips: 100_000, format: "bf16", delivered: { unit: "10^18 FLOP/s" } });
    expect(chipsNeeded.high).toBe("Infinity");
    expect(out).not.toContain("null");
    expect(Object.keys(runSources).length).toBeGreaterThan(8);
  });

  test("wrong flags exit with 2 and name the side", async () => {
    const { code, err } = await call("--have", "many A100", "--for", "10xGB2O0", "--fleet", "mine");
    expect(code).toBe(exitCodes.wrongCall);
    for (const part of ["--have", "--for: no chip", "GB200-NVL72", "llama-3-405b"]) expect(err).toContain(part);
    expect((await call("--have-format", "fp8")).err).toContain("A100-80GB has no fp8. It has: bf16, fp16.");
  });
});
