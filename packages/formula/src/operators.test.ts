import { expect, test } from "vitest";
import { operators } from "./operators.ts";
import type { Operator } from "./operators.ts";

const table: [operator: Operator, inputs: number[], result: number][] = [
  ["divide", [1, 0], NaN],
  ["divide", [0, 0], NaN],
  ["divide", [1, -0], NaN],
  ["divide", [5, Infinity], 0],
  ["divide", [Infinity, Infinity], NaN],
  ["log", [0], NaN],
  ["log", [-1], NaN],
  ["log", [1], 0],
  ["sqrt", [-1], NaN],
  ["power", [-8, 1 / 3], NaN],
  ["power", [-2, 3], -8],
  ["power", [0, -1], NaN],
  ["power", [0, 0], 1],
  ["power", [NaN, 0], NaN],
  ["subtract", [Infinity, Infinity], NaN],
  ["multiply", [Infinity, 0], NaN],
  ["add", [Infinity, 180], Infinity],
  ["exp", [1000], Infinity],
  ["exp", [-1000], 0],
  ["round", [2.5], 3],
  ["round", [-2.5], -2],
  ["round", [-0.4], 0],
  ["min", [3, NaN, 1], NaN],
  ["max", [3, 1, 2], 3],
  ["sum", [1, 2, 3, 4], 10],
  ["clip", [5, 0, 1], 1],
  ["clip", [5, 1, 0], NaN],
  ["clip", [NaN, 0, 1], NaN],
  ["less", [NaN, 1], NaN],
  ["equal", [NaN, NaN], NaN],
  ["equal", [Infinity, Infinity], 1],
  ["greater", [Infinity, 1e300], 1],
  ["and", [0, NaN], NaN],
  ["or", [1, NaN], NaN],
  ["not", [NaN], NaN],
  ["by", [Infinity, 20_000], 0],
  ["by", [Infinity, Infinity], 1],
  ["by", [20_000, 20_000], 1],
  ["by", [20_000, Infinity], 1],
  ["if", [NaN, 1, 2], NaN],
  ["if", [1, 5, NaN], 5],
  ["if", [0, NaN, 5], 5],
  ["discount", [0.25, 365.25], 0.8],
  ["discount", [0, Infinity], 0],
  ["discount", [-1, 10], NaN],
  ["discount", [0.25, -365.25], 1.25],
];

test.each(table)("[F24] %s of %j is %d", (operator, inputs, result) => {
  const found = operators[operator].apply(...inputs);
  if (Number.isNaN(result)) expect(found).toBeNaN();
  else expect(found).toBeCloseTo(result, 12);
});

test("[F24] every operator of fixed arity but `if` passes NaN through, whichever input it is", () => {
  for (const [name, { arity, apply }] of Object.entries(operators)) {
    if (name === "if") continue;
    const count = arity === "many" ? 3 : arity;
    for (let at = 0; at < count; at++) {
      const inputs = Array.from({ length: count }, (_, index) => (index === at ? NaN : 1));
      expect([name, apply(...inputs)]).toEqual([name, NaN]);
    }
  }
});
