import { quantile } from "@watershed/probability";
import { describe, expect, test } from "vitest";
import { check } from "./check.ts";
import { problemOf, problemsOf, testWorld } from "./marked-formula.ts";

const call = 'trainingDays(lab: "lab-a-cluster", aiModel: "moe-1t", tokens: 10T)';

describe("[F41] trainingDays", () => {
  test("is one draw of a duration on the definition's stream, shared by whoever names it", () => {
    const { program, problems } = check(
      [
        { name: "days_needed", source: call },
        { name: "done", source: "2024-07-01 + days_needed" },
        { name: "in_time", source: "done by 2024-12-31" },
      ],
      testWorld,
    );
    expect(problems).toEqual([]);
    expect(program.streams).toEqual(["days_needed"]);
    const node = program.nodes[program.columns.days_needed];
    expect(node.op).toBe("sample");
    if (node.op === "sample") expect(quantile(node.distribution, 0.5)).toBeCloseTo(100, 9);
    expect(program.kinds).toMatchObject({ days_needed: { kind: "duration" }, done: { kind: "date" }, in_time: { kind: "yesNo" } });
  });

  test("a second call is a second draw", () => {
    const { program } = check([{ name: "x", source: `${call} + ${call}` }], testWorld);
    expect(program.streams).toEqual(["x", "x#2"]);
  });

  test("may stand in a mixture", () => {
    expect(problemsOf(`mixture(70%: ${call}, 30%: 200 days to 400 days)`)).toEqual([]);
  });

  test("what is wrong points at the argument and names near ones", () => {
    expect(problemsOf('trainingDays(lab: "lab-b", aiModel: "moe-1t", tokens: 10T)')).toEqual(['unknownLabItem «"lab-b"»']);
    expect(problemOf('trainingDays(lab: "lab-a-clustr", aiModel: "moe-1t", tokens: 10T)').params.suggestions).toEqual(["lab-a-cluster"]);
    expect(problemOf('trainingDays(lab: "lab-a-cluster", aiModel: "moe-1", tokens: 10T)').params).toMatchObject({
      what: "aiModel",
      suggestions: ["moe-1t"],
    });
    expect(problemsOf('trainingDays(lab: 7, aiModel: "moe-1t", tokens: 10T)')).toEqual(["textNeeded «7»"]);
    expect(problemsOf('trainingDays(lab: "lab-a-cluster", aiModel: "moe-1t")')).toEqual([
      'missingArgument «trainingDays(lab: "lab-a-cluster", aiModel: "moe-1t")»',
    ]);
    expect(problemsOf('trainingDays("lab-a-cluster", "moe-1t", 1T to 2T)')).toEqual(["parameterMustBeConstant «1T to 2T»"]);
    expect(problemsOf('trainingDays("lab-a-cluster", "moe-1t", 0)')).toEqual(["trainingUnpredicted «0»"]);
    expect(problemOf('trainingDays("lab-a-cluster", "moe-1t", 2000T)')).toMatchObject({
      code: "trainingUnpredicted",
      params: { lab: "lab-a-cluster", aiModel: "moe-1t", reason: "doesNotFit", details: ["12 GiB"] },
    });
  });

  test("without a supplier no lab is known", () => {
    const { trainingDays: _, ...world } = testWorld;
    expect(check([{ name: "x", source: call }], world).problems.map(({ code }) => code)).toEqual(["unknownLabItem"]);
  });
});
