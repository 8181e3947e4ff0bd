import { expect, test } from "vitest";
import { parametersOf } from "./flops.ts";
import { aiModelNamed, namesToChoose, nearestAiModels, publishedAiModels } from "./presets.ts";
import { readAiModel } from "./read-ai-model.ts";

test.each([
  ["Llama 3.1 8B", "Llama 3/3.1 8B"],
  ["LLaMA-3-8B", "Llama 3/3.1 8B"],
  ["meta-llama/Llama-3.3-70B-Instruct", "Llama 3/3.1 70B"],
  ["Qwen3 235B", "Qwen3-235B-A22B"],
  ["GPT-3", "GPT-3 175B"],
  ["deepseek-ai/DeepSeek-R1", "DeepSeek-V3"],
  ["GLM-4.5", "GLM-4.5 355B-A32B"],
  ["mistralai/Mixtral-8x7B-Instruct-v0.1", "Mixtral 8x7B"],
  ["Mistral-7B-v0.1", "Mistral 7B v0.1"],
  ["Phi-3-mini-4k-instruct", "Phi-3 mini"],
  ["deepseek-ai/DeepSeek-V3.1", "DeepSeek-V3"],
  ["Command R+", "Command R+ 104B"],
  ["CohereForAI/c4ai-command-r-v01", "Command R 35B"],
  ["Command R", "Command R 35B"],
  ["allenai/OLMoE-1B-7B-0924", "OLMoE 7B-A1B"],
  ["mistralai/Mistral-Nemo-Base-2407", "Mistral Nemo 12B"],
  ["deepseek-ai/DeepSeek-V3-0324", "DeepSeek-V3"],
  ["StarCoder", "StarCoder 15.5B"],
  ["Qwen2.5", undefined],
  ["Llama", undefined],
  ["no such thing", undefined],
])("[LAB64] %s is %s", (name, known) => {
  expect(aiModelNamed(name)?.name).toBe(known);
});

test("[LAB64] dimensions that were recalled add up to the parameters that the AI model is said to have, within 1.5%", () => {
  const recalled = Object.entries(publishedAiModels).filter(([, { from }]) => /recalled|table 2/.test(String(from)));
  expect(recalled.length).toBeGreaterThan(20);
  for (const [name, row] of recalled) {
    const { aiModel } = readAiModel({ ...row, name });
    expect(Math.abs(parametersOf(aiModel!).total / 1e9 / Number(row.params_total_b) - 1), name).toBeLessThan(0.015);
  }
});

test("[LAB64] names to choose from are sorted by alphabet and size, without the shapes of benchmarks", () => {
  const names = namesToChoose();
  const at = (name: string): number => names.indexOf(name);
  expect(at("GPT 1536x16")).toBe(-1);
  expect(at("Qwen3 8B")).toBeGreaterThan(at("Qwen3 4B"));
  expect(at("Qwen3 14B")).toBeGreaterThan(at("Qwen3 8B"));
  expect(nearestAiModels("GPT 1536x15")).not.toContain("GPT 1536x16");
  expect(aiModelNamed("GPT 1536x16")).toBeDefined();
});
