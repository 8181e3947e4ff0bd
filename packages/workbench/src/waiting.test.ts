import { checkReferences } from "@watershed/domain";
import type { Workspace } from "@watershed/domain";
import { describe, expect, test } from "vitest";
import { compileWorkspace } from "./compile-workspace.ts";
import { explainCompany } from "./explain-company.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import type { CompanyReview } from "./review.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

const draws = 16_384;

/** The tiny fund with a change; success (15%) is worth 300, failure 30, everything costs 60 today, twice that once success shows. */
function changed(change: (workspace: Workspace) => void): Workspace {
  const workspace = tinyWorkspace();
  change(workspace);
  return workspace;
}

function acme(workspace: Workspace): CompanyReview {
  const { review, problems } = reviewWorkspace(workspace, { draws });
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  return review!.companies[0];
}

const worthOf = (review: CompanyReview, name: string): number => review.alternatives.find((one) => one.name === name)!.worth.amount;
const near = (amount: number, exact: number, tolerance: number): void => expect(Math.abs(amount - exact)).toBeLessThanOrEqual(tolerance);

describe("waiting for the first of several triggers", () => {
  const two = changed((workspace) => {
    workspace.questions.push({
      ...workspace.questions[1],
      id: "rumour_on",
      text: "When is there a rumour?",
      belief: "if succeeds or weather then 2024-06-30 else never",
    });
    workspace.triggers.push({ id: "rumour", name: { en: "A rumour", zh: "传闻" }, when: "rumour_on", deadline: "2024-12-31" });
    workspace.cases[0].wait!.push({
      triggers: ["rumour", "shows"],
      ticket: "if fired is rumour then 60 USD else 120 USD",
      preMoney: "preMoney",
      newMoney: "0 USD",
      onTrigger: { shows: { preMoney: "preMoney * 2" } },
    });
  });

  test("each has its own terms; what has fired is known; the next may be waited for", () => {
    const review = acme(two);
    // The rumour: P = 1 - 0.85 * 0.5 = 0.575, of which 0.15 succeed. Acting on it nets 0.15 * 240 - 0.425 * 30 = 23.25; going on to
    // the demonstration nets 0.15 * 180 = 27, so the rumour is let pass.
    near(worthOf(review, "wait:rumour+shows"), 27, 0.2);
    const wait = review.waits.find(({ trigger }) => trigger === "rumour+shows")!;
    expect(wait.name).toEqual({ en: "A rumour, or It shows", zh: "传闻，或It shows" });
    near(wait.triggers[0].probabilityFirst.amount, 0.575, 0.005);
    expect(wait.triggers[1].probabilityFirst.amount).toBe(0);
    near(wait.triggers[1].probabilityInvests.amount, 0.15, 0.003);
    expect(wait.invests).toEqual({ from: "2024-09-30", to: "2024-09-30" });
    expect(review.best.alternative).toBe("wait:shows");
  });

  test("where it decides once, or the next is too dear, the first is acted on", () => {
    const once = structuredClone(two);
    once.cases[0].wait![1].decideOnce = true;
    near(worthOf(acme(once), "wait:rumour+shows"), 23.25, 0.3);
    const dear = structuredClone(two);
    dear.cases[0].wait![1].onTrigger!.shows.preMoney = "preMoney * 3";
    near(worthOf(acme(dear), "wait:rumour+shows"), 23.25, 0.3);
  });

  test("the trigger to watch names who waits for it, also as one of several", () => {
    const only = structuredClone(two);
    only.cases[0].wait = [only.cases[0].wait![1]];
    const { review } = reviewWorkspace(only, { draws });
    expect(review!.companies[0].best.alternative).toBe("wait:rumour+shows");
    expect(review!.triggers.map(({ trigger, companies }) => [trigger, companies])).toEqual([
      ["shows", ["acme"]],
      ["rumour", ["acme"]],
    ]);
    const { explanation } = explainCompany(only, "acme", { draws });
    const tree = JSON.stringify(explanation!.why);
    expect(tree).toContain('"trigger":"rumour"');
    // Both prices at the same multiple of today's: acting on the rumour nets 0.15 * (300 / s) ... is worth 10.5 up to a price.
    expect(explanation!.stepUps[0]).toMatchObject({ alternative: "wait:rumour+shows", trigger: "rumour+shows" });
  });

  test("a wrong formula that is read for every trigger is told once; no trigger, one twice and terms for another are told", () => {
    const wrong = structuredClone(two);
    wrong.cases[0].wait![1].preMoney = "nowhere";
    wrong.cases[0].wait![1].onTrigger = {};
    expect(compileWorkspace(wrong).problems.filter(({ code }) => code === "unknownName")).toHaveLength(1);
    const shapes = structuredClone(two);
    shapes.cases[0].wait = [
      { preMoney: "1 USD" },
      { triggers: ["shows", "shows"], preMoney: "1 USD", onTrigger: { rumor: { preMoney: 1 } } },
    ];
    expect(codes(shapes)).toEqual(expect.arrayContaining(["missingField", "triggerTwice", "triggerNotWaitedFor"]));
  });
});

