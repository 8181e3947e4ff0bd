import { expect, test } from "vitest";
import { compileWorkspace } from "./compile-workspace.ts";
import { generateWorkspace } from "./generate-workspace.ts";
import { redecide } from "./redecide.ts";
import { reviewWorkspace } from "./review-workspace.ts";

test("a re-decision has the review's key, decisions and worth of every question", () => {
  const workspace = generateWorkspace({ questions: 20, companies: 6, seed: 5 });
  const { review } = reviewWorkspace(workspace, { draws: 4096 });
  const { key, companies } = redecide(compileWorkspace(workspace), { draws: 4096 });
  expect(key).toBe(review!.key);
  expect(companies.map(({ leader }) => [leader.best, leader.worth.amount])).toEqual(
    review!.companies.map(({ best }) => [best.alternative, best.worth.amount]),
  );
  for (const [place, { evppis }] of companies.entries())
    for (const { question, worth } of review!.companies[place].questions) expect(evppis.get(question)!.amount).toBe(worth.amount);
});
