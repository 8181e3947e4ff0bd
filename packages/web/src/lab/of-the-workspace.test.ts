import { join } from "node:path";
import { describedTraining, openWorkspace } from "@watershed/workbench";
import { expect, test } from "vitest";
import { labAnswer } from "./lab-answer.ts";
import type { RunView } from "./lab-answer.ts";
import { aiModelSetting, clusterSetting, isChosen, sameParts } from "./of-the-workspace.ts";
import { firstSetting, searchOf, settingOf } from "./setting.ts";
import type { LabSetting } from "./setting.ts";

const { workspace } = await openWorkspace(join(import.meta.dirname, "../../../../examples/china-ai-2024/compute"));
const { labs, aiModels } = workspace!;

function chosen(lab: string, aiModel: string): LabSetting {
  const before = { ...firstSetting, ...aiModelSetting(aiModels.find(({ id }) => id === aiModel)!) };
  return {
    ...before,
    ...clusterSetting(
      labs.find(({ id }) => id === lab)!,
      aiModels,
      before,
    ),
    tokens: 2e12,
  };
}

test("clusters and AI models of the workspace take as many days on the page as in its formulas", () => {
  for (const { id: lab } of labs)
    for (const aiModel of ["dense-175b", "moe-1t"]) {
      const { days } = labAnswer({ ask: "run", setting: chosen(lab, aiModel) }) as RunView;
      const formula = describedTraining(workspace!, { lab, aiModel, tokens: 2e12 })!.forecast?.days;
      expect(days, `${lab} ${aiModel}`).toEqual(formula);
    }
});

test("what was chosen is known again, from an address too, and what was changed is not", () => {
  for (const lab of labs) {
    const setting = chosen(lab.id, "moe-1t");
    const again = settingOf(searchOf(setting));
    expect(
      isChosen(
        aiModels.find(({ id }) => id === "moe-1t")!,
        again,
      ),
    ).toBe(true);
    expect(sameParts(clusterSetting(lab, aiModels, again), again)).toBe(true);
    expect(sameParts(clusterSetting(lab, aiModels, again), { ...again, chips: again.chips + 128 })).toBe(false);
  }
});

test("steps that the team measured on the chosen AI model come along, and its own record of failures and network", () => {
  const lab = {
    ...labs[0],
    networkGigabits: 200,
    chipHoursPerInterruption: 20_000,
    measured: [
      { aiModel: "dense-175b", stepSeconds: 31.5, globalBatch: 1536, count: 512 },
      { aiModel: "moe-1t", stepSeconds: 9, globalBatch: 4096 },
    ],
  };
  const before = { ...firstSetting, ...aiModelSetting(aiModels.find(({ id }) => id === "dense-175b")!) };
  expect(clusterSetting(lab, aiModels, before)).toMatchObject({
    reported: [{ seconds: 31.5, chips: 512 }],
    plan: { gbs: 1536 },
    networkGigabits: 200,
    chipHoursPerInterruption: 20_000,
  });
});
