import table from "../data/published-memory.json" with { type: "json" };
import { publishedAiModels } from "./presets.ts";

/** Of what a source prints its figure: `reserved` by PyTorch's allocator, or shown by the `device`'s driver, with contexts and communication. */
export type MemoryMeasure = "reserved" | "device";

/** A run as its source prints it, in the format that `readRun` reads, with the memory of its fullest chip or that it found none. */
export interface PublishedMemory {
  id: string;
  group: string;
  model: Record<string, unknown>;
  chips: { name: string; count: number };
  plan: Record<string, unknown>;
  software: string;
  gibibytes?: number;
  outOfMemory?: boolean;
}

interface CompactRow extends Omit<PublishedMemory, "model" | "chips"> {
  model: string | Record<string, unknown>;
  seq: number;
  chips: [string, number];
}

/** Where each group of rows was printed, and what its figures are of. */
export const publishedMemorySources = table.sources as Record<
  string,
  { title: string; url: string; where: string; commit?: string; measure: MemoryMeasure; notes: string }
>;

/** Every published total of memory per chip whose plan is printed too: `data/published-memory.json`. */
export const publishedMemory: PublishedMemory[] = (table.rows as unknown as CompactRow[]).map(({ seq, model, chips, ...rest }) => ({
  ...rest,
  model: { ...(typeof model === "string" ? { ...publishedAiModels[model], name: model } : model), seq },
  chips: { name: chips[0], count: chips[1] },
}));
