import type { Workspace } from "@watershed/domain";
import { describe, expect, test } from "vitest";
import { compileWorkspace } from "./compile-workspace.ts";
import { explainCompany } from "./explain-company.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import type { CompanyReview, WorkspaceReview } from "./review.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";
import type { WhyNode } from "./why.ts";

type Review = Omit<WorkspaceReview, "problems">;

function reviewOf(workspace: Workspace, asOf?: string): Review {
  const { review, problems } = reviewWorkspace(workspace, { asOf, draws: 65_536 });
  expect(problems.filter((problem) => problem.severity === "error")).toEqual([]);
  return review!;
}

function acme(review: Review): CompanyReview {
  return review.companies[0];
}

/** Off by less than three standard errors, or by less than one draw of a shard in a thousand units of money. */
function near(estimate: { amount: number; standardError: number }, truth: number): void {
  expect(Math.abs(estimate.amount - truth), `${estimate.amount} ± ${estimate.standardError} against ${truth}`).toBeLessThanOrEqual(
    Math.max(3 * estimate.standardError, 300 / 8192),
  );
}

describe("a company by hand: 15% chance of 300, else 30; 60 today, 120 once it shows", () => {
  const company = acme(reviewOf(tinyWorkspace()));
  const worth = (name: string) => company.alternatives.find((alternative) => alternative.name === name)!.worth;

  test("now nets 0.15 * 300 + 0.85 * 30 - 60 = 10.5, waiting 0.15 * (300 - 120) = 27, passing 0", () => {
    near(worth("now"), 10.5);
    near(worth("wait:shows"), 27);
    expect(worth("pass").amount).toBe(0);
    expect(company.best).toMatchObject({ alternative: "wait:shows", clear: true, runnerUp: "now" });
  });

  test("the price to walk away at: now or never 60 * (70.5 / 60) = 70.5; against waiting 60 * 70.5 / 87 = 48.62", () => {
    const { againstBest, nowOrNever, bestOther } = company.reservationPrice!;
    expect(bestOther).toBe("wait:shows");
    near(nowOrNever.reachable ? nowOrNever.at : { amount: NaN, standardError: 0 }, 70.5);
    near(againstBest.reachable ? againstBest.at : { amount: NaN, standardError: 0 }, (60 * 70.5) / 87);
  });

  test("the price believes in a chance of 30 / 270 = 11.1%; the edge is 3.9 points and favourable", () => {
    const implied = company.implied.find((row) => row.question === "succeeds")!;
    expect(Math.abs(implied.implied.amount - 30 / 270)).toBeLessThanOrEqual(3 * implied.implied.standardError + 1e-12);
    expect(implied.belief).toBeCloseTo(0.15, 3);
    expect(implied.edge.amount).toBeCloseTo(0.15 - 30 / 270, 3);
    expect(implied.favourable).toBe(true);
  });

  test("waiting pays while we get in with at least 10.5 / 27 = 38.9%", () => {
    const { breakEvenAccess, probabilityTriggers, probabilityInvests } = company.waits[0];
    near(probabilityTriggers, 0.15);
    near(probabilityInvests, 0.15);
    expect(breakEvenAccess.reachable && breakEvenAccess.at.amount).toBeCloseTo(10.5 / 27, 2);
  });

  test("knowing now would be worth 0.15 * 240 - 27 = 9; the weather nothing, because nothing depends on it", () => {
    const succeeds = company.questions.find((row) => row.question === "succeeds")!;
    near(succeeds.worth, 0.15 * 240 - 27);
    expect(succeeds.distinguishable).toBe(true);
    expect(succeeds.answers.map(({ from, best }) => [from, best])).toEqual([
      [0, "wait:shows"], // worth nothing then, as passing is: today's choice stays
      [1, "now"],
    ]);
    expect(company.questions.map((row) => row.question)).not.toContain("weather");
  });

  test("the money comes back 0.15 * 5 + 0.85 * 0.5 = 1.175 times", () => {
    const multiple = company.alternatives.find((alternative) => alternative.name === "now")!.multipleOfMoney!;
    near(multiple, 1.175);
  });
});

