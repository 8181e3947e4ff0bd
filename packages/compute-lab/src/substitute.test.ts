import { describe, expect, test } from "vitest";
import { acceleratorOf } from "./accelerator.ts";
import type { MatrixFormat } from "./accelerator.ts";
import { substitute } from "./substitute.ts";
import { measuredRateSources, measuredRates, trainingRate } from "./substitute-rates.ts";
import type { AiModelKind } from "./substitute-rates.ts";

const blackwell = { chip: "GB200", chips: 10_000, format: "fp8" } as const;
const of = (question: Parameters<typeof substitute>[0]) => substitute(question).substitution!;

describe("a hundred thousand older chips for ten thousand GB200", () => {
  test("A100: a band around what the published rows give, 6.7 to 10.9 EF against 18.7 to 20.2, at five times the power", () => {
    const { have, want, ratio, chanceEnough } = of({ have: { chip: "A100", chips: 100_000, format: "bf16" }, want: blackwell });
    expect(have.delivered.low).toBeLessThan(6.7);
    expect(have.delivered.high).toBeGreaterThan(8);
    expect(want.delivered.low).toBeLessThan(18.7);
    expect(ratio.high).toBeLessThan(1); // ten for one is optimistic
    expect(chanceEnough).toBeLessThan(0.05);
    expect(have.powerMegawatts!.amount / want.powerMegawatts!.amount).toBeCloseTo(4.9, 0);
  });

  test("H100: far above", () => {
    const { ratio, chanceEnough } = of({ have: { chip: "H100", chips: 100_000, format: "fp8" }, want: blackwell });
    expect(ratio.amount).toBeGreaterThan(1.5);
    expect(chanceEnough).toBeGreaterThan(0.9);
  });

  test("per chip the published rows give 2.6 H100 for one GB200 in FP8, and 12 to 20 A100 in BF16", () => {
    const alone = (chip: string, format: "fp8" | "bf16") =>
      of({ have: { chip, chips: 1000, format }, want: { ...blackwell, chips: 1000 } }).chipsPerChipAlone;
    expect(alone("H100", "fp8").amount).toBeCloseTo(2.6, 0);
    expect(alone("A100", "bf16").low).toBeLessThan(12.7);
    expect(alone("A100", "bf16").high).toBeGreaterThan(15);
  });
});

describe("laws of substitution", () => {
  test("the same chip has one unknown rate, not two: one for one by published runs, half as many a little over half", () => {
    const side = { chip: "H100", chips: 8192, format: "fp8" } as const;
    const { ratio, chipsPerChipAlone, have } = of({ have: side, want: side });
    expect(have.basis).toBe("runs");
    for (const { amount, low, high } of [ratio, chipsPerChipAlone])
      for (const figure of [amount, low, high]) expect(figure).toBeCloseTo(1, 9);
    const half = of({ have: { ...side, chips: 4096 }, want: side }).ratio;
    expect(half.low).toBeGreaterThan(0.5);
    expect(half.high).toBeLessThan(0.7);
  });

  test("as many of the same chip do exactly the same work: one for one, with a rate that is known", () => {
    const side = { chip: "H100", chips: 8192, flopsPerSecondPerChip: 4e14 };
    const { ratio, chipsNeeded, chanceImpossible } = of({ have: side, want: side });
    expect([ratio.low, ratio.amount, ratio.high]).toEqual([1, 1, 1]);
    expect(Math.abs(chipsNeeded.amount - 8192)).toBeLessThan(1);
    expect(chanceImpossible).toBe(0);
  });

  test("half the speed takes more than twice the chips, and the more so the larger the job", () => {
    const needed = (chips: number): number =>
      of({ have: { chip: "A100", chips, flopsPerSecondPerChip: 2e14 }, want: { chip: "H100", chips, flopsPerSecondPerChip: 4e14 } })
        .chipsPerChip.amount;
    const [small, large] = [1000, 20_000].map(needed);
    expect(small).toBeGreaterThan(2);
    expect(large).toBeGreaterThan(small);
  });

  test("failures can make more chips useless: then no number does, and the answer says how likely", () => {
    const { chipsNeeded, chanceImpossible } = of({
      have: { chip: "A100", chips: 100_000, flopsPerSecondPerChip: 1e14 },
      want: { chip: "GB200", chips: 10_000, flopsPerSecondPerChip: 2e15 },
      chipHoursPerInterruption: 20_000,
    });
    expect(chanceImpossible).toBeGreaterThan(0.9);
    expect(chipsNeeded.amount).toBe(Infinity);
  });

  test("what the answer needs is what it delivers: with the chips needed the ratio is one", () => {
    const question = {
      have: { chip: "H100", chips: 1, flopsPerSecondPerChip: 4e14 },
      want: { chip: "GB200", chips: 2000, flopsPerSecondPerChip: 1e15 },
    };
    const known = { chipHoursPerInterruption: 50_000, lossPerDoubling: 0.03 };
    const { chipsNeeded } = of({ ...question, ...known });
    const { ratio } = of({ ...question, ...known, have: { ...question.have, chips: Math.round(chipsNeeded.amount) } });
    expect(Math.abs(ratio.amount - 1)).toBeLessThan(0.01);
  });
});

