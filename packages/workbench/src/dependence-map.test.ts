import { expect, test } from "vitest";
import { compileWorkspace } from "./compile-workspace.ts";
import { dependenceMap } from "./dependence-map.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";
import { generateWorkspace } from "./generate-workspace.ts";
import { columnsOf } from "./case-columns.ts";

test("a company rests on what its case names, a trigger on what it watches, a question on what its belief names", () => {
  const { nodes, edges } = dependenceMap(compileWorkspace(tinyWorkspace()));
  expect(nodes.map(({ key }) => key)).toEqual([
    "question:succeeds",
    "question:shown_on",
    "quantity:worth_if_it_works",
    "trigger:shows",
    "company:acme",
  ]); // nothing rests on the weather
  expect(edges).toEqual([
    { from: "question:succeeds", to: "question:shown_on" },
    { from: "question:succeeds", to: "company:acme" },
    { from: "question:shown_on", to: "trigger:shows" },
    { from: "quantity:worth_if_it_works", to: "company:acme" },
    { from: "trigger:shows", to: "company:acme" },
  ]);
});

test("a forecast that names another question is an edge, and so is a correlation, without direction", () => {
  const tiny = tinyWorkspace();
  const { edges, tied } = dependenceMap(
    compileWorkspace({
      ...tiny,
      forecasts: [...tiny.forecasts, { question: "weather", by: "ann", on: "2024-03-01", probability: "0.3 if succeeds else 0.6" }],
      questions: tiny.questions.map((one) => (one.id === "shown_on" ? { ...one, belief: "2024-09-30 to 2025-09-30" } : one)),
      correlations: [],
    }),
  );
  expect(edges).toContainEqual({ from: "question:succeeds", to: "question:weather" });
  expect(tied).toEqual([]);
});

test("everything that a review finds a company to depend on lies upstream of it on the map", () => {
  const compiled = compileWorkspace(generateWorkspace({ questions: 40, companies: 12, seed: 3 }));
  const { edges } = dependenceMap(compiled);
  for (const investmentCase of compiled.workspace.cases) {
    const reached = new Set([`company:${investmentCase.company}`]);
    for (const key of reached) for (const { from, to } of edges) if (to === key) reached.add(from);
    for (const question of columnsOf(compiled, investmentCase).questions) expect(reached).toContain(`question:${question}`);
  }
});
