import { expect, test } from "vitest";
import type { Item } from "@watershed/domain";
import { checkItem } from "./check-item.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

const round = (part: Partial<Item<"rounds">>): Item<"rounds"> => ({
  id: "acme_a",
  company: "acme",
  name: "A",
  date: "2024-01",
  sources: ["S-1"],
  ...part,
});
const told = (item: Item<"rounds">) => checkItem(tinyWorkspace(), "rounds", item).map(({ code, place }) => [code, place.path.join(".")]);

test("money as people write it is read, in both languages, and nothing is told of it", () => {
  expect(told(round({ preMoney: "1.9bn USD", newMoney: "6亿美元", postMoney: 5 }))).toEqual([["kindMismatch", "postMoney"]]);
  expect(told(round({ preMoney: "1.9bn USD", newMoney: "6亿美元", postMoney: "25亿美元" }))).toEqual([]);
});

test("an amount that cannot be read is told with its field, whatever day the round counts from", () => {
  const codes = (item: Item<"rounds">) => told(item).map(([, field]) => field);
  expect(codes(round({ preMoney: "1.9 bnn USD" }))).toEqual(["preMoney"]);
  expect(codes(round({ postMoney: "about two", date: "2031-01" }))).toEqual(["postMoney"]);
});

test("an item is read in the place of the one of its id", () => {
  const workspace = tinyWorkspace();
  const [investmentCase] = workspace.cases;
  expect(checkItem(workspace, "cases", investmentCase)).toEqual([]);
  const broken = checkItem(workspace, "cases", { ...investmentCase, exitValue: "equty" });
  expect(broken.map(({ code, place, params }) => [code, place.path, params.suggestions ?? params.suggestion])).toEqual([
    ["unknownName", ["exitValue"], ["equity"]],
  ]);
});
