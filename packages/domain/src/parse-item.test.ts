import { expect, test } from "vitest";
import { nearestName, parseItem, parseSettings } from "./parse-item.ts";
import type { ItemKind } from "./workspace.ts";

const only = (kind: ItemKind, data: unknown) => parseItem(kind, data).problems[0];

const question = { id: "passes", text: "Q", kind: "yesNo", dimension: "ai", criterion: "c", resolveBy: "2025-12-31" };

/** code at path, for every problem of an item. */
function problemsOf(kind: ItemKind, data: unknown): string[] {
  const { item, problems } = parseItem(kind, data);
  expect(item === undefined).toBe(problems.length > 0);
  return problems.map(({ code, path }) => `${code} ${path.join(".")}`.trim());
}

test("a sound item is itself; a default is filled in", () => {
  expect(parseItem("questions", question)).toEqual({ item: question, problems: [] });
  const terms = { ticket: 1, preMoney: 2, preference: {} };
  const { item } = parseItem("cases", {
    id: "c",
    company: "a",
    on: "2024-01-01",
    exitValue: 1,
    exitDate: "never",
    retention: 1,
    now: terms,
  });
  expect(item?.now?.preference).toEqual({ multiple: 1, participation: "none" });
});

test.each<[string, ItemKind, unknown, string[]]>([
  ["nothing at all", "people", null, ["wrongType"]],
  ["no map", "people", 5, ["wrongType"]],
  ["missing fields", "people", {}, ["missingField id", "missingField name"]],
  ["a bad name", "people", { id: "Ann", name: "A" }, ["badIdentifier id"]],
  ["a field that does not exist", "people", { id: "a", name: "A", nmae: "B" }, ["unknownField nmae"]],
  ["a wrong choice", "questions", { ...question, kind: "yesno" }, ["notOneOf kind"]],
  ["a missing choice", "questions", { ...question, kind: undefined }, ["missingField kind"]],
  ["no such day", "questions", { ...question, resolveBy: "2025-02-30" }, ["noSuchDate resolveBy"]],
  ["a number for a day", "questions", { ...question, resolveBy: 2025 }, ["wrongType resolveBy"]],
  ["too few options", "questions", { ...question, options: [{ id: "a", name: "A" }] }, ["tooFew options"]],
  ["a number out of range", "assessments", { company: "a", criterion: "b", by: "c", on: "2024-01-01", level: 5 }, ["outOfRange level"]],
  ["a text in one language", "people", { id: "a", name: { en: "A" } }, ["missingField name.zh"]],
  ["a text in three languages", "people", { id: "a", name: { en: "A", zh: "甲", fr: "B" } }, ["unknownField name.fr"]],
  ["a text that is a list", "people", { id: "a", name: ["A"] }, ["wrongType name"]],
  [
    "an option that is no name",
    "forecasts",
    { question: "q", by: "a", on: "2024-01-01", probabilities: { "Open AI": "40%" } },
    ["badIdentifier probabilities.Open AI"],
  ],
  [
    "deep inside a list",
    "theses",
    {
      id: "t",
      statement: "S",
      questions: [
        { question: "q", confirmedBy: "yes" },
        { question: "q", confirmdBy: "yes" },
      ],
    },
    ["missingField questions.1.confirmedBy", "unknownField questions.1.confirmdBy"],
  ],
  ["three correlated questions", "correlations", { questions: ["a", "b", "c"], rank: 0.5 }, ["tooFew questions"]],
])("%s", (_, kind, data, expected) => {
  expect(problemsOf(kind, data)).toEqual(expected);
});

test("problems carry what their wording needs", () => {
  expect(only("questions", { ...question, kind: "yesno" }).params).toMatchObject({
    found: "yesno",
    suggestion: "yesNo",
    options: ["yesNo", "number", "date", "oneOf"],
  });
  expect(only("people", { id: "a", name: "A", weigth: 2 }).params).toMatchObject({ field: "weigth", suggestion: "weight" });
  expect(
    only("theses", { id: "t", statement: "S", questions: [{ question: "q", confirmedBy: "yes", confirmBy: "x" }] }).params,
  ).toMatchObject({ fields: ["question", "confirmedBy"], suggestion: "confirmedBy" });
  expect(only("assessments", { company: "a", criterion: "b", by: "c", on: "2024-01-01", level: 5 }).params).toMatchObject({
    found: "5",
    limit: "4",
    side: "most",
  });
  expect(only("forecasts", { question: "q", by: "a", on: "2024-01-01", probabilities: { X: 1 } }).params).toMatchObject({
    found: "X",
    part: "key",
  });
});

test("settings", () => {
  const settings = { id: "w", name: "W", asOf: "2024-03-31", currency: "USD", discountRate: 0.2 };
  expect(parseSettings(settings)).toEqual({ item: settings, problems: [] });
  const { problems } = parseSettings({ ...settings, currency: "dollars", discountRate: 20, rates: { CNY: -1 }, seed: 1.5 });
  expect(problems.map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual([
    "badIdentifier currency",
    "outOfRange rates.CNY",
    "outOfRange discountRate",
    "wrongType seed",
  ]);
});

test("the near name, and none where nothing is near", () => {
  expect(nearestName("quesions", ["questions", "facts"])).toBe("questions");
  expect(nearestName("zebra", ["questions", "facts"])).toBeUndefined();
  expect(nearestName("a", [])).toBeUndefined();
});
