import { expect, test } from "vitest";
import type { Workspace } from "@watershed/domain";
import { compileWorkspace } from "./compile-workspace.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import { sensitivityOf } from "./sensitivity.ts";
import { simulateWorkspace } from "./simulate-workspace.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

const draws = 16_384;

function found(whole: Workspace, options = {}) {
  const { sensitivity, problems, missing } = sensitivityOf(whole, { draws, ...options });
  expect([problems, missing]).toEqual([[], undefined]);
  return sensitivity!;
}

/** The tiny fund with a second company that does well where the first fails. */
function twoCompanies(): Workspace {
  const whole = tinyWorkspace();
  const [acme] = whole.cases;
  return {
    ...whole,
    companies: [...whole.companies, { id: "umbrella", name: "Umbrella", track: "machines" }],
    cases: [
      acme,
      {
        ...acme,
        id: "umbrella_case",
        company: "umbrella",
        quantities: { equity: "if weather then 100 USD else 40 USD" },
        wait: undefined,
      },
    ],
  };
}

test("the recommended investment by hand: waiting nets 180 if it succeeds, else nothing", () => {
  const answer = found(tinyWorkspace(), { company: "acme" });
  expect(answer).toMatchObject({ alternative: "wait:shows", recommended: "wait:shows", company: { id: "acme" } });
  const bar = answer.inputs.find(({ input }) => input === "succeeds")!;
  expect(bar.low).toMatchObject({ from: 0, netValue: { amount: 0 }, best: { alternative: "pass" } });
  expect(bar.high).toMatchObject({ from: 1, netValue: { amount: 180 }, best: { alternative: "now", netValue: { amount: 240 } } });
  expect(bar.swing).toMatchObject({ amount: 180, unit: "USD", key: answer.key });
  // Choosing success: 240 now, instead of today's 27.
  expect(bar.control).toMatchObject({ from: 1, to: 1, best: "now" });
  expect(bar.control!.amount).toBeCloseTo(240 - answer.worth.amount, 9);
  expect(bar.control!.amount).toBeGreaterThan(bar.learning!.amount);
  expect(bar.varianceShare.amount).toBeCloseTo(1, 2);
});

test("the figures are those of the review, whatever else is drawn", () => {
  const { review } = reviewWorkspace(tinyWorkspace(), { draws });
  const answer = found(tinyWorkspace(), { company: "acme", quantities: true });
  expect(answer.worth).toEqual(review!.companies[0].best.worth);
  for (const { question, worth } of review!.companies[0].questions)
    expect(answer.inputs.find(({ input }) => input === question)!.learning).toEqual(worth);
  expect(answer.inputs.map(({ input }) => input)).toContain("acme_case.equity");
});

test("a pre-mortem of one company and of all recommended investments together", () => {
  const alone = found(twoCompanies(), { company: "umbrella" });
  expect(alone.alternative).toBe("now");
  expect(alone.worst.answers.map(({ input, from }) => [input, from])).toEqual([["weather", 0]]);
  expect(alone.best.answers.map(({ input, from }) => [input, from])).toEqual([["weather", 1]]);
  expect(alone.worst.answers[0].lift.amount).toBeCloseTo(2, 1);
  const together = found(twoCompanies());
  expect(together.companies).toEqual([
    { company: "acme", alternative: "wait:shows" },
    { company: "umbrella", alternative: "now" },
  ]);
  expect(together.worth.amount).toBeCloseTo(alone.worth.amount + found(twoCompanies(), { company: "acme" }).worth.amount, 9);
  // The worst: it fails and the year is dry. The best: it succeeds, of which all draws are enough.
  expect(together.worst.mean.amount).toBeCloseTo(-20, 9);
  expect(together.best.answers.find(({ input }) => input === "succeeds")).toMatchObject({ from: 1, share: { amount: 1 } });
  expect(together.inputs.every(({ control, learning }) => control === undefined && learning === undefined)).toBe(true);
});

test("one way and two ways, by question or by a case's own quantity", () => {
  const answer = found(tinyWorkspace(), { company: "acme", question: "equity", with: "succeeds" });
  expect(answer.oneWay).toMatchObject({ input: "acme_case.equity" });
  expect(answer.oneWay!.rows.map(({ from, best }) => [from, best])).toEqual([
    [30, "pass"],
    [300, "now"],
  ]);
  expect(answer.twoWay!.cells.map(({ at, best }) => [at, best?.alternative])).toEqual([
    [[0, 0], "pass"],
    [[0, 1], undefined],
    [[1, 0], undefined],
    [[1, 1], "now"],
  ]);
  expect(answer.labels.find(({ input }) => input === "acme_case.equity")).toMatchObject({ kind: "number", unit: "USD" });
});

test("an input that does not exist, or nothing to look at, is said", () => {
  const answer = sensitivityOf(tinyWorkspace(), { draws, company: "acme", question: "weathr" });
  expect(answer).toMatchObject({ missing: "unknownInput", unknown: "weathr" });
  expect(answer.known).toContain("succeeds");
  const dear = {
    ...tinyWorkspace(),
    cases: tinyWorkspace().cases.map((one) => ({ ...one, now: { ...one.now!, preMoney: "900 USD" }, wait: undefined })),
  };
  expect(sensitivityOf(dear, { draws }).missing).toBe("nothingInvested");
  expect(found(dear, { company: "acme" })).toMatchObject({ alternative: "now", recommended: "pass" });
});

test("a group of correlated questions is drawn whole, so that a column is the same whoever else is drawn", () => {
  const whole = tinyWorkspace();
  const question = (id: string) => ({
    id,
    text: id,
    kind: "yesNo" as const,
    dimension: "d",
    criterion: "c",
    resolveBy: "2024-12-31",
    belief: "50%",
  });
  const linked: Workspace = {
    ...whole,
    questions: [...whole.questions, question("a"), question("b"), question("c")],
    correlations: [
      { questions: ["a", "b"], rank: 0.5 },
      { questions: ["b", "c"], rank: 0.5 },
    ],
  };
  const compiled = compileWorkspace(linked);
  const alone = simulateWorkspace(compiled, ["c"], { draws: 1024 });
  const together = simulateWorkspace(compiled, ["a", "b", "c"], { draws: 1024 });
  expect(alone.columns.get("c")).toEqual(together.columns.get("c"));
});
