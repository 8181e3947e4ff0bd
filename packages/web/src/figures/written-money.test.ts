import { expect, test } from "vitest";
import { statedMoney, writtenMoney } from "./written-money.ts";

test("an amount is worded in the reader's language, however it is written", () => {
  expect(["1.9bn USD", "19亿美元", "USD 1_900M"].map((formula) => writtenMoney(formula, "zh"))).toEqual(Array(3).fill("19.0亿美元"));
  expect(["1.9bn USD", "19亿美元"].map((formula) => writtenMoney(formula, "en"))).toEqual(["USD 1.90bn", "USD 1.90bn"]);
  expect(writtenMoney("200M RMB to 4亿元", "en")).toBe("RMB 200M – RMB 400M");
});

test("what says more than an amount is not worded", () => {
  for (const formula of ["preMoney * 1.3", "1.9 bnn", 5, "1bn USD + 2bn USD"]) expect(writtenMoney(formula, "en")).toBeUndefined();
  expect(statedMoney("2.5bn USD")).toEqual({ amount: 2.5e9, currency: "USD" });
  expect(statedMoney("1bn USD to 2bn USD")).toBeUndefined();
});
