import { Identifier } from "@watershed/domain";
import { expect, test } from "vitest";
import { personFor } from "./person-for.ts";

const people = [
  { id: "ann", name: "Ann" },
  { id: "member", name: "王" },
];

test.each([
  ["Ann", "ann_2"],
  ["Zoë O'Brien", "zoe_o_brien"],
  ["李雷", "member_2"],
  ["7 of 9", "member_2"],
])("%s becomes %s", (name, id) => {
  expect(personFor({ people }, { name, role: "analyst" })).toEqual({ id, name, role: "analyst" });
  expect(Identifier.safeParse(id).success).toBe(true);
});
