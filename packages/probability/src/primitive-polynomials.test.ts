import { expect, test } from "vitest";
import { degreeOf, primitivePolynomials } from "./primitive-polynomials.ts";

test("as many of each degree as Euler's phi(2^d - 1) / d says, none twice", () => {
  const expected = [1, 1, 2, 2, 6, 6, 18, 16, 48, 60, 176, 144, 630, 756, 1800]; // OEIS A011260
  const counts = expected.map(() => 0);
  const seen = new Set<number>();
  for (const polynomial of primitivePolynomials()) {
    if (degreeOf(polynomial) > expected.length) break;
    counts[degreeOf(polynomial) - 1]++;
    seen.add(polynomial);
  }
  expect(counts).toEqual(expected);
  expect(seen.size).toBe(expected.reduce((sum, count) => sum + count));
});

test("the first ones, by hand: x + 1, x^2 + x + 1, x^3 + x + 1, x^3 + x^2 + 1, x^4 + x + 1, x^4 + x^3 + 1", () => {
  const polynomials = primitivePolynomials();
  const first = Array.from({ length: 6 }, () => polynomials.next().value);
  expect(first).toEqual([0b11, 0b111, 0b1011, 0b1101, 0b10011, 0b11001]);
});