const codes = (workspace: Workspace): string[] =>
  [...checkReferences(workspace), ...compileWorkspace(workspace).problems].map(({ code }) => code);

describe("signals", () => {
  const read = (more: Partial<Workspace["signals"][number]>, known = ["calls"]): Workspace =>
    changed((workspace) => {
      workspace.signals.push({ id: "calls", name: "Reference calls", question: "succeeds", readOn: "2024-06-30", ...more });
      workspace.triggers.push({ id: "midyear", name: "Mid-year", when: "2024-07-01", deadline: "2024-12-31" });
      workspace.cases[0].wait = [{ trigger: "midyear", ticket: "60 USD", preMoney: "60 USD", newMoney: "0 USD", known }];
    });

  test("sensitivity and specificity: Bayes on the day it is read", () => {
    // After a yes: 0.15 * 0.8 * 240 - 0.85 * 0.3 * 30 = 21.15; after a no: 0.15 * 0.2 * 240 - 0.85 * 0.7 * 30 = -10.65.
    const review = acme(read({ sensitivity: "80%", specificity: "70%" }));
    near(worthOf(review, "wait:midyear"), 21.15, 0.25);
    near(review.waits[0].probabilityInvests.amount, 0.15 * 0.8 + 0.85 * 0.3, 0.004);
  });

  test("one that says nothing is worth nothing, one that is read too late is not known, a perfect one is the answer", () => {
    near(worthOf(acme(read({ sensitivity: "50%", specificity: "50%" })), "wait:midyear"), 10.5, 0.2);
    near(worthOf(acme(read({ sensitivity: "80%", specificity: "70%", readOn: "2024-07-02" })), "wait:midyear"), 10.5, 0.2);
    near(worthOf(acme(read({ sensitivity: "100%" })), "wait:midyear"), 0.15 * 240, 0.3);
  });

  test("all signals on the questions of the exit are known unless the wait lists what is", () => {
    const all = read({ sensitivity: "80%", specificity: "70%" });
    delete all.cases[0].wait![0].known;
    near(worthOf(acme(all), "wait:midyear"), 21.15, 0.25);
    near(worthOf(acme(read({ sensitivity: "80%" }, [])), "wait:midyear"), 10.5, 0.2);
  });

  test("a noisy reading of a number, and a trigger that depends on a signal", () => {
    const noisy = changed((workspace) => {
      const { dimension, criterion, resolveBy } = workspace.questions[0];
      workspace.questions.push({
        id: "size",
        text: "S",
        kind: "number",
        unit: "USD",
        dimension,
        criterion,
        resolveBy,
        belief: "normal(60 USD, 40 USD)",
      });
      workspace.signals.push({ id: "survey", name: "A survey", question: "size", readOn: "2024-06-30", noise: "30 USD" });
      workspace.triggers.push({
        id: "surveyed",
        name: "S",
        when: "if survey > 0 USD then survey.readOn else never",
        deadline: "2024-12-31",
      });
      workspace.cases[0].quantities = {};
      workspace.cases[0].exitValue = "max(size, 0 USD)";
      workspace.cases[0].wait = [{ trigger: "surveyed", ticket: "60 USD", preMoney: "60 USD", newMoney: "0 USD", known: ["survey"] }];
    });
    const review = acme(noisy);
    // The survey is normal(60, 50): it is above 0 with Phi(1.2) = 0.8849. Posterior mean 60 + 0.64 (s - 60), so that with
    // m = posterior mean of the size, E[max(m - 60, 0)] = 40 * 0.8 * 0.39894 = 12.77, less what truncation at 0 moves.
    near(review.waits[0].probabilityTriggers.amount, 0.8849, 0.004);
    near(worthOf(review, "wait:surveyed"), 12.77, 0.6);
    expect(review.waits[0].policy).toBe("regression");
  });

  test("of a list: the right answer with the accuracy, any other alike", () => {
    const poll = changed((workspace) => {
      const { dimension, criterion, resolveBy } = workspace.questions[0];
      const options = ["a", "b", "c"].map((id) => ({ id, name: id }));
      workspace.questions.push({ id: "leader", text: "L", kind: "oneOf", options, dimension, criterion, resolveBy });
      workspace.forecasts.push({ question: "leader", by: "ann", on: "2024-03-01", probabilities: { a: "50%", b: "30%", c: "20%" } });
      workspace.signals.push({ id: "poll", name: "A poll", question: "leader", readOn: "2024-06-30", accuracy: "70%" });
      workspace.triggers.push({ id: "polled", name: "P", when: "if poll is a then 2024-07-01 else never", deadline: "2024-12-31" });
      workspace.cases[0].wait = [{ trigger: "polled", preMoney: "60 USD", known: [] }];
    });
    near(acme(poll).waits[0].probabilityTriggers.amount, 0.5 * 0.7 + 0.5 * 0.15, 0.004);
  });

  test("one on a question that nobody had asked yet, or whose formula is broken, stops nothing else", () => {
    const later = read({ sensitivity: "80%", specificity: "70%", question: "weather" }, []);
    later.questions.find(({ id }) => id === "weather")!.askedOn = "2024-05-01";
    near(worthOf(acme(later), "wait:midyear"), 10.5, 0.2);
    const broken = read({ sensitivity: "80%", specificity: "70%", readOn: "nowhere" });
    const { review, problems } = reviewWorkspace(broken, { draws });
    expect(problems.map(({ code }) => code)).toContain("unknownName");
    expect(
      review?.companies.flatMap(({ alternatives }) => alternatives.filter(({ worth }) => !Number.isFinite(worth.amount))) ?? [],
    ).toEqual([]);
  });

  test("of a date: by a day, or with a noise that leaves a never a never", () => {
    const said = read({ question: "shown_on", sensitivity: "90%", specificity: "60%" });
    said.triggers.push({ id: "hint", name: "H", when: "if calls then calls.readOn else never", deadline: "2024-12-31" });
    said.cases[0].wait = [{ trigger: "hint", ticket: "60 USD", preMoney: "60 USD", newMoney: "0 USD", known: [] }];
    // It shows by the deadline of its question with 15%: the signal says yes in 0.15 * 0.9 + 0.85 * 0.4 = 47.5%.
    near(acme(said).waits[0].probabilityTriggers.amount, 0.475, 0.004);
    // Noise hides the day and not the never: whoever reads a day knows of success.
    near(worthOf(acme(read({ question: "shown_on", noise: "60 days" })), "wait:midyear"), 0.15 * 240, 0.3);
  });

  test("what does not fit the question is told", () => {
    expect(codes(read({}))).toContain("signalUnfit");
    expect(codes(read({ noise: "3" }))).toContain("signalUnfit");
    expect(codes(read({ sensitivity: "80%", reading: "succeeds" }))).toContain("signalUnfit");
    expect(codes(read({ sensitivity: "80%", question: "nothing" }))).toContain("unknownReference");
    expect(codes(read({ sensitivity: "80%" }, ["call"]))).toContain("unknownReference");
    expect(codes(read({ sensitivity: "3 USD" }))).toContain("kindMismatch");
    expect(codes(read({ sensitivity: "80%", specificity: "70%" }))).toEqual([]);
  });
});

