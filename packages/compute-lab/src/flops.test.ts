import { expect, test } from "vitest";
import { modelFlopsPerSequence, parametersOf, secondProductShare } from "./flops.ts";
import { readAiModel } from "./read-ai-model.ts";
import type { AiModel } from "./ai-model.ts";

function named(name: string): AiModel {
  return readAiModel({ name }).aiModel!;
}

test("[LAB1] a GPT's FLOPs are those of Korthikanti 2022: 72 L s h^2 (1 + s/6h + V/12hL) per sequence", () => {
  for (const name of ["GPT-3 175B", "MT-NLG 530B", "Megatron 1T", "Megatron 22B"]) {
    const { layers: l, sequenceLength: s, hidden: h, vocabulary: v, ...rest } = named(name);
    const published = 72 * l * s * h * h * (1 + s / (6 * h) + v / (12 * h * l));
    expect(
      modelFlopsPerSequence({ ...rest, layers: l, sequenceLength: s, hidden: h, vocabulary: v }).fullAttention / published,
    ).toBeCloseTo(1, 3);
  }
});

test.each([
  ["DeepSeek-V3", 671e9, 37e9, 0.03],
  ["Qwen3-235B-A22B", 235e9, 22.2e9, 0.02],
  ["Qwen3-30B-A3B", 30.5e9, 3.3e9, 0.03],
  ["Kimi K2", 1043e9, 32.6e9, 0.03],
  ["Llama 3.1 405B", 405e9, 405e9, 0.01],
  ["Llama 2 70B", 69e9, 69e9, 0.01],
  ["BLOOM 176B", 176e9, 176e9, 0.01],
  ["Mixtral 8x7B", 46.7e9, 12.9e9, 0.01],
  ["DeepSeek-V2", 236e9, 21e9, 0.03],
])("[LAB2] %s has the parameters that its report prints", (name, total, active, tolerance) => {
  const model = named(name);
  // reports count the main model alone
  const counts = parametersOf({ ...model, multiTokenLayers: 0 });
  expect(Math.abs(counts.total / total - 1)).toBeLessThan(tolerance);
  expect(Math.abs(counts.active / active - 1)).toBeLessThan(Math.max(tolerance, 0.03));
});

test("[LAB58] every second product kept: over a third of a Llama 3 8B's products is computed again", () => {
  // key, output and second feed-forward product of 1,024, 4,096 and 14,336 columns, of 53,248 in all
  expect(secondProductShare(named("Llama 3/3.1 8B"))).toBeCloseTo((1024 + 4096 + 14_336) / 53_248, 12);
});
