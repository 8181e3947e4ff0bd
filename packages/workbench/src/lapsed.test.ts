import type { Workspace } from "@watershed/domain";
import { describe, expect, test } from "vitest";
import { compileWorkspace } from "./compile-workspace.ts";
import { explainCompany } from "./explain-company.ts";
import { LiveReview } from "./live-review.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import type { ReviewResult } from "./review-workspace.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

const draws = 16_384;

/** The tiny fund, seen from 2024-03-31, with a rumour that came before and a change of its deadlines or its case. */
function changed(change: (workspace: Workspace) => void): Workspace {
  const workspace = tinyWorkspace();
  workspace.triggers.push({ id: "rumour", name: "A rumour", when: "2024-01-15", deadline: "2024-06-30" });
  change(workspace);
  return workspace;
}

const reviewed = (workspace: Workspace, asOf?: string): ReviewResult => reviewWorkspace(workspace, { draws, asOf });
const namesOf = ({ review }: ReviewResult): string[] => review!.companies[0].alternatives.map(({ name }) => name).sort();
const codesOf = ({ problems }: ReviewResult): string[] => problems.map(({ code }) => code);

describe("a trigger whose deadline lies before the day of the run", () => {
  const late = changed(({ triggers }) => void (triggers[0].deadline = "2024-03-30"));

  test("is no alternative, and told with its deadline and who waits for it", () => {
    const found = reviewed(late);
    expect(namesOf(found)).toEqual(["now", "pass"]);
    expect(found.review!.companies[0].waits).toEqual([]);
    expect(found.review!.triggers).toMatchObject([{ trigger: "rumour", companies: [] }]);
    const params = { trigger: "shows", deadline: "2024-03-30", day: "2024-03-31", companies: ["acme"] };
    const place = { kind: "triggers", index: 0, path: ["deadline"] };
    expect(found.problems).toEqual([{ code: "triggerLapsed", severity: "warning", place, params }]);
  });

  test("is none in a live review either", () => {
    const [decision] = new LiveReview(compileWorkspace(late), { draws: 1024 }).decisions();
    expect(decision.alternatives.map(({ name }) => name).sort()).toEqual(["now", "pass"]);
  });

  test("of a yes or no likewise; nobody who waits for it, nothing to tell", () => {
    const yes = changed(({ triggers }) => Object.assign(triggers[0], { when: "succeeds", deadline: "2024-01-01" }));
    expect(namesOf(reviewed(yes))).toEqual(["now", "pass"]);
    const idle = changed(({ triggers }) => void (triggers[1].deadline = "2024-01-31"));
    expect(codesOf(reviewed(idle))).toEqual([]);
  });

  test("can be waited for on its last day, and as of an earlier one", () => {
    expect(namesOf(reviewed(changed(({ triggers }) => void (triggers[0].deadline = "2024-03-31"))))).toContain("wait:shows");
    const settled = changed(({ triggers, cases }) => {
      triggers[0].deadline = "2024-03-30";
      cases[0].on = "2024-03-01";
    });
    expect(namesOf(reviewed(settled, "2024-03-15"))).toContain("wait:shows");
    expect(codesOf(reviewed(settled, "2024-03-15"))).toEqual([]);
    expect(namesOf(reviewed(tinyWorkspace(), "2025-01-01"))).toEqual(["now", "pass"]);
  });

  test("[WAIT4] one that fired before today still fires today while its deadline lies ahead", () => {
    const found = reviewed(changed(({ cases }) => void (cases[0].wait = [{ trigger: "rumour", preMoney: "60 USD" }])));
    expect(found.problems).toEqual([]);
    expect(found.review!.companies[0].waits[0]).toMatchObject({
      probabilityTriggers: { amount: 1 },
      fires: { from: "2024-03-31", to: "2024-03-31" },
    });
  });

  test("stops nothing where a price is written on its day", () => {
    const dated = structuredClone(late);
    dated.cases[0].wait![0].preMoney = "60 USD * (1 + years(triggerDate - today))";
    expect(codesOf(reviewed(dated))).toEqual(["triggerLapsed"]);
    expect(namesOf(reviewed(dated))).toEqual(["now", "pass"]);
  });

  test("leaves a case without another choice to pass", () => {
    const only = structuredClone(late);
    delete only.cases[0].now;
    only.cases[0].wait![0].preMoney = "120 USD";
    const found = reviewed(only);
    expect(namesOf(found)).toEqual(["pass"]);
    expect(codesOf(found)).toEqual(["triggerLapsed"]);
  });

  test("of several, the others are waited for on their own", () => {
    const several = changed(({ triggers, cases }) => {
      triggers[1].deadline = "2024-01-31";
      const terms = { ticket: "120 USD", preMoney: "preMoney * 2", newMoney: "0 USD" };
      cases[0].wait = [
        { triggers: ["rumour", "shows"], ...terms },
        { trigger: "shows", ...terms },
      ];
    });
    const found = reviewed(several);
    const [both, one] = found.review!.companies[0].waits;
    expect(both).toMatchObject({ trigger: "rumour+shows", name: "It shows", deadline: "2024-12-31" });
    expect(both.triggers.map(({ trigger }) => trigger)).toEqual(["shows"]);
    expect(both.probabilityInvests.amount).toBe(one.probabilityInvests.amount);
    expect(codesOf(found)).toEqual(["triggerLapsed"]);
  });

  test("makes a right to follow on worth nothing, and leaves the small ticket", () => {
    const staged = changed(({ triggers, cases }) => {
      triggers[1].deadline = "2024-01-31";
      const price = "10 USD * (1 + years(triggerDate - today))";
      const followOn = { trigger: "rumour", ticket: "60 USD", preMoney: price, newMoney: "60 USD" };
      cases[0].stage = { ticket: "6 USD", preMoney: "54 USD", newMoney: "6 USD", followOn };
    });
    const found = reviewed(staged);
    const stage = found.review!.companies[0].stage!;
    expect(stage).toMatchObject({ worthOfRight: { amount: 0 }, probabilityFollowsOn: { amount: 0 } });
    expect(stage.worth.amount).toBeCloseTo(stage.withoutRight.amount, 9);
    expect(codesOf(found)).toEqual(["triggerLapsed"]);
    const { explanation } = explainCompany(staged, "acme", { draws });
    expect(explanation!.stepUps.at(-1)).toMatchObject({ alternative: "staged" });
  });
});

describe("an exit before the day of the run", () => {
  const exit = (exitDate: string): ReviewResult => reviewed(changed(({ cases }) => void (cases[0].exitDate = exitDate)));

  test("in more than half of the draws is told", () => {
    expect(exit("2020-01-01").problems).toEqual([
      {
        code: "exitPassed",
        severity: "warning",
        place: { kind: "cases", index: 0, path: ["exitDate"] },
        params: { column: "acme_case.exitDate", count: draws, draws, day: "2024-03-31" },
      },
    ]);
    expect(codesOf(exit("if succeeds then 2026-03-31 else 2024-03-30"))).toEqual(["exitPassed"]);
  });

  test("in fewer, on that day, or never is not", () => {
    for (const day of ["if succeeds then 2024-03-30 else 2026-03-31", "2024-03-31", "never"]) expect(codesOf(exit(day)), day).toEqual([]);
  });
});
