import type { Workspace } from "@watershed/domain";
import { describe, expect, test } from "vitest";
import { disagreementOf } from "./disagreement.ts";
import type { Disagreement } from "./disagreement.ts";
import { jointWorth } from "./joint-worth.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

/** Ann says 60% and counts double, Bo says 5%; linear pooling makes that 41.7%. Waiting is left out. */
function divided(change: (workspace: Workspace) => void = () => undefined): Workspace {
  const workspace = tinyWorkspace();
  workspace.settings.pooling = { events: "linear" };
  workspace.people[0].weight = 2;
  workspace.forecasts = [
    { question: "succeeds", by: "ann", on: "2024-03-01", probability: "60%" },
    { question: "succeeds", by: "bo", on: "2024-03-01", probability: "5%" },
    { question: "weather", by: "ann", on: "2024-03-01", probability: "90%" },
    { question: "weather", by: "bo", on: "2024-03-01", probability: "10%" },
  ];
  workspace.cases[0].wait = [];
  change(workspace);
  return workspace;
}

function found(workspace: Workspace): Disagreement {
  const { disagreement, problems } = disagreementOf(workspace, { draws: 65_536 });
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  return disagreement!;
}

function near(estimate: { amount: number; standardError: number }, truth: number): void {
  expect(Math.abs(estimate.amount - truth), `${estimate.amount} ± ${estimate.standardError} against ${truth}`).toBeLessThanOrEqual(
    Math.max(3 * estimate.standardError, 300 / 8192),
  );
}

describe("settling a yes/no question by hand: now nets 240 or -30", () => {
  const { questions, companies } = found(divided());

  test("Ann's 60% is worth 132, Bo's 5% -16.5: pass; the mixture invests for 82.5; knowing gains Bo's 16.5 one time in three", () => {
    const [settled] = companies[0].questions;
    expect(settled).toMatchObject({ question: "succeeds", unsettled: "now", clear: true });
    expect(settled.partners.map(({ person, best }) => [person, best])).toEqual([
      ["ann", "now"],
      ["bo", "pass"],
    ]);
    near(settled.partners[0].worth, 0.6 * 240 - 0.4 * 30);
    near(settled.worth, (30 * 0.95 - 240 * 0.05) / 3);
  });

  test("the same as the decisions under each partner's own beliefs, drawn anew, and no other code path for dissent", () => {
    const { everything } = companies[0];
    near(everything!.worth, (30 * 0.95 - 240 * 0.05) / 3);
    const { review } = reviewWorkspace(divided(), { draws: 65_536 });
    expect(review!.companies[0].dissent.map(({ person, best, worth }) => ({ person, best, worth }))).toEqual(
      everything!.partners.map(({ person, best, worth }) => ({ person, best, worth })),
    );
  });

  test("how far they are apart, what each says, and that the weather divides nobody's decision", () => {
    expect(questions.map(({ question }) => question.id)).toEqual(["succeeds"]); // no case depends on the weather
    expect(questions[0].spread).toBeCloseTo(0.55, 9);
    expect(questions[0].forecasts).toEqual([
      { person: "ann", probability: 0.6 },
      { person: "bo", probability: 0.05 },
    ]);
    expect(questions[0].companies).toEqual(["acme"]);
  });
});

describe("settling under an attitude to risk: a tolerance of 300, by hand", () => {
  const risk = { attitude: "exponential" as const, tolerance: "300 USD" };
  const cautious = divided((workspace) => void (workspace.settings.risk = risk));
  const [{ everything, questions }] = found(cautious).companies;
  const sure = (expected: number): number => -300 * Math.log(expected);
  const [ann, bo] = [0.6, 0.05].map((chance) => chance * Math.exp(-0.8) + (1 - chance) * Math.exp(0.1)); // E exp(-netValue / 300)

  test("the certainty equivalent of knowing who is right, over that of investing for the mixture", () => {
    const worth = sure((2 * ann + 1) / 3) - sure((2 * ann + bo) / 3);
    expect(worth).toBeCloseTo(8.83, 1);
    near(everything!.worth, worth);
    near(questions[0].worth, worth);
    near(everything!.partners[0].worth, sure(ann));
    expect(everything!.unsettled).toBe("now");
  });

  test("each partner's decision is that of the dissent of a review", () => {
    const { review } = reviewWorkspace(cautious, { draws: 65_536 });
    review!.companies[0].dissent.forEach(({ person, best, worth }, place) => {
      expect(everything!.partners[place]).toMatchObject({ person, best });
      expect(Math.abs(everything!.partners[place].worth.amount - worth.amount)).toBeLessThan(1e-9 * (1 + Math.abs(worth.amount)));
    });
  });

  test("what a limit refuses is no choice of anybody's", () => {
    const limited = divided((workspace) => void (workspace.settings.risk = { cvarLimit: { level: 0.1, amount: 10 } }));
    const [one] = found(limited).companies;
    expect(one.everything!.partners.map(({ best }) => best)).toEqual(["pass", "pass"]);
    expect(one.everything!.worth.amount).toBe(0);
  });
});

