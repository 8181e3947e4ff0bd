import { expect, test } from "vitest";
import { leastSquares } from "./least-squares.ts";

test("a square system is solved exactly", () => {
  expect(
    leastSquares(
      [
        [2, 1],
        [1, 3],
      ],
      [5, 10],
    ),
  ).toEqual([expect.closeTo(1, 14), expect.closeTo(3, 14)]);
});

test("a line through three points, by hand: y = 1, 2, 2 at x = 0, 1, 2 gives 7/6 + x/2", () => {
  expect(
    leastSquares(
      [
        [1, 0],
        [1, 1],
        [1, 2],
      ],
      [1, 2, 2],
    ),
  ).toEqual([expect.closeTo(7 / 6, 14), expect.closeTo(0.5, 14)]);
});

test("dependent columns are said to be so", () => {
  expect(
    leastSquares(
      [
        [1, 2],
        [2, 4],
        [3, 6],
      ],
      [1, 2, 3],
    ),
  ).toBeUndefined();
});
