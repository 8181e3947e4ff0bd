import { expect, test } from "vitest";
import { fitQuadratic, fittedAt } from "./quadratic-fit.ts";

const published = (x: number) => -1.06998766 + 2.98341063 * x - 1.81357618 * x * x;
const surface = (a: number, b: number) => 1 - a + 2 * b + 0.5 * a * a - b * b + 3 * a * b;

test("[WAIT6] the regression of the eight-path example (Longstaff and Schwartz 2001)", () => {
  // In-the-money paths at time 2: stock, and the put's pay-off at time 3 discounted by exp(-0.06).
  const stock = [1.08, 1.07, 0.97, 0.77, 0.84];
  const discounted = [0, 0.07, 0.18, 0.2, 0.09].map((payoff) => payoff * Math.exp(-0.06));
  const fit = fitQuadratic(
    {
      features: [{ name: "stock", amounts: Float64Array.from(stock) }],
      response: Float64Array.from(discounted),
      weights: new Float64Array(5).fill(1),
    },
    0,
    false,
  );
  for (const x of [0.7, 0.9, 1.1]) expect(fittedAt(fit, Float64Array.of(x), new Float64Array(3))).toBeCloseTo(published(x), 7);
});

test("[WAIT6] a quadratic in two features is recovered, cross term included", () => {
  const x = Float64Array.from({ length: 400 }, (_, row) => Math.sin(row));
  const y = Float64Array.from({ length: 400 }, (_, row) => Math.cos(3 * row));
  const fit = fitQuadratic(
    {
      features: [
        { name: "x", amounts: x },
        { name: "y", amounts: y },
      ],
      response: x.map((amount, row) => surface(amount, y[row])),
      weights: new Float64Array(400).fill(1),
    },
    0,
    false,
  );
  expect(fit.terms).toEqual(["1", "x", "y", "x^2", "y^2", "y*x"]);
  expect(fittedAt(fit, Float64Array.of(0.3, -0.4), new Float64Array(6))).toBeCloseTo(surface(0.3, -0.4), 9);
});

test("[WAIT6] a feature that never varies, or a copy of another, leaves the fit defined", () => {
  const x = Float64Array.from({ length: 50 }, (_, row) => row / 50);
  const rows = {
    features: [
      { name: "x", amounts: x },
      { name: "same", amounts: x },
      { name: "constant", amounts: new Float64Array(50).fill(4) },
    ],
    response: x.map((amount) => 2 * amount),
    weights: new Float64Array(50).fill(1),
  };
  const fit = fitQuadratic(rows);
  expect(fittedAt(fit, Float64Array.of(0.5, 0.5, 4), new Float64Array(fit.terms.length))).toBeCloseTo(1, 1);
});
