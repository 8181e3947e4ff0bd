import { expect, test } from "vitest";
import { acceleratorOf } from "./accelerator.ts";
import { calibrated } from "./calibration.ts";
import { clusterOf } from "./cluster.ts";
import { generationOf } from "./software-generation.ts";
import type { Generation } from "./software-generation.ts";
import { softwareOf } from "./software.ts";
import { paceOf } from "./step.ts";

const generation = (text: string, sharding?: number): Generation => generationOf(softwareOf(text), acceleratorOf("A100-80GB")!, sharding);

test("[LAB9] a run of sharded weights from before PyTorch had them is DeepSpeed's", () => {
  expect(generation("2021-04", 3)).toMatchObject({ stack: "deepSpeed", earlySharding: false });
  expect(generation("2023", 3)).toMatchObject({ stack: "fsdp", earlySharding: true });
  expect(generation("2021-04", 1).stack).toBe("megatron");
});

test("[LAB9] Megatron-DeepSpeed adds gradients up when its last microbatch is done, Megatron beside it", () => {
  expect(generation("Megatron-DeepSpeed 2023-06").overlap.data).toBe(false);
  expect(generation("NeMo 2023-06").overlap.data).toBe(true);
});

test("[LAB77] runs that name Megatron-LM's own trainer are slower by six hundredths, recipes and stacks that nobody knows are not", () => {
  const cluster = clusterOf(acceleratorOf("A100-80GB")!, 64);
  const pace = (text: string): number => paceOf({ k: calibrated, generation: generation(text), cluster });
  const settled = "2023-06"; // when no stack has got faster with its chip yet but recipes
  expect(pace(`${settled} Megatron-LM`) / pace(`${settled} StackOfOurOwn`)).toBeCloseTo(1.06, 10);
  expect(generation("NeMo 24.09").ownTrainer).toBe(false);
  expect(generation("2023-10 MegaScale").ownTrainer).toBe(false);
});

test("[LAB9] Megatron-LM's own trainer hides less than NVIDIA's recipes for it, and takes their kernels later", () => {
  expect(generation("Megatron-LM 2023-06")).toMatchObject({
    trainer: true,
    maturityYears: 0,
    overlap: { tensor: false, data: false },
  });
  expect(generation("Megatron-LM 2024-06")).toMatchObject({ trainer: true, overlap: { tensor: false, data: true } });
  expect(generation("Megatron-LM 2024-06").maturityYears).toBeGreaterThan(1);
  for (const recipe of ["NeMo 23.08", "Megatron-Core 0.8 2024-07", "Megatron-Bridge 25.09"])
    expect(generation(recipe)).toMatchObject({ trainer: false, overlap: { tensor: true, data: true } });
});

test("[LAB61] a stack that nobody knows does what Megatron-LM's own trainer did a year before", () => {
  expect(generation("2024-06 InternEvo")).toMatchObject({
    stack: "megatron",
    trainer: true,
    maturityYears: 0,
    overlap: { tensor: false, data: false },
  });
  expect(generation("2024-11 InternEvo").overlap.data).toBe(true);
  expect(generation("2025-06 InternEvo").maturityYears).toBeGreaterThan(1);
  expect(generation("2024-06").trainer).toBe(false);
});

test("[LAB62] TPUs up to the fifth generation share units with the second, Trillium's are new", () => {
  const years = (chip: string): number => generationOf(softwareOf("MaxText 2024-12"), acceleratorOf(chip)!, 3).maturityYears;
  expect([years("TPUv4"), years("TPUv5e"), years("TPUv5p")]).toEqual([2, 2, 2]);
  expect(years("TPUv6e")).toBeLessThan(-1);
});

test("[LAB9] a stack without a date is no older than its name", () => {
  expect(generation("Megatron-LM").date).toBeLessThan(2023);
  expect(generation("MegaScale").date).toBeGreaterThan(2023);
  expect(generation("torchtitan").date).toBeGreaterThan(2024);
});

test("[LAB9] flash attention is of its second kind from August 2023", () => {
  expect(generation("llm-foundry 2023-05").secondFlash).toBe(false);
  expect(generation("llm-foundry 2023-09").secondFlash).toBe(true);
});

test("[LAB55] PyTorch's operators are fused by its compiler where the source says so", () => {
  const operators = (text: string): Generation["operators"] => generation(text, 3).operators;
  expect(operators("2024-12 torchtitan, torch.compile")).toBe("compiled");
  expect(operators("2024-12 torchtitan, eager")).toBe("eager");
  expect(operators("torchtitan without compile")).toBe("eager");
  expect(operators("2024-12 torchtitan")).toBeNull();
  expect(operators("nanotron 2025-01")).toBe("ownKernels");
});

test("[LAB55] PyTorch's own operators run FlashAttention-2 on Hopper too", () => {
  const on = (text: string): Generation => generationOf(softwareOf(text), acceleratorOf("H100-SXM")!, 3);
  expect(on("2024-12 torchtitan")).toMatchObject({ plainOperators: true, hopperKernels: false, secondFlash: true });
  expect(on("NeMo 24.09")).toMatchObject({ plainOperators: false, hopperKernels: true });
});

test("[LAB67] attention's kernels are what the source names, whatever the year", () => {
  expect(generation("Megatron-LM 2022-10").fusedAttention).toBe(false);
  expect(generation("Megatron-LM 2022-10, FlashAttention").fusedAttention).toBe(true);
  expect(generation("2023-05 FlashAttention-2").secondFlash).toBe(true);
  expect(generation("NeMo 24.09, without FlashAttention").fusedAttention).toBe(false);
  expect(generation("Megatron-LM 2025, FlashAttention-2").hopperKernels).toBe(false);
});

test("[LAB68] NeMo AutoModel shares out weights as PyTorch does, with the layers of Transformer Engine", () => {
  expect(generation("NeMo AutoModel 26.02")).toMatchObject({ stack: "fsdp", plainOperators: false, hopperKernels: true });
  expect(generation("torchtitan 2025-06")).toMatchObject({ stack: "fsdp", plainOperators: true, hopperKernels: false });
  expect(generation("FSDP2 + Transformer Engine 2025").plainOperators).toBe(false);
});
