import table from "../data/ai-models.json" with { type: "json" };
import { nameDistance, squeezed } from "./accelerator.ts";

type Row = Record<string, unknown> & { aliases?: string[]; bench?: boolean };

/** Published AI models by name, in the format of a run's `model`. */
export const publishedAiModels = table.models as unknown as Record<string, Row>;

const byName = new Map(
  Object.entries(publishedAiModels).flatMap(([name, row]) =>
    [name, ...(row.aliases ?? [])].map((known) => [squeezed(known), { ...row, name }] as const),
  ),
);

/**
 * The dimensions of the published AI model of that name, which may have its owner in front ("meta-llama/Llama-3.1-8B-Instruct") or be the beginning of
 * one known name alone ("Qwen3 235B").
 */
export function aiModelNamed(name: string): Row | undefined {
  let rest = name.replace(/^.*\//, "");
  let known = byName.get(squeezed(name)) ?? byName.get(squeezed(rest));
  // "V3" of "DeepSeek-V3-0324" is a name, "v0.1" of "Mixtral-8x7B-Instruct-v0.1" is not: one word after the other
  while (!known && editions.test(rest)) {
    rest = rest.replace(editions, "");
    known = byName.get(squeezed(rest));
  }
  const asked = squeezed(rest);
  if (known || asked.length < shortestBeginning) return known;
  const begun = new Map([...byName].flatMap(([full, row]) => (full.startsWith(asked) ? [[row.name, row] as const] : [])));
  return begun.size === 1 ? [...begun.values()][0] : undefined;
}

/** What editions of one AI model have behind its name: what it was tuned for, a version, a year and month. */
const editions = /[- ](base|instruct|chat|preview|hf|it|pt|v\d+(\.\d+)?|\d+[ek]|\d{4})$/i;

const shortestBeginning = 5;

/** Names to choose from, in the order of the alphabet and of size: all but those of benchmarks' own shapes, which nobody looks for. */
export function namesToChoose(): string[] {
  const names = Object.entries(publishedAiModels).flatMap(([name, { bench }]) => (bench ? [] : [name]));
  return names.sort(new Intl.Collator("en", { numeric: true }).compare);
}

/** Names of published AI models nearest to a name, nearest first; of equally near ones those of its length. */
export function nearestAiModels(name: string, count = 3): string[] {
  return namesToChoose()
    .map((known) => ({ known, distance: nameDistance(name, known), longer: Math.abs(known.length - name.length) }))
    .sort((one, other) => one.distance - other.distance || one.longer - other.longer)
    .slice(0, count)
    .map(({ known }) => known);
}

/** Clusters that published runs used: name, chip, count and, where the site differs from the chip's usual build, its links. */
export const publishedClusters: Record<string, { chips: { name: string; count: number }; scaleOutBytesPerSecond?: number; from: string }> =
  {
    "llama3-16k-h100": { chips: { name: "H100-80GB", count: 16_384 }, from: "arXiv 2407.21783, section 3.3" },
    "deepseek-2k-h800": { chips: { name: "H800", count: 2_048 }, from: "arXiv 2412.19437, section 3.1" },
    "selene-3k-a100": { chips: { name: "A100-80GB", count: 3_072 }, from: "arXiv 2104.04473, table 1" },
    "jean-zay-384-a100": {
      chips: { name: "A100-80GB", count: 384 },
      scaleOutBytesPerSecond: 6.25e9,
      from: "arXiv 2211.05100, section 3.4",
    },
    "pangu-8k-ascend": { chips: { name: "Ascend910B", count: 8_192 }, from: "Pangu Ultra report, section 4" },
    "gb200-10k": { chips: { name: "GB200", count: 10_080 }, from: "140 racks of 72, an illustration" },
  };
