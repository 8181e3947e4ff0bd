import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { callIn, expectReadable } from "../call.fixture.ts";
import { exitCodes } from "../exit-codes.ts";

const call = (...argv: string[]) => callIn(".", ["lab", "sites", ...argv]);
const unlike = [
  "--at",
  "上海=1024xH800",
  "--at",
  "Ulanqab=2048xAscend910B",
  "--ai-model",
  "Llama 3.1 70B",
  "--software",
  "2024-06 megatron",
];

describe("lab sites with sites that are not alike", () => {
  test("compares five ways, says which is best, who does what and what holds back, in both languages", async () => {
    for (const [language, words] of [
      ["en", ["Best: ", "pipeline over the sites", "data shared out by speed", "Without Ulanqab", "With equal shares", "DiLoCo"]],
      ["zh", ["最好的是", "跨地流水线", "按速度分担数据", "没有上海", "若每颗芯片分得一样多", "DiLoCo"]],
    ] as const) {
      const { code, out, err } = await call(...unlike, "--gigabits", "400", "--lang", language);
      expect(code, err).toBe(exitCodes.done);
      for (const word of words) expect(out).toContain(word);
      expectReadable(out.replaceAll("∞", ""));
    }
  });

  test("a file says the same as flags, and JSON gives every scheme with its bands", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lab-sites-"));
    const file = join(folder, "sites.json");
    await writeFile(
      file,
      JSON.stringify({
        model: { name: "Llama 3.1 70B" },
        plan: { precision: "bf16" },
        software: "2024-06 megatron",
        sites: [
          { name: "上海", chip: "H800", count: 1024 },
          { name: "Ulanqab", chip: "Ascend910B", count: 2048 },
        ],
        links: [{ gigabits: 400, kilometres: 1500 }],
      }),
    );
    const [fromFile, fromFlags] = await Promise.all([
      call(file, "--json"),
      call(...unlike, "--gigabits", "400", "--kilometres", "1500", "--json"),
    ]);
    expect(fromFile.out).toBe(fromFlags.out);
    const { best, schemes, without } = JSON.parse(fromFile.out);
    expect(schemes[0].scheme).toBe(best);
    expect(schemes).toHaveLength(5);
    expect(without.map(({ name }: { name: string }) => name)).toEqual(["上海", "Ulanqab"]);
    for (const { stepSeconds, daysForSameLoss } of schemes) {
      expect(stepSeconds.low).toBeLessThan(stepSeconds.amount);
      expect(daysForSameLoss.high).toBeGreaterThan(daysForSameLoss.amount);
    }
  });

  test("what cannot be is told by field, rule and nearest choice, and exits with 2", async () => {
    const { code, err, out } = await call("--at", "A=0xH800", "--at", "B=64xA100", "--precision", "fp8", "--link", "A-C=100");
    expect([code, out]).toEqual([exitCodes.wrongCall, ""]);
    for (const part of [
      "sites[0].count",
      "not a positive number",
      "plan.precision",
      "A100-80GB has no fp8",
      "Nearest that it has: bf16",
      '"C" is none',
    ])
      expect(err).toContain(part);
    const unlinked = await call("--at", "A=64xH800", "--at", "B=64xA100");
    expect(unlinked.err).toContain("Nearest that would do: A–B");
    const unread = await call("--at", "A100", "--at", "64xA100", "--link", "A=3");
    expect(unread.err).toContain('"A100" is none');
    expect(unread.err).toContain('"A=3" is none');
  });
});
