import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { itemOf, itemText } from "./item-text.ts";
import { sameMeaning } from "./same-meaning.ts";

const value = fc.anything({
  values: [fc.string({ unit: "binary" }), fc.double(), fc.boolean(), fc.constant(null), fc.constantFrom("$number", "$", "__proto__")],
  key: fc.oneof(fc.constantFrom("$number", "$$number", "$", "__proto__", "constructor", "10", "2"), fc.string()),
  maxDepth: 4,
});

test("law: every item comes back as it was, in every field, number and order", () => {
  fc.assert(
    fc.property(value, (item) => {
      const back = itemOf(itemText(item));
      expect(isDeepStrictEqual(back, item)).toBe(true);
      expect(JSON.stringify(back)).toBe(JSON.stringify(item));
      expect(sameMeaning(back, item)).toBe(true);
      expect(itemText(back)).toBe(itemText(item));
    }),
    { numRuns: 2000 },
  );
});

test("the text is JSON that PostgreSQL takes, and reads as such", () => {
  expect(itemText({ b: 1, a: [Infinity, -0, NaN], $x: "y" })).toBe(
    '{"b":1,"a":[{"$number":"Infinity"},{"$number":"-0"},{"$number":"NaN"}],"$$x":"y"}',
  );
});
