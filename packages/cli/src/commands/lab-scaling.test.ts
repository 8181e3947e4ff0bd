import { describe, expect, test } from "vitest";
import { callIn, expectReadable } from "../call.fixture.ts";
import { exitCodes } from "../exit-codes.ts";

const call = (...argv: string[]) => callIn(".", ["lab", "scaling", ...argv]);

describe("lab scaling", () => {
  test("the best size, the score and a mix, in both languages", async () => {
    for (const [language, words] of [
      ["en", ["Chinchilla", "MMLU", "gpt-4", "Compute at which it is even", "images", "times the compute of the text alone", "Kimi K2.5"]],
      ["zh", ["每参数词元", "gpt-4", "五五开所需算力", "图像", "总算力是纯文本的", "Kimi K2.5"]],
    ] as const) {
      const { code, out } = await call("--active", "32B", "--tokens", "15T", "--images", "5B", "--video-hours", "50M", "--encoder", "400M", "--date", "2025-07", "--lang", language); // prettier-ignore
      expect(code).toBe(exitCodes.done);
      for (const word of words) expect(out).toContain(word);
      expectReadable(out);
    }
  });

  test("as JSON, with another level", async () => {
    const { levels, parameters, mix } = JSON.parse((await call("--flops", "2.1e25", "--date", "2023-03", "--level", "94%", "--json")).out);
    expect(levels.map(({ name }: { name: string }) => name)).toEqual(["gpt-3.5", "gpt-4", "94%"]);
    expect(levels[2].flops.amount).toBe("Infinity");
    expect(parameters.unit).toBe("parameters");
    expect(mix).toBeUndefined();
  });

  test("wrong flags exit with 2 and name the flag", async () => {
    const { code, err } = await call("--active", "32B", "--tokens", "15T", "--images", "none", "--date", "spring", "--image-size", "0x10");
    expect(code).toBe(exitCodes.wrongCall);
    for (const part of ["--images takes a number", '"spring" is none', "--image-size must be above zero"]) expect(err).toContain(part);
    expect((await call()).err).toContain("--flops is missing");
  });
});
