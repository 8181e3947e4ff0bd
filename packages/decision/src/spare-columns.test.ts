import { expect, test } from "vitest";
import { newColumn, withSpareColumns } from "./spare-columns.ts";

test("a column that was given back is handed out again, as zeros, once and to nobody outside", () => {
  const [first, again, third] = withSpareColumns((giveBack) => {
    const column = newColumn(4).fill(7);
    giveBack([column, column]);
    return [column, newColumn(4), newColumn(4)];
  });
  expect(again).toBe(first);
  expect([...again]).toEqual([0, 0, 0, 0]);
  expect(third).not.toBe(first);
  expect(newColumn(4)).not.toBe(first);
});

test("columns of another length are left alone, and inner work has spares of its own", () => {
  withSpareColumns((giveBack) => {
    const outer = newColumn(8);
    giveBack([outer]);
    expect(newColumn(4)).toHaveLength(4);
    withSpareColumns(() => expect(newColumn(8)).not.toBe(outer));
    expect(newColumn(8)).toBe(outer);
  });
  expect(() =>
    withSpareColumns((giveBack) => {
      giveBack([newColumn(2)]);
      throw new Error("broken off");
    }),
  ).toThrow("broken off");
});