describe("time", () => {
  test("as of January only Ann had spoken, and at 60% investing now is best", () => {
    const company = acme(
      reviewOf({ ...tinyWorkspace(), cases: tinyWorkspace().cases.map((one) => ({ ...one, on: "2024-01-01" })) }, "2024-01-31"),
    );
    expect(company.best.alternative).toBe("now");
    near(company.best.worth, 0.6 * 300 + 0.4 * 30 - 60);
  });

  test("nothing known after the day is visible, not even through a citation", () => {
    const { workspace } = compileWorkspace(tinyWorkspace());
    expect(workspace.facts.map((fact) => fact.id)).toEqual(["F-1"]);
    expect(workspace.forecasts.map((forecast) => forecast.on)).not.toContain("2024-05-01");
    expect(workspace.forecasts.find((forecast) => forecast.on === "2024-03-01" && forecast.by === "ann")!.sources).toEqual(["F-1"]);
  });

  test("once the world has answered, the question is no longer open", () => {
    const resolved = { ...tinyWorkspace(), resolutions: [{ question: "succeeds", on: "2024-03-15", outcome: true }] };
    const company = acme(reviewOf(resolved));
    near(company.best.worth, 240);
    expect(company.questions.map((row) => row.question)).not.toContain("succeeds");
  });
});

describe("a belief written as a formula", () => {
  test("gives way to the resolution, for a number as for a date", () => {
    const shown = { ...tinyWorkspace(), resolutions: [{ question: "shown_on", on: "2024-03-15", outcome: "2024-03-10" }] };
    const [trigger] = reviewOf(shown).triggers;
    expect(trigger.probability.amount).toBe(1);
  });
});

describe("keys and sameness", () => {
  test("the same workspace gives the same review, word for word", () => {
    expect(JSON.stringify(reviewOf(tinyWorkspace()))).toBe(JSON.stringify(reviewOf(tinyWorkspace())));
  });

  test("a changed forecast changes the key and moves the decision", () => {
    const before = reviewOf(tinyWorkspace());
    const changed = tinyWorkspace();
    changed.forecasts = changed.forecasts.map((forecast) =>
      forecast.on === "2024-03-01" && forecast.question === "succeeds" ? { ...forecast, probability: "80%" } : forecast,
    );
    const after = reviewOf(changed);
    expect(after.key).not.toBe(before.key);
    expect([acme(before).best.alternative, acme(after).best.alternative]).toEqual(["wait:shows", "now"]);
  });

  test("a question nobody depends on leaves every figure as it was", () => {
    const more = tinyWorkspace();
    more.questions = [{ ...more.questions[2], id: "another" }, ...more.questions];
    more.forecasts.push({ question: "another", by: "ann", on: "2024-03-01", probability: "40%" });
    const known = { ...more, streams: compileWorkspace(tinyWorkspace()).newStreams };
    expect(acme(reviewOf(known)).best.worth.amount).toBe(acme(reviewOf(tinyWorkspace())).best.worth.amount);
  });
});

describe("dissent", () => {
  test("a partner who alone would decide otherwise is named", () => {
    const torn = tinyWorkspace();
    torn.forecasts = torn.forecasts.map((forecast) =>
      forecast.by === "bo" && forecast.on === "2024-03-01" && forecast.question === "succeeds"
        ? { ...forecast, probability: "85%" }
        : forecast,
    );
    const company = acme(reviewOf(torn));
    expect(company.dissent.map(({ person, best }) => [person, best])).toEqual([
      ["ann", "wait:shows"],
      ["bo", "now"],
    ]);
    expect(company.dissent.filter((view) => view.flips)).toHaveLength(1);
  });
});

describe("agenda and triggers", () => {
  test("the agenda holds what some decision depends on, most worth first, and what each answer changes", () => {
    const { agenda } = reviewOf(tinyWorkspace());
    // The two tell each other: the company succeeds if and only if it is shown.
    expect(agenda.map((item) => item.question.id).sort()).toEqual(["shown_on", "succeeds"]);
    const succeeds = agenda.find((item) => item.question.id === "succeeds")!;
    expect(succeeds.changes.map(({ company, best, instead }) => [company, best, instead])).toEqual([["acme", "now", "wait:shows"]]);
    expect(agenda.map((item) => item.question.id)).not.toContain("weather");
  });

  test("a trigger is shown with its chance and with who waits for it", () => {
    const [trigger] = reviewOf(tinyWorkspace()).triggers;
    near(trigger.probability, 0.15);
    expect(trigger.companies).toEqual(["acme"]);
  });
});

