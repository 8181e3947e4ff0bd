import { expect, test } from "vitest";
import { readAiModel } from "./read-ai-model.ts";

const model = { name: "ours", layers: 32, hidden: 4096, heads: 32, ffn: 11_008, vocab: 32_000, seq: 4096 };

test("[LAB20] what is wrong inside an AI model's parts is told where it stands", () => {
  for (const [change, code, at] of [
    [{ mla: "yes" }, "wrongShape", "model.mla"],
    [{ mla: true }, "wrongShape", "model.mla"],
    [{ mla: { kv_lora: "banana" } }, "notPositive", "model.mla.kv_lora"],
    [{ mla: { qk_rope: 64.5 } }, "notWhole", "model.mla.qk_rope"],
    [{ encoders: "vit" }, "wrongShape", "model.encoders"],
    [{ encoders: { layers: 32 } }, "wrongShape", "model.encoders"],
    [{ encoders: ["vit"] }, "wrongShape", "model.encoders[0]"],
    [{ encoders: [{ layers: 32 }, { layers: "many" }] }, "notPositive", "model.encoders[1].layers"],
    [{ encoders: [{ items_per_sequence: -1 }] }, "notPositive", "model.encoders[0].items_per_sequence"],
    [{ sliding_window: "banana" }, "notPositive", "model.sliding_window"],
  ] as const) {
    const { aiModel, problems } = readAiModel({ ...model, ...change });
    expect(problems, JSON.stringify(change)).toMatchObject([{ code, severity: "error", at }]);
    expect(aiModel, JSON.stringify(change)).toBeUndefined();
  }
});

test("an AI model says in several words that it has no such part", () => {
  for (const none of [false, "none", null, 0]) {
    const { aiModel, problems } = readAiModel({ ...model, mla: none, encoders: none, sliding_window: none });
    expect(problems).toEqual([]);
    expect(aiModel).toMatchObject({ latentAttention: null, encoders: [], slidingWindow: null });
  }
  expect(readAiModel({ ...model, encoders: [] }).aiModel!.encoders).toEqual([]);
  expect(readAiModel({ ...model, sliding_window: 512 }).aiModel!.slidingWindow).toEqual({ tokens: 512, share: 1 });
});