test("who says the same is no disagreement", () => {
  const same = divided((workspace) => void (workspace.forecasts[1].probability = 0.6));
  expect(found(same).questions).toEqual([]);
});

describe("numbers, dates, options and formulas", () => {
  const common = { dimension: "product", criterion: "c", resolveBy: "2024-12-31" };
  const asks = (kind: "number" | "date" | "oneOf", equity: string, ann: object, bo: object): Disagreement =>
    found(
      divided((workspace) => {
        const options = kind === "oneOf" ? { options: ["us", "them", "none"].map((id) => ({ id, name: id })) } : {};
        workspace.questions.push({ ...common, id: "asked", text: "Q", kind, ...options });
        workspace.forecasts.push(
          { question: "asked", by: "ann", on: "2024-03-01", ...ann },
          { question: "asked", by: "bo", on: "2024-03-01", ...bo },
        );
        workspace.cases[0].quantities = { equity };
      }),
    );
  const ofAsked = ({ companies, questions }: Disagreement) => ({
    settled: companies[0].questions.find(({ question }) => question === "asked")!,
    forecasts: questions.find(({ question }) => question.id === "asked")!.forecasts,
  });

  test("a number: each partner's own mean comes back from the pool", () => {
    const { settled, forecasts } = ofAsked(
      asks("number", "asked * 1 USD", { distribution: "uniform(60, 120)" }, { distribution: "uniform(20, 80)" }),
    );
    near(settled.partners[0].worth, 30); // 90 - 60
    expect(settled.partners.map(({ best }) => best)).toEqual(["now", "pass"]);
    near(settled.worth, 10 / 3); // Bo's mean is 50: 10 saved one time in three
    expect(forecasts[0]).toMatchObject({
      person: "ann",
      median: expect.closeTo(90, 3),
      low: expect.closeTo(63, 3),
      high: expect.closeTo(117, 3),
    });
  });

  test("a date that may be never", () => {
    const { settled } = ofAsked(
      asks(
        "date",
        "if asked by 2025-12-31 then 100 USD else 20 USD",
        { distribution: "dates(2025-06-30: 80%, never: 20%)" },
        { distribution: "dates(2025-06-30: 30%, never: 70%)" },
      ),
    );
    near(settled.partners[0].worth, 0.8 * 40 - 0.2 * 40);
    near(settled.worth, (0.7 * 40 - 0.3 * 40) / 3);
  });

  test("an option", () => {
    const { settled, forecasts } = ofAsked(
      asks(
        "oneOf",
        "if asked is us then 160 USD else 20 USD",
        { probabilities: { us: "70%", them: "20%", none: "10%" } },
        { probabilities: { us: "10%", them: "20%", none: "70%" } },
      ),
    );
    near(settled.partners[0].worth, 0.7 * 100 - 0.3 * 40);
    near(settled.worth, (0.9 * 40 - 0.1 * 100) / 3);
    expect(forecasts[1]).toEqual({
      person: "bo",
      probabilities: { us: expect.closeTo(0.1, 9), them: expect.closeTo(0.2, 9), none: expect.closeTo(0.7, 9) },
    });
  });

  test("a chance written on another question counts with its average", () => {
    const { questions } = found(divided((workspace) => void (workspace.forecasts[0].probability = "80% if weather else 20%")));
    // Weather is pooled to (2 x 0.9 + 0.1) / 3 = 63.3%: 0.633 x 0.8 + 0.367 x 0.2 = 58%.
    expect(questions.find(({ question }) => question.id === "succeeds")!.forecasts[0].probability).toBeCloseTo(0.58, 2);
  });
});

test("several answers together: neither alone moves the decision, both do", () => {
  const workspace = divided((whole) => {
    whole.forecasts = [];
    for (const id of ["one", "two", "three"])
      whole.questions.push({ id, text: "Q", kind: "yesNo", dimension: "d", criterion: "c", resolveBy: "2024-12-31", belief: "50%" });
    whole.questions = whole.questions.filter(({ id }) => ["one", "two", "three"].includes(id));
    whole.triggers = [];
    whole.quantities = [];
    // Worth 100 where an odd number of answers is yes, else 20: today a tie at nothing.
    whole.cases[0].quantities = {
      odd: "(one and two and three) or (one and not two and not three) or (two and not one and not three) or (three and not one and not two)",
    };
    whole.cases[0].exitValue = "if odd then 100 USD else 20 USD";
  });
  const joint = jointWorth(workspace, ["one", "two", "three"], { draws: 65_536 })!;
  near(joint.together, 20);
  expect(joint).toMatchObject({ method: "exactGroups", distinguishable: true, companies: [{ company: "acme" }] });
  for (const { worth } of joint.alone) expect(worth.amount).toBeLessThan(0.5);
  near(joint.beyondTheSum, 20);
  expect(jointWorth(workspace, ["nothing"], { draws: 1024 })).toBeUndefined();
});