describe("theses", () => {
  test("stand beside the chance of the answers that would confirm them, where asked for", () => {
    const workspace = tinyWorkspace();
    workspace.theses = [
      {
        id: "it_works",
        statement: "It works",
        questions: [
          { question: "succeeds", confirmedBy: "yes" },
          { question: "weather", confirmedBy: "no" },
          { question: "shown_on", confirmedBy: "shown_on <= 2024-12-31" },
        ],
      },
    ];
    expect(reviewOf(workspace).theses).toEqual([]);
    const { review } = reviewWorkspace(workspace, { draws: 65_536, theses: true });
    const [{ confirmations }] = review!.theses;
    expect(confirmations.map(({ question }) => question)).toEqual(["succeeds", "weather", "shown_on"]);
    confirmations.forEach(({ probability }, index) => expect(probability.amount).toBeCloseTo([0.15, 0.5, 0.15][index], 2));
  });

  test("with a condition that is no condition are a problem of their own place", () => {
    const workspace = tinyWorkspace();
    workspace.theses = [{ id: "it_works", statement: "It works", questions: [{ question: "succeeds", confirmedBy: "3 USD" }] }];
    expect(reviewWorkspace(workspace, { draws: 1024 }).problems).toMatchObject([
      { code: "kindMismatch", place: { kind: "theses", index: 0, path: ["questions", 0, "confirmedBy"] } },
    ]);
  });
});

describe("why", () => {
  test("the tree reaches from the recommendation to forecasts and sources", () => {
    const { explanation } = explainCompany(tinyWorkspace(), "acme", { draws: 4096 });
    const nodes = explanation!.why.flatMap(everyNode);
    expect(nodes.filter((node) => node.node === "forecast").map((node) => node.id)).toEqual([
      "ann/succeeds/2024-03-01",
      "bo/succeeds/2024-03-01",
    ]);
    expect(nodes.filter((node) => node.node === "source").map((node) => node.id)).toContain("F-1");
    expect(nodes.filter((node) => node.node === "formula").map((node) => node.name)).toEqual(
      expect.arrayContaining(["acme_case.exitValue", "acme_case.equity", "worth_if_it_works"]),
    );
    expect(explanation!.stepUps[0].at!.amount).toBeCloseTo((300 - 120 * (10.5 / 27 / 1)) / 60, -1);
  });
});

describe("problems", () => {
  const broken = (change: (workspace: Workspace) => void) => {
    const workspace = tinyWorkspace();
    change(workspace);
    return reviewWorkspace(workspace, { draws: 4096 });
  };

  test("a formula problem is placed in the item it is written in, and nothing is computed", () => {
    const { review, problems } = broken((workspace) => (workspace.cases[0].quantities!.equity = "if succeds then 300 USD else 30 USD"));
    expect(review).toBeUndefined();
    expect(problems).toMatchObject([
      {
        code: "unknownName",
        place: { kind: "cases", index: 0, path: ["quantities", "equity"] },
        within: { from: 3, to: 10 },
        params: { suggestions: ["succeeds"] },
      },
    ]);
  });

  test("a probability of 130% is placed in its forecast", () => {
    const { problems } = broken((workspace) => (workspace.forecasts[1].probability = "130%"));
    expect(problems).toMatchObject([{ code: "probabilityOutsideUnit", place: { kind: "forecasts", path: ["probability"] } }]);
  });

  test("a cycle among quantities is one problem with its path", () => {
    const { problems } = broken(
      (workspace) =>
        (workspace.quantities = [
          { id: "worth_if_it_works", formula: "twice / 2" },
          { id: "twice", formula: "worth_if_it_works * 2" },
        ]),
    );
    expect(problems).toMatchObject([{ code: "cycle" }]);
  });

  test("a draw that cannot be computed takes its company out of the review, with the operator that made it", () => {
    const { review, problems } = broken((workspace) => (workspace.cases[0].exitValue = "equity * log(weather * 1)"));
    expect(review!.companies).toEqual([]);
    expect(review!.notAppraised).toMatchObject([{ company: { id: "acme" }, reason: "undefined" }]);
    expect(problems).toMatchObject([
      { code: expect.stringMatching(/undefinedDraws|notFinite/), place: { kind: "cases", path: ["exitValue"] } },
    ]);
  });

  test("a question nobody has a belief on is reported where a case depends on it", () => {
    const { review, problems } = broken(
      (workspace) => (workspace.forecasts = workspace.forecasts.filter((forecast) => forecast.question !== "succeeds")),
    );
    expect(problems).toMatchObject([{ code: "beliefMissing", params: { question: "succeeds" } }]);
    expect(review!.notAppraised).toMatchObject([{ company: { id: "acme" }, reason: "noBelief", questions: ["succeeds"] }]);
    expect(review!.triggers).toEqual([]);
  });

  test("a price that varies by scenario is not a price on offer", () => {
    const { problems } = broken((workspace) => (workspace.cases[0].now!.preMoney = "50 USD to 70 USD"));
    expect(problems).toMatchObject([{ code: "termNotConstant", place: { path: ["now", "preMoney"] } }]);
  });
});

function everyNode(node: WhyNode): WhyNode[] {
  return [node, ...node.children.flatMap(everyNode)];
}
