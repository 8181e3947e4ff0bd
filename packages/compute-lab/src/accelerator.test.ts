import { expect, test } from "vitest";
import { accelerators, acceleratorOf, acceleratorSources, nearestAccelerators } from "./accelerator.ts";

test("every chip has a peak, a memory and sources that are named; ids and aliases are one chip's alone", () => {
  const names = accelerators.flatMap(({ id, aliases }) => [id, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
  for (const chip of accelerators) {
    expect(Math.max(...Object.values(chip.peakFlops)), chip.id).toBeGreaterThan(5e13);
    expect(chip.memoryBytes, chip.id).toBeGreaterThan(1e10);
    for (const key of chip.sources) expect(acceleratorSources[key], `${chip.id}: ${key}`).toBeDefined();
  }
});

test("nothing runs faster than its peak", () => {
  for (const chip of accelerators)
    for (const [format, rate] of Object.entries(chip.measuredMatmulFlops))
      expect(rate, `${chip.id} ${format}`).toBeLessThan(chip.peakFlops[format as "bf16"]!);
});

test("a chip is found by any of its names, and a wrong name is told its neighbours", () => {
  expect(acceleratorOf("h100 80gb")?.id).toBe("H100-SXM");
  for (const name of ["Ascend 910B-class", "910B", "昇腾 910B"]) expect(acceleratorOf(name)?.id, name).toBe("Ascend910B");
  expect(["A800", "h20", "NVIDIA H100 80GB HBM3"].map((name) => acceleratorOf(name)?.id)).toEqual(["A800-80GB", "H20-SXM", "H100-SXM"]);
  expect(acceleratorOf("H101")).toBeUndefined();
  expect(nearestAccelerators("GB20")[0]).toBe("GB200-NVL72");
});

test.each([
  ["v5e", "TPUv5e"],
  ["Google TPU v5p", "TPUv5p"],
  ["NVIDIA H200 141GB", "H200-SXM"],
  ["A800 80GB SXM", "A800-80GB"],
  ["A100 40GB", "A100-40GB"],
  ["AMD Instinct MI300X", "MI300X"],
  ["Kunlun P800", "P800"],
  ["寒武纪 MLU590", "MLU590"],
  ["Hygon K100-AI", "K100-AI"],
  ["华为昇腾 910C", "Ascend910C"],
  ["H100 141GB", undefined],
  ["L40S", undefined],
])("[LAB64] the chip that people call %s is %s", (name, id) => {
  expect(acceleratorOf(name)?.id).toBe(id);
});
