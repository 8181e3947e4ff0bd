import { expect, test } from "vitest";
import { softwareOf } from "./software.ts";

test.each([
  ["NeMo 24.09", "megatron", 2024.7083],
  ["2022-02 Megatron-DeepSpeed", "megatronDeepSpeed", 2022.125],
  ["MaxText 2024-2025", "maxText", 2025],
  ["Megatron-Core dev 2025-H2", "megatron", 2025.75],
  ["NeMo 25.04.rc2 / 24.03.01", "megatron", 2025.2917],
  ["MindSpeed 2025", "mindSpeed", 2025.5],
  ["torchtitan 2024-10", "fsdp", 2024.7917],
  ["Megatron-LM (Feb 2024)", "megatron", 2024.125],
  ["2024年3月 自研框架", "inHouse", 2024.2083],
  ["Megatron-LM v23.04", "megatron", 2023.2917],
  ["Primus 25.8", "megatron", 2025.625],
  ["MLPerf Training v3.1", "megatron", 2023.875],
  ["DeepSpeed 0.9.5, Q3 2023", "deepSpeed", 2023.625],
  ["AXLearn 2024-07", "maxText", 2024.5417],
  ["GPT-NeoX 2.0", "megatronDeepSpeed", null],
  ["various", "unknown", null],
])("%s is a stack and a date", (text, stack, date) => {
  const read = softwareOf(text);
  expect(read.stack).toBe(stack);
  if (date === null) expect(read.date).toBeNull();
  else expect(read.date).toBeCloseTo(date, 3);
});

test.each([
  ["2023-11 InternEvo", true, false],
  ["2024 某某框架", true, false],
  ["2022-05", false, true],
  ["2024 H1", false, true],
  ["2024 Q2", false, true],
  ["November 2023", false, true],
  ["NeMo 24.09", false, true],
  ["2024-09 ModelLink", false, true],
  ["2024 in-house", false, false],
  ["2024-02 MegaScale", false, true],
  ["unknown", false, false],
  ["未知", false, false],
  ["NeMo", false, false],
])("[LAB61] %s names a stack that nobody knows: %s; is known: %s", (text, stranger, known) => {
  expect(softwareOf(text)).toMatchObject({ stranger, known });
});

test.each([
  ["2022-10 GPT training with FlashAttention", "flash"],
  ["2023-07 FlashAttention-2", "flash2"],
  ["Megatron-LM 2024, FA3", "flash3"],
  ["2023-02 Megatron-LM without FlashAttention", "unfused"],
  ["MPT, attn_impl: torch", "unfused"],
  ["2023年5月 自研框架，不用FlashAttention", "unfused"],
  ["NeMo 24.09", null],
  ["Megatron-LM 2023-05, unfused optimizer", null],
] as const)("[LAB67] %s tells of attention's kernels: %s", (text, attention) => {
  expect(softwareOf(text).attention).toBe(attention);
});

test.each([
  ["2022-05 metaseq", "fsdp", 3],
  ["PyTorch FSDP2, 2025-01", "fsdp", 3],
  ["2023-06 DeepSpeed ZeRO-3", "deepSpeed", 3],
  ["DeepSpeed ZeRO stage 2 2023", "deepSpeed", 2],
  ["PyTorch DDP 2023", "fsdp", 0],
  ["2024-01 Megatron-LM zero-bubble 1F1B", "megatron", null],
  ["NeMo 24.09", "megatron", null],
] as const)("[LAB75] %s is of the stack %s and says that it shares out %s", (text, stack, sharding) => {
  expect(softwareOf(text)).toMatchObject({ stack, sharding });
});

test("[LAB67] an attention kernel is no stack, and a city's name none either", () => {
  expect(softwareOf("2023-07 FlashAttention-2")).toMatchObject({ stack: "unknown", stranger: false });
  expect(softwareOf("2023-11 Shanghai AI Laboratory InternEvo")).toMatchObject({ stack: "unknown", stranger: true });
  expect(softwareOf("HAI-LLM 2024")).toMatchObject({ stack: "inHouse", known: true });
});
