import { expect, test } from "vitest";
import { Fact, Source } from "@watershed/domain";
import { labAnswer, labKey } from "./lab-answer.ts";
import type { RunView, StepView } from "./lab-answer.ts";
import { resultAsFact } from "./result-as-fact.ts";
import { chipLimits, chipsAt, firstSetting, searchOf, settingOf, sliderStops, stopOf } from "./setting.ts";
import type { LabSetting } from "./setting.ts";

const other: LabSetting = {
  ...firstSetting,
  aiModel: "DeepSeek-V3",
  own: { layers: 40 },
  chip: "H800-SXM",
  chips: 2048,
  plan: { tp: 1, pp: 8, ep: 64 },
  sites: 3,
  localSteps: 100,
  restart: "manual",
  reported: [{ seconds: 5.25, chips: 1024 }],
};

test("an address carries a setting there and back, and the first setting is an empty one", () => {
  expect(searchOf(firstSetting)).toEqual({});
  expect(settingOf({})).toEqual(firstSetting);
  expect(settingOf(searchOf(other))).toEqual(other);
});

test("an address that says what cannot be leaves the first setting in its place", () => {
  expect(settingOf({ chips: -5, tokens: "many", sites: 99, tp: 0, restart: "never", reported: "x@y" })).toEqual({
    ...firstSetting,
    sites: 8,
  });
});

test("the slider reaches from end to end in whole groups of chips, and knows where it stands", () => {
  expect(chipsAt(0)).toBe(chipLimits.least);
  expect(chipsAt(sliderStops)).toBe(chipLimits.most);
  for (let stop = 0; stop <= sliderStops; stop += 7) {
    expect(chipsAt(stop) % 128).toBe(0);
    expect(chipsAt(stopOf(chipsAt(stop)))).toBe(chipsAt(stop));
  }
});

test("what the team reports moves the step to what it says and narrows its band", () => {
  const step = (setting: LabSetting): StepView => labAnswer({ ask: "step", setting }) as StepView;
  const before = step(firstSetting).prediction!;
  const reported = 1.3 * before.stepSeconds;
  const after = step({ ...firstSetting, reported: [{ seconds: reported, chips: firstSetting.chips }] }).prediction!;
  expect(after.stepSeconds / reported).toBeGreaterThan(0.97);
  expect(after.stepSeconds / reported).toBeLessThan(1.03);
  expect(after.stepSecondsHigh / after.stepSecondsLow).toBeLessThan(before.stepSecondsHigh / before.stepSecondsLow);
});

test("three sites take longer than one, and every figure of a run has its band", () => {
  const run = (setting: LabSetting): RunView => labAnswer({ ask: "run", setting }) as RunView;
  const [one, three] = [run(firstSetting), run({ ...firstSetting, sites: 3 })];
  expect(three.days!.amount).toBeGreaterThan(one.days!.amount);
  expect(one.schemes).toBeUndefined();
  expect(three.schemes!.map(({ scheme }) => scheme)).toEqual(["everyStep", "localSteps", "streaming"]);
  for (const { low, amount, high } of [one.days!, one.goodput!, one.cost!.rental!, one.cost!.owned!]) {
    expect(low).toBeLessThan(amount);
    expect(high).toBeGreaterThan(amount);
  }
});

test("what cannot be is a problem with its place, and no figure", () => {
  const { prediction, problems } = labAnswer({ ask: "step", setting: { ...firstSetting, plan: { tp: 7 } } }) as StepView;
  expect(prediction).toBeUndefined();
  expect(problems.map(({ at }) => at)).toContain("plan.tp");
});

test("a key names a setting", () => {
  expect(labKey(firstSetting)).toMatch(/^[0-9a-f]{16}$/);
  expect(labKey(firstSetting)).toBe(labKey(settingOf({})));
  expect(labKey(other)).not.toBe(labKey(firstSetting));
});

test("a result becomes a fact that the workspace's rules accept, with its key and its band", () => {
  const figures = {
    step: labAnswer({ ask: "step", setting: firstSetting }) as StepView,
    run: labAnswer({ ask: "run", setting: firstSetting }) as RunView,
  };
  const { source, fact } = resultAsFact(firstSetting, figures, "http://localhost/lab", "Compute lab");
  expect(Source.parse(source)).toEqual(source);
  expect(Fact.parse({ ...fact, date: "2024-03-31" })).toMatchObject({ id: `lab-${labKey(firstSetting)}`, sources: [source.id] });
  expect(fact.data!.daysLow as number).toBeLessThan(fact.data!.days as number);
  expect((fact.text as { zh: string }).zh).toContain(labKey(firstSetting));
});