describe("a staged investment", () => {
  const staged = changed((workspace) => {
    workspace.cases[0].stage = {
      ticket: "6 USD",
      preMoney: "54 USD",
      newMoney: "6 USD",
      followOn: { trigger: "shows", ticket: "stage.share * 120 USD", preMoney: "min(preMoney * 2, 100 USD)", newMoney: "20 USD" },
    };
  });

  test("the small ticket, the right to follow on at a capped price, and what both cost", () => {
    const review = acme(staged);
    const stage = review.stage!;
    // A tenth of the company: 0.1 * (0.15 * 300 + 0.85 * 30) - 6 = 1.05. Following on: pro rata 12 of 120 at 100 + 20, a tenth of 300.
    near(stage.withoutRight.amount, 1.05, 0.05);
    near(stage.worthOfRight.amount, 0.15 * (0.1 * 300 - 12), 0.05);
    near(worthOf(review, "staged"), 1.05 + 2.7, 0.08);
    near(stage.probabilityFollowsOn.amount, 0.15, 0.003);
    near(stage.expectedMoney.amount, 6 + 0.15 * 12, 0.03);
    expect(stage.followOn.breakEvenAccess).toMatchObject({ reachable: false, side: "alwaysBehind" });
    const { explanation } = explainCompany(staged, "acme", { draws });
    expect(explanation!.stepUps.at(-1)).toMatchObject({ alternative: "staged" });
    expect(explanation!.why.some((node) => node.node === "measure" && node.measure === "staged")).toBe(true);
  });

  test("a right that costs nothing never makes the small ticket worse, and a worthless one adds nothing", () => {
    const dear = structuredClone(staged);
    dear.cases[0].stage!.followOn.preMoney = "1000 USD";
    const { stage } = acme(dear);
    expect(stage!.worthOfRight.amount).toBe(0);
    expect(stage!.worth.amount).toBeCloseTo(stage!.withoutRight.amount, 9);
  });

  test("worth to the parent counts once, with the first ticket", () => {
    const strategic = structuredClone(staged);
    strategic.cases[0].strategicWorth = "2 USD";
    near(acme(strategic).stage!.worth.amount, 1.05 + 2.7 + 2, 0.08);
  });

  test("a stage without a price, where nothing is on offer now, is told", () => {
    const priceless = structuredClone(staged);
    delete priceless.cases[0].stage!.preMoney;
    delete priceless.cases[0].now;
    expect(codes(priceless)).toContain("missingField");
  });
});

