import { expect, test } from "vitest";
import { predict } from "./predict.ts";
import { readRun } from "./read-run.ts";
import { roofline } from "./roofline.ts";
import type { Roofline } from "./roofline.ts";

function rooflineOf(row: unknown): Roofline {
  const { aiModel, cluster, printed, software } = readRun(row);
  const { plan } = predict({ aiModel: aiModel!, cluster: cluster!, printed, software });
  return roofline({ aiModel: aiModel!, cluster: cluster!, plan, software })!;
}

test("the ridge is the peak over the memory's rate, by the maker's figures", () => {
  const { peakFlopsPerSecond, memoryBytesPerSecond, ridge } = rooflineOf({
    model: { name: "Llama 3.1 405B" },
    chips: { name: "H100-SXM", count: 1024 },
    plan: { precision: "bf16" },
    software: "NeMo 24.09",
  });
  expect(peakFlopsPerSecond).toBeCloseTo(989.4e12, -13);
  expect(memoryBytesPerSecond).toBeCloseTo(3.35e12, -11);
  expect(ridge).toBeCloseTo(989.4 / 3.35, 0);
});

test("the intensity of a product by hand: 4096 tokens, hidden 4096, feed-forward 16384 on one chip", () => {
  const { points } = rooflineOf({
    model: { layers: 4, hidden: 4096, heads: 32, ffn: 16_384, gated_ffn: false, vocab: 50_304, seq: 4096 },
    chips: { name: "A100-80GB", count: 8 },
    plan: { tp: 1, pp: 1, mbs: 1, gbs: 64, precision: "bf16" },
    software: "NeMo 24.09",
  });
  const [projection, feedForward] = points;
  // 2 * 4096^2 * 4096 / (2 * 3 * 4096^2) and 2 * 4096 * 16384 * 4096 / (2 * (4096^2 + 2 * 4096 * 16384))
  expect(projection.intensity).toBeCloseTo(4096 / 3, 6);
  expect(feedForward.intensity).toBeCloseTo(16_384 / 9, 6);
});

test("nothing lies above its roof, and narrow experts lie left of the dense block beside them", () => {
  for (const [name, chip] of [
    ["DeepSeek-V3", "H800"],
    ["Mixtral 8x7B", "H100-SXM"],
    ["Llama 3/3.1 70B", "A100-80GB"],
  ]) {
    const { points, peakFlopsPerSecond, memoryBytesPerSecond } = rooflineOf({
      model: { name },
      chips: { name: chip, count: 256 },
      plan: { precision: "bf16" },
      software: "2024-06 megatron",
    });
    const of = (which: string): number => points.find(({ product }) => product === which)!.intensity;
    for (const { intensity, reachedFlopsPerSecond } of points)
      expect(reachedFlopsPerSecond).toBeLessThanOrEqual(Math.min(peakFlopsPerSecond, intensity * memoryBytesPerSecond));
    if (name === "DeepSeek-V3") expect(of("expert")).toBeLessThan(of("feedForward"));
  }
});
