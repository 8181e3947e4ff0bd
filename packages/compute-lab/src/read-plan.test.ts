import { expect, test } from "vitest";
import { bloomTrials, publishedRuns } from "./published-runs.ts";
import { publishedMemory } from "./published-memory.ts";
import { FieldReader } from "./read-fields.ts";
import { readPrintedPlan } from "./read-plan.ts";
import type { PrintedPlan } from "./read-plan.ts";

function read(plan: Record<string, unknown>): { printed: PrintedPlan; problems: FieldReader["problems"] } {
  const fields = new FieldReader(plan, "plan");
  return { printed: readPrintedPlan(fields), problems: fields.problems };
}

test("[LAB20] a word that means nothing in its field of a plan is told with those that do, and the field counts as not given", () => {
  for (const [field, given, understood] of [
    ["recompute", "banana", "selective"],
    ["recompute", 5, "full"],
    ["schedule", "banana", "1f1b"],
    ["gradients", "fp12", "fp32"],
    ["overlap", "banana", "dp"],
    ["dispatcher", "banana", "deepep"],
    ["routing", "banana", "learned"],
    ["optimizer", "banana", "adafactor"],
    ["sp", "banana", "true"],
    ["sp", 8, "false"],
    ["zero", "5", "3"],
    ["zero", 10, "3"],
    ["zero", "three", "3"],
    ["zero", -1, "3"],
    ["fsdp", "banana", "FULL_SHARD"],
    ["fsdp", 1.5, "FULL_SHARD"],
  ] as const) {
    const { printed, problems } = read({ [field]: given });
    expect(problems, `${field} ${given}`).toMatchObject([
      { code: "unknownWord", severity: "warning", at: `plan.${field}`, params: { given: String(given) } },
    ]);
    expect(problems[0].params.nearest, field).toContain(understood);
    expect(printed, `${field} ${given}`).toEqual(read({}).printed);
  }
});

test("[LAB20] every word of a published plan is understood", () => {
  for (const { id, plan } of [...publishedRuns, ...bloomTrials, ...publishedMemory]) expect(read(plan).problems, id).toEqual([]);
});

test("the words of stacks for one thing are read alike", () => {
  for (const [plan, expected] of [
    [{ zero: "ZeRO-3" }, { sharding: 3 }],
    [{ zero: "stage 2" }, { sharding: 2 }],
    [{ zero: "distributed optimizer" }, { sharding: 1 }],
    [{ zero: "off" }, { sharding: 0 }],
    [{ zero: "1 in groups of 32" }, { sharding: 1, shardingRanks: 32 }],
    [{ fsdp: "HYBRID_SHARD" }, { sharding: 3 }],
    [{ fsdp: "1 in groups of 8" }, { sharding: 1, shardingRanks: 8 }],
    [{ fsdp: "FULL_SHARD in groups of 16" }, { sharding: 3, shardingRanks: 16 }],
    [{ fsdp: "NO_SHARD", zero: 1 }, { sharding: 1 }],
    [{ fsdp: 64 }, { sharding: 3, shardingRanks: 64 }],
    [{ overlap: true }, { overlap: { tensor: true, pipeline: true, data: true, expert: true } }],
    [{ schedule: "interleaved 1f1b" }, { schedule: undefined }],
    [{ recompute: "selective: attn layernorm" }, { recomputation: "selective" }],
    [{ recompute: "not printed", schedule: "unknown" }, {}],
    [{ optimizer: "AdamW" }, { optimizerBytes: 12 }],
    [{ optimizer: "AdamW, bf16 states" }, { optimizerBytes: 4 }],
    [{ optimizer: "precision-aware AdamW, bf16 moments" }, { optimizerBytes: 8 }],
    [{ optimizer: "8-bit Adam" }, { optimizerBytes: 6 }],
    [{ optimizer: "Muon" }, { optimizerBytes: 8 }],
    [{ optimizer: "Adafactor" }, { optimizerBytes: 4 }],
    [{ optimizer: 6 }, { optimizerBytes: 6 }],
  ] as const) {
    const { printed, problems } = read(plan);
    expect(printed, JSON.stringify(plan)).toMatchObject(expected);
    expect(problems, JSON.stringify(plan)).toEqual([]);
  }
});
