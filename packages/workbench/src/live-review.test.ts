import type { Beliefs } from "@watershed/engine";
import { expect, test } from "vitest";
import { compileWorkspace } from "./compile-workspace.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { generateWorkspace } from "./generate-workspace.ts";
import { LiveReview } from "./live-review.ts";
import { redecide } from "./redecide.ts";
import { reviewCompanies } from "./review-companies.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

const options = { draws: 4096 };
const certain = (probability: number): Beliefs[string] => ({ kind: "distribution", distribution: { kind: "bernoulli", probability } });

function withBeliefs(compiled: CompiledWorkspace, moved: Beliefs): CompiledWorkspace {
  return { ...compiled, pooled: { ...compiled.pooled, beliefs: { ...compiled.pooled.beliefs, ...moved } } };
}

test("move after move, decisions, review and key are those of a run from the start with the moved beliefs", () => {
  const compiled = compileWorkspace(generateWorkspace({ questions: 30, companies: 10, seed: 3 }));
  const live = new LiveReview(compiled, options);
  const yesNo = compiled.workspace.questions.filter(
    ({ kind, id }) => kind === "yesNo" && compiled.pooled.beliefs[id]?.kind === "distribution",
  );
  const moves: Beliefs[] = [
    {},
    ...yesNo.slice(0, 6).flatMap(({ id }, place) => [{ [id]: certain(0.1 + 0.1 * place) }, { [id]: certain(1) }]),
    {},
  ];
  let changed = 0;
  for (const moved of moves) {
    changed += live.move(moved).decisions.length;
    const fresh = redecide(withBeliefs(compiled, moved), options);
    const decisions = live.decisions();
    expect(live.key).toBe(fresh.key);
    expect(decisions.map(({ caseId, leader }) => ({ caseId, leader }))).toEqual(
      fresh.companies.map(({ caseId, leader }) => ({ caseId, leader })),
    );
  }
  expect(changed).toBeGreaterThan(10);
  expect(changed).toBeLessThan(moves.length * 10);
  const moved = { [yesNo[0].id]: certain(0.9), [yesNo[1].id]: certain(0.2) };
  live.review();
  live.move(moved);
  const { companies, agenda } = live.review();
  const again = withBeliefs(compiled, moved);
  const part = reviewCompanies(again, again.workspace.cases, options);
  expect(companies).toEqual(part.reviewed.map(({ review }) => ({ ...review, dissent: [] })));
  expect(agenda.length).toBeGreaterThan(5);
  for (const { worth } of agenda) expect(worth.key).toBe(part.key);
});

test("a company that a move makes impossible to compute is told, and comes back with the belief", () => {
  const workspace = tinyWorkspace();
  workspace.cases[0].quantities = { equity: "300 USD / (if succeeds then 1 else 0)" };
  workspace.questions[1].belief = "2024-09-30";
  const compiled = withBeliefs(compileWorkspace(workspace), { succeeds: certain(1) });
  const live = new LiveReview(compiled, options);
  expect(live.decisions().map(({ company }) => company)).toEqual(["acme"]);
  const { undecided, problems } = live.move({ succeeds: certain(0.5) });
  expect(undecided).toEqual(["acme_case"]);
  expect(problems.map(({ code }) => code)).toContain("undefinedDraws");
  expect(live.decisions()).toEqual([]);
  expect(live.move({}).decisions.map(({ company }) => company)).toEqual(["acme"]);
});
