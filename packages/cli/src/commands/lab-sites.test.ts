import { describe, expect, test } from "vitest";
import { callIn, expectReadable } from "../call.fixture.ts";
import { exitCodes } from "../exit-codes.ts";

const call = (...argv: string[]) => callIn(".", ["lab", "sites", ...argv]);

describe("lab sites", () => {
  test("says what a link costs and what fewer synchronisations cost, in both languages", async () => {
    for (const [language, words] of [
      ["en", ["Every step", "DiLoCo", "Change of loss", "China Unicom", "arXiv 2503.09799"]],
      ["zh", ["每步同步", "DiLoCo", "损失函数变化", "China Unicom", "1,500 公里"]],
    ] as const) {
      const { code, out } = await call("--parameters", "671B", "--active", "37B", "--sites", "3", "--lang", language);
      expect(code).toBe(exitCodes.done);
      for (const word of words) expect(out).toContain(word);
      expectReadable(out.replaceAll("∞", ""));
    }
  });

  test("as JSON, by scheme and link", async () => {
    const { schemes, stepSeconds } = JSON.parse((await call("--gigabits", "100", "--tflops-per-chip", "400", "--json")).out);
    expect(stepSeconds.amount).toBeCloseTo(10.2, 1);
    expect(schemes.map(({ scheme }: { scheme: string }) => scheme)).toEqual(["everyStep", "localSteps", "streaming"]);
    expect(schemes[0].utilisation[0]).toMatchObject({ gigabitsPerSecond: 100, share: { unit: "share" } });
  });

  test("wrong flags exit with 2 and name the flag as it is written", async () => {
    const { code, err } = await call("--active", "500B", "--sites", "1", "--gigabits", "0", "--tflops-per-chip", "fast");
    expect(code).toBe(exitCodes.wrongCall);
    for (const part of ["--active must lie between", "--sites must lie between 2", "--gigabits must be above zero", '"fast" is none'])
      expect(err).toContain(part);
  });
});
