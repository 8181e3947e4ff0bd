import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { callIn, expectReadable } from "../call.fixture.ts";
import { exitCodes } from "../exit-codes.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "..", "examples", "china-ai-2024", "compute");
const call = (...argv: string[]) => callIn(".", ["lab", "train", folder, ...argv]);

describe("lab train", () => {
  test("says how long, of what it is made and what it costs, in both languages", async () => {
    for (const [language, words] of [
      [
        "en",
        ["moe-1t on three-cities", "Useful time with failures", "Time that computes between sites", "Rented, USD", "the rest are spares"],
      ],
      ["zh", ["用 three-cities 训练 moe-1t", "计入故障的有效时间", "各地之间用于计算的时间", "租用，美元"]],
    ] as const) {
      const { code, out } = await call("three-cities", "moe-1t", "--tokens", "15T", "--lang", language);
      expect(code).toBe(exitCodes.done);
      for (const word of words) expect(out).toContain(word);
      expectReadable(out);
    }
  });

  test("as JSON, with the prediction of the step", async () => {
    const { days, chips, prediction, cost } = JSON.parse((await call("two-thousand-h800", "moe-1t", "--json")).out);
    expect(days.low).toBeLessThan(days.high);
    expect(chips).toBe(2048);
    expect(prediction.plan.expertParallel).toBeGreaterThan(1);
    expect(cost.energyMegawattHours.unit).toBe("MWh");
  });

  test("names that the workspace does not have exit with 2 and show those it has", async () => {
    expect(await call("two-thousand", "moe-1t")).toMatchObject({
      code: exitCodes.wrongCall,
      err: expect.stringContaining("two-thousand-h800"),
    });
    expect(await call("two-thousand-h800", "moe")).toMatchObject({ code: exitCodes.wrongCall, err: expect.stringContaining("moe-1t") });
    expect((await call("two-thousand-h800", "moe-1t", "--tokens", "lots")).err).toContain('"lots" is none');
  });
});
