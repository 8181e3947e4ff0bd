import table from "../data/published-runs.json" with { type: "json" };
import { publishedAiModels } from "./presets.ts";

/** A run as its source prints it; `stepSeconds` is the measured time of a step. */
export interface PublishedRun {
  id: string;
  group: string;
  model: Record<string, unknown>;
  chips: { name: string; count: number };
  plan: Record<string, unknown>;
  software: string;
  stepSeconds?: number;
  confidence?: string;
  notes?: string;
}

/** Where each group of runs was printed. */
export const publishedSources: Record<string, { title: string; url: string; where: string; commit?: string }> = table.sources;

/** Every published run of `data/published-runs.json`, in the format that `readRun` reads. */
export const publishedRuns: PublishedRun[] = (table.rows as unknown as CompactRow[]).map(
  ({ seq, model, chips, networkGigabits, ...rest }) => ({
    ...rest,
    model: { ...publishedAiModels[model], name: model, seq },
    chips: { name: chips[0], count: chips[1], ...(networkGigabits && { network_gbit_s: networkGigabits }) },
  }),
);

interface CompactRow extends Omit<PublishedRun, "model" | "chips"> {
  model: string;
  seq: number;
  chips: [string, number];
  networkGigabits?: number;
}
