import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { answerRow, readSite } from "./answer.ts";
import { gpt3Row as row } from "./gpt3-row.fixture.ts";
import { fieldProblems } from "./known-fields.ts";
import { publishedAiModels } from "./presets.ts";
import { publishedMemory } from "./published-memory.ts";
import { bloomTrials, publishedRuns } from "./published-runs.ts";

test("[LAB20] a field that nothing reads is told with the nearest that is read, and the row is answered", () => {
  for (const [change, at, nearest] of [
    [{ plan: { ...row.plan, tpp: 4 } }, "plan.tpp", "tp"],
    [{ plan: { ...row.plan, micro_batch: 4 } }, "plan.micro_batch", undefined],
    [{ model: { ...row.model, hiden: 4096 } }, "model.hiden", "hidden"],
    [{ model: { ...row.model, mla: { kvlorarank: 512 } } }, "model.mla.kvlorarank", "kv_lora_rank"],
    [{ model: { ...row.model, encoders: [{ layer: 12 }] } }, "model.encoders[0].layer", "layers"],
    [{ chips: { ...row.chips, networkgbits: 400 } }, "chips.networkgbits", "network_gbit_s"],
    [{ sofware: "NeMo 24.09" }, "sofware", "software"],
    [{ plans: { tp: 4 } }, "plans", "plan"],
    [{ seq: 4096 }, "seq", "model.seq"],
    [{ tp: 4 }, "tp", "plan.tp"],
  ] as const) {
    const { problems, stepSeconds } = answerRow({ ...row, ...change });
    const told = problems.filter(({ code }) => code === "unknownField");
    expect(told, at).toMatchObject([{ severity: "warning", at, ...(nearest !== undefined && { params: { nearest } }) }]);
    expect(stepSeconds, at).toBeGreaterThan(0);
  }
});

test("[LAB20] no field of a published run or AI model is told, nor a remark", () => {
  for (const published of [...publishedRuns, ...bloomTrials, ...publishedMemory])
    expect(fieldProblems(published), published.id).toEqual([]);
  for (const [name, model] of Object.entries(publishedAiModels)) expect(fieldProblems({ model }), name).toEqual([]);
  expect(fieldProblems({ ...row, team: "ours", owner: "us", plan: { ...row.plan, _why: "x", note: "y", vpp: null } })).toEqual([]);
});

test("[LAB20] every field that the readers ask for is known", () => {
  for (const [file, part] of [
    ["read-plan.ts", "plan"],
    ["read-ai-model.ts", "model"],
  ] as const) {
    const text = readFileSync(new URL(file, import.meta.url), "utf8");
    const asked = [...text.matchAll(/\b(?:fields\.(?!tell)\w+|needed)\((?:fields, )?\[?((?:"\w+"(?:, )?)+)/g)].flatMap(([, list]) =>
      [...list.matchAll(/\w+/g)].map(([name]) => name),
    );
    const ofParts = /^(q_lora|kv_lora|qk_|v_dim|tokens_|items_|trained)/;
    const own = asked.filter((name) => !ofParts.test(name));
    expect(own.length).toBeGreaterThan(15);
    expect(fieldProblems({ [part]: Object.fromEntries(own.map((name) => [name, 1])) })).toEqual([]);
  }
});

test("[LAB20] a plan that is no object is an error, in a measured row of the site too", () => {
  for (const plan of ["tp 8", 8, [8, 8]]) {
    const wrong = answerRow({ ...row, plan });
    expect(wrong.stepSeconds).toBeNull();
    expect(wrong.problems).toContainEqual(expect.objectContaining({ code: "wrongShape", severity: "error", at: "plan" }));
    const { problems } = readSite([{ ...row, plan, measured: { step_s: 30 } }]);
    expect(problems).toContainEqual(expect.objectContaining({ code: "wrongShape", at: "plan" }));
  }
});
