import { expect, test } from "vitest";
import { compileWorkspace } from "./compile-workspace.ts";
import { withMoves } from "./moves.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";
import { WhatIfReview } from "./what-if.ts";

const draws = 4096;

test("a belief supposed in words gives the decision that a workspace with such a forecast has", () => {
  const workspace = tinyWorkspace();
  const live = new WhatIfReview(workspace, { draws });
  for (const probability of ["5%", "20%", "90%"]) {
    const { companies, problems } = live.move([{ question: "succeeds", probability }]);
    const fresh = reviewWorkspace(withMoves(workspace, [{ question: "succeeds", probability }]), { draws }).review!;
    expect(problems).toEqual([]);
    expect(companies).toHaveLength(1);
    const [company] = fresh.companies;
    expect(companies[0].best.alternative).toBe(company.best.alternative);
    expect(companies[0].best.worth.amount).toBeCloseTo(company.best.worth.amount, 9);
    expect(companies[0].againstBest).toMatchObject({ reachable: company.reservationPrice!.againstBest.reachable });
    expect(live.review()!.companies[0].best.worth.amount).toBeCloseTo(company.best.worth.amount, 9);
  }
  const decided = [
    live.move([{ question: "succeeds", probability: "5%" }]).companies[0].best.alternative,
    live.move([{ question: "succeeds", probability: "90%" }]).companies[0].best.alternative,
  ];
  expect(new Set(decided).size).toBe(2);
});

test("a question whose belief is a formula gets one of its own when it is moved, and its formula back when it is let go", () => {
  const workspace = tinyWorkspace();
  const live = new WhatIfReview(workspace, { draws });
  const saved = live.review()!.companies[0].best;
  const never = live.move([{ question: "shown_on", distribution: "dates(2024-12-31: 1%, never: 99%)" }]);
  expect(never.problems).toEqual([]);
  const moves = [{ question: "shown_on", distribution: "dates(2024-12-31: 1%, never: 99%)" }];
  const [fresh] = reviewWorkspace(withMoves(workspace, moves), { draws }).review!.companies;
  expect(live.review()!.companies[0].best.worth.amount).toBeCloseTo(fresh.best.worth.amount, 6);
  live.move([]);
  expect(live.review()!.companies[0].best.worth.amount).toBeCloseTo(saved.worth.amount, 9);
});

test("what cannot be read is told within its text, and its question keeps the saved belief", () => {
  const live = new WhatIfReview(tinyWorkspace(), { draws });
  const saved = live.review()!.companies[0].best.worth.amount;
  const { problems } = live.move([{ question: "succeeds", probability: "120%" }]);
  expect(problems).toMatchObject([{ code: "probabilityOutsideUnit", within: { from: 0, to: 4 } }]);
  expect(live.review()!.companies[0].best.worth.amount).toBeCloseTo(saved, 9);
});

test("supposing lays all other forecasts on a question aside and leaves the rest as it was", () => {
  const workspace = tinyWorkspace();
  const moved = withMoves(workspace, [{ question: "succeeds", probability: "40%" }]);
  expect(moved.forecasts.filter(({ question }) => question === "succeeds")).toMatchObject([{ probability: "40%", on: "2024-03-31" }]);
  expect(moved.forecasts.filter(({ question }) => question === "weather")).toEqual(
    workspace.forecasts.filter(({ question }) => question === "weather"),
  );
  expect(withMoves(workspace, [])).toBe(workspace);
  expect(compileWorkspace(moved).pooled.beliefs.succeeds).toEqual({
    kind: "distribution",
    distribution: { kind: "bernoulli", probability: 0.4 },
  });
});
