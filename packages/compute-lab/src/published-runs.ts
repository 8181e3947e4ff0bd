import table from "../data/published-runs.json" with { type: "json" };
import singleNode from "../data/vtrain-single-node.json" with { type: "json" };
import trials from "../data/bigscience-trials.json" with { type: "json" };
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
export const publishedSources: Record<string, { title: string; url: string; where: string; commit?: string; later?: number }> = {
  ...table.sources,
  "vtrain-single": {
    title: "vTrain (MICRO-57), one node",
    url: "https://github.com/VIA-Research/vTrain",
    where: singleNode.source,
    commit: "f8dda84",
  },
  "bigscience-2022": {
    title: "BigScience, chronicles before the training of BLOOM 176B, February 2022",
    url: "https://github.com/bigscience-workshop/bigscience",
    where: "train/tr11-176B-ml/chronicles-prequel.md",
    commit: "053adafeed",
  },
};

type Trial = [number, number, number, number, number, number, number, number, number, string, number];

/**
 * What BigScience tried on the way to BLOOM: the same three hundred cards split in every way, and widths that do not suit them. Looked at after
 * the constants were calibrated, and no part of `publishedRuns`.
 */
export const bloomTrials: PublishedRun[] = (trials.rows as Trial[]).map(
  ([day, hidden, layers, heads, tp, dp, pp, mbs, gbs, precision, stepSeconds], index) => ({
    id: `bigscience-${String(index + 1).padStart(2, "0")}-02-${day}-${layers}x${hidden}-a${heads}-tp${tp}-pp${pp}-mbs${mbs}`,
    group: "bigscience-2022",
    model: {
      name: `GPT ${layers}x${hidden}`,
      layers,
      hidden,
      heads,
      ffn: 4 * hidden,
      gated_ffn: false,
      vocab: 250_880,
      seq: 2048,
      tied_embeddings: true,
    },
    chips: { name: "A100-80GB", count: tp * dp * pp },
    plan: { tp, pp, dp, mbs, gbs, zero: 1, recompute: "full", precision, schedule: "1f1b" },
    software: "2022-02 Megatron-DeepSpeed",
    stepSeconds,
    confidence: "medium",
  }),
);

const printedRuns: PublishedRun[] = (table.rows as unknown as CompactRow[]).map(
  ({ seq, model, multiTokenLayers, chips, networkGigabits, domainChips, ...rest }) => ({
    ...rest,
    model: { ...publishedAiModels[model], name: model, seq, ...(multiTokenLayers !== undefined && { mtp_layers: multiTokenLayers }) },
    chips: {
      name: chips[0],
      count: chips[1],
      ...(networkGigabits && { network_gbit_s: networkGigabits }),
      ...(domainChips && { domain_chips: domainChips }),
    },
  }),
);

interface CompactRow extends Omit<PublishedRun, "model" | "chips"> {
  model: string;
  seq: number;
  /** Where the run left some of the AI model's out. */
  multiTokenLayers?: number;
  chips: [string, number];
  networkGigabits?: number;
  /** Of the fast domain, where it is smaller than the catalogue's. */
  domainChips?: number;
}

/** The small GPTs of vTrain's single node, whose layers are so short that the host's launches show. */
const smallRuns: PublishedRun[] = singleNode.rows.map(
  ([chips, batch, microbatch, hidden, heads, layers, seq, tp, dp, pp, milliseconds], index) => ({
    id: `vtrain-single-${String(index * 10).padStart(4, "0")}`,
    group: "vtrain-single",
    model: {
      name: `GPT ${hidden}x${layers}`,
      layers,
      hidden,
      heads,
      ffn: 4 * hidden,
      gated_ffn: false,
      vocab: 51_200,
      seq,
      tied_embeddings: true,
    },
    chips: { name: "A100-80GB", count: chips },
    plan: { tp, pp, dp, mbs: microbatch, gbs: batch, zero: 1, recompute: "full", precision: "fp16", schedule: "1f1b" },
    software: "Megatron-DeepSpeed 2023",
    stepSeconds: milliseconds / 1000,
    confidence: "medium-high",
  }),
);

/** Every published run, in the format that `readRun` reads: `data/published-runs.json` and `data/vtrain-single-node.json`. */
export const publishedRuns: PublishedRun[] = [...printedRuns, ...smallRuns];

/** Papers read after the constants and their spread were learned: no part of either, so that no fold of theirs is needed. */
export function isLater(group: string): boolean {
  return readingOf(group) > 0;
}

/** 0 for papers that constants were learned from; 1 and 2 for those read after, in sight of which rules were written; 3 for those that decided nothing. */
export function readingOf(group: string): number {
  return publishedSources[group]?.later ?? 0;
}

/** Papers that try every plan, the slow ones too: they tell nothing of which one a team runs. */
export function triesEveryPlan(group: string): boolean {
  return group.startsWith("vtrain");
}

/** The paper of a group: two groups of one paper are left out together. */
export function paperOf(group: string): string {
  return group.replace(/-(multi|single)$/, "");
}
