import { expect, test } from "vitest";
import { schemaNames, schemaOf } from "./json-schema.ts";
import { forecastId } from "./question.ts";
import { emptyWorkspace, itemKinds } from "./workspace.ts";

test("every name has a schema; a list's name is as good as its item's; other names have none", () => {
  for (const name of schemaNames)
    expect(schemaOf(name)).toMatchObject({ title: `Watershed ${name}`, $schema: expect.stringContaining("2020-12") });
  expect(schemaOf("questions")).toMatchObject({ properties: schemaOf("question")!.properties as object });
  expect(schemaOf("nothing")).toBeUndefined();
});

test("the schema of a file names every list and allows nothing else, and a default may be left out", () => {
  const file = schemaOf("file") as { properties: object; additionalProperties: boolean; $defs: object };
  expect(Object.keys(file.properties).toSorted()).toEqual(["workspace", ...Object.keys(itemKinds)].toSorted());
  expect(file.additionalProperties).toBe(false);
  expect(Object.keys(file.$defs)).toEqual(expect.arrayContaining(["Identifier", "Text", "Formula", "CalendarDate"]));
  expect(JSON.stringify(schemaOf("case"))).toContain('"multiple":{"default":1');
});

test("an empty workspace has every list; a forecast's id names person, question and day", () => {
  const workspace = emptyWorkspace({ id: "w", name: "W", asOf: "2024-01-01", currency: "USD", discountRate: 0 });
  for (const kind of Object.keys(itemKinds)) expect(workspace[kind as keyof typeof itemKinds]).toEqual([]);
  expect(workspace.people).not.toBe(workspace.facts);
  expect(forecastId({ by: "ann", question: "q", on: "2024-01-01" })).toBe("ann/q/2024-01-01");
});
