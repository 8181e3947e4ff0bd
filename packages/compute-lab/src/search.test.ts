import fc from "fast-check";
import { expect, test } from "vitest";
import { acceleratorOf } from "./accelerator.ts";
import { clusterOf } from "./cluster.ts";
import { planSpace } from "./plan-space.ts";
import { readAiModel } from "./read-ai-model.ts";
import { searchPlans } from "./search.ts";
import type { SearchQuestion } from "./search.ts";
import { softwareOf } from "./software.ts";

function question(name: string, chip: string, chips: number, batch: number): SearchQuestion {
  const aiModel = readAiModel({ name }).aiModel!;
  const cluster = clusterOf(acceleratorOf(chip)!, chips);
  return { aiModel, cluster, software: softwareOf("NeMo 24.09"), space: planSpace(aiModel, cluster, batch) };
}

test("[LAB30] pruning loses none of the best plans, on small spaces searched in full", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("Llama 2 7B", "Llama 3/3.1 70B", "Qwen3-30B-A3B", "Mixtral 8x7B"),
      fc.constantFrom("A100-80GB", "H100-80GB", "GB200"),
      fc.constantFrom(8, 24, 64, 256),
      fc.constantFrom(64, 96, 512),
      (name, chip, chips, batch) => {
        const asked = question(name, chip, chips, batch);
        const pruned = searchPlans(asked);
        const exhaustive = searchPlans(asked, { prune: false });
        expect(pruned.plans.map(({ seconds }) => seconds)).toEqual(exhaustive.plans.map(({ seconds }) => seconds));
        const quick = searchPlans(asked, { quick: true });
        expect(quick.plans).toEqual(pruned.plans);
        const [first] = pruned.plans;
        if (first) expect(searchPlans(asked, { keep: 1, quick: true, withinSeconds: first.seconds * 1.001 }).plans[0]).toEqual(first);
        expect(pruned.considered).toBe(exhaustive.considered);
        expect(pruned.timed + pruned.pruned + pruned.tooLarge).toBe(pruned.considered);
        expect(exhaustive.pruned).toBe(0);
      },
    ),
    { numRuns: 40 },
  );
});

test("[LAB31] pruning is what makes a large search short", () => {
  const { considered, pruned, timed, plans } = searchPlans(question("Kimi K2", "GB200", 16_384, 16_384));
  expect(considered).toBeGreaterThan(5_000);
  expect(pruned / considered).toBeGreaterThan(0.5);
  expect(timed).toBeLessThan(considered / 2);
  expect(plans.length).toBe(10);
});

test("[LAB32] where nothing fits there is no plan, and the search says how many were too large", () => {
  const { plans, tooLarge, considered } = searchPlans(question("Megatron 1T", "A100-40GB", 8, 64));
  expect(plans).toEqual([]);
  expect(tooLarge).toBe(considered);
});
