import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { cut, estimatedMoney, estimatedPlain, isWithinNoise, money, percent, plain, wrap } from "./figures.ts";

describe("money for people", () => {
  test.each([
    [2_500_000_000, "en", "USD 2.50bn"],
    [2_500_000_000, "zh", "25.0亿美元"],
    [30_000_000, "en", "USD 30.0M"],
    [30_000_000, "zh", "3000万美元"],
    [-1_234, "en", "USD -1.23k"],
    [0, "zh", "0美元"],
  ] as const)("%d in %s", (amount, language, text) => expect(money(amount, "USD", language)).toBe(text));

  test.each([
    [4_500_000, 98_000, "USD 4.50M ± 0.10M"],
    [1_584_000_000, 8_000_000, "USD 1.584bn ± 0.008bn"],
    [0, 0, "USD 0"],
    [12, Infinity, "USD 12.0 ± ?"],
    [40_000, 90_000, "USD 40k ± 90k"],
    [123, 115_000, "USD 0 ± 115k"],
  ])("%d with an error of %d shows what the error allows", (amount, standardError, text) =>
    expect(estimatedMoney({ amount, standardError, unit: "USD", key: "" }, "en")).toBe(text),
  );
});

test("shares show the digits their error allows", () => {
  expect([
    percent({ amount: 0.2916, standardError: 0.0012 }),
    percent({ amount: 0.55, standardError: 0.011 }),
    percent({ amount: 0.6, standardError: 0 }),
  ]).toEqual(["29.2 ± 0.1%", "55 ± 1%", "60%"]);
  expect(percent({ amount: 0.0123 })).toBe("1.2%");
  expect(percent({ amount: 0.48731, standardError: 0.0003 })).toBe("48.73 ± 0.03%");
});

test("numbers show three figures, or those that their error allows", () => {
  expect([plain(244_949), plain(2027), plain(9.2234), plain(-0.01234)]).toEqual(["245,000", "2,027", "9.22", "-0.0123"]);
  expect([estimatedPlain(-2.7712, 0.079), estimatedPlain(25.1, 2.51), estimatedPlain(18_342, 420), estimatedPlain(3.3, Infinity)]).toEqual([
    "-2.77 ± 0.08",
    "25 ± 3",
    "18,342 ± 420",
    "3.3",
  ]);
});

test("an amount within two of its errors is within the noise, an exact zero is not", () => {
  const within = (amount: number, standardError: number): boolean => isWithinNoise({ amount, standardError });
  expect([within(15, 48), within(-15, 48), within(97, 48), within(0, 0), within(0, 5)]).toEqual([true, true, false, false, true]);
});

describe("lines", () => {
  const piece = fc.constantFrom("估值", "投前，", "（来源）", "「触发」。", "GPT-4 ", "in ", "two ", "years; ", "100 ± 3% ", "）。", "、");
  const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));

  test("fit the width, lose nothing, and begin with no closing mark where that can be", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 100 }), (words, width) => {
        const lines = wrap(words, width);
        for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
        expect(lines.join("").replaceAll(/\s/g, "")).toBe(words.replaceAll(/\s/g, ""));
      }),
      { numRuns: 300, seed: 3 },
    );
    expect(wrap("估值估值估值。", 12)).toEqual(["估值估值估", "值。"]);
    expect(wrap("估值估值估（值）", 12)).toEqual(["估值估值估", "（值）"]);
  });

  test("are cut with an ellipsis within the width", () => {
    expect(cut("估值估值", 5)).toBe("估值…");
    expect(cut("abc", 3)).toBe("abc");
  });
});
