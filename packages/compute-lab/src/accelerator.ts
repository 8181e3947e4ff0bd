import catalogue from "../data/accelerators.json" with { type: "json" };

/** Number formats in which a chip's matrix units are rated. */
export type MatrixFormat = "bf16" | "fp16" | "fp8" | "fp4";

/** One kind of chip as its maker or a measurer describes it; null where nobody prints the figure. */
export interface Accelerator {
  id: string;
  aliases: string[];
  vendor: string;
  year: number;
  /** Dense peak, FLOP/s, of the formats the chip has. */
  peakFlops: Partial<Record<MatrixFormat, number>>;
  /** The fastest matrix product that anybody measured, FLOP/s. */
  measuredMatmulFlops: Partial<Record<MatrixFormat, number>>;
  memoryBytes: number;
  memoryBytesPerSecond: number | null;
  /** Chips that share the fast links (NVLink domain, TPU pod), and the rate per chip and direction. */
  scaleUpChips: number | null;
  scaleUpBytesPerSecond: number | null;
  /** Network outside that domain, per chip and direction, of a typical build. */
  scaleOutBytesPerSecond: number | null;
  powerWatts: number | null;
  serverWatts: number | null;
  confidence: "table" | "mixed" | "secondary" | "unverified" | "announced";
  unverified: string[];
  sources: string[];
  notes: string;
}

/** Every chip of the catalogue (`data/accelerators.json`, where each figure's source stands). */
export const accelerators: Accelerator[] = catalogue.accelerators.map((row) => ({
  id: row.id,
  aliases: row.aliases,
  vendor: row.vendor,
  year: row.year,
  peakFlops: scaled(row.denseTeraflops, 1e12),
  measuredMatmulFlops: scaled(row.measuredMatmulTeraflops, 1e12),
  memoryBytes: row.memoryGigabytes * 1e9,
  memoryBytesPerSecond: times(row.memoryGigabytesPerSecond, 1e9),
  scaleUpChips: row.scaleUpChips,
  scaleUpBytesPerSecond: times(row.scaleUpGigabytesPerSecond, 1e9),
  scaleOutBytesPerSecond: times(row.scaleOutGigabits, 1e9 / 8),
  powerWatts: row.powerWatts,
  serverWatts: row.serverWatts,
  confidence: row.confidence as Accelerator["confidence"],
  unverified: row.unverified,
  sources: row.sources,
  notes: row.notes,
}));

/** Where the figures of the catalogue come from, by the key that `sources` of a chip names. */
export const acceleratorSources: Record<string, { what: string; where: string | null; read: string }> = catalogue.sources;

const byName = new Map(accelerators.flatMap((chip) => [chip.id, ...chip.aliases].map((name) => [squeezed(name), chip] as const)));

/**
 * The chip of a name or alias, whatever its capitals, spaces and hyphens, also with its maker in front and its memory or socket behind ("NVIDIA H200
 * 141GB"), as long as the memory is its own; undefined where the catalogue has none.
 */
export function acceleratorOf(name: string): Accelerator | undefined {
  const known = byName.get(squeezed(name));
  if (known) return known;
  const gigabytes = /(\d+) ?gi?b/i.exec(name)?.[1];
  const plain = squeezed(name.replace(makers, " ").replace(besides, " "));
  const chip = byName.get(plain) ?? byName.get(`tpu${plain}`);
  return chip && (gigabytes === undefined || Math.abs(chip.memoryBytes / 1e9 / Number(gigabytes) - 1) < 0.08) ? chip : undefined;
}

const makers =
  /nvidia|\bamd\b|instinct|google|cloud|intel|habana|\baws\b|huawei|ascend(?= ?9)|cambricon|hygon|kunlun|baidu|biren|metax|moore threads|\bdcu\b|华为|寒武纪|海光|昆仑芯|百度|壁仞|沐曦|摩尔线程/gi;
const besides = /\d+ ?gi?b|hbm\d?e?|\bsxm\d?\b|\boam\b|\bchip\b|\bgpus?\b|加速卡|芯片/gi;

/** The catalogue's ids nearest to a name, nearest first. */
export function nearestAccelerators(name: string, count = 3): string[] {
  return accelerators
    .map(({ id, aliases }) => ({ id, distance: Math.min(...[id, ...aliases].map((known) => nameDistance(name, known))) }))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, count)
    .map(({ id }) => id);
}

/** How far a name is from a known one, of which it may be the beginning. */
export function nameDistance(name: string, known: string): number {
  const [asked, full] = [squeezed(name), squeezed(known)];
  return editDistance(asked, full.slice(0, asked.length)) + Math.max(0, full.length - asked.length) / 20;
}

/** Letters and digits only, small, a plus in words: "H100 80GB" and "h100-80gb" are one name. */
export function squeezed(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("+", "plus")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** Insertions, deletions and replacements that turn one text into the other (Levenshtein 1966). */
function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++)
      current.push(
        Math.min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (one[row - 1] === other[column - 1] ? 0 : 1)),
      );
    previous = current;
  }
  return previous[other.length];
}

function times(amount: number | null, factor: number): number | null {
  return amount === null ? null : amount * factor;
}

function scaled(rates: Partial<Record<MatrixFormat, number>>, factor: number): Partial<Record<MatrixFormat, number>> {
  return Object.fromEntries(Object.entries(rates).map(([format, rate]) => [format, rate * factor]));
}
