import { expect, test } from "vitest";
import { decisionChanges } from "./decision-changes.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

const before = tinyWorkspace();
const review = (workspace: typeof before) => reviewWorkspace(workspace, { draws: 4096 }).review!;

test("a forecast that flips a decision is told as its reason, one on a question that nothing depends on is not", () => {
  const forecasts = [
    { question: "succeeds", by: "ann", on: "2024-03-31", probability: "95%" },
    { question: "succeeds", by: "bo", on: "2024-03-31", probability: "95%" },
    { question: "weather", by: "bo", on: "2024-03-31", probability: "10%" },
  ];
  const after = { ...before, forecasts: [...before.forecasts, ...forecasts] };
  const changes = forecasts.map((forecast) => ({ kind: "forecasts" as const, id: `${forecast.by}/${forecast.question}`, after: forecast }));
  const found = decisionChanges({ before: review(before), after: review(after) }, after, changes);
  expect(found).toMatchObject([
    {
      company: "acme",
      before: { alternative: review(before).companies[0].best.alternative },
      after: { alternative: "now" },
      flipped: true,
      because: [
        { kind: "forecasts", id: "ann/succeeds" },
        { kind: "forecasts", id: "bo/succeeds" },
      ],
    },
  ]);
});

test("a quantity and the company's own case are reasons; nothing moved is no change", () => {
  const quantities = [{ id: "worth_if_it_works", formula: "320 USD" }];
  const after = { ...before, quantities };
  const changes = [
    { kind: "quantities" as const, id: "worth_if_it_works", before: before.quantities[0], after: quantities[0] },
    { kind: "cases" as const, id: "acme_case", before: before.cases[0], after: before.cases[0] },
    { kind: "companies" as const, id: "acme", before: before.companies[0], after: before.companies[0] },
  ];
  const [change] = decisionChanges({ before: review(before), after: review(after) }, after, changes);
  expect(change.because.map(({ id }) => id)).toEqual(["worth_if_it_works", "acme_case"]);
  expect(decisionChanges({ before: review(before), after: review(before) }, before, changes)).toEqual([]);
});

test("a company that had no figures before has flipped", () => {
  expect(decisionChanges({ after: review(before) }, before, [])).toMatchObject([{ company: "acme", before: undefined, flipped: true }]);
});
