/** A row that prints all of its plan: GPT-3 175B on 512 A100. */
export const gpt3Row = {
  id: "a",
  model: { name: "GPT-3 175B" },
  chips: { name: "A100-80GB", count: 512 },
  plan: { tp: 8, pp: 8, dp: 8, mbs: 1, gbs: 512, recompute: "full", precision: "bf16" },
  software: "2022-05 Megatron-LM",
};
