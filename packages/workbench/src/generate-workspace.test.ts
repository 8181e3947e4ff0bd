import type { Workspace } from "@watershed/domain";
import { checkReferences } from "@watershed/domain";
import { describe, expect, test } from "vitest";
import { compileWorkspace } from "./compile-workspace.ts";
import { generateWorkspace } from "./generate-workspace.ts";
import { reviewWorkspace } from "./review-workspace.ts";

const large = generateWorkspace({ questions: 150, companies: 60, seed: 1 });

describe("a generated workspace", () => {
  test("is the same for the same seed, and another for another", () => {
    const again = generateWorkspace({ questions: 150, companies: 60, seed: 1 });
    expect(JSON.stringify(again)).toBe(JSON.stringify(large));
    const other = generateWorkspace({ questions: 150, companies: 60, seed: 2 });
    expect(JSON.stringify(other.questions)).not.toBe(JSON.stringify(large.questions));
  });

  test.each([
    [1, 1, 1],
    [2, 3, 4],
    [7, 1, 2],
    [1, 30, 9],
    [40, 12, 5],
    [150, 60, 1],
    [150, 60, 77],
    [700, 90, 3],
  ])("of %i questions and %i companies, seed %i, has nothing to mend", (questions, companies, seed) => {
    const workspace = generateWorkspace({ questions, companies, seed });
    expect(workspace.questions.length).toBe(questions);
    expect(workspace.companies.length).toBe(companies);
    expect(workspace.cases.length).toBe(companies);
    expect(checkReferences(workspace)).toEqual([]);
    expect(compileWorkspace(workspace).problems).toEqual([]);
  });

  test("of the greatest size is made, with names that nobody else has", () => {
    const workspace = generateWorkspace({ questions: 2000, companies: 500, seed: 1 });
    expect(checkReferences(workspace)).toEqual([]);
    expect(new Set(workspace.questions.map((question) => JSON.stringify(question.text))).size).toBe(2000);
    expect(new Set(workspace.companies.map((company) => JSON.stringify(company.name))).size).toBe(500);
  });

  test("of 150 questions and 60 companies has about 360 random quantities beside those of its waits", () => {
    const count = randomQuantities(large).length;
    expect(count).toBeGreaterThan(340);
    expect(count).toBeLessThan(380);
  });

  test("holds what a fund's workspace holds", () => {
    const share = (part: unknown[], whole: unknown[]): number => part.length / whole.length;
    const cases = large.cases;
    expect(new Set(large.questions.map((question) => question.kind))).toEqual(new Set(["yesNo", "number", "date", "oneOf"]));
    expect(new Set(large.questions.map((question) => question.dimension)).size).toBe(8);
    expect(large.people.length).toBe(5);
    const forecasters = Map.groupBy(large.forecasts, (forecast) => forecast.question);
    const disputed = [...forecasters.values()].filter((own) => new Set(own.map((one) => one.by)).size > 1);
    expect(share(disputed, large.questions)).toBeGreaterThan(0.35);
    const conditional = large.forecasts.filter((forecast) => String(forecast.probability).includes(" if "));
    expect(conditional.length).toBeGreaterThan(5);
    expect(large.questions.some((question) => String(question.belief).startsWith("chance("))).toBe(true);
    expect(large.correlations.length).toBeGreaterThan(5);
    expect(
      share(
        cases.filter((one) => one.now),
        cases,
      ),
    ).toBeGreaterThan(0.7);
    expect(cases.every((one) => one.now ?? one.wait?.length)).toBe(true);
    expect(cases.filter((one) => one.wait?.length === 2).length).toBeGreaterThan(10);
    expect(cases.flatMap((one) => one.wait ?? []).every((wait) => wait.known!.length > 0)).toBe(true);
    expect(cases.filter((one) => one.now?.preference).length).toBeGreaterThan(10);
    expect(cases.filter((one) => one.strategicWorth).length).toBeGreaterThan(5);
    expect(large.triggers.some((trigger) => / |>/.test(String(trigger.when)))).toBe(true);
    const kinds = compileWorkspace(large).program.kinds;
    const whens = new Set(large.triggers.map((trigger) => kinds[`trigger.${trigger.id}`].kind));
    expect(whens).toEqual(new Set(["date", "yesNo"]));
  });

  test("has heavy tails: some exits are lognormal with a sigma of 1.5 and more, and dates that never come", () => {
    const sigmas = large.cases.flatMap((one) => /^lognormal\(median: [^,]+, sigma: ([\d.]+)\)/.exec(String(one.exitValue))?.[1] ?? []);
    expect(sigmas.filter((sigma) => Number(sigma) >= 1.5).length).toBeGreaterThan(5);
    expect(Math.max(...sigmas.map(Number))).toBeLessThanOrEqual(2);
    expect(large.cases.filter((one) => String(one.exitDate).startsWith("orNever")).length).toBeGreaterThan(10);
  });

  test("speaks both languages", () => {
    for (const { text, criterion } of large.questions)
      for (const words of [text, criterion]) {
        expect(words).toEqual({ en: expect.any(String), zh: expect.stringMatching(/[\u4e00-\u9fff]/) });
        expect(JSON.stringify(words)).not.toMatch(/[{]\w+[}]|undefined/);
      }
  });

  test("can be reviewed, and its decisions differ", () => {
    const workspace = generateWorkspace({ questions: 40, companies: 12, seed: 1 });
    const { review, problems, newStreams } = reviewWorkspace(workspace, { draws: 4096 });
    expect(problems).toEqual([]);
    expect(newStreams).toEqual([]);
    expect(review!.companies.length).toBe(12);
    expect(new Set(review!.companies.map((company) => company.best.alternative.split(":")[0])).size).toBeGreaterThan(1);
    expect(review!.companies.every((company) => Number.isFinite(company.best.worth.amount))).toBe(true);
  });
});

/** Questions, shared quantities and formulas of cases that are random and more than another name for one of them. */
function randomQuantities(workspace: Workspace): string[] {
  const { program, definitions } = compileWorkspace(workspace);
  const ofCases = workspace.cases.flatMap(({ id, quantities }) =>
    [...Object.keys(quantities ?? {}), "exitValue", "exitDate", "retention", "strategicWorth"].map((name) => `${id}.${name}`),
  );
  const shared = [...workspace.questions, ...workspace.quantities].map((item) => item.id);
  const written = ofCases.filter((name) => definitions.has(name) && !/^\w+$/.test(definitions.get(name)!.source ?? ""));
  return [...shared, ...written].filter((name) => program.nodes[program.columns[name]].op !== "constant");
}