describe("rates of chips", () => {
  test("every published rate names a chip of the catalogue and a source", () => {
    expect(measuredRates.length).toBeGreaterThan(200);
    for (const { chip, group, teraflopsPerChip } of measuredRates) {
      expect(acceleratorOf(chip)?.id).toBe(chip);
      expect(measuredRateSources[group].title).not.toBe("");
      expect(teraflopsPerChip).toBeGreaterThan(10);
    }
  });

  test("with a row's whole source left out, its 80 % band holds 75 to 90 % of all rows", () => {
    const held = measuredRates.flatMap((row) => {
      const others = measuredRates.filter(({ group }) => group !== row.group);
      const rate = trainingRate(
        acceleratorOf(row.chip)!,
        row.format as MatrixFormat,
        row.kind as AiModelKind,
        others,
      )?.flopsPerSecondPerChip;
      if (rate?.kind !== "lognormal") return []; // nobody else measured this format: no rate is claimed
      return [Math.abs(Math.log(row.teraflopsPerChip * 1e12) - rate.logMean) < 1.2816 * rate.logStandardDeviation];
    });
    expect(held.length).toBeGreaterThan(220);
    const share = held.filter(Boolean).length / held.length;
    expect(share).toBeGreaterThan(0.75);
    expect(share).toBeLessThan(0.9);
  });

  test("a chip without rows gets its peak times what others use, and a note where the peak is unverified", () => {
    const { substitution, problems } = substitute({ have: { chip: "Ascend910B", chips: 20_000 }, want: { chip: "A100", chips: 20_000 } });
    expect(substitution!.have).toMatchObject({ basis: "peak", publishedRuns: 0 });
    expect(substitution!.ratio.low).toBeLessThan(1);
    expect(substitution!.ratio.high).toBeGreaterThan(1);
    expect(problems).toMatchObject([{ code: "unverifiedChip", at: "have.chip", severity: "note" }]);
  });
});

describe("substitution for one AI model", () => {
  test("rates are predicted for it on both sides", () => {
    const { have, want, chipsPerChipAlone } = of({
      have: { chip: "A100", chips: 20_000 },
      want: { chip: "H100", chips: 4000, format: "bf16" },
      aiModel: "Llama 3.1 405B",
    });
    expect([have.basis, want.basis]).toEqual(["prediction", "prediction"]);
    // published runs of dense AI models reach 109 to 175 TFLOP/s on A100 and 400 to 522 on H100
    expect(chipsPerChipAlone.amount).toBeGreaterThan(400 / 175);
    expect(chipsPerChipAlone.amount).toBeLessThan(522 / 109);
  });

  test("an AI model that nobody published is a problem with near names", () => {
    const { problems } = substitute({ have: { chip: "A100", chips: 10 }, want: { chip: "H100", chips: 10 }, aiModel: "Llama 3.1 404B" });
    expect(problems).toMatchObject([
      { code: "unknownName", at: "aiModel", params: { nearest: expect.stringContaining("Llama 3.1 405B") } },
    ]);
  });
});

test("wrong input names the side, the field and near choices", () => {
  const { problems, substitution } = substitute({ have: { chip: "A10O", chips: 0 }, want: { chip: "A100", chips: 10, format: "fp8" } });
  expect(substitution).toBeUndefined();
  expect(problems.map(({ code, at }) => `${at} ${code}`)).toEqual([
    "have.chip unknownChip",
    "have.chips notPositive",
    "want.format precisionNotOnChip",
  ]);
  expect(problems[0].params.nearest).toContain("A100");
});
