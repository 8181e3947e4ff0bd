import { expect, test } from "vitest";
import { numberIn, numbersIn, uncertainIn } from "./lab-numbers.ts";

test("numbers are read as people write them", () => {
  expect(["2.664M", "10T", "3.3e24", "1,000", "95%", "1万", "-2"].map(numberIn)).toEqual([2.664e6, 1e13, 3.3e24, 1000, 0.95, 10_000, -2]);
  for (const wrong of ["", "many", "1x", "1.2.3", "k", ".", "1,00"]) expect(numberIn(wrong), wrong).toBeNaN();
  expect(numbersIn("1000,10k，16384")).toEqual([1000, 10_000, 16_384]);
});

test("a range is a distribution with a twentieth beyond each end; one the wrong way round is no number", () => {
  expect(uncertainIn("10..60")).toMatchObject({ kind: "lognormal" });
  expect(uncertainIn("-1..1")).toMatchObject({ kind: "normal" });
  expect(uncertainIn("5")).toBe(5);
  expect(uncertainIn("60..10")).toBeNaN();
});
