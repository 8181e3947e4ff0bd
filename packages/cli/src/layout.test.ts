import { expect, test } from "vitest";
import { table } from "./layout.ts";
import { textWidth } from "./text-width.ts";

test("cells wrap in their columns, Chinese takes two places a character, and nothing stands behind a line's end", () => {
  expect(
    table(
      ["Company", "Why"],
      [
        ["月之暗面", "waits for the model"],
        ["MiniMax", "now\nat 1.2bn"],
      ],
      [10, 12],
    ),
  ).toBe(
    ["Company   Why", "──────────────────────", "月之暗面  waits for", "          the model", "MiniMax   now", "          at 1.2bn"].join(
      "\n",
    ),
  );
});

test("a word longer than its column is cut short with a sign, so that no line is wider than the table", () => {
  const drawn = table(
    ["Row", "Band"],
    [
      ["vtrain-multi-015-of-many", "81%"],
      ["国产算力集群训练", "1%"],
    ],
    [12, 6],
  );
  expect(drawn).toContain("vtrain-mul…");
  for (const line of drawn.split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(18);
});

test("a table without rows is its header", () => {
  expect(table(["A", "B"], [], [4, 4])).toBe("A   B\n────────");
});
