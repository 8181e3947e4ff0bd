import { operators } from "@watershed/formula";
import type { Operator } from "@watershed/formula";
import fc from "fast-check";
import { expect, test } from "vitest";
import { columnLoops } from "./column-loops.ts";

const edge = fc.oneof(fc.constantFrom(0, -0, 1, -1, NaN, Infinity, -Infinity, Number.MAX_VALUE, Number.MIN_VALUE), fc.double());

test.each(Object.keys(columnLoops) as Operator[])(
  "the loop of %s says the same as the operator, bit for bit, edges included",
  (operator) => {
    const { arity, apply } = operators[operator];
    fc.assert(
      fc.property(
        fc.array(fc.array(edge, { minLength: 9, maxLength: 9 }), {
          minLength: arity === "many" ? 1 : arity,
          maxLength: arity === "many" ? 5 : arity,
        }),
        (rows) => {
          const inputs = rows.map((row) => Float64Array.from(row));
          const out = new Float64Array(9);
          columnLoops[operator]!(out, inputs);
          out.forEach((amount, point) => expect(amount).toBe(apply(...inputs.map((input) => input[point]))));
        },
      ),
      { numRuns: 300, seed: 11 },
    );
  },
);
