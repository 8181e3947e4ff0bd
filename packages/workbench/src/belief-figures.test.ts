import { expect, test } from "vitest";
import { beliefOverTime, beliefsTold, readForecast, toldShares } from "./belief-figures.ts";
import { caseOutcomes } from "./case-outcomes.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

test("a question tells every forecast ever made, the pool after each day and the pool today", () => {
  const [succeeds, shown, weather] = beliefsTold(tinyWorkspace());
  expect(succeeds.forecasts.map(({ id, figures }) => [id, figures])).toEqual([
    ["ann/succeeds/2024-01-10", { kind: "yesNo", probability: 0.6 }],
    ["ann/succeeds/2024-03-01", { kind: "yesNo", probability: 0.15 }],
    ["bo/succeeds/2024-03-01", { kind: "yesNo", probability: 0.15 }],
  ]);
  expect(
    beliefOverTime(tinyWorkspace(), "succeeds").map(({ on, belief }) => [
      on,
      belief.kind === "yesNo" && Math.round(100 * belief.probability),
    ]),
  ).toEqual([
    ["2024-01-10", 60],
    ["2024-03-01", 15],
  ]);
  expect(succeeds.belief).toMatchObject({ kind: "yesNo", probability: expect.closeTo(0.15, 9) });
  // Shown on 30 September where it succeeds, else never: counted over scenarios.
  expect(shown.belief).toMatchObject({ kind: "date", never: expect.closeTo(0.85, 2) });
  expect(shown.belief?.kind === "date" && new Set(shown.belief.quantiles)).toEqual(new Set([19_996]));
  expect(weather.belief).toEqual({ kind: "yesNo", probability: 0.5 });
});

test("a question on which nobody has said anything yet has no belief, nor what is written on it", () => {
  const workspace = tinyWorkspace();
  workspace.forecasts = workspace.forecasts.filter(({ question }) => question !== "succeeds");
  expect(beliefsTold(workspace).map(({ belief }) => belief !== undefined)).toEqual([false, false, true]);
  expect(beliefOverTime(workspace, "succeeds")).toEqual([]);
});

test("what is typed is read as a file's formula is: quantiles where they were stated, problems within the text", () => {
  const workspace = tinyWorkspace();
  const number = { ...workspace.questions[0], kind: "number" as const };
  const { figures, problems } = readForecast(workspace, number, { distribution: "quantiles(10%: 5, 50%: 15, 90%: 50)" });
  expect(problems).toEqual([]);
  const at = (share: number): number =>
    (figures as { quantiles: number[] }).quantiles[toldShares.findIndex((one) => Math.abs(one - share) < 1e-9)];
  expect([at(0.1), at(0.5), at(0.9)].map((amount) => Number(amount.toFixed(6)))).toEqual([5, 15, 50]);
  expect(readForecast(workspace, number, { distribution: "50 to 5" }).problems).toMatchObject([{ code: "intervalOutOfOrder" }]);
  const listed = { ...number, kind: "oneOf" as const, options: ["a", "b"].map((id) => ({ id, name: id })) };
  expect(readForecast(workspace, listed, { probabilities: { a: "25%", b: 0.75 } }).figures).toEqual({
    kind: "oneOf",
    probabilities: { a: expect.closeTo(0.25, 12), b: expect.closeTo(0.75, 12) },
  });
  expect(readForecast(workspace, workspace.questions[0], { probability: "0.8 if weather else 0.2" }).figures).toBeUndefined();
});

test("the formulas under a case come out with their spread; alternatives with the worth of the review", () => {
  const { outcomes, problems } = caseOutcomes(tinyWorkspace(), "acme", { draws: 4096 });
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(outcomes!.alternatives.map(({ name }) => name)).toEqual(["pass", "now", "wait:shows"]);
  const equity = outcomes!.quantities.find(({ name }) => name === "equity")!;
  expect(equity).toMatchObject({ own: true, kind: "money", source: "if succeeds then worth_if_it_works else 30 USD" });
  expect(equity.spread!.mean!.amount).toBeCloseTo(30 + 0.15 * 270, 0);
  expect([equity.spread!.quantiles[0], equity.spread!.quantiles.at(-1)]).toEqual([30, 300]);
  expect(outcomes!.quantities.find(({ name }) => name === "worth_if_it_works")).toMatchObject({ own: false });
  expect(caseOutcomes(tinyWorkspace(), "nobody").outcomes).toBeUndefined();
});