test("price, ticket and access of the later day may be drawn", () => {
  const drawn = changed((workspace) => {
    workspace.cases[0].wait![0] = {
      trigger: "shows",
      ticket: "mixture(50%: uniform(119 USD, 121 USD), 50%: uniform(239 USD, 241 USD))",
      preMoney: "uniform(110 USD, 130 USD)",
      newMoney: "0 USD",
      access: "beta(8, 2)",
    };
  });
  const review = acme(drawn);
  // Whoever gets in (80%) holds ticket / price of 300; the mean of 1 / price on 110 to 130 is ln(130 / 110) / 20.
  const perDollar = (300 * Math.log(130 / 110)) / 20 - 1;
  near(worthOf(review, "wait:shows"), 0.15 * 0.8 * 180 * perDollar, 0.9);
});

test("another deadline, and another day of an answer, give another key", () => {
  const keyOf = (workspace: Workspace): string => reviewWorkspace(workspace, { draws }).review!.key;
  const moved = changed((workspace) => void (workspace.triggers[0].deadline = "2024-11-30"));
  const later = changed((workspace) => void (workspace.questions[0].resolveBy = "2025-03-31"));
  expect(new Set([keyOf(tinyWorkspace()), keyOf(moved), keyOf(later)]).size).toBe(3);
});
