import { expect, test } from "vitest";
import { estimatedMoney } from "./figures.ts";

test.each([
  [18_577_000, 4_000, "en", "USD 18.58M ± <0.01M"],
  [18_577_000, 4_000, "zh", "1858 ± <1万美元"],
  [3_158_000_000, 4_000_000, "en", "USD 3.158bn ± 0.004bn"],
  [4_500_000, 98_000, "en", "USD 4.50M ± 0.10M"],
  [322_630, 30, "en", "USD 322.6k ± <0.1k"],
] as const)("%d ± %d has at most four digits in %s", (amount, standardError, language, text) => {
  expect(estimatedMoney({ amount, standardError, unit: "USD", key: "" }, language, 4)).toBe(text);
});
