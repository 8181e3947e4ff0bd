import { describe, expect, test } from "vitest";
import { callIn, expectReadable } from "../call.fixture.ts";
import { exitCodes } from "../exit-codes.ts";

const call = (...argv: string[]) => callIn(".", ["lab", "cost", ...argv]);

describe("lab cost", () => {
  test("a run rented and owned, and how prices may move, in both languages", async () => {
    for (const [language, words] of [
      ["en", ["5.58M USD", "Rented, per million tokens trained", "Carbon", "a rented H100-hour", "arXiv 2403.05812"]],
      ["zh", ["5.58M 美元", "租用，每训练百万词元", "碳排放", "租用一小时H100"]],
    ] as const) {
      const { code, out } = await call("--chip", "H800", "--chip-hours", "2.788M", "--chips", "2048", "--tokens", "14.8T", "--rental", "2", "--carbon", "0.5", "--lang", language); // prettier-ignore
      expect(code).toBe(exitCodes.done);
      for (const word of words) expect(out).toContain(word);
      expectReadable(out);
    }
  });

  test("as JSON, and the price of a date between two observations", async () => {
    const at = async (date: string): Promise<number> =>
      JSON.parse((await call("--chip-hours", "1M", "--date", date, "--json")).out).run.rentalPerChipHour.amount;
    expect(await at("2024-03")).toBeGreaterThan(await at("2025-10"));
    expect(await at("2023-07")).toBeGreaterThan(await at("2024-03"));
    const { outlook } = JSON.parse((await call("--json", "--factor", "10", "--years", "3")).out);
    expect(outlook.map(({ name }: { name: string }) => name)).toContain("levelServing");
  });

  test("flags of a run are told to need its chip-hours, the outlook's are not", async () => {
    for (const argv of [
      ["--chip", "banana"],
      ["--rental", "2"],
      ["--power-price", "x"],
    ]) {
      const { code, out, err } = await call(...argv, "--lang", "en");
      expect({ code, out }).toEqual({ code: exitCodes.wrongCall, out: "" });
      expect(err).toBe(`${argv[0]} counts only together with --chip-hours, which is missing.\n`);
    }
    expect((await call("--rental", "2", "--chips", "8", "--lang", "zh")).err).toContain("--chip-hours 一起才有效");
    expect((await call("--years", "2", "--factor", "5", "--chip", "H100", "--json", "--lang", "en")).code).toBe(exitCodes.done);
  });

  test("wrong flags exit with 2 and name the flag", async () => {
    const { code, err } = await call("--chip", "H10O", "--chip-hours", "0", "--pue", "0.9", "--date", "spring", "--years", "x");
    expect(code).toBe(exitCodes.wrongCall);
    for (const part of [
      "--chip: no chip",
      "--chip-hours must be above zero",
      "--pue must lie between 1 and 5",
      '"spring" is none',
      '"x" is none',
    ])
      expect(err).toContain(part);
  });
});
