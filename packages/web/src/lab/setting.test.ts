import { expect, test } from "vitest";
import { Fact, Source } from "@watershed/domain";
import { labAnswer, labKey } from "./lab-answer.ts";
import type { RunView, StepView } from "./lab-answer.ts";
import { resultAsFact } from "./result-as-fact.ts";
import { chipLimits, chipsAt, firstSetting, searchOf, settingOf, sliderStops, stopOf, withSites, withUnlikeSites } from "./setting.ts";
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

const unlike: LabSetting = {
  ...firstSetting,
  chips: 4096,
  sites: 3,
  gigabits: 800,
  others: [
    { chip: "A100-80GB", chips: 6000, gigabits: 0 },
    { chip: "H100-SXM", chips: 1024, gigabits: 100 },
  ],
};

test("sites that are not alike travel in the address, keep their number, and become equal ones again", () => {
  expect(searchOf(unlike).others).toBe("6000xA100-80GB_1024xH100-SXM@100");
  expect(settingOf(searchOf(unlike))).toEqual(unlike);
  expect(withSites(unlike, 2).others).toEqual([unlike.others[0]]);
  expect(withSites(unlike, 4).others).toEqual([...unlike.others, unlike.others[1]]);
  expect(withSites(unlike, 1)).toEqual({ sites: 1, others: [] });
  const equal = { ...firstSetting, sites: 2 };
  const told = { ...equal, ...withUnlikeSites(equal, true) };
  expect([told.chips, told.others]).toEqual([8192, [{ chip: "H100-SXM", chips: 8192, gigabits: 0 }]]);
  expect({ ...told, ...withUnlikeSites(told, false) }).toEqual(equal);
});

test("the days of unlike sites are those of the best way to use them, and their bill is that of all chips", () => {
  const run = labAnswer({ ask: "run", setting: unlike }) as RunView;
  const { schemes, best } = run.across!;
  expect(run.schemes).toBeUndefined();
  expect(schemes[0].scheme).toBe(best);
  expect(run.days).toEqual(schemes[0].calendarDays);
  expect(schemes.find(({ link }) => link)!.link!.gigabitsPerSecond).toBe(100);
  const alone = labAnswer({ ask: "run", setting: { ...unlike, sites: 1, others: [] } }) as RunView;
  expect(run.days!.amount).toBeLessThan(alone.days!.amount);
  expect(run.cost!.capital!.amount).toBeGreaterThan(alone.cost!.capital!.amount);
  expect(labAnswer({ ask: "frontier", setting: unlike, chips: [1024] })).toEqual([]);
});

test("what the team reports moves the days of unlike sites too", () => {
  const days = (setting: LabSetting): number => (labAnswer({ ask: "run", setting }) as RunView).days!.amount;
  const { prediction } = labAnswer({ ask: "step", setting: unlike }) as StepView;
  const slower = { ...unlike, reported: [{ seconds: 1.15 * prediction!.stepSeconds, chips: unlike.chips }] };
  expect(days(slower) / days(unlike)).toBeGreaterThan(1.05);
});

test("a site that cannot be is told, and nothing is computed", () => {
  const wrong = { ...unlike, precision: "fp8" };
  const { days, problems } = labAnswer({ ask: "run", setting: wrong }) as RunView;
  expect(days).toBeUndefined();
  expect(problems).toContainEqual(expect.objectContaining({ code: "precisionNotOnChip", at: "plan.precision" }));
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

test("a reported step counts in full also on a number of chips that splits badly and leaves spares", () => {
  const odd = { ...firstSetting, chips: 5461 };
  const step = (setting: LabSetting): StepView => labAnswer({ ask: "step", setting }) as StepView;
  const before = step(odd);
  expect(before.trainingChips).toBeLessThan(5461);
  const after = step({ ...odd, reported: [{ seconds: 1.15 * before.prediction!.stepSeconds, chips: 5461 }] });
  expect(after.prediction!.stepSeconds / before.prediction!.stepSeconds).toBeGreaterThan(1.13);
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
