import * as fc from "fast-check";
import { expect, test } from "vitest";
import { drawOrder } from "./draw-order.ts";

test("[VOI4] draws are ordered as a stable sort would, never last", () => {
  fc.assert(
    fc.property(fc.float64Array({ maxLength: 300, noNaN: true }), (column) => {
      const expected = Array.from(column.keys()).sort((a, b) => (column[a] < column[b] ? -1 : column[a] > column[b] ? 1 : a - b));
      expect(Array.from(drawOrder(column))).toEqual(expected);
    }),
    { seed: 3 },
  );
  expect(Array.from(drawOrder(Float64Array.of(Infinity, -0, 5, 0, -Infinity, 1e-300)))).toEqual([4, 1, 3, 5, 2, 0]);
});

test("[DEC2] a draw that is not a number is refused", () => {
  expect(() => drawOrder(Float64Array.of(1, NaN))).toThrow("not a number");
});
