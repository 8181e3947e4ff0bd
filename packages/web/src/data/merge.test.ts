import fc from "fast-check";
import { expect, test } from "vitest";
import type { AnyItem, Conflict } from "./contract.ts";
import { fieldConflicts, merged, same } from "./merge.ts";

type Three = Pick<Conflict, "base" | "current" | "yours">;

function three(base: object | null, theirs: object | null, mine: object): Three {
  const item = (fields: object | null): AnyItem | null => fields as AnyItem | null;
  return { base: item(base), current: { version: 2, item: item(theirs), at: "2024-03-31T00:00:00Z", by: null }, yours: item(mine)! };
}

test("two people who changed different fields both have their way", () => {
  const conflict = three({ id: "a", name: "A", text: "old" }, { id: "a", name: "B", text: "old" }, { id: "a", name: "A", text: "new" });
  expect(fieldConflicts(conflict).map(({ field, changed }) => [field, changed])).toEqual([
    ["name", "theirs"],
    ["text", "mine"],
  ]);
  expect(merged(conflict)).toEqual({ id: "a", name: "B", text: "new" });
});

test("a field that both changed is mine unless theirs is chosen", () => {
  const conflict = three({ name: "A" }, { name: "B" }, { name: "C" });
  expect(fieldConflicts(conflict)[0].changed).toBe("both");
  expect(merged(conflict)).toEqual({ name: "C" });
  expect(merged(conflict, { name: "theirs" })).toEqual({ name: "B" });
});

test("a field they took away goes, one that I added stays, and what both did alike is no question", () => {
  const conflict = three({ a: 1, b: 1, c: 1 }, { b: 1, c: 2 }, { a: 1, b: 1, c: 2, d: 4 });
  expect(fieldConflicts(conflict).map(({ field, changed }) => [field, changed])).toEqual([
    ["a", "theirs"],
    ["c", "alike"],
    ["d", "mine"],
  ]);
  expect(merged(conflict)).toEqual({ b: 1, c: 2, d: 4 });
});

test("where they removed the item, everything of mine that was there is offered to be written again", () => {
  const conflict = three({ name: "A", text: "t" }, null, { name: "B", text: "t" });
  expect(fieldConflicts(conflict).map(({ field, changed }) => [field, changed])).toEqual([
    ["name", "both"],
    ["text", "theirs"],
  ]);
});

test("the order in which parts stand makes no difference", () => {
  expect(same({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
  expect(same([1, 2], [2, 1])).toBe(false);
  expect(same(undefined, null)).toBe(false);
});

const item = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constantFrom("x", "y")));

test("law: nothing that only one side changed is lost, and nothing appears that neither had", () => {
  fc.assert(
    fc.property(item, item, item, (base, theirs, mine) => {
      const result = merged(three(base, theirs, mine)) as unknown as Record<string, unknown>;
      for (const field of ["a", "b", "c", "d"]) {
        const [was, is, wanted] = [base[field], theirs[field], mine[field]];
        if (same(was, is)) expect(result[field]).toEqual(wanted);
        else if (same(was, wanted)) expect(result[field]).toEqual(is);
        else expect([is, wanted]).toContainEqual(result[field]);
      }
    }),
  );
});

test("law: whom the merge is given to does not matter where no field was changed by both", () => {
  fc.assert(
    fc.property(item, item, item, (base, theirs, mine) => {
      const conflict = three(base, theirs, mine);
      fc.pre(fieldConflicts(conflict).every(({ changed }) => changed !== "both"));
      expect(merged(conflict)).toEqual(merged(three(base, mine, theirs)));
    }),
  );
});
