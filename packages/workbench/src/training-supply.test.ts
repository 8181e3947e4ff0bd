import { quantile } from "@watershed/probability";
import { describe, expect, test } from "vitest";
import { compileWorkspace } from "./compile-workspace.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";
import { trainingSupply } from "./training-supply.ts";

const deepSeek = {
  id: "deepseek-2k",
  name: "DeepSeek's cluster",
  chips: "H800",
  count: 2048,
  software: "2024 in-house",
  precision: "fp8" as const,
  plan: { tensorParallel: 1, pipelineParallel: 16, expertParallel: 64, schedule: "dualPipe" as const, recomputation: "selective" as const },
};
const v3 = { id: "v3", name: "DeepSeek-V3", like: "DeepSeek-V3", globalBatch: 15_360 };

/** The tiny fund, where showing success means having trained by a day. */
function fundWithLab() {
  const workspace = tinyWorkspace();
  return {
    ...workspace,
    labs: [deepSeek],
    aiModels: [v3],
    quantities: [
      ...workspace.quantities,
      { id: "training", formula: 'trainingDays(lab: "deepseek-2k", aiModel: "v3", tokens: 14.8T)' },
      { id: "trained_in_time", formula: "2024-05-01 + training by 2024-07-15" },
    ],
  };
}

const supply = trainingSupply({ labs: [deepSeek], aiModels: [v3] });

describe("training days of a workspace", () => {
  test("DeepSeek-V3 took 54.2 days: the 80 % band of its described run holds that", () => {
    const answer = supply({ lab: "deepseek-2k", aiModel: "v3", tokens: 14.8e12 });
    if (!("distribution" in answer)) throw new Error(JSON.stringify(answer));
    const [low, middle, high] = [0.1, 0.5, 0.9].map((share) => quantile(answer.distribution, share));
    expect(low).toBeLessThan(54.2);
    expect(high).toBeGreaterThan(54.2);
    expect(middle).toBeGreaterThan(45);
    expect(middle).toBeLessThan(80);
  });

  test("a measured step of the team moves the middle to it and narrows the band", () => {
    const measured = { ...deepSeek, measured: [{ aiModel: "v3", stepSeconds: 19.9066, globalBatch: 15_360 }] };
    const widths = [deepSeek, measured].map((lab) => {
      const answer = trainingSupply({ labs: [lab], aiModels: [v3] })({ lab: "deepseek-2k", aiModel: "v3", tokens: 14.8e12 });
      if (!("distribution" in answer)) throw new Error(JSON.stringify(answer));
      return { middle: quantile(answer.distribution, 0.5), width: quantile(answer.distribution, 0.9) / quantile(answer.distribution, 0.1) };
    });
    expect(widths[1].width).toBeLessThan(widths[0].width);
    expect(Math.abs(widths[1].middle / 54.2 - 1)).toBeLessThan(Math.abs(widths[0].middle / 54.2 - 1));
  });

  test("twice the tokens take twice as long; three sites with a thin link take far longer", () => {
    const days = (lab: object, tokens: number): number => {
      const answer = trainingSupply({ labs: [{ ...deepSeek, ...lab }], aiModels: [v3] })({ lab: "deepseek-2k", aiModel: "v3", tokens });
      return "distribution" in answer ? quantile(answer.distribution, 0.5) : NaN;
    };
    const once = days({}, 5e12);
    expect(days({}, 10e12) / once).toBeCloseTo(2, 6);
    const apart = { count: 3, gigabits: 100, kilometres: 1000 };
    expect(days({ sites: apart }, 5e12)).toBeGreaterThan(1.5 * once);
    expect(days({ sites: { ...apart, localSteps: 100 } }, 5e12)).toBeLessThan(1.3 * once);
  });

  test("names that are not described come back with those that are; what cannot be trained says why", () => {
    expect(supply({ lab: "none", aiModel: "v3", tokens: 1e12 })).toEqual({ missing: "lab", known: ["deepseek-2k"] });
    expect(supply({ lab: "deepseek-2k", aiModel: "none", tokens: 1e12 })).toEqual({ missing: "aiModel", known: ["v3"] });
    const small = trainingSupply({ labs: [{ ...deepSeek, count: 8, plan: undefined }], aiModels: [v3] });
    expect(small({ lab: "deepseek-2k", aiModel: "v3", tokens: 1e12 })).toMatchObject({ reason: "doesNotFit" });
  });
});

describe("a review that rests on a training", () => {
  test("draws the days on the quantity's own stream, and leaves every other column as it was", () => {
    const { program, problems } = compileWorkspace(fundWithLab());
    expect(problems).toEqual([]);
    expect(program.streams).toContain("training");
    const before = reviewWorkspace(tinyWorkspace(), { draws: 2048 }).review!;
    const after = reviewWorkspace(fundWithLab(), { draws: 2048 }).review!;
    expect(after.companies[0].alternatives).toEqual(
      before.companies[0].alternatives.map((row) => JSON.parse(JSON.stringify(row).replaceAll(before.key, after.key)) as typeof row),
    );
    expect(after.key).not.toBe(before.key);
  });

  test("the key follows the description of the lab, and a fact of a later day stays hidden", () => {
    const key = (lab: object): string =>
      reviewWorkspace({ ...fundWithLab(), labs: [{ ...deepSeek, ...lab }] }, { draws: 2048 }).review!.key;
    expect(key({ count: 4096 })).not.toBe(key({}));
    expect(key({ name: "Another name" })).toBe(key({}));
    const hidden = compileWorkspace({ ...fundWithLab(), labs: [{ ...deepSeek, on: "2024-06-01" }] });
    expect(hidden.problems.map(({ code }) => code)).toEqual(["unknownLabItem"]);
  });

  test("labs and AI models are checked whether a formula asks for them or not", () => {
    const { problems } = compileWorkspace({
      ...tinyWorkspace(),
      labs: [
        { ...deepSeek, chips: "H10O" },
        { ...deepSeek, id: "old", chips: "A100", precision: "fp8" },
      ],
      aiModels: [
        { id: "a", name: "A", like: "DeepSeek-V33" },
        { id: "b", name: "B" },
      ],
    });
    expect(problems.map(({ code, place }) => `${place.kind}.${place.index}.${place.path.join(".")} ${code}`)).toEqual([
      "labs.0.chips unknownChip",
      "labs.1.precision formatNotOnChip",
      "aiModels.0.like unknownAiModel",
      "aiModels.1.id dimensionsMissing",
    ]);
  });
});
